"""Specs of modules, and how a module is made from one.

The interpreter finds and loads most modules itself; it comes here for what the finders of a program,
or finders written in Python, give it.
"""

import _imp
import _library
import builtins
import sys

# The classes go by the name that this module has in CPython.
__name__ = "_frozen_importlib"

ModuleSpec = type(sys.__spec__)
BuiltinImporter = sys.__loader__
FrozenImporter = _library.importers()[0]

_bootstrap_external = None
_ERR_MSG_PREFIX = "No module named "
_ERR_MSG = _ERR_MSG_PREFIX + "{!r}"
_missing = object()


def _verbose_message(message, *args, verbosity=1):
    """Say something on standard error, if that was asked for by -v."""
    if sys.flags.verbose >= verbosity:
        comment = "" if message.startswith(("#", "import ")) else "# "
        print(comment + message.format(*args), file=sys.stderr)


def _call_with_frames_removed(f, *args, **kwds):
    return f(*args, **kwds)


def _new_module(name):
    return type(sys)(name)


def _wrap(new, old):
    """Let a function look like another one."""
    for attribute in ("__module__", "__name__", "__qualname__", "__doc__"):
        if hasattr(old, attribute):
            setattr(new, attribute, getattr(old, attribute))
    new.__dict__.update(old.__dict__)


def _only_for(is_kind, kind):
    def decorate(method):
        def checked(self, fullname):
            if not is_kind(fullname):
                raise ImportError(f"{fullname!r} is not a {kind} module", name=fullname)
            return method(self, fullname)
        _wrap(checked, method)
        return checked
    return decorate


_requires_builtin = _only_for(lambda name: name in sys.builtin_module_names, "built-in")
_requires_frozen = _only_for(_imp.is_frozen, "frozen")


# Locks --------------------------------------------------------------------------------------

# The interpreter has its own; these are for programs that load modules themselves.

_module_locks = {}
# The lock that each thread waits for.
_blocking_on = {}


class _DeadlockError(RuntimeError):
    """Waiting would never end, as threads wait for each other."""


class _ModuleLock:
    """A lock that a thread may take several times, and that notices when threads wait for each
    other."""

    def __init__(self, name):
        import _thread
        # Guards the fields; `wakeup` is what waiting threads wait for.
        self.lock = _thread.allocate_lock()
        self.wakeup = _thread.allocate_lock()
        self.name = name
        self.owner = None
        self.count = []
        self.waiters = []

    def __repr__(self):
        return f"_ModuleLock({self.name!r}) at {id(self)}"

    def has_deadlock(self):
        """Whether the owner waits, perhaps by way of others, for this thread."""
        import _thread
        me = _thread.get_ident()
        seen = set()
        owner = self.owner
        while owner is not None and owner not in seen:
            if owner == me:
                return True
            seen.add(owner)
            lock = _blocking_on.get(owner)
            owner = None if lock is None else lock.owner
        return False

    def acquire(self):
        """Take the lock; _DeadlockError if it could never be had."""
        import _thread
        me = _thread.get_ident()
        _blocking_on[me] = self
        try:
            while True:
                with self.lock:
                    if not self.count or self.owner == me:
                        self.owner = me
                        self.count.append(True)
                        return True
                    if self.has_deadlock():
                        raise _DeadlockError(f"deadlock detected by {self!r}")
                    if self.wakeup.acquire(False):
                        self.waiters.append(None)
                # Free when the owner is done; then it is everyone's turn again.
                self.wakeup.acquire()
                self.wakeup.release()
        finally:
            del _blocking_on[me]

    def release(self):
        """Give the lock back."""
        import _thread
        with self.lock:
            if self.owner != _thread.get_ident():
                raise RuntimeError("cannot release un-acquired lock")
            self.count.pop()
            if not self.count:
                self.owner = None
                if self.waiters:
                    self.waiters.pop()
                    self.wakeup.release()


class _DummyModuleLock:
    """What would be a lock where there are no threads."""

    def __init__(self, name):
        self.name = name
        self.count = 0

    def acquire(self):
        self.count += 1
        return True

    def release(self):
        if self.count == 0:
            raise RuntimeError("cannot release un-acquired lock")
        self.count -= 1

    def __repr__(self):
        return f"_DummyModuleLock({self.name!r}) at {id(self)}"


class _ModuleLockManager:
    """Holds the lock of a module."""

    def __init__(self, name):
        self._name = name
        self._lock = None

    def __enter__(self):
        self._lock = _get_module_lock(self._name)
        self._lock.acquire()

    def __exit__(self, *args, **kwargs):
        self._lock.release()


def _get_module_lock(name):
    """The lock of a module, which lives as long as somebody has it."""
    import _weakref
    _imp.acquire_lock()
    try:
        lock = _module_locks[name]() if name in _module_locks else None
        if lock is None:
            lock = _ModuleLock(name)

            def forget(reference):
                if _module_locks.get(name) is reference:
                    del _module_locks[name]

            _module_locks[name] = _weakref.ref(lock, forget)
        return lock
    finally:
        _imp.release_lock()


def _lock_unlock_module(name):
    """Wait until nobody loads the module any more."""
    lock = _get_module_lock(name)
    try:
        lock.acquire()
    except _DeadlockError:
        # The module that is being loaded will be seen as it is.
        pass
    else:
        lock.release()


# Specs --------------------------------------------------------------------------------------

def spec_from_loader(name, loader, *, origin=None, is_package=None):
    """The spec of a module, as far as its loader tells."""
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


def _spec_from_module(module, loader=None, origin=None):
    """The spec of a module that was made without one."""
    known = getattr(module, "__spec__", None)
    if known is not None:
        return known
    loader = loader or getattr(module, "__loader__", None)
    location = getattr(module, "__file__", None)
    if origin is None:
        origin = location if location is not None else getattr(loader, "_ORIGIN", None)
    spec = ModuleSpec(module.__name__, loader, origin=origin)
    spec._set_fileattr = location is not None and origin == location
    spec.cached = getattr(module, "__cached__", None)
    path = getattr(module, "__path__", None)
    spec.submodule_search_locations = None if path is None else list(path)
    return spec


def _init_module_attrs(spec, module, *, override=False):
    """Give a module what its spec says, unless it has that already."""
    def offer(name, value, always=False):
        if always or override or getattr(module, name, None) is None:
            try:
                setattr(module, name, value)
            except AttributeError:
                # Not every module lets itself be told.
                pass

    offer("__name__", spec.name)
    loader = spec.loader
    locations = spec.submodule_search_locations
    if loader is None and locations is not None:
        from ._bootstrap_external import NamespaceLoader
        loader = spec.loader = NamespaceLoader.__new__(NamespaceLoader)
        loader._path = locations
        # There is none, but programs look for it.
        offer("__file__", None)
        module.__file__ = None
    offer("__loader__", loader)
    offer("__package__", spec.parent)
    offer("__spec__", spec, always=True)
    if locations is not None:
        offer("__path__", locations)
    if spec.has_location:
        offer("__file__", spec.origin)
        if spec.cached is not None:
            offer("__cached__", spec.cached)
    return module


def module_from_spec(spec):
    """A new module by a spec: made by the loader, or an empty one, with the attributes that tell
    where it comes from."""
    module = None
    if hasattr(spec.loader, "create_module"):
        module = spec.loader.create_module(spec)
    elif hasattr(spec.loader, "exec_module"):
        raise ImportError("loaders that define exec_module() must also define create_module()")
    if module is None:
        module = _new_module(spec.name)
    return _init_module_attrs(spec, module)


def _module_repr_from_spec(spec):
    """How a module is shown."""
    name = repr("?" if spec.name is None else spec.name)
    if spec.origin is not None:
        return (f"<module {name} from {spec.origin!r}>" if spec.has_location
                else f"<module {name} ({spec.origin})>")
    loader = spec.loader
    if loader is None:
        return f"<module {name}>"
    from ._bootstrap_external import NamespaceLoader
    if isinstance(loader, NamespaceLoader):
        return f"<module {name} (namespace) from {list(loader._path)}>"
    return f"<module {name} ({loader!r})>"


def _module_repr(m):
    """How a module is shown that perhaps has no spec."""
    spec = getattr(m, "__spec__", None)
    if spec:
        return _module_repr_from_spec(spec)
    name = repr(getattr(m, "__name__", "?"))
    if hasattr(m, "__file__"):
        return f"<module {name} from {m.__file__!r}>"
    loader = getattr(m, "__loader__", None)
    return f"<module {name}>" if loader is None else f"<module {name} ({loader!r})>"


# Loading ------------------------------------------------------------------------------------

def _run(spec, module):
    """Have the loader fill a module, if it can do that in the present way."""
    if hasattr(spec.loader, "exec_module"):
        spec.loader.exec_module(module)
        return True
    return False


def _warn_of_load_module(loader):
    import warnings
    kind = type(loader)
    warnings.warn(f"{kind.__module__}.{kind.__qualname__}.exec_module() not found; "
                  "falling back to load_module()", ImportWarning)


def _settled(name, *default):
    """The module under a name, which its code may have replaced, as the newest one."""
    module = sys.modules.pop(name, *default)
    sys.modules[name] = module
    return module


def _exec(spec, module):
    """Run the code of a spec's module in a module that there is already."""
    name = spec.name
    with _ModuleLockManager(name):
        if sys.modules.get(name) is not module:
            raise ImportError(f"module {name!r} not in sys.modules", name=name)
        try:
            if spec.loader is None:
                if spec.submodule_search_locations is None:
                    raise ImportError("missing loader", name=name)
                _init_module_attrs(spec, module, override=True)
            else:
                _init_module_attrs(spec, module, override=True)
                if not _run(spec, module):
                    _warn_of_load_module(spec.loader)
                    spec.loader.load_module(name)
        finally:
            # By the spec's name: the code may have changed that.
            module = _settled(spec.name, module)
    return module


def _load_backward_compatible(spec):
    """Load by a loader that only has load_module(), which does all itself."""
    name = spec.name
    try:
        spec.loader.load_module(name)
    except BaseException:
        if name in sys.modules:
            _settled(name)
        raise
    module = _settled(name)
    for attribute, value in (("__loader__", lambda: spec.loader),
                             ("__package__", lambda: module.__name__ if hasattr(module, "__path__")
                              else name.rpartition(".")[0]),
                             ("__spec__", lambda: spec)):
        if getattr(module, attribute, None) is None:
            try:
                setattr(module, attribute, value())
            except AttributeError:
                pass
    return module


def _load_unlocked(spec):
    """Make a module by its spec and run its code; it is in sys.modules meanwhile and afterwards."""
    if spec.loader is not None and not hasattr(spec.loader, "exec_module"):
        _warn_of_load_module(spec.loader)
        return _load_backward_compatible(spec)
    name = spec.name
    module = module_from_spec(spec)
    spec._initializing = True
    try:
        sys.modules[name] = module
        try:
            if spec.loader is not None:
                spec.loader.exec_module(module)
            elif spec.submodule_search_locations is None:
                raise ImportError("missing loader", name=name)
        except BaseException:
            sys.modules.pop(name, None)
            raise
        return _settled(spec.name)
    finally:
        spec._initializing = False


def _load(spec):
    """Make a module by its spec and run its code; it replaces one of the same name."""
    with _ModuleLockManager(spec.name):
        return _load_unlocked(spec)


def _load_module_shim(self, fullname):
    """load_module() for loaders that have exec_module().  Deprecated."""
    import warnings
    warnings.warn("the load_module() method is deprecated and slated for removal in "
                  "Python 3.12; use exec_module() instead", DeprecationWarning)
    spec = spec_from_loader(fullname, self)
    if fullname in sys.modules:
        module = sys.modules[fullname]
        _exec(spec, module)
        return sys.modules[fullname]
    return _load(spec)


# Importing ----------------------------------------------------------------------------------

def _find_spec(name, path, target=None):
    """Ask the finders of sys.meta_path for a module's spec."""
    finders = sys.meta_path
    if finders is None:
        raise ImportError("sys.meta_path is None, Python is likely shutting down")
    if not finders:
        import warnings
        warnings.warn("sys.meta_path is empty", ImportWarning)
    was_loaded = name in sys.modules
    for finder in finders:
        if not hasattr(finder, "find_spec"):
            continue
        spec = finder.find_spec(name, path, target)
        if spec is None:
            continue
        # The finder may have loaded the module, which then knows better.
        if not was_loaded and name in sys.modules:
            own = getattr(sys.modules[name], "__spec__", None)
            return spec if own is None else own
        return spec
    return None


def _sanity_check(name, package, level):
    if not isinstance(name, str):
        raise TypeError(f"module name must be str, not {type(name)}")
    if level < 0:
        raise ValueError("level must be >= 0")
    if level > 0:
        if not isinstance(package, str):
            raise TypeError("__package__ not set to a string")
        if not package:
            raise ImportError("attempted relative import with no known parent package")
    elif not name:
        raise ValueError("Empty module name")


def _resolve_name(name, package, level):
    """The absolute name for a relative one."""
    parts = package.rsplit(".", level - 1)
    if len(parts) < level:
        raise ImportError("attempted relative import beyond top-level package")
    return f"{parts[0]}.{name}" if name else parts[0]


def _gcd_import(name, package=None, level=0):
    """Import a module, which may be relative to a package; the module itself."""
    _sanity_check(name, package, level)
    if level > 0:
        name = _resolve_name(name, package, level)
    if sys.modules.get(name, _missing) in (_missing, None):
        builtins.__import__(name)
    return sys.modules[name]


def _handle_fromlist(module, fromlist, import_, *, recursive=False):
    """Import those of the names that a package does not have as attributes."""
    for name in fromlist:
        if not isinstance(name, str):
            where = module.__name__ + ".__all__" if recursive else "``from list''"
            raise TypeError(f"Item in {where} must be str, not {type(name).__name__}")
        if name == "*":
            if not recursive and hasattr(module, "__all__"):
                _handle_fromlist(module, module.__all__, import_, recursive=True)
        elif not hasattr(module, name):
            full = f"{module.__name__}.{name}"
            try:
                import_(full)
            except ModuleNotFoundError as error:
                # Names that are no modules are somebody else's matter.
                if error.name != full or sys.modules.get(full, _missing) is None:
                    raise
    return module


def _calc___package__(globals):
    """The package that relative imports in a namespace begin from."""
    package = globals.get("__package__")
    spec = globals.get("__spec__")
    if package is not None:
        if spec is not None and package != spec.parent:
            import warnings
            warnings.warn(f"__package__ != __spec__.parent ({package!r} != {spec.parent!r})",
                          DeprecationWarning, stacklevel=3)
        return package
    if spec is not None:
        return spec.parent
    import warnings
    warnings.warn("can't resolve package from __spec__ or __package__, falling back on "
                  "__name__ and __path__", ImportWarning, stacklevel=3)
    package = globals["__name__"]
    return package if "__path__" in globals else package.rpartition(".")[0]


__import__ = builtins.__import__
__name__ = "importlib._bootstrap"
