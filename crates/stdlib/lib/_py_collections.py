"""What `collections` has natively, in Python, for where that is not to be had.

There are no `deque` and no `defaultdict` then.
"""

from _collections_abc import MutableMapping
from operator import eq, itemgetter
from reprlib import recursive_repr

_missing = object()


class OrderedDict(dict):
    """A dictionary that cares about the order in which its keys were inserted.

    All dictionaries keep it; this one also compares by it, and can change it.
    """

    update = MutableMapping.update
    __hash__ = None

    def __init__(self, other=(), /, **kwds):
        # Not self.update(), which a subclass may have made another method of.
        MutableMapping.update(self, other, **kwds)

    @classmethod
    def fromkeys(cls, iterable, value=None):
        """Make one with the same value for all keys."""
        made = cls()
        for key in iterable:
            made[key] = value
        return made

    def copy(self):
        """Make another one with the same items."""
        return type(self)(self)

    def move_to_end(self, key, last=True):
        """Put a key that is there behind all others, or before them."""
        value = dict.__getitem__(self, key)
        before = [] if last else [(other, dict.__getitem__(self, other)) for other in self
                                  if other != key]
        if last:
            dict.__delitem__(self, key)
        else:
            dict.clear(self)
        for moved in [(key, value), *before]:
            dict.__setitem__(self, *moved)

    def pop(self, key, default=_missing):
        """Remove a key; its value, or the default where it is not there and one is given."""
        if dict.__contains__(self, key):
            return dict.pop(self, key)
        if default is _missing:
            raise KeyError(key)
        return default

    def popitem(self, last=True):
        """Remove the last key, or the first, and return it with its value."""
        if not self:
            raise KeyError("dictionary is empty")
        key = next(reversed(self) if last else iter(self))
        value = dict.__getitem__(self, key)
        dict.__delitem__(self, key)
        return key, value

    def setdefault(self, key, default=None):
        """The value of a key, which is inserted with the default where it is not there."""
        if key not in self:
            self[key] = default
        return self[key]

    @recursive_repr()
    def __repr__(self):
        return f"{type(self).__name__}({dict(self.items())!r})" if self else \
            f"{type(self).__name__}()"

    def __reduce__(self):
        return type(self), (), self.__getstate__() or None, None, iter(self.items())

    def __eq__(self, other):
        if isinstance(other, OrderedDict):
            return dict.__eq__(self, other) and all(map(eq, self, other))
        return dict.__eq__(self, other)

    __ne__ = object.__ne__

    def __or__(self, other):
        if not isinstance(other, dict):
            return NotImplemented
        made = type(self)(self)
        made.update(other)
        return made

    def __ror__(self, other):
        if not isinstance(other, dict):
            return NotImplemented
        made = type(self)(other)
        made.update(self)
        return made

    def __ior__(self, other):
        self.update(other)
        return self


OrderedDict.__module__ = "collections"


def _count_elements(mapping, iterable):
    for item in iterable:
        mapping[item] = mapping.get(item, 0) + 1


def _tuplegetter(place, doc):
    return property(itemgetter(place), doc=doc)
