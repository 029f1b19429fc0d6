"""What `functools` has natively, in Python, for where that is not to be had."""

import operator
from collections import namedtuple
from reprlib import recursive_repr
from types import GenericAlias

_missing = object()


def cmp_to_key(mycmp):
    """Make a key function, for sorting, of a function that compares two items."""
    class K:
        __slots__ = ["obj"]
        __hash__ = None

        def __init__(self, obj):
            self.obj = obj

    def comparison(relation):
        def compare(self, other):
            return relation(mycmp(self.obj, other.obj), 0)
        return compare

    for relation in (operator.eq, operator.lt, operator.le, operator.gt, operator.ge):
        setattr(K, f"__{relation.__name__}__", comparison(relation))
    return K


def reduce(function, sequence, initial=_missing):
    """Combine the items of an iterable by a function of two arguments, from the left.

    reduce(f, [a, b, c]) is f(f(a, b), c).  The initial value, if given, comes before the items;
    without it the iterable must not be empty.
    """
    items = iter(sequence)
    if initial is _missing:
        try:
            value = next(items)
        except StopIteration:
            raise TypeError("reduce() of empty iterable with no initial value") from None
    else:
        value = initial
    for item in items:
        value = function(value, item)
    return value


class partial:
    """A function with arguments that are put before, keywords that are joined to, those of
    calls.
    """

    __slots__ = "func", "args", "keywords", "__dict__", "__weakref__"
    __module__ = "functools"

    def __new__(cls, func, /, *args, **keywords):
        if not callable(func):
            raise TypeError("the first argument must be callable")
        if hasattr(func, "func"):
            # A partial of a partial is one with the arguments of both.
            func, args, keywords = func.func, func.args + args, func.keywords | keywords
        self = super(partial, cls).__new__(cls)
        self.func, self.args, self.keywords = func, args, keywords
        return self

    def __call__(self, /, *args, **keywords):
        return self.func(*self.args, *args, **{**self.keywords, **keywords})

    @recursive_repr()
    def __repr__(self):
        cls = type(self)
        parts = [repr(self.func), *map(repr, self.args)]
        parts.extend(f"{name}={value!r}" for name, value in self.keywords.items())
        name = cls.__qualname__
        if cls.__module__ == "functools":
            name = f"functools.{name}"
        return f"{name}({', '.join(parts)})"

    def __reduce__(self):
        return type(self), (self.func,), (self.func, self.args, self.keywords or None,
                                          self.__dict__ or None)

    def __setstate__(self, state):
        if not isinstance(state, tuple):
            raise TypeError("argument to __setstate__ must be a tuple")
        if len(state) != 4:
            raise TypeError(f"expected 4 items in state, got {len(state)}")
        func, args, keywords, namespace = state
        if (not callable(func) or not isinstance(args, tuple)
                or (keywords is not None and not isinstance(keywords, dict))
                or (namespace is not None and not isinstance(namespace, dict))):
            raise TypeError("invalid partial state")
        # Plain ones, whatever subclasses came.
        if type(keywords) is not dict:
            keywords = {} if keywords is None else dict(keywords)
        self.__dict__ = {} if namespace is None else namespace
        self.func = func
        self.args = tuple(args)
        self.keywords = keywords

    __class_getitem__ = classmethod(GenericAlias)


_CacheInfo = namedtuple("CacheInfo", ["hits", "misses", "maxsize", "currsize"])


class _HashedSeq(list):
    """The arguments of a call, hashed once."""

    __slots__ = ("hashvalue",)

    def __init__(self, values):
        self[:] = values
        self.hashvalue = hash(values)

    def __hash__(self):
        return self.hashvalue


_keyword_mark = (object(),)
_plain_types = {int, str}
# A cached len may take the place of the builtin that its own cache needs.
_len = len


def _make_key(args, kwds, typed):
    key = args
    if kwds:
        key += _keyword_mark
        for item in kwds.items():
            key += item
    if typed:
        key += tuple(type(value) for value in args)
        if kwds:
            key += tuple(type(value) for value in kwds.values())
    elif _len(key) == 1 and type(key[0]) in _plain_types:
        return key[0]
    return _HashedSeq(key)


def _lru_cache_wrapper(user_function, maxsize, typed, _CacheInfo):
    """A function with a cache; the dictionary holds the entries, the longest unused first."""
    from _thread import RLock
    cache = {}
    hits = misses = 0
    lock = RLock()

    def wrapper(*args, **kwds):
        nonlocal hits, misses
        if maxsize == 0:
            misses += 1
            return user_function(*args, **kwds)
        key = _make_key(args, kwds, typed)
        with lock:
            found = cache.pop(key, _missing)
            if found is not _missing:
                hits += 1
                cache[key] = found
                return found
            misses += 1
        result = user_function(*args, **kwds)
        with lock:
            if key not in cache:
                # The call may have come back to this function and filled the cache.
                if maxsize is not None and _len(cache) >= maxsize:
                    del cache[next(iter(cache))]
                cache[key] = result
        return result

    def cache_info():
        """The numbers of hits, misses, at most and now kept results."""
        with lock:
            return _CacheInfo(hits, misses, maxsize, _len(cache))

    def cache_clear():
        """Forget all results."""
        nonlocal hits, misses
        with lock:
            cache.clear()
            hits = misses = 0

    wrapper.cache_info = cache_info
    wrapper.cache_clear = cache_clear
    return wrapper


for _function in (cmp_to_key, reduce):
    _function.__module__ = "functools"
del _function
