"""How what a class body says becomes a member."""

__name__ = "enum"

import enum
from types import DynamicClassAttribute

from _enum_tools import _is_descriptor, _is_single_bit, _redirect, property


class _proto_member:
    """A member-to-be: its value, from the class body until the class exists."""

    def __init__(self, value):
        self.value = value

    def __set_name__(self, enum_class, member_name):
        """Puts the real member in its own place and into the tables of the class."""
        delattr(enum_class, member_name)
        new = self._make(enum_class, member_name)
        value = new._value_
        is_flag = enum.Flag is not None and issubclass(enum_class, enum.Flag)
        if is_flag:
            enum_class._flag_mask_ |= value
            if _is_single_bit(value):
                enum_class._singles_mask_ |= value
            enum_class._all_bits_ = (1 << enum_class._flag_mask_.bit_length()) - 1
        canonical = self._same_value(enum_class, value)
        if canonical is not None:
            new = canonical
        elif not is_flag or _is_single_bit(value):
            # A flag of several bits is an alias for their combination.
            enum_class._member_names_.append(member_name)
        self._publish(enum_class, member_name, new)
        enum_class._member_map_[member_name] = new
        try:
            enum_class._value2member_map_.setdefault(value, new)
        except TypeError:
            # It cannot be a key: looking up by value will search.
            enum_class._unhashable_values_.append(value)

    def _make(self, enum_class, member_name):
        """The member as an instance of the class."""
        value = self.value
        args = value if isinstance(value, tuple) else (value,)
        if enum_class._member_type_ is tuple:
            args = (args,)
        if enum_class._use_args_:
            new = enum_class._new_member_(enum_class, *args)
        else:
            new = enum_class._new_member_(enum_class)
        if not hasattr(new, "_value_"):
            if enum_class._member_type_ is object:
                new._value_ = value
            else:
                try:
                    new._value_ = enum_class._member_type_(*args)
                except Exception as exc:
                    error = TypeError("_value_ not set in __new__, unable to create it")
                    error.__cause__ = exc
                    raise error
        new._name_ = member_name
        new.__objclass__ = enum_class
        new.__init__(*args)
        new._sort_order_ = len(enum_class._member_names_)
        return new

    @staticmethod
    def _same_value(enum_class, value):
        """The member that has this value already, if any."""
        try:
            return enum_class._value2member_map_.get(value)
        except TypeError:
            for other in enum_class._member_map_.values():
                if other._value_ == value:
                    return other
            return None

    @staticmethod
    def _publish(enum_class, name, new):
        """Sets the attribute of the class; a descriptor that a base has under this name goes on
        working on members."""
        descriptor = kind = home = None
        for base in enum_class.__mro__[1:]:
            attribute = base.__dict__.get(name)
            if attribute is None:
                continue
            if isinstance(attribute, (property, DynamicClassAttribute)):
                descriptor, kind, home = attribute, "enum", base
                break
            if _is_descriptor(attribute):
                descriptor, kind, home = attribute, kind or "desc", home or base
            else:
                kind, home = "attr", base
        if not descriptor:
            setattr(enum_class, name, new)
            return
        redirect = _redirect(enum_class, name, new)
        if kind in ("enum", "desc"):
            redirect.fget = getattr(descriptor, "fget", None)
            redirect._get = getattr(descriptor, "__get__", None)
            redirect.fset = getattr(descriptor, "fset", None)
            redirect._set = getattr(descriptor, "__set__", None)
            redirect.fdel = getattr(descriptor, "fdel", None)
            redirect._del = getattr(descriptor, "__delete__", None)
        redirect._attr_type = kind
        redirect._cls_type = home
        setattr(enum_class, name, redirect)
