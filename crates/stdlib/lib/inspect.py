"""What live objects tell of themselves: their kind, members, source, parameters and frames.

Here are annotations, members and docstrings, frames and tracebacks.  Tests of what an object is
(`is...`) are in `_inspect_kinds`, files and source text in `_inspect_source`, with the search for
blocks in `_source_blocks`.  Signatures are made in `_signature`, other questions about arguments
are answered in `_inspect_arguments`, and attributes without side effects and the states of
generators are in `_inspect_states`.
"""

import enum
import functools
import sys
import types
from collections import namedtuple
from operator import attrgetter, itemgetter

from _inspect_arguments import (
    ArgInfo, Arguments, ClosureVars, FullArgSpec, formatannotationrelativeto, formatargvalues,
    getargs, getargvalues, getcallargs, getclosurevars, getfullargspec)
from _inspect_kinds import (
    CO_ASYNC_GENERATOR, CO_COROUTINE, CO_GENERATOR, CO_ITERABLE_COROUTINE, CO_NESTED,
    CO_NEWLOCALS, CO_NOFREE, CO_OPTIMIZED, CO_VARARGS, CO_VARKEYWORDS, TPFLAGS_IS_ABSTRACT,
    _has_code_flag, _has_coroutine_mark, isabstract, isasyncgen, isasyncgenfunction,
    isawaitable, isbuiltin, isclass, iscode, iscoroutine, iscoroutinefunction,
    isdatadescriptor, isframe, isfunction, isgenerator, isgeneratorfunction,
    isgetsetdescriptor, ismemberdescriptor, ismethod, ismethoddescriptor, ismethodwrapper,
    ismodule, isroutine, istraceback, markcoroutinefunction)
from _inspect_source import (
    BlockFinder, ClassFoundException, EndOfBlock, _filesbymodname, findsource, getabsfile,
    getblock, getcomments, getfile, getmodule, getmodulename, getsource, getsourcefile,
    getsourcelines, indentsize, modulesbyfile, unwrap)
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


# Documentation -----------------------------------------------------------------------------

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
    SIMPLE, WRITABLE, FORMAT, ND = 0, 1, 4, 8
    STRIDES = ND | 0x10
    C_CONTIGUOUS, F_CONTIGUOUS, ANY_CONTIGUOUS, INDIRECT = (
        STRIDES | 0x20, STRIDES | 0x40, STRIDES | 0x80, STRIDES | 0x100)
    # What is usually asked for together; RO is for what is only read.
    CONTIG, CONTIG_RO = ND | WRITABLE, ND
    STRIDED, STRIDED_RO = STRIDES | WRITABLE, STRIDES
    RECORDS, RECORDS_RO = STRIDED | FORMAT, STRIDES | FORMAT
    FULL, FULL_RO = INDIRECT | WRITABLE | FORMAT, INDIRECT | FORMAT
    READ, WRITE = 0x100, 0x200


# The command line --------------------------------------------------------------------------

def _details(name, module, object):
    """What is known about where a module and something in it come from."""
    yield f"Target: {name}"
    yield f"Origin: {getsourcefile(module)}"
    yield f"Cached: {module.__cached__}"
    if object is not module:
        yield f"Line: {findsource(object)[1]}"
        return
    yield f"Loader: {module.__loader__!r}"
    if hasattr(module, "__path__"):
        yield f"Submodule search path: {module.__path__}"


def _main():
    """Shows the source of a module, or of something in it, or where it comes from."""
    import argparse
    parser = argparse.ArgumentParser()
    parser.add_argument("object", help="The object to be analysed. It supports the "
                                       "'module:qualname' syntax")
    parser.add_argument("-d", "--details", action="store_true",
                        help="Display info about the module rather than its source code")
    options = parser.parse_args()
    name, _, path = options.object.partition(":")
    try:
        __import__(name)
    except Exception as error:
        print(f"Failed to import {name} ({type(error).__name__}: {error})", file=sys.stderr)
        sys.exit(2)
    object = module = sys.modules[name]
    for part in path.split(".") if path else ():
        object = getattr(object, part)
    if module.__name__ in sys.builtin_module_names:
        print("Can't get info for builtin modules.", file=sys.stderr)
        sys.exit(1)
    if not options.details:
        print(getsource(object))
        return
    for line in _details(options.object, module, object):
        print(line)
    print("\n")


if __name__ == "__main__":
    _main()
