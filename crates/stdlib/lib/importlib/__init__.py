"""A pure Python implementation of import."""

__all__ = ["__import__", "import_module", "invalidate_caches", "reload"]

import builtins
import sys

from . import _bootstrap

__import__ = builtins.__import__


def invalidate_caches():
    """Let all finders look anew, as modules may have been created."""
    for finder in [*sys.meta_path, *sys.path_importer_cache.values()]:
        if hasattr(finder, "invalidate_caches"):
            finder.invalidate_caches()


def import_module(name, package=None):
    """Import a module and give it.  A name that begins with dots is relative to `package`."""
    level = len(name) - len(name.lstrip(".")) if name.startswith(".") else 0
    if level and not package:
        raise TypeError("the 'package' argument is required to perform a "
                        f"relative import for {name!r}")
    return _bootstrap._gcd_import(name[level:], package, level)


def __getattr__(name):
    # It is imported with the first module that needs it.
    if name == "_bootstrap_external":
        return import_module("importlib._bootstrap_external")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


# Modules being reloaded, for those that reload each other.
_RELOADING = {}


def reload(module):
    """Run the code of a module again that was imported before, in the same namespace; gives it."""
    spec = getattr(module, "__spec__", None)
    try:
        name = module.__name__ if spec is None else spec.name
    except AttributeError:
        raise TypeError("reload() argument must be a module") from None
    if sys.modules.get(name) is not module:
        raise ImportError(f"module {name} not in sys.modules", name=name)
    if name in _RELOADING:
        return _RELOADING[name]
    _RELOADING[name] = module
    try:
        parent = name.rpartition(".")[0]
        path = None
        if parent:
            if parent not in sys.modules:
                raise ImportError(f"parent {parent!r} not in sys.modules", name=parent)
            path = sys.modules[parent].__path__
        spec = module.__spec__ = _bootstrap._find_spec(name, path, module)
        if spec is None:
            raise ModuleNotFoundError(f"spec not found for the module {name!r}", name=name)
        _bootstrap._exec(spec, module)
        return sys.modules[name]
    finally:
        _RELOADING.pop(name, None)
