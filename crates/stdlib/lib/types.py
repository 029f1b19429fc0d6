"""Names for the types of the interpreter's own objects, and tools to create classes by hand."""

import sys


def _function():
    value = None

    def inner():
        return value
    return inner


async def _coroutine():
    pass


async def _async_generator():
    yield


class _Class:
    def _method(self):
        pass


# What is called, and how it is run.
FunctionType = LambdaType = type(_function)
CodeType = type(_function.__code__)
CellType = type(_function().__closure__[0])
MethodType = type(_Class()._method)
BuiltinFunctionType = BuiltinMethodType = type(len)
GeneratorType = type((lambda: (yield))())
AsyncGeneratorType = type(_async_generator())
_c = _coroutine()
_c.close()  # Never awaited, which is not to be warned of.
CoroutineType = type(_c)
try:
    raise TypeError
except TypeError as _error:
    TracebackType = type(_error.__traceback__)
    FrameType = type(_error.__traceback__.tb_frame)

# What built-in types have in their namespaces, and what is got from instances.
WrapperDescriptorType, MethodWrapperType = type(object.__init__), type(object().__init__)
MethodDescriptorType = type(str.join)
ClassMethodDescriptorType = type(dict.__dict__["fromkeys"])
GetSetDescriptorType = type(FunctionType.__code__)
MemberDescriptorType = type(FunctionType.__globals__)

ModuleType, SimpleNamespace = type(sys), type(sys.implementation)
MappingProxyType = type(type.__dict__)
GenericAlias, UnionType = type(list[int]), type(int | str)
NoneType, EllipsisType, NotImplementedType = map(type, (None, ..., NotImplemented))

del sys, _function, _coroutine, _async_generator, _Class, _c


def new_class(name, bases=(), kwds=None, exec_body=None):
    """Create a class as a class statement does; exec_body fills the namespace it is given."""
    resolved = resolve_bases(bases)
    meta, namespace, kwds = prepare_class(name, resolved, kwds)
    if exec_body is not None:
        exec_body(namespace)
    if resolved is not bases:
        namespace["__orig_bases__"] = bases
    return meta(name, resolved, namespace, **kwds)


def resolve_bases(bases):
    """Put what __mro_entries__() gives in place of bases that are no classes.

    The very argument comes back if there is no such base.
    """
    resolved = []
    changed = False
    for base in bases:
        if isinstance(base, type) or not hasattr(base, "__mro_entries__"):
            resolved.append(base)
            continue
        changed = True
        entries = base.__mro_entries__(bases)
        if not isinstance(entries, tuple):
            raise TypeError("__mro_entries__ must return a tuple")
        resolved += entries
    return tuple(resolved) if changed else bases


def prepare_class(name, bases=(), kwds=None):
    """Find the metaclass of a class to come and have it make the namespace.

    Gives the two and the keywords that are left without "metaclass", in a dict of its own.
    """
    kwds = dict(kwds or {})
    try:
        meta = kwds.pop("metaclass")
    except KeyError:
        meta = type(bases[0]) if bases else type
    if isinstance(meta, type):
        meta = _calculate_meta(meta, bases)
    prepare = getattr(meta, "__prepare__", None)
    return meta, {} if prepare is None else prepare(name, bases, **kwds), kwds


def _calculate_meta(meta, bases):
    """The most derived of a metaclass and those of the bases."""
    for candidate in map(type, bases):
        if issubclass(candidate, meta):
            meta = candidate
        elif not issubclass(meta, candidate):
            raise TypeError("metaclass conflict: the metaclass of a derived class must be a "
                            "(non-strict) subclass of the metaclasses of all its bases")
    return meta


def get_original_bases(cls, /):
    """The bases as the class statement has them, before __mro_entries__() replaced any.

        class Numbers(list[int]): ...

        get_original_bases(Numbers) == (list[int],)
        Numbers.__bases__ == (list,)
    """
    try:
        return cls.__dict__.get("__orig_bases__", cls.__bases__)
    except AttributeError:
        raise TypeError(
            f"Expected an instance of type, not {type(cls).__name__!r}") from None


class DynamicClassAttribute:
    """A property of instances that does not hide the class's attributes of the same name.

    Asked for on the class it raises AttributeError, upon which the metaclass's __getattr__ is
    asked.  Enumerations are made of this: a member may be called like a property of members.
    """

    def __init__(self, fget=None, fset=None, fdel=None, doc=None):
        self.fget, self.fset, self.fdel = fget, fset, fdel
        self.__doc__ = doc or fget.__doc__
        self.overwrite_doc = doc is None
        self.__isabstractmethod__ = bool(getattr(fget, "__isabstractmethod__", False))

    def __get__(self, instance, ownerclass=None):
        if instance is not None:
            return _required(self.fget, "unreadable attribute")(instance)
        if self.__isabstractmethod__:
            return self
        raise AttributeError()

    def __set__(self, instance, value):
        _required(self.fset, "can't set attribute")(instance, value)

    def __delete__(self, instance):
        _required(self.fdel, "can't delete attribute")(instance)

    def _copied(self, fget, fset, fdel, doc):
        copy = type(self)(fget, fset, fdel, doc)
        copy.overwrite_doc = self.overwrite_doc
        return copy

    def getter(self, fget):
        doc = fget.__doc__ if self.overwrite_doc else None
        return self._copied(fget, self.fset, self.fdel, doc or self.__doc__)

    def setter(self, fset):
        return self._copied(self.fget, fset, self.fdel, self.__doc__)

    def deleter(self, fdel):
        return self._copied(self.fget, self.fset, fdel, self.__doc__)


def _required(function, complaint):
    if function is None:
        raise AttributeError(complaint)
    return function


class _GeneratorWrapper:
    """Makes a generator-like object awaitable."""

    def __init__(self, gen):
        self.__wrapped = gen
        self.__isgen = gen.__class__ is GeneratorType
        self.__name__, self.__qualname__ = (
            getattr(gen, name, None) for name in ("__name__", "__qualname__"))

    def __iter__(self):
        return self.__wrapped if self.__isgen else self

    __await__ = __iter__

    def __next__(self):
        return next(self.__wrapped)

    def send(self, val):
        return self.__wrapped.send(val)

    def throw(self, tp, *rest):
        return self.__wrapped.throw(tp, *rest)

    def close(self):
        return self.__wrapped.close()

    # It shows itself as a generator and as a coroutine.
    gi_code = cr_code = property(lambda self: self.__wrapped.gi_code)
    gi_frame = cr_frame = property(lambda self: self.__wrapped.gi_frame)
    gi_running = cr_running = property(lambda self: self.__wrapped.gi_running)
    gi_yieldfrom = cr_await = property(lambda self: self.__wrapped.gi_yieldfrom)


_CO_GENERATOR, _CO_COROUTINE, _CO_ITERABLE_COROUTINE = 0x20, 0x80, 0x100


def coroutine(func):
    """Make what a generator function gives awaitable."""
    if not callable(func):
        raise TypeError("types.coroutine() expects a callable")
    if func.__class__ is FunctionType and func.__code__.__class__ is CodeType:
        flags = func.__code__.co_flags
        if flags & (_CO_COROUTINE | _CO_ITERABLE_COROUTINE):
            return func
        if flags & _CO_GENERATOR:
            # The generators that this function makes can be awaited from now on.
            func.__code__ = func.__code__.replace(co_flags=flags | _CO_ITERABLE_COROUTINE)
            return func
    from functools import wraps

    @wraps(func)
    def wrapped(*args, **kwargs):
        return _awaitable(func(*args, **kwargs))

    return wrapped


def _awaitable(result):
    """What a function gave, made awaitable if it is like a generator."""
    cls = result.__class__
    if cls is CoroutineType or (
            cls is GeneratorType and result.gi_code.co_flags & _CO_ITERABLE_COROUTINE):
        return result
    from _collections_abc import Coroutine, Generator
    if isinstance(result, Generator) and not isinstance(result, Coroutine):
        return _GeneratorWrapper(result)
    return result


__all__ = [n for n in globals() if not n.startswith("_")]
