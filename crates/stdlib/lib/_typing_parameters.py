"""What becomes of type parameters when an alias is subscripted: the methods of those in `_typing`.

A parameter first has its say about the arguments as a whole, by __typing_prepare_subst__, and then
replaces itself by its own, by __typing_subst__.
"""

import copyreg

from typing import (GenericAlias, ParamSpec, TypeVar, TypeVarTuple, Unpack, _Final, _GenericAlias,
                    _is_param_expr, _type_check)

# The members belong to typing, whose name their messages, pickles and representations show.
__name__ = "typing"


def _is_unpacked_typevartuple(x):
    return not isinstance(x, type) and getattr(x, "__typing_is_unpacked_typevartuple__", False)


def _is_typevar_like(x):
    return isinstance(x, (TypeVar, ParamSpec)) or _is_unpacked_typevartuple(x)


def _typevar_subst(self, arg):
    arg = _type_check(arg, "Parameters to generic types must be types.", is_argument=True)
    if ((isinstance(arg, _GenericAlias) and arg.__origin__ is Unpack)
            or (isinstance(arg, GenericAlias) and getattr(arg, "__unpacked__", False))):
        raise TypeError(f"{arg} is not valid as type argument")
    return arg


def _typevartuple_subst(self, arg):
    raise TypeError("Substitution of bare TypeVarTuple is not supported")


def _typevartuple_prepare_subst(self, alias, args):
    """Puts the arguments that the tuple of type variables takes into one."""
    params = alias.__parameters__
    before = params.index(self)
    behind = len(params) - before - 1
    if any(isinstance(param, TypeVarTuple) for param in params[before + 1:]):
        raise TypeError(f"More than one TypeVarTuple parameter in {alias}")
    endless = [place for place, arg in enumerate(args) if _repeated_member(arg) is not None]
    if len(endless) > 1:
        raise TypeError("More than one unpacked arbitrary-length tuple argument")
    left, right, fill = before, behind, None
    if endless:
        # *tuple[X, ...] has an X for every parameter that no other argument is for.
        place, = endless
        fill, = _repeated_member(args[place])
        left, right = min(before, place), min(behind, len(args) - place - 1)
    elif before + behind > len(args):
        raise TypeError(f"Too few arguments for {alias}; actual {len(args)}, "
                        f"expected at least {before + behind}")
    end = len(args) - right
    return (*args[:left], *[fill] * (before - left), tuple(args[left:end]),
            *[fill] * (behind - right), *args[end:])


def _repeated_member(arg):
    """The X of *tuple[X, ...] in a tuple, None for other arguments."""
    if isinstance(arg, type):
        return None
    members = getattr(arg, "__typing_unpacked_tuple_args__", None)
    return members[:1] if members and len(members) == 2 and members[1] is ... else None


def _paramspec_subst(self, arg):
    if isinstance(arg, (list, tuple)):
        return tuple(_type_check(a, "Expected a type.") for a in arg)
    if not _is_param_expr(arg):
        raise TypeError(f"Expected a list of types, an ellipsis, "
                        f"ParamSpec, or Concatenate. Got {arg}")
    return arg


def _paramspec_prepare_subst(self, alias, args):
    params = alias.__parameters__
    place = params.index(self)
    if place >= len(args):
        raise TypeError(f"Too few arguments for {alias}")
    if len(params) == 1 and not _is_param_expr(args[0]):
        # Z[int, str] means Z[[int, str]] where a specification is the only parameter.
        return (args,)
    return tuple([tuple(arg) if k == place and isinstance(arg, list) else arg
                  for k, arg in enumerate(args)])


class _ParamSpecPart(_Final, _root=True):
    """P.args or P.kwargs."""

    __slots__ = ("__origin__",)
    __hash__ = None

    def __init__(self, origin):
        self.__origin__ = origin

    def __eq__(self, other):
        if not isinstance(other, type(self)):
            return NotImplemented
        return self.__origin__ == other.__origin__

    def __repr__(self):
        return f"{self.__origin__.__name__}.{self._part}"

    def __mro_entries__(self, bases):
        raise TypeError(f"Cannot subclass an instance of {type(self).__name__}")


class ParamSpecArgs(_ParamSpecPart, _root=True):
    """What P.args is for a ParamSpec P: the type of *args."""

    __slots__ = ()
    _part = "args"

    def __init_subclass__(cls, /, *args, **kwds):
        raise TypeError("type 'typing.ParamSpecArgs' is not an acceptable base type")


class ParamSpecKwargs(_ParamSpecPart, _root=True):
    """What P.kwargs is for a ParamSpec P: the type of **kwargs."""

    __slots__ = ()
    _part = "kwargs"

    def __init_subclass__(cls, /, *args, **kwds):
        raise TypeError("type 'typing.ParamSpecKwargs' is not an acceptable base type")


for _part in (ParamSpecArgs, ParamSpecKwargs):
    copyreg.pickle(_part, lambda part: (type(part), (part.__origin__,)))
del _part
