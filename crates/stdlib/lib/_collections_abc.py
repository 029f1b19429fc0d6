"""Abstract base classes of containers, iterators and what is awaited, published as collections.abc.

The small ones ask for one or two methods: a class that has them counts as a subclass, without
deriving from anything.  The larger ones (Set, Mapping, Sequence and their mutable forms) build a
whole interface on a few abstract methods; classes join them by deriving or by registration.
"""

from abc import ABCMeta, abstractmethod

__all__ = [
    "Awaitable", "Coroutine", "AsyncIterable", "AsyncIterator", "AsyncGenerator", "Hashable",
    "Iterable", "Iterator", "Generator", "Reversible", "Sized", "Container", "Callable",
    "Collection", "Set", "MutableSet", "Mapping", "MutableMapping", "MappingView", "KeysView",
    "ItemsView", "ValuesView", "Sequence", "MutableSequence", "ByteString", "Buffer",
]

# The classes belong to collections.abc, whose name messages and pickles show.
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
del _type, _ITERATORS, _suspended_types
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


# Sets ---------------------------------------------------------------------------------------

class Set(Collection):
    """A finite set, complete but for __contains__, __iter__ and __len__.

    The comparisons follow from __le__ and __ge__, so a class with a faster way to compare need
    redefine only these two.
    """

    __slots__ = ()

    @classmethod
    def _from_iterable(cls, it):
        """Makes the results of the operators.

        To be overridden by classes whose constructor does not take an iterable.
        """
        return cls(it)

    def _as_set(self, other):
        """The other operand as a set, or None if it has no elements at all."""
        if isinstance(other, Set):
            return other
        return self._from_iterable(other) if isinstance(other, Iterable) else None

    def __le__(self, other):
        if isinstance(other, Set):
            return len(self) <= len(other) and all(element in other for element in self)
        return NotImplemented

    def __ge__(self, other):
        if isinstance(other, Set):
            return len(self) >= len(other) and all(element in self for element in other)
        return NotImplemented

    def __lt__(self, other):
        if isinstance(other, Set):
            return len(self) < len(other) and self.__le__(other)
        return NotImplemented

    def __gt__(self, other):
        if isinstance(other, Set):
            return len(self) > len(other) and self.__ge__(other)
        return NotImplemented

    def __eq__(self, other):
        if isinstance(other, Set):
            return len(self) == len(other) and self.__le__(other)
        return NotImplemented

    def __and__(self, other):
        if isinstance(other, Iterable):
            return self._from_iterable(value for value in other if value in self)
        return NotImplemented

    def __or__(self, other):
        if isinstance(other, Iterable):
            return self._from_iterable(element for part in (self, other) for element in part)
        return NotImplemented

    def __sub__(self, other):
        if (others := self._as_set(other)) is None:
            return NotImplemented
        return self._from_iterable(value for value in self if value not in others)

    def __rsub__(self, other):
        if (others := self._as_set(other)) is None:
            return NotImplemented
        return self._from_iterable(value for value in others if value not in self)

    def __xor__(self, other):
        if (others := self._as_set(other)) is None:
            return NotImplemented
        return (self - others) | (others - self)

    __rand__, __ror__, __rxor__ = __and__, __or__, __xor__

    def isdisjoint(self, other):
        """Whether no element of the other is in this set."""
        return not any(value in self for value in other)

    def _hash(self):
        """The hash of the elements, for subclasses that are hashable to call from __hash__.

        Equal sets of whatever class have the same one, and so has a frozenset of the elements.
        """
        return hash(frozenset(self))


class MutableSet(Set):
    """A set that can change, complete but for what Set leaves open and add() and discard()."""

    __slots__ = ()

    @abstractmethod
    def add(self, value):
        """Put an element in."""
        raise NotImplementedError

    @abstractmethod
    def discard(self, value):
        """Take an element out, if it is in."""
        raise NotImplementedError

    def remove(self, value):
        """Take an element out; KeyError if it is not in."""
        if value not in self:
            raise KeyError(value)
        self.discard(value)

    def pop(self):
        """Take out some element and give it; KeyError if there is none."""
        for value in self:
            self.discard(value)
            return value
        raise KeyError

    def clear(self):
        """Take out all elements, one by one."""
        try:
            while True:
                self.pop()
        except KeyError:
            pass

    def __ior__(self, it):
        for value in it:
            self.add(value)
        return self

    def __iand__(self, it):
        for value in (self - it):
            self.discard(value)
        return self

    def __ixor__(self, it):
        if it is self:
            self.clear()
        else:
            for value in it if isinstance(it, Set) else self._from_iterable(it):
                change = self.discard if value in self else self.add
                change(value)
        return self

    def __isub__(self, it):
        if it is self:
            self.clear()
        else:
            for value in it:
                self.discard(value)
        return self


Set.register(frozenset)
MutableSet.register(set)


# Mappings -----------------------------------------------------------------------------------

class Mapping(Collection):
    """A mapping of keys to values, complete but for __getitem__, __iter__ and __len__."""

    __slots__ = ()
    __abc_tpflags__ = 1 << 6  # Mapping patterns match its subclasses.
    __reversed__ = None

    @abstractmethod
    def __getitem__(self, key):
        raise KeyError

    def get(self, key, default=None):
        """The value of a key, or the default if there is no such key."""
        try:
            return self[key]
        except KeyError:
            return default

    def __contains__(self, key):
        try:
            self[key]
        except KeyError:
            return False
        return True

    def keys(self):
        """A view of the keys, like a set."""
        return KeysView(self)

    def items(self):
        """A view of the pairs of a key and its value, like a set."""
        return ItemsView(self)

    def values(self):
        """A view of the values."""
        return ValuesView(self)

    def __eq__(self, other):
        if isinstance(other, Mapping):
            return dict(self.items()) == dict(other.items())
        return NotImplemented


class MappingView(Sized):
    __slots__ = ("_mapping",)
    __class_getitem__ = classmethod(GenericAlias)

    def __init__(self, mapping):
        self._mapping = mapping

    def __len__(self):
        return len(self._mapping)

    def __repr__(self):
        return f"{self.__class__.__name__}({self._mapping!r})"


def _plain_set(cls, it):
    """Operators on views give built-in sets."""
    return set(it)


class KeysView(MappingView, Set):
    __slots__ = ()
    _from_iterable = classmethod(_plain_set)

    def __contains__(self, key):
        return key in self._mapping

    def __iter__(self):
        yield from self._mapping


class ItemsView(MappingView, Set):
    __slots__ = ()
    _from_iterable = classmethod(_plain_set)

    def __contains__(self, item):
        key, value = item
        try:
            found = self._mapping[key]
        except KeyError:
            return False
        return found is value or found == value

    def __iter__(self):
        mapping = self._mapping
        for key in mapping:
            yield key, mapping[key]


class ValuesView(MappingView, Collection):
    __slots__ = ()

    def __contains__(self, value):
        mapping = self._mapping
        for key in mapping:
            found = mapping[key]
            if found is value or found == value:
                return True
        return False

    def __iter__(self):
        mapping = self._mapping
        for key in mapping:
            yield mapping[key]


class MutableMapping(Mapping):
    """A mapping that can change; Mapping's methods, __setitem__ and __delitem__ must be defined."""

    __slots__ = ()
    __marker = object()

    @abstractmethod
    def __setitem__(self, key, value):
        raise KeyError

    @abstractmethod
    def __delitem__(self, key):
        raise KeyError

    def pop(self, key, default=__marker):
        """Remove a key and give its value; without such a key the default, or else KeyError."""
        try:
            value = self[key]
        except KeyError:
            if default is self.__marker:
                raise
            return default
        del self[key]
        return value

    def popitem(self):
        """Remove some key and give it with its value; KeyError if there is none."""
        for key in self:
            break
        else:
            raise KeyError
        value = self[key]
        del self[key]
        return key, value

    def clear(self):
        """Remove all keys, one by one."""
        try:
            while True:
                self.popitem()
        except KeyError:
            pass

    def update(self, other=(), /, **kwds):
        """Set keys to the values that another mapping, or pairs, or keyword arguments give them.

        What has a keys() method is taken for a mapping.
        """
        if isinstance(other, Mapping):
            pairs = ((key, other[key]) for key in other)
        elif hasattr(other, "keys"):
            pairs = ((key, other[key]) for key in other.keys())
        else:
            pairs = other
        for key, value in pairs:
            self[key] = value
        for key in kwds:
            self[key] = kwds[key]

    def setdefault(self, key, default=None):
        """The value of a key, which is set to the default first if it is missing."""
        try:
            return self[key]
        except KeyError:
            self[key] = default
        return default


Mapping.register(mappingproxy)
MutableMapping.register(dict)
KeysView.register(dict_keys)
ItemsView.register(dict_items)
ValuesView.register(dict_values)


# Sequences ----------------------------------------------------------------------------------

class Sequence(Reversible, Collection):
    """A sequence that is only read, complete but for __getitem__ and __len__."""

    __slots__ = ()
    __abc_tpflags__ = 1 << 5  # Sequence patterns match its subclasses.

    @abstractmethod
    def __getitem__(self, index):
        raise IndexError

    def __iter__(self):
        place = 0
        while True:
            try:
                item = self[place]
            except IndexError:
                return
            yield item
            place += 1

    def __contains__(self, value):
        return any(item is value or item == value for item in self)

    def __reversed__(self):
        for place in range(len(self) - 1, -1, -1):
            yield self[place]

    def index(self, value, start=0, stop=None):
        """The first place of a value, between two limits if they are given.

        ValueError if it is not there.
        """
        place = max(len(self) + start, 0) if start is not None and start < 0 else start
        end = stop + len(self) if stop is not None and stop < 0 else stop
        while end is None or place < end:
            try:
                item = self[place]
            except IndexError:
                break
            if item is value or item == value:
                return place
            place += 1
        raise ValueError

    def count(self, value):
        """How often a value is in it."""
        times = 0
        for item in self:
            if item is value or item == value:
                times += 1
        return times


class _DeprecateByteStringMeta(ABCMeta):
    """Warns of what is done with ByteString, which says nothing that Buffer does not say better."""

    @staticmethod
    def _warn():
        import warnings
        warnings._deprecated("collections.abc.ByteString", remove=(3, 14))

    def __new__(cls, name, bases, namespace, **kwargs):
        if name != "ByteString":
            cls._warn()
        return super().__new__(cls, name, bases, namespace, **kwargs)

    def __instancecheck__(cls, instance):
        cls._warn()
        return super().__instancecheck__(instance)


class ByteString(Sequence, metaclass=_DeprecateByteStringMeta):
    """What bytes and bytearray have in common."""

    __slots__ = ()


class MutableSequence(Sequence):
    """A sequence that can change.

    Sequence's two methods, __setitem__, __delitem__ and insert() must be defined.
    """

    __slots__ = ()

    @abstractmethod
    def __setitem__(self, index, value):
        raise IndexError

    @abstractmethod
    def __delitem__(self, index):
        raise IndexError

    @abstractmethod
    def insert(self, index, value):
        """Put a value before the one at the index."""
        raise IndexError

    def append(self, value):
        """Put a value at the end."""
        self.insert(len(self), value)

    def extend(self, values):
        """Put all values of an iterable at the end."""
        if values is self:
            values = list(values)
        for value in values:
            self.append(value)

    def __iadd__(self, values):
        self.extend(values)
        return self

    def pop(self, index=-1):
        """Take out the value at the index and give it; IndexError if there is none."""
        value = self[index]
        del self[index]
        return value

    def remove(self, value):
        """Take out the first such value; ValueError if there is none."""
        del self[self.index(value)]

    def clear(self):
        """Take out all values, from the end."""
        try:
            while True:
                self.pop()
        except IndexError:
            pass

    def reverse(self):
        """Turn the order around, in place."""
        low, high = 0, len(self) - 1
        while low < high:
            self[low], self[high] = self[high], self[low]
            low, high = low + 1, high - 1


for _type in (tuple, str, range, memoryview):
    Sequence.register(_type)
for _type in (bytes, bytearray):
    ByteString.register(_type)
for _type in (list, bytearray):
    MutableSequence.register(_type)
del _type
