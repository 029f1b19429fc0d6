"""The special forms of typing: Any, Union, Literal, Unpack and their kin.

The aliases that some of them give are classes of `_typing_aliases`, which needs the forms.
"""

__name__ = "typing"

import types
import typing

from _typing import ParamSpec
from typing import (
    _GenericAlias, _SpecialForm, _TypedCacheSpecialForm, _as_tuple, _deduplicate, _flattened,
    _tp_cache, _type_check)


class _AnyMeta(type):
    def __repr__(self):
        return "typing.Any" if self is Any else super().__repr__()

    def __instancecheck__(self, obj):
        if self is not Any:
            return super().__instancecheck__(obj)
        raise TypeError("typing.Any cannot be used with isinstance()")


class Any(metaclass=_AnyMeta):
    """The type of everything: a value of it can stand anywhere and has all methods.

    That holds for type checkers; at run time there are no instances of it, but it can be derived
    from.
    """

    def __new__(cls, *args, **kwargs):
        if cls is Any:
            raise TypeError("Any cannot be instantiated")
        return super().__new__(cls)


def _not_subscriptable(self, parameters):
    raise TypeError(f"{self} is not subscriptable")


@_SpecialForm
def NoReturn(self, parameters):
    """The result of a function that never returns, as it raises, ends the process or loops.

    Never means the same and is the newer name.
    """
    _not_subscriptable(self, parameters)


@_SpecialForm
def Never(self, parameters):
    """The type without values: of arguments that cannot be, of results that never come."""
    _not_subscriptable(self, parameters)


@_SpecialForm
def Self(self, parameters):
    """The class of `self`: what methods return that give their own object, or one like it.

        class Shape:
            def scaled(self, factor: float) -> Self: ...

    In a subclass it means the subclass.
    """
    _not_subscriptable(self, parameters)


@_SpecialForm
def LiteralString(self, parameters):
    """A text that is in the program's source, or made of such texts only.

        def query(sql: LiteralString): ...

    By it a type checker finds queries and commands put together of what users typed.
    """
    _not_subscriptable(self, parameters)


@_SpecialForm
def TypeAlias(self, parameters):
    """Says of an assignment that it names a type.

        Handler: TypeAlias = "Callable[[Request], Response]"
    """
    _not_subscriptable(self, parameters)


# The forms that are types without being subscripted.
_COMPLETE_FORMS = {LiteralString, NoReturn, Never, Self, TypeAlias}


def _one_type(form, parameters, msg):
    return _GenericAlias(form, (_type_check(parameters, msg),))


@_SpecialForm
def ClassVar(self, parameters):
    """A variable that belongs to a class and is not to be set on its instances.

        class Robot:
            count: ClassVar[int] = 0
    """
    return _one_type(self, parameters, f"{self} accepts only single type.")


@_SpecialForm
def Final(self, parameters):
    """A name that is assigned once, here, and not overridden in subclasses.

        LIMIT: Final = 100
    """
    return _one_type(self, parameters, f"{self} accepts only single type.")


@_SpecialForm
def Union(self, parameters):
    """Either of several types: Union[int, str], which is also written int | str.

    There must be one at least; None stands for its type.  Unions inside are dissolved, of equal
    members one is kept, and a single one is no union.  The order has no meaning for comparisons.
    """
    if parameters == ():
        raise TypeError("Cannot take a Union of no types.")
    msg = "Union[arg, ...]: each arg must be a type."
    members = [_type_check(p, msg) for p in _as_tuple(parameters)]
    members = tuple(_deduplicate(_flattened(members, (typing._UnionGenericAlias, types.UnionType))))
    match len(members):
        case 1:
            return members[0]
        case 2 if type(None) in members:
            return typing._UnionGenericAlias(self, members, name="Optional")
    return typing._UnionGenericAlias(self, members)


def _make_union(left, right):
    """What `TypeVar | right` is."""
    return Union[left, right]


@_SpecialForm
def Optional(self, parameters):
    """Optional[X] is Union[X, None]."""
    arg = _type_check(parameters, f"{self} requires a single type.")
    return Union[arg, type(None)]


@_TypedCacheSpecialForm
@_tp_cache(typed=True)
def Literal(self, *parameters):
    """One of some values: Literal["r", "w"].

    Type checkers allow None, numbers, texts, truth values and members of enumerations; at run time
    anything goes.
    """
    values = _flattened(parameters, typing._LiteralGenericAlias)
    try:
        # 0 and False are equal but not the same literal.
        values = [value for value, _ in dict.fromkeys((value, type(value)) for value in values)]
    except TypeError:
        pass  # Not hashable: as they are.
    return typing._LiteralGenericAlias(self, tuple(values))


@_SpecialForm
def Concatenate(self, parameters):
    """Parameters of a callable before those that a ParamSpec stands for (PEP 612).

        def with_request(f: Callable[Concatenate[Request, P], R]) -> Callable[P, R]: ...
    """
    if parameters == ():
        raise TypeError("Cannot take a Concatenate of no types.")
    *first, last = _as_tuple(parameters)
    if last is not ... and not isinstance(last, ParamSpec):
        raise TypeError(
            "The last parameter to Concatenate should be a ParamSpec variable or ellipsis.")
    msg = "Concatenate[arg, ...]: each arg must be a type."
    return typing._ConcatenateGenericAlias(self, (*[_type_check(p, msg) for p in first], last))


@_SpecialForm
def TypeGuard(self, parameters):
    """The result, true or false, of a function that tells of its argument's type (PEP 647).

        def is_text(value: object) -> TypeGuard[str]: ...
    """
    return _one_type(self, parameters, f"{self} accepts only single type.")


@_SpecialForm
def Required(self, parameters):
    """A key that a typed dict must have though its others need not be there."""
    return _one_type(self, parameters, f"{self._name} accepts only a single type.")


@_SpecialForm
def NotRequired(self, parameters):
    """A key that a typed dict need not have.

        class Film(TypedDict):
            title: str
            year: NotRequired[int]
    """
    return _one_type(self, parameters, f"{self._name} accepts only a single type.")


@_SpecialForm
def Unpack(self, parameters):
    """The members of a tuple type or of a TypeVarTuple in place of it: *Ts, written Unpack[Ts].

    On **kwargs it makes the keys of a typed dict the keywords (PEPs 646 and 692).
    """
    item = _type_check(parameters, f"{self} accepts only single type.")
    return typing._UnpackGenericAlias(origin=self, args=(item,))
