"""What a process needs that begins with a fresh interpreter.

The parent pickles two things to a pipe: how it was set up itself (`get_preparation_data`), and the
process object.  The child is started with a command that calls spawn_main(), which takes both.
"""

import os
import sys
import types

from . import get_start_method, process, reduction, set_start_method, util

__all__ = ['_main', 'freeze_support', 'set_executable', 'get_executable', 'get_preparation_data',
           'get_command_line', 'import_main_path']

# For frozen programs of Windows, and its services.
WINEXE = WINSERVICE = False

_FLAG = '--multiprocessing-fork'

# What runs the children.
_python_exe = None


def set_executable(exe):
    """Set the interpreter that children are started with."""
    global _python_exe
    _python_exe = exe if exe is None else os.fsencode(exe)


def get_executable():
    """The interpreter that children are started with."""
    return _python_exe


set_executable(sys.executable)


def is_forking(argv):
    """Whether a command line is that of a child."""
    return len(argv) > 1 and argv[1] == _FLAG


def freeze_support():
    """Run the child, and end, if this is a frozen program that was started as one."""
    if is_forking(sys.argv):
        words = dict(word.split('=') for word in sys.argv[2:])
        spawn_main(**{name: None if text == 'None' else int(text)
                      for name, text in words.items()})
        sys.exit()


def get_command_line(**kwds):
    """The command that starts a child, which gets the descriptors by their names."""
    if getattr(sys, 'frozen', False):
        return [sys.executable, _FLAG, *[f'{name}={value!r}' for name, value in kwds.items()]]
    passed = ', '.join([f'{name}={value!r}' for name, value in kwds.items()])
    program = f'from multiprocessing.spawn import spawn_main; spawn_main({passed})'
    return [_python_exe, *util._args_from_interpreter_flags(), '-c', program, _FLAG]


def spawn_main(pipe_handle, parent_pid=None, tracker_fd=None):
    """What a child runs: never returns."""
    assert is_forking(sys.argv), "Not forking"
    from .resource_tracker import _resource_tracker
    # The tracker is the parent's.
    _resource_tracker._fd = tracker_fd
    sys.exit(_main(pipe_handle, os.dup(pipe_handle)))


def _main(fd, parent_sentinel):
    """Read from a descriptor what the parent has sent, and run the process; its status."""
    child = process.current_process()
    with open(fd, 'rb') as sent:
        child._inheriting = True
        try:
            prepare(reduction.pickle.load(sent))
            started = reduction.pickle.load(sent)
        finally:
            del child._inheriting
    return started._bootstrap(parent_sentinel)


_TOO_EARLY = '''
        An attempt has been made to start a new process before the
        current process has finished its bootstrapping phase.

        This probably means that you are not using fork to start your
        child processes and you have forgotten to use the proper idiom
        in the main module:

            if __name__ == '__main__':
                freeze_support()
                ...

        The "freeze_support()" line can be omitted if the program
        is not going to be frozen to produce an executable.

        To fix this issue, refer to the "Safe importing of main module"
        section in https://docs.python.org/3/library/multiprocessing.html
        '''


def _check_not_importing_main():
    if getattr(process.current_process(), '_inheriting', False):
        raise RuntimeError(_TOO_EARLY)


def get_preparation_data(name):
    """How a child must be set up before the process object can be unpickled there."""
    _check_not_importing_main()
    known = {
        'log_to_stderr': util._log_to_stderr,
        'authkey': process.current_process().authkey,
    }
    if util._logger is not None:
        known['log_level'] = util._logger.getEffectiveLevel()
    folders = list(sys.path)
    if '' in folders:
        # The first of these only: that is what the interpreter puts there.
        folders[folders.index('')] = process.ORIGINAL_DIR
    known |= {
        'name': name,
        'sys_path': folders,
        'sys_argv': sys.argv,
        'orig_dir': process.ORIGINAL_DIR,
        'dir': os.getcwd(),
        'start_method': get_start_method(),
    }
    return known | _where_main_is()


def _where_main_is():
    main = sys.modules['__main__']
    if (name := getattr(main.__spec__, 'name', None)) is not None:
        return {'init_main_from_name': name}
    path = getattr(main, '__file__', None)
    if path is None:
        return {}
    if process.ORIGINAL_DIR is not None:
        # What is absolute stays.
        path = os.path.join(process.ORIGINAL_DIR, path)
    return {'init_main_from_path': os.path.normpath(path)}


def prepare(data):
    """Set this process up as get_preparation_data() of the parent tells."""
    this = process.current_process()
    setters = {
        'name': lambda name: setattr(this, 'name', name),
        'authkey': lambda key: setattr(this, 'authkey', key),
        'log_to_stderr': lambda wanted: wanted and util.log_to_stderr(),
        'log_level': lambda level: util.get_logger().setLevel(level),
        'sys_path': lambda folders: setattr(sys, 'path', folders),
        'sys_argv': lambda words: setattr(sys, 'argv', words),
        'dir': os.chdir,
        'orig_dir': lambda folder: setattr(process, 'ORIGINAL_DIR', folder),
        'start_method': lambda method: set_start_method(method, force=True),
    }
    for item, setter in setters.items():
        if item in data:
            setter(data[item])
    if 'init_main_from_name' in data:
        _fixup_main_from_name(data['init_main_from_name'])
    elif 'init_main_from_path' in data:
        _fixup_main_from_path(data['init_main_from_path'])


# The main module.  What is pickled may be defined there, so the program's one is run, under another
# name: what it does only as `__main__` is not done.

# The modules that had the name before.
old_main_modules = []


def _become_main(names):
    old_main_modules.append(sys.modules['__main__'])
    main = types.ModuleType('__mp_main__')
    vars(main).update(names)
    sys.modules['__main__'] = sys.modules['__mp_main__'] = main


def _fixup_main_from_name(mod_name):
    # That of a package, a folder or an archive does its work whatever its name is.
    runs_anyway = mod_name.rpartition('.')[2] == '__main__'
    # A forked process may have it already.
    there = getattr(sys.modules['__main__'].__spec__, 'name', None) == mod_name
    if not (runs_anyway or there):
        import runpy
        _become_main(runpy.run_module(mod_name, run_name='__mp_main__', alter_sys=True))


def _fixup_main_from_path(main_path):
    # The script that starts IPython does its work whatever its name is, and so do a document's cells.
    name, extension = os.path.splitext(os.path.basename(main_path))
    runs_anyway = name == 'ipython' or extension in ('.md', '.markdown', '.ipynb')
    there = getattr(sys.modules['__main__'], '__file__', None) == main_path
    if not (runs_anyway or there):
        import runpy
        _become_main(runpy.run_path(main_path, run_name='__mp_main__'))


def import_main_path(main_path):
    """Have the script at a path as the main module."""
    _fixup_main_from_path(main_path)
