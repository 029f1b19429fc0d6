"""What live objects tell of themselves: their kind, members, source, parameters and frames.

The parts follow each other in that order: tests of what an object is (`is...`), members and
docstrings, source text, frames and tracebacks.  Signatures are made in `_signature`, other
questions about arguments are answered in `_inspect_arguments`, and attributes without side
effects and the states of generators are in `_inspect_states`; the search for blocks in source
text is in `_source_blocks`.
"""

import builtins
import enum
import functools
import linecache
import os
import sys
import types
from collections import namedtuple
from operator import attrgetter, itemgetter

from _inspect_arguments import (
    ArgInfo, Arguments, ClosureVars, FullArgSpec, formatannotationrelativeto, formatargvalues,
    getargs, getargvalues, getcallargs, getclosurevars, getfullargspec)
from _inspect_states import (
    AGEN_CLOSED, AGEN_CREATED, AGEN_RUNNING, AGEN_SUSPENDED, CORO_CLOSED, CORO_CREATED,
    CORO_RUNNING, CORO_SUSPENDED, GEN_CLOSED, GEN_CREATED, GEN_RUNNING, GEN_SUSPENDED,
    _sentinel, _shadowed_dict_from_mro_tuple, getasyncgenlocals, getasyncgenstate, getattr_static,
    getcoroutinelocals, getcoroutinestate, getgeneratorlocals, getgeneratorstate)
from _signature import (BoundArguments, Parameter, Signature, _empty, _from_callable,
                        _ParameterKind, _void, formatannotation, signature)

__all__ = [
    "AGEN_CLOSED", "AGEN_CREATED", "AGEN_RUNNING", "AGEN_SUSPENDED", "ArgInfo", "Arguments",
    "Attribute", "BlockFinder", "BoundArguments", "BufferFlags", "CORO_CLOSED", "CORO_CREATED",
    "CORO_RUNNING", "CORO_SUSPENDED", "CO_ASYNC_GENERATOR", "CO_COROUTINE", "CO_GENERATOR",
    "CO_ITERABLE_COROUTINE", "CO_NESTED", "CO_NEWLOCALS", "CO_NOFREE", "CO_OPTIMIZED",
    "CO_VARARGS", "CO_VARKEYWORDS", "ClassFoundException", "ClosureVars", "EndOfBlock",
    "FrameInfo", "FullArgSpec", "GEN_CLOSED", "GEN_CREATED", "GEN_RUNNING", "GEN_SUSPENDED",
    "Parameter", "Signature", "TPFLAGS_IS_ABSTRACT", "Traceback", "classify_class_attrs",
    "cleandoc", "currentframe", "findsource", "formatannotation", "formatannotationrelativeto",
    "formatargvalues", "get_annotations", "getabsfile", "getargs", "getargvalues",
    "getasyncgenlocals", "getasyncgenstate", "getattr_static", "getblock", "getcallargs",
    "getclasstree", "getclosurevars", "getcomments", "getcoroutinelocals", "getcoroutinestate",
    "getdoc", "getfile", "getframeinfo", "getfullargspec", "getgeneratorlocals",
    "getgeneratorstate", "getinnerframes", "getlineno", "getmembers", "getmembers_static",
    "getmodule", "getmodulename", "getmro", "getouterframes", "getsource", "getsourcefile",
    "getsourcelines", "indentsize", "isabstract", "isasyncgen", "isasyncgenfunction",
    "isawaitable", "isbuiltin", "isclass", "iscode", "iscoroutine", "iscoroutinefunction",
    "isdatadescriptor", "isframe", "isfunction", "isgenerator", "isgeneratorfunction",
    "isgetsetdescriptor", "ismemberdescriptor", "ismethod", "ismethoddescriptor",
    "ismethodwrapper", "ismodule", "isroutine", "istraceback", "markcoroutinefunction",
    "signature", "stack", "trace", "unwrap", "walktree",
]

CO_OPTIMIZED = 0x1
CO_NEWLOCALS = 0x2
CO_VARARGS = 0x4
CO_VARKEYWORDS = 0x8
CO_NESTED = 0x10
CO_GENERATOR = 0x20
CO_NOFREE = 0x40
CO_COROUTINE = 0x80
CO_ITERABLE_COROUTINE = 0x100
CO_ASYNC_GENERATOR = 0x200

TPFLAGS_IS_ABSTRACT = 1 << 20

_POSITIONAL_ONLY = Parameter.POSITIONAL_ONLY
_POSITIONAL_OR_KEYWORD = Parameter.POSITIONAL_OR_KEYWORD
_VAR_POSITIONAL = Parameter.VAR_POSITIONAL
_KEYWORD_ONLY = Parameter.KEYWORD_ONLY
_VAR_KEYWORD = Parameter.VAR_KEYWORD

_signature_from_callable = _from_callable


def get_annotations(obj, *, globals=None, locals=None, eval_str=False):
    """A new dict of the annotations that a class, module or callable has itself.

    Annotations that a class inherits are not given, and an object without any has an empty
    dict.  With `eval_str` those that are strings are evaluated, in `globals` and `locals` or
    else in the object's own: a module's namespace, a class's module and namespace, the
    globals of the function below all wrappers.  Other kinds of objects raise TypeError.
    """
    own_globals = own_locals = wrapped = None
    if isinstance(obj, type):
        scope = getattr(obj, "__dict__", None)
        annotations = scope.get("__annotations__") if scope and hasattr(scope, "get") else None
        if isinstance(annotations, types.GetSetDescriptorType):
            annotations = None
        module = sys.modules.get(getattr(obj, "__module__", None) or "")
        own_globals = getattr(module, "__dict__", None)
        own_locals = dict(vars(obj))
        wrapped = obj
    elif isinstance(obj, types.ModuleType):
        annotations = getattr(obj, "__annotations__", None)
        own_globals = obj.__dict__
    elif callable(obj):
        annotations = getattr(obj, "__annotations__", None)
        own_globals = getattr(obj, "__globals__", None)
        wrapped = obj
    else:
        raise TypeError(f"{obj!r} is not a module, class, or callable.")
    if annotations is None:
        return {}
    if not isinstance(annotations, dict):
        raise ValueError(f"{obj!r}.__annotations__ is neither a dict nor None")
    if not eval_str or not annotations:
        return dict(annotations)
    if wrapped is not None:
        while True:
            if hasattr(wrapped, "__wrapped__"):
                wrapped = wrapped.__wrapped__
            elif isinstance(wrapped, functools.partial):
                wrapped = wrapped.func
            else:
                break
        own_globals = getattr(wrapped, "__globals__", own_globals)
    globals = own_globals if globals is None else globals
    locals = own_locals if locals is None else locals
    return {name: eval(value, globals, locals) if isinstance(value, str) else value
            for name, value in annotations.items()}


# What an object is -------------------------------------------------------------------------

def ismodule(object):
    """Whether this is a module."""
    return isinstance(object, types.ModuleType)


def isclass(object):
    """Whether this is a class."""
    return isinstance(object, type)


def ismethod(object):
    """Whether this is a bound method written in Python."""
    return isinstance(object, types.MethodType)


def ismethoddescriptor(object):
    """Whether this has `__get__` but not `__set__`, as `int.__add__` has.

    False of functions, methods and classes, which have tests of their own that tell more: of a
    method, say, that there is a `__func__`.
    """
    return _has_descriptor_method(object, "__get__") and not hasattr(type(object), "__set__")


def _has_descriptor_method(obj, *slots):
    """Whether the type has one of these methods, and the object is not of a more telling kind."""
    if isinstance(obj, (type, types.MethodType, types.FunctionType)):
        return False
    cls = type(obj)
    return any([hasattr(cls, slot) for slot in slots])


def isdatadescriptor(object):
    """Whether this has `__set__` or `__delete__`.

    So have properties, and the descriptors that isgetsetdescriptor() and ismemberdescriptor()
    know.  Most have a `__name__` and a `__doc__` too, but none needs to.
    """
    return _has_descriptor_method(object, "__set__", "__delete__")


def ismemberdescriptor(object):
    """Whether this gives access to a slot, or to a field of a native object."""
    return isinstance(object, types.MemberDescriptorType)


def isgetsetdescriptor(object):
    """Whether this is a native attribute that is computed."""
    return isinstance(object, types.GetSetDescriptorType)


def isfunction(object):
    """Whether this is a function written in Python, by `def` or `lambda`.

    Such have, besides the attributes of all routines, `__code__`, `__globals__`, `__closure__`,
    `__defaults__`, `__kwdefaults__` and `__annotations__`.
    """
    return isinstance(object, types.FunctionType)


def _plain_function(f):
    """What methods and partial objects call in the end."""
    while isinstance(f, types.MethodType):
        f = f.__func__
    while isinstance(f, functools.partial):
        f = f.func
    return f


def _has_code_flag(f, flag):
    f = _plain_function(f)
    if not isinstance(f, types.FunctionType):
        from _signature import _signature_is_functionlike
        if not _signature_is_functionlike(f):
            return False
    return f.__code__.co_flags & flag != 0


def isgeneratorfunction(obj):
    """Whether a call of this makes a generator."""
    return _has_code_flag(obj, CO_GENERATOR)


# Set as attribute on functions that are to count as coroutine functions.
_is_coroutine_mark = object()


def _has_coroutine_mark(f):
    return getattr(_plain_function(f), "_is_coroutine_marker", None) is _is_coroutine_mark


def markcoroutinefunction(func):
    """Make iscoroutinefunction() true of a function that returns an awaitable; a decorator."""
    function = getattr(func, "__func__", func)
    function._is_coroutine_marker = _is_coroutine_mark
    return function


def iscoroutinefunction(obj):
    """Whether this was defined with `async def` and is no generator, or was marked by
    markcoroutinefunction().
    """
    return _has_code_flag(obj, CO_COROUTINE) or _has_coroutine_mark(obj)


def isasyncgenfunction(obj):
    """Whether this was defined with `async def` and has a `yield`."""
    return _has_code_flag(obj, CO_ASYNC_GENERATOR)


def isasyncgen(object):
    """Whether this is an asynchronous generator."""
    return isinstance(object, types.AsyncGeneratorType)


def isgenerator(object):
    """Whether this is a generator."""
    return isinstance(object, types.GeneratorType)


def iscoroutine(object):
    """Whether this is what a call of an `async def` function gives."""
    return isinstance(object, types.CoroutineType)


def isawaitable(object):
    """Whether `await` takes this."""
    if isinstance(object, types.CoroutineType):
        return True
    if isinstance(object, types.GeneratorType) and object.gi_code.co_flags & CO_ITERABLE_COROUTINE:
        return True
    from collections.abc import Awaitable
    return isinstance(object, Awaitable)


def istraceback(object):
    """Whether this is a traceback: tb_frame, tb_lasti, tb_lineno, and tb_next towards where it
    was raised.
    """
    return isinstance(object, types.TracebackType)


def isframe(object):
    """Whether this is a frame: f_code, f_locals, f_globals, f_builtins, f_lasti, f_lineno,
    f_trace, and f_back, the caller's.
    """
    return isinstance(object, types.FrameType)


def iscode(object):
    """Whether this is a code object."""
    return isinstance(object, types.CodeType)


def isbuiltin(object):
    """Whether this is a native function, or a native method bound to its `__self__`."""
    return isinstance(object, types.BuiltinFunctionType)


def ismethodwrapper(object):
    """Whether this is a native special method that is bound, as `(1).__add__` is."""
    return isinstance(object, types.MethodWrapperType)


def isroutine(object):
    """Whether this is a function or method of any kind."""
    return (isbuiltin(object) or isfunction(object) or ismethod(object)
            or ismethoddescriptor(object) or ismethodwrapper(object))


def isabstract(object):
    """Whether this is a class with methods that are abstract."""
    if not isinstance(object, type):
        return False
    if object.__flags__ & TPFLAGS_IS_ABSTRACT:
        return True
    import abc
    if not issubclass(type(object), abc.ABCMeta) or hasattr(object, "__abstractmethods__"):
        # ABCMeta has been there and would have set the flag.
        return False
    # __init_subclass__() asks before ABCMeta has computed the set.
    inherited = {name for base in object.__bases__
                 for name in getattr(base, "__abstractmethods__", ())}
    candidates = [*vars(object).values(), *[getattr(object, name, None) for name in inherited]]
    return any([getattr(value, "__isabstractmethod__", False) for value in candidates])


# Members -----------------------------------------------------------------------------------

def _names_shown_by_instances(bases):
    """The attributes of these classes that dir() of a class leaves out, with their values."""
    return [(name, value) for base in bases for name, value in base.__dict__.items()
            if isinstance(value, types.DynamicClassAttribute)]


def _getmembers(obj, predicate, getter):
    mro, names = (), dir(obj)
    if isclass(obj):
        mro = getmro(obj)
        names += [name for name, _ in _names_shown_by_instances(obj.__bases__)]
    members = []
    done = set()
    for name in names:
        # A name that comes again was found on the class before; what is meant is the descriptor.
        value = _sentinel
        if name not in done:
            try:
                value = getter(obj, name)
            except AttributeError:
                pass
        if value is _sentinel:
            holders = [base.__dict__ for base in mro if name in base.__dict__]
            if not holders:
                continue
            value = holders[0][name]
        done.add(name)
        if not predicate or predicate(value):
            members.append((name, value))
    members.sort(key=itemgetter(0))
    return members


def getmembers(object, predicate=None):
    """Pairs of name and value of what dir() lists and `predicate`, if given, accepts; sorted."""
    return _getmembers(object, predicate, getattr)


def getmembers_static(object, predicate=None):
    """Like getmembers(), but without running any code of the object, as getattr_static() does.

    So it misses what is computed when it is asked for, and shows descriptors instead of what they
    give.
    """
    return _getmembers(object, predicate, getattr_static)


Attribute = namedtuple("Attribute", "name kind defining_class object")


def _kind_of_attribute(stored, value):
    """What classify_class_attrs() calls an attribute, and which of its two values it shows."""
    for kind, types_of_it in _ATTRIBUTE_KINDS.items():
        if isinstance(stored, types_of_it):
            return kind, stored
    return "method" if isroutine(value) else "data", value


_ATTRIBUTE_KINDS = {
    "static method": (staticmethod, types.BuiltinMethodType),
    "class method": (classmethod, types.ClassMethodDescriptorType),
    "property": property,
}


def classify_class_attrs(cls):
    """An Attribute for each name in dir(cls) whose home can be found.

    Its fields are the name; the kind, which is 'class method', 'static method', 'property',
    'method' for other routines and 'data' for the rest; the class that defines it, maybe a
    metaclass; and the object.  That is what getattr() gives, but what the defining class holds
    if getattr() fails, or for the first three kinds.
    """
    mro = getmro(cls)
    metamro = tuple([meta for meta in getmro(type(cls)) if meta not in (type, object)])
    class_bases = (cls, *mro)
    names = dir(cls) + [name for name, value in _names_shown_by_instances(mro)
                        if value.fget is not None]
    result = []
    done = set()
    for name in names:
        home = found = stored = None
        if name not in done and name != "__dict__":
            try:
                found = getattr(cls, name)
            except Exception:
                pass
            else:
                home = _home_of(cls, name, found, class_bases, metamro)
        holder = next((base for base in class_bases + metamro if name in base.__dict__), None)
        if holder is not None:
            stored = holder.__dict__[name]
            if home not in metamro:
                home = holder
        # A __dir__() may name what is not there.
        if home is not None:
            kind, value = _kind_of_attribute(stored, stored if found is None else found)
            result.append(Attribute(name, kind, home, value))
            done.add(name)
    return result


def _home_of(cls, name, found, class_bases, metamro):
    """The class that the value of an attribute comes from, as far as one can tell."""
    home = getattr(found, "__objclass__", None)
    if home in class_bases:
        return home
    last = None
    for base in class_bases:
        if getattr(base, name, None) is found:
            last = base
    for meta in metamro:
        try:
            value = meta.__getattr__(cls, name)
        except AttributeError:
            continue
        if value is found:
            last = meta
    return last


def getmro(cls):
    """The class and its bases in the order in which attributes are looked up."""
    return cls.__mro__


def unwrap(func, *, stop=None):
    """What `__wrapped__` leads to in the end.

    `stop` is asked about every wrapper on the way and may end the search there; signature(), for
    one, stops at an object with a `__signature__`.  A circle raises ValueError.
    """
    first = func
    # Objects by identity; kept, so that no identity is used twice.
    seen = {id(func): func}
    limit = sys.getrecursionlimit()
    while not isinstance(func, type) and hasattr(func, "__wrapped__"):
        if stop is not None and stop(func):
            break
        func = func.__wrapped__
        if id(func) in seen or len(seen) >= limit:
            raise ValueError(f"wrapper loop when unwrapping {first!r}")
        seen[id(func)] = func
    return func


# Documentation -----------------------------------------------------------------------------

def indentsize(line):
    """How many columns a line is indented by."""
    expanded = line.expandtabs()
    return len(expanded) - len(expanded.lstrip())


def _findclass(func):
    """The class in whose body a function stands, if it can be found by its name."""
    holder = sys.modules.get(func.__module__)
    if holder is not None:
        for name in func.__qualname__.split(".")[:-1]:
            holder = getattr(holder, name)
    return holder if isclass(holder) else None


def _inherited_place(obj):
    """The class and the name by which bases may document the object; None if there are none."""
    if ismethod(obj):
        name, owner = obj.__func__.__name__, obj.__self__
        if isclass(owner) and getattr(getattr(owner, name, None), "__func__") is obj.__func__:
            return owner, name
        return owner.__class__, name
    if isbuiltin(obj):
        name, owner = obj.__name__, obj.__self__
        if isclass(owner) and f"{owner.__qualname__}.{name}" == obj.__qualname__:
            return owner, name
        return owner.__class__, name
    if isfunction(obj) or isinstance(obj, property):
        function = obj.fget if isinstance(obj, property) else obj
        name, cls = function.__name__, _findclass(function)
        return None if cls is None or getattr(cls, name) is not obj else (cls, name)
    if ismethoddescriptor(obj) or isdatadescriptor(obj):
        name, cls = obj.__name__, obj.__objclass__
        return None if getattr(cls, name) is not obj else (cls, name)
    return None


def _inherited_docs(obj):
    """The docstrings that an object without one may take, best first."""
    if isclass(obj):
        for base in obj.__mro__:
            if base is not object:
                yield getattr(base, "__doc__", None)
        return
    place = _inherited_place(obj)
    if place is None:
        return
    cls, name = place
    if ismemberdescriptor(obj):
        slots = getattr(cls, "__slots__", None)
        if isinstance(slots, dict):
            yield slots.get(name)
    for base in cls.__mro__:
        if hasattr(base, name):
            yield getattr(getattr(base, name), "__doc__", None)


def _finddoc(obj):
    return next((doc for doc in _inherited_docs(obj) if doc is not None), None)


def getdoc(object):
    """The docstring of an object, or the one it inherits, cleaned as cleandoc() does; or None."""
    try:
        doc = object.__doc__
        if doc is None:
            doc = _finddoc(object)
    except (AttributeError, TypeError):
        return None
    return cleandoc(doc) if isinstance(doc, str) else None


def cleandoc(doc):
    """A docstring without the indentation that all its lines but the first share.

    Tabs become spaces; empty lines at both ends go.
    """
    try:
        lines = doc.expandtabs().split("\n")
    except UnicodeError:
        return None
    margin = min((len(line) - len(line.lstrip()) for line in lines[1:] if line.lstrip()),
                 default=0)
    lines = [lines[0].lstrip(), *[line[margin:] for line in lines[1:]]]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    return "\n".join(lines)


# Source ------------------------------------------------------------------------------------

def _code_of(obj):
    """The code object behind a method, function, traceback or frame; others come back as they
    are."""
    for kind, attribute in _TOWARDS_CODE:
        if isinstance(obj, kind):
            obj = getattr(obj, attribute)
    return obj


_TOWARDS_CODE = ((types.MethodType, "__func__"), (types.FunctionType, "__code__"),
                 (types.TracebackType, "tb_frame"), (types.FrameType, "f_code"))


def getfile(object):
    """The file, source or compiled, that an object was defined in."""
    if ismodule(object):
        if getattr(object, "__file__", None):
            return object.__file__
        raise TypeError(f"{object!r} is a built-in module")
    if isclass(object):
        if hasattr(object, "__module__"):
            module = sys.modules.get(object.__module__)
            if getattr(module, "__file__", None):
                return module.__file__
            if object.__module__ == "__main__":
                raise OSError("source code not available")
        raise TypeError(f"{object!r} is a built-in class")
    code = _code_of(object)
    if iscode(code):
        return code.co_filename
    raise TypeError("module, class, method, function, traceback, frame, or "
                    f"code object was expected, got {type(object).__name__}")


def getmodulename(path):
    """The name of the module that a file would be, or None if it is none."""
    import importlib.machinery
    name = os.path.basename(path)
    # The longest first, as one may end in another.
    for suffix in sorted(importlib.machinery.all_suffixes(), key=len, reverse=True):
        if name.endswith(suffix):
            return name[:-len(suffix)]
    return None


def getsourcefile(object):
    """The file with an object's source; None if there is no way to the source."""
    filename = getfile(object)
    stem, suffix = os.path.splitext(filename)
    if suffix == ".pyc":
        filename = stem + ".py"
    elif suffix == ".so":
        return None
    if filename in linecache.cache or os.path.exists(filename):
        return filename
    module = getmodule(object, filename)
    if getattr(module, "__loader__", None) is not None:
        return filename
    if getattr(getattr(module, "__spec__", None), "loader", None) is not None:
        return filename
    return None


def getabsfile(object, _filename=None):
    """Where an object comes from, as an absolute path written in one way only."""
    path = getsourcefile(object) or getfile(object) if _filename is None else _filename
    return os.path.normcase(os.path.abspath(path))


modulesbyfile = {}
_filesbymodname = {}


def _note_module_files():
    """Brings the map from files to modules up to date."""
    for name, module in sys.modules.copy().items():
        if ismodule(module) and hasattr(module, "__file__"):
            file = module.__file__
            if file is None or file == _filesbymodname.get(name):
                continue
            _filesbymodname[name] = file
            file = getabsfile(module)
            modulesbyfile[file] = modulesbyfile[os.path.realpath(file)] = module.__name__


def getmodule(object, _filename=None):
    """The module that an object was defined in; None if that cannot be told."""
    if ismodule(object):
        return object
    if hasattr(object, "__module__"):
        return sys.modules.get(object.__module__)
    if _filename is not None and _filename in modulesbyfile:
        return sys.modules.get(modulesbyfile[_filename])
    try:
        file = getabsfile(object, _filename)
    except (TypeError, FileNotFoundError):
        return None
    if file not in modulesbyfile:
        _note_module_files()
    if file in modulesbyfile:
        return sys.modules.get(modulesbyfile[file])
    if hasattr(object, "__name__"):
        for module in (sys.modules["__main__"], builtins):
            if getattr(module, object.__name__, None) is object:
                return module
    return None


class ClassFoundException(Exception):
    """Ends the search for a class."""


def _starts_function(line):
    text = line.lstrip()
    if text.startswith(("def ", "def\t", "@")):
        return True
    if text.startswith("async") and text[5:].lstrip().startswith("def"):
        return True
    before, found, after = line.partition("lambda")
    return (bool(found) and after[:1] in (":", " ", "\t", "\n")
            and not (before[-1:].isalnum() or before[-1:] == "_"))


def findsource(object):
    """All lines of the file that holds an object's source, and the index of its first one.

    The object may be a module, class, method, function, traceback, frame or code object.
    Raises OSError if there is no source.
    """
    file = getsourcefile(object)
    if file:
        linecache.checkcache(file)
    else:
        file = getfile(object)
        # Others may have put such names into linecache.
        if not (file.startswith("<") and file.endswith(">")):
            raise OSError("source code not available")
    module = getmodule(object, file)
    lines = linecache.getlines(file, module.__dict__) if module else linecache.getlines(file)
    if not lines:
        raise OSError("could not get source code")
    if ismodule(object):
        return lines, 0
    if isclass(object):
        from _source_blocks import find_class
        number = find_class(lines, object.__qualname__)
        if number is None:
            raise OSError("could not find class definition")
        return lines, number
    code = _code_of(object)
    if not iscode(code):
        raise OSError("could not find code object")
    number = code.co_firstlineno - 1
    while number > 0:
        if number >= len(lines):
            raise OSError("lineno is out of bounds")
        if _starts_function(lines[number]):
            break
        number -= 1
    return lines, number


def getcomments(object):
    """The comment just above an object's source, or at the top of a module; None if there is no
    such.
    """
    try:
        lines, number = findsource(object)
    except (OSError, TypeError):
        return None
    if ismodule(object):
        start = 1 if lines and lines[0][:2] == "#!" else 0
        while start < len(lines) and lines[start].strip() in ("", "#"):
            start += 1
        end = start
        while end < len(lines) and lines[end][:1] == "#":
            end += 1
        return "".join([line.expandtabs() for line in lines[start:end]]) if end > start else None
    indent = indentsize(lines[number])
    start = number
    while (start > 0 and lines[start - 1].lstrip()[:1] == "#"
           and indentsize(lines[start - 1]) == indent):
        start -= 1
    if start == number:
        return None
    comments = [line.expandtabs().lstrip() for line in lines[start:number]]
    while comments and comments[0].strip() == "#":
        comments.pop(0)
    while comments and comments[-1].strip() == "#":
        comments.pop()
    return "".join(comments)


class EndOfBlock(Exception):
    """Ends the reading of a block."""


class BlockFinder:
    """Reads tokens until a block of code ends; `last` is the number of its last line then.

    A block is a definition with its decorators and body, or a line.
    """

    def __init__(self):
        self.last = 1
        self.indent = 0
        self.body_col0 = None
        self.started = self.indecorator = self.islambda = self.passline = False

    def tokeneater(self, type, token, srowcol, erowcol, line):
        import token as kinds
        row, column = srowcol
        if not (self.started or self.indecorator):
            self.passline = True
            self.indecorator = token == "@"
            self.started = token in ("def", "class", "lambda")
            self.islambda = token == "lambda"
        elif type == kinds.NEWLINE:
            self.last = row
            self.passline = self.indecorator = False
            if self.islambda:
                raise EndOfBlock
        elif not self.passline:
            self._between_statements(type, row, column, erowcol[1], kinds)

    def _between_statements(self, type, row, column, end_column, kinds):
        if type == kinds.INDENT:
            self.indent += 1
            self.passline = True
            if self.started and self.body_col0 is None:
                self.body_col0 = end_column
        elif type == kinds.DEDENT:
            self.indent -= 1
            if self.indent < 1:
                raise EndOfBlock
        elif type == kinds.COMMENT:
            # Belongs to the block if it is indented like it.
            if self.body_col0 is not None and column >= self.body_col0:
                self.last = row
        elif type != kinds.NL and not self.indent:
            raise EndOfBlock


def getblock(lines):
    """Those of the lines that belong to the block that the first one starts."""
    from _source_blocks import block_end
    return lines[:block_end(lines)]


def getsourcelines(object):
    """The lines of an object's source, and the number of the first; 0 for a whole module.

    The object may be a module, class, method, function, traceback, frame or code object.
    Raises OSError if there is no source.
    """
    object = unwrap(object)
    lines, start = findsource(object)
    of_module = ismodule(object)
    if isinstance(object, (types.TracebackType, types.FrameType)):
        of_module = _code_of(object).co_name == "<module>"
    return (lines, 0) if of_module else (getblock(lines[start:]), start + 1)


def getsource(object):
    """The source of an object as one string; see getsourcelines()."""
    return "".join(getsourcelines(object)[0])


# Classes -----------------------------------------------------------------------------------

def walktree(classes, children, parent):
    """What getclasstree() shows below `parent`: these classes, each with what is below it."""
    classes.sort(key=attrgetter("__module__", "__name__"))
    tree = []
    for cls in classes:
        tree.append((cls, cls.__bases__))
        below = children.get(cls)
        if below is not None:
            tree.append(walktree(below, children, cls))
    return tree


def getclasstree(classes, unique=False):
    """The classes as nested lists: pairs of a class and its bases, each followed by the list of
    the classes derived from it, if any.

    A class with several bases stands below each of them; with `unique` below one only.
    """
    children = {}
    roots = []
    for cls in classes:
        if not cls.__bases__:
            if cls not in roots:
                roots.append(cls)
            continue
        for parent in cls.__bases__:
            below = children.setdefault(parent, [])
            if cls not in below:
                below.append(cls)
            if unique and parent in classes:
                break
    roots.extend([parent for parent in children if parent not in classes])
    return walktree(roots, children, None)


# Frames ------------------------------------------------------------------------------------

_Traceback = namedtuple("_Traceback", "filename lineno function code_context index")


class Traceback(_Traceback):
    """Where a frame or traceback stands."""

    def __new__(cls, filename, lineno, function, code_context, index, *, positions=None):
        instance = super().__new__(cls, filename, lineno, function, code_context, index)
        instance.positions = positions
        return instance

    def __repr__(self):
        return (f"Traceback(filename={self.filename!r}, lineno={self.lineno!r}, "
                f"function={self.function!r}, code_context={self.code_context!r}, "
                f"index={self.index!r}, positions={self.positions!r})")


_FrameInfo = namedtuple("_FrameInfo", ("frame", *_Traceback._fields))


class FrameInfo(_FrameInfo):
    """A frame and where it stands."""

    def __new__(cls, frame, filename, lineno, function, code_context, index, *, positions=None):
        instance = super().__new__(cls, frame, filename, lineno, function, code_context, index)
        instance.positions = positions
        return instance

    def __repr__(self):
        return (f"FrameInfo(frame={self.frame!r}, filename={self.filename!r}, "
                f"lineno={self.lineno!r}, function={self.function!r}, "
                f"code_context={self.code_context!r}, index={self.index!r}, "
                f"positions={self.positions!r})")


def getframeinfo(frame, context=1):
    """Where a frame or traceback stands, with `context` lines of source around that line.

    The fields are the file's name, the line's number, the function's name, the lines, and the
    index of the line among them.
    """
    from dis import Positions
    from traceback import _get_code_position
    if istraceback(frame):
        lineno, lasti, frame = frame.tb_lineno, frame.tb_lasti, frame.tb_frame
    elif isframe(frame):
        lineno, lasti = frame.f_lineno, frame.f_lasti
    else:
        raise TypeError(f"{frame!r} is not a frame or traceback object")
    exact, *rest = _get_code_position(frame.f_code, lasti)
    if exact is not None:
        lineno = exact
    filename = getsourcefile(frame) or getfile(frame)
    lines = index = None
    if context > 0:
        try:
            source, _ = findsource(frame)
        except OSError:
            pass
        else:
            start = max(0, min(lineno - 1 - context // 2, len(source) - context))
            lines = source[start:start + context]
            index = lineno - 1 - start
    return Traceback(filename, lineno, frame.f_code.co_name, lines, index,
                     positions=Positions(lineno, *rest))


def getlineno(frame):
    """The line at which a frame is."""
    return frame.f_lineno


def _frame_info(frame, place):
    return FrameInfo(frame, *place, positions=place.positions)


def getouterframes(frame, context=1):
    """A FrameInfo for a frame and each of its callers, the frame first."""
    frames = []
    while frame:
        frames.append(_frame_info(frame, getframeinfo(frame, context)))
        frame = frame.f_back
    return frames


def getinnerframes(tb, context=1):
    """A FrameInfo for each entry of a traceback, the one nearest to the failure last."""
    frames = []
    while tb:
        frames.append(_frame_info(tb.tb_frame, getframeinfo(tb, context)))
        tb = tb.tb_next
    return frames


def currentframe():
    """The caller's frame."""
    return sys._getframe(1)


def stack(context=1):
    """A FrameInfo for the caller and each of its callers."""
    return getouterframes(sys._getframe(1), context)


def trace(context=1):
    """A FrameInfo for each entry of the traceback of the exception that is handled."""
    exc = sys.exception()
    return getinnerframes(None if exc is None else exc.__traceback__, context)


class BufferFlags(enum.IntFlag):
    """What a buffer is asked for."""
    SIMPLE = 0x0
    WRITABLE = 0x1
    FORMAT = 0x4
    ND = 0x8
    STRIDES = 0x10 | ND
    C_CONTIGUOUS = 0x20 | STRIDES
    F_CONTIGUOUS = 0x40 | STRIDES
    ANY_CONTIGUOUS = 0x80 | STRIDES
    INDIRECT = 0x100 | STRIDES
    CONTIG = ND | WRITABLE
    CONTIG_RO = ND
    STRIDED = STRIDES | WRITABLE
    STRIDED_RO = STRIDES
    RECORDS = STRIDES | WRITABLE | FORMAT
    RECORDS_RO = STRIDES | FORMAT
    FULL = INDIRECT | WRITABLE | FORMAT
    FULL_RO = INDIRECT | FORMAT
    READ = 0x100
    WRITE = 0x200
