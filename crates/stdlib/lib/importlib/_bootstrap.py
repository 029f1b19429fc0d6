"""Specs of modules, and how a module is made from one.

The interpreter finds and loads what is built in and what lies on the path itself; it comes here for
what the finders of a program give it.
"""

import builtins
import sys

ModuleSpec = type(sys.__spec__)
BuiltinImporter = sys.__loader__
_object_name = object()


class FrozenImporter:
    """Meta path import for frozen modules, of which there are none.

    All methods are either class or static methods to avoid the need to
    instantiate the class.
    """

    _ORIGIN = "frozen"

    @classmethod
    def find_spec(cls, fullname, path=None, target=None):
        return None

    @staticmethod
    def create_module(spec):
        """Set __file__, if able."""
        return None

    @staticmethod
    def exec_module(module):
        raise ImportError(f"{module.__spec__.name!r} is not a frozen module",
                          name=module.__spec__.name)

    @classmethod
    def _missing(cls, fullname):
        raise ImportError(f"{fullname!r} is not a frozen module", name=fullname)

    get_code = get_source = is_package = _missing


def _verbose_message(message, *args, verbosity=1):
    """Print the message to stderr if -v/PYTHONVERBOSE is turned on."""
    if sys.flags.verbose >= verbosity:
        if not message.startswith(("#", "import ")):
            message = "# " + message
        print(message.format(*args), file=sys.stderr)


def _call_with_frames_removed(f, *args, **kwds):
    return f(*args, **kwds)


def spec_from_loader(name, loader, *, origin=None, is_package=None):
    """Return a module spec based on various loader methods."""
    if origin is None:
        origin = getattr(loader, "_ORIGIN", None)
    if not origin and hasattr(loader, "get_filename"):
        from ._bootstrap_external import spec_from_file_location
        if is_package is None:
            return spec_from_file_location(name, loader=loader)
        return spec_from_file_location(name, loader=loader,
                                       submodule_search_locations=[] if is_package else None)
    if is_package is None:
        is_package = False
        if hasattr(loader, "is_package"):
            try:
                is_package = loader.is_package(name)
            except ImportError:
                pass
    return ModuleSpec(name, loader, origin=origin, is_package=is_package)


def _init_module_attrs(spec, module, *, override=False):
    """Gives a module what its spec says, unless it has that already."""
    def offer(name, value):
        if override or getattr(module, name, None) is None:
            try:
                setattr(module, name, value)
            except AttributeError:
                pass

    offer("__name__", spec.name)
    loader = spec.loader
    if loader is None and spec.submodule_search_locations is not None:
        from ._bootstrap_external import NamespaceLoader
        loader = NamespaceLoader.__new__(NamespaceLoader)
        loader._path = spec.submodule_search_locations
        spec.loader = loader
    offer("__loader__", loader)
    offer("__package__", spec.parent)
    try:
        module.__spec__ = spec
    except AttributeError:
        pass
    if spec.submodule_search_locations is not None:
        offer("__path__", spec.submodule_search_locations)
    if spec.has_location:
        offer("__file__", spec.origin)
        if spec.cached is not None:
            offer("__cached__", spec.cached)
    return module


def module_from_spec(spec):
    """Create a module based on the provided spec."""
    module = None
    if hasattr(spec.loader, "create_module"):
        module = spec.loader.create_module(spec)
    elif hasattr(spec.loader, "exec_module"):
        raise ImportError("loaders that define exec_module() must also define create_module()")
    if module is None:
        module = type(sys)(spec.name)
    _init_module_attrs(spec, module)
    return module


def _module_repr_from_spec(spec):
    """Return the repr to use for the module."""
    name = "?" if spec.name is None else spec.name
    if spec.origin is None:
        if spec.loader is None:
            return f"<module {name!r}>"
        return f"<module {name!r} (namespace) from {list(spec.submodule_search_locations)}>" \
            if spec.submodule_search_locations is not None else f"<module {name!r} ({spec.loader!r})>"
    if spec.has_location:
        return f"<module {name!r} from {spec.origin!r}>"
    return f"<module {name!r} ({spec.origin})>"


def _exec(spec, module):
    """Execute the spec's specified module in an existing module's namespace."""
    name = spec.name
    if sys.modules.get(name) is not module:
        raise ImportError(f"module {name!r} not in sys.modules", name=name)
    if spec.loader is None:
        if spec.submodule_search_locations is None:
            raise ImportError("missing loader", name=name)
        _init_module_attrs(spec, module, override=True)
    else:
        _init_module_attrs(spec, module, override=True)
        spec.loader.exec_module(module)
    # The code may have put another module in its place.
    module = sys.modules.pop(spec.name)
    sys.modules[spec.name] = module
    return module


def _load(spec):
    """Return a new module object, loaded by the spec's loader.

    The module is not added to its parent.

    If a module is already in sys.modules, that existing module gets
    clobbered.

    """
    if spec.loader is not None and not hasattr(spec.loader, "exec_module"):
        raise ImportError(f"{type(spec.loader).__name__}.exec_module() not found", name=spec.name)
    module = module_from_spec(spec)
    spec._initializing = True
    try:
        sys.modules[spec.name] = module
        try:
            if spec.loader is None:
                if spec.submodule_search_locations is None:
                    raise ImportError("missing loader", name=spec.name)
            else:
                spec.loader.exec_module(module)
        except BaseException:
            sys.modules.pop(spec.name, None)
            raise
        module = sys.modules.pop(spec.name)
        sys.modules[spec.name] = module
    finally:
        spec._initializing = False
    return module


def _find_spec(name, path, target=None):
    """Find a module's spec, in the order in which the interpreter searches."""
    for finder in sys.meta_path:
        if finder is BuiltinImporter or not hasattr(finder, "find_spec"):
            continue
        spec = finder.find_spec(name, path, target)
        if spec is not None:
            return spec
    spec = BuiltinImporter.find_spec(name)
    if spec is not None:
        return spec
    from . import _bootstrap_external
    spec = _bootstrap_external._library_spec(name)
    if spec is not None:
        return spec
    return _bootstrap_external.PathFinder.find_spec(name, path, target)


def _sanity_check(name, package, level):
    """Verify arguments are "sane"."""
    if not isinstance(name, str):
        raise TypeError(f"module name must be str, not {type(name)}")
    if level < 0:
        raise ValueError("level must be >= 0")
    if level > 0:
        if not isinstance(package, str):
            raise TypeError("__package__ not set to a string")
        if not package:
            raise ImportError("attempted relative import with no known parent package")
    if not name and level == 0:
        raise ValueError("Empty module name")


def _resolve_name(name, package, level):
    """Resolve a relative module name to an absolute one."""
    parts = package.rsplit(".", level - 1)
    if len(parts) < level:
        raise ImportError("attempted relative import beyond top-level package")
    return f"{parts[0]}.{name}" if name else parts[0]


def _gcd_import(name, package=None, level=0):
    """Import and return the module based on its name, package the call is
    being made from, and the level adjustment."""
    _sanity_check(name, package, level)
    if level > 0:
        name = _resolve_name(name, package, level)
    # With a name to look for, the last module comes back and not the first.
    module = sys.modules.get(name, _object_name)
    if module is _object_name or module is None:
        builtins.__import__(name)
        module = sys.modules[name]
    return module
