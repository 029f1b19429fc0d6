"""What an object is: the flags of code objects and the predicates of inspect."""

__name__ = "inspect"

import functools
import types

CO_OPTIMIZED = 0x1
CO_NEWLOCALS = 0x2
CO_VARARGS = 0x4
CO_VARKEYWORDS = 0x8
CO_NESTED = 0x10
CO_GENERATOR = 0x20
CO_NOFREE = 0x40
CO_COROUTINE = 0x80
CO_ITERABLE_COROUTINE = 0x100
CO_ASYNC_GENERATOR = 0x200

TPFLAGS_IS_ABSTRACT = 1 << 20


def ismodule(object):
    """Whether this is a module."""
    return isinstance(object, types.ModuleType)


def isclass(object):
    """Whether this is a class."""
    return isinstance(object, type)


def ismethod(object):
    """Whether this is a bound method written in Python."""
    return isinstance(object, types.MethodType)


def ismethoddescriptor(object):
    """Whether this has `__get__` but not `__set__`, as `int.__add__` has.

    False of functions, methods and classes, which have tests of their own that tell more: of a
    method, say, that there is a `__func__`.
    """
    return _has_descriptor_method(object, "__get__") and not hasattr(type(object), "__set__")


def _has_descriptor_method(obj, *slots):
    """Whether the type has one of these methods, and the object is not of a more telling kind."""
    if isinstance(obj, (type, types.MethodType, types.FunctionType)):
        return False
    cls = type(obj)
    return any([hasattr(cls, slot) for slot in slots])


def isdatadescriptor(object):
    """Whether this has `__set__` or `__delete__`.

    So have properties, and the descriptors that isgetsetdescriptor() and ismemberdescriptor()
    know.  Most have a `__name__` and a `__doc__` too, but none needs to.
    """
    return _has_descriptor_method(object, "__set__", "__delete__")


def ismemberdescriptor(object):
    """Whether this gives access to a slot, or to a field of a native object."""
    return isinstance(object, types.MemberDescriptorType)


def isgetsetdescriptor(object):
    """Whether this is a native attribute that is computed."""
    return isinstance(object, types.GetSetDescriptorType)


def isfunction(object):
    """Whether this is a function written in Python, by `def` or `lambda`.

    Such have, besides the attributes of all routines, `__code__`, `__globals__`, `__closure__`,
    `__defaults__`, `__kwdefaults__` and `__annotations__`.
    """
    return isinstance(object, types.FunctionType)


def _plain_function(f):
    """What methods and partial objects call in the end."""
    while isinstance(f, types.MethodType):
        f = f.__func__
    while isinstance(f, functools.partial):
        f = f.func
    return f


def _has_code_flag(f, flag):
    f = _plain_function(f)
    if not isinstance(f, types.FunctionType):
        from _signature import _signature_is_functionlike
        if not _signature_is_functionlike(f):
            return False
    return f.__code__.co_flags & flag != 0


def isgeneratorfunction(obj):
    """Whether a call of this makes a generator."""
    return _has_code_flag(obj, CO_GENERATOR)


# Set as attribute on functions that are to count as coroutine functions.
_is_coroutine_mark = object()


def _has_coroutine_mark(f):
    return getattr(_plain_function(f), "_is_coroutine_marker", None) is _is_coroutine_mark


def markcoroutinefunction(func):
    """Make iscoroutinefunction() true of a function that returns an awaitable; a decorator."""
    function = getattr(func, "__func__", func)
    function._is_coroutine_marker = _is_coroutine_mark
    return function


def iscoroutinefunction(obj):
    """Whether this was defined with `async def` and is no generator, or was marked by
    markcoroutinefunction().
    """
    return _has_code_flag(obj, CO_COROUTINE) or _has_coroutine_mark(obj)


def isasyncgenfunction(obj):
    """Whether this was defined with `async def` and has a `yield`."""
    return _has_code_flag(obj, CO_ASYNC_GENERATOR)


def isasyncgen(object):
    """Whether this is an asynchronous generator."""
    return isinstance(object, types.AsyncGeneratorType)


def isgenerator(object):
    """Whether this is a generator."""
    return isinstance(object, types.GeneratorType)


def iscoroutine(object):
    """Whether this is what a call of an `async def` function gives."""
    return isinstance(object, types.CoroutineType)


def isawaitable(object):
    """Whether `await` takes this."""
    if isinstance(object, types.CoroutineType):
        return True
    if isinstance(object, types.GeneratorType) and object.gi_code.co_flags & CO_ITERABLE_COROUTINE:
        return True
    from collections.abc import Awaitable
    return isinstance(object, Awaitable)


def istraceback(object):
    """Whether this is a traceback: tb_frame, tb_lasti, tb_lineno, and tb_next towards where it
    was raised.
    """
    return isinstance(object, types.TracebackType)


def isframe(object):
    """Whether this is a frame: f_code, f_locals, f_globals, f_builtins, f_lasti, f_lineno,
    f_trace, and f_back, the caller's.
    """
    return isinstance(object, types.FrameType)


def iscode(object):
    """Whether this is a code object."""
    return isinstance(object, types.CodeType)


def isbuiltin(object):
    """Whether this is a native function, or a native method bound to its `__self__`."""
    return isinstance(object, types.BuiltinFunctionType)


def ismethodwrapper(object):
    """Whether this is a native special method that is bound, as `(1).__add__` is."""
    return isinstance(object, types.MethodWrapperType)


def isroutine(object):
    """Whether this is a function or method of any kind."""
    return (isbuiltin(object) or isfunction(object) or ismethod(object)
            or ismethoddescriptor(object) or ismethodwrapper(object))


def isabstract(object):
    """Whether this is a class with methods that are abstract."""
    if not isinstance(object, type):
        return False
    if object.__flags__ & TPFLAGS_IS_ABSTRACT:
        return True
    import abc
    if not issubclass(type(object), abc.ABCMeta) or hasattr(object, "__abstractmethods__"):
        # ABCMeta has been there and would have set the flag.
        return False
    # __init_subclass__() asks before ABCMeta has computed the set.
    inherited = {name for base in object.__bases__
                 for name in getattr(base, "__abstractmethods__", ())}
    candidates = [*vars(object).values(), *[getattr(object, name, None) for name in inherited]]
    return any([getattr(value, "__isabstractmethod__", False) for value in candidates])
