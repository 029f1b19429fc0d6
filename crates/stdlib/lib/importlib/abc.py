"""What finders and loaders of modules are: the abstract base classes of the import system."""

import abc

from . import machinery
from ._bootstrap_external import FileLoader as _FileLoader
from ._bootstrap_external import SourceLoader as _SourceLoader
from ._bootstrap_external import _LoaderBasics

__all__ = ["Loader", "MetaPathFinder", "PathEntryFinder",
           "ResourceLoader", "InspectLoader", "ExecutionLoader",
           "FileLoader", "SourceLoader"]


class Loader(metaclass=abc.ABCMeta):
    """What loads modules: create_module() makes one, exec_module() fills it."""

    def create_module(self, spec):
        """Make the module, or leave that to the import system by giving None; ImportError if it
        cannot be made."""
        return None

    def load_module(self, fullname):
        """Load a module into sys.modules and give it; by exec_module() unless overridden.

        Deprecated: the import system calls exec_module() itself.
        """
        if hasattr(self, "exec_module"):
            return _LoaderBasics.load_module(self, fullname)
        raise ImportError


class MetaPathFinder(metaclass=abc.ABCMeta):
    """What sys.meta_path has: finders of modules."""

    def invalidate_caches(self):
        """Forget what is remembered; importlib.invalidate_caches() calls it."""


class PathEntryFinder(metaclass=abc.ABCMeta):
    """What PathFinder asks: finders of modules in one place of sys.path."""

    def invalidate_caches(self):
        """Forget what is remembered; PathFinder.invalidate_caches() calls it."""


class ResourceLoader(Loader):
    """A loader that can also give data from where the modules are."""

    @abc.abstractmethod
    def get_data(self, path):
        """The bytes at a path, a string; OSError if there are none."""
        raise OSError


class InspectLoader(Loader):
    """A loader that knows modules without running them.

    All methods raise ImportError if the module cannot be found.
    """

    exec_module = _LoaderBasics.exec_module
    load_module = _LoaderBasics.load_module

    def is_package(self, fullname):
        """Whether the module is a package; need not be overridden."""
        raise ImportError

    @abc.abstractmethod
    def get_source(self, fullname):
        """The module's source as a string; None if it has none."""
        raise ImportError

    def get_code(self, fullname):
        """The module's code object; None if it has none, as modules in another language."""
        source = self.get_source(fullname)
        return None if source is None else self.source_to_code(source)

    @staticmethod
    def source_to_code(data, path="<string>"):
        """Compile what compile() takes; `path` is where it comes from."""
        return compile(data, path, "exec", dont_inherit=True)


class ExecutionLoader(InspectLoader):
    """A loader whose modules can be run as scripts, as it knows their files."""

    @abc.abstractmethod
    def get_filename(self, fullname):
        """What the module's __file__ is; ImportError if it cannot be found."""
        raise ImportError

    def get_code(self, fullname):
        """As InspectLoader.get_code(), the file's name being in the code."""
        source = self.get_source(fullname)
        if source is not None:
            try:
                where = (self.get_filename(fullname),)
            except ImportError:
                where = ()
            return self.source_to_code(source, *where)
        return None


class FileLoader(_FileLoader, ResourceLoader, ExecutionLoader):
    """A loader of files, which knows get_filename() and get_data()."""


class SourceLoader(_SourceLoader, ResourceLoader, ExecutionLoader):
    """A loader of source, of which get_data() and get_filename() must be written.

    With path_stats() or path_mtime() compiled code may be kept.
    """

    # Each in terms of the other, so that one of them is enough.

    def path_mtime(self, path):
        """The time when the source was changed last, a whole number."""
        if self.path_stats.__func__ is SourceLoader.path_stats:
            raise OSError
        return int(self.path_stats(path)["mtime"])

    def path_stats(self, path):
        """A dictionary: 'mtime', when the source was changed last, and perhaps 'size', how many
        bytes it has."""
        overridden = self.path_mtime.__func__ is not SourceLoader.path_mtime
        if overridden:
            return {"mtime": self.path_mtime(path)}
        raise OSError


# The import system's own classes, which are built before there is a module abc.
for _abstract, _concrete in {
    MetaPathFinder: (machinery.BuiltinImporter, machinery.FrozenImporter,
                     machinery.PathFinder, machinery.WindowsRegistryFinder),
    PathEntryFinder: (machinery.FileFinder,),
    InspectLoader: (machinery.BuiltinImporter, machinery.FrozenImporter,
                    machinery.NamespaceLoader),
    ExecutionLoader: (machinery.ExtensionFileLoader,),
    FileLoader: (machinery.SourceFileLoader, machinery.SourcelessFileLoader),
    SourceLoader: (machinery.SourceFileLoader,),
}.items():
    for _class in _concrete:
        _abstract.register(_class)
del _abstract, _concrete, _class
