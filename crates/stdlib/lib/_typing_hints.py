"""The functions of typing that read annotations, or say that they are no types."""

import functools
import sys
import types
from types import GenericAlias, MethodDescriptorType, MethodWrapperType, WrapperDescriptorType

from typing import (ForwardRef, NotRequired, Required, _AnnotatedAlias, _GenericAlias, _eval_type,
                    _rebuilt)

# The members belong to typing, whose name their messages, pickles and representations show.
__name__ = "typing"


_allowed_types = (types.FunctionType, types.BuiltinFunctionType, types.MethodType,
                  types.ModuleType, WrapperDescriptorType, MethodWrapperType,
                  MethodDescriptorType)


def get_type_hints(obj, globalns=None, localns=None, include_extras=False):
    """The annotations of a function, class or module as a dict, with texts evaluated.

    A class's hints include those of its bases.  Names in texts are looked for in globalns and
    localns, by default where the object was defined.  Annotated is taken away, with Required and
    NotRequired, unless include_extras is true.

    TypeError for what cannot have annotations; for what has none, an empty dict.
    """
    if getattr(obj, "__no_type_check__", None):
        return {}
    if isinstance(obj, type):
        hints = {}
        for base in reversed(obj.__mro__):
            if globalns is None:
                base_globals = getattr(sys.modules.get(base.__module__, None), "__dict__", {})
            else:
                base_globals = globalns
            annotations = base.__dict__.get("__annotations__", {})
            if isinstance(annotations, types.GetSetDescriptorType):
                annotations = {}
            base_locals = dict(vars(base)) if localns is None else localns
            if localns is None and globalns is None:
                # Names of the module come before those of the class, as they always have.
                base_globals, base_locals = base_locals, base_globals
            for name, value in annotations.items():
                if value is None:
                    value = type(None)
                if isinstance(value, str):
                    value = ForwardRef(value, is_argument=False, is_class=True)
                hints[name] = _eval_type(value, base_globals, base_locals, base.__type_params__)
        return hints if include_extras else {k: _strip_annotations(t) for k, t in hints.items()}
    if globalns is None:
        if isinstance(obj, types.ModuleType):
            globalns = obj.__dict__
        else:
            inner = obj
            while hasattr(inner, "__wrapped__"):
                inner = inner.__wrapped__
            globalns = getattr(inner, "__globals__", {})
        if localns is None:
            localns = globalns
    elif localns is None:
        localns = globalns
    hints = getattr(obj, "__annotations__", None)
    if hints is None:
        if isinstance(obj, _allowed_types):
            return {}
        raise TypeError("{!r} is not a module, class, method, "
                        "or function.".format(obj))
    hints = dict(hints)
    type_params = getattr(obj, "__type_params__", ())
    for name, value in hints.items():
        if value is None:
            value = type(None)
        if isinstance(value, str):
            value = ForwardRef(value, is_argument=not isinstance(obj, types.ModuleType),
                               is_class=False)
        hints[name] = _eval_type(value, globalns, localns, type_params)
    return hints if include_extras else {k: _strip_annotations(t) for k, t in hints.items()}


def _strip_annotations(t):
    """A type without Annotated, Required and NotRequired in it."""
    if isinstance(t, _AnnotatedAlias):
        return _strip_annotations(t.__origin__)
    if hasattr(t, "__origin__") and t.__origin__ in (Required, NotRequired):
        return _strip_annotations(t.__args__[0])
    if isinstance(t, (_GenericAlias, GenericAlias, types.UnionType)):
        stripped = tuple([_strip_annotations(arg) for arg in t.__args__])
        return t if stripped == t.__args__ else _rebuilt(t, stripped)
    return t


def no_type_check(arg):
    """Mark annotations as something else than types, and give the object back.

    For a class, this concerns all functions and classes that are defined in it, but not those of
    its bases.
    """
    if isinstance(arg, type):
        for name in dir(arg):
            obj = getattr(arg, name)
            if (getattr(obj, "__qualname__", None) is None
                    or obj.__qualname__ != f"{arg.__qualname__}.{obj.__name__}"
                    or getattr(obj, "__module__", None) != arg.__module__):
                continue  # Defined elsewhere.
            match obj:
                case types.FunctionType():
                    obj.__no_type_check__ = True
                case types.MethodType():
                    obj.__func__.__no_type_check__ = True
                case type():
                    no_type_check(obj)
    try:
        arg.__no_type_check__ = True
    except TypeError:
        pass  # Built-in classes.
    return arg


def no_type_check_decorator(decorator):
    """Make a decorator whose results are marked by no_type_check()."""
    @functools.wraps(decorator)
    def wrapped_decorator(*args, **kwds):
        return no_type_check(decorator(*args, **kwds))
    return wrapped_decorator
