"""Functions that take functions: partial calls, caches, dispatch by type, ordering, reduction."""

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
    """Make a wrapper look like the function that it wraps, and give the wrapper back.

    The attributes named by `assigned` are set to the function's, those named by `updated` are
    mappings that get its items.  The function itself is in __wrapped__.
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
    """Make a decorator, for wrappers, that makes them look like the function they wrap.

    It is update_wrapper() with everything given but the wrapper.
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
    """Class decorator that derives the missing ones of < <= > >= from one that is there."""
    own = [name for name in _conversions
           if getattr(cls, name, None) is not getattr(object, name, None)]
    if not own:
        raise ValueError("must define at least one ordering operation: < > <= >=")
    for name, method in _convert[own[0]]:
        if name not in own:
            setattr(cls, name, method)
    return cls


# Partial methods ---------------------------------------------------------------------------

class partialmethod:
    """A method that is another one, called with some arguments already given.

    The other one may be a function or anything that binds itself: a class method, a static method,
    another partialmethod.
    """

    __class_getitem__ = classmethod(GenericAlias)

    def __init__(self, func, /, *args, **keywords):
        _check_descriptor(func)
        if isinstance(func, partialmethod):
            # Of one in another only one is left.
            func, args, keywords = func.func, func.args + args, func.keywords | keywords
        self.func, self.args, self.keywords = func, args, keywords

    def __repr__(self):
        # Both commas are there even if there are no arguments.
        args = ", ".join(map(repr, self.args))
        keywords = ", ".join(f"{name}={value!r}" for name, value in self.keywords.items())
        cls = type(self)
        return f"{cls.__module__}.{cls.__qualname__}({self.func!r}, {args}, {keywords})"

    def _as_function(self):
        """A function to be bound in the place of one that does not bind itself."""
        def _method(cls_or_self, /, *args, **keywords):
            return self.func(cls_or_self, *self.args, *args, **(self.keywords | keywords))
        _method._partialmethod = self
        _method.__isabstractmethod__ = self.__isabstractmethod__
        return _method

    def __get__(self, obj, cls=None):
        func = self.func
        bound = func.__get__(obj, cls) if hasattr(func, "__get__") else func
        if bound is func:
            return self._as_function().__get__(obj, cls)
        # It has bound itself: a function, a class method, a static method, a descriptor.
        result = partial(bound, *self.args, **self.keywords)
        if hasattr(bound, "__self__"):
            result.__self__ = bound.__self__
        return result

    @property
    def __isabstractmethod__(self):
        return getattr(self.func, "__isabstractmethod__", False)


def _check_descriptor(func):
    """What a method is made of must be callable, or become so when it is bound."""
    if not callable(func) and not hasattr(func, "__get__"):
        raise TypeError(f"{func!r} is not callable or a descriptor")


def _unwrap_partial(func):
    while isinstance(func, partial):
        func = func.func
    return func


# Caches ------------------------------------------------------------------------------------

_CacheInfo = namedtuple("CacheInfo", ["hits", "misses", "maxsize", "currsize"])


def lru_cache(maxsize=128, typed=False):
    """Decorator that keeps the results of the last `maxsize` different calls, or of all if None.

    The arguments must be hashable.  If `typed` is true, 3 and 3.0 are different; otherwise they may
    be the same, in which case the first result counts for both.

    The function gets cache_info(), which tells (hits, misses, maxsize, currsize), cache_clear(),
    cache_parameters() and the function behind it as __wrapped__.
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
    """Decorator that keeps the results of all different calls."""
    return lru_cache(maxsize=None)(user_function)


class cached_property:
    """A property that is computed once and then kept in the instance's __dict__."""

    __class_getitem__ = classmethod(GenericAlias)

    def __init__(self, func):
        self.func, self.attrname = func, None
        self.__doc__ = func.__doc__

    def __set_name__(self, owner, name):
        if self.attrname not in (None, name):
            raise TypeError("Cannot assign the same cached_property to two different names "
                            f"({self.attrname!r} and {name!r}).")
        self.attrname = name

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        name = self.attrname
        if name is None:
            raise TypeError("Cannot use cached_property instance without calling __set_name__ "
                            "on it.")
        try:
            known = instance.__dict__
        except AttributeError:
            # A class with __slots__ and no __dict__.
            raise TypeError(f"No '__dict__' attribute on {type(instance).__name__!r} "
                            f"instance to cache {name!r} property.") from None
        value = known.get(name, self)
        if value is self:
            value = self.func(instance)
            try:
                known[name] = value
            except TypeError:
                raise TypeError(
                    f"The '__dict__' attribute on {type(instance).__name__!r} instance "
                    f"does not support item assignment for caching {name!r} property.") from None
        return value


# Generic functions -------------------------------------------------------------------------

def _c3_merge(sequences):
    """Joins orders of classes into one that contradicts none of them (C3)."""
    merged = []
    while sequences := [sequence for sequence in sequences if sequence]:
        # A class comes next if it is behind another one in no sequence.
        behind = [cls for sequence in sequences for cls in sequence[1:]]
        following = next((sequence[0] for sequence in sequences if sequence[0] not in behind), None)
        if following is None:
            raise RuntimeError("Inconsistent hierarchy")
        merged.append(following)
        sequences = [sequence[sequence[0] is following:] for sequence in sequences]
    return merged


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
    order = iter(_compose_mro(cls, registry.keys()))
    match = next((step for step in order if step in registry), None)
    rival = next(order, None)
    # Two unrelated abstract classes that both fit are ambiguous.
    if (rival in registry and match not in cls.__mro__ and rival not in cls.__mro__
            and not issubclass(match, rival)):
        raise RuntimeError(f"Ambiguous dispatch: {match} or {rival}")
    return registry.get(match)


def _classes_by_annotation(func, is_union, classes_of):
    """The classes for which a function is registered that is decorated without naming any."""
    if not getattr(func, "__annotations__", {}):
        raise TypeError(f"Invalid first argument to `register()`: {func!r}. "
                        "Use either `@register(some_class)` or plain `@register` "
                        "on an annotated function.")
    from typing import get_type_hints
    name, hint = next(iter(get_type_hints(func).items()))
    classes = classes_of(hint)
    if classes is None:
        trouble = "not all arguments are classes" if is_union(hint) else "is not a class"
        raise TypeError(f"Invalid annotation for {name!r}. {hint!r} {trouble}.")
    return classes


def singledispatch(func):
    """Decorator of functions that have an implementation for each type of the first argument.

        @singledispatch
        def show(value): ...            # for all types that have none

        @show.register
        def _(value: int | float): ...  # or show.register(int, function)

    The best one is that of the first class in the argument's resolution order, into which abstract
    classes are put where they belong.
    """
    import types
    import weakref

    registry = {object: func}
    found = weakref.WeakKeyDictionary()
    # What abstract classes answered, once there are any, may change with their registries.
    token = None

    def is_union(tp):
        from typing import Union, get_origin
        return get_origin(tp) in (Union, types.UnionType)

    def classes_of(tp):
        """The classes a type stands for: itself, or a union's members; None if any is no class."""
        if isinstance(tp, type):
            return (tp,)
        members = tp.__args__ if is_union(tp) else ()
        if members and all(isinstance(member, type) for member in members):
            return members
        return None

    def dispatch(cls):
        """The implementation for a class."""
        nonlocal token
        if token is not None and token != (present := get_cache_token()):
            found.clear()
            token = present
        try:
            return found[cls]
        except KeyError:
            implementation = registry.get(cls)
            if implementation is None:
                implementation = _find_impl(cls, registry)
            found[cls] = implementation
            return implementation

    def register(cls, func=None):
        """Set the implementation for a class or a union of classes, and give it back.

        Without a function it is a decorator; a function alone is for the type of its first
        parameter's annotation.
        """
        nonlocal token
        classes = classes_of(cls)
        if classes is None:
            if func is not None:
                raise TypeError("Invalid first argument to `register()`. "
                                f"{cls!r} is not a class or union type.")
            func, classes = cls, _classes_by_annotation(cls, is_union, classes_of)
        elif func is None:
            return lambda function: register(cls, function)
        for member in classes:
            registry[member] = func
            if token is None and hasattr(member, "__abstractmethods__"):
                token = get_cache_token()
        found.clear()
        return func

    name = getattr(func, "__name__", "singledispatch function")

    def wrapper(*args, **kw):
        if not args:
            raise TypeError(f"{name} requires at least 1 positional argument")
        return dispatch(args[0].__class__)(*args, **kw)

    wrapper.dispatch, wrapper.register = dispatch, register
    wrapper.registry = types.MappingProxyType(registry)
    wrapper._clear_cache = found.clear
    return update_wrapper(wrapper, func)


class singledispatchmethod:
    """The same for methods; the first argument is the one after self or cls.

    Of several decorators, class methods and the like among them, this is the outermost.
    """

    def __init__(self, func):
        _check_descriptor(func)
        self.func = func
        self.dispatcher = singledispatch(func)

    def register(self, cls, method=None):
        """Set the implementation for a class; see singledispatch()."""
        return self.dispatcher.register(cls, func=method)

    def __get__(self, obj, cls=None):
        dispatch = self.dispatcher.dispatch

        def _method(*args, **kwargs):
            return dispatch(args[0].__class__).__get__(obj, cls)(*args, **kwargs)

        _method.register = self.register
        _method.__isabstractmethod__ = self.__isabstractmethod__
        return update_wrapper(_method, self.func)

    @property
    def __isabstractmethod__(self):
        return getattr(self.func, "__isabstractmethod__", False)
