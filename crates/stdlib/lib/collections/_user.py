"""UserDict, UserList and UserString: built-in containers wrapped in classes to derive from.

Each keeps the real container in its attribute `data`; results of operators and methods that are
containers again belong to the class that was asked.
"""

from _collections_abc import MutableMapping, MutableSequence, Sequence
from sys import maxsize

# The classes belong to the package, whose name messages and pickles show.
__name__ = "collections"


def _copied(wrapper):
    """A wrapper with the same attributes and the container copied; constructors have no say."""
    cls = wrapper.__class__
    new = cls.__new__(cls)
    attributes = wrapper.__dict__
    new.__dict__.update(attributes, data=attributes["data"].copy())
    return new


class UserDict(MutableMapping):
    def __init__(self, dict=None, /, **kwargs):
        self.data = {}
        for source in (dict, kwargs or None):
            if source is not None:
                self.update(source)

    @classmethod
    def fromkeys(cls, iterable, value=None):
        new = cls()
        for key in iterable:
            new[key] = value
        return new

    def __copy__(self):
        return _copied(self)

    def copy(self):
        if self.__class__ is UserDict:
            return UserDict(self.data.copy())
        import copy
        # The data is put in by update(), which a subclass may have defined.
        data, self.data = self.data, {}
        try:
            new = copy.copy(self)
        finally:
            self.data = data
        new.update(self)
        return new

    def __repr__(self):
        return repr(self.data)

    def __len__(self):
        return len(self.data)

    def __iter__(self):
        return iter(self.data)

    def __contains__(self, key):
        return key in self.data

    def __getitem__(self, key):
        data = self.data
        if key in data:
            return data[key]
        try:
            missing = self.__class__.__missing__
        except AttributeError:
            raise KeyError(key) from None
        return missing(self, key)

    def get(self, key, default=None):
        return self[key] if key in self else default

    def __setitem__(self, key, item):
        self.data[key] = item

    def __delitem__(self, key):
        del self.data[key]

    def __or__(self, other):
        other = _dict_in(other)
        return self.__class__(self.data | other) if isinstance(other, dict) else NotImplemented

    def __ror__(self, other):
        other = _dict_in(other)
        return self.__class__(other | self.data) if isinstance(other, dict) else NotImplemented

    def __ior__(self, other):
        self.data |= _dict_in(other)
        return self


def _dict_in(other):
    """What the operators of a dict are given."""
    return other.data if isinstance(other, UserDict) else other


class UserList(MutableSequence):
    """A list in a wrapper."""

    def __init__(self, initlist=None):
        self.data = [] if initlist is None else list(_list_of(initlist))

    def __copy__(self):
        return _copied(self)

    def copy(self):
        return self.__class__(self)

    def __repr__(self):
        return repr(self.data)

    def __eq__(self, other):
        return self.data == _list_in(other)

    def __lt__(self, other):
        return self.data < _list_in(other)

    def __gt__(self, other):
        return self.data > _list_in(other)

    def __le__(self, other):
        return self.data <= _list_in(other)

    def __ge__(self, other):
        return self.data >= _list_in(other)

    def __len__(self):
        return len(self.data)

    def __contains__(self, item):
        return item in self.data

    def __getitem__(self, i):
        found = self.data[i]
        return self.__class__(found) if isinstance(i, slice) else found

    def __setitem__(self, i, item):
        self.data[i] = item

    def __delitem__(self, i):
        del self.data[i]

    def __add__(self, other):
        return self.__class__(self.data + _list_of(other))

    def __radd__(self, other):
        return self.__class__(_list_of(other) + self.data)

    def __iadd__(self, other):
        self.data += _list_of(other)
        return self

    def __mul__(self, n):
        return self.__class__(self.data * n)

    __rmul__ = __mul__

    def __imul__(self, n):
        self.data *= n
        return self

    # Asking and changing: as the list does.

    def count(self, item):
        return self.data.count(item)

    def index(self, item, *args):
        return self.data.index(item, *args)

    def append(self, item):
        self.data.append(item)

    def extend(self, other):
        self.data.extend(_list_in(other))

    def insert(self, i, item):
        self.data.insert(i, item)

    def pop(self, i=-1):
        return self.data.pop(i)

    def remove(self, item):
        self.data.remove(item)

    def clear(self):
        self.data.clear()

    def reverse(self):
        self.data.reverse()

    def sort(self, /, *args, **kwds):
        self.data.sort(*args, **kwds)


def _list_in(other):
    """What a list is compared with or extended by."""
    return other.data if isinstance(other, UserList) else other


def _list_of(other):
    """The elements of a wrapper, a list or another iterable, as a list."""
    other = _list_in(other)
    return other if isinstance(other, list) else list(other)


class UserString(Sequence):
    def __init__(self, seq):
        seq = _text_in(seq)
        self.data = seq if isinstance(seq, str) else str(seq)

    def __getnewargs__(self):
        return (self.data[:],)

    # Conversions.

    def __repr__(self):
        return repr(self.data)

    def __str__(self):
        return str(self.data)

    def __int__(self):
        return int(self.data)

    def __float__(self):
        return float(self.data)

    def __complex__(self):
        return complex(self.data)

    def __hash__(self):
        return hash(self.data)

    def encode(self, encoding="utf-8", errors="strict"):
        return self.data.encode("utf-8" if encoding is None else encoding,
                                "strict" if errors is None else errors)

    # Comparisons.

    def __eq__(self, string):
        return self.data == _text_in(string)

    def __lt__(self, string):
        return self.data < _text_in(string)

    def __gt__(self, string):
        return self.data > _text_in(string)

    def __le__(self, string):
        return self.data <= _text_in(string)

    def __ge__(self, string):
        return self.data >= _text_in(string)

    # Operators.

    def __len__(self):
        return len(self.data)

    def __contains__(self, char):
        return _text_in(char) in self.data

    def __getitem__(self, index):
        return self.__class__(self.data[index])

    def __add__(self, other):
        return self.__class__(self.data + str(_text_in(other)))

    def __radd__(self, other):
        return self.__class__(str(other) + self.data)

    def __mul__(self, n):
        return self.__class__(self.data * n)

    __rmul__ = __mul__

    def __mod__(self, args):
        return self.__class__(self.data % args)

    def __rmod__(self, template):
        return self.__class__(str(template) % self)

    # Searching; the results are numbers and truth values.

    def count(self, sub, start=0, end=maxsize):
        return self.data.count(_text_in(sub), start, end)

    def find(self, sub, start=0, end=maxsize):
        return self.data.find(_text_in(sub), start, end)

    def rfind(self, sub, start=0, end=maxsize):
        return self.data.rfind(_text_in(sub), start, end)

    def index(self, sub, start=0, end=maxsize):
        return self.data.index(_text_in(sub), start, end)

    def rindex(self, sub, start=0, end=maxsize):
        return self.data.rindex(_text_in(sub), start, end)

    def startswith(self, prefix, start=0, end=maxsize):
        return self.data.startswith(prefix, start, end)

    def endswith(self, suffix, start=0, end=maxsize):
        return self.data.endswith(suffix, start, end)

    # Parts and joins; the results are plain texts.

    def split(self, sep=None, maxsplit=-1):
        return self.data.split(sep, maxsplit)

    def rsplit(self, sep=None, maxsplit=-1):
        return self.data.rsplit(sep, maxsplit)

    def splitlines(self, keepends=False):
        return self.data.splitlines(keepends)

    def partition(self, sep):
        return self.data.partition(sep)

    def rpartition(self, sep):
        return self.data.rpartition(sep)

    def join(self, seq):
        return self.data.join(seq)

    def format(self, /, *args, **kwds):
        return self.data.format(*args, **kwds)

    def format_map(self, mapping):
        return self.data.format_map(mapping)

    # Changed texts of the wrapper's class.

    def removeprefix(self, prefix, /):
        return self.__class__(self.data.removeprefix(_text_in(prefix)))

    def removesuffix(self, suffix, /):
        return self.__class__(self.data.removesuffix(_text_in(suffix)))

    def strip(self, chars=None):
        return self.__class__(self.data.strip(_text_in(chars)))

    def lstrip(self, chars=None):
        return self.__class__(self.data.lstrip(_text_in(chars)))

    def rstrip(self, chars=None):
        return self.__class__(self.data.rstrip(_text_in(chars)))

    def replace(self, old, new, maxsplit=-1):
        return self.__class__(self.data.replace(_text_in(old), _text_in(new), maxsplit))

    def translate(self, *args):
        return self.__class__(self.data.translate(*args))

    maketrans = str.maketrans

    def center(self, width, *args):
        return self.__class__(self.data.center(width, *args))

    def ljust(self, width, *args):
        return self.__class__(self.data.ljust(width, *args))

    def rjust(self, width, *args):
        return self.__class__(self.data.rjust(width, *args))

    def zfill(self, width):
        return self.__class__(self.data.zfill(width))

    def expandtabs(self, tabsize=8):
        return self.__class__(self.data.expandtabs(tabsize))

    def lower(self):
        return self.__class__(self.data.lower())

    def upper(self):
        return self.__class__(self.data.upper())

    def title(self):
        return self.__class__(self.data.title())

    def capitalize(self):
        return self.__class__(self.data.capitalize())

    def swapcase(self):
        return self.__class__(self.data.swapcase())

    def casefold(self):
        return self.__class__(self.data.casefold())

    # Kinds of characters.

    def isascii(self):
        return self.data.isascii()

    def isalpha(self):
        return self.data.isalpha()

    def isdecimal(self):
        return self.data.isdecimal()

    def isdigit(self):
        return self.data.isdigit()

    def isnumeric(self):
        return self.data.isnumeric()

    def isalnum(self):
        return self.data.isalnum()

    def isidentifier(self):
        return self.data.isidentifier()

    def islower(self):
        return self.data.islower()

    def isupper(self):
        return self.data.isupper()

    def istitle(self):
        return self.data.istitle()

    def isspace(self):
        return self.data.isspace()

    def isprintable(self):
        return self.data.isprintable()


def _text_in(other):
    """The text in a wrapper; anything else as it is."""
    return other.data if isinstance(other, UserString) else other
