"""What is done to finished classes: decorators of enumerations, and enumerations of plain classes."""

__name__ = "enum"

import sys

from _enum_tools import (
    _auto_null, _is_descriptor, _is_dunder, _is_private, _is_single_bit, _is_sunder, _redirect,
    auto)
from enum import (
    KEEP, Enum, Flag, FlagBoundary, ReprEnum, StrEnum, _FLAG_OPERATORS, _FLAG_TABLES,
    _prefer_enum_methods)


def _aliases(enumeration):
    """The aliases with their members, as text; empty if there are none."""
    return ", ".join(f"{name} -> {item.name}"
                     for name, item in enumeration.__members__.items() if name != item.name)


def unique(enumeration):
    """Refuses an enumeration with aliases; a decorator."""
    aliases = _aliases(enumeration)
    if aliases:
        raise ValueError(f"duplicate values found in {enumeration!r}: {aliases}")
    return enumeration


def _dataclass_repr(self):
    fields = self.__dataclass_fields__
    return ", ".join(f"{name}={getattr(self, name)!r}"
                     for name, field in fields.items() if field.repr)


def _last_module(obj):
    return obj.__class__.__module__.split(".")[-1]


def global_enum_repr(self):
    """The repr() of members that their module exports: `module.NAME`."""
    return f"{_last_module(self)}.{self._name_}"


def global_flag_repr(self):
    """As global_enum_repr(), of flags: `module.ONE|module.TWO`."""
    module = _last_module(self)
    if self._name_ is None:
        return f"{module}.{self.__class__.__name__}({self._value_!r})"
    if _is_single_bit(self._value_):
        return f"{module}.{self._name_}"
    # Bits without a name stand there as numbers.
    keeps = self._boundary_ is FlagBoundary.KEEP
    return "|".join(name if keeps and name[0].isdigit() else f"{module}.{name}"
                    for name in self._name_.split("|"))


def global_str(self):
    """The str() of members that their module exports: their name."""
    name = self._name_
    return f"{self.__class__.__name__}({self._value_!r})" if name is None else name


def global_enum(cls, update_str=False):
    """Exports the members to the module of their class, and lets repr() show them so."""
    cls.__repr__ = global_flag_repr if issubclass(cls, Flag) else global_enum_repr
    if not issubclass(cls, ReprEnum) or update_str:
        cls.__str__ = global_str
    sys.modules[cls.__module__].__dict__.update(cls.__members__)
    return cls


def _constants(source, filter):
    """The chosen names of a namespace by value or, where values do not compare, by name."""
    members = [(name, value) for name, value in source.items() if filter(name)]
    try:
        members.sort(key=lambda pair: (pair[1], pair[0]))
    except TypeError:
        members.sort(key=lambda pair: pair[0])
    return dict(members)


def _old_convert_(etype, name, module, filter, source=None, *, boundary=None):
    """As _convert_(), but makes the class in the ordinary way and exports nothing."""
    scope = (source or sys.modules[module]).__dict__
    members = list(_constants(scope, filter).items())
    return etype(name, members, module=module, boundary=boundary or KEEP)


def _simple_enum(etype=Enum, *, boundary=None, use_args=None):
    """Makes an enumeration of a plain class; a decorator.

    Quicker than the ordinary way, but without its checks and without __init_subclass__().
    `use_args` tells whether __new__ takes the value.

    >>> from enum import Enum, _simple_enum
    >>> @_simple_enum(Enum)
    ... class Speed:
    ...     SLOW, FAST = 1, 9
    >>> Speed.FAST
    <Speed.FAST: 9>
    """
    def convert_class(cls):
        takes_args = etype._use_args_ if use_args is None else use_args
        own_new = cls.__dict__.get("__new__")
        new_member = etype._member_type_.__new__ if own_new is None else own_new.__func__
        body = {} if own_new is None else {"__new_member__": new_member}
        body.update(
            _new_member_=new_member, _use_args_=takes_args,
            _generate_next_value_=etype._generate_next_value_,
            _member_names_=[], _member_map_={}, _value2member_map_={}, _unhashable_values_=[],
            _member_type_=etype._member_type_, _value_repr_=etype._value_repr_)
        is_flag = issubclass(etype, Flag)
        if is_flag:
            body.update(dict.fromkeys(_FLAG_TABLES))
            body["_boundary_"] = boundary or etype._boundary_
            for name in _FLAG_OPERATORS:
                body[name] = getattr(Flag, name)
        values = {}
        for name, obj in cls.__dict__.items():
            if name in ("__dict__", "__weakref__"):
                continue
            if (_is_dunder(name) or _is_private(cls.__name__, name) or _is_sunder(name)
                    or _is_descriptor(obj)):
                body[name] = obj
            else:
                values[name] = obj
        if cls.__dict__.get("__doc__") is None:
            body["__doc__"] = "An enumeration."
        enum_class = type(cls.__name__, (etype,), body, boundary=boundary, _simple=True)
        _prefer_enum_methods(enum_class, etype, etype._member_type_, body)
        _add_simple_members(enum_class, values, new_member, takes_args, own_new is None, is_flag)
        if "__new__" in body:
            enum_class.__new_member__ = enum_class.__new__
        enum_class.__new__ = Enum.__new__
        return enum_class
    return convert_class


def _add_simple_members(enum_class, values, new_member, takes_args, set_value, is_flag):
    names, by_name = enum_class._member_names_, enum_class._member_map_
    by_value = enum_class._value2member_map_
    last_values = []
    mask = single_bits = 0
    for name, value in values.items():
        if isinstance(value, auto):
            if value.value is _auto_null:
                value.value = enum_class._generate_next_value_(name, 1, len(names), last_values)
            value = value.value
        new = by_value.get(value)
        if new is None:
            if takes_args:
                args = value if isinstance(value, tuple) else (value,)
                new = new_member(enum_class, *args)
                value = args[0]
            else:
                new = new_member(enum_class)
            if set_value:
                new._value_ = value
            new._name_ = name
            new.__objclass__ = enum_class
            new.__init__(value)
            new._sort_order_ = len(names)
            by_value[value] = new
            last_values.append(value)
            if is_flag:
                mask |= value
            if not is_flag or _is_single_bit(value):
                names.append(name)
                if is_flag:
                    single_bits |= value
        setattr(enum_class, name, _redirect(enum_class, name, new))
        by_name[name] = new
    if is_flag:
        enum_class._flag_mask_ = mask
        enum_class._singles_mask_ = single_bits
        enum_class._all_bits_ = (1 << mask.bit_length()) - 1
        order = [item._value_ for item in enum_class]
        if order != sorted(order):
            enum_class._iter_member_ = enum_class._iter_member_by_def_


@_simple_enum(StrEnum)
class EnumCheck:
    """What verify() can check."""
    CONTINUOUS = "no skipped integer values"
    NAMED_FLAGS = "multi-flag aliases may not contain unnamed flags"
    UNIQUE = "one name per value"


CONTINUOUS, NAMED_FLAGS, UNIQUE = EnumCheck


class verify:
    """Refuses an enumeration that fails one of some checks (see EnumCheck); a decorator."""

    def __init__(self, *checks):
        self.checks = checks

    def __call__(self, enumeration):
        if not issubclass(enumeration, Enum):
            raise TypeError("the 'verify' decorator only works with Enum and Flag")
        import _enum_checks
        for check in self.checks:
            if check is UNIQUE:
                aliases = _aliases(enumeration)
                if aliases:
                    raise ValueError(f"aliases found in {enumeration!r}: {aliases}")
            elif check is CONTINUOUS:
                _enum_checks.check_continuous(enumeration)
            elif check is NAMED_FLAGS:
                _enum_checks.check_named_flags(enumeration)
        return enumeration


def _test_simple_enum(checked_enum, simple_enum):
    """Raises TypeError if what _simple_enum() made is unlike the same class made by deriving.

    >>> from enum import Enum, _simple_enum, _test_simple_enum
    >>> class Checked(Enum):
    ...     ONE = 1
    >>> _test_simple_enum(Checked, _simple_enum(Enum)(type("Checked", (), {"ONE": 1})))
    """
    import _enum_checks
    differences = _enum_checks.differences(checked_enum, simple_enum)
    if differences:
        raise TypeError("enum mismatch:\n   " + "\n   ".join(differences))
