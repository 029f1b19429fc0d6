"""Functions for programs and marks for type checkers."""

__name__ = "typing"

import functools
import sys
import types
import typing
from collections import defaultdict
from types import GenericAlias

from typing import (Annotated, Generic, Never, ParamSpecArgs, ParamSpecKwargs, _AnnotatedAlias,
                    _BaseGenericAlias, _GenericAlias, _TypedDictMeta,
                    _should_unflatten_callable_args)


def cast(typ, val):
    """Tell type checkers that a value has a type; the value is given back as it is."""
    return val


def assert_type(val, typ, /):
    """Have type checkers make sure of a type; the value is given back as it is."""
    return val


_ASSERT_NEVER_REPR_MAX_LENGTH = 100


def assert_never(arg: Never, /) -> Never:
    """Have type checkers make sure that this cannot be reached; raises if it is.

        match answer:
            case int(): ...
            case str(): ...
            case _: assert_never(answer)
    """
    shown = repr(arg)
    if len(shown) > _ASSERT_NEVER_REPR_MAX_LENGTH:
        shown = shown[:_ASSERT_NEVER_REPR_MAX_LENGTH] + "..."
    raise AssertionError(f"Expected code to be unreachable, but got: {shown}")


def reveal_type(obj, /):
    """Have type checkers show the type; at run time that of the value goes to stderr."""
    print(f"Runtime type is {type(obj).__name__!r}", file=sys.stderr)
    return obj


def get_origin(tp):
    """What was subscripted: list for List[int], Union for Union[int, str]; else None.

    For P.args and P.kwargs it is P, for Annotated types Annotated.

    >>> get_origin(List[int]), get_origin(int)
    (<class 'list'>, None)
    """
    if isinstance(tp, _AnnotatedAlias):
        return Annotated
    if isinstance(tp, (_BaseGenericAlias, GenericAlias, ParamSpecArgs, ParamSpecKwargs)):
        return tp.__origin__
    if isinstance(tp, types.UnionType):
        return types.UnionType
    return Generic if tp is Generic else None


def get_args(tp):
    """The arguments of a subscripted type: (int, str) for dict[int, str]; else ().

    The parameters of a callable are a list.

    >>> get_args(Callable[[int], str])
    ([<class 'int'>], <class 'str'>)
    """
    if isinstance(tp, _AnnotatedAlias):
        return tp.__origin__, *tp.__metadata__
    if not isinstance(tp, (_GenericAlias, GenericAlias, types.UnionType)):
        return ()
    if isinstance(tp, types.UnionType) or not _should_unflatten_callable_args(tp, tp.__args__):
        return tp.__args__
    *parameters, result = tp.__args__
    return parameters, result


def is_typeddict(tp):
    """Whether a class was made by TypedDict.

    >>> is_typeddict(TypedDict("Film", {"title": str})), is_typeddict(dict)
    (True, False)
    """
    return isinstance(tp, _TypedDictMeta)


def _overload_dummy(*args, **kwds):
    """What stands in the place of overloads."""
    raise NotImplementedError(
        "You should not call an overloaded function. "
        "A series of @overload-decorated functions "
        "outside a stub module should always be followed "
        "by an implementation that is not @overload-ed.")


# By module, qualified name and first line. Programs may put another one into `typing`.
_overload_registry = defaultdict(functools.partial(defaultdict, dict))


def overload(func):
    """Mark one of several signatures of a function, which the real one then follows.

        @overload
        def double(x: int) -> int: ...
        @overload
        def double(x: str) -> str: ...
        def double(x):
            return 2 * x

    get_overloads() finds them.
    """
    f = getattr(func, "__func__", func)
    try:
        typing._overload_registry[f.__module__][f.__qualname__][f.__code__.co_firstlineno] = func
    except AttributeError:
        pass  # Not a normal function; ignored.
    return _overload_dummy


def get_overloads(func):
    """The overloads of a function, in the order of the source."""
    f = getattr(func, "__func__", func)
    module = typing._overload_registry.get(f.__module__)
    if module is None or f.__qualname__ not in module:
        return []
    return list(module[f.__qualname__].values())


def clear_overloads():
    """Forget all overloads."""
    typing._overload_registry.clear()


def final(f):
    """Mark a method that is not to be overridden, or a class that is not to be derived from.

    It gets an attribute __final__, if it takes attributes; nothing checks it.
    """
    try:
        f.__final__ = True
    except (AttributeError, TypeError):
        pass
    return f


def override(method, /):
    """Mark a method that overrides one of a base class (PEP 698).

    It gets an attribute __override__, if it takes attributes; nothing checks it.
    """
    try:
        method.__override__ = True
    except (AttributeError, TypeError):
        pass
    return method


def dataclass_transform(*, eq_default=True, order_default=False, kw_only_default=False,
                        frozen_default=False, field_specifiers=(), **kwargs):
    """Mark what makes classes like dataclasses: a decorator, a base class or a metaclass.

    The arguments are kept, for type checkers and others, in the attribute __dataclass_transform__
    (PEP 681).
    """
    arguments = {"eq_default": eq_default, "order_default": order_default,
                 "kw_only_default": kw_only_default, "frozen_default": frozen_default,
                 "field_specifiers": field_specifiers, "kwargs": kwargs}

    def mark(cls_or_fn):
        cls_or_fn.__dataclass_transform__ = arguments
        return cls_or_fn

    return mark
