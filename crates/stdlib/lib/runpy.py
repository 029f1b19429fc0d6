"""Running modules and scripts as programs: found by their name, or by a path.

A module is found through the import system, so it may come from wherever importers bring modules
from; it is not imported, its code is run in a namespace of its own.
"""

import sys
import importlib.machinery
import importlib.util
import io
import os

__all__ = ["run_module", "run_path"]

_Module = type(sys)


class _TempModule:
    """For a while, a new empty module in sys.modules under a name."""

    def __init__(self, name):
        self.mod_name = name
        self.module = _Module(name)
        self._saved = []

    def __enter__(self):
        if self.mod_name in sys.modules:
            self._saved.append(sys.modules[self.mod_name])
        sys.modules[self.mod_name] = self.module
        return self

    def __exit__(self, *args):
        if self._saved:
            sys.modules[self.mod_name] = self._saved.pop()
        else:
            del sys.modules[self.mod_name]


class _ModifiedArgv0:
    """For a while, another sys.argv[0]."""

    def __init__(self, value):
        self.value = value
        self._saved = []

    def __enter__(self):
        if self._saved:
            raise RuntimeError("Already preserving saved value")
        self._saved.append(sys.argv[0])
        sys.argv[0] = self.value

    def __exit__(self, *args):
        sys.argv[0] = self._saved.pop()


class _Error(Exception):
    """What is reported as one line where a module is run from the command line."""


def _run_code(code, run_globals, init_globals=None, mod_name=None, mod_spec=None,
              pkg_name=None, script_name=None):
    """Runs the code in the namespace, with the variables of a module set as its spec says."""
    if init_globals is not None:
        run_globals.update(init_globals)
    loader = cached = None
    filename = script_name
    if mod_spec is not None:
        loader = mod_spec.loader
        filename = mod_spec.origin
        cached = mod_spec.cached
        if pkg_name is None:
            pkg_name = mod_spec.parent
    run_globals.update(__name__=mod_name,
                       __file__=filename,
                       __cached__=cached,
                       __doc__=None,
                       __loader__=loader,
                       __package__=pkg_name,
                       __spec__=mod_spec)
    exec(code, run_globals)
    return run_globals


def _run_module_code(code, init_globals=None, mod_name=None, mod_spec=None,
                     pkg_name=None, script_name=None):
    """Runs the code in a new namespace that is a module in sys.modules meanwhile."""
    filename = script_name if mod_spec is None else mod_spec.origin
    with _TempModule(mod_name) as temp, _ModifiedArgv0(filename):
        namespace = temp.module.__dict__
        _run_code(code, namespace, init_globals, mod_name, mod_spec, pkg_name, script_name)
    # A copy, because the namespace may be cleared when the module goes away.
    return namespace.copy()


def _import_parents(mod_name):
    """Imports the package a module is in, so that errors of the package itself are its own."""
    package = mod_name.rpartition(".")[0]
    if not package:
        return
    try:
        __import__(package)
    except ImportError as error:
        # That the package or one above it is missing shows when the module is looked for.
        missing = error.name
        if missing is None or (missing != package and not package.startswith(missing + ".")):
            raise
    existing = sys.modules.get(mod_name)
    if existing is not None and not hasattr(existing, "__path__"):
        from warnings import warn
        warn(RuntimeWarning(
            f"{mod_name!r} found in sys.modules after import of package {package!r}, "
            f"but prior to execution of {mod_name!r}; "
            "this may result in unpredictable behaviour"))


def _get_module_details(mod_name, error=ImportError):
    """The name, spec and code of the module to run: of a package, those of its __main__."""
    if mod_name.startswith("."):
        raise error("Relative module names not supported")
    _import_parents(mod_name)
    try:
        spec = importlib.util.find_spec(mod_name)
    except (ImportError, AttributeError, TypeError, ValueError) as problem:
        message = (f"Error while finding module specification for {mod_name!r} "
                   f"({type(problem).__name__}: {problem})")
        if mod_name.endswith(".py"):
            message += f". Try using '{mod_name[:-3]}' instead of '{mod_name}' as the module name."
        raise error(message) from problem
    if spec is None:
        raise error(f"No module named {mod_name}")
    if spec.submodule_search_locations is not None:
        if mod_name == "__main__" or mod_name.endswith(".__main__"):
            raise error("Cannot use package as __main__ module")
        try:
            return _get_module_details(mod_name + ".__main__", error)
        except error as problem:
            if mod_name not in sys.modules:
                # It could not even be imported: that it is a package does not matter.
                raise
            raise error(f"{problem}; {mod_name!r} is a package and cannot be directly executed")
    if spec.loader is None:
        raise error(f"{mod_name!r} is a namespace package and cannot be executed")
    try:
        code = spec.loader.get_code(mod_name)
    except ImportError as problem:
        raise error(format(problem)) from problem
    if code is None:
        raise error(f"No code object available for {mod_name}")
    return mod_name, spec, code


def _get_main_module_details(error=ImportError):
    """The details of the __main__ module in the first entry of sys.path, a directory or an archive."""
    # The running __main__ is out of the way meanwhile, else its loader would be asked.
    main_name = "__main__"
    saved = sys.modules.pop(main_name)
    try:
        return _get_module_details(main_name)
    except ImportError as problem:
        if main_name in str(problem):
            raise error(f"can't find {main_name!r} module in {sys.path[0]!r}") from problem
        raise
    finally:
        sys.modules[main_name] = saved


def _run_module_as_main(mod_name, alter_argv=True):
    """Runs a module in the namespace of __main__, as `python -m` does; also a directory or an archive."""
    try:
        if alter_argv or mod_name != "__main__":
            mod_name, mod_spec, code = _get_module_details(mod_name, _Error)
        else:
            mod_name, mod_spec, code = _get_main_module_details(_Error)
    except _Error as problem:
        sys.exit(f"{sys.executable}: {problem}")
    if alter_argv:
        sys.argv[0] = mod_spec.origin
    return _run_code(code, sys.modules["__main__"].__dict__, None, "__main__", mod_spec)


def run_module(mod_name, init_globals=None, run_name=None, alter_sys=False):
    """Runs a module without importing it, and returns its globals.

    mod_name -- its absolute name; of a package, the __main__ in it is run
    init_globals -- a dictionary of globals to start with
    run_name -- the value of __name__, by default the name of the module
    alter_sys -- whether sys.argv[0] and sys.modules[run_name] are the module's while it runs
    """
    mod_name, mod_spec, code = _get_module_details(mod_name)
    if run_name is None:
        run_name = mod_name
    if alter_sys:
        return _run_module_code(code, init_globals, run_name, mod_spec)
    return _run_code(code, {}, init_globals, run_name, mod_spec)


def _get_code_from_file(fname):
    """The code of a script, which may be compiled already."""
    from pkgutil import read_code
    with io.open_code(os.path.abspath(os.fsdecode(fname))) as file:
        code = read_code(file)
        if code is None:
            file.seek(0)
            code = compile(file.read(), fname, 'exec')
        return code


def run_path(path_name, init_globals=None, run_name=None):
    """Runs what is at a path, and returns its globals.

    path_name -- a script, or a directory or an archive with a __main__ in it
    init_globals -- a dictionary of globals to start with
    run_name -- the value of __name__, by default '<run_path>'
    """
    from pkgutil import get_importer
    run_name = "<run_path>" if run_name is None else run_name
    package = run_name.rpartition(".")[0]
    if get_importer(path_name) is None:
        # Nothing modules could be imported from: a script.
        return _run_module_code(_get_code_from_file(path_name), init_globals, run_name,
                                pkg_name=package, script_name=path_name)
    sys.path.insert(0, path_name)
    try:
        _, spec, code = _get_main_module_details()
        with _TempModule(run_name) as temp, _ModifiedArgv0(path_name):
            return _run_code(code, temp.module.__dict__, init_globals, run_name, spec,
                             package).copy()
    finally:
        if path_name in sys.path:
            sys.path.remove(path_name)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        print("No module specified for execution", file=sys.stderr)
    else:
        del sys.argv[0]
        _run_module_as_main(sys.argv[0])
