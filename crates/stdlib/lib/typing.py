"""Type hints at run time: what annotations are written with, and functions that read them.

    special forms   Any, Union, Optional, Literal, ClassVar, Final, Annotated, ...: objects that are
                    subscripted; what comes out is one of the aliases below
    aliases         `C[int]`, `Union[int, str]`: an origin and arguments, which are compared, shown,
                    pickled and, where they have type parameters in them, subscripted again
    Generic         the base of generic classes; type parameters are native, in `_typing`
    Protocol        the base of classes that say what methods others must have
    the rest        named tuples, typed dicts, new types; decorators that leave marks for type
                    checkers; get_type_hints(), get_origin() and get_args(); deprecated aliases of
                    built-in types and of the classes of collections.abc

Nothing here checks the types of values.  Names with an underscore are subject to change.
"""

import collections
import collections.abc
import contextlib
import functools
import operator
import sys
import types
from types import GenericAlias

from _typing import ParamSpec, TypeAliasType, TypeVar, TypeVarTuple, _idfunc

__all__ = [
    "Annotated", "Any", "Callable", "ClassVar", "Concatenate", "Final", "ForwardRef", "Generic",
    "Literal", "Optional", "ParamSpec", "Protocol", "Tuple", "Type", "TypeVar", "TypeVarTuple",
    "Union", "AbstractSet", "ByteString", "Container", "ContextManager", "Hashable", "ItemsView",
    "Iterable", "Iterator", "KeysView", "Mapping", "MappingView", "MutableMapping",
    "MutableSequence", "MutableSet", "Sequence", "Sized", "ValuesView", "Awaitable",
    "AsyncIterator", "AsyncIterable", "Coroutine", "Collection", "AsyncGenerator",
    "AsyncContextManager", "Reversible", "SupportsAbs", "SupportsBytes", "SupportsComplex",
    "SupportsFloat", "SupportsIndex", "SupportsInt", "SupportsRound", "ChainMap", "Counter",
    "Deque", "Dict", "DefaultDict", "List", "OrderedDict", "Set", "FrozenSet", "NamedTuple",
    "TypedDict", "Generator", "BinaryIO", "IO", "Match", "Pattern", "TextIO", "AnyStr",
    "assert_type", "assert_never", "cast", "clear_overloads", "dataclass_transform", "final",
    "get_args", "get_origin", "get_overloads", "get_type_hints", "is_typeddict", "LiteralString",
    "Never", "NewType", "no_type_check", "no_type_check_decorator", "NoReturn", "NotRequired",
    "overload", "override", "ParamSpecArgs", "ParamSpecKwargs", "Required", "reveal_type",
    "runtime_checkable", "Self", "Text", "TYPE_CHECKING", "TypeAlias", "TypeGuard",
    "TypeAliasType", "Unpack",
]

TYPE_CHECKING = False
_GENERICALIAS_ATTRIBUTES = ("__origin__", "__args__", "__parameters__")


# Arguments of types ------------------------------------------------------------------------

def _type_convert(arg, module=None, *, allow_special_forms=False):
    """None stands for its type, a string for a forward reference."""
    if isinstance(arg, str):
        return ForwardRef(arg, module=module, is_class=allow_special_forms)
    return type(None) if arg is None else arg


def _type_check(arg, msg, is_argument=True, module=None, *, allow_special_forms=False):
    """Checks that an argument can be a type, and converts it."""
    arg = _type_convert(arg, module=module, allow_special_forms=allow_special_forms)
    if isinstance(arg, _GenericAlias):
        origin = arg.__origin__
        if (origin in (Generic, Protocol)
                or not allow_special_forms and (origin is ClassVar
                                                or is_argument and origin is Final)):
            raise TypeError(f"{arg} is not valid as type argument")
    elif isinstance(arg, _SpecialForm):
        if not (arg in _COMPLETE_FORMS or allow_special_forms and arg in (ClassVar, Final)):
            raise TypeError(f"Plain {arg} is not valid as type argument")
    elif arg in (Generic, Protocol):
        raise TypeError(f"Plain {arg} is not valid as type argument")
    elif type(arg) is tuple:
        raise TypeError(f"{msg} Got {arg!r:.100}.")
    return arg


def _as_tuple(params):
    """What was in the brackets: one item comes without a tuple around it."""
    return params if isinstance(params, tuple) else (params,)


def _is_param_expr(arg):
    return arg is ... or isinstance(arg, (tuple, list, ParamSpec, _ConcatenateGenericAlias))


def _should_unflatten_callable_args(typ, args):
    """True for Callable[[int, str], bool], whose arguments are kept flat."""
    return (typ.__origin__ is collections.abc.Callable
            and not (len(args) == 2 and _is_param_expr(args[0])))


def _type_repr(obj):
    """A type as it is written: builtin ones and functions by their names."""
    match obj:
        case type():
            module = obj.__module__
            return obj.__qualname__ if module == "builtins" else f"{module}.{obj.__qualname__}"
        case types.FunctionType():
            return obj.__name__
        case tuple():
            return f"[{', '.join([_type_repr(member) for member in obj])}]"
    return "..." if obj is ... else repr(obj)


def _collect_parameters(args):
    """The type parameters in arguments, in the order of their first appearance."""
    parameters = []

    def add(parameter):
        if parameter not in parameters:
            parameters.append(parameter)

    for arg in args:
        if isinstance(arg, type):
            pass  # A class may have parameters of its own, which are not ours.
        elif isinstance(arg, tuple):
            for inner in arg:
                for parameter in _collect_parameters([inner]):
                    add(parameter)
        elif hasattr(arg, "__typing_subst__"):
            add(arg)
        else:
            for parameter in getattr(arg, "__parameters__", ()):
                add(parameter)
    return tuple(parameters)


def _check_generic(cls, parameters, elen):
    if not elen:
        raise TypeError(f"{cls} is not a generic class")
    _check_count(cls, len(parameters), elen)


def _check_count(cls, actual, expected):
    if actual != expected:
        amount = "many" if actual > expected else "few"
        raise TypeError(f"Too {amount} arguments for {cls}; actual {actual}, expected {expected}")


def _unpack_args(args):
    """Arguments with unpacked tuples of known length put in place."""
    return [member for arg in args for member in _unpacked(arg)]


def _unpacked(arg):
    members = getattr(arg, "__typing_unpacked_tuple_args__", None)
    return (arg,) if members is None or members and members[-1] is ... else members


def _put_in_place(params, args):
    """The arguments of parameters, those that a TypeVarTuple has in a tuple put in place."""
    flat = []
    for param, arg in zip(params, args):
        if isinstance(param, TypeVarTuple):
            flat.extend(arg)
        else:
            flat.append(arg)
    return tuple(flat)


def _deduplicate(params):
    return list(dict.fromkeys(params))


def _flattened(params, kinds):
    """Arguments, those of aliases of some kinds in their place."""
    return [inner for p in params for inner in (p.__args__ if isinstance(p, kinds) else (p,))]


_cleanups = []
_caches = {}


def _tp_cache(func=None, /, *, typed=False):
    """Remembers results of calls whose arguments are hashable."""
    if func is None:
        return functools.partial(_tp_cache, typed=typed)
    cached = _caches[func] = functools.lru_cache(typed=typed)(func)
    _cleanups.append(cached.cache_clear)

    @functools.wraps(func)
    def remembering(*args, **kwds):
        try:
            return cached(*args, **kwds)
        except TypeError:
            pass  # Not hashable, or an error that the function raises again.
        return func(*args, **kwds)

    return remembering


# Special forms -----------------------------------------------------------------------------

class _Final:
    """Mixin of classes that cannot be derived from."""

    __slots__ = ("__weakref__",)

    def __init_subclass__(cls, /, *args, **kwds):
        if "_root" not in kwds:
            raise TypeError("Cannot subclass special typing classes")


class _NotIterable:
    """Mixin of what has __getitem__ but is no sequence."""

    __slots__ = ()
    __iter__ = None


def _or(self, other):
    return Union[self, other]


def _ror(self, other):
    return Union[other, self]


class _SpecialForm(_Final, _NotIterable, _root=True):
    # Made by decorating the function that is called when the form is subscripted.
    __slots__ = ("_name", "__doc__", "_getitem")

    def __init__(self, getitem):
        self._getitem = getitem
        self._name = getitem.__name__
        self.__doc__ = getitem.__doc__

    def __getattr__(self, item):
        if item in ("__name__", "__qualname__"):
            return self._name
        raise AttributeError(item)

    @_tp_cache
    def __getitem__(self, parameters):
        return self._getitem(self, parameters)

    __or__, __ror__ = _or, _ror

    def __repr__(self):
        return "typing." + self._name

    def __reduce__(self):
        return self._name

    # What forms are not: classes.

    def __mro_entries__(self, bases):
        raise TypeError(f"Cannot subclass {self!r}")

    def __call__(self, *args, **kwds):
        raise TypeError(f"Cannot instantiate {self!r}")

    def __subclasscheck__(self, cls):
        raise TypeError(f"{self} cannot be used with issubclass()")

    def __instancecheck__(self, obj):
        raise TypeError(f"{self} cannot be used with isinstance()")


class _TypedCacheSpecialForm(_SpecialForm, _root=True):
    """A form whose function has a cache of its own, which tells 0 from False."""

    def __getitem__(self, parameters):
        return self._getitem(self, *_as_tuple(parameters))


class ForwardRef(_Final, _root=True):
    """A type that is named by a text, to be found later."""

    __slots__ = ("__forward_arg__", "__forward_code__", "__forward_evaluated__",
                 "__forward_value__", "__forward_is_argument__", "__forward_is_class__",
                 "__forward_module__")

    def __init__(self, arg, is_argument=True, module=None, *, is_class=False):
        if not isinstance(arg, str):
            raise TypeError(f"Forward reference must be a string -- got {arg!r}")
        # "*tuple[int]" is no expression by itself.
        source = f"({arg},)[0]" if arg.startswith("*") else arg
        try:
            code = compile(source, "<string>", "eval")
        except SyntaxError:
            raise SyntaxError(f"Forward reference must be an expression -- got {arg!r}")
        self.__forward_arg__, self.__forward_code__ = arg, code
        self.__forward_value__, self.__forward_evaluated__ = None, False
        self.__forward_module__ = module
        self.__forward_is_argument__, self.__forward_is_class__ = is_argument, is_class

    def _namespaces(self, globalns, localns, type_params):
        """Where names are looked for, given the namespaces that are known, or None."""
        if globalns is None:
            globalns = {} if localns is None else localns
        if localns is None:
            localns = globalns
        if self.__forward_module__ is not None:
            module = sys.modules.get(self.__forward_module__, None)
            globalns = getattr(module, "__dict__", globalns)
        if type_params:
            # Parameters of the class or function stand between its names and the module's.
            globalns, localns = dict(globalns), dict(localns)
            for parameter in type_params:
                name = parameter.__name__
                if not self.__forward_is_class__ or name not in globalns:
                    globalns[name] = parameter
                    localns.pop(name, None)
        return globalns, localns

    def _evaluate(self, globalns, localns, type_params=(), *, recursive_guard=frozenset()):
        name = self.__forward_arg__
        if name in recursive_guard:
            return self
        if self.__forward_evaluated__ and localns is globalns:
            return self.__forward_value__
        globalns, localns = self._namespaces(globalns, localns, type_params)
        value = _type_check(eval(self.__forward_code__, globalns, localns),
                            "Forward references must evaluate to types.",
                            is_argument=self.__forward_is_argument__,
                            allow_special_forms=self.__forward_is_class__)
        self.__forward_value__ = _eval_type(value, globalns, localns, type_params,
                                            recursive_guard=recursive_guard | {name})
        self.__forward_evaluated__ = True
        return self.__forward_value__

    def __eq__(self, other):
        if not isinstance(other, ForwardRef):
            return NotImplemented
        if self.__forward_arg__ != other.__forward_arg__:
            return False
        if self.__forward_evaluated__ and other.__forward_evaluated__:
            return self.__forward_value__ == other.__forward_value__
        return self.__forward_module__ == other.__forward_module__

    def __hash__(self):
        return hash((self.__forward_arg__, self.__forward_module__))

    __or__, __ror__ = _or, _ror

    def __repr__(self):
        module = self.__forward_module__
        suffix = "" if module is None else f", module={module!r}"
        return f"ForwardRef({self.__forward_arg__!r}{suffix})"


def _eval_type(t, globalns, localns, type_params=(), *, recursive_guard=frozenset()):
    """A type with the forward references in it resolved."""
    if isinstance(t, ForwardRef):
        return t._evaluate(globalns, localns, type_params, recursive_guard=recursive_guard)
    if not isinstance(t, (_GenericAlias, GenericAlias, types.UnionType)):
        return t
    if isinstance(t, GenericAlias):
        t = _with_references(t)
    args = tuple([_eval_type(arg, globalns, localns, type_params, recursive_guard=recursive_guard)
                  for arg in t.__args__])
    return t if args == t.__args__ else _rebuilt(t, args)


def _with_references(alias):
    """An alias like list["Shape"] with forward references in place of texts."""
    args = tuple([ForwardRef(arg) if isinstance(arg, str) else arg for arg in alias.__args__])
    if _should_unflatten_callable_args(alias, args):
        args = args[:-1], args[-1]
    made = alias.__origin__[args]
    return Unpack[made] if alias.__unpacked__ else made


def _rebuilt(t, args):
    """A type of the same kind with other arguments."""
    if isinstance(t, GenericAlias):
        return GenericAlias(t.__origin__, args)
    if isinstance(t, types.UnionType):
        return functools.reduce(operator.or_, args)
    return t.copy_with(args)


# Generic classes ---------------------------------------------------------------------------

@_tp_cache
def _generic_class_getitem(cls, params):
    """`Generic[T]` in bases declares parameters, `C[int]` gives arguments."""
    params = tuple([_type_convert(p) for p in _as_tuple(params)])
    # By equality, as packages have a Protocol of their own that equals this one.
    if cls in (Generic, Protocol):
        _check_declared(cls, params)
    else:
        own = cls.__parameters__
        params = _prepared(cls, own, params)
        _check_generic(cls, params, len(own))
        params = _put_in_place(own, params)
    return _GenericAlias(cls, params)


def _check_declared(cls, params):
    """Checks what is in the brackets of Generic[...], where parameters are declared."""
    if not params:
        raise TypeError(f"Parameter list to {cls.__qualname__}[...] cannot be empty")
    prefix = f"Parameters to {cls.__name__}[...] must all be "
    if not all(map(_is_typevar_like, params)):
        raise TypeError(prefix + "type variables or parameter specification variables.")
    if len(set(params)) < len(params):
        raise TypeError(prefix + "unique")


def _prepared(alias, params, args):
    """The arguments as many as the parameters: some of these take several, or none."""
    for param in params:
        prepare = getattr(param, "__typing_prepare_subst__", None)
        if prepare is not None:
            args = prepare(alias, args)
    return args


def _generic_init_subclass(cls, *args, **kwargs):
    super(Generic, cls).__init_subclass__(*args, **kwargs)
    if "__orig_bases__" in cls.__dict__:
        error = Generic in cls.__orig_bases__
    else:
        error = (Generic in cls.__bases__ and cls.__name__ != "Protocol"
                 and type(cls) != _TypedDictMeta)
    if error:
        raise TypeError("Cannot inherit from plain Generic")
    parameters = ()
    if "__orig_bases__" in cls.__dict__:
        parameters = _collect_parameters(cls.__orig_bases__)
        declared = None
        for base in cls.__orig_bases__:
            if isinstance(base, _GenericAlias) and base.__origin__ is Generic:
                if declared is not None:
                    raise TypeError("Cannot inherit from Generic[...] multiple times.")
                declared = base.__parameters__
        if declared is not None:
            missing = [t for t in parameters if t not in declared]
            if missing:
                raise TypeError(f"Some type variables ({', '.join(map(str, missing))}) are"
                                f" not listed in Generic[{', '.join(map(str, declared))}]")
            parameters = declared
    cls.__parameters__ = tuple(parameters)


class Generic:
    """The base of classes with type parameters.

        class Box[T]:
            def get(self) -> T: ...

    has it as an implicit base; before Python 3.12 it was written `class Box(Generic[T])`, with a
    TypeVar T.  Box[int] is then an alias of the class that says what T is.
    """

    __slots__ = ()
    _is_protocol = False

    @classmethod
    def __class_getitem__(cls, params):
        """Give the class its parameters, or arguments for them."""
        return _generic_class_getitem(cls, params)

    def __init_subclass__(cls, *args, **kwargs):
        """Find the parameters of a new class."""
        _generic_init_subclass(cls, *args, **kwargs)


def _is_dunder(name):
    return name.startswith("__") and name.endswith("__")


class _BaseGenericAlias(_Final, _root=True):
    """What List, List[int] and Callable[..., T] have in common: they stand for another class."""

    def __init__(self, origin, *, inst=True, name=None):
        # Without __setattr__(), which has to tell these from attributes of the class.
        own = self.__dict__
        own["__origin__"], own["_name"], own["_inst"] = origin, name, inst
        own["__slots__"] = None  # Not something to define slots from.

    def __call__(self, *args, **kwargs):
        origin = self.__origin__
        if not self._inst:
            raise TypeError(f"Type {self._name} cannot be instantiated; "
                            f"use {origin.__name__}() instead")
        made = origin(*args, **kwargs)
        try:
            made.__orig_class__ = self
        except Exception:
            pass  # Not every object takes attributes.
        return made

    def __mro_entries__(self, bases):
        later = bases[bases.index(self) + 1:]
        # Generic is needed once among the bases, at the end.
        has_generic = any(isinstance(base, _BaseGenericAlias)
                          or isinstance(base, type) and issubclass(base, Generic)
                          for base in later)
        entries = () if self.__origin__ in bases else (self.__origin__,)
        return entries if has_generic else (*entries, Generic)

    def __getattr__(self, attr):
        if attr in {"__origin__", "__args__"}:
            raise AttributeError(attr)
        if attr in {"__name__", "__qualname__"}:
            return self._name or self.__origin__.__name__
        # Attributes of the class itself, but not its special methods.
        if "__origin__" in self.__dict__ and not _is_dunder(attr):
            return getattr(self.__origin__, attr)
        raise AttributeError(attr)

    def __setattr__(self, attr, val):
        if _is_dunder(attr) or attr in {"_name", "_inst", "_nparams", "_paramspec_tvars",
                                        "_typevar_types"}:
            super().__setattr__(attr, val)
        else:
            setattr(self.__origin__, attr, val)

    def __subclasscheck__(self, cls):
        raise TypeError("Subscripted generics cannot be used with class and instance checks")

    def __instancecheck__(self, obj):
        return self.__subclasscheck__(type(obj))

    def __dir__(self):
        return list({*super().__dir__(), *(a for a in dir(self.__origin__) if not _is_dunder(a))})


def _substituted(arg, given):
    """An argument with the parameters in it replaced by what was given for them."""
    subst = getattr(arg, "__typing_subst__", None)
    if subst:
        return subst(given[arg])
    inner = getattr(arg, "__parameters__", ())
    return arg[_put_in_place(inner, [given[param] for param in inner])] if inner else arg


class _GenericAlias(_BaseGenericAlias, _root=True):
    """A subscripted form: C[int], Union[int, str], ClassVar[int]."""

    def __init__(self, origin, args, *, inst=True, name=None):
        super().__init__(origin, inst=inst, name=name)
        args = _as_tuple(args)
        own = self.__dict__
        own["__parameters__"] = _collect_parameters(args)
        own["__args__"] = tuple([... if a is _TypingEllipsis else a for a in args])
        if not name:
            own["__module__"] = origin.__module__

    def __hash__(self):
        return hash((self.__origin__, self.__args__))

    def __eq__(self, other):
        if isinstance(other, _GenericAlias):
            return self.__origin__ == other.__origin__ and self.__args__ == other.__args__
        return NotImplemented

    __or__, __ror__ = _or, _ror

    @_tp_cache
    def __getitem__(self, args):
        """Substitutes the free parameters."""
        if self.__origin__ in (Generic, Protocol):
            raise TypeError(f"Cannot subscript already-subscripted {self}")
        if not self.__parameters__:
            raise TypeError(f"{self} is not a generic class")
        args = tuple(_unpack_args([_type_convert(p) for p in _as_tuple(args)]))
        return self.copy_with(tuple(self._determine_new_args(args)))

    def _determine_new_args(self, args):
        params = self.__parameters__
        args = _prepared(self, params, args)
        _check_count(self, len(args), len(params))
        return self._make_substitution(self.__args__, dict(zip(params, args)))

    def _make_substitution(self, args, given):
        """The arguments with each parameter replaced by what was given for it."""
        # The parameters of a callable are kept flat.
        is_callable = self.__origin__ == collections.abc.Callable
        result = []
        for old in args:
            if isinstance(old, type):
                result.append(old)
                continue
            new = _substituted(old, given)
            if is_callable and isinstance(new, tuple) or _is_unpacked_typevartuple(old):
                result.extend(new)
            elif isinstance(old, tuple):
                result.append(tuple(self._make_substitution(old, given)))
            else:
                result.append(new)
        return result

    def copy_with(self, args):
        return self.__class__(self.__origin__, args, name=self._name, inst=self._inst)

    def __repr__(self):
        name = "typing." + self._name if self._name else _type_repr(self.__origin__)
        shown = ", ".join([_type_repr(arg) for arg in self.__args__])
        return f"{name}[{shown or '()'}]"  # Tuple[()] has no arguments.

    def __reduce__(self):
        origin = globals()[self._name] if self._name else self.__origin__
        args = self.__args__
        if len(args) == 1 and not isinstance(args[0], tuple):
            args = args[0]
        return operator.getitem, (origin, args)

    def __mro_entries__(self, bases):
        origin = self.__origin__
        if isinstance(origin, _SpecialForm):
            raise TypeError(f"Cannot subclass {self!r}")
        if self._name:
            return super().__mro_entries__(bases)
        if origin is not Generic:
            return (origin,)
        # Generic[...] gives no base of its own where another alias follows that has one.
        later = bases[bases.index(self) + 1:]
        if Protocol in bases or any(isinstance(base, _BaseGenericAlias) and base is not self
                                    for base in later):
            return ()
        return (Generic,)

    def __iter__(self):
        yield Unpack[self]


class _TypingEllipsis:
    """Stands for ... inside flattened arguments."""


def _caller(depth=1, default="__main__"):
    try:
        return sys._getframemodulename(depth + 1) or default
    except AttributeError:
        pass
    try:
        return sys._getframe(depth + 1).f_globals.get("__name__", default)
    except (AttributeError, ValueError):
        return None


# Defined above is all that the parts elsewhere build on.
from _typing_forms import (
    Any, ClassVar, Concatenate, Final, Literal, LiteralString, Never, NoReturn, NotRequired,
    Optional, Required, Self, TypeAlias, TypeGuard, Union, Unpack, _AnyMeta, _COMPLETE_FORMS,
    _make_union)
from _typing_parameters import (ParamSpecArgs, ParamSpecKwargs, _is_typevar_like,
                                _is_unpacked_typevartuple, _paramspec_prepare_subst,
                                _paramspec_subst, _typevar_subst, _typevartuple_prepare_subst,
                                _typevartuple_subst)
from _typing_aliases import (Annotated, _AnnotatedAlias, _CallableGenericAlias, _CallableType,
                             _ConcatenateGenericAlias, _DeprecatedGenericAlias,
                             _LiteralGenericAlias, _SpecialGenericAlias, _TupleType,
                             _UnionGenericAlias, _UnpackGenericAlias)
from _typing_records import (NamedTuple, NamedTupleMeta, NewType, TypedDict, _NamedTuple,
                             _TypedDict, _TypedDictMeta, _make_nmtuple, _prohibited, _special)
from _typing_protocols import (EXCLUDED_ATTRIBUTES, Protocol, _PROTO_ALLOWLIST, _ProtocolMeta,
                               _SPECIAL_NAMES, _TYPING_INTERNALS, _allow_reckless_class_checks,
                               _get_protocol_attrs, _lazy_load_getattr_static,
                               _no_init_or_replace_init, _proto_hook, runtime_checkable)
from _typing_functions import (
    _ASSERT_NEVER_REPR_MAX_LENGTH, _overload_dummy, _overload_registry, assert_never,
    assert_type, cast, clear_overloads, dataclass_transform, final, get_args, get_origin,
    get_overloads, is_typeddict, overload, override, reveal_type)
from _typing_hints import (_allowed_types, _strip_annotations, get_type_hints, no_type_check,
                           no_type_check_decorator)


# Aliases of classes ------------------------------------------------------------------------

T = TypeVar("T")
KT = TypeVar("KT")
VT = TypeVar("VT")
T_co = TypeVar("T_co", covariant=True)
V_co = TypeVar("V_co", covariant=True)
VT_co = TypeVar("VT_co", covariant=True)
T_contra = TypeVar("T_contra", contravariant=True)
CT_co = TypeVar("CT_co", covariant=True, bound=type)

# A type variable that is `str` or `bytes`.
AnyStr = TypeVar("AnyStr", bytes, str)

_alias = _SpecialGenericAlias


def _builtin_alias(origin, nparams, name):
    """An alias for annotations only: List() is no way to make a list."""
    return _alias(origin, nparams, inst=False, name=name)


List, Set = _builtin_alias(list, 1, "List"), _builtin_alias(set, 1, "Set")
FrozenSet = _builtin_alias(frozenset, 1, "FrozenSet")
Dict, Type = _builtin_alias(dict, 2, "Dict"), _builtin_alias(type, 1, "Type")
Type.__doc__ = """Deprecated name of type: Type[Shape] is Shape or a class derived from it."""
Tuple = _TupleType(tuple, -1, inst=False, name="Tuple")
Tuple.__doc__ = """Deprecated name of tuple.

Tuple[int, str] has these two items, Tuple[int, ...] any number of integers.
"""

Deque = _alias(collections.deque, 1, name="Deque")
DefaultDict = _alias(collections.defaultdict, 2, name="DefaultDict")
OrderedDict, ChainMap = _alias(collections.OrderedDict, 2), _alias(collections.ChainMap, 2)
Counter = _alias(collections.Counter, 1)
ContextManager = _alias(contextlib.AbstractContextManager, 1, name="ContextManager")
AsyncContextManager = _alias(contextlib.AbstractAsyncContextManager, 1,
                             name="AsyncContextManager")

# The classes of collections.abc, by the number of their parameters.
Hashable, Sized = [_alias(getattr(collections.abc, _name), 0) for _name in ("Hashable", "Sized")]
(Awaitable, AsyncIterable, AsyncIterator, Iterable, Iterator, Reversible, Container, Collection,
 MutableSet, Sequence, MutableSequence, MappingView, KeysView, ValuesView) = [
    _alias(getattr(collections.abc, _name), 1) for _name in (
        "Awaitable", "AsyncIterable", "AsyncIterator", "Iterable", "Iterator", "Reversible",
        "Container", "Collection", "MutableSet", "Sequence", "MutableSequence", "MappingView",
        "KeysView", "ValuesView")]
Mapping, MutableMapping, ItemsView, AsyncGenerator = [
    _alias(getattr(collections.abc, _name), 2) for _name in (
        "Mapping", "MutableMapping", "ItemsView", "AsyncGenerator")]
Coroutine, Generator = [
    _alias(getattr(collections.abc, _name), 3) for _name in ("Coroutine", "Generator")]
AbstractSet = _alias(collections.abc.Set, 1, name="AbstractSet")
ByteString = _DeprecatedGenericAlias(collections.abc.ByteString, 0, removal_version=(3, 14))
Callable = _CallableType(collections.abc.Callable, 2)
Callable.__doc__ = """Deprecated name of collections.abc.Callable.

Callable[[int, str], bool] takes an int and a str and gives a bool.  Instead of the list there may
be a ParamSpec, a Concatenate form or ..., for any parameters.  For optional and keyword parameters
there is no way to write it; a Protocol with a __call__ method can say that.
"""

Text = str

from _typing_interfaces import (BinaryIO, IO, SupportsAbs, SupportsBytes, SupportsComplex,
                                SupportsFloat, SupportsIndex, SupportsInt, SupportsRound, TextIO,
                                _DeprecatedType, io, re)


def __getattr__(attr):
    """Pattern and Match need the module re, which not everybody has use for."""
    if attr in {"Pattern", "Match"}:
        import re
        value = _alias(getattr(re, attr), 1)
        globals()[attr] = value
        return value
    raise AttributeError(f"module {__name__!r} has no attribute {attr!r}")
