"""Classes whose methods follow from the annotations of their fields.

`dataclass` reads the annotations into `Field` objects, kept in `__dataclass_fields__`, and adds
the methods that the class does not define itself.  The methods are written as source text and
compiled, so that they are as fast as ones written by hand and have the fields as parameters;
what their text needs (defaults, types) reaches them as variables of an enclosing function.
"""

import _thread
import sys
import types
from types import FunctionType, GenericAlias

import abc

__all__ = ["dataclass",
           "field",
           "Field",
           "FrozenInstanceError",
           "InitVar",
           "KW_ONLY",
           "MISSING",
           "fields",
           "asdict",
           "astuple",
           "make_dataclass",
           "replace",
           "is_dataclass"]


class FrozenInstanceError(AttributeError):
    """An assignment to a field of a frozen dataclass."""


class _HAS_DEFAULT_FACTORY_CLASS:
    def __repr__(self):
        return "<factory>"


class _MISSING_TYPE:
    pass


class _KW_ONLY_TYPE:
    pass


# The default of a parameter whose field has a factory.
_HAS_DEFAULT_FACTORY = _HAS_DEFAULT_FACTORY_CLASS()
MISSING = _MISSING_TYPE()
KW_ONLY = _KW_ONLY_TYPE()

_EMPTY_METADATA = types.MappingProxyType({})


class _FIELD_BASE:
    """What kind of field an annotation stands for."""

    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return self.name


_FIELD = _FIELD_BASE("_FIELD")
_FIELD_CLASSVAR = _FIELD_BASE("_FIELD_CLASSVAR")
_FIELD_INITVAR = _FIELD_BASE("_FIELD_INITVAR")

_FIELDS = "__dataclass_fields__"
_PARAMS = "__dataclass_params__"
_POST_INIT_NAME = "__post_init__"

# What deepcopy() would return unchanged.
_ATOMIC_TYPES = frozenset({
    types.NoneType, bool, int, float, str, complex, bytes, types.EllipsisType,
    types.NotImplementedType, types.CodeType, types.BuiltinFunctionType, types.FunctionType,
    type, range, property,
})


def _recursive_repr(user_function):
    """Lets a repr() be "..." inside of itself."""
    import functools
    running = set()

    @functools.wraps(user_function)
    def wrapper(self):
        # By the builtin module: what a class keeps alive shows in the collector's numbers.
        key = id(self), _thread.get_ident()
        if key in running:
            return "..."
        running.add(key)
        try:
            return user_function(self)
        finally:
            running.discard(key)
    return wrapper


class InitVar:
    """The annotation of a parameter of __init__() that is no field."""

    __slots__ = ("type",)

    def __init__(self, type):
        self.type = type

    def __repr__(self):
        name = self.type.__name__ if isinstance(self.type, type) else repr(self.type)
        return f"dataclasses.InitVar[{name}]"

    def __class_getitem__(cls, type):
        return InitVar(type)


class Field:
    """What is known about a field; made by field(), its name and type are filled in later."""

    __slots__ = ("name", "type", "default", "default_factory", "repr", "hash", "init",
                 "compare", "metadata", "kw_only", "_field_type")

    def __init__(self, default, default_factory, init, repr, hash, compare, metadata, kw_only):
        self.name = self.type = self._field_type = None
        self.default, self.default_factory = default, default_factory
        self.init, self.repr, self.hash, self.compare = init, repr, hash, compare
        self.metadata = _EMPTY_METADATA if metadata is None else types.MappingProxyType(metadata)
        self.kw_only = kw_only

    @_recursive_repr
    def __repr__(self):
        parts = [f"{name}={getattr(self, name)!r}" for name in (
            "name", "type", "default", "default_factory", "init", "repr", "hash", "compare",
            "metadata", "kw_only", "_field_type")]
        return f"Field({','.join(parts)})"

    def __set_name__(self, owner, name):
        # A descriptor as default wants to know its name too.
        function = getattr(type(self.default), "__set_name__", None)
        if function:
            function(self.default, owner, name)

    __class_getitem__ = classmethod(GenericAlias)


class _DataclassParams:
    """The arguments that dataclass() was called with."""

    __slots__ = ("init", "repr", "eq", "order", "unsafe_hash", "frozen", "match_args",
                 "kw_only", "slots", "weakref_slot")

    def __init__(self, **arguments):
        for name in self.__slots__:
            setattr(self, name, arguments[name])

    def __repr__(self):
        parts = [f"{name}={getattr(self, name)!r}" for name in self.__slots__]
        return f"_DataclassParams({','.join(parts)})"


def field(*, default=MISSING, default_factory=MISSING, init=True, repr=True, hash=None,
          compare=True, metadata=None, kw_only=MISSING):
    """What to assign to a name in a dataclass to say more about the field than its default.

    A value missing in a call is `default`, or what `default_factory` gives.  The field is part
    of __init__() if `init`, of repr() if `repr`, of comparisons if `compare`, and of hash() if
    `hash`, which by default follows `compare`.  `kw_only` makes it a parameter that must be
    given by name.  `metadata` is a mapping for the use of others.
    """
    if default is MISSING or default_factory is MISSING:
        return Field(default, default_factory, init, repr, hash, compare, metadata, kw_only)
    raise ValueError("cannot specify both default and default_factory")


# Which kind of field an annotation stands for ----------------------------------------------

def _is_classvar(a_type, typing):
    return (a_type is typing.ClassVar
            or (type(a_type) is typing._GenericAlias and a_type.__origin__ is typing.ClassVar))


def _is_initvar(a_type, dataclasses):
    return a_type is dataclasses.InitVar or type(a_type) is dataclasses.InitVar


def _is_kw_only(a_type, dataclasses):
    return a_type is dataclasses.KW_ONLY


def _leading_names(text):
    """Of a text like `module.Name[...]` the module, or None, and the name; None if it starts with
    no name."""
    first, rest = _leading_name(text)
    if not first:
        return None
    rest = rest.lstrip()
    if rest.startswith("."):
        second, _ = _leading_name(rest[1:])
        if second:
            return first, second
    return None, first


def _leading_name(text):
    text = text.lstrip()
    end = 0
    while end < len(text) and (text[end].isalnum() or text[end] == "_"):
        end += 1
    return text[:end], text[end:]


def _is_type(annotation, cls, a_module, a_type, is_type_predicate):
    """Whether an annotation given as text names `a_type`, as far as a look into the module of the
    class can tell."""
    names = _leading_names(annotation)
    if names is None:
        return False
    module_name, name = names
    module = sys.modules.get(cls.__module__)
    scope = None
    if module_name is None:
        scope = module.__dict__
    elif module and module.__dict__.get(module_name) is a_module:
        scope = sys.modules.get(a_type.__module__).__dict__
    return bool(scope) and is_type_predicate(scope.get(name), a_module)


def _stands_for(annotation, cls, module, a_type, predicate):
    return predicate(annotation, module) or (
        isinstance(annotation, str) and _is_type(annotation, cls, module, a_type, predicate))


def _get_field(cls, a_name, a_type, default_kw_only):
    """The field that an annotation of the class stands for."""
    default = getattr(cls, a_name, MISSING)
    if isinstance(default, Field):
        made = default
    else:
        if isinstance(default, types.MemberDescriptorType):
            # A slot is no default.
            default = MISSING
        made = field(default=default)
    made.name = a_name
    made.type = a_type
    made._field_type = _FIELD
    # Unless typing is imported, nothing can be a ClassVar.
    typing = sys.modules.get("typing")
    if typing and _stands_for(a_type, cls, typing, typing.ClassVar, _is_classvar):
        made._field_type = _FIELD_CLASSVAR
    elif _stands_for(a_type, cls, sys.modules[__name__], InitVar, _is_initvar):
        made._field_type = _FIELD_INITVAR
    if made._field_type is not _FIELD and made.default_factory is not MISSING:
        raise TypeError(f"field {made.name} cannot have a default factory")
    if made._field_type is _FIELD_CLASSVAR:
        if made.kw_only is not MISSING:
            raise TypeError(f"field {made.name} is a ClassVar but specifies kw_only")
    elif made.kw_only is MISSING:
        made.kw_only = default_kw_only
    # What cannot be hashed can probably be changed.
    if made._field_type is _FIELD and made.default.__class__.__hash__ is None:
        raise ValueError(f"mutable default {type(made.default)} for field "
                         f"{made.name} is not allowed: use default_factory")
    return made


# Making methods ----------------------------------------------------------------------------

def _create_fn(name, args, body, *, globals=None, locals=None,
               return_type=MISSING):
    """Compiles a function.  The globals are the user's: what the text needs besides comes from an
    enclosing function whose parameters are `locals`."""
    locals = {} if locals is None else locals
    result = ""
    if return_type is not MISSING:
        locals["__dataclass_return_type__"] = return_type
        result = "->__dataclass_return_type__"
    lines = "\n".join([f"  {line}" for line in body])
    source = (f"def __create_fn__({', '.join(locals)}):\n"
              f" def {name}({','.join(args)}){result}:\n{lines}\n return {name}")
    namespace = {}
    exec(source, globals, namespace)
    return namespace["__create_fn__"](**locals)


def _set_qualname(cls, value):
    if isinstance(value, FunctionType):
        value.__qualname__ = f"{cls.__qualname__}.{value.__name__}"
    return value


def _set_new_attribute(cls, name, value):
    """Sets an attribute that the class does not define; True if it does."""
    if name in cls.__dict__:
        return True
    setattr(cls, name, _set_qualname(cls, value))
    return False


def _tuple_str(obj_name, fields):
    """The source of a tuple of an object's fields."""
    if not fields:
        return "()"
    return f"({','.join([f'{obj_name}.{f.name}' for f in fields])},)"


def _field_init(f, frozen, locals, self_name, slots):
    """The line of __init__() for a field, or None if it needs none."""
    default_name = f"__dataclass_dflt_{f.name}__"
    value = f.name
    if f.default_factory is not MISSING:
        locals[default_name] = f.default_factory
        value = f"{default_name}()"
        if f.init:
            value += f" if {f.name} is __dataclass_HAS_DEFAULT_FACTORY__ else {f.name}"
    elif f.init:
        if f.default is not MISSING:
            locals[default_name] = f.default
    elif slots and f.default is not MISSING:
        # The class cannot hold the default beside the slot.
        locals[default_name] = f.default
        value = default_name
    else:
        return None
    if f._field_type is _FIELD_INITVAR:
        return None
    if frozen:
        return f"__dataclass_builtins_object__.__setattr__({self_name},{f.name!r},{value})"
    return f"{self_name}.{f.name}={value}"


def _init_param(f):
    if f.default is not MISSING:
        default = f"=__dataclass_dflt_{f.name}__"
    elif f.default_factory is not MISSING:
        default = "=__dataclass_HAS_DEFAULT_FACTORY__"
    else:
        default = ""
    return f"{f.name}:__dataclass_type_{f.name}__{default}"


def _init_fn(fields, std_fields, kw_only_fields, frozen, has_post_init,
             self_name, globals, slots):
    seen_default = False
    for f in std_fields:
        if f.default is not MISSING or f.default_factory is not MISSING:
            seen_default = True
        elif seen_default:
            raise TypeError(f"non-default argument {f.name!r} follows default argument")
    locals = {f"__dataclass_type_{f.name}__": f.type for f in fields}
    locals["__dataclass_HAS_DEFAULT_FACTORY__"] = _HAS_DEFAULT_FACTORY
    locals["__dataclass_builtins_object__"] = object
    body = []
    for f in fields:
        line = _field_init(f, frozen, locals, self_name, slots)
        if line:
            body.append(line)
    if has_post_init:
        variables = ",".join([f.name for f in fields if f._field_type is _FIELD_INITVAR])
        body.append(f"{self_name}.{_POST_INIT_NAME}({variables})")
    params = [self_name, *map(_init_param, std_fields)]
    if kw_only_fields:
        params += ["*", *map(_init_param, kw_only_fields)]
    return _create_fn("__init__", params, body or ["pass"], locals=locals, globals=globals,
                      return_type=None)


def _repr_fn(fields, globals):
    text = ", ".join([f"{f.name}={{self.{f.name}!r}}" for f in fields])
    function = _create_fn("__repr__", ("self",),
                          [f'return self.__class__.__qualname__ + f"({text})"'],
                          globals=globals)
    return _recursive_repr(function)


def _frozen_get_del_attr(cls, fields, globals):
    locals = {"cls": cls, "FrozenInstanceError": FrozenInstanceError}
    condition = "type(self) is cls"
    if fields:
        condition += f" or name in {{{', '.join([repr(f.name) for f in fields])}}}"
    methods = []
    for method, params, verb in (("__setattr__", ("name", "value"), "assign to"),
                                 ("__delattr__", ("name",), "delete")):
        methods.append(_create_fn(
            method, ("self", *params),
            (f"if {condition}:",
             f' raise FrozenInstanceError(f"cannot {verb} field {{name!r}}")',
             f"super(cls, self).{method}({', '.join(params)})"),
            locals=locals, globals=globals))
    return methods


def _cmp_fn(name, op, fields, globals):
    return _create_fn(name, ("self", "other"),
                      ["if other.__class__ is self.__class__:",
                       f" return {_tuple_str('self', fields)}{op}{_tuple_str('other', fields)}",
                       "return NotImplemented"],
                      globals=globals)


def _hash_fn(fields, globals):
    return _create_fn("__hash__", ("self",), [f"return hash({_tuple_str('self', fields)})"],
                      globals=globals)


def _has_explicit_hash(cls):
    own = cls.__dict__.get("__hash__", MISSING)
    # A class that defines __eq__ only has a __hash__ of None, which it did not write.
    return not (own is MISSING or (own is None and "__eq__" in cls.__dict__))


def _set_hash(cls, field_list, globals, params, explicit):
    """Gives the class the hash that its parameters ask for."""
    if params.unsafe_hash:
        if explicit:
            raise TypeError(f"Cannot overwrite attribute __hash__ in class {cls.__name__}")
    elif explicit or not params.eq:
        return
    elif not params.frozen:
        cls.__hash__ = None
        return
    hashed = [f for f in field_list if (f.compare if f.hash is None else f.hash)]
    cls.__hash__ = _set_qualname(cls, _hash_fn(hashed, globals))


# The class ---------------------------------------------------------------------------------

def _inherited_fields(cls):
    """The fields of the bases, and whether one base is a dataclass, and one frozen."""
    found = {}
    is_derived = any_frozen = False
    for base in cls.__mro__[-1:0:-1]:
        base_fields = getattr(base, _FIELDS, None)
        if base_fields is not None:
            is_derived = True
            for f in base_fields.values():
                found[f.name] = f
            if getattr(base, _PARAMS).frozen:
                any_frozen = True
    return found, is_derived, any_frozen


def _own_fields(cls, annotations, kw_only):
    """The fields that the class itself defines; their defaults become class attributes."""
    own = []
    seen_kw_only = False
    for name, annotation in annotations.items():
        if _stands_for(annotation, cls, sys.modules[__name__], KW_ONLY, _is_kw_only):
            if seen_kw_only:
                raise TypeError(f"{name!r} is KW_ONLY, but KW_ONLY has already been specified")
            seen_kw_only = kw_only = True
        else:
            own.append(_get_field(cls, name, annotation, kw_only))
    for f in own:
        if isinstance(getattr(cls, f.name, None), Field):
            if f.default is MISSING:
                delattr(cls, f.name)
            else:
                setattr(cls, f.name, f.default)
    for name, value in cls.__dict__.items():
        if isinstance(value, Field) and name not in annotations:
            raise TypeError(f"{name!r} is a field but has no type annotation")
    return own


def _check_frozen_like_bases(frozen, any_frozen_base):
    if any_frozen_base and not frozen:
        raise TypeError("cannot inherit non-frozen dataclass from a frozen one")
    if frozen and not any_frozen_base:
        raise TypeError("cannot inherit frozen dataclass from a non-frozen one")


def _add_new(cls, name, function, advice=""):
    """Adds a method that the class may not define itself."""
    if _set_new_attribute(cls, name, function):
        raise TypeError(f"Cannot overwrite attribute {name} in class {cls.__name__}{advice}")


def _process_class(cls, params):
    module = sys.modules.get(cls.__module__)
    globals = {} if module is None else module.__dict__
    setattr(cls, _PARAMS, params)
    all_fields, is_derived, any_frozen_base = _inherited_fields(cls)
    annotations = cls.__dict__.get("__annotations__")
    for f in _own_fields(cls, {} if annotations is None else dict(annotations), params.kw_only):
        all_fields[f.name] = f
    if is_derived:
        _check_frozen_like_bases(params.frozen, any_frozen_base)
    setattr(cls, _FIELDS, all_fields)
    if params.order and not params.eq:
        raise ValueError("eq must be true if order is true")
    init_fields = [f for f in all_fields.values() if f._field_type is not _FIELD_CLASSVAR]
    std_fields = [f for f in init_fields if f.init and not f.kw_only]
    kw_only_fields = [f for f in init_fields if f.init and f.kw_only]
    # Before __eq__ is added.
    explicit_hash = _has_explicit_hash(cls)
    made_init = params.init and "__init__" not in cls.__dict__
    if params.init:
        # A field may be called `self`.
        self_name = "__dataclass_self__" if "self" in all_fields else "self"
        _set_new_attribute(cls, "__init__", _init_fn(
            init_fields, std_fields, kw_only_fields, params.frozen,
            hasattr(cls, _POST_INIT_NAME), self_name, globals, params.slots))
    field_list = [f for f in all_fields.values() if f._field_type is _FIELD]
    if params.repr:
        _set_new_attribute(cls, "__repr__", _repr_fn([f for f in field_list if f.repr], globals))
    compared = [f for f in field_list if f.compare]
    if params.eq:
        _set_new_attribute(cls, "__eq__", _cmp_fn("__eq__", "==", compared, globals))
    if params.order:
        for name, op in (("__lt__", "<"), ("__le__", "<="), ("__gt__", ">"), ("__ge__", ">=")):
            _add_new(cls, name, _cmp_fn(name, op, compared, globals),
                     ". Consider using functools.total_ordering")
    if params.frozen:
        for function in _frozen_get_del_attr(cls, field_list, globals):
            _add_new(cls, function.__name__, function)
    _set_hash(cls, field_list, globals, params, explicit_hash)
    if not getattr(cls, "__doc__"):
        cls.__doc__ = _signature_doc(cls, made_init, std_fields, kw_only_fields)
    if params.match_args:
        _set_new_attribute(cls, "__match_args__", tuple([f.name for f in std_fields]))
    if params.slots:
        cls = _add_slots(cls, params.frozen, params.weakref_slot)
    elif params.weakref_slot:
        raise TypeError("weakref_slot is True but slots is False")
    abc.update_abstractmethods(cls)
    return cls


def _signature_doc(cls, made_init, std_fields, kw_only_fields):
    """The name and signature of the class, its docstring if it has none."""
    if made_init and cls.__new__ is object.__new__ and type(cls) is type:
        # The usual case, without a heavy import.
        params = [_param_text(f) for f in std_fields]
        if kw_only_fields:
            params += ["*", *map(_param_text, kw_only_fields)]
        if None not in params:
            return f"{cls.__name__}({', '.join(params)})"
    import inspect
    try:
        signature = str(inspect.signature(cls)).replace(" -> None", "")
    except (TypeError, ValueError):
        signature = ""
    return cls.__name__ + signature


def _param_text(f):
    """A parameter as a signature shows it; None if that takes more than a look."""
    annotation = f.type
    if type(annotation) in (str, InitVar, GenericAlias):
        text = repr(annotation)
    elif type(annotation) is type:
        text = annotation.__qualname__
        if annotation.__module__ != "builtins":
            text = f"{annotation.__module__}.{text}"
    else:
        return None
    if f.default is not MISSING:
        return f"{f.name}: {text} = {f.default!r}"
    if f.default_factory is not MISSING:
        return f"{f.name}: {text} = <factory>"
    return f"{f.name}: {text}"


# Slots -------------------------------------------------------------------------------------

def _dataclass_getstate(self):
    return [getattr(self, f.name) for f in fields(self)]


def _dataclass_setstate(self, state):
    for f, value in zip(fields(self), state):
        # The class may be frozen.
        object.__setattr__(self, f.name, value)


def _get_slots(cls):
    """The slots that a base has."""
    slots = cls.__dict__.get("__slots__")
    if slots is None:
        return [slot for slot, offset in (("__weakref__", "__weakrefoffset__"),
                                          ("__dict__", "__dictrefoffset__"))
                if getattr(cls, offset, -1) != 0]
    if isinstance(slots, str):
        return [slots]
    if hasattr(slots, "__next__"):
        # The class has used it up.
        raise TypeError(f"Slots of '{cls.__name__}' cannot be determined")
    return slots


def _add_slots(cls, is_frozen, weakref_slot):
    """The class made anew, as slots must be there from the start."""
    if "__slots__" in cls.__dict__:
        raise TypeError(f"{cls.__name__} already specifies __slots__")
    scope = dict(cls.__dict__)
    names = tuple([f.name for f in fields(cls)])
    inherited = {slot for base in cls.__mro__[1:-1] for slot in _get_slots(base)}
    wanted = (*names, "__weakref__") if weakref_slot else names
    scope["__slots__"] = tuple([name for name in wanted if name not in inherited])
    for name in names:
        # A default would be in the way of the slot; __init__() knows it.
        scope.pop(name, None)
    scope.pop("__dict__", None)
    scope.pop("__weakref__", None)
    qualname = getattr(cls, "__qualname__", None)
    cls = type(cls)(cls.__name__, cls.__bases__, scope)
    if qualname is not None:
        cls.__qualname__ = qualname
    if is_frozen:
        if "__getstate__" not in scope:
            cls.__getstate__ = _dataclass_getstate
        if "__setstate__" not in scope:
            cls.__setstate__ = _dataclass_setstate
    return cls


# For users ---------------------------------------------------------------------------------

def dataclass(cls=None, /, *, init=True, repr=True, eq=True, order=False, unsafe_hash=False,
              frozen=False, match_args=True, kw_only=False, slots=False, weakref_slot=False):
    """Give a class methods that follow from its annotated names, its fields; a decorator.

    The arguments choose the methods: __init__(), __repr__(), __eq__(), with `order` the other
    comparisons, with `unsafe_hash` a hash whatever __eq__() is, and `__match_args__`.  In a
    `frozen` class fields cannot be assigned.  `kw_only` is what fields are unless they say
    otherwise.  With `slots` the class is a new one, and has a slot for weak references if
    `weakref_slot`.
    """
    params = _DataclassParams(
        init=init, repr=repr, eq=eq, order=order, unsafe_hash=unsafe_hash, frozen=frozen,
        match_args=match_args, kw_only=kw_only, slots=slots, weakref_slot=weakref_slot)

    def wrap(cls):
        return _process_class(cls, params)

    return wrap if cls is None else wrap(cls)


def fields(class_or_instance):
    """The fields of a dataclass, or of an instance of one, as a tuple."""
    try:
        found = getattr(class_or_instance, _FIELDS)
    except AttributeError:
        raise TypeError("must be called with a dataclass type or instance") from None
    return tuple([f for f in found.values() if f._field_type is _FIELD])


def _is_dataclass_instance(obj):
    return hasattr(type(obj), _FIELDS)


def is_dataclass(obj):
    """Whether an object is a dataclass or an instance of one."""
    return hasattr(obj if isinstance(obj, type) else type(obj), _FIELDS)


def asdict(obj, *, dict_factory=dict):
    """The fields of a dataclass instance by name, as a dictionary.

    Instances of dataclasses among the values become dictionaries too, also within lists, tuples
    and dictionaries; anything else is copied deeply.
    """
    def of_instance(obj, convert):
        return dict_factory([(f.name, convert(getattr(obj, f.name))) for f in fields(obj)])

    return _convert("asdict", obj, of_instance)


def astuple(obj, *, tuple_factory=tuple):
    """The values of a dataclass instance's fields as a tuple.

    Instances of dataclasses among the values become tuples too, as asdict() makes
    dictionaries of them.
    """
    def of_instance(obj, convert):
        return tuple_factory([convert(getattr(obj, f.name)) for f in fields(obj)])

    return _convert("astuple", obj, of_instance)


def _convert(caller, obj, of_instance):
    """A copy of an instance in which those of dataclasses have become what `of_instance` makes of
    them."""
    if not _is_dataclass_instance(obj):
        raise TypeError(f"{caller}() should be called on dataclass instances")

    def convert(obj):
        cls = type(obj)
        if cls in _ATOMIC_TYPES:
            return obj
        if hasattr(cls, _FIELDS):
            return of_instance(obj, convert)
        if isinstance(obj, tuple) and hasattr(obj, "_fields"):
            # A named tuple takes its fields one by one.
            return cls(*[convert(value) for value in obj])
        if isinstance(obj, (list, tuple)):
            return cls(convert(value) for value in obj)
        if isinstance(obj, dict):
            pairs = ((convert(key), convert(value)) for key, value in obj.items())
            if hasattr(cls, "default_factory"):
                return cls(obj.default_factory, pairs)
            return cls(pairs)
        import copy
        return copy.deepcopy(obj)
    return convert(obj)


def make_dataclass(cls_name, fields, *, bases=(), namespace=None, init=True, repr=True, eq=True,
                   order=False, unsafe_hash=False, frozen=False, match_args=True, kw_only=False,
                   slots=False, weakref_slot=False, module=None):
    """A new dataclass with these fields.

    Each is a name, or a tuple of name, type and maybe what field() gives; without a type it is
    'typing.Any'.  `namespace` holds further attributes of the class, `module` is its
    `__module__`, by default the caller's, and the other arguments are those of dataclass().
    """
    annotations, defaults = {}, {}
    for name, annotation, *default in map(_field_spec, fields):
        if name in annotations:
            raise TypeError(f"Field name duplicated: {name!r}")
        annotations[name] = annotation
        if default:
            defaults[name] = default[0]

    def fill(scope):
        scope.update(namespace or {}, **defaults, __annotations__=annotations)

    cls = types.new_class(cls_name, bases, {}, fill)
    # For pickle: the module that calls this.
    cls.__module__ = module if module is not None else sys._getframemodulename(1) or "__main__"
    decorate = dataclass(
        init=init, repr=repr, eq=eq, order=order, unsafe_hash=unsafe_hash, frozen=frozen,
        match_args=match_args, kw_only=kw_only, slots=slots, weakref_slot=weakref_slot)
    return decorate(cls)


def _field_spec(item):
    """Name and type of a field given to make_dataclass(), and its default if it has one."""
    import keyword
    spec = (item, "typing.Any") if isinstance(item, str) else item
    if len(spec) not in (2, 3):
        raise TypeError(f"Invalid field: {item!r}")
    name = spec[0]
    if not isinstance(name, str) or not name.isidentifier():
        raise TypeError(f"Field names must be valid identifiers: {name!r}")
    if keyword.iskeyword(name):
        raise TypeError(f"Field names must not be keywords: {name!r}")
    return spec


def replace(obj, /, **changes):
    """A new instance of an instance's class, with the same values but for the changes."""
    if not _is_dataclass_instance(obj):
        raise TypeError("replace() should be called on dataclass instances")
    for name, f in getattr(obj, _FIELDS).items():
        is_given = name in changes
        if f._field_type is _FIELD_CLASSVAR or (f.init and is_given):
            continue
        if f.init:
            if f._field_type is _FIELD_INITVAR and f.default is MISSING:
                raise ValueError(f"InitVar {name!r} must be specified with replace()")
            changes[name] = getattr(obj, name)
        elif is_given:
            raise ValueError(f"field {name} is declared with init=False, "
                             f"it cannot be specified with replace()")
    return obj.__class__(**changes)
