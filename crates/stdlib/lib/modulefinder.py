"""Finding out, without running it, which modules a script imports."""

import importlib._bootstrap_external as _files
import importlib.machinery
import io
import marshal
import os
import sys

# The kinds of what is found.
_SEARCH_ERROR = 0
_PY_SOURCE = 1
_PY_COMPILED = 2
_C_EXTENSION = 3
_PKG_DIRECTORY = 5
_C_BUILTIN = 6
_PY_FROZEN = 7

# Folders that packages add to their paths when they run, by packages.
packagePathMap = {}
# Names under which packages put themselves into sys.modules when they run, by their own.
replacePackageMap = {}


def AddPackagePath(packagename, path):
    """Look for submodules of a package in a further folder too."""
    packagePathMap.setdefault(packagename, []).append(path)


def ReplacePackage(oldname, newname):
    """Take a package for one of another name."""
    replacePackageMap[oldname] = newname


def _find_module(name, path=None):
    """An open file or None, a path or None, and a suffix, a mode and a kind, for a module on a path;
    ImportError if there is none."""
    # Files may have come and gone.
    importlib.machinery.PathFinder.invalidate_caches()
    spec = importlib.machinery.PathFinder.find_spec(name, path)
    if spec is None:
        raise ImportError(f"No module named {name!r}", name=name)
    loader = spec.loader
    if loader is None:
        # A package without __init__.py.
        return None, None, ("", "", _SEARCH_ERROR)
    if loader.is_package(name):
        return None, os.path.dirname(spec.origin), ("", "", _PKG_DIRECTORY)
    for kind, number in ((importlib.machinery.SourceFileLoader, _PY_SOURCE),
                         (importlib.machinery.ExtensionFileLoader, _C_EXTENSION),
                         (importlib.machinery.SourcelessFileLoader, _PY_COMPILED)):
        if isinstance(loader, kind):
            suffix = os.path.splitext(spec.origin)[1]
            return io.open_code(spec.origin), spec.origin, (suffix, "rb", number)
    return None, None, ("", "", _SEARCH_ERROR)


def _find_in_library(fullname):
    """As _find_module(), for a module that is compiled into the program; or None."""
    spec = _files._library_spec(fullname)
    if spec is None:
        return None
    if spec.submodule_search_locations is not None:
        return None, spec.submodule_search_locations[0], ("", "", _PKG_DIRECTORY)
    return _open_library(spec.origin)


def _open_library(path):
    source = _files._library.source(path)
    return io.BytesIO(source.encode()), path, (".py", "rb", _PY_SOURCE)


class Module:
    """A module that was found."""

    def __init__(self, name, file=None, path=None):
        self.__name__ = name
        self.__file__ = file
        self.__path__ = path
        # None if it is not written in Python.
        self.__code__ = None
        # The names that it assigns to, as keys.
        self.globalnames = {}
        # The modules that it takes all names from, where it is not known which.
        self.starimports = {}

    def __repr__(self):
        known = [self.__name__, self.__file__, self.__path__]
        shown = [repr(value) for value in known[:1] + [v for v in known[1:] if v is not None]]
        return f"Module({', '.join(shown)})"


class ModuleFinder:
    """Follows the imports of scripts and modules.

    path: where modules are looked for, by default sys.path.
    debug: how much is printed on the way.
    excludes: names of modules that are not looked for.
    replace_paths: pairs of what paths in code objects begin with, and shall begin with.

    `modules` has what was found, by names; `badmodules` what was not, each with the names of the
    modules that import it.
    """

    def __init__(self, path=None, debug=0, excludes=None, replace_paths=None):
        self.path = sys.path if path is None else path
        self.modules = {}
        self.badmodules = {}
        self.debug = debug
        self.indent = 0
        self.excludes = [] if excludes is None else excludes
        self.replace_paths = [] if replace_paths is None else replace_paths
        # Paths that have been told of already.
        self.processed_paths = []

    # Telling what goes on.

    def msg(self, level, str, *args):
        """Print a message, if so much is to be printed."""
        if level <= self.debug:
            print("    " * self.indent + str, *map(repr, args), end=" \n")

    def msgin(self, *args):
        """Print a message at the beginning of something."""
        self.indent += args[0] <= self.debug
        self.msg(*args)

    def msgout(self, *args):
        """Print a message at the end of something."""
        self.indent -= args[0] <= self.debug
        self.msg(*args)

    # Scripts.

    def run_script(self, pathname):
        """Find what a script imports; it becomes the module __main__."""
        self.msg(2, "run_script", pathname)
        with io.open_code(pathname) as file:
            self.load_module('__main__', file, pathname, ("", "rb", _PY_SOURCE))

    def load_file(self, pathname):
        """Find what a file imports; it becomes a module of its name."""
        name, suffix = os.path.splitext(os.path.basename(pathname))
        with io.open_code(pathname) as file:
            self.load_module(name, file, pathname, (suffix, "rb", _PY_SOURCE))

    # Imports.

    def import_hook(self, name, caller=None, fromlist=None, level=-1):
        """Do as an import statement in a module would; ImportError if something is missing."""
        self.msg(3, "import_hook", name, caller, fromlist, level)
        first, rest = self.find_head_package(self.determine_parent(caller, level=level), name)
        last = self.load_tail(first, rest)
        if not fromlist:
            return first
        if last.__path__:
            self.ensure_fromlist(last, fromlist)
        return None

    def determine_parent(self, caller, level=-1):
        """The package that a relative import begins from; None for an absolute one."""
        self.msgin(4, "determine_parent", caller, level)
        parent = self._parent_of(caller, level)
        self.msgout(4, "determine_parent ->", parent)
        return parent

    def _parent_of(self, caller, level):
        if not caller or level == 0:
            return None
        name = caller.__name__
        if level < 0:
            # The package that the caller is, or is in.
            up = 0 if caller.__path__ else 1
            return self.modules[name.rpartition('.')[0]] if up and '.' in name else (
                None if up else self.modules[name])
        up = level - 1 if caller.__path__ else level
        if name.count('.') < up:
            raise ImportError("relative importpath too deep")
        return self.modules[name.rsplit('.', up)[0]]

    def find_head_package(self, parent, name):
        """The module of the first part of a name, and the rest of the name."""
        self.msgin(4, "find_head_package", parent, name)
        head, _, tail = name.partition('.')
        full = head
        for above in (parent, None) if parent else (None,):
            full = f"{above.__name__}.{head}" if above else head
            module = self.import_module(head, full, above)
            if module:
                self.msgout(4, "find_head_package ->", (module, tail))
                return module, tail
        self.msgout(4, "raise ImportError: No module named", full)
        raise ImportError("No module named " + full)

    def load_tail(self, q, tail):
        """The module of the last part of a name."""
        self.msgin(4, "load_tail", q, tail)
        module = q
        for part in filter(None, tail.split('.')):
            full = f"{module.__name__}.{part}"
            module = self.import_module(part, full, module)
            if not module:
                self.msgout(4, "raise ImportError: No module named", full)
                raise ImportError("No module named " + full)
        self.msgout(4, "load_tail ->", module)
        return module

    def ensure_fromlist(self, m, fromlist, recursive=0):
        """Import the submodules of a package that are among the names."""
        self.msg(4, "ensure_fromlist", m, fromlist, recursive)
        for name in fromlist:
            if name == "*":
                found = None if recursive else self.find_all_submodules(m)
                if found:
                    self.ensure_fromlist(m, found, 1)
            elif not hasattr(m, name):
                full = f"{m.__name__}.{name}"
                if not self.import_module(name, full, m):
                    raise ImportError("No module named " + full)

    def find_all_submodules(self, m):
        """The names of all modules in the folders of a package."""
        if not m.__path__:
            return None
        found = {}
        suffixes = tuple(importlib.machinery.all_suffixes())
        for folder in m.__path__:
            try:
                names = os.listdir(folder)
            except OSError:
                self.msg(2, "can't list directory", folder)
                continue
            for name in names:
                suffix = next(filter(name.endswith, suffixes), None)
                module = name.removesuffix(suffix) if suffix else None
                if module and module != "__init__":
                    found[module] = module
        return found.keys()

    def import_module(self, partname, fqname, parent):
        """The module of a name, found and followed if it is new; None if there is none."""
        self.msgin(3, "import_module", partname, fqname, parent)
        module = self._import_module(partname, fqname, parent)
        self.msgout(3, "import_module ->", module)
        return module

    def _import_module(self, partname, fqname, parent):
        if fqname in self.modules:
            return self.modules[fqname]
        if fqname in self.badmodules or parent and parent.__path__ is None:
            return None
        try:
            file, path, info = self.find_module(partname, parent and parent.__path__, parent)
        except ImportError:
            return None
        try:
            module = self.load_module(fqname, file, path, info)
        finally:
            if file:
                file.close()
        if parent:
            setattr(parent, partname, module)
        return module

    def find_module(self, name, path, parent=None):
        """Where a module is, in the form that load_module() takes; ImportError if nowhere."""
        full = name if parent is None else f"{parent.__name__}.{name}"
        if full in self.excludes:
            self.msgout(3, "find_module -> Excluded", full)
            raise ImportError(name)
        if path is None and name in sys.builtin_module_names:
            return None, None, ("", "", _C_BUILTIN)
        if name == "__init__" and path and path[0].startswith(_files._LIBRARY):
            return _open_library(f"{path[0]}/__init__.py")
        return _find_in_library(full) or _find_module(name, self.path if path is None else path)

    # Modules.

    def load_module(self, fqname, fp, pathname, file_info):
        """Add a module, and follow its imports."""
        _, _, kind = file_info
        self.msgin(2, "load_module", fqname, fp and "fp", pathname)
        if kind == _PKG_DIRECTORY:
            module = self.load_package(fqname, pathname)
        else:
            code = self._read_code(fqname, fp, pathname, kind)
            module = self.add_module(fqname)
            module.__file__ = pathname
            if code:
                if self.replace_paths:
                    code = self.replace_paths_in_code(code)
                module.__code__ = code
                self.scan_code(code, module)
        self.msgout(2, "load_module ->", module)
        return module

    def _read_code(self, fqname, file, path, kind):
        if kind == _PY_SOURCE:
            return compile(file.read(), path, 'exec')
        if kind != _PY_COMPILED:
            return None
        data = file.read()
        try:
            _files._classify_pyc(data, fqname, {})
        except ImportError as error:
            self.msgout(2, f"raise ImportError: {error}", path)
            raise
        return marshal.loads(memoryview(data)[_files._HEADER_SIZE:])

    def load_package(self, fqname, pathname):
        """Add a package, and follow the imports of its __init__."""
        self.msgin(2, "load_package", fqname, pathname)
        name = replacePackageMap.get(fqname) or fqname
        package = self.add_module(name)
        package.__file__ = pathname
        package.__path__ = [pathname, *packagePathMap.get(name, ())]
        file, path, info = self.find_module("__init__", package.__path__)
        try:
            self.load_module(name, file, path, info)
        finally:
            if file:
                file.close()
        self.msgout(2, "load_package ->", package)
        return package

    def add_module(self, fqname):
        """The module of a name, a new one if there was none."""
        return self.modules.setdefault(fqname, Module(fqname))

    def _add_badmodule(self, name, caller):
        self.badmodules.setdefault(name, {})[caller.__name__ if caller else "-"] = 1

    # Code.

    def scan_opcodes(self, co):
        """What matters in a code object: ("store", (name,)), ("absolute_import", (names, module)) and
        ("relative_import", (level, names, module))."""
        import dis
        for name in dis._find_store_names(co):
            yield "store", (name,)
        for name, level, fromlist in dis._find_imports(co):
            if level:
                yield "relative_import", (level, fromlist, name)
            else:
                yield "absolute_import", (fromlist, name)

    def scan_code(self, co, m):
        """Follow the imports of a module's code, and note the names that it assigns to."""
        for what, args in self.scan_opcodes(co):
            if what == "store":
                m.globalnames[args[0]] = 1
            elif what == "absolute_import":
                names, name = args
                plain = None if names is None else [each for each in names if each != "*"]
                self._safe_import_hook(name, m, plain, level=0)
                if names is not None and "*" in names:
                    self._take_all_names(name, m)
            elif what == "relative_import":
                level, names, name = args
                if name:
                    self._safe_import_hook(name, m, names, level=level)
                else:
                    parent = self.determine_parent(m, level=level)
                    self._safe_import_hook(parent.__name__, None, names, level=0)
            else:
                raise RuntimeError(what)
        for constant in co.co_consts:
            if isinstance(constant, type(co)):
                self.scan_code(constant, m)

    def _take_all_names(self, name, m):
        """Note what `from name import *` brings into a module."""
        source = self.modules.get(f"{m.__name__}.{name}") if m.__path__ else None
        source = source or self.modules.get(name)
        if source is not None:
            m.globalnames.update(source.globalnames)
            m.starimports.update(source.starimports)
        if source is None or source.__code__ is None:
            m.starimports[name] = 1

    def _safe_import_hook(self, name, caller, fromlist, level=-1):
        """As import_hook(), but what is missing is noted."""
        def attempt(bad, *args):
            if bad not in self.badmodules:
                try:
                    self.import_hook(name, caller, *args, level=level)
                    return True
                except (ImportError, SyntaxError) as error:
                    if args and isinstance(error, SyntaxError):
                        raise
                    self.msg(2, f"{'Import' if isinstance(error, ImportError) else 'Syntax'}Error:",
                             str(error))
            self._add_badmodule(bad, caller)
            return False

        if attempt(name):
            for sub in fromlist or ():
                attempt(f"{name}.{sub}", [sub])

    def replace_paths_in_code(self, co):
        """The code object with paths as `replace_paths` says."""
        old = os.path.normpath(co.co_filename)
        new = next((new + old[len(prefix):] for prefix, new in self.replace_paths
                    if old.startswith(prefix)), old)
        if self.debug and old not in self.processed_paths:
            self.msgout(2, f"co_filename {old!r} remains unchanged" if new == old
                        else f"co_filename {old!r} changed to {new!r}")
            self.processed_paths.append(old)
        constants = tuple(self.replace_paths_in_code(constant) if isinstance(constant, type(co))
                          else constant for constant in co.co_consts)
        return co.replace(co_consts=constants, co_filename=new)

    # Results.

    def report(self):
        """Print which modules were found, and which were not."""
        print()
        for name, file in (("Name", "File"), ("----", "----")):
            print(f"  {name:<25} {file}")
        for name, module in sorted(self.modules.items()):
            print(f"{'P' if module.__path__ else 'm'} {name:<25} {module.__file__ or ''}")
        missing, maybe = self.any_missing_maybe()
        for title, names in (("Missing modules:", missing),
                             ("Submodules that appear to be missing, but could also be "
                              "global names in the parent package:", maybe)):
            if names:
                print()
                print(title)
                for name in names:
                    print("?", name, "imported from", ", ".join(sorted(self.badmodules[name])))

    def any_missing(self):
        """The names of modules that seem to be missing."""
        missing, maybe = self.any_missing_maybe()
        return missing + maybe

    def any_missing_maybe(self):
        """The names of modules that are missing, and of those that may be names in a package, which
        cannot be told where it takes all names from a module that is not written in Python."""
        missing, maybe = [], []
        for name, importers in self.badmodules.items():
            if name in self.excludes:
                continue
            above, _, last = name.rpartition('.')
            package = self.modules.get(above) if above else None
            if package is None or above in importers:
                missing.append(name)
            elif last not in package.globalnames:
                (maybe if package.starimports else missing).append(name)
        return sorted(missing), sorted(maybe)


def test():
    """Report on a script, as the command line says: [-d] [-m] [-p PATH] [-q] [-x MODULE] SCRIPT
    [MODULE...]."""
    import getopt
    try:
        options, args = getopt.getopt(sys.argv[1:], "dmp:qx:")
    except getopt.error as problem:
        print(problem)
        return None
    debug, modules, path, excludes = 1, False, [], []
    for option, value in options:
        if option == '-d':
            debug += 1
        elif option == '-q':
            debug = 0
        elif option == '-m':
            modules = True
        elif option == '-p':
            path += value.split(os.pathsep)
        else:
            excludes.append(value)
    script, *others = args or ["hello.py"]
    path += [os.path.dirname(script), *sys.path[1:]]
    if debug > 1:
        print("path:")
        for entry in path:
            print("   ", repr(entry))
    finder = ModuleFinder(path, debug, excludes)
    for other in others:
        if other == '-m':
            modules = True
        elif not modules:
            finder.load_file(other)
        elif other.endswith('.*'):
            finder.import_hook(other[:-2], None, ["*"])
        else:
            finder.import_hook(other)
    finder.run_script(script)
    finder.report()
    return finder


if __name__ == '__main__':
    try:
        finder = test()
    except KeyboardInterrupt:
        print("\n[interrupted]")
