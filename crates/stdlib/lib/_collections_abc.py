"""Abstract base classes of containers, iterators and what is awaited, published as collections.abc.

The small ones, which ask for one or two methods, are in `_method_abcs`.  The larger ones (Set,
Mapping, Sequence and their mutable forms) build a whole interface on a few abstract methods;
classes join them by deriving or by registration.
"""

from abc import ABCMeta, abstractmethod

from _method_abcs import (
    EllipsisType, FunctionType, GenericAlias, AsyncGenerator, AsyncIterable, AsyncIterator,
    Awaitable, Buffer, Callable, Collection, Container, Coroutine, Generator, Hashable, Iterable,
    Iterator, Reversible, Sized, _CallableGenericAlias, _check_methods, _is_param_expr, _type_repr,
    async_generator, bytearray_iterator, bytes_iterator, coroutine, dict_itemiterator, dict_items,
    dict_keyiterator, dict_keys, dict_valueiterator, dict_values, generator, list_iterator,
    list_reverseiterator, longrange_iterator, mappingproxy, range_iterator, set_iterator,
    str_iterator, tuple_iterator, zip_iterator)

__all__ = [
    "Awaitable", "Coroutine", "AsyncIterable", "AsyncIterator", "AsyncGenerator", "Hashable",
    "Iterable", "Iterator", "Generator", "Reversible", "Sized", "Container", "Callable",
    "Collection", "Set", "MutableSet", "Mapping", "MutableMapping", "MappingView", "KeysView",
    "ItemsView", "ValuesView", "Sequence", "MutableSequence", "ByteString", "Buffer",
]

# The classes belong to collections.abc, whose name messages and pickles show.
__name__ = "collections.abc"


# What the containers share ------------------------------------------------------------------

def _repeat(action, end):
    """Does something until it raises that exception."""
    try:
        while True:
            action()
    except end:
        pass


def _for_each(action, values):
    for value in values:
        action(value)


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
        _repeat(self.pop, KeyError)

    def __ior__(self, it):
        _for_each(self.add, it)
        return self

    def __iand__(self, it):
        _for_each(self.discard, self - it)
        return self

    def __ixor__(self, it):
        if it is not self:
            for value in it if isinstance(it, Set) else self._from_iterable(it):
                change = self.discard if value in self else self.add
                change(value)
        else:
            self.clear()
        return self

    def __isub__(self, it):
        # Not one by one, if the set would change while it is run through.
        if it is not self:
            _for_each(self.discard, it)
        else:
            self.clear()
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

    def __contains__(self, key):
        try:
            self[key]
        except KeyError:
            return False
        return True

    def get(self, key, default=None):
        """The value of a key, or the default if there is no such key."""
        try:
            value = self[key]
        except KeyError:
            value = default
        return value

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
    def __delitem__(self, key):
        raise KeyError

    @abstractmethod
    def __setitem__(self, key, value):
        raise KeyError

    def pop(self, key, default=__marker):
        """Remove a key and give its value; without such a key the default, or else KeyError."""
        try:
            value = self[key]
        except KeyError:
            if default is not self.__marker:
                return default
            raise
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
        _repeat(self.popitem, KeyError)

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
    def insert(self, index, value):
        """Put a value before the one at the index."""
        raise IndexError

    @abstractmethod
    def __delitem__(self, index):
        raise IndexError

    @abstractmethod
    def __setitem__(self, index, value):
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
        _repeat(self.pop, IndexError)

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
