"""Loaders and finders of modules in files, and of those that are compiled into the program."""

import _library
import sys
from _bootstrap_paths import (BYTECODE_SUFFIXES, EXTENSION_SUFFIXES, MAGIC_NUMBER,
                              SOURCE_SUFFIXES, cache_from_source, source_from_cache)

from ._bootstrap import ModuleSpec, spec_from_loader

DEBUG_BYTECODE_SUFFIXES = OPTIMIZED_BYTECODE_SUFFIXES = BYTECODE_SUFFIXES

_LIBRARY = "<library>/"
_POPULATE = object()


def _path_join(*parts):
    return "/".join([part.rstrip("/") if part != "/" else "" for part in parts if part])


def _path_split(path):
    head, _, tail = path.rpartition("/")
    return head, tail


def _path_isfile(path):
    import os
    return os.path.isfile(path)


def _path_isdir(path):
    import os
    return os.path.isdir(path or os.getcwd())


def decode_source(source_bytes):
    """Decode bytes representing source code and return the string.

    Universal newline support is used in the decoding.
    """
    import io
    import tokenize
    encoding = tokenize.detect_encoding(io.BytesIO(source_bytes).readline)[0]
    return io.IncrementalNewlineDecoder(None, True).decode(source_bytes.decode(encoding))


def spec_from_file_location(name, location=None, *, loader=None,
                            submodule_search_locations=_POPULATE):
    """The spec of a module that is loaded from a file.

    The loader is asked where that is, if no location is given; without a loader one is chosen by
    the file's suffix.  A list of folders as `submodule_search_locations` makes it a package's
    spec; for an empty one the file's folder is filled in.
    """
    import os
    if location is None:
        location = "<unknown>"
        if hasattr(loader, "get_filename"):
            try:
                location = loader.get_filename(name)
            except ImportError:
                pass
    else:
        location = os.fspath(location)
        if not location.startswith(_LIBRARY):
            try:
                location = os.path.abspath(location)
            except OSError:
                pass
    if loader is None:
        for loader_class, suffixes in _get_supported_file_loaders():
            if location.endswith(tuple(suffixes)):
                loader = loader_class(name, location)
                break
        else:
            return None
    spec = ModuleSpec(name, loader, origin=location)
    spec._set_fileattr = True
    if submodule_search_locations is _POPULATE:
        if hasattr(loader, "is_package"):
            try:
                is_package = loader.is_package(name)
            except ImportError:
                pass
            else:
                if is_package:
                    spec.submodule_search_locations = []
    else:
        spec.submodule_search_locations = submodule_search_locations
    if spec.submodule_search_locations == [] and location:
        spec.submodule_search_locations.append(_path_split(location)[0])
    return spec


def _check_name(method):
    """Lets a loader answer for its own module only."""
    def checked(self, name=None, *args, **kwargs):
        if name is None:
            name = self.name
        elif self.name != name:
            raise ImportError(f"loader for {self.name} cannot handle {name}", name=name)
        return method(self, name, *args, **kwargs)
    checked.__name__ = method.__name__
    checked.__qualname__ = method.__qualname__
    checked.__doc__ = method.__doc__
    return checked


class _LoaderBasics:
    """What loaders of files have in common, whatever is in these."""

    def is_package(self, fullname):
        """Whether the module's file is called __init__, and the module is not."""
        filename = _path_split(self.get_filename(fullname))[1]
        return filename.rsplit(".", 1)[0] == "__init__" and fullname.rpartition(".")[2] != "__init__"

    def create_module(self, spec):
        """Leave it to the import system."""

    def exec_module(self, module):
        """Run the module's code in its namespace."""
        code = self.get_code(module.__name__)
        if code is None:
            raise ImportError(f"cannot load module {module.__name__!r} when get_code() "
                              f"returns None")
        exec(code, module.__dict__)

    def load_module(self, fullname):
        """This method is deprecated."""
        from ._bootstrap import _exec, _load
        spec = spec_from_loader(fullname, self)
        if fullname in sys.modules:
            return _exec(spec, sys.modules[fullname])
        return _load(spec)


class SourceLoader(_LoaderBasics):
    """What loads modules from source, whose text get_data() gives."""

    def path_mtime(self, path):
        """When the file was changed last, a whole number; OSError unless overridden."""
        raise OSError

    def path_stats(self, path):
        """A dictionary with that time as 'mtime'."""
        return {"mtime": self.path_mtime(path)}

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
        return compile(data, path, "exec", dont_inherit=True, optimize=_optimize)

    def get_code(self, fullname):
        """The module's code object."""
        path = self.get_filename(fullname)
        return self.source_to_code(self.get_data(path), path)


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
    def get_filename(self, fullname):
        """The path of the module's file."""
        return self.path

    def get_data(self, path):
        """The bytes of a file."""
        with open(path, "rb") as file:
            return file.read()

    @_check_name
    def get_resource_reader(self, module):
        from .readers import FileReader
        return FileReader(self)


class SourceFileLoader(FileLoader, SourceLoader):
    """Loads modules from source files."""

    def load_module(self, fullname):
        """Load a module from a file (deprecated)."""
        return SourceLoader.load_module(self, fullname)

    def path_stats(self, path):
        """A dictionary: when the file was changed last, and how many bytes it has."""
        import os
        status = os.stat(path)
        return {"mtime": status.st_mtime, "size": status.st_size}

    def set_data(self, path, data, *, _mode=0o666):
        """Write bytes to a file."""
        with open(path, "wb") as file:
            file.write(data)


class _LibraryLoader(SourceFileLoader):
    """Loads modules that are compiled into the program."""

    def get_data(self, path):
        text = _library.source(path)
        if text is None:
            return super().get_data(path)
        return text.encode()

    def path_stats(self, path):
        raise OSError


class SourcelessFileLoader(FileLoader, _LoaderBasics):
    """Would load modules from bytecode files."""

    def get_code(self, fullname):
        raise ImportError(f"bytecode files are not supported: {self.path!r}", name=fullname,
                          path=self.path)

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
        """A module in a file of its own is no package."""
        return False

    def get_source(self, fullname):
        """There is no source."""

    def get_code(self, fullname):
        """There is no code object."""


class NamespaceLoader:
    """The loader of packages without __init__.py."""

    def __init__(self, name, path, path_finder=None):
        self._path = path

    def is_package(self, fullname):
        return True

    def get_source(self, fullname):
        return ""

    def get_code(self, fullname):
        return compile("", "<string>", "exec", dont_inherit=True)

    def create_module(self, spec):
        """Use default semantics for module creation."""

    def exec_module(self, module):
        pass

    def get_resource_reader(self, module):
        from .readers import NamespaceReader
        return NamespaceReader(self._path)


_NamespaceLoader = NamespaceLoader


def _get_supported_file_loaders():
    """The loaders of files, each with the suffixes of those it loads."""
    return [(SourceFileLoader, SOURCE_SUFFIXES)]


class FileFinder:
    """Finds modules in one folder."""

    def __init__(self, path, *loader_details):
        """The further arguments are pairs of a loader and the suffixes of files it loads."""
        import os
        self._loaders = [(suffix, loader) for loader, suffixes in loader_details
                         for suffix in suffixes]
        self.path = os.getcwd() if not path or path == "." else os.path.abspath(path)

    def invalidate_caches(self):
        """Nothing is remembered: the folder is looked into each time."""

    def find_spec(self, fullname, target=None):
        """The spec of a module, None if the folder does not have it."""
        last = fullname.rpartition(".")[2]
        base = _path_join(self.path, last)
        if _path_isdir(base):
            for suffix, loader in self._loaders:
                init = _path_join(base, "__init__" + suffix)
                if _path_isfile(init):
                    return spec_from_file_location(fullname, init, loader=loader(fullname, init),
                                                   submodule_search_locations=[base])
        for suffix, loader in self._loaders:
            path = base + suffix
            if _path_isfile(path):
                return spec_from_file_location(fullname, path, loader=loader(fullname, path))
        if _path_isdir(base):
            spec = ModuleSpec(fullname, None)
            spec.submodule_search_locations = [base]
            return spec
        return None

    @classmethod
    def path_hook(cls, *loader_details):
        """What sys.path_hooks takes: a function that gives a finder for a folder, and raises
        ImportError for anything else."""
        def path_hook_for_FileFinder(path):
            """A FileFinder for a folder."""
            if not _path_isdir(path):
                raise ImportError("only directories are supported", path=path)
            return cls(path, *loader_details)
        return path_hook_for_FileFinder

    def __repr__(self):
        return f"FileFinder({self.path!r})"


class PathFinder:
    """Meta path finder for sys.path and package __path__ attributes."""

    @staticmethod
    def invalidate_caches():
        """Call the invalidate_caches() method on all path entry finders
        stored in sys.path_importer_cache (where implemented)."""
        for name, finder in list(sys.path_importer_cache.items()):
            if finder is None:
                del sys.path_importer_cache[name]
            elif hasattr(finder, "invalidate_caches"):
                finder.invalidate_caches()

    @staticmethod
    def _path_hooks(path):
        """A finder for a place, from the first hook that knows what it is."""
        finder = None
        for hook in sys.path_hooks:
            try:
                finder = hook(path)
                break
            except ImportError:
                # The place is of another kind.
                pass
        return finder

    @classmethod
    def _path_importer_cache(cls, path):
        """The finder for a place, made once."""
        if path == "":
            import os
            try:
                path = os.getcwd()
            except FileNotFoundError:
                return None
        if path not in sys.path_importer_cache:
            finder = cls._path_hooks(path)
            if finder is None and _path_isdir(path):
                finder = FileFinder(path, *_get_supported_file_loaders())
            sys.path_importer_cache[path] = finder
        return sys.path_importer_cache[path]

    @classmethod
    def find_spec(cls, fullname, path=None, target=None):
        """Try to find a spec for 'fullname' on sys.path or 'path'.

        The search is based on sys.path_hooks and sys.path_importer_cache.
        """
        portions = []
        for entry in sys.path if path is None else path:
            if not isinstance(entry, str):
                continue
            finder = cls._path_importer_cache(entry)
            if finder is None or not hasattr(finder, "find_spec"):
                continue
            spec = finder.find_spec(fullname, target)
            if spec is None:
                continue
            if spec.loader is not None:
                return spec
            if spec.submodule_search_locations is None:
                raise ImportError("spec missing loader")
            portions.extend(spec.submodule_search_locations)
        if not portions:
            return None
        spec = ModuleSpec(fullname, None)
        spec.origin = None
        spec.submodule_search_locations = portions
        return spec

    @staticmethod
    def find_distributions(*args, **kwargs):
        """Find distributions."""
        from importlib.metadata import MetadataPathFinder
        return MetadataPathFinder.find_distributions(*args, **kwargs)


# For the interpreter -----------------------------------------------------------------------

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


def _loader_of(spec):
    """A loader for a module that the interpreter has loaded from source."""
    if spec.origin is None:
        if spec.submodule_search_locations is None:
            return None
        return NamespaceLoader(spec.name, spec.submodule_search_locations)
    kind = _LibraryLoader if spec.origin.startswith(_LIBRARY) else SourceFileLoader
    return kind(spec.name, spec.origin)


def _find_by_hooks(fullname, path):
    """A spec by the finders of a program's path hooks; what lies in plain folders has been searched
    already."""
    for entry in sys.path if path is None else path:
        if not isinstance(entry, str):
            continue
        finder = PathFinder._path_importer_cache(entry)
        if isinstance(finder, FileFinder) or not hasattr(finder, "find_spec"):
            continue
        spec = finder.find_spec(fullname, None)
        if spec is not None and spec.loader is not None:
            return spec
    return None
