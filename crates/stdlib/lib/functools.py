"""functools.py - Tools for working with functions and callable objects
"""

__all__ = ["update_wrapper", "wraps", "WRAPPER_ASSIGNMENTS", "WRAPPER_UPDATES",
           "total_ordering", "cache", "cmp_to_key", "lru_cache", "reduce",
           "partial", "partialmethod", "singledispatch", "singledispatchmethod",
           "cached_property"]

from _thread import RLock
from abc import get_cache_token
from collections import namedtuple
from reprlib import recursive_repr
from types import GenericAlias

try:
    from _functools import _lru_cache_wrapper, cmp_to_key, partial, reduce
except ImportError:
    from _py_functools import _lru_cache_wrapper, cmp_to_key, partial, reduce

WRAPPER_ASSIGNMENTS = ("__module__", "__name__", "__qualname__", "__doc__",
                       "__annotations__", "__type_params__")
WRAPPER_UPDATES = ("__dict__",)


def update_wrapper(wrapper, wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    """Update a wrapper function to look like the wrapped function

       wrapper is the function to be updated
       wrapped is the original function
       assigned is a tuple naming the attributes assigned directly
       from the wrapped function to the wrapper function (defaults to
       functools.WRAPPER_ASSIGNMENTS)
       updated is a tuple naming the attributes of the wrapper that
       are updated with the corresponding attribute from the wrapped
       function (defaults to functools.WRAPPER_UPDATES)
    """
    nothing = wrapper
    for name in assigned:
        value = getattr(wrapped, name, nothing)
        if value is not nothing:
            setattr(wrapper, name, value)
    for name in updated:
        getattr(wrapper, name).update(getattr(wrapped, name, {}))
    # Last, as __dict__ may just have brought the one of the wrapped function.
    wrapper.__wrapped__ = wrapped
    return wrapper


def wraps(wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    """Decorator factory to apply update_wrapper() to a wrapper function

       Returns a decorator that invokes update_wrapper() with the decorated
       function as the wrapper argument and the arguments to wraps() as the
       remaining arguments. Default arguments are as for update_wrapper().
       This is a convenience function to simplify applying partial() to
       update_wrapper().
    """
    return partial(update_wrapper, wrapped=wrapped, assigned=assigned, updated=updated)


# Comparisons from one of them --------------------------------------------------------------

def _derived(given, answer, doc):
    """A comparison that asks the class's own one and works with its answer."""
    def compare(self, other):
        result = getattr(type(self), given)(self, other)
        if result is NotImplemented:
            return result
        return answer(result, self, other)
    compare.__doc__ = doc
    return compare


def _not(result, self, other):
    return not result


def _or_equal(result, self, other):
    return result or self == other


def _and_unequal(result, self, other):
    return result and self != other


def _neither(result, self, other):
    return not result and self != other


def _not_or_equal(result, self, other):
    return not result or self == other


_conversions = {
    "__lt__": [("__gt__", _neither, "Return a > b.  Computed by @total_ordering from (not a < b) and (a != b)."),
               ("__le__", _or_equal, "Return a <= b.  Computed by @total_ordering from (a < b) or (a == b)."),
               ("__ge__", _not, "Return a >= b.  Computed by @total_ordering from (not a < b).")],
    "__le__": [("__ge__", _not_or_equal, "Return a >= b.  Computed by @total_ordering from (not a <= b) or (a == b)."),
               ("__lt__", _and_unequal, "Return a < b.  Computed by @total_ordering from (a <= b) and (a != b)."),
               ("__gt__", _not, "Return a > b.  Computed by @total_ordering from (not a <= b).")],
    "__gt__": [("__lt__", _neither, "Return a < b.  Computed by @total_ordering from (not a > b) and (a != b)."),
               ("__ge__", _or_equal, "Return a >= b.  Computed by @total_ordering from (a > b) or (a == b)."),
               ("__le__", _not, "Return a <= b.  Computed by @total_ordering from (not a > b).")],
    "__ge__": [("__le__", _not_or_equal, "Return a <= b.  Computed by @total_ordering from (not a >= b) or (a == b)."),
               ("__gt__", _and_unequal, "Return a > b.  Computed by @total_ordering from (a >= b) and (a != b)."),
               ("__lt__", _not, "Return a < b.  Computed by @total_ordering from (not a >= b).")],
}


def _comparison_methods():
    """The methods by the comparison that is given; each is a name of this module, by which it is pickled."""
    methods = {}
    for given, others in _conversions.items():
        methods[given] = []
        for name, answer, doc in others:
            method = _derived(given, answer, doc)
            method.__name__ = name
            method.__qualname__ = f"_{name.strip('_')}_from_{given.strip('_')}"
            globals()[method.__qualname__] = method
            methods[given].append((name, method))
    return methods


_convert = _comparison_methods()


def total_ordering(cls):
    """Class decorator that fills in missing ordering methods"""
    own = [name for name in _conversions
           if getattr(cls, name, None) is not getattr(object, name, None)]
    if not own:
        raise ValueError("must define at least one ordering operation: < > <= >=")
    # The first of <, <=, >, >= that there is.
    given = own[0]
    for name in ("__lt__", "__le__", "__gt__", "__ge__"):
        if name in own:
            given = name
            break
    for name, method in _convert[given]:
        if name not in own:
            setattr(cls, name, method)
    return cls


# Partial methods ---------------------------------------------------------------------------

class partialmethod:
    """Method descriptor with partial application of the given arguments
    and keywords.

    Supports wrapping existing descriptors and handles non-descriptor
    callables as instance methods.
    """

    def __init__(self, func, /, *args, **keywords):
        if not callable(func) and not hasattr(func, "__get__"):
            raise TypeError("{!r} is not callable or a descriptor".format(func))
        if isinstance(func, partialmethod):
            # One of another partial method takes its place.
            self.func = func.func
            self.args = func.args + args
            self.keywords = {**func.keywords, **keywords}
        else:
            self.func = func
            self.args = args
            self.keywords = keywords

    def __repr__(self):
        parts = [repr(self.func)]
        parts += map(repr, self.args)
        parts += [f"{name}={value!r}" for name, value in self.keywords.items()]
        cls = type(self)
        return f"{cls.__module__}.{cls.__qualname__}({', '.join(parts)})"

    def _make_unbound_method(self):
        def _method(cls_or_self, /, *args, **keywords):
            keywords = {**self.keywords, **keywords}
            return self.func(cls_or_self, *self.args, *args, **keywords)
        _method.__isabstractmethod__ = self.__isabstractmethod__
        _method._partialmethod = self
        return _method

    def __get__(self, obj, cls=None):
        get = getattr(self.func, "__get__", None)
        if get is not None:
            bound = get(obj, cls)
            if bound is not self.func:
                # The function has bound itself: class methods, static methods, descriptors.
                result = partial(bound, *self.args, **self.keywords)
                try:
                    result.__self__ = bound.__self__
                except AttributeError:
                    pass
                return result
        return self._make_unbound_method().__get__(obj, cls)

    @property
    def __isabstractmethod__(self):
        return getattr(self.func, "__isabstractmethod__", False)

    __class_getitem__ = classmethod(GenericAlias)


def _unwrap_partial(func):
    while isinstance(func, partial):
        func = func.func
    return func


# Caches ------------------------------------------------------------------------------------

_CacheInfo = namedtuple("CacheInfo", ["hits", "misses", "maxsize", "currsize"])


def lru_cache(maxsize=128, typed=False):
    """Least-recently-used cache decorator.

    If *maxsize* is set to None, the LRU features are disabled and the cache
    can grow without bound.

    If *typed* is True, arguments of different types will be cached separately.
    For example, f(decimal.Decimal("3.0")) and f(3.0) will be treated as
    distinct calls with distinct results. Some types such as str and int may
    be cached separately even when typed is false.

    Arguments to the cached function must be hashable.

    View the cache statistics named tuple (hits, misses, maxsize, currsize)
    with f.cache_info().  Clear the cache and statistics with f.cache_clear().
    Access the underlying function with f.__wrapped__.

    See:  https://en.wikipedia.org/wiki/Cache_replacement_policies#Least_recently_used_(LRU)

    """
    if isinstance(maxsize, int):
        maxsize = max(maxsize, 0)
    elif callable(maxsize) and isinstance(typed, bool):
        # Used without parentheses.
        return _cached(maxsize, 128, typed)
    elif maxsize is not None:
        raise TypeError("Expected first argument to be an integer, a callable, or None")

    def decorating_function(user_function):
        return _cached(user_function, maxsize, typed)

    return decorating_function


def _cached(function, maxsize, typed):
    wrapper = _lru_cache_wrapper(function, maxsize, typed, _CacheInfo)
    wrapper.cache_parameters = lambda: {"maxsize": maxsize, "typed": typed}
    return update_wrapper(wrapper, function)


def cache(user_function, /):
    'Simple lightweight unbounded cache.  Sometimes called "memoize".'
    return lru_cache(maxsize=None)(user_function)


class cached_property:
    def __init__(self, func):
        self.func = func
        self.attrname = None
        self.__doc__ = func.__doc__
        self.__module__ = func.__module__

    def __set_name__(self, owner, name):
        if self.attrname is None:
            self.attrname = name
        elif name != self.attrname:
            raise TypeError(
                "Cannot assign the same cached_property to two different names "
                f"({self.attrname!r} and {name!r})."
            )

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        if self.attrname is None:
            raise TypeError(
                "Cannot use cached_property instance without calling __set_name__ on it.")
        try:
            known = instance.__dict__
        except AttributeError:
            # A class with __slots__ and no __dict__.
            raise TypeError(
                f"No '__dict__' attribute on {type(instance).__name__!r} "
                f"instance to cache {self.attrname!r} property."
            ) from None
        value = known.get(self.attrname, self)
        if value is self:
            value = self.func(instance)
            try:
                known[self.attrname] = value
            except TypeError:
                raise TypeError(
                    f"The '__dict__' attribute on {type(instance).__name__!r} instance "
                    f"does not support item assignment for caching {self.attrname!r} property."
                ) from None
        return value

    __class_getitem__ = classmethod(GenericAlias)


# Generic functions -------------------------------------------------------------------------

def _c3_merge(sequences):
    """Joins orders of classes into one that contradicts none of them (C3)."""
    merged = []
    while True:
        sequences = [sequence for sequence in sequences if sequence]
        if not sequences:
            return merged
        for sequence in sequences:
            first = sequence[0]
            if not any(first in other[1:] for other in sequences):
                break
        else:
            raise RuntimeError("Inconsistent hierarchy")
        merged.append(first)
        for sequence in sequences:
            if sequence[0] is first:
                del sequence[0]


def _c3_mro(cls, abcs=None):
    """The resolution order of a class with abstract classes put in where they belong."""
    boundary = 0
    for place, base in enumerate(reversed(cls.__bases__)):
        if hasattr(base, "__abstractmethods__"):
            boundary = len(cls.__bases__) - place
            break
    explicit, other = list(cls.__bases__[:boundary]), list(cls.__bases__[boundary:])
    # Abstract classes that the class implements itself, not by one of its bases.
    own = [base for base in abcs
           if issubclass(cls, base) and not any(issubclass(b, base) for b in cls.__bases__)]
    rest = [base for base in abcs if base not in own]
    orders = [_c3_mro(base, list(rest)) for base in explicit + own + other]
    return _c3_merge([[cls], *orders, explicit, own, other])


def _compose_mro(cls, types):
    """The resolution order of a class with the abstract classes among `types`."""
    bases = set(cls.__mro__)

    def relevant(typ):
        return (typ not in bases and hasattr(typ, "__mro__")
                and not isinstance(typ, GenericAlias) and issubclass(cls, typ))

    types = [typ for typ in types if relevant(typ)]
    # A type whose proper subclass is there too needs no place of its own.
    types = [typ for typ in types
             if not any(typ is not other and typ in other.__mro__ for other in types)]
    known = set(types)
    mro = []
    for typ in types:
        found = [
            [step for step in sub.__mro__ if step in known]
            for sub in typ.__subclasses__()
            if sub not in bases and issubclass(cls, sub)
        ]
        if not found:
            mro.append(typ)
            continue
        # The more specific ones first.
        found.sort(key=len, reverse=True)
        for steps in found:
            for step in steps:
                if step not in mro:
                    mro.append(step)
    return _c3_mro(cls, mro)


def _find_impl(cls, registry):
    """The best implementation for a class among those registered."""
    mro = _compose_mro(cls, registry.keys())
    match = None
    for candidate in mro:
        if match is not None:
            # Two unrelated abstract classes that both fit are ambiguous.
            if (candidate in registry and candidate not in cls.__mro__
                    and match not in cls.__mro__ and not issubclass(match, candidate)):
                raise RuntimeError("Ambiguous dispatch: {} or {}".format(match, candidate))
            break
        if candidate in registry:
            match = candidate
    return registry.get(match)


def singledispatch(func):
    """Single-dispatch generic function decorator.

    Transforms a function into a generic function, which can have different
    behaviours depending upon the type of its first argument. The decorated
    function acts as the default implementation, and additional
    implementations can be registered using the register() attribute of the
    generic function.
    """
    import types
    import weakref

    registry = {}
    dispatch_cache = weakref.WeakKeyDictionary()
    cache_token = None

    def dispatch(cls):
        """generic_func.dispatch(cls) -> <function implementation>

        Runs the dispatch algorithm to return the best available implementation
        for the given *cls* registered on *generic_func*.

        """
        nonlocal cache_token
        if cache_token is not None:
            token = get_cache_token()
            if cache_token != token:
                dispatch_cache.clear()
                cache_token = token
        try:
            return dispatch_cache[cls]
        except KeyError:
            found = registry.get(cls)
            if found is None:
                found = _find_impl(cls, registry)
            dispatch_cache[cls] = found
            return found

    def is_union(cls):
        from typing import get_origin, Union
        return get_origin(cls) in (Union, types.UnionType)

    def is_valid(cls):
        if isinstance(cls, type):
            return True
        from typing import get_args
        return is_union(cls) and all(isinstance(arg, type) for arg in get_args(cls))

    def register(cls, func=None):
        """generic_func.register(cls, func) -> func

        Registers a new implementation for the given *cls* on a *generic_func*.

        """
        nonlocal cache_token
        if is_valid(cls):
            if func is None:
                return lambda f: register(cls, f)
        else:
            if func is not None:
                raise TypeError(
                    f"Invalid first argument to `register()`. "
                    f"{cls!r} is not a class or union type."
                )
            annotations = getattr(cls, "__annotations__", {})
            if not annotations:
                raise TypeError(
                    f"Invalid first argument to `register()`: {cls!r}. "
                    f"Use either `@register(some_class)` or plain `@register` "
                    f"on an annotated function."
                )
            func = cls
            from typing import get_type_hints
            name, cls = next(iter(get_type_hints(func).items()))
            if not is_valid(cls):
                if is_union(cls):
                    raise TypeError(
                        f"Invalid annotation for {name!r}. "
                        f"{cls!r} not all arguments are classes."
                    )
                raise TypeError(
                    f"Invalid annotation for {name!r}. "
                    f"{cls!r} is not a class."
                )
        if is_union(cls):
            from typing import get_args
            for arg in get_args(cls):
                registry[arg] = func
        else:
            registry[cls] = func
        if cache_token is None and hasattr(cls, "__abstractmethods__"):
            cache_token = get_cache_token()
        dispatch_cache.clear()
        return func

    def wrapper(*args, **kw):
        if not args:
            raise TypeError(f"{name} requires at least 1 positional argument")
        return dispatch(args[0].__class__)(*args, **kw)

    name = getattr(func, "__name__", "singledispatch function")
    registry[object] = func
    wrapper.register = register
    wrapper.dispatch = dispatch
    wrapper.registry = types.MappingProxyType(registry)
    wrapper._clear_cache = dispatch_cache.clear
    update_wrapper(wrapper, func)
    return wrapper


class singledispatchmethod:
    """Single-dispatch generic method descriptor.

    Supports wrapping existing descriptors and handles non-descriptor
    callables as instance methods.
    """

    def __init__(self, func):
        if not callable(func) and not hasattr(func, "__get__"):
            raise TypeError(f"{func!r} is not callable or a descriptor")
        self.dispatcher = singledispatch(func)
        self.func = func
        import weakref
        self._method_cache = weakref.WeakKeyDictionary()
        self._all_weakrefable_instances = True

    def register(self, cls, method=None):
        """generic_method.register(cls, func) -> func

        Registers a new implementation for the given *cls* on a *generic_method*.
        """
        return self.dispatcher.register(cls, func=method)

    def __get__(self, obj, cls=None):
        def _method(*args, **kwargs):
            method = self.dispatcher.dispatch(args[0].__class__)
            return method.__get__(obj, cls)(*args, **kwargs)

        _method.__isabstractmethod__ = self.__isabstractmethod__
        _method.register = self.register
        update_wrapper(_method, self.func)
        return _method

    @property
    def __isabstractmethod__(self):
        return getattr(self.func, "__isabstractmethod__", False)
