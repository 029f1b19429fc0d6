"""Enumerations: classes with a fixed set of named members.

How a class becomes an enumeration: the metaclass gives the class body a namespace (`_EnumDict`)
that notes which names are members and gives `auto()` its values; it and other tools that need no
enumeration are in `_enum_tools`.  `EnumType.__new__` replaces each member by a `_proto_member`
(`_enum_members`); when the class exists, Python calls their `__set_name__`, which makes the real
member and enters it in the tables of the class: `_member_names_` (canonical names),
`_member_map_` (all names) and `_value2member_map_`.  Decorators are in `_enum_decorators`.
"""

import builtins as bltns
import sys
from types import DynamicClassAttribute, MappingProxyType

from _enum_members import _proto_member
from _enum_tools import (
    _auto_null, _EnumDict, _high_bit, _is_descriptor, _is_dunder, _is_internal_class,
    _is_private, _is_single_bit, _is_sunder, _iter_bits_lsb, _make_class_unpicklable, auto,
    member, nonmember, property, show_flag_values)

__all__ = ["EnumType", "EnumMeta",
           "Enum", "IntEnum", "StrEnum", "Flag", "IntFlag", "ReprEnum",
           "auto", "unique", "property", "verify", "member", "nonmember",
           "FlagBoundary", "STRICT", "CONFORM", "EJECT", "KEEP",
           "global_flag_repr", "global_enum_repr", "global_str", "global_enum",
           "EnumCheck", "CONTINUOUS", "NAMED_FLAGS", "UNIQUE",
           "pickle_by_global_name", "pickle_by_enum_name"]

# The metaclass asks for these before they exist, while it makes them.
Enum = Flag = ReprEnum = EJECT = None


def bin(num, max_bits=None):
    """The binary digits after one that stands for the sign, in two's complement.

    >>> bin(6), bin(-6)
    ('0b0 110', '0b1 010')

    `max_bits` is the width to fill up to.
    """
    width = num.bit_length()
    sign = "1" if num < 0 else "0"
    digits = format(num % (1 << width), "b").zfill(width) if num else ""
    if max_bits is not None:
        digits = digits.rjust(max_bits, sign)
    return f"0b{sign} {digits}"


# The metaclass -----------------------------------------------------------------------------

_FLAG_TABLES = ("_boundary_", "_flag_mask_", "_singles_mask_", "_all_bits_", "_inverted_")
_FLAG_OPERATORS = ("__or__", "__and__", "__xor__", "__ror__", "__rand__", "__rxor__",
                   "__invert__")
_TEXT_METHODS = ("__repr__", "__str__", "__format__", "__reduce_ex__")


def _prefer_enum_methods(enum_class, first_enum, member_type, defined):
    """Lets repr() and its kin be those of the enumeration and not of the type mixed in."""
    for name in _TEXT_METHODS:
        if name in defined:
            continue
        found = getattr(enum_class, name)
        if found == getattr(member_type, name) or found == getattr(object, name):
            setattr(enum_class, name, getattr(first_enum, name))


def _use_data_type_text(enum_class, member_type, classdict):
    """What ReprEnum promises: str() and format() of the members are those of the data type."""
    if member_type is object:
        raise TypeError("ReprEnum subclasses must be mixed with a data type (i.e."
                        " int, str, float, etc.)")
    if "__format__" not in classdict:
        enum_class.__format__ = classdict["__format__"] = member_type.__format__
    if "__str__" not in classdict:
        method = member_type.__str__
        if method is object.__str__:
            method = member_type.__repr__
        enum_class.__str__ = classdict["__str__"] = method


def _check_order(enum_class, order):
    """Compares `_order_` with the members; it may name aliases, which do not count."""
    is_flag = issubclass(enum_class, Flag) if Flag is not None else False
    members = enum_class._member_map_
    names = enum_class._member_names_
    if is_flag:
        order = [name for name in order
                 if name not in members or _is_single_bit(enum_class[name]._value_)]
    order = [name for name in order if name not in members or name in names]
    if order != names:
        raise TypeError(f"member order does not match _order_:\n  {names!r}\n  {order!r}")


class EnumType(type):
    """The class of enumerations."""

    @classmethod
    def __prepare__(metacls, cls, bases, **kwds):
        metacls._check_for_existing_members_(cls, bases)
        namespace = _EnumDict()
        namespace._cls_name = cls
        _, first_enum = metacls._get_mixins_(cls, bases)
        if first_enum is not None:
            namespace["_generate_next_value_"] = getattr(
                first_enum, "_generate_next_value_", None)
        return namespace

    def __new__(metacls, cls, bases, classdict, *, boundary=None, _simple=False, **kwds):
        if _simple:
            return super().__new__(metacls, cls, bases, classdict, **kwds)
        classdict.setdefault("_ignore_", []).append("_ignore_")
        for key in classdict["_ignore_"]:
            classdict.pop(key, None)
        member_names = classdict._member_names
        invalid = set(member_names) & {"mro", ""}
        if invalid:
            raise ValueError(f"invalid enum member name(s) {','.join(map(repr, invalid))}")
        order = classdict.pop("_order_", None)
        generate = classdict.get("_generate_next_value_")
        # From here on a plain dictionary, without the checks of the class body.
        classdict = dict(classdict.items())
        if generate is not None:
            classdict["_generate_next_value_"] = (
                generate if type(generate) is staticmethod else staticmethod(generate))
        member_type, first_enum = metacls._get_mixins_(cls, bases)
        new_member, save_new, use_args = metacls._find_new_(classdict, member_type, first_enum)
        classdict["_new_member_"] = new_member
        classdict["_use_args_"] = use_args
        for name in member_names:
            classdict[name] = _proto_member(classdict[name])
        classdict["_member_names_"] = []
        classdict["_member_map_"] = {}
        classdict["_value2member_map_"] = {}
        classdict["_unhashable_values_"] = []
        classdict["_member_type_"] = member_type
        classdict["_value_repr_"] = metacls._find_data_repr_(cls, bases)
        classdict["_boundary_"] = boundary or getattr(first_enum, "_boundary_", None)
        classdict["_flag_mask_"] = 0
        classdict["_singles_mask_"] = 0
        classdict["_all_bits_"] = 0
        classdict["_inverted_"] = None
        try:
            failure = None
            enum_class = super().__new__(metacls, cls, bases, classdict, **kwds)
        except Exception as exc:
            # Without the note "Error calling __set_name__ ...", which would only puzzle.
            failure = type(exc)(str(exc))
            failure.__cause__ = exc.__cause__
            failure.__context__ = exc.__context__
            traceback = exc.__traceback__
        if failure is not None:
            raise failure.with_traceback(traceback)
        # __init_subclass__ may have added some.
        classdict.update(enum_class.__dict__)
        if ReprEnum is not None and ReprEnum in bases:
            _use_data_type_text(enum_class, member_type, classdict)
        _prefer_enum_methods(enum_class, first_enum, member_type, classdict)
        is_flag = Flag is not None and issubclass(enum_class, Flag)
        if is_flag:
            for name in _FLAG_OPERATORS:
                if name not in classdict:
                    method = getattr(Flag, name)
                    setattr(enum_class, name, method)
                    classdict[name] = method
        if Enum is not None:
            if save_new:
                # For those who derive from this class.
                enum_class.__new_member__ = new_member
            enum_class.__new__ = Enum.__new__
        if is_flag:
            values = [item._value_ for item in enum_class]
            if values != sorted(values):
                enum_class._iter_member_ = enum_class._iter_member_by_def_
        elif Flag is not None or cls != "Flag":
            for name in _FLAG_TABLES:
                delattr(enum_class, name)
        if order is not None:
            if isinstance(order, str):
                order = order.replace(",", " ").split()
            if order:
                _check_order(enum_class, order)
        return enum_class

    def __bool__(cls):
        # With __len__() a class without members would be false.
        return True

    def __call__(cls, value, names=None, *values, module=None, qualname=None, type=None,
                 start=1, boundary=None):
        """The member with a value, or of a class that has no members a new enumeration.

        Color(3) looks up, with further arguments a tuple; Enum('Color', 'RED GREEN') makes a
        class, for which see the other parameters.  `names` are names in a string or in a
        sequence, which get values from `start` on, or pairs, or a mapping.  `module` and
        `qualname` tell where pickle finds the class: by default in the caller's module.
        `type` is a class to mix in, `boundary` what a Flag does with unknown bits.
        """
        if cls._member_map_:
            return cls.__new__(cls, (value, names, *values) if names else value)
        if names is None and type is None:
            raise TypeError(f"{cls} has no members; specify `names=()` if you meant to create "
                            f"a new, empty, enum")
        return cls._create_(value, names, module=module, qualname=qualname, type=type,
                            start=start, boundary=boundary)

    def __contains__(cls, value):
        """Return True if `value` is in `cls`.

        `value` is in `cls` if:
        1) `value` is a member of `cls`, or
        2) `value` is the value of one of the `cls`'s members.
        """
        if isinstance(value, cls):
            return True
        return value in cls._value2member_map_ or value in cls._unhashable_values_

    def __delattr__(cls, attr):
        if attr in cls._member_map_:
            raise AttributeError(f"{cls.__name__!r} cannot delete member {attr!r}.")
        super().__delattr__(attr)

    def __dir__(cls):
        names = {"__class__", "__contains__", "__doc__", "__getitem__", "__iter__", "__len__",
                 "__members__", "__module__", "__name__", "__qualname__", *cls._member_names_}
        if cls._new_member_ is not object.__new__:
            names.add("__new__")
        if cls.__init_subclass__ is not object.__init_subclass__:
            names.add("__init_subclass__")
        if cls._member_type_ is not object:
            names.update(dir(cls._member_type_))
        return sorted(names)

    def __getitem__(cls, name):
        """
        Return the member matching `name`.
        """
        return cls._member_map_[name]

    def __iter__(cls):
        """
        Return members in definition order.
        """
        return map(cls._member_map_.__getitem__, cls._member_names_)

    def __len__(cls):
        """
        Return the number of members (no aliases)
        """
        return len(cls._member_names_)

    @bltns.property
    def __members__(cls):
        """
        Returns a mapping of member name->value.

        This mapping lists all enum members, including aliases. Note that this
        is a read-only view of the internal mapping.
        """
        return MappingProxyType(cls._member_map_)

    def __repr__(cls):
        kind = "flag" if Flag is not None and issubclass(cls, Flag) else "enum"
        return f"<{kind} {cls.__name__!r}>"

    def __reversed__(cls):
        """The members, the last one first."""
        return map(cls._member_map_.__getitem__, reversed(cls._member_names_))

    def __setattr__(cls, name, value):
        """Refuses names of members: they stand in more places than this one."""
        if name in cls.__dict__.get("_member_map_", {}):
            raise AttributeError(f"cannot reassign member {name!r}")
        super().__setattr__(name, value)

    def _create_(cls, class_name, names, *, module=None, qualname=None, type=None, start=1,
                 boundary=None):
        """A new enumeration, for __call__(): `names` as there."""
        metacls = cls.__class__
        bases = (cls,) if type is None else (type, cls)
        _, first_enum = cls._get_mixins_(class_name, bases)
        classdict = metacls.__prepare__(class_name, bases)
        if isinstance(names, str):
            names = names.replace(",", " ").split()
        if isinstance(names, (tuple, list)) and names and isinstance(names[0], str):
            values = []
            for count, name in enumerate(names):
                values.append(first_enum._generate_next_value_(name, start, count, values[:]))
            names = list(zip(names, values))
        for item in () if names is None else names:
            name, value = (item, names[item]) if isinstance(item, str) else item
            classdict[name] = value
        if module is None:
            # The one who calls the class, by way of __call__.
            module = sys._getframemodulename(2)
        if module is None:
            _make_class_unpicklable(classdict)
        else:
            classdict["__module__"] = module
        if qualname is not None:
            classdict["__qualname__"] = qualname
        return metacls.__new__(metacls, class_name, bases, classdict, boundary=boundary)

    def _convert_(cls, name, module, filter, source=None, *, boundary=None, as_global=False):
        """An enumeration of those constants of a module that `filter` chooses, in their place."""
        scope = sys.modules[module].__dict__
        body = _constants(source.__dict__ if source else scope, filter)
        body["__module__"] = module
        cls = _simple_enum(etype=cls, boundary=boundary or KEEP)(type(name, (object,), body))
        if as_global:
            global_enum(cls)
        else:
            sys.modules[cls.__module__].__dict__.update(cls.__members__)
        scope[name] = cls
        return cls

    @classmethod
    def _check_for_existing_members_(mcls, class_name, bases):
        closed = [base for chain in bases for base in chain.__mro__
                  if isinstance(base, EnumType) and base._member_names_]
        if closed:
            raise TypeError(f"<enum {class_name!r}> cannot extend {closed[0]!r}")

    @classmethod
    def _get_mixins_(mcls, class_name, bases):
        """The type of the values, and the enumeration among the bases, which is the last."""
        if not bases:
            return object, Enum
        if not isinstance(bases[-1], EnumType):
            raise TypeError("new enumerations should be created as "
                            "`EnumName([mixin_type, ...] [data_type,] enum_type)`")
        return mcls._find_data_type_(class_name, bases) or object, bases[-1]

    @classmethod
    def _find_data_repr_(mcls, class_name, bases):
        """The repr() of values: the first that a base defines."""
        for base in [base for chain in bases for base in chain.__mro__ if base is not object]:
            if isinstance(base, EnumType):
                return base._value_repr_
            scope = base.__dict__
            if "__repr__" in scope:
                if ("__dataclass_fields__" in scope and "__dataclass_params__" in scope
                        and scope["__dataclass_params__"].repr):
                    # Its own would name the class, which the member's repr() does already.
                    return _dataclass_repr
                return scope["__repr__"]
        return None

    @classmethod
    def _find_data_type_(mcls, class_name, bases):
        """The type with values of its own among the bases: it defines __new__ or is a
        dataclass."""
        found = set()
        for chain in bases:
            candidate = None
            for base in chain.__mro__:
                if base is object:
                    continue
                if isinstance(base, EnumType):
                    if base._member_type_ is not object:
                        found.add(base._member_type_)
                        break
                elif "__new__" in base.__dict__ or "__dataclass_fields__" in base.__dict__:
                    found.add(candidate or base)
                    break
                else:
                    candidate = candidate or base
        if len(found) > 1:
            raise TypeError(f"too many data types for {class_name!r}: {found!r}")
        return found.pop() if found else None

    @classmethod
    def _find_new_(mcls, classdict, member_type, first_enum):
        """What makes the members, whether the class defines that itself, and whether it takes
        the value."""
        own = classdict.get("__new__")
        new = mcls._inherited_new(member_type, first_enum) if own is None else own
        takes_value = first_enum is not None and new not in (Enum.__new__, object.__new__)
        return new, own is not None and first_enum is not None, takes_value

    @staticmethod
    def _inherited_new(member_type, first_enum):
        usual = {None, None.__new__, object.__new__, Enum.__new__}
        for method in ("__new_member__", "__new__"):
            for possible in (member_type, first_enum):
                target = getattr(possible, method, None)
                if target not in usual:
                    return target
        return object.__new__


EnumMeta = EnumType


class Enum(metaclass=EnumType):
    """A set of named constants: each name in the class body is a member with a value.

    >>> class Speed(Enum):
    ...     SLOW = 1
    ...     FAST = 9
    >>> Speed.FAST is Speed(9) is Speed["FAST"]
    True
    >>> [(speed.name, speed.value) for speed in Speed]
    [('SLOW', 1), ('FAST', 9)]

    A second name for the same value is an alias.  Enumerations may have methods.
    """

    @classmethod
    def __signature__(cls):
        if cls._member_names_:
            return "(*values)"
        return ("(new_class_name, /, names, *, module=None, qualname=None, type=None, "
                "start=1, boundary=None)")

    def __new__(cls, value):
        # Calling the class comes here: the members exist already.
        if type(value) is cls:
            return value
        try:
            return cls._value2member_map_[value]
        except KeyError:
            pass
        except TypeError:
            # Not hashable: it can only be found by searching.
            for found in cls._member_map_.values():
                if found._value_ == value:
                    return found
        if cls._member_map_:
            return cls._from_missing(value)
        raise TypeError(f"{cls!r} has no members defined")

    @classmethod
    def _from_missing(cls, value):
        """What `_missing_` makes of a value that no member has."""
        invalid = ValueError(f"{value!r} is not a valid {cls.__qualname__}")
        try:
            try:
                made = cls._missing_(value)
            except Exception as error:
                if not isinstance(error, ValueError):
                    error.__context__ = invalid
                raise
            if isinstance(made, cls):
                return made
            if made is None:
                raise invalid
            if isinstance(made, int) and issubclass(cls, Flag) and cls._boundary_ is EJECT:
                return made
            wrong = TypeError(f"error in {cls.__name__}._missing_: returned {made!r} "
                              f"instead of None or a valid member")
            wrong.__context__ = invalid
            raise wrong
        finally:
            # No cycle through the frame.
            invalid = wrong = None

    def __init__(self, *args, **kwds):
        pass

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        """The value of an auto(): one more than the highest so far, or else `start`.

        `name` is the member's, `count` how many there are already.
        """
        if not last_values:
            return start
        try:
            ordered = sorted(last_values)
            if ordered[-1] == last_values[-1]:
                return last_values[-1] + 1
        except TypeError:
            pass
        import warnings
        warnings.warn(
            "In 3.13 the default `auto()`/`_generate_next_value_` will require all values to be "
            "sortable and support adding +1\n"
            "and the value returned will be the largest value in the enum incremented by 1",
            DeprecationWarning, stacklevel=5)
        for value in reversed(last_values):
            try:
                return value + 1
            except TypeError:
                pass
        return start

    @classmethod
    def _missing_(cls, value):
        return None

    def __repr__(self):
        cls = self.__class__
        value_repr = cls._value_repr_ or repr
        return f"<{cls.__name__}.{self._name_}: {value_repr(self._value_)}>"

    def __str__(self):
        return f"{self.__class__.__name__}.{self._name_}"

    def __dir__(self):
        """
        Returns public methods and other interesting attributes.
        """
        cls = self.__class__
        members = self._member_map_
        names = set(object.__dir__(self)) if cls._member_type_ is not object else set()
        names.update(name for name in getattr(self, "__dict__", ())
                     if name[0] != "_" and name not in members)
        for base in cls.mro():
            for name, attribute in base.__dict__.items():
                if name[0] == "_":
                    continue
                if isinstance(attribute, property):
                    if attribute.fget is not None or name not in members:
                        names.add(name)
                    else:
                        # object.__dir__() may have brought it.
                        names.discard(name)
                elif name not in members:
                    names.add(name)
        names.update(("__class__", "__doc__", "__eq__", "__hash__", "__module__"))
        return sorted(names)

    def __format__(self, format_spec):
        return str.__format__(str(self), format_spec)

    def __hash__(self):
        return hash(self._name_)

    def __reduce_ex__(self, proto):
        return self.__class__, (self._value_,)

    def __deepcopy__(self, memo):
        return self

    def __copy__(self):
        return self

    # As properties of enumerations, so that members can be named `name` and `value`.

    @property
    def name(self):
        """The name of the Enum member."""
        return self._name_

    @property
    def value(self):
        """The value of the Enum member."""
        return self._value_


class ReprEnum(Enum):
    """An enumeration whose members have str() and format() of the type that is mixed in."""


class IntEnum(int, ReprEnum):
    """An enumeration whose members are ints."""


class StrEnum(str, ReprEnum):
    """An enumeration whose members are strings; auto() gives the name in lower case."""

    def __new__(cls, *values):
        if len(values) > 3:
            raise TypeError(f"too many arguments for str(): {values!r}")
        if len(values) == 1 and not isinstance(values[0], str):
            raise TypeError(f"{values[0]!r} is not a string")
        for what, value in zip(("encoding", "errors"), values[1:]):
            if not isinstance(value, str):
                raise TypeError(f"{what} must be a string, not {value!r}")
        text = str(*values)
        new = str.__new__(cls, text)
        new._value_ = text
        return new

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        return name.lower()


def pickle_by_global_name(self, proto):
    """Pickles a member as the global name that its module exports it under."""
    return self.name


_reduce_ex_by_global_name = pickle_by_global_name


def pickle_by_enum_name(self, proto):
    """Pickles a member by its name in the enumeration instead of its value."""
    return getattr, (self.__class__, self._name_)


class FlagBoundary(StrEnum):
    """What a Flag does with bits that no member has.

    STRICT raises an error, as Flag does; CONFORM drops them; EJECT makes an int of the value;
    KEEP keeps them, as IntFlag does.
    """
    STRICT, CONFORM, EJECT, KEEP = "strict", "conform", "eject", "keep"


STRICT, CONFORM, EJECT, KEEP = FlagBoundary


class Flag(Enum, boundary=STRICT):
    """Members that are bits, or combinations of them, and can be combined by `|`, `&`, `^`, `~`."""

    _numeric_repr_ = repr

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        """The value of an auto(): the bit above the highest one used."""
        if not count:
            return 1 if start is None else start
        highest = max(last_values)
        try:
            return 1 << _high_bit(highest) + 1
        except Exception:
            raise TypeError("invalid flag value %r" % highest) from None

    @classmethod
    def _iter_member_by_value_(cls, value):
        """The members in a value by rising bits."""
        for bit in _iter_bits_lsb(value & cls._flag_mask_):
            yield cls._value2member_map_.get(bit)

    _iter_member_ = _iter_member_by_value_

    @classmethod
    def _iter_member_by_def_(cls, value):
        """The members in a value in the order of the class body."""
        yield from sorted(cls._iter_member_by_value_(value), key=lambda m: m._sort_order_)

    @classmethod
    def _missing_(cls, value):
        """A new combination for a value that no member has, as the boundary allows."""
        if not isinstance(value, int):
            raise ValueError(f"{value!r} is not a valid {cls.__qualname__}")
        mask, all_bits = cls._flag_mask_, cls._all_bits_
        if not ~all_bits <= value <= all_bits or value & (all_bits ^ mask):
            if cls._boundary_ is EJECT:
                return value
            value = cls._bounded(value)
        negative = None
        if value < 0:
            negative, value = value, all_bits + 1 + value
        unknown = value & ~mask
        if unknown and cls._boundary_ is not KEEP:
            raise ValueError(f"{cls.__name__}({value!r}) -->  unknown values {unknown!r} "
                             f"[{bin(unknown)}]")
        if cls._member_type_ is object:
            composite = object.__new__(cls)
        else:
            composite = cls._member_type_.__new__(cls, value)
        if not hasattr(composite, "_value_"):
            composite._value_ = value
        composite._name_ = cls._composite_name(value)
        # Another thread may have been faster.
        composite = cls._value2member_map_.setdefault(value, composite)
        if negative is not None:
            cls._value2member_map_[negative] = composite
        return composite

    @classmethod
    def _bounded(cls, value):
        """What the boundary makes of a value with bits that no member has."""
        mask = cls._flag_mask_
        if cls._boundary_ is STRICT:
            width = max(value.bit_length(), mask.bit_length())
            raise ValueError(f"{cls!r} invalid value {value!r}\n    given {bin(value, width)}\n"
                             f"  allowed {bin(mask, width)}")
        if cls._boundary_ is CONFORM:
            return value & mask
        if cls._boundary_ is KEEP:
            if value < 0:
                value += max(cls._all_bits_ + 1, 2 ** value.bit_length())
            return value
        raise ValueError(f"{cls!r} unknown flag boundary {cls._boundary_!r}")

    @classmethod
    def _composite_name(cls, value):
        """The names of the members in a value, joined."""
        single = value & cls._singles_mask_
        several = value & ~cls._singles_mask_
        if not (single or several):
            return None
        members = list(cls._iter_member_(single))
        known = 0
        for found in members:
            known |= found._value_
        if several:
            for alias in cls._member_map_.values():
                bits = alias._value_
                if alias not in members and bits and bits & value == bits:
                    members.append(alias)
                    known |= bits
        if not known:
            return None
        unknown = value ^ known
        name = "|".join([found._name_ for found in members])
        if unknown:
            if cls._boundary_ is STRICT:
                raise ValueError(f"{cls!r}: no members with value {unknown!r}")
            name += f"|{cls._numeric_repr_(unknown)}"
        return name

    def __contains__(self, other):
        """Whether all bits of the other are in this one."""
        if isinstance(other, self.__class__):
            return not other._value_ & ~self._value_
        raise TypeError(f"unsupported operand type(s) for 'in': {type(other).__qualname__!r} "
                        f"and {self.__class__.__qualname__!r}")

    def __iter__(self):
        """The members that are single bits of this one."""
        return self._iter_member_(self._value_)

    def __len__(self):
        return self._value_.bit_count()

    def __repr__(self):
        cls = self.__class__
        value_repr = cls._value_repr_ or repr
        name = cls.__name__ if self._name_ is None else f"{cls.__name__}.{self._name_}"
        return f"<{name}: {value_repr(self._value_)}>"

    def __str__(self):
        cls_name = self.__class__.__name__
        if self._name_ is None:
            return f"{cls_name}({self._value_!r})"
        return f"{cls_name}.{self._name_}"

    def __bool__(self):
        return bool(self._value_)

    def _operand(self, other):
        """The number of the other operand of `|`, `&` or `^`; None if it has none."""
        if isinstance(other, self.__class__):
            return other._value_
        if self._member_type_ is not object and isinstance(other, self._member_type_):
            return other
        return None

    def __or__(self, other):
        other = self._operand(other)
        return NotImplemented if other is None else self.__class__(self._value_ | other)

    __ror__ = __or__

    def __and__(self, other):
        other = self._operand(other)
        return NotImplemented if other is None else self.__class__(self._value_ & other)

    __rand__ = __and__

    def __xor__(self, other):
        other = self._operand(other)
        return NotImplemented if other is None else self.__class__(self._value_ ^ other)

    __rxor__ = __xor__

    def __invert__(self):
        """All other bits: of what exists, unless the boundary lets unknown ones be."""
        inverse = self._inverted_
        if inverse is None:
            value = ~self._value_
            if self._boundary_ not in (EJECT, KEEP):
                value &= self._singles_mask_
            inverse = self._inverted_ = self.__class__(value)
        return inverse


class IntFlag(int, ReprEnum, Flag, boundary=KEEP):
    """Flags whose members are ints."""


# These need what is above.
from _enum_decorators import (
    CONTINUOUS, EnumCheck, NAMED_FLAGS, UNIQUE, _constants, _dataclass_repr, _old_convert_,
    _simple_enum, _test_simple_enum, global_enum, global_enum_repr, global_flag_repr,
    global_str, unique, verify)

_stdlib_enums = IntEnum, StrEnum, IntFlag
