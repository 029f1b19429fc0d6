"""Abstract base classes that ask for one or a few methods, and the types that have no other name.

A class that has the methods counts as a subclass, without deriving from anything.
"""

from abc import ABCMeta, abstractmethod

# As in _collections_abc.
__name__ = "collections.abc"


# Types without a name of their own ----------------------------------------------------------

GenericAlias = type(list[int])
EllipsisType = type(...)
FunctionType = type(lambda: None)
mappingproxy = type(type.__dict__)
dict_keys, dict_values, dict_items = type({}.keys()), type({}.values()), type({}.items())

_ITERATORS = (
    bytes_iterator, bytearray_iterator, str_iterator, list_iterator, tuple_iterator, set_iterator,
    dict_keyiterator, dict_valueiterator, dict_itemiterator, range_iterator, longrange_iterator,
    list_reverseiterator, zip_iterator,
) = [type(iter(iterable)) for iterable in (
    b"", bytearray(), "", [], (), set(), {}.keys(), {}.values(), {}.items(), range(0),
    range(1 << 1000), reversed([]), zip())]


def _suspended_types():
    """The types of generators, coroutines and asynchronous generators."""
    async def asynchronous():
        pass

    async def both():
        yield

    awaitable = asynchronous()
    awaitable.close()  # Never awaited, which is not to be warned of.
    return type((lambda: (yield))()), type(awaitable), type(both())


generator, coroutine, async_generator = _suspended_types()


# Subclasses by their methods ----------------------------------------------------------------

def _check_methods(subclass, *methods):
    """True if a class has all of the methods; a method set to None counts as missing."""
    namespaces = [vars(base) for base in subclass.__mro__]
    for method in methods:
        found = next((space[method] for space in namespaces if method in space), None)
        if found is None:
            return NotImplemented
    return True


def _structural(*methods):
    """Lets classes that have the methods count as subclasses of the decorated class itself."""
    def decorate(owner):
        def __subclasshook__(cls, subclass):
            return _check_methods(subclass, *methods) if cls is owner else NotImplemented
        owner.__subclasshook__ = classmethod(__subclasshook__)
        return owner
    return decorate


@_structural("__hash__")
class Hashable(metaclass=ABCMeta):
    __slots__ = ()

    @abstractmethod
    def __hash__(self):
        return 0


@_structural("__len__")
class Sized(metaclass=ABCMeta):
    __slots__ = ()

    @abstractmethod
    def __len__(self):
        return 0


@_structural("__contains__")
class Container(metaclass=ABCMeta):
    __slots__ = ()
    __class_getitem__ = classmethod(GenericAlias)

    @abstractmethod
    def __contains__(self, x):
        return False


@_structural("__iter__")
class Iterable(metaclass=ABCMeta):
    __slots__ = ()
    __class_getitem__ = classmethod(GenericAlias)

    @abstractmethod
    def __iter__(self):
        yield from ()


@_structural("__reversed__", "__iter__")
class Reversible(Iterable):
    __slots__ = ()

    @abstractmethod
    def __reversed__(self):
        yield from ()


@_structural("__len__", "__iter__", "__contains__")
class Collection(Sized, Iterable, Container):
    __slots__ = ()


@_structural("__buffer__")
class Buffer(metaclass=ABCMeta):
    __slots__ = ()

    @abstractmethod
    def __buffer__(self, flags: int, /) -> memoryview:
        raise NotImplementedError


@_structural("__await__")
class Awaitable(metaclass=ABCMeta):
    __slots__ = ()
    __class_getitem__ = classmethod(GenericAlias)

    @abstractmethod
    def __await__(self):
        yield


@_structural("__aiter__")
class AsyncIterable(metaclass=ABCMeta):
    __slots__ = ()
    __class_getitem__ = classmethod(GenericAlias)

    @abstractmethod
    def __aiter__(self):
        return AsyncIterator()


# Iterators, generators and coroutines -------------------------------------------------------

def _made_exception(typ, val, tb):
    """The exception that the arguments of throw() describe."""
    if val is None and tb is None:
        return typ
    error = typ() if val is None else val
    return error if tb is None else error.with_traceback(tb)


@_structural("__iter__", "__next__")
class Iterator(Iterable):
    __slots__ = ()

    def __iter__(self):
        return self

    @abstractmethod
    def __next__(self):
        """The next item; raises StopIteration when there is none."""
        raise StopIteration


@_structural("__anext__", "__aiter__")
class AsyncIterator(AsyncIterable):
    __slots__ = ()

    def __aiter__(self):
        return self

    @abstractmethod
    async def __anext__(self):
        """The next item; raises StopAsyncIteration when there is none."""
        raise StopAsyncIteration


@_structural("__await__", "send", "throw", "close")
class Coroutine(Awaitable):
    __slots__ = ()

    @abstractmethod
    def send(self, value):
        """Go on, with a value as the result of what was awaited; gives what is awaited next.

        At the coroutine's end StopIteration carries its result.
        """
        raise StopIteration

    @abstractmethod
    def throw(self, typ, val=None, tb=None):
        """Go on with an exception where the coroutine waits; otherwise like send()."""
        raise _made_exception(typ, val, tb)

    def close(self):
        """End the coroutine where it waits, by a GeneratorExit."""
        if _survives(self):
            raise RuntimeError("coroutine ignored GeneratorExit")


@_structural("__iter__", "__next__", "send", "throw", "close")
class Generator(Iterator):
    __slots__ = ()

    def __next__(self):
        """The next value; raises StopIteration when the generator has ended."""
        return self.send(None)

    @abstractmethod
    def send(self, value):
        """Go on, with a value as the result of the yield expression; gives the next value.

        Raises StopIteration when the generator has ended.
        """
        raise StopIteration

    @abstractmethod
    def throw(self, typ, val=None, tb=None):
        """Go on with an exception where the generator waits; otherwise like send()."""
        raise _made_exception(typ, val, tb)

    def close(self):
        """End the generator where it waits, by a GeneratorExit."""
        if _survives(self):
            raise RuntimeError("generator ignored GeneratorExit")


def _survives(suspended):
    """Throws GeneratorExit in; true if it is answered by one more value."""
    try:
        suspended.throw(GeneratorExit)
    except (GeneratorExit, StopIteration):
        return False
    return True


@_structural("__aiter__", "__anext__", "asend", "athrow", "aclose")
class AsyncGenerator(AsyncIterator):
    __slots__ = ()

    async def __anext__(self):
        """The next value; raises StopAsyncIteration when the generator has ended."""
        return await self.asend(None)

    @abstractmethod
    async def asend(self, value):
        """Go on, with a value as the result of the yield expression; gives the next value.

        Raises StopAsyncIteration when the generator has ended.
        """
        raise StopAsyncIteration

    @abstractmethod
    async def athrow(self, typ, val=None, tb=None):
        """Go on with an exception where the generator waits; otherwise like asend()."""
        raise _made_exception(typ, val, tb)

    async def aclose(self):
        """End the generator where it waits, by a GeneratorExit."""
        try:
            await self.athrow(GeneratorExit)
        except (GeneratorExit, StopAsyncIteration):
            return
        raise RuntimeError("asynchronous generator ignored GeneratorExit")


for _type in _ITERATORS:
    Iterator.register(_type)
Coroutine.register(coroutine)
Generator.register(generator)
AsyncGenerator.register(async_generator)


# Callables ----------------------------------------------------------------------------------

def _is_param_expr(obj):
    """Whether it can stand for all parameters: ..., a list, or what typing has for this."""
    # Going by names spares importing typing.
    cls = type(obj)
    return (obj is ... or isinstance(obj, list)
            or cls.__module__ == "typing" and cls.__name__ in ("ParamSpec", "_ConcatenateGenericAlias"))


def _type_repr(obj):
    """How a type is shown inside the brackets of an alias."""
    if isinstance(obj, type):
        prefix = "" if obj.__module__ == "builtins" else obj.__module__ + "."
        return prefix + obj.__qualname__
    if isinstance(obj, FunctionType):
        return obj.__name__
    return "..." if obj is ... else repr(obj)


class _CallableGenericAlias(GenericAlias):
    """What Callable[[int, str], float] is; its __args__ are flat: (int, str, float)."""

    __slots__ = ()

    def __new__(cls, origin, args):
        if not isinstance(args, tuple) or len(args) != 2:
            raise TypeError("Callable must be used as Callable[[arg, ...], result].")
        parameters, result = args
        if isinstance(parameters, (tuple, list)):
            args = (*parameters, result)
        elif not _is_param_expr(parameters):
            raise TypeError("Expected a list of types, an ellipsis, ParamSpec, or Concatenate. "
                            f"Got {parameters}")
        return super().__new__(cls, origin, args)

    def __repr__(self):
        nested = _nested(self.__args__)
        if nested is None:
            return super().__repr__()
        parameters, result = nested
        shown = ", ".join(map(_type_repr, parameters))
        return f"collections.abc.Callable[[{shown}], {_type_repr(result)}]"

    def __reduce__(self):
        return _CallableGenericAlias, (Callable, _nested(self.__args__) or self.__args__)

    def __getitem__(self, item):
        args = super().__getitem__(item if isinstance(item, tuple) else (item,)).__args__
        if not isinstance(args[0], (tuple, list)):
            args = args[:-1], args[-1]
        return _CallableGenericAlias(Callable, tuple(args))


# A function, as an alias takes the attributes that it is asked for from the class behind it.
def _nested(args):
    """A callable's arguments as they are written, or None if they are not flattened."""
    *parameters, result = args
    if len(parameters) == 1 and _is_param_expr(parameters[0]):
        return None
    return parameters, result


@_structural("__call__")
class Callable(metaclass=ABCMeta):
    __slots__ = ()
    __class_getitem__ = classmethod(_CallableGenericAlias)

    @abstractmethod
    def __call__(self, *args, **kwds):
        return False
