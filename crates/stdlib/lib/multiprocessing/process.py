"""Processes as objects."""

__all__ = ['BaseProcess', 'current_process', 'active_children', 'parent_process']

import itertools
import os
import sys
import threading
from _weakrefset import WeakSet

try:
    ORIGINAL_DIR = os.path.abspath(os.getcwd())
except OSError:
    ORIGINAL_DIR = None


def current_process():
    """The process object of this process."""
    return _current_process


def parent_process():
    """The object of the process that started this one; None in the program's first."""
    return _parent_process


def active_children():
    """The children that have not ended; those that have are reaped."""
    _cleanup()
    return list(_children)


def _cleanup():
    for child in tuple(_children):
        started = child._popen
        if started and started.poll() is not None:
            _children.discard(child)


class BaseProcess:
    """A process that a call makes: like threading.Thread."""

    # What started it; None before.
    _popen = None
    _closed = False
    # How it is started, if that is laid down.
    _start_method = None
    # The numbers of the process and its ancestors, each among its siblings.
    _identity = ()

    def _Popen(self):
        raise NotImplementedError

    def __init__(self, group=None, target=None, name=None, args=(), kwargs={}, *, daemon=None):
        assert group is None, 'group argument must be None for now'
        creator = _current_process
        self._identity = (*creator._identity, next(_process_counter))
        self._name = name or f"{type(self).__name__}-{':'.join(map(str, self._identity))}"
        self._parent_pid, self._parent_name = os.getpid(), creator.name
        self._config = dict(creator._config)
        self._target = target
        self._args, self._kwargs = tuple(args), dict(kwargs)
        if daemon is not None:
            self.daemon = daemon
        _dangling.add(self)

    def _check_closed(self):
        if self._closed:
            raise ValueError("process object is closed")

    def _started(self):
        """What started the process, which must not be closed."""
        self._check_closed()
        return self._popen

    def run(self):
        """What the process does: call the target.  Subclasses may override it."""
        if self._target:
            self._target(*self._args, **self._kwargs)

    def start(self):
        """Let the process begin: its run() is called there."""
        assert self._started() is None, 'cannot start a process twice'
        assert self._parent_pid == os.getpid(), \
            'can only start a process object created by current process'
        assert not _current_process.daemon, \
            'daemonic processes are not allowed to have children'
        _cleanup()
        self._popen = popen = self._Popen(self)
        self._sentinel = popen.sentinel
        _children.add(self)
        # Here they are not needed any more, and they may refer to the process.
        del self._target, self._args, self._kwargs

    def terminate(self):
        """End the process by SIGTERM."""
        self._started().terminate()

    def kill(self):
        """End the process by SIGKILL."""
        self._started().kill()

    def join(self, timeout=None):
        """Wait until the process has ended, or for the time."""
        popen = self._started()
        assert self._parent_pid == os.getpid(), 'can only join a child process'
        assert popen is not None, 'can only join a started process'
        if popen.wait(timeout) is not None:
            _children.discard(self)

    def is_alive(self):
        """Whether the process has begun and not ended."""
        popen = self._started()
        if self is _current_process:
            return True
        assert self._parent_pid == os.getpid(), 'can only test a child process'
        if popen is not None and popen.poll() is None:
            return True
        _children.discard(self)
        return False

    def close(self):
        """Release what the object holds; ValueError if the process still runs."""
        popen = self._popen
        if popen is not None:
            if popen.poll() is None:
                raise ValueError("Cannot close a process while it is still running. "
                                 "You should first call join() or terminate().")
            popen.close()
            _children.discard(self)
            del self._sentinel, self._popen
        self._closed = True

    @property
    def name(self):
        """The process's name, for identification only."""
        return self._name

    @name.setter
    def name(self, name):
        assert isinstance(name, str), 'name must be a string'
        self._name = name

    @property
    def daemon(self):
        """Whether the process is ended with its parent."""
        return self._config.get('daemon', False)

    @daemon.setter
    def daemon(self, daemonic):
        assert self._popen is None, 'process has already started'
        self._config['daemon'] = daemonic

    @property
    def authkey(self):
        """The key by which connections are trusted."""
        return self._config['authkey']

    @authkey.setter
    def authkey(self, authkey):
        self._config['authkey'] = AuthenticationString(authkey)

    @property
    def exitcode(self):
        """The status the process ended with: None if it has not, -N if by signal N."""
        popen = self._started()
        return popen if popen is None else popen.poll()

    @property
    def ident(self):
        """The system's number for the process; None if it was not started."""
        popen = self._started()
        return os.getpid() if self is _current_process else popen and popen.pid

    pid = ident

    @property
    def sentinel(self):
        """A descriptor that can be read when the process has ended."""
        self._check_closed()
        if not hasattr(self, '_sentinel'):
            raise ValueError("process not started")
        return self._sentinel

    def _status(self):
        """How far the process is, and the status it ended with if that is known."""
        if self is _current_process:
            return 'started', None
        if self._closed:
            return 'closed', None
        if self._parent_pid != os.getpid():
            return 'unknown', None
        if self._popen is None:
            return 'initial', None
        code = self._popen.poll()
        return 'started' if code is None else 'stopped', code

    def __repr__(self):
        status, code = self._status()
        shown = [f'{type(self).__name__} name={self._name!r}']
        if self._popen is not None:
            shown.append(f'pid={self._popen.pid}')
        shown += f'parent={self._parent_pid}', status
        if code is not None:
            shown.append(f'exitcode={_exitcode_to_name.get(code, code)}')
        if self.daemon:
            shown.append('daemon')
        return f"<{' '.join(shown)}>"

    # In the new process.

    def _bootstrap(self, parent_sentinel=None):
        """What a new process does; its exit status."""
        from . import context, util
        code = 1
        try:
            if self._start_method is not None:
                context._force_start_method(self._start_method)
            self._take_over(util, parent_sentinel)
            util.info('child process calling self.run()')
            self.run()
            util._exit_function()
            code = 0
        except SystemExit as request:
            code = request.code
            if code is None:
                code = 0
            elif not isinstance(code, int):
                sys.stderr.write(f'{code}\n')
                code = 1
        except:
            import traceback
            sys.stderr.write(f'Process {self.name}:\n')
            traceback.print_exc()
        finally:
            threading._shutdown()
            util.info('process exiting with exitcode %d' % code)
            util._flush_std_streams()
        return code

    def _take_over(self, util, parent_sentinel):
        """Become the current process, and forget what is the parent's."""
        global _current_process, _parent_process, _process_counter, _children
        # The parent's object goes when all is set up: by then its finalizers are forgotten.
        before, _current_process = _current_process, self
        _parent_process = _ParentProcess(self._parent_name, self._parent_pid, parent_sentinel)
        _process_counter = itertools.count(1)
        _children = set()
        util._close_stdin()
        if threading._HAVE_THREAD_NATIVE_ID:
            threading.main_thread()._set_native_id()
        self._after_fork()
        del before

    @staticmethod
    def _after_fork():
        from . import util
        util._finalizer_registry.clear()
        util._run_after_forkers()


class AuthenticationString(bytes):
    """A key that must not be handed to others."""

    def __reduce__(self):
        from .context import get_spawning_popen
        if get_spawning_popen() is None:
            raise TypeError('Pickling an AuthenticationString object is '
                            'disallowed for security reasons')
        return AuthenticationString, (bytes(self),)


class _ParentProcess(BaseProcess):
    """The process that started this one."""

    _parent_pid = None

    def __init__(self, name, pid, sentinel):
        self._name, self._pid, self._sentinel = name, pid, sentinel
        self._config = {}

    def _has_ended(self, timeout):
        from .connection import wait
        return bool(wait([self._sentinel], timeout=timeout))

    def is_alive(self):
        return not self._has_ended(0)

    def join(self, timeout=None):
        """Wait until the process has ended, or for the time."""
        self._has_ended(timeout)

    @property
    def ident(self):
        return self._pid

    pid = ident


class _MainProcess(BaseProcess):
    """The process that the program began with."""

    _name = 'MainProcess'
    _parent_pid = None

    def __init__(self):
        self._config = {'semprefix': '/mp', 'authkey': AuthenticationString(os.urandom(32))}

    def close(self):
        pass


_current_process = _MainProcess()
_parent_process = None
# Those that were started and not seen to have ended.
_children = set()
# All process objects there are, for tests.
_dangling = WeakSet()
_process_counter = itertools.count(1)

# Names of signals by the exit codes they give.
_exitcode_to_name = {}


def _name_signals():
    import _signal
    for name, number in vars(_signal).items():
        if name.startswith('SIG') and '_' not in name:
            _exitcode_to_name[-number] = f'-{name}'


_name_signals()
