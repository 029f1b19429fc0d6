"""Weak references: referring to objects without keeping them alive (PEP 205).

The references and proxies themselves are native.  Here are the containers made of them, weak
references to bound methods, and finalizers.
"""

from _weakref import (
    CallableProxyType,
    ProxyType,
    ReferenceType,
    _remove_dead_weakref,
    getweakrefcount,
    getweakrefs,
    proxy,
    ref,
)

from _weakrefset import WeakSet, _IterationGuard

import _collections_abc
import itertools
import sys

__all__ = ["ref", "proxy", "getweakrefcount", "getweakrefs",
           "WeakKeyDictionary", "ReferenceType", "ProxyType",
           "CallableProxyType", "ProxyTypes", "WeakValueDictionary",
           "WeakSet", "WeakMethod", "finalize"]

ProxyTypes = (ProxyType, CallableProxyType)

_collections_abc.MutableSet.register(WeakSet)

_absent = object()


class WeakMethod(ref):
    """
    A weak reference to a bound method, which a plain one would find dead at once: a method is
    bound anew each time it is looked up.  It lives as long as its object and its function do.
    """

    __slots__ = "_func_ref", "_meth_type", "_alive", "__weakref__"

    def __new__(cls, meth, callback=None):
        try:
            instance, function = meth.__self__, meth.__func__
        except AttributeError:
            raise TypeError(f"argument should be a bound method, not {type(meth)}") from None
        # What to call refers to the reference weakly: a cycle would outlive it.
        own = []

        def died(_):
            own[0]()._end(callback)

        self = ref.__new__(cls, instance, died)
        self._func_ref = ref(function, died)
        self._meth_type, self._alive = type(meth), True
        own.append(ref(self))
        return self

    def _end(self, callback):
        """The object or the function is gone; the other one may follow."""
        was_alive, self._alive = self._alive, False
        if was_alive and callback is not None:
            callback(self)

    def __call__(self):
        instance = super().__call__()
        function = self._func_ref()
        if instance is None or function is None:
            return None
        return self._meth_type(function, instance)

    def __eq__(self, other):
        if not isinstance(other, WeakMethod):
            return NotImplemented
        if not self._alive or not other._alive:
            return self is other
        return ref.__eq__(self, other) and self._func_ref == other._func_ref

    def __ne__(self, other):
        if not isinstance(other, WeakMethod):
            return NotImplemented
        if not self._alive or not other._alive:
            return self is not other
        return ref.__ne__(self, other) or self._func_ref != other._func_ref

    __hash__ = ref.__hash__


class KeyedRef(ref):
    """
    A weak reference that knows the key it is stored under, so that a container can find its
    entry when the referent dies.
    """

    __slots__ = ("key",)

    def __new__(cls, ob, callback, key):
        made = ref.__new__(cls, ob, callback)
        made.key = key
        return made

    def __init__(self, ob, callback, key):
        ref.__init__(self, ob, callback)


def _drained(items):
    """Takes items out one by one; others may do so at the same time."""
    take = items.pop
    try:
        while True:
            yield take()
    except IndexError:
        pass


class _WeakMapping(_collections_abc.MutableMapping):
    """What the weak dictionaries have in common.

    While one is iterated over, entries whose referents die stay until that is over; they are
    noted in `_pending_removals`.
    """

    def __repr__(self):
        return f"<{self.__class__.__name__} at {id(self):#x}>"

    def __ior__(self, other):
        self.update(other)
        return self

    def __or__(self, other):
        if not isinstance(other, _collections_abc.Mapping):
            return NotImplemented
        both = self.copy()
        both.update(other)
        return both

    def __ror__(self, other):
        if not isinstance(other, _collections_abc.Mapping):
            return NotImplemented
        both = self.__class__()
        both.update(other)
        both.update(self)
        return both


class WeakValueDictionary(_WeakMapping):
    """A mapping that refers to its values weakly: an entry goes when its value does."""

    def __init__(self, other=(), /, **kw):
        # What the callback needs is among its arguments: at exit the module may be gone before it.
        def remove(reference, owner=ref(self), drop_dead=_remove_dead_weakref):
            mapping = owner()
            if mapping is not None:
                key = reference.key
                if mapping._iterating:
                    mapping._pending_removals.append(key)
                else:
                    # Meanwhile the key may have a new value; only a dead one is removed.
                    drop_dead(mapping.data, key)

        self._remove, self._pending_removals = remove, []
        self._iterating, self.data = set(), {}
        self.update(other, **kw)

    def _commit_removals(self, drop_dead=_remove_dead_weakref):
        for key in _drained(self._pending_removals):
            drop_dead(self.data, key)

    def _settle(self):
        if self._pending_removals:
            self._commit_removals()

    def __getitem__(self, key):
        self._settle()
        value = self.data[key]()
        if value is None:
            raise KeyError(key)
        return value

    def __delitem__(self, key):
        self._settle()
        del self.data[key]

    def __len__(self):
        self._settle()
        return len(self.data)

    def __contains__(self, key):
        self._settle()
        try:
            reference = self.data[key]
        except KeyError:
            return False
        return reference() is not None

    def __setitem__(self, key, value):
        self._settle()
        self.data[key] = KeyedRef(value, self._remove, key)

    def copy(self):
        self._settle()
        new = WeakValueDictionary()
        for key, value in WeakValueDictionary.items(self):
            new[key] = value
        return new

    __copy__ = copy

    def __deepcopy__(self, memo):
        from copy import deepcopy
        self._settle()
        new = self.__class__()
        for key, value in WeakValueDictionary.items(self):
            new[deepcopy(key, memo)] = value
        return new

    def get(self, key, default=None):
        self._settle()
        try:
            reference = self.data[key]
        except KeyError:
            return default
        value = reference()
        # The referent may be gone while its entry is not removed yet.
        return default if value is None else value

    def items(self):
        self._settle()
        with _IterationGuard(self):
            for key, reference in self.data.items():
                value = reference()
                if value is not None:
                    yield key, value

    def keys(self):
        self._settle()
        with _IterationGuard(self):
            for key, reference in self.data.items():
                if reference() is not None:
                    yield key

    __iter__ = keys

    def itervaluerefs(self):
        """
        An iterator over the weak references to the values.  They are not guaranteed to be alive
        when they are used, so call them and look at the result.
        """
        self._settle()
        with _IterationGuard(self):
            yield from self.data.values()

    def values(self):
        self._settle()
        with _IterationGuard(self):
            for reference in self.data.values():
                if (value := reference()) is not None:
                    yield value

    def popitem(self):
        self._settle()
        value = None
        while value is None:
            key, reference = self.data.popitem()
            value = reference()
        return key, value

    def pop(self, key, *args):
        self._settle()
        try:
            value = self.data.pop(key)()
        except KeyError:
            value = None
        if value is not None:
            return value
        if args:
            return args[0]
        raise KeyError(key)

    def setdefault(self, key, default=None):
        reference = self.data.get(key)
        value = None if reference is None else reference()
        if value is not None:
            return value
        self._settle()
        self.data[key] = KeyedRef(default, self._remove, key)
        return default

    def update(self, other=None, /, **kwargs):
        self._settle()
        for source in (other, kwargs):
            if source is None:
                continue
            pairs = source.items() if hasattr(source, "items") else dict(source).items()
            for key, value in pairs:
                self.data[key] = KeyedRef(value, self._remove, key)

    def valuerefs(self):
        """A list of the weak references to the values; see itervaluerefs()."""
        self._settle()
        return list(self.data.values())


class WeakKeyDictionary(_WeakMapping):
    """
    A mapping that refers to its keys weakly: an entry goes when its key does.  It associates
    further data with objects that others own.
    """

    def __init__(self, dict=None):
        def remove(reference, owner=ref(self)):
            mapping = owner()
            if mapping is not None:
                if mapping._iterating:
                    mapping._pending_removals.append(reference)
                else:
                    mapping.data.pop(reference, None)

        self.data, self._remove = {}, remove
        self._pending_removals, self._iterating = [], set()
        # Entries may have been deleted whose removal is still pending.
        self._dirty_len = False
        if dict is not None:
            self.update(dict)

    def _commit_removals(self):
        # Unlike a WeakValueDictionary's, pending references are entries that are dead for good.
        for reference in _drained(self._pending_removals):
            self.data.pop(reference, None)

    def __getitem__(self, key):
        return self.data[ref(key)]

    def __delitem__(self, key):
        self._dirty_len = True
        del self.data[ref(key)]

    def __len__(self):
        pending = self._pending_removals
        if pending and self._dirty_len:
            # Some of them may have been deleted since.
            pending = self._pending_removals = [r for r in pending if r in self.data]
            self._dirty_len = False
        return len(self.data) - len(pending)

    def __setitem__(self, key, value):
        self.data[ref(key, self._remove)] = value

    def copy(self):
        new = WeakKeyDictionary()
        for key, value in WeakKeyDictionary.items(self):
            new[key] = value
        return new

    __copy__ = copy

    def __deepcopy__(self, memo):
        from copy import deepcopy
        new = self.__class__()
        for key, value in WeakKeyDictionary.items(self):
            new[key] = deepcopy(value, memo)
        return new

    def get(self, key, default=None):
        return self.data.get(ref(key), default)

    def __contains__(self, key):
        try:
            reference = ref(key)
        except TypeError:
            return False
        return reference in self.data

    def items(self):
        with _IterationGuard(self):
            for reference, value in self.data.items():
                key = reference()
                if key is not None:
                    yield key, value

    def keys(self):
        with _IterationGuard(self):
            for reference in self.data:
                key = reference()
                if key is not None:
                    yield key

    __iter__ = keys

    def values(self):
        with _IterationGuard(self):
            for reference, value in self.data.items():
                if reference() is not None:
                    yield value

    def keyrefs(self):
        """
        A list of the weak references to the keys.  They are not guaranteed to be alive when they
        are used, so call them and look at the result.
        """
        return list(self.data)

    def popitem(self):
        self._dirty_len = True
        key = None
        while key is None:
            reference, value = self.data.popitem()
            key = reference()
        return key, value

    def pop(self, key, *args):
        self._dirty_len = True
        return self.data.pop(ref(key), *args)

    def setdefault(self, key, default=None):
        return self.data.setdefault(ref(key, self._remove), default)

    def update(self, dict=None, /, **kwargs):
        for source in (dict, kwargs):
            if source is None:
                continue
            if not hasattr(source, "items"):
                source = type(kwargs)(source)
            for key, value in source.items():
                self.data[ref(key, self._remove)] = value


class finalize:
    """
    Calls a function when an object is garbage collected, or at exit.

    finalize(obj, func, *args, **kwargs) gives a callable that is alive until it was called,
    detached, or its object has died.  It lives by itself: nobody needs to keep it.  At exit
    those that are alive and whose ``atexit`` attribute is true are called, newest first.
    """

    # Finalizers have no attributes of their own: what there is to know lies in the registry,
    # for as long as they are alive.
    __slots__ = ()
    _registry = {}
    _index_iter = itertools.count()
    _shutdown = _dirty = _registered_with_atexit = False

    class _Info:
        __slots__ = ("weakref", "call", "atexit", "index")

        def __init__(self, weakref, call, index):
            self.weakref, self.index, self.atexit = weakref, index, True
            self.call = call

    def __init__(self, obj, func, /, *args, **kwargs):
        if not finalize._registered_with_atexit:
            # Not at the head of the file: few programs that import this module get here.
            import atexit
            atexit.register(finalize._exitfunc)
            finalize._registered_with_atexit = True
        self._registry[self] = self._Info(ref(obj, self), (func, args, kwargs),
                                          next(self._index_iter))
        finalize._dirty = True

    def __call__(self, _=None):
        """Calls the function and gives its result if the finalizer is alive, None otherwise."""
        info = self._registry.pop(self, None)
        if info is not None and not self._shutdown:
            # Called from here: between the caller and the function there is one frame.
            return info.call[0](*info.call[1], **info.call[2])

    def detach(self):
        """If alive, makes it dead and gives (obj, func, args, kwargs); None otherwise."""
        contents = self.peek()
        if contents is not None and self._registry.pop(self, None) is not None:
            return contents

    def _alive_for(self):
        """What the registry knows, and the object; None twice if the finalizer is dead."""
        info = self._registry.get(self)
        obj = None if info is None else info.weakref()
        return (None, None) if obj is None else (info, obj)

    def peek(self):
        """If alive, gives (obj, func, args, kwargs); None otherwise."""
        info, obj = self._alive_for()
        if info is not None:
            return obj, *info.call

    @property
    def alive(self):
        """Whether the finalizer is alive."""
        return self in self._registry

    @property
    def atexit(self):
        """Whether the finalizer is to be called at exit."""
        return (info := self._registry.get(self)) is not None and info.atexit

    @atexit.setter
    def atexit(self, value):
        if info := self._registry.get(self):
            info.atexit = bool(value)

    def __repr__(self):
        info, obj = self._alive_for()
        state = "dead" if info is None else f"for {type(obj).__name__!r} at {id(obj):#x}"
        return f"<{type(self).__name__} object at {id(self):#x}; {state}>"

    @classmethod
    def _select_for_exit(cls):
        # Oldest first, as they are taken from the end.
        due = [(f, info) for f, info in cls._registry.items() if info.atexit]
        due.sort(key=lambda entry: entry[1].index)
        return [f for f, info in due]

    @classmethod
    def _exitfunc(cls):
        # No collection runs meanwhile, it could call some out of order.
        import gc
        enable_again = gc.isenabled() and bool(cls._registry)
        if enable_again:
            gc.disable()
        # Functions called here may make or detach finalizers; then the list is made anew.
        finalize._dirty = True
        try:
            while cls._registry:
                if finalize._dirty:
                    pending = cls._select_for_exit()
                    finalize._dirty = False
                if not pending:
                    break
                due = pending.pop()
                try:
                    due()
                except Exception:
                    sys.excepthook(*sys.exc_info())
                assert due not in cls._registry
        finally:
            # From now on finalizers do nothing.
            finalize._shutdown = True
            if enable_again:
                gc.enable()
