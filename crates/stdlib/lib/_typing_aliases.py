"""The kinds of aliases that differ from `C[int]`: bare ones, callables, tuples, unions, literals...

typing has them as its own; it keeps the class that all of them derive from.
"""

import operator
import types

from typing import (ParamSpec, TypeVarTuple, Union, Unpack, _BaseGenericAlias,
                    _GenericAlias, _NotIterable, _as_tuple, _check_generic,
                    _is_param_expr, _is_unpacked_typevartuple, _or, _ror, _tp_cache, _type_check,
                    _type_convert, _type_repr, _TypingEllipsis)

# The members belong to typing, whose name their messages, pickles and representations show.
__name__ = "typing"


class _SpecialGenericAlias(_NotIterable, _BaseGenericAlias, _root=True):
    """A bare deprecated alias: List, Dict."""

    def __init__(self, origin, nparams, *, inst=True, name=None):
        super().__init__(origin, inst=inst, name=origin.__name__ if name is None else name)
        self.__dict__["_nparams"] = nparams
        self.__dict__["__doc__"] = f"A generic version of {_type_repr(origin)}."

    @_tp_cache
    def __getitem__(self, params):
        params = _checked(params, "Parameters to generic types must be types.")
        _check_generic(self, params, self._nparams)
        return self.copy_with(params)

    def copy_with(self, params):
        return _GenericAlias(self.__origin__, params, name=self._name, inst=self._inst)

    def __subclasscheck__(self, cls):
        if isinstance(cls, _GenericAlias):
            return super().__subclasscheck__(cls)
        return issubclass(cls.__origin__ if isinstance(cls, _SpecialGenericAlias) else cls,
                          self.__origin__)

    __or__, __ror__ = _or, _ror

    def __repr__(self):
        return "typing." + self._name

    def __reduce__(self):
        return self._name


def _checked(params, msg):
    """The items in the brackets, each checked to be a type."""
    return tuple([_type_check(p, msg) for p in _as_tuple(params)])


class _DeprecatedGenericAlias(_SpecialGenericAlias, _root=True):
    def __init__(self, origin, nparams, *, removal_version, inst=True, name=None):
        super().__init__(origin, nparams, inst=inst, name=name)
        self.__dict__["_removal_version"] = removal_version

    def __instancecheck__(self, inst):
        import warnings
        warnings._deprecated(f"{self.__module__}.{self._name}", remove=self._removal_version)
        return super().__instancecheck__(inst)


class _CallableGenericAlias(_NotIterable, _GenericAlias, _root=True):
    def _nested(self):
        """The arguments as they are written, or None if they are not flattened."""
        args = self.__args__
        if len(args) == 2 and _is_param_expr(args[0]):
            return None
        return list(args[:-1]), args[-1]

    def __repr__(self):
        nested = self._nested()
        if nested is None:
            return super().__repr__()
        parameters, result = nested
        shown = ", ".join([_type_repr(p) for p in parameters])
        return f"typing.Callable[[{shown}], {_type_repr(result)}]"

    def __reduce__(self):
        from typing import Callable  # Defined after this.
        return operator.getitem, (Callable, self._nested() or self.__args__)


class _CallableType(_SpecialGenericAlias, _root=True):
    def copy_with(self, params):
        return _CallableGenericAlias(self.__origin__, params, name=self._name, inst=self._inst)

    def __getitem__(self, params):
        if not isinstance(params, tuple) or len(params) != 2:
            raise TypeError("Callable must be used as Callable[[arg, ...], result].")
        args, result = params
        # A list cannot be hashed for the cache; a tuple can.
        return self._of(tuple(args) if isinstance(args, list) else args, result)

    @_tp_cache
    def _of(self, args, result):
        result = _type_check(result, "Callable[args, result]: result must be a type.")
        if args is ...:
            flat = [_TypingEllipsis]
        else:
            flat = [_type_convert(arg) for arg in _as_tuple(args)]
        return self.copy_with((*flat, result))


class _TupleType(_SpecialGenericAlias, _root=True):
    @_tp_cache
    def __getitem__(self, params):
        params = _as_tuple(params)
        if len(params) < 2 or params[-1] is not ...:
            return self.copy_with(_checked(params, "Tuple[t0, t1, ...]: each t must be a type."))
        members = _checked(params[:-1], "Tuple[t, ...]: t must be a type.")
        return self.copy_with((*members, _TypingEllipsis))


class _UnionGenericAlias(_NotIterable, _GenericAlias, _root=True):
    def copy_with(self, params):
        return Union[params]

    def __hash__(self):
        return hash(frozenset(self.__args__))

    def __eq__(self, other):
        if not isinstance(other, (_UnionGenericAlias, types.UnionType)):
            return NotImplemented
        mine, others = self.__args__, other.__args__
        try:
            return set(mine) == set(others)
        except TypeError:
            # Not hashable.
            return len(mine) == len(others) and all(arg in others for arg in mine)

    def __repr__(self):
        args = self.__args__
        if len(args) == 2 and type(None) in args:
            return f"typing.Optional[{_type_repr(args[args[0] is type(None)])}]"
        return f"typing.Union[{', '.join([_type_repr(a) for a in args])}]"

    def __reduce__(self):
        # Whatever its name is: an Optional of one type is pickled as a Union too.
        return operator.getitem, (Union, super().__reduce__()[1][1])

    def __instancecheck__(self, obj):
        return any(isinstance(obj, cls) for cls in self.__args__)

    def __subclasscheck__(self, cls):
        return any(issubclass(cls, arg) for arg in self.__args__)


class _LiteralGenericAlias(_GenericAlias, _root=True):
    @staticmethod
    def _pairs(args):
        return {(value, type(value)) for value in args}

    def __eq__(self, other):
        if not isinstance(other, _LiteralGenericAlias):
            return NotImplemented
        return self._pairs(self.__args__) == self._pairs(other.__args__)

    def __hash__(self):
        return hash(frozenset(self._pairs(self.__args__)))


class _ConcatenateGenericAlias(_GenericAlias, _root=True):
    def copy_with(self, params):
        *first, last = params
        if isinstance(last, (list, tuple)):
            return (*first, *last)
        if isinstance(last, _ConcatenateGenericAlias):
            params = (*first, *last.__args__)
        return super().copy_with(params)


class _UnpackGenericAlias(_GenericAlias, _root=True):
    @property
    def __typing_is_unpacked_typevartuple__(self):
        return isinstance(self._only_arg(), TypeVarTuple)

    @property
    def __typing_unpacked_tuple_args__(self):
        arg = self._only_arg()
        if not isinstance(arg, _GenericAlias):
            return None
        assert arg.__origin__ is tuple
        return arg.__args__

    def _only_arg(self):
        assert self.__origin__ is Unpack
        arg, = self.__args__
        return arg

    def __getitem__(self, args):
        if self.__typing_is_unpacked_typevartuple__:
            return args
        return super().__getitem__(args)


class _AnnotatedAlias(_NotIterable, _GenericAlias, _root=True):
    """Annotated[int, "a note"]."""

    def __init__(self, origin, metadata):
        if isinstance(origin, _AnnotatedAlias):
            metadata = origin.__metadata__ + metadata
            origin = origin.__origin__
        super().__init__(origin, origin, name="Annotated")
        self.__metadata__ = metadata

    def copy_with(self, params):
        assert len(params) == 1
        return _AnnotatedAlias(params[0], self.__metadata__)

    def __repr__(self):
        shown = [_type_repr(self.__origin__), *map(repr, self.__metadata__)]
        return f"typing.Annotated[{', '.join(shown)}]"

    def __reduce__(self):
        return operator.getitem, (Annotated, (self.__origin__,) + self.__metadata__)

    def __eq__(self, other):
        if not isinstance(other, _AnnotatedAlias):
            return NotImplemented
        return self.__origin__ == other.__origin__ and self.__metadata__ == other.__metadata__

    def __hash__(self):
        return hash((self.__origin__, self.__metadata__))

    def __getattr__(self, attr):
        if attr in {"__name__", "__qualname__"}:
            return "Annotated"
        return super().__getattr__(attr)

    def __mro_entries__(self, bases):
        return (self.__origin__,)


class Annotated:
    """A type and anything to say about it: Annotated[int, Range(0, 9)].

    The first argument is a type, one more at least must follow; they are in __metadata__.  Who does
    not know what they mean takes the type alone.  An Annotated type in an Annotated type is
    dissolved, and calling one calls the type.
    """

    __slots__ = ()

    def __new__(cls, *args, **kwargs):
        raise TypeError("Type Annotated cannot be instantiated.")

    def __class_getitem__(cls, params):
        return cls._of(cls, *_as_tuple(params))

    @_tp_cache(typed=True)
    def _of(cls, *params):
        if len(params) < 2:
            raise TypeError("Annotated[...] should be used with at least two arguments "
                            "(a type and an annotation).")
        annotated, *metadata = params
        if _is_unpacked_typevartuple(annotated):
            raise TypeError("Annotated[...] should not be used with an unpacked TypeVarTuple")
        annotated = _type_check(annotated, "Annotated[t, ...]: t must be a type.",
                                allow_special_forms=True)
        return _AnnotatedAlias(annotated, tuple(metadata))

    def __init_subclass__(cls, *args, **kwargs):
        raise TypeError("Cannot subclass {}.Annotated".format(cls.__module__))
