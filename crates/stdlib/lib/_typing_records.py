"""Classes that are made of fields and their types: named tuples, typed dicts, new types.

typing has them as its own.  NamedTuple and TypedDict are functions; in the place of a base class
they stand for a class whose metaclass makes the new class.
"""

import collections

from typing import (Generic, NotRequired, Required, _AnnotatedAlias, _GenericAlias, _caller,
                    _generic_class_getitem, _idfunc, _or, _ror, _type_check)

# The members belong to typing, whose name their messages, pickles and representations show.
__name__ = "typing"


_prohibited = frozenset({"__new__", "__init__", "__slots__", "__getnewargs__", "_fields",
                         "_field_defaults", "_field_types", "_make", "_replace", "_asdict",
                         "_source"})
_special = frozenset({"__module__", "__name__", "__annotations__"})


def _make_nmtuple(name, fields, module, defaults=()):
    fields = [(n, _type_check(t, f"field {n} annotation must be a type")) for n, t in fields]
    annotations = dict(fields)
    result = collections.namedtuple(name, [n for n, _ in fields], defaults=defaults, module=module)
    result.__annotations__ = result.__new__.__annotations__ = annotations
    return result


def _names_with_defaults(fields, ns):
    """The fields that the class gives values; all behind the first of them must have one."""
    names = list(fields)
    has_default = [name in ns for name in names]
    first = has_default.index(True) if True in has_default else len(names)
    if not all(has_default[first:]):
        late = has_default.index(False, first)
        earlier = names[first:late]
        plural = "s" if len(earlier) > 1 else ""
        raise TypeError(f"Non-default namedtuple field {names[late]} cannot follow "
                        f"default field{plural} {', '.join(earlier)}")
    return names[first:]


class NamedTupleMeta(type):
    def __new__(cls, typename, bases, ns):
        assert _NamedTuple in bases
        if any(base is not _NamedTuple and base is not Generic for base in bases):
            raise TypeError("can only inherit from a NamedTuple type and Generic")
        types = ns.get("__annotations__", {})
        defaults = [ns[name] for name in _names_with_defaults(types, ns)]
        made = _make_nmtuple(typename, types.items(), ns["__module__"], defaults)
        made.__bases__ = tuple([tuple if base is _NamedTuple else base for base in bases])
        if Generic in bases:
            made.__class_getitem__ = classmethod(_generic_class_getitem)
        for name, value in ns.items():
            if name in _prohibited:
                raise AttributeError("Cannot overwrite NamedTuple attribute " + name)
            if name not in made._fields and name not in _special:
                setattr(made, name, value)
        if Generic in bases:
            made.__init_subclass__()
        return made


def NamedTuple(typename, fields=None, /, **kwargs):
    """A named tuple whose fields have types.

        class Point(NamedTuple):
            x: int
            y: int = 0

    or Point = NamedTuple("Point", [("x", int), ("y", int)]), which has no defaults.  It is the
    class that collections.namedtuple() makes, with __annotations__.
    """
    if kwargs and fields is not None:
        raise TypeError("Either list of fields or keywords can be provided to NamedTuple, not both")
    made = _make_nmtuple(typename, kwargs.items() if fields is None else fields, _caller())
    made.__orig_bases__ = (NamedTuple,)
    return made


_NamedTuple = type.__new__(NamedTupleMeta, "NamedTuple", (), {})


NamedTuple.__mro_entries__ = lambda bases: (_NamedTuple,)


def _qualifier(tp):
    """Required or NotRequired, if that is around a key's type, maybe inside Annotated."""
    if isinstance(tp, _AnnotatedAlias):
        tp = tp.__origin__
    return tp.__origin__ if isinstance(tp, _GenericAlias) else None


class _TypedDictMeta(type):
    def __new__(cls, name, bases, ns, total=True):
        """Make the class of a typed dict."""
        for base in bases:
            if type(base) is not _TypedDictMeta and base is not Generic:
                raise TypeError("cannot inherit from both a TypedDict type "
                                "and a non-TypedDict base class")
        generic_base = (Generic,) if any(issubclass(b, Generic) for b in bases) else ()
        result = type.__new__(_TypedDictMeta, name, (*generic_base, dict), ns)
        if not hasattr(result, "__orig_bases__"):
            result.__orig_bases__ = bases
        msg = "TypedDict('Name', {f0: t0, f1: t1, ...}); each t must be a type"
        own = {n: _type_check(t, msg, module=result.__module__)
               for n, t in ns.get("__annotations__", {}).items()}
        annotations, required, optional = {}, set(), set()
        for base in bases:
            annotations.update(base.__dict__.get("__annotations__", {}))
            base_required = base.__dict__.get("__required_keys__", set())
            required |= base_required
            optional -= base_required
            base_optional = base.__dict__.get("__optional_keys__", set())
            required -= base_optional
            optional |= base_optional
        annotations.update(own)
        for key, value in own.items():
            origin = _qualifier(value)
            if origin is Required or (origin is not NotRequired and total):
                required.add(key)
                optional.discard(key)
            else:
                optional.add(key)
                required.discard(key)
        result.__annotations__ = annotations
        result.__required_keys__ = frozenset(required)
        result.__optional_keys__ = frozenset(optional)
        if not hasattr(result, "__total__"):
            result.__total__ = total
        return result

    __call__ = dict  # An instance is a plain dict.

    def __subclasscheck__(cls, other):
        raise TypeError("TypedDict does not support instance and class checks")

    __instancecheck__ = __subclasscheck__


def TypedDict(typename, fields=None, /, *, total=True, **kwargs):
    """A dict with known keys, each with a type of its values; at run time a plain dict.

        class Film(TypedDict, total=False):
            title: Required[str]
            year: int

    or Film = TypedDict("Film", {"title": str, "year": int}).  All keys must be there unless total
    is false; Required and NotRequired say otherwise for single ones.  The class has them in
    __required_keys__ and __optional_keys__.
    """
    if kwargs:
        if fields is not None:
            raise TypeError("TypedDict takes either a dict or keyword arguments, but not both")
        import warnings
        warnings.warn("The kwargs-based syntax for TypedDict definitions is deprecated in Python "
                      "3.11, will be removed in Python 3.13, and may not be understood by "
                      "third-party type checkers.", DeprecationWarning, stacklevel=2)
    if fields is None:
        fields = kwargs
    ns = {"__annotations__": dict(fields)}
    module = _caller()
    if module is not None:
        ns["__module__"] = module
    result = _TypedDictMeta(typename, (), ns, total=total)
    result.__orig_bases__ = (TypedDict,)
    return result


_TypedDict = type.__new__(_TypedDictMeta, "TypedDict", (), {})
TypedDict.__mro_entries__ = lambda bases: (_TypedDict,)


class NewType:
    """A name for a type that type checkers take for a subtype of it.

        UserId = NewType("UserId", int)

    UserId(5) is 5: calling it gives back its argument.
    """

    def __init__(self, name, tp):
        self.__qualname__, self.__name__ = name, name.rpartition(".")[2]
        self.__supertype__ = tp
        if (module := _caller()) != "typing":
            self.__module__ = module

    __call__ = _idfunc

    def __mro_entries__(self, bases):
        # What a class statement derives from is a class; this one says what to write instead.
        supertype = self.__name__

        def refuse(cls):
            name = cls.__name__
            raise TypeError("Cannot subclass an instance of NewType. Perhaps you were looking "
                            f"for: `{name} = NewType({name!r}, {supertype})`")

        return (type("Refusal", (), {"__init_subclass__": classmethod(refuse)}),)

    __or__, __ror__ = _or, _ror

    def __repr__(self):
        return f"{self.__module__}.{self.__qualname__}"

    def __reduce__(self):
        return self.__qualname__
