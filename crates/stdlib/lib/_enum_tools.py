"""What `enum` is made with: markers of values, names and bits, attributes that leave names free,
and the namespace of class bodies."""

__name__ = "enum"

from types import DynamicClassAttribute


class nonmember:
    """Keeps a value in the body of an enumeration from becoming a member."""

    def __init__(self, value):
        """Keep the value."""
        self.value = value


class member:
    """Makes a member of a value that would be none, such as a function."""

    def __init__(self, value):
        """Keep the value."""
        self.value = value


# Names and values --------------------------------------------------------------------------

def _is_descriptor(obj):
    """Whether an object takes part in attribute access."""
    return hasattr(obj, "__get__") or hasattr(obj, "__set__") or hasattr(obj, "__delete__")


def _is_dunder(name):
    """Whether a name is like `__this__`."""
    return (len(name) > 4 and name.startswith("__") and name.endswith("__")
            and name[2] != "_" and name[-3] != "_")


def _is_sunder(name):
    """Whether a name is like `_this_`."""
    return (len(name) > 2 and name[0] == "_" and name[-1] == "_"
            and name[1] != "_" and name[-2] != "_")


def _is_private(cls_name, name):
    """Whether a name is one of `__name` in the class, as the compiler mangles it."""
    prefix = f"_{cls_name}__"
    return len(name) > len(prefix) and name.startswith(prefix) and not name.endswith("__")


def _is_internal_class(cls_name, obj):
    """Whether an object is a class made in the body of the class."""
    if not isinstance(obj, type):
        return False
    qualname = getattr(obj, "__qualname__", "")
    own = f"{cls_name}.{getattr(obj, '__name__', '')}"
    return qualname == own or qualname.endswith("." + own)


def _is_single_bit(num):
    """Whether exactly one bit of a number is set."""
    return num != 0 and num & (num - 1) == 0


def _high_bit(value):
    """The index of the highest bit; -1 of zero."""
    return value.bit_length() - 1


def _iter_bits_lsb(num):
    """The bits of a number that is not negative, the lowest first."""
    # Of a flag, those of its value.
    rest = getattr(num, "_value_", num)
    if rest < 0:
        raise ValueError(f"{num!r} is not a positive integer")
    while rest:
        bit = rest & -rest
        yield bit
        rest ^= bit


def show_flag_values(value):
    """The single bits of a value as a list."""
    return list(_iter_bits_lsb(value))


def _make_class_unpicklable(obj):
    """Lets pickling the members of a class, or of the class that a namespace will be, fail."""
    def _break_on_call_reduce(self, proto):
        raise TypeError(f"{self!r} cannot be pickled")

    changes = {"__reduce_ex__": _break_on_call_reduce, "__module__": "<unknown>"}
    for name, value in changes.items():
        if isinstance(obj, dict):
            obj[name] = value
        else:
            setattr(obj, name, value)


class _auto_null:
    def __repr__(self):
        return "_auto_null"


_auto_null = _auto_null()


class auto:
    """Stands for a value that the class chooses: `_generate_next_value_`."""

    def __init__(self, value=_auto_null):
        self.value = value

    def __repr__(self):
        return f"auto({self.value!r})"


class property(DynamicClassAttribute):
    """An attribute of members that leaves its name free for a member.

    On a member it works as the builtin property does; on the class it gives the member of that
    name, if there is one.
    """

    # The member that the class shows under this name.
    member = None
    # What the name meant in a base before: "enum" or "desc" (a descriptor) or "attr", and where.
    _attr_type = None
    _cls_type = None

    def __get__(self, instance, ownerclass=None):
        if instance is None:
            if self.member is None:
                raise AttributeError(f"{ownerclass!r} has no attribute {self.name!r}")
            return self.member
        if self.fget is not None:
            return self.fget(instance)
        if self._attr_type == "attr":
            return getattr(self._cls_type, self.name)
        if self._attr_type == "desc":
            return getattr(instance._value_, self.name)
        try:
            return ownerclass._member_map_[self.name]
        except KeyError:
            raise AttributeError(f"{ownerclass!r} has no attribute {self.name!r}") from None

    def __set__(self, instance, value):
        if self.fset is None:
            raise AttributeError(f"<enum {self.clsname!r}> cannot set attribute {self.name!r}")
        return self.fset(instance, value)

    def __delete__(self, instance):
        if self.fdel is None:
            raise AttributeError(f"<enum {self.clsname!r}> cannot delete attribute {self.name!r}")
        return self.fdel(instance)

    def __set_name__(self, ownerclass, name):
        self.name = name
        self.clsname = ownerclass.__name__


def _redirect(enum_class, name, target):
    """A property under which the class shows one of its members."""
    redirect = property()
    redirect.member = target
    redirect.__set_name__(enum_class, name)
    return redirect


# Class bodies ------------------------------------------------------------------------------

_SUNDER_HOOKS = frozenset((
    "_order_", "_generate_next_value_", "_numeric_repr_", "_missing_", "_ignore_",
    "_iter_member_", "_iter_member_by_value_", "_iter_member_by_def_",
))


class _EnumDict(dict):
    """The namespace of a class body; knows which names become members and watches that no
    name is used twice.
    """

    def __init__(self):
        super().__init__()
        self._member_names = {}  # A dictionary for its order.
        self._last_values, self._ignore = [], []
        self._auto_called = False

    def __setitem__(self, key, value):
        """Takes a name of the class body: a member unless it is special or the value is a
        descriptor."""
        if _is_internal_class(self._cls_name, value):
            self._warn_of_class()
        if _is_private(self._cls_name, key):
            pass
        elif _is_sunder(key):
            value = self._hook(key, value)
        elif _is_dunder(key):
            if key == "__order__":
                key = "_order_"
        elif key in self._member_names:
            raise TypeError(f"{key!r} already defined as {self[key]!r}")
        elif key in self._ignore:
            pass
        elif isinstance(value, nonmember):
            value = value.value
        elif not _is_descriptor(value):
            value = self._member_value(key, value)
        super().__setitem__(key, value)

    @staticmethod
    def _warn_of_class():
        import warnings
        warnings.warn("In 3.13 classes created inside an enum will not become a member.  Use the "
                      "`member` decorator to keep the current behavior.",
                      DeprecationWarning, stacklevel=3)

    def _hook(self, key, value):
        """One of the names by which a class directs how it is made."""
        if key not in _SUNDER_HOOKS:
            raise ValueError(f"_sunder_ names, such as {key!r}, are reserved for future Enum use")
        if key == "_generate_next_value_":
            if self._auto_called:
                raise TypeError("_generate_next_value_ must be defined before members")
            self._generate_next_value = (
                value.__func__ if isinstance(value, staticmethod) else value)
        elif key == "_ignore_":
            value = value.replace(",", " ").split() if isinstance(value, str) else list(value)
            self._ignore = value
            already = set(value) & set(self._member_names)
            if already:
                raise ValueError(f"_ignore_ cannot specify already set names: {already!r}")
        return value

    def _member_value(self, key, value):
        """Notes a member; its value with every auto() replaced."""
        if key in self:
            raise TypeError(f"{key!r} already defined as {self[key]!r}")
        if isinstance(value, member):
            value = value.value
        if isinstance(value, auto):
            value = self._auto_value(key, value)
        elif type(value) is tuple and any(isinstance(part, auto) for part in value):
            value = tuple([self._auto_value(key, part) if isinstance(part, auto) else part
                           for part in value])
        else:
            self._last_values.append(value)
        self._member_names[key] = None
        return value

    def _auto_value(self, key, placeholder):
        if placeholder.value == _auto_null:
            placeholder.value = self._generate_next_value(
                key, 1, len(self._member_names), self._last_values[:])
            self._auto_called = True
        self._last_values.append(placeholder.value)
        return placeholder.value

    def update(self, members, **more_members):
        pairs = [(name, members[name]) for name in members.keys()] \
            if hasattr(members, "keys") else members
        for name, value in pairs:
            self[name] = value
        for name, value in more_members.items():
            self[name] = value
