"""What `inspect` tells of an object as it is now, without running code of it: attributes, and how
far generators and coroutines have come."""

__name__ = "inspect"

import functools
import types

# Attributes without calling anything -------------------------------------------------------

_sentinel = object()
_static_getmro = type.__dict__["__mro__"].__get__
_get_dunder_dict_of_class = type.__dict__["__dict__"].__get__


def _check_class(klass, attr):
    return _check_mro(_static_getmro(klass), attr)


def _check_mro(mro, attr):
    for entry in mro:
        meta = type(entry)
        # Nothing stands before the __dict__ of what is plainly of type, and that never changes.
        if meta is type or _shadowed_dict(meta) is _sentinel:
            if attr in entry.__dict__:
                return entry.__dict__[attr]
    return _sentinel


@functools.lru_cache
def _shadowed_dict_from_mro_tuple(mro):
    for entry in mro:
        scope = _get_dunder_dict_of_class(entry)
        if "__dict__" in scope:
            found = scope["__dict__"]
            if not (type(found) is types.GetSetDescriptorType and found.__name__ == "__dict__"
                    and found.__objclass__ is entry):
                return found
    return _sentinel


def _shadowed_dict(klass):
    """What stands in the way of an instance's own `__dict__`: an attribute of that name in the
    class or one of its bases."""
    return _shadowed_dict_from_mro_tuple(_static_getmro(klass))


def _is_data_descriptor(value):
    cls = type(value)
    return (_check_class(cls, "__get__") is not _sentinel
            and (_check_class(cls, "__set__") is not _sentinel
                 or _check_class(cls, "__delete__") is not _sentinel))


def getattr_static(obj, attr, default=_sentinel):
    """What an attribute is, without running any code that its lookup would run.

    So descriptors come back as they are, and attributes that are computed are not found.
    """
    mro = _static_getmro(type(obj))
    is_class = type in mro
    on_instance = _sentinel
    if is_class:
        mro = _static_getmro(obj)
    else:
        shadow = _shadowed_dict_from_mro_tuple(mro)
        if shadow is _sentinel or type(shadow) is types.MemberDescriptorType:
            try:
                scope = object.__getattribute__(obj, "__dict__")
            except AttributeError:
                pass
            else:
                on_instance = dict.get(scope, attr, _sentinel)
    on_class = _check_mro(mro, attr)
    if on_class is not _sentinel and (on_instance is _sentinel or _is_data_descriptor(on_class)):
        return on_class
    if on_instance is not _sentinel:
        return on_instance
    if is_class:
        on_metaclass = _check_class(type(obj), attr)
        if on_metaclass is not _sentinel:
            return on_metaclass
    if default is _sentinel:
        raise AttributeError(attr)
    return default


# Generators and coroutines -----------------------------------------------------------------

GEN_CREATED = "GEN_CREATED"
GEN_RUNNING = "GEN_RUNNING"
GEN_SUSPENDED = "GEN_SUSPENDED"
GEN_CLOSED = "GEN_CLOSED"
CORO_CREATED = "CORO_CREATED"
CORO_RUNNING = "CORO_RUNNING"
CORO_SUSPENDED = "CORO_SUSPENDED"
CORO_CLOSED = "CORO_CLOSED"
AGEN_CREATED = "AGEN_CREATED"
AGEN_RUNNING = "AGEN_RUNNING"
AGEN_SUSPENDED = "AGEN_SUSPENDED"
AGEN_CLOSED = "AGEN_CLOSED"


def _state(kind, running, suspended, frame):
    if running:
        return kind + "_RUNNING"
    if suspended:
        return kind + "_SUSPENDED"
    return kind + ("_CLOSED" if frame is None else "_CREATED")


def _locals_of(frame):
    return {} if frame is None else frame.f_locals


def getgeneratorstate(generator):
    """Whether a generator has not started, runs, waits at a yield or is done: a GEN_ constant."""
    return _state("GEN", generator.gi_running, generator.gi_suspended, generator.gi_frame)


def getgeneratorlocals(generator):
    """The local variables of a generator; none if it is done."""
    if isinstance(generator, types.GeneratorType):
        return _locals_of(generator.gi_frame)
    raise TypeError(f"{generator!r} is not a Python generator")


def getcoroutinestate(coroutine):
    """Whether a coroutine has not started, runs, waits at an await or is done: a CORO_ constant."""
    return _state("CORO", coroutine.cr_running, coroutine.cr_suspended, coroutine.cr_frame)


def getcoroutinelocals(coroutine):
    """The local variables of a coroutine; none if it is done."""
    return _locals_of(getattr(coroutine, "cr_frame", None))


def getasyncgenstate(agen):
    """Whether an asynchronous generator has not started, runs, waits at a yield or is done: an
    AGEN_ constant.
    """
    return _state("AGEN", agen.ag_running, agen.ag_suspended, agen.ag_frame)


def getasyncgenlocals(agen):
    """The local variables of an asynchronous generator; none if it is done."""
    if isinstance(agen, types.AsyncGeneratorType):
        return _locals_of(agen.ag_frame)
    raise TypeError(f"{agen!r} is not a Python async generator")
