"""Containers beyond dict, list, set and tuple.

deque, defaultdict and OrderedDict are native; namedtuple makes classes of tuples with names for
the items, Counter counts, ChainMap looks through several mappings as if they were one.  UserDict,
UserList and UserString (in `_user`) wrap the built-in containers for classes to derive from.
"""

import _collections_abc
import sys as _sys

from itertools import chain as _chain, repeat as _repeat, starmap as _starmap
from keyword import iskeyword as _iskeyword
from operator import (add as _add, eq as _eq, ge as _ge, itemgetter as _itemgetter, le as _le,
                      sub as _sub)
from reprlib import recursive_repr as _recursive_repr

try:
    from _collections import (OrderedDict, _count_elements, _deque_iterator, _tuplegetter,
                              defaultdict, deque)
except ImportError:
    from _py_collections import OrderedDict, _count_elements, _tuplegetter
else:
    _collections_abc.MutableSequence.register(deque)
    _collections_abc.Iterator.register(_deque_iterator)

from ._user import UserDict, UserList, UserString

__all__ = ["ChainMap", "Counter", "OrderedDict", "UserDict", "UserList", "UserString",
           "defaultdict", "deque", "namedtuple"]


# Named tuples ------------------------------------------------------------------------------

def _check_name(name):
    """Refuses what cannot name a class or a field."""
    if type(name) is not str:
        raise TypeError("Type names and field names must be strings")
    if not name.isidentifier():
        raise ValueError(f"Type names and field names must be valid identifiers: {name!r}")
    if _iskeyword(name):
        raise ValueError(f"Type names and field names cannot be a keyword: {name!r}")


def _field_names(names, typename, rename):
    """Checks the names of fields; with `rename`, replaces those that cannot be."""
    if isinstance(names, str):
        names = names.replace(",", " ").split()
    names = [_sys.intern(str(name)) for name in names]
    if rename:
        taken = set()
        for place, name in enumerate(names):
            if name in taken or name[:1] == "_" or _iskeyword(name) or not name.isidentifier():
                names[place] = f"_{place}"
            taken.add(name)
    _check_name(typename)
    for name in names:
        _check_name(name)
    taken = set()
    for name in names:
        if name[0] == "_" and not rename:
            raise ValueError(f"Field names cannot start with an underscore: {name!r}")
        if name in taken:
            raise ValueError(f"Encountered duplicate field name: {name!r}")
        taken.add(name)
    return tuple(names)


def namedtuple(typename, field_names, *, rename=False, defaults=None, module=None):
    """Make a class of tuples whose items have names.

    The names come as an iterable or as one text with blanks or commas between them; with `rename`,
    those that cannot be attributes become _0, _1 and so on.  `defaults` are for the last fields.

    >>> Pair = namedtuple('Pair', 'left right', defaults=[0])
    >>> pair = Pair(3)
    >>> pair
    Pair(left=3, right=0)
    >>> pair.left == pair[0] == pair._asdict()['left']
    True
    >>> left, right = pair._replace(right=8)
    >>> right
    8
    """
    typename = _sys.intern(str(typename))
    fields = _field_names(field_names, typename, rename)
    listed = ", ".join(fields)
    field_defaults = {}
    if defaults is not None:
        defaults = tuple(defaults)
        without = len(fields) - len(defaults)
        if without < 0:
            raise TypeError("Got more default values than field names")
        field_defaults = dict(zip(fields[without:], defaults))

    # Written out, so that the call checks the arguments and its messages name them.
    tuple_new = tuple.__new__
    parameters = listed + "," if len(fields) == 1 else listed
    __new__ = eval(f"lambda _cls, {parameters}: _tuple_new(_cls, ({parameters}))",
                   {"_tuple_new": tuple_new, "__builtins__": {},
                    "__name__": f"namedtuple_{typename}"})
    __new__.__name__ = "__new__"
    __new__.__doc__ = f"Create new instance of {typename}({listed})"
    if defaults is not None:
        __new__.__defaults__ = defaults

    # The methods find all they need with themselves, whatever becomes of this module.
    length, count, pull, to_dict, pairs, to_tuple = len, len(fields), map, dict, zip, tuple

    def _make(cls, iterable):
        new = tuple_new(cls, iterable)
        if length(new) != count:
            raise TypeError(f"Expected {count} arguments, got {length(new)}")
        return new

    _make.__doc__ = f"Make a new {typename} object from a sequence or iterable"

    def _replace(self, /, **kwds):
        new = self._make(pull(kwds.pop, fields, self))
        if kwds:
            raise ValueError(f"Got unexpected field names: {list(kwds)!r}")
        return new

    _replace.__doc__ = f"Return a new {typename} object replacing specified fields with new values"

    template = "(" + ", ".join([name + "=%r" for name in fields]) + ")"

    def __repr__(self):
        """The class and the items with their names."""
        return self.__class__.__name__ + template % self

    def _asdict(self):
        """The items as a dict by their names."""
        return to_dict(pairs(self._fields, self))

    def __getnewargs__(self):
        """The items as a plain tuple, for copies and pickles."""
        return to_tuple(self)

    members = {"__doc__": f"{typename}({listed})", "__slots__": (), "_fields": fields,
               "_field_defaults": field_defaults}
    for method in (__new__, _make, _replace, __repr__, _asdict, __getnewargs__):
        method.__qualname__ = f"{typename}.{method.__name__}"
        members[method.__name__] = method
    members["_make"] = classmethod(_make)
    members["__match_args__"] = fields
    for place, name in enumerate(fields):
        members[name] = _tuplegetter(place, _sys.intern(f"Alias for field number {place}"))
    result = type(typename, (tuple,), members)

    # The class belongs to the module that called.
    if module is None:
        try:
            module = _sys._getframemodulename(1) or "__main__"
        except AttributeError:
            module = _sys._getframe(1).f_globals.get("__name__", "__main__")
    if module is not None:
        result.__module__ = module
    return result


# Counter -----------------------------------------------------------------------------------

class Counter(dict):
    """A dict of elements and how many there are of each.

    What is not in it counts 0.  Counts may be any numbers, also 0 and below; an element leaves
    only when it is deleted.

    >>> letters = Counter('banana')
    >>> letters
    Counter({'a': 3, 'n': 2, 'b': 1})
    >>> letters['a'], letters['z']
    (3, 0)
    >>> letters.update('zz')
    >>> letters.most_common(2)
    [('a', 3), ('n', 2)]
    >>> letters['a'] -= 3
    >>> sorted(letters)
    ['a', 'b', 'n', 'z']
    >>> letters.total()
    5

    The operators + - | & treat counters as multisets: only positive counts are in the result.
    """

    def __init__(self, iterable=None, /, **kwds):
        super().__init__()
        self.update(iterable, **kwds)

    @classmethod
    def fromkeys(cls, iterable, v=None):
        # One value for all keys makes no sense for counts.
        raise NotImplementedError(
            "Counter.fromkeys() is undefined.  Use Counter(iterable) instead.")

    def __missing__(self, key):
        """The count of an element that is not there: 0."""
        return 0

    def __delitem__(self, elem):
        """Remove an element; no error if it is not there."""
        if elem in self:
            super().__delitem__(elem)

    def __reduce__(self):
        return self.__class__, (dict(self),)

    def copy(self):
        """A counter of the same class with the same counts."""
        return self.__class__(self)

    def __repr__(self):
        name = self.__class__.__name__
        if not self:
            return name + "()"
        try:
            shown = dict(self.most_common())
        except TypeError:
            # Counts that cannot be compared.
            shown = dict(self)
        return f"{name}({shown!r})"

    def total(self):
        """The sum of all counts."""
        return sum(self.values())

    def most_common(self, n=None):
        """Pairs of element and count, the highest counts first: the first n, or all.

        >>> Counter('banana').most_common(1)
        [('a', 3)]
        """
        count = _itemgetter(1)
        if n is None:
            return sorted(self.items(), key=count, reverse=True)
        import heapq
        return heapq.nlargest(n, self.items(), key=count)

    def elements(self):
        """Iterate over the elements, each as often as it counts; not at all below 1.

        >>> sorted(Counter(b=2, a=1, z=-1).elements())
        ['a', 'b', 'b']
        """
        return _chain.from_iterable(_starmap(_repeat, self.items()))

    def update(self, iterable=None, /, **kwds):
        """Add counts: those of a mapping or of keywords, or 1 for every element of an iterable.

        >>> letters = Counter('ab')
        >>> letters.update('bb', a=10)
        >>> letters['a'], letters['b']
        (11, 3)
        """
        if iterable is not None:
            if not isinstance(iterable, _collections_abc.Mapping):
                _count_elements(self, iterable)
            elif self:
                get = self.get
                for element, count in iterable.items():
                    self[element] = count + get(element, 0)
            else:
                super().update(iterable)
        if kwds:
            self.update(kwds)

    def subtract(self, iterable=None, /, **kwds):
        """Take counts away, as update() adds them; they may fall below 0.

        >>> letters = Counter('ab')
        >>> letters.subtract('bb', a=10)
        >>> letters['a'], letters['b']
        (-9, -1)
        """
        if iterable is not None:
            if isinstance(iterable, _collections_abc.Mapping):
                pairs = iterable.items()
            else:
                pairs = zip(iterable, _repeat(1))
            get = self.get
            for element, count in pairs:
                self[element] = get(element, 0) - count
        if kwds:
            self.subtract(kwds)

    # Comparisons: an element that is missing counts 0.

    def _each(self, relation, other):
        """Whether the counts of every element are in the relation."""
        return all(relation(self[element], other[element])
                   for counter in (self, other) for element in counter)

    def __eq__(self, other):
        """Whether all counts are equal."""
        return self._each(_eq, other) if isinstance(other, Counter) else NotImplemented

    def __ne__(self, other):
        """Whether a count is different."""
        return not self == other if isinstance(other, Counter) else NotImplemented

    def __le__(self, other):
        """Whether no count is above the other's."""
        return self._each(_le, other) if isinstance(other, Counter) else NotImplemented

    def __lt__(self, other):
        """Whether no count is above the other's and some is below."""
        return self <= other and self != other if isinstance(other, Counter) else NotImplemented

    def __ge__(self, other):
        """Whether no count is below the other's."""
        return self._each(_ge, other) if isinstance(other, Counter) else NotImplemented

    def __gt__(self, other):
        """Whether no count is below the other's and some is above."""
        return self >= other and self != other if isinstance(other, Counter) else NotImplemented

    # Operators: only positive counts remain.

    def _merged(self, other, merge):
        """A counter of the elements of both, each count made of its two."""
        if not isinstance(other, Counter):
            return NotImplemented
        result = Counter()
        for element, count in self.items():
            count = merge(count, other[element])
            if count > 0:
                result[element] = count
        for element, count in other.items():
            if element not in self:
                count = merge(0, count)
                if count > 0:
                    result[element] = count
        return result

    def __add__(self, other):
        """The sums of the counts.

        >>> Counter(a=3, b=1) + Counter(a=1, c=-1)
        Counter({'a': 4, 'b': 1})
        """
        return self._merged(other, _add)

    def __sub__(self, other):
        """The differences of the counts.

        >>> Counter(a=3, b=1) - Counter(a=1, b=1, c=1)
        Counter({'a': 2})
        """
        return self._merged(other, _sub)

    def __or__(self, other):
        """The higher of each two counts.

        >>> Counter(a=3, b=1) | Counter(a=1, b=2)
        Counter({'a': 3, 'b': 2})
        """
        return self._merged(other, max)

    def __and__(self, other):
        """The lower of each two counts.

        >>> Counter(a=3, b=1) & Counter(a=1, c=2)
        Counter({'a': 1})
        """
        if not isinstance(other, Counter):
            return NotImplemented
        result = Counter()
        for element, count in self.items():
            count = min(count, other[element])
            if count > 0:
                result[element] = count
        return result

    def __pos__(self):
        """The counts above 0."""
        return self._merged(Counter(), _add)

    def __neg__(self):
        """The counts below 0, made positive."""
        return Counter()._merged(self, _sub)

    def _keep_positive(self):
        """Drops elements with counts that are not positive."""
        for element in [element for element, count in self.items() if not count > 0]:
            del self[element]
        return self

    def __iadd__(self, other):
        """Add the other's counts, then drop what is not positive.

        >>> c = Counter(a=3, b=1)
        >>> c += Counter(a=1)
        >>> c
        Counter({'a': 4, 'b': 1})
        """
        for element, count in other.items():
            self[element] += count
        return self._keep_positive()

    def __isub__(self, other):
        """Take the other's counts away, then drop what is not positive.

        >>> c = Counter(a=3, b=1)
        >>> c -= Counter(a=1)
        >>> c
        Counter({'a': 2, 'b': 1})
        """
        for element, count in other.items():
            self[element] -= count
        return self._keep_positive()

    def __ior__(self, other):
        """Raise counts to the other's, then drop what is not positive.

        >>> c = Counter(a=3, b=1)
        >>> c |= Counter(a=1)
        >>> c
        Counter({'a': 3, 'b': 1})
        """
        for element, count in other.items():
            if count > self[element]:
                self[element] = count
        return self._keep_positive()

    def __iand__(self, other):
        """Lower counts to the other's, then drop what is not positive.

        >>> c = Counter(a=3, b=1)
        >>> c &= Counter(a=1)
        >>> c
        Counter({'a': 1})
        """
        for element, count in self.items():
            limit = other[element]
            if limit < count:
                self[element] = limit
        return self._keep_positive()


# ChainMap ----------------------------------------------------------------------------------

class ChainMap(_collections_abc.MutableMapping):
    """Several mappings seen as one.

    A key is looked for in one after the other; changes go to the first.  The list of them is
    public, as `maps`, and all there is: what happens to a mapping shows at once.
    """

    def __init__(self, *maps):
        """Chain the mappings, or one empty dict if there are none."""
        self.maps = list(maps) or [{}]

    def __getitem__(self, key):
        for mapping in self.maps:
            try:
                return mapping[key]
            except KeyError:
                continue
        return self.__missing__(key)

    def __missing__(self, key):
        raise KeyError(key)

    def __contains__(self, key):
        return any(key in mapping for mapping in self.maps)

    def get(self, key, default=None):
        return self[key] if key in self else default

    def __iter__(self):
        keys = {}
        for mapping in reversed(self.maps):
            keys |= dict.fromkeys(mapping)
        return iter(keys)

    def __len__(self):
        return len(set().union(*self.maps))

    def __bool__(self):
        return any(self.maps)

    @_recursive_repr()
    def __repr__(self):
        shown = ", ".join(map(repr, self.maps))
        return f"{self.__class__.__name__}({shown})"

    # The first mapping is the one that changes.

    def __setitem__(self, key, value):
        self.maps[0][key] = value

    def __delitem__(self, key):
        try:
            del self.maps[0][key]
        except KeyError:
            raise self._not_in_first(key)

    def pop(self, key, *args):
        """Remove a key from the first mapping and give its value; without a default, KeyError."""
        try:
            return self.maps[0].pop(key, *args)
        except KeyError:
            raise self._not_in_first(key)

    @staticmethod
    def _not_in_first(key):
        return KeyError(f"Key not found in the first mapping: {key!r}")

    def popitem(self):
        """Remove some key from the first mapping and give it with its value."""
        try:
            return self.maps[0].popitem()
        except KeyError:
            raise KeyError("No keys found in the first mapping.")

    def clear(self):
        """Empty the first mapping."""
        self.maps[0].clear()

    # New chains.

    @classmethod
    def fromkeys(cls, iterable, *args):
        """A chain of one dict, with these keys."""
        return cls(dict.fromkeys(iterable, *args))

    def copy(self):
        """A chain of a copy of the first mapping and the same others."""
        first, *others = self.maps
        return self.__class__(first.copy(), *others)

    __copy__ = copy

    def new_child(self, m=None, **kwargs):
        """A chain with one more mapping, or dict, in front; keywords are put into it."""
        if m is not None and kwargs:
            m.update(kwargs)
        return self.__class__(kwargs if m is None else m, *self.maps)

    @property
    def parents(self):
        """A chain of all mappings but the first."""
        return self.__class__(*self.maps[1:])

    def __or__(self, other):
        if not isinstance(other, _collections_abc.Mapping):
            return NotImplemented
        chain = self.copy()
        chain.maps[0].update(other)
        return chain

    def __ror__(self, other):
        if not isinstance(other, _collections_abc.Mapping):
            return NotImplemented
        merged = dict(other)
        for mapping in reversed(self.maps):
            merged.update(mapping)
        return self.__class__(merged)

    def __ior__(self, other):
        self.maps[0].update(other)
        return self
