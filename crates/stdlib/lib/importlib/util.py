"""What programs need that find and load modules themselves."""

import sys
import types

from ._bootstrap import _find_spec, _resolve_name, module_from_spec, spec_from_loader
from ._bootstrap_external import (MAGIC_NUMBER, cache_from_source, decode_source,
                                  source_from_cache, spec_from_file_location)
from .abc import Loader


def source_hash(source_bytes):
    """The hash of source by which compiled files know whether they are out of date."""
    import _imp
    return _imp.source_hash(int.from_bytes(MAGIC_NUMBER, "little"), source_bytes)


def resolve_name(name, package):
    """The absolute name for a relative one, which begins with dots."""
    if not name.startswith("."):
        return name
    if not package:
        raise ImportError(f"no package specified for {repr(name)} "
                          "(required for relative module names)")
    level = len(name) - len(name.lstrip("."))
    return _resolve_name(name[level:], package, level)


def _loaded_spec(name):
    module = sys.modules[name]
    if module is None:
        return None
    try:
        spec = module.__spec__
    except AttributeError:
        raise ValueError(f"{name}.__spec__ is not set") from None
    if spec is None:
        raise ValueError(f"{name}.__spec__ is None")
    return spec


def find_spec(name, package=None):
    """The spec of a module, None if there is none such.

    That of a module in sys.modules is its __spec__ (ValueError if it has none); others are looked
    for by the finders of sys.meta_path.  The packages above it are imported.  Relative names are
    those of import_module().
    """
    fullname = resolve_name(name, package) if name.startswith(".") else name
    if fullname in sys.modules:
        return _loaded_spec(fullname)
    path = None
    parent_name = fullname.rpartition(".")[0]
    if parent_name:
        parent = __import__(parent_name, fromlist=["__path__"])
        try:
            path = parent.__path__
        except AttributeError as error:
            raise ModuleNotFoundError(
                f"__path__ attribute not found on {parent_name!r} "
                f"while trying to find {fullname!r}", name=fullname) from error
    return _find_spec(fullname, path)


def _find_spec_from_path(name, path=None):
    """The spec of a module that is looked for on the path, without importing what is above it."""
    return _loaded_spec(name) if name in sys.modules else _find_spec(name, path)


class _incompatible_extension_module_restrictions:
    """A context manager that can temporarily skip the compatibility check."""

    def __init__(self, *, disable_check):
        self.disable_check = bool(disable_check)

    def __enter__(self):
        return self

    def __exit__(self, *args):
        pass


class _LazyModule(types.ModuleType):
    """A module that is not loaded yet."""

    def __getattribute__(self, attr):
        """Load the module, which is an ordinary one from then on, and ask it."""
        # What follows must not come here again.
        self.__class__ = types.ModuleType
        spec = self.__spec__
        scope = self.__dict__
        before = spec.loader_state["__dict__"]
        # What was set before the module ran must survive it.
        changed = {name: value for name, value in scope.items()
                   if name not in before or before[name] is not value}
        spec.loader.exec_module(self)
        if spec.name in sys.modules and sys.modules[spec.name] is not self:
            raise ValueError(f"module object for {spec.name!r} substituted in "
                             "sys.modules during a lazy load")
        scope.update(changed)
        return getattr(self, attr)

    def __delattr__(self, attr):
        """Load the module, and delete then."""
        getattr(self, attr)
        delattr(self, attr)


def _check_eager(loader):
    if not hasattr(loader, "exec_module"):
        raise TypeError("loader must define exec_module()")


class LazyLoader(Loader):
    """Loads a module when one of its attributes is first asked for, by another loader."""

    def __init__(self, loader):
        _check_eager(loader)
        self.loader = loader

    @classmethod
    def factory(cls, loader):
        """What makes lazy loaders as `loader`, called with the same arguments, makes eager ones.
        """
        _check_eager(loader)
        return lambda *args, **kwargs: cls(loader(*args, **kwargs))

    def create_module(self, spec):
        return self.loader.create_module(spec)

    def exec_module(self, module):
        """Let the module be loaded when it is needed."""
        spec = module.__spec__
        module.__loader__ = spec.loader = self.loader
        spec.loader_state = {"__dict__": vars(module).copy(), "__class__": module.__class__}
        module.__class__ = _LazyModule


__all__ = ["LazyLoader", "Loader", "MAGIC_NUMBER", "cache_from_source", "decode_source",
           "find_spec", "module_from_spec", "resolve_name", "source_from_cache", "source_hash",
           "spec_from_file_location", "spec_from_loader"]
