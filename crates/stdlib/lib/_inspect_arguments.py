"""What `inspect` tells of arguments: which ones code takes, and which values a call gives them."""

__name__ = "inspect"

import builtins
import types
from collections import namedtuple

from _signature import (_KEYWORD_ONLY, _POSITIONAL_ONLY, _POSITIONAL_OR_KEYWORD, _VAR_KEYWORD,
                        _VAR_POSITIONAL, _empty, _from_callable, _ParameterKind,
                        formatannotation)

# Flags of code objects.
_VARARGS, _VARKEYWORDS = 0x4, 0x8

Arguments = namedtuple("Arguments", "args, varargs, varkw", module=__name__)


def getargs(co):
    """The names of a code object's parameters, of its `*args` and of its `**kwargs` or None.

    Those that can only be given by keyword come last in the first list.
    """
    if not isinstance(co, types.CodeType):
        raise TypeError(f"{co!r} is not a code object")
    names = co.co_varnames
    rest = co.co_argcount + co.co_kwonlyargcount
    args = list(names[:rest])
    varargs = varkw = None
    if co.co_flags & _VARARGS:
        varargs = names[rest]
        rest += 1
    if co.co_flags & _VARKEYWORDS:
        varkw = names[rest]
    return Arguments(args, varargs, varkw)


FullArgSpec = namedtuple(
    "FullArgSpec", "args, varargs, varkw, defaults, kwonlyargs, kwonlydefaults, annotations",
    module=__name__)


def getfullargspec(func):
    """The parameters of a callable as lists of names, with defaults and annotations.

    Unlike signature() it lists the first parameter of bound methods and does not look below
    wrappers.
    """
    try:
        sig = _from_callable(func, follow_wrapper_chains=False, skip_bound_arg=False)
    except Exception as error:
        raise TypeError("unsupported callable") from error
    by_kind = {kind: [] for kind in _ParameterKind}
    defaults, kwdefaults, annotations = [], {}, {}
    if sig.return_annotation is not _empty:
        annotations["return"] = sig.return_annotation
    for name, param in sig.parameters.items():
        by_kind[param.kind].append(name)
        if param.default is not _empty:
            if param.kind is _KEYWORD_ONLY:
                kwdefaults[name] = param.default
            else:
                defaults.append(param.default)
        if param.annotation is not _empty:
            annotations[name] = param.annotation
    varargs, varkw = by_kind[_VAR_POSITIONAL], by_kind[_VAR_KEYWORD]
    return FullArgSpec(by_kind[_POSITIONAL_ONLY] + by_kind[_POSITIONAL_OR_KEYWORD],
                       varargs[0] if varargs else None, varkw[0] if varkw else None,
                       tuple(defaults) or None, by_kind[_KEYWORD_ONLY], kwdefaults or None,
                       annotations)


ArgInfo = namedtuple("ArgInfo", "args varargs keywords locals", module=__name__)


def getargvalues(frame):
    """The names of a frame's parameters as getargs() gives them, and its local variables."""
    return ArgInfo(*getargs(frame.f_code), frame.f_locals)


def formatannotationrelativeto(object):
    """A function that formats annotations without the name of the object's module."""
    module = getattr(object, "__module__", None)

    def _formatannotation(annotation):
        return formatannotation(annotation, module)
    return _formatannotation


def formatargvalues(args, varargs, varkw, locals,
                    formatarg=str,
                    formatvarargs=lambda name: "*" + name,
                    formatvarkw=lambda name: "**" + name,
                    formatvalue=lambda value: "=" + repr(value)):
    """What getargvalues() gives as the text of a call, each part formatted by one of the
    functions.
    """
    specs = [formatarg(name) + formatvalue(locals[name]) for name in args]
    if varargs:
        specs.append(formatvarargs(varargs) + formatvalue(locals[varargs]))
    if varkw:
        specs.append(formatvarkw(varkw) + formatvalue(locals[varkw]))
    return f"({', '.join(specs)})"


def _missing_arguments(f_name, argnames, pos, values):
    names = [repr(name) for name in argnames if name not in values]
    if len(names) > 2:
        text = f"{', '.join(names[:-2])}, {names[-2]} and {names[-1]}"
    else:
        text = " and ".join(names)
    raise TypeError(f"{f_name}() missing {len(names)} required "
                    f"{'positional' if pos else 'keyword-only'} "
                    f"argument{'' if len(names) == 1 else 's'}: {text}")


def _too_many(f_name, args, kwonly, varargs, defcount, given, values):
    required = len(args) - defcount
    by_name = len([name for name in kwonly if name in values])
    if varargs:
        plural, takes = required != 1, f"at least {required}"
    elif defcount:
        plural, takes = True, f"from {required} to {len(args)}"
    else:
        plural, takes = len(args) != 1, str(len(args))
    also = ""
    if by_name:
        also = (f" positional argument{'s' if given != 1 else ''} (and {by_name} keyword-only "
                f"argument{'s' if by_name != 1 else ''})")
    raise TypeError(f"{f_name}() takes {takes} positional argument{'s' if plural else ''} but "
                    f"{given}{also} {'was' if given == 1 and not by_name else 'were'} given")


def getcallargs(func, /, *positional, **named):
    """The value of each parameter if `func` were called so, `*args` and `**kwargs` among them."""
    args, varargs, varkw, defaults, kwonly, kwdefaults, _ = getfullargspec(func)
    f_name = func.__name__
    defaults = defaults or ()
    if isinstance(func, types.MethodType) and func.__self__ is not None:
        positional = (func.__self__, *positional)
    values = dict(zip(args, positional))
    if varargs:
        values[varargs] = tuple(positional[len(args):])
    if varkw:
        values[varkw] = {}
    known = {*args, *kwonly}
    for name, value in named.items():
        if name not in known:
            if not varkw:
                raise TypeError(f"{f_name}() got an unexpected keyword argument {name!r}")
            values[varkw][name] = value
        elif name in values:
            raise TypeError(f"{f_name}() got multiple values for argument {name!r}")
        else:
            values[name] = value
    if len(positional) > len(args) and not varargs:
        _too_many(f_name, args, kwonly, varargs, len(defaults), len(positional), values)
    required = args[:len(args) - len(defaults)]
    if any(name not in values for name in required):
        _missing_arguments(f_name, required, True, values)
    for name, default in zip(args[len(required):], defaults):
        values.setdefault(name, default)
    for name, default in (kwdefaults or {}).items():
        values.setdefault(name, default)
    if any(name not in values for name in kwonly):
        _missing_arguments(f_name, kwonly, False, values)
    return values


ClosureVars = namedtuple("ClosureVars", "nonlocals globals builtins unbound", module=__name__)


def getclosurevars(func):
    """The values of the names that a function takes from around it, sorted by where they come
    from: enclosing functions, the module, builtins; and the names found nowhere."""
    func = func.__func__ if isinstance(func, types.MethodType) else func
    if not isinstance(func, types.FunctionType):
        raise TypeError(f"{func!r} is not a Python function")
    code, scope = func.__code__, func.__globals__
    builtin_scope = scope.get("__builtins__", builtins.__dict__)
    if isinstance(builtin_scope, types.ModuleType):
        builtin_scope = vars(builtin_scope)
    cells = zip(code.co_freevars, func.__closure__ or ())
    found = ClosureVars({name: cell.cell_contents for name, cell in cells}, {}, {}, set())
    for name in code.co_names:
        # The three were ordinary names once.
        if name in ("None", "True", "False"):
            continue
        if name in scope:
            found.globals[name] = scope[name]
        elif name in builtin_scope:
            found.builtins[name] = builtin_scope[name]
        else:
            found.unbound.add(name)
    return found
