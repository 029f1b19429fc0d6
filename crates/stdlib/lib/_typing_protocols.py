"""Protocols: classes that say by their members what other classes must have.

typing has them as its own.  A class that names Protocol among its bases is a protocol; those that
derive from it are not, unless they do so too.  Checks at run time ask for the members alone.
"""

from abc import ABCMeta
import collections.abc
import functools

from typing import Generic, _caller, _cleanups

# The members belong to typing, whose name their messages, pickles and representations show.
__name__ = "typing"


_TYPING_INTERNALS = frozenset({
    "__parameters__", "__orig_bases__", "__orig_class__", "_is_protocol", "_is_runtime_protocol",
    "__protocol_attrs__", "__callable_proto_members_only__", "__type_params__",
})

_SPECIAL_NAMES = frozenset({
    "__abstractmethods__", "__annotations__", "__dict__", "__doc__", "__init__", "__module__",
    "__new__", "__slots__", "__subclasshook__", "__weakref__", "__class_getitem__",
    "__match_args__", "__static_attributes__", "__firstlineno__",
})

EXCLUDED_ATTRIBUTES = _TYPING_INTERNALS | _SPECIAL_NAMES | {"_MutableMapping__marker"}


def _get_protocol_attrs(cls):
    """The names of a protocol's members."""
    bases = [base for base in cls.__mro__[:-1] if base.__name__ not in ("Protocol", "Generic")]
    names = {name for base in bases
             for name in (*base.__dict__, *getattr(base, "__annotations__", ()))}
    return {name for name in names - EXCLUDED_ATTRIBUTES if not name.startswith("_abc_")}


def _no_init_or_replace_init(self, *args, **kwargs):
    cls = type(self)
    if cls._is_protocol:
        raise TypeError("Protocols cannot be instantiated")
    if cls.__init__ is _no_init_or_replace_init:
        # A class that derives from a protocol without an __init__ of its own: the next one.
        inits = (vars(base).get("__init__", _no_init_or_replace_init) for base in cls.__mro__)
        cls.__init__ = next(init for init in inits if init is not _no_init_or_replace_init)
        cls.__init__(self, *args, **kwargs)


def _allow_reckless_class_checks(depth=2):
    """Checks by abc and functools may meet protocols that are not for checking."""
    return _caller(depth) in {"abc", "_py_abc", "functools", None}


_PROTO_ALLOWLIST = {
    "collections.abc": [
        "Callable", "Awaitable", "Iterable", "Iterator", "AsyncIterable", "AsyncIterator",
        "Hashable", "Sized", "Container", "Collection", "Reversible", "Buffer",
    ],
    "contextlib": ["AbstractContextManager", "AbstractAsyncContextManager"],
}


@functools.cache
def _lazy_load_getattr_static():
    from inspect import getattr_static
    return getattr_static


_cleanups.append(_lazy_load_getattr_static.cache_clear)


_NOT_CHECKABLE = "Instance and class checks can only be used with @runtime_checkable protocols"


def _can_be_base(base):
    """Whether a protocol may derive from a class: from protocols and from what counts as one."""
    return (base in (object, Generic)
            or base.__name__ in _PROTO_ALLOWLIST.get(base.__module__, ())
            or issubclass(base, Generic) and getattr(base, "_is_protocol", False))


# What getattr_static() gives instead of an error, which would cost a traceback.
_missing = object()


class _ProtocolMeta(ABCMeta):
    def __new__(mcls, name, bases, namespace, /, **kwargs):
        is_first = name == "Protocol" and bases == (Generic,)
        if not is_first and Protocol in bases:
            for base in bases:
                if not _can_be_base(base):
                    raise TypeError("Protocols can only inherit from other protocols, "
                                    f"got {base!r}")
        return super().__new__(mcls, name, bases, namespace, **kwargs)

    def __init__(cls, *args, **kwargs):
        if getattr(cls, "_is_protocol", False):
            cls.__protocol_attrs__ = _get_protocol_attrs(cls)
            # With data among its members a protocol is for isinstance() only.
            cls.__callable_proto_members_only__ = all(
                callable(getattr(cls, attr, None)) for attr in cls.__protocol_attrs__)

    def __subclasscheck__(cls, other):
        if cls is Protocol:
            return type.__subclasscheck__(cls, other)
        if getattr(cls, "_is_protocol", False) and not _allow_reckless_class_checks():
            cls._check_comparable(other)
        return super().__subclasscheck__(other)

    def _check_comparable(cls, other):
        """Refuses questions for subclasses that have no answer."""
        if not isinstance(other, type):
            trouble = "issubclass() arg 1 must be a class"
        elif (vars(cls).get("__subclasshook__") is _proto_hook
              and not cls.__callable_proto_members_only__):
            trouble = "Protocols with non-method members don't support issubclass()"
        elif not getattr(cls, "_is_runtime_protocol", False):
            trouble = _NOT_CHECKABLE
        else:
            return
        raise TypeError(trouble)

    def __instancecheck__(cls, instance):
        if cls is Protocol:
            return type.__instancecheck__(cls, instance)
        if not getattr(cls, "_is_protocol", False):
            return super().__instancecheck__(instance)
        if not getattr(cls, "_is_runtime_protocol", False) and not _allow_reckless_class_checks():
            raise TypeError(_NOT_CHECKABLE)
        if super().__instancecheck__(instance):
            return True
        # All members must be there, maybe in the instance alone; no descriptor is called.
        find = _lazy_load_getattr_static()
        for attr in cls.__protocol_attrs__:
            try:
                value = find(instance, attr, _missing)
            except AttributeError:
                return False
            # A method set to None is not there.
            if value is _missing or value is None and callable(getattr(cls, attr, None)):
                return False
        return True


def _declares(cls, name, by_annotation):
    """Whether a class has a member, which None as its value denies."""
    for namespace in map(vars, cls.__mro__):
        if name in namespace:
            return namespace[name] is not None
        if by_annotation:
            annotations = namespace.get("__annotations__", {})
            if isinstance(annotations, collections.abc.Mapping) and name in annotations:
                return True
    return False


@classmethod
def _proto_hook(cls, other):
    if not vars(cls).get("_is_protocol", False):
        return NotImplemented
    # Among protocols an annotation alone is a member.
    by_annotation = issubclass(other, Generic) and getattr(other, "_is_protocol", False)
    for name in cls.__protocol_attrs__:
        if not _declares(other, name, by_annotation):
            return NotImplemented
    return True


class Protocol(Generic, metaclass=_ProtocolMeta):
    """The base of protocols: classes that say by their members what others must have.

        class Closeable(Protocol):
            def close(self) -> None: ...

    For a type checker, whatever has a matching close() is a Closeable; it need not derive from it.
    Protocols may be generic.  With @runtime_checkable isinstance() tells whether the members are
    there, but not whether they have the right types (PEP 544).
    """

    __slots__ = ()
    _is_protocol = True
    _is_runtime_protocol = False

    def __init_subclass__(cls, *args, **kwargs):
        super().__init_subclass__(*args, **kwargs)
        own = vars(cls)
        # A class is a protocol only if it says so itself.
        cls._is_protocol = (own.get("_is_protocol", False)
                            or any(base is Protocol for base in cls.__bases__))
        if "__subclasshook__" not in own:
            cls.__subclasshook__ = _proto_hook
        if cls._is_protocol and cls.__init__ is Protocol.__init__:
            cls.__init__ = _no_init_or_replace_init


def runtime_checkable(cls):
    """Allow isinstance() and issubclass() with a protocol.

    They ask only whether the members are there.  What is no protocol is a TypeError.
    """
    if issubclass(cls, Generic) and getattr(cls, "_is_protocol", False):
        cls._is_runtime_protocol = True
        return cls
    raise TypeError(f"@runtime_checkable can be only applied to protocol classes, got {cls!r}")
