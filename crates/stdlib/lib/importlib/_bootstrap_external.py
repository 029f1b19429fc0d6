"""Loaders and finders of modules in files, and of those that are compiled into the program."""

import _imp
import _library
import marshal
import posix as _os
import sys
from _bootstrap_paths import (_OPT, _PYCACHE, BYTECODE_SUFFIXES, EXTENSION_SUFFIXES, MAGIC_NUMBER,
                              SOURCE_SUFFIXES, cache_from_source, source_from_cache)

from . import _bootstrap
from ._bootstrap import FrozenImporter, ModuleSpec, _verbose_message, spec_from_loader
from ._files import (
    _CHECKED, _HASHED, _HEADER_SIZE, _RAW_MAGIC_NUMBER, _calc_mode, _classify_pyc,
    _code_to_hash_pyc, _code_to_timestamp_pyc, _code_type, _compile_bytecode, _get_cached,
    _get_sourcefile, _pack_uint32, _path_abspath, _path_isabs, _path_isdir, _path_isfile,
    _path_join, _path_split, _path_stat, _unpack_uint16, _unpack_uint32, _validate_hash_pyc,
    _validate_timestamp_pyc, _write_atomic, path_sep,
)

# The classes go by the name that this module has in CPython.
__name__ = "_frozen_importlib_external"

DEBUG_BYTECODE_SUFFIXES = OPTIMIZED_BYTECODE_SUFFIXES = BYTECODE_SUFFIXES

_, PathFinder, _, _native_folder_hook = _library.importers()

path_separators = path_sep
_LIBRARY = "<library>/"
_POPULATE = object()


def decode_source(source_bytes):
    """The text of a module's source, with newlines as Python has them."""
    import io
    import tokenize
    encoding = tokenize.detect_encoding(io.BytesIO(source_bytes).readline)[0]
    return io.IncrementalNewlineDecoder(None, True).decode(source_bytes.decode(encoding))


# Specs --------------------------------------------------------------------------------------

def spec_from_file_location(name, location=None, *, loader=None,
                            submodule_search_locations=_POPULATE):
    """The spec of a module that is loaded from a file.

    The loader is asked where that is, if no location is given; without a loader one is chosen by
    the file's suffix.  A list of folders as `submodule_search_locations` makes it a package's
    spec; for an empty one the file's folder is filled in.
    """
    if location is None:
        location = "<unknown>"
        if hasattr(loader, "get_filename"):
            try:
                location = loader.get_filename(name)
            except ImportError:
                pass
    else:
        location = _os.fspath(location)
        if not location.startswith(_LIBRARY):
            try:
                location = _path_abspath(location)
            except OSError:
                pass
    spec = ModuleSpec(name, loader, origin=location)
    spec._set_fileattr = True
    if loader is None:
        for loader_class, suffixes in _get_supported_file_loaders():
            if location.endswith(tuple(suffixes)):
                loader = spec.loader = loader_class(name, location)
                break
        else:
            return None
    if submodule_search_locations is not _POPULATE:
        spec.submodule_search_locations = submodule_search_locations
    elif hasattr(loader, "is_package"):
        try:
            if loader.is_package(name):
                spec.submodule_search_locations = []
        except ImportError:
            pass
    if spec.submodule_search_locations == [] and location:
        spec.submodule_search_locations.append(_path_split(location)[0])
    return spec


def _fix_up_module(ns, name, pathname, cpathname=None):
    """Complete the namespace of code that was run as if it were a module."""
    loader = ns.get("__loader__")
    spec = ns.get("__spec__")
    if not loader:
        if spec:
            loader = spec.loader
        else:
            kind = SourcelessFileLoader if pathname == cpathname else SourceFileLoader
            loader = kind(name, pathname)
    if not spec:
        spec = spec_from_file_location(name, pathname, loader=loader)
        if cpathname:
            spec.cached = cpathname if _path_isabs(cpathname) else _path_abspath(cpathname)
    ns.update(__spec__=spec, __loader__=loader, __file__=pathname, __cached__=cpathname)


def _bless_my_loader(module_globals):
    """The loader that a namespace tells of; where __loader__ and __spec__ disagree, a warning."""
    import warnings
    if not isinstance(module_globals, dict):
        return None
    missing = object()
    loader = module_globals.get("__loader__")
    spec = module_globals.get("__spec__", missing)
    if loader is None:
        if spec is missing:
            # Nobody ever said how it was loaded.
            return None
        if spec is None:
            raise ValueError("Module globals is missing a __spec__.loader")
    own = getattr(spec, "loader", missing)
    if own in (missing, None):
        complaint = AttributeError if loader is None and own is missing else ValueError
        if loader is None:
            raise complaint("Module globals is missing a __spec__.loader")
        warnings.warn("Module globals is missing a __spec__.loader", DeprecationWarning)
        own = loader
    assert own is not None
    if loader is not None and loader != own:
        warnings.warn("Module globals; __loader__ != __spec__.loader", DeprecationWarning)
    return own


# Loaders ------------------------------------------------------------------------------------

def _check_name(method):
    """Lets a loader answer for its own module only."""
    def checked(self, name=None, *args, **kwargs):
        if name is None:
            name = self.name
        elif self.name != name:
            raise ImportError(f"loader for {self.name} cannot handle {name}", name=name)
        return method(self, name, *args, **kwargs)
    _bootstrap._wrap(checked, method)
    return checked


class _LoaderBasics:
    """What loaders of files have in common, whatever is in these."""

    def is_package(self, fullname):
        """Whether the module's file is called __init__, and the module is not."""
        filename = _path_split(self.get_filename(fullname))[1]
        return (filename.rsplit(".", 1)[0] == "__init__"
                and fullname.rpartition(".")[2] != "__init__")

    def create_module(self, spec):
        """Leave it to the import system."""

    def exec_module(self, module):
        """Run the module's code in its namespace."""
        code = self.get_code(module.__name__)
        if code is None:
            raise ImportError(f"cannot load module {module.__name__!r} when get_code() "
                              "returns None")
        _bootstrap._call_with_frames_removed(exec, code, module.__dict__)

    def load_module(self, fullname):
        """Load a module into sys.modules and give it.  Deprecated."""
        return _bootstrap._load_module_shim(self, fullname)


class SourceLoader(_LoaderBasics):
    """What loads modules from source, whose text get_data() gives; their code is cached where
    path_stats() and set_data() are written."""

    def path_mtime(self, path):
        """When the file was changed last, a whole number; OSError unless overridden."""
        raise OSError

    def path_stats(self, path):
        """A dictionary with that time as 'mtime', and perhaps the number of bytes as 'size'."""
        return {"mtime": self.path_mtime(path)}

    def _cache_bytecode(self, source_path, cache_path, data):
        """Write a bytecode file, for loaders to which the source's path says something."""
        return self.set_data(cache_path, data)

    def set_data(self, path, data):
        """Write bytes to a file, where that is possible."""

    def get_source(self, fullname):
        """The module's source as a string."""
        path = self.get_filename(fullname)
        try:
            data = self.get_data(path)
        except OSError as error:
            raise ImportError("source not available through get_data()",
                              name=fullname) from error
        return decode_source(data)

    def source_to_code(self, data, path, *, _optimize=-1):
        """Compile what compile() takes; `path` is where it comes from."""
        return _bootstrap._call_with_frames_removed(
            compile, data, path, "exec", dont_inherit=True, optimize=_optimize)

    def get_code(self, fullname):
        """The module's code object: the cached one if that is of this source, or else compiled, and
        cached if the program does not forbid it (sys.dont_write_bytecode)."""
        source_path = self.get_filename(fullname)
        cache = _Cache(self, fullname, source_path)
        code = cache.read()
        if code is not None:
            return code
        source = self.get_data(source_path) if cache.source is None else cache.source
        code = self.source_to_code(source, source_path)
        _verbose_message("code object from {}", source_path)
        cache.write(code, source)
        return code


class _Cache:
    """The bytecode file of a module, as a SourceLoader reads and writes it."""

    def __init__(self, loader, fullname, source_path):
        self.loader = loader
        self.fullname = fullname
        self.source_path = source_path
        # Filled in where they become known.
        self.source = self.hash = self.mtime = self.size = None
        self.hashed = self.checked = False
        try:
            self.path = cache_from_source(source_path)
        except NotImplementedError:
            self.path = None

    def read(self):
        """The code object; None if there is none that is good."""
        if self.path is None:
            return None
        try:
            status = self.loader.path_stats(self.source_path)
        except OSError:
            return None
        self.mtime = int(status["mtime"])
        self.size = status.get("size")
        try:
            data = self.loader.get_data(self.path)
        except OSError:
            return None
        about = {"name": self.fullname, "path": self.path}
        try:
            flags = _classify_pyc(data, self.fullname, about)
            self.hashed = bool(flags & _HASHED)
            if self.hashed:
                self._check_hash(data, flags, about)
            else:
                _validate_timestamp_pyc(data, self.mtime, self.size, self.fullname, about)
        except (ImportError, EOFError):
            return None
        _verbose_message("{} matches {}", self.path, self.source_path)
        return _compile_bytecode(memoryview(data)[_HEADER_SIZE:], name=self.fullname,
                                 bytecode_path=self.path, source_path=self.source_path)

    def _check_hash(self, data, flags, about):
        self.checked = bool(flags & _CHECKED)
        habit = _imp.check_hash_based_pycs
        if habit != "never" and (self.checked or habit == "always"):
            self.source = self.loader.get_data(self.source_path)
            self.hash = _imp.source_hash(_RAW_MAGIC_NUMBER, self.source)
            _validate_hash_pyc(data, self.hash, self.fullname, about)

    def write(self, code, source):
        """Cache the code, where the loader knows of what date the source is."""
        if sys.dont_write_bytecode or self.path is None or self.mtime is None:
            return
        if self.hashed:
            if self.hash is None:
                self.hash = _imp.source_hash(_RAW_MAGIC_NUMBER, source)
            data = _code_to_hash_pyc(code, self.hash, self.checked)
        else:
            data = _code_to_timestamp_pyc(code, self.mtime, len(source))
        try:
            self.loader._cache_bytecode(self.source_path, self.path, data)
        except NotImplementedError:
            pass


class FileLoader:
    """Knows its module's name and file."""

    def __init__(self, fullname, path):
        self.name = fullname
        self.path = path

    def __eq__(self, other):
        return self.__class__ == other.__class__ and self.__dict__ == other.__dict__

    def __hash__(self):
        return hash(self.name) ^ hash(self.path)

    @_check_name
    def load_module(self, fullname):
        """Load a module from a file.  Deprecated."""
        # The next class that has the method, which need not be a base of this one.
        return super(FileLoader, self).load_module(fullname)

    @_check_name
    def get_filename(self, fullname):
        """The path of the module's file."""
        return self.path

    def get_data(self, path):
        """The bytes of a file."""
        import _io
        with (_io.open_code(str(path)) if isinstance(self, (SourceLoader, SourcelessFileLoader,
                                                            ExtensionFileLoader))
              else _io.FileIO(path, "r")) as file:
            return file.read()

    @_check_name
    def get_resource_reader(self, module):
        """A reader of the files beside the module's."""
        from .readers import FileReader
        return FileReader(self)


class SourceFileLoader(FileLoader, SourceLoader):
    """Loads modules from source files."""

    def path_stats(self, path):
        """A dictionary: when the file was changed last, and how many bytes it has."""
        status = _path_stat(path)
        return {"mtime": status.st_mtime, "size": status.st_size}

    def _cache_bytecode(self, source_path, bytecode_path, data):
        return self.set_data(bytecode_path, data, _mode=_calc_mode(source_path))

    def set_data(self, path, data, *, _mode=0o666):
        """Write bytes to a file, in folders that are made if need be; failures are ignored."""
        folder = _path_split(path)[0]
        missing = []
        while folder and not _path_isdir(folder):
            folder, last = _path_split(folder)
            missing.append(last)
        try:
            for last in reversed(missing):
                folder = folder + path_sep + last
                try:
                    _os.mkdir(folder)
                except FileExistsError:
                    # Somebody else was faster.
                    pass
            _write_atomic(path, data, _mode)
            _verbose_message("created {!r}", path)
        except OSError as error:
            _verbose_message("could not create {!r}: {!r}", path, error)


class _LibraryLoader(SourceFileLoader):
    """Loads modules that are compiled into the program."""

    def get_data(self, path):
        text = _library.source(path)
        if text is None:
            return super().get_data(path)
        return text.encode()

    def path_stats(self, path):
        raise OSError

    def get_resource_reader(self, module):
        """A reader of the modules beside the module."""
        from .resources.readers import LibraryReader
        return LibraryReader(self)


class SourcelessFileLoader(FileLoader, _LoaderBasics):
    """Loads modules from bytecode files alone."""

    def get_code(self, fullname):
        """The code object in the file."""
        path = self.get_filename(fullname)
        data = self.get_data(path)
        _classify_pyc(data, fullname, {"name": fullname, "path": path})
        return _compile_bytecode(memoryview(data)[_HEADER_SIZE:], name=fullname,
                                 bytecode_path=path)

    def get_source(self, fullname):
        """There is no source."""


class ExtensionFileLoader(FileLoader, _LoaderBasics):
    """Loader for extension modules, which this interpreter cannot load."""

    def create_module(self, spec):
        raise ImportError(f"extension modules are not supported: {self.path!r}", name=spec.name,
                          path=self.path)

    def exec_module(self, module):
        """Nothing is to be done: no module was created."""

    def is_package(self, fullname):
        """Whether the file is called __init__."""
        name = _path_split(self.path)[1]
        return any(name == "__init__" + suffix for suffix in EXTENSION_SUFFIXES)

    def get_source(self, fullname):
        """There is no source."""

    def get_code(self, fullname):
        """There is no code object."""


class _NamespacePath:
    """The folders of a package without __init__.py; looked for anew when the path above changes."""

    # Raised when all are to be looked for.
    _epoch = 0

    def __init__(self, name, path, path_finder):
        self._name = name
        self._path = path
        self._path_finder = path_finder
        self._last_parent_path = tuple(self._get_parent_path())
        self._last_epoch = self._epoch

    def _find_parent_path_names(self):
        """The module and the attribute that the path above is."""
        parent, dot, _ = self._name.rpartition(".")
        return (parent, "__path__") if dot else ("sys", "path")

    def _get_parent_path(self):
        module, attribute = self._find_parent_path_names()
        return getattr(sys.modules[module], attribute)

    def _recalculate(self):
        above = tuple(self._get_parent_path())
        if above != self._last_parent_path or self._epoch != self._last_epoch:
            spec = self._path_finder(self._name, above)
            # A package with __init__.py is not what this has become, nor is nothing.
            if (spec is not None and spec.loader is None
                    and spec.submodule_search_locations):
                self._path = spec.submodule_search_locations
            self._last_parent_path = above
            self._last_epoch = self._epoch
        return self._path

    def __iter__(self):
        return iter(self._recalculate())

    def __getitem__(self, index):
        return self._recalculate()[index]

    def __setitem__(self, index, path):
        self._path[index] = path

    def __len__(self):
        return len(self._recalculate())

    def __repr__(self):
        return f"_NamespacePath({self._path!r})"

    def __contains__(self, item):
        return item in self._recalculate()

    def append(self, item):
        self._path.append(item)


class NamespaceLoader:
    """The loader of packages without __init__.py."""

    def __init__(self, name, path, path_finder):
        self._path = _NamespacePath(name, path, path_finder)

    def is_package(self, fullname):
        return True

    def get_source(self, fullname):
        return ""

    def get_code(self, fullname):
        return compile("", "<string>", "exec", dont_inherit=True)

    def create_module(self, spec):
        """Leave it to the import system."""

    def exec_module(self, module):
        """There is nothing to run."""

    def load_module(self, fullname):
        """Load the package.  Deprecated."""
        _verbose_message("namespace module loaded with path {!r}", self._path)
        return _bootstrap._load_module_shim(self, fullname)

    def get_resource_reader(self, module):
        """A reader of the files in the folders."""
        from .readers import NamespaceReader
        return NamespaceReader(self._path)


_NamespaceLoader = NamespaceLoader


# Finders ------------------------------------------------------------------------------------

def _get_supported_file_loaders():
    """The loaders of files, each with the suffixes of those it loads."""
    return [(ExtensionFileLoader, EXTENSION_SUFFIXES), (SourceFileLoader, SOURCE_SUFFIXES),
            (SourcelessFileLoader, BYTECODE_SUFFIXES)]


class WindowsRegistryFinder:
    """Finder of modules that are declared in the registry of Windows."""

    @classmethod
    def find_spec(cls, fullname, path=None, target=None):
        return None


class FileFinder:
    """Finds modules in one folder, whose content it remembers until the folder changes."""

    # Whether the interpreter may look into the folder itself.
    _native_folder = False

    def __init__(self, path, *loader_details):
        """The further arguments are pairs of a loader and the suffixes of files it loads."""
        self._loaders = [(suffix, loader) for loader, suffixes in loader_details
                         for suffix in suffixes]
        self.path = _os.getcwd() if not path or path == "." else _path_abspath(path)
        self.invalidate_caches()

    def invalidate_caches(self):
        """Look into the folder anew next time."""
        self._path_mtime = -1
        self._path_cache = set()
        self._relaxed_path_cache = set()

    def _get_spec(self, loader_class, fullname, path, smsl, target):
        return spec_from_file_location(fullname, path, loader=loader_class(fullname, path),
                                       submodule_search_locations=smsl)

    def find_spec(self, fullname, target=None):
        """The spec of a module, None if the folder does not have it."""
        last = fullname.rpartition(".")[2]
        try:
            mtime = _path_stat(self.path or _os.getcwd()).st_mtime
        except OSError:
            mtime = -1
        if mtime != self._path_mtime:
            self._fill_cache()
            self._path_mtime = mtime
        is_folder = False
        if last in self._path_cache:
            base = _path_join(self.path, last)
            is_folder = _path_isdir(base)
            if is_folder:
                for suffix, loader in self._loaders:
                    path = _path_join(base, "__init__" + suffix)
                    if _path_isfile(path):
                        return self._get_spec(loader, fullname, path, [base], target)
        for suffix, loader in self._loaders:
            try:
                path = _path_join(self.path, last + suffix)
            except ValueError:
                return None
            _verbose_message("trying {}", path, verbosity=2)
            if last + suffix in self._path_cache and _path_isfile(path):
                return self._get_spec(loader, fullname, path, None, target)
        if is_folder:
            _verbose_message("possible namespace for {}", base)
            spec = ModuleSpec(fullname, None)
            spec.submodule_search_locations = [base]
            return spec
        return None

    def _fill_cache(self):
        try:
            names = _os.listdir(self.path or _os.getcwd())
        except (FileNotFoundError, PermissionError, NotADirectoryError):
            names = []
        self._path_cache = set(names)

    @classmethod
    def path_hook(cls, *loader_details):
        """What sys.path_hooks takes: a function that gives a finder for a folder, and raises
        ImportError for anything else."""
        def path_hook_for_FileFinder(path):
            """A finder for a folder."""
            if not _path_isdir(path):
                raise ImportError("only directories are supported", path=path)
            return cls(path, *loader_details)
        return path_hook_for_FileFinder

    def __repr__(self):
        return f"FileFinder({self.path!r})"


class _OwnHook:
    """Makes the hook for folders that is in sys.path_hooks."""

    @staticmethod
    def make():
        details = _get_supported_file_loaders()
        general = FileFinder.path_hook(*details)

        def path_hook_for_FileFinder(path):
            """A finder for a folder."""
            finder = general(path)
            finder._native_folder = True
            return finder

        path_hook_for_FileFinder.__qualname__ = general.__qualname__
        path_hook_for_FileFinder._native_hook = path_hook_for_FileFinder
        return path_hook_for_FileFinder


_folder_hook = _OwnHook.make()


def _take_place(native, hook):
    """Put a hook in the place of what stands for it in sys.path_hooks."""
    for index, other in enumerate(sys.path_hooks or ()):
        if other is native:
            sys.path_hooks[index] = hook


_take_place(_native_folder_hook, _folder_hook)


# PathFinder ---------------------------------------------------------------------------------

def _invalidate_path_caches():
    """Have all finders of sys.path look anew."""
    for name, finder in list(sys.path_importer_cache.items()):
        # What a relative path means may have changed.
        if finder is None or not _path_isabs(name):
            del sys.path_importer_cache[name]
        elif hasattr(finder, "invalidate_caches"):
            finder.invalidate_caches()
    _NamespacePath._epoch += 1
    if "importlib.metadata" in sys.modules:
        from importlib.metadata import MetadataPathFinder
        MetadataPathFinder.invalidate_caches()


def _finder_by_hooks(path):
    """A finder for a place, from the first hook that knows what it is."""
    if sys.path_hooks is not None and not sys.path_hooks:
        import warnings
        warnings.warn("sys.path_hooks is empty", ImportWarning)
    for hook in sys.path_hooks:
        try:
            return hook(path)
        except ImportError:
            # The place is of another kind.
            continue
    return None


def _finder_of_entry(path):
    """The finder for a place, made once."""
    if path == "":
        try:
            path = _os.getcwd()
        except FileNotFoundError:
            # Another folder may become the current one.
            return None
    cache = sys.path_importer_cache
    if path not in cache:
        cache[path] = PathFinder._path_hooks(path)
    return cache[path]


def _find_in_entries(fullname, path, target=None):
    """The first spec with a loader; otherwise one with the folders of a package without
    __init__.py."""
    folders = []
    for entry in path:
        if not isinstance(entry, str):
            continue
        finder = PathFinder._path_importer_cache(entry)
        if not hasattr(finder, "find_spec"):
            continue
        spec = finder.find_spec(fullname, target)
        if spec is None:
            continue
        if spec.loader is not None:
            return spec
        if spec.submodule_search_locations is None:
            raise ImportError("spec missing loader")
        folders.extend(spec.submodule_search_locations)
    spec = ModuleSpec(fullname, None)
    spec.submodule_search_locations = folders
    return spec


def _find_on_path(fullname, path=None, target=None):
    """The spec of a module on the path, by default sys.path."""
    spec = _find_in_entries(fullname, sys.path if path is None else path, target)
    if spec.loader is None:
        folders = spec.submodule_search_locations
        if not folders:
            return None
        spec.origin = None
        spec.submodule_search_locations = _NamespacePath(fullname, folders, _find_in_entries)
    return spec


# FrozenImporter -----------------------------------------------------------------------------

def _library_spec(name):
    """The spec of a module that is compiled into the program, or None."""
    path = _LIBRARY + name.replace(".", "/")
    for file, locations in ((path + ".py", None), (path + "/__init__.py", [path])):
        if _library.source(file) is not None:
            spec = ModuleSpec(name, _LibraryLoader(name, file), origin=file)
            spec.submodule_search_locations = locations
            spec._set_fileattr = True
            return spec
    return None


def _frozen_find_spec(name):
    # PathFinder finds the program's own.
    return None if _library.is_preceded(name) else _library_spec(name)


def _frozen_loader(name):
    spec = _library_spec(name)
    if spec is None:
        raise ImportError(f"{name!r} is not a frozen module", name=name)
    return spec.loader


def _frozen_exec_module(module):
    _frozen_loader(module.__spec__.name).exec_module(module)


def _frozen_load_module(name):
    return _bootstrap._load_module_shim(FrozenImporter, name)


def _frozen_get_code(name):
    return _frozen_loader(name).get_code(name)


def _frozen_get_source(name):
    return _frozen_loader(name).get_source(name)


def _frozen_is_package(name):
    return _frozen_loader(name).is_package(name)


# For the interpreter ------------------------------------------------------------------------

def _loader_of(spec):
    """A loader for a module that the interpreter has loaded from source."""
    if spec.origin is None:
        return None
    kind = _LibraryLoader if spec.origin.startswith(_LIBRARY) else SourceFileLoader
    return kind(spec.name, spec.origin)


def _code_of_main(path):
    """The code in a bytecode file that is run as a program."""
    with open(path, "rb") as file:
        data = file.read()
    if data[:4] != MAGIC_NUMBER:
        raise RuntimeError("Bad magic number in .pyc file")
    return _compile_bytecode(memoryview(data)[_HEADER_SIZE:], bytecode_path=path)


_bootstrap._bootstrap_external = sys.modules["importlib._bootstrap_external"]
__name__ = "importlib._bootstrap_external"
