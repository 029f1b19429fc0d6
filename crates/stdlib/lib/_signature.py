"""The signatures of `inspect`: Parameter, BoundArguments, Signature, and how a callable gets one.

`_from_callable` asks in this order: a bound method's function, what a wrapper wraps, the attribute
`__signature__`, partial objects, Python functions, natives (by their text signature, which is
compiled as the head of a function), classes (by metaclass, `__new__`, `__init__`) and at last
objects with `__call__`.
"""

import enum
import functools
import sys
import types
from collections import OrderedDict
from keyword import iskeyword


class _void:
    """A private marker - used in Parameter & Signature."""


class _empty:
    """Marker object for Signature.empty and Parameter.empty."""


_void.__module__ = _empty.__module__ = "inspect"


class _ParameterKind(enum.IntEnum):
    POSITIONAL_ONLY = "positional-only"
    POSITIONAL_OR_KEYWORD = "positional or keyword"
    VAR_POSITIONAL = "variadic positional"
    KEYWORD_ONLY = "keyword-only"
    VAR_KEYWORD = "variadic keyword"

    def __new__(cls, description):
        value = len(cls.__members__)
        member = int.__new__(cls, value)
        member._value_ = value
        member.description = description
        return member

    def __str__(self):
        return self.name


_ParameterKind.__module__ = "inspect"
_POSITIONAL_ONLY, _POSITIONAL_OR_KEYWORD, _VAR_POSITIONAL, _KEYWORD_ONLY, _VAR_KEYWORD = \
    _ParameterKind


def formatannotation(annotation, base_module=None):
    """An annotation as source shows it."""
    if getattr(annotation, "__module__", None) == "typing":
        return _without_typing(repr(annotation))
    if isinstance(annotation, types.GenericAlias):
        return str(annotation)
    if isinstance(annotation, type):
        if annotation.__module__ in ("builtins", base_module):
            return annotation.__qualname__
        return f"{annotation.__module__}.{annotation.__qualname__}"
    return repr(annotation)


def _without_typing(text):
    """Drops `typing.` where a dotted name starts with it."""
    parts = text.split("typing.")
    kept = parts[0]
    for part in parts[1:]:
        if kept and (kept[-1].isalnum() or kept[-1] in "_."):
            kept += "typing."
        kept += part
    return kept


class Parameter:
    """A parameter of a function: `name`, `kind`, and `default` and `annotation`, which are
    `Parameter.empty` if there is none.

    The kind is POSITIONAL_ONLY, POSITIONAL_OR_KEYWORD, VAR_POSITIONAL (`*args`), KEYWORD_ONLY
    or VAR_KEYWORD (`**kwargs`).
    """

    __slots__ = ("_name", "_kind", "_default", "_annotation")
    __module__ = "inspect"

    POSITIONAL_ONLY = _POSITIONAL_ONLY
    POSITIONAL_OR_KEYWORD = _POSITIONAL_OR_KEYWORD
    VAR_POSITIONAL = _VAR_POSITIONAL
    KEYWORD_ONLY = _KEYWORD_ONLY
    VAR_KEYWORD = _VAR_KEYWORD

    empty = _empty

    def __init__(self, name, kind, *, default=_empty, annotation=_empty):
        try:
            self._kind = _ParameterKind(kind)
        except ValueError:
            raise ValueError(f"value {kind!r} is not a valid Parameter.kind")
        if default is not _empty and self._kind in (_VAR_POSITIONAL, _VAR_KEYWORD):
            raise ValueError(f"{self._kind.description} parameters cannot have default values")
        self._default = default
        self._annotation = annotation
        if name is _empty:
            raise ValueError("name is a required attribute for Parameter")
        if not isinstance(name, str):
            raise TypeError(f"name must be a str, not a {type(name).__name__}")
        if name[:1] == "." and name[1:].isdigit():
            # The iterator that a comprehension gets.
            if self._kind != _POSITIONAL_OR_KEYWORD:
                raise ValueError("implicit arguments must be passed as positional or keyword "
                                 f"arguments, not {self._kind.description}")
            self._kind = _POSITIONAL_ONLY
            name = f"implicit{name[1:]}"
        reserved = iskeyword(name) and self._kind is not _POSITIONAL_ONLY
        if reserved or not name.isidentifier():
            raise ValueError(f"{name!r} is not a valid parameter name")
        self._name = name

    def __reduce__(self):
        return (type(self), (self._name, self._kind),
                {"_default": self._default, "_annotation": self._annotation})

    def __setstate__(self, state):
        self._default = state["_default"]
        self._annotation = state["_annotation"]

    @property
    def name(self):
        return self._name

    @property
    def default(self):
        return self._default

    @property
    def annotation(self):
        return self._annotation

    @property
    def kind(self):
        return self._kind

    def replace(self, *, name=_void, kind=_void, annotation=_void, default=_void):
        """The same parameter but for what is given."""
        return type(self)(
            self._name if name is _void else name,
            self._kind if kind is _void else kind,
            default=self._default if default is _void else default,
            annotation=self._annotation if annotation is _void else annotation)

    def __str__(self):
        text = self._name
        if self._annotation is not _empty:
            text = f"{text}: {formatannotation(self._annotation)}"
        if self._default is not _empty:
            equals = " = " if self._annotation is not _empty else "="
            text = f"{text}{equals}{self._default!r}"
        if self._kind == _VAR_POSITIONAL:
            return "*" + text
        if self._kind == _VAR_KEYWORD:
            return "**" + text
        return text

    def __repr__(self):
        return f'<{self.__class__.__name__} "{self}">'

    def __hash__(self):
        return hash((self._name, self._kind, self._annotation, self._default))

    def __eq__(self, other):
        if not isinstance(other, Parameter):
            return NotImplemented
        return self is other or (
            self._name == other._name and self._kind == other._kind
            and self._default == other._default and self._annotation == other._annotation)


class BoundArguments:
    """The arguments of a call by parameter: what Signature.bind() gives.

    `arguments` is a dictionary without those left to their defaults, and may be changed; `args`
    and `kwargs` are what to call the function with.
    """

    __slots__ = ("arguments", "_signature", "__weakref__")
    __module__ = "inspect"

    def __init__(self, signature, arguments):
        self.arguments = arguments
        self._signature = signature

    @property
    def signature(self):
        return self._signature

    def _is_by_name(self, param):
        """Whether an argument cannot be positional: by its kind, or as it is not given."""
        return param.kind in (_VAR_KEYWORD, _KEYWORD_ONLY) or param.name not in self.arguments

    @property
    def args(self):
        args = []
        for param in self._signature.parameters.values():
            if self._is_by_name(param):
                break
            value = self.arguments[param.name]
            args += value if param.kind == _VAR_POSITIONAL else (value,)
        return tuple(args)

    @property
    def kwargs(self):
        kwargs = {}
        # After a gap among the positional ones the rest goes by name.
        by_name = False
        for name, param in self._signature.parameters.items():
            by_name = by_name or self._is_by_name(param)
            if by_name and name in self.arguments:
                value = self.arguments[name]
                kwargs.update(value if param.kind == _VAR_KEYWORD else {name: value})
        return kwargs

    def apply_defaults(self):
        """Adds what is missing: defaults, () for `*args` and {} for `**kwargs`."""
        complete = []
        for name, param in self._signature.parameters.items():
            if name in self.arguments:
                value = self.arguments[name]
            elif param.default is not _empty:
                value = param.default
            elif param.kind is _VAR_POSITIONAL:
                value = ()
            elif param.kind is _VAR_KEYWORD:
                value = {}
            else:
                # bind_partial() may leave one without a default.
                continue
            complete.append((name, value))
        self.arguments = dict(complete)

    def __eq__(self, other):
        if not isinstance(other, BoundArguments):
            return NotImplemented
        return self is other or (
            self.signature == other.signature and self.arguments == other.arguments)

    def __setstate__(self, state):
        self._signature = state["_signature"]
        self.arguments = state["arguments"]

    def __getstate__(self):
        return {"_signature": self._signature, "arguments": self.arguments}

    def __repr__(self):
        args = ", ".join([f"{name}={value!r}" for name, value in self.arguments.items()])
        return f"<{self.__class__.__name__} ({args})>"


class Signature:
    """How a callable is called: its `parameters` by name, in order, and its
    `return_annotation`, which is `Signature.empty` if there is none.
    """

    __slots__ = ("_return_annotation", "_parameters")
    __module__ = "inspect"

    _parameter_cls = Parameter
    _bound_arguments_cls = BoundArguments

    empty = _empty

    def __init__(self, parameters=None, *, return_annotation=_empty,
                 __validate_parameters__=True):
        """Of Parameter objects in the order that a `def` demands."""
        if parameters is None:
            checked = {}
        elif __validate_parameters__:
            checked = _in_order(parameters)
        else:
            checked = {param.name: param for param in parameters}
        self._parameters = types.MappingProxyType(OrderedDict(checked))
        self._return_annotation = return_annotation

    @classmethod
    def from_callable(cls, obj, *,
                      follow_wrapped=True, globals=None, locals=None, eval_str=False):
        """The signature of a callable; see signature()."""
        return _from_callable(obj, sigcls=cls, follow_wrapper_chains=follow_wrapped,
                              globals=globals, locals=locals, eval_str=eval_str)

    @property
    def parameters(self):
        return self._parameters

    @property
    def return_annotation(self):
        return self._return_annotation

    def replace(self, *, parameters=_void, return_annotation=_void):
        """The same signature but for what is given."""
        return type(self)(
            self.parameters.values() if parameters is _void else parameters,
            return_annotation=(
                self._return_annotation if return_annotation is _void else return_annotation))

    def _hash_basis(self):
        """What two signatures must have in common: keyword-only parameters in any order."""
        params = tuple([param for param in self.parameters.values()
                        if param.kind != _KEYWORD_ONLY])
        by_name = {param.name: param for param in self.parameters.values()
                   if param.kind == _KEYWORD_ONLY}
        return params, by_name, self.return_annotation

    def __hash__(self):
        params, by_name, result = self._hash_basis()
        return hash((params, frozenset(by_name.values()), result))

    def __eq__(self, other):
        if not isinstance(other, Signature):
            return NotImplemented
        return self is other or self._hash_basis() == other._hash_basis()

    def _bind(self, args, kwargs, *, partial=False):
        """What bind() gives, or bind_partial() if `partial`; empties `kwargs`."""
        arguments = {}
        params = iter(self.parameters.values())
        # Those that the positional arguments leave.
        rest = []
        values = iter(args)
        for value in values:
            param = next(params, None)
            if param is None or param.kind in (_VAR_KEYWORD, _KEYWORD_ONLY):
                raise TypeError("too many positional arguments") from None
            if param.kind == _VAR_POSITIONAL:
                arguments[param.name] = (value, *values)
                break
            if param.name in kwargs and param.kind != _POSITIONAL_ONLY:
                raise TypeError(f"multiple values for argument {param.name!r}") from None
            arguments[param.name] = value
        else:
            rest = self._after_positional(params, kwargs, partial)
        rest = [*rest, *params]
        var_keyword = None
        for param in rest:
            if param.kind == _VAR_KEYWORD:
                var_keyword = param
                continue
            if param.kind == _VAR_POSITIONAL:
                continue
            name = param.name
            if name in kwargs and param.kind == _POSITIONAL_ONLY:
                continue
            if name in kwargs:
                arguments[name] = kwargs.pop(name)
            elif not partial and param.default is _empty:
                raise TypeError(f"missing a required argument: {name!r}")
        if kwargs:
            if var_keyword is None:
                raise TypeError(f"got an unexpected keyword argument {next(iter(kwargs))!r}")
            arguments[var_keyword.name] = kwargs
        return self._bound_arguments_cls(self, arguments)

    def _after_positional(self, params, kwargs, partial):
        """Checks the parameters behind the last positional argument up to the first that may go
        by name, which is given back."""
        for param in params:
            if param.kind == _VAR_POSITIONAL:
                return ()
            if param.name in kwargs:
                if param.kind == _POSITIONAL_ONLY:
                    raise TypeError(f"{param.name!r} parameter is positional only, "
                                    f"but was passed as a keyword")
                return (param,)
            if param.kind == _VAR_KEYWORD or param.default is not _empty or partial:
                if param.kind == _POSITIONAL_ONLY:
                    continue
                return (param,)
            kind = " keyword-only" if param.kind == _KEYWORD_ONLY else ""
            raise TypeError(f"missing a required{kind} argument: {param.name!r}") from None
        return ()

    def bind(self, /, *args, **kwargs):
        """Which parameter gets which argument in such a call; TypeError if it would fail."""
        return self._bind(args, kwargs)

    def bind_partial(self, /, *args, **kwargs):
        """Like bind(), but arguments may be missing."""
        return self._bind(args, kwargs, partial=True)

    def __reduce__(self):
        return (type(self), (tuple(self._parameters.values()),),
                {"_return_annotation": self._return_annotation})

    def __setstate__(self, state):
        self._return_annotation = state["_return_annotation"]

    def __repr__(self):
        return f"<{self.__class__.__name__} {self}>"

    def __str__(self):
        params = self.parameters.values()
        kinds = [param.kind for param in params]
        texts = [str(param) for param in params]
        # The mark that comes later first, so that the place of the other stays.
        if _KEYWORD_ONLY in kinds and _VAR_POSITIONAL not in kinds:
            texts.insert(kinds.index(_KEYWORD_ONLY), "*")
        if _POSITIONAL_ONLY in kinds:
            texts.insert(kinds.count(_POSITIONAL_ONLY), "/")
        text = f"({', '.join(texts)})"
        if self.return_annotation is not _empty:
            text += f" -> {formatannotation(self.return_annotation)}"
        return text


def _in_order(parameters):
    """The parameters by name, if they can stand in this order."""
    found = {}
    highest = _POSITIONAL_ONLY
    seen_default = False
    for param in parameters:
        if param.kind < highest:
            raise ValueError(f"wrong parameter order: {highest.description} parameter before "
                             f"{param.kind.description} parameter")
        highest = param.kind
        if param.kind in (_POSITIONAL_ONLY, _POSITIONAL_OR_KEYWORD):
            if param.default is not _empty:
                seen_default = True
            elif seen_default:
                raise ValueError("non-default argument follows default argument")
        if param.name in found:
            raise ValueError(f"duplicate parameter name: {param.name!r}")
        found[param.name] = param
    return found


# From callables ----------------------------------------------------------------------------

_NATIVE_TYPES = (types.BuiltinFunctionType, types.MethodWrapperType, types.WrapperDescriptorType,
                 types.MethodDescriptorType, types.ClassMethodDescriptorType)
_NON_USER_DEFINED = (types.WrapperDescriptorType, types.MethodWrapperType,
                     types.ClassMethodDescriptorType, types.BuiltinFunctionType)


def _signature_is_builtin(obj):
    """Whether a text signature is all there is to ask."""
    return (isinstance(obj, _NATIVE_TYPES)
            or (not isinstance(obj, type) and type(obj).__name__ == "builtin_function_or_method")
            # The classes whose methods are native.
            or obj in (type, object))


def _signature_is_functionlike(obj):
    """Whether an object looks like a Python function without being one."""
    if not callable(obj) or isinstance(obj, type):
        return False
    code = getattr(obj, "__code__", None)
    defaults = getattr(obj, "__defaults__", _void)
    kwdefaults = getattr(obj, "__kwdefaults__", _void)
    return (isinstance(code, types.CodeType) and isinstance(getattr(obj, "__name__", None), str)
            and (defaults is None or isinstance(defaults, tuple))
            and (kwdefaults is None or isinstance(kwdefaults, dict))
            and (isinstance(getattr(obj, "__annotations__", None), dict)
                 or getattr(obj, "__annotations__", None) is None))


def _bound_signature(sig):
    """The signature without the first parameter, which a method's object fills."""
    params = tuple(sig.parameters.values())
    if not params or params[0].kind in (_VAR_KEYWORD, _KEYWORD_ONLY):
        raise ValueError("invalid method signature")
    kind = params[0].kind
    if kind in (_POSITIONAL_OR_KEYWORD, _POSITIONAL_ONLY):
        params = params[1:]
    elif kind is not _VAR_POSITIONAL:
        raise ValueError("invalid argument type")
    return sig.replace(parameters=params)


def _partial_signature(wrapped_sig, partial, extra_args=()):
    """What parameters a partial object leaves."""
    old = wrapped_sig.parameters
    new = dict(old.items())
    args = partial.args or ()
    keywords = partial.keywords or {}
    if extra_args:
        args = extra_args + args
    try:
        bound = wrapped_sig.bind_partial(*args, **keywords)
    except TypeError as error:
        raise ValueError(f"partial object {partial!r} has incorrect arguments") from error
    keyword_only = False
    for name, param in old.items():
        if name in bound.arguments:
            value = bound.arguments[name]
            if param.kind is _POSITIONAL_ONLY:
                new.pop(name)
                continue
            if param.kind is _POSITIONAL_OR_KEYWORD:
                if name in keywords:
                    # It can be given another value, but by name only, as those that follow.
                    keyword_only = True
                    new[name] = param.replace(default=value)
                else:
                    new.pop(name)
                    continue
            elif param.kind is _KEYWORD_ONLY:
                new[name] = param.replace(default=value)
        if keyword_only:
            if param.kind is _POSITIONAL_OR_KEYWORD:
                moved = new[name].replace(kind=_KEYWORD_ONLY)
                new.pop(name)
                new[name] = moved
            elif param.kind in (_KEYWORD_ONLY, _VAR_KEYWORD):
                new[name] = new.pop(name)
            elif param.kind is _VAR_POSITIONAL:
                new.pop(name)
    return wrapped_sig.replace(parameters=new.values())


def _from_function(cls, func, skip_bound_arg=True, globals=None, locals=None, eval_str=False):
    from inspect import get_annotations
    is_duck = False
    if not isinstance(func, types.FunctionType):
        if not _signature_is_functionlike(func):
            raise TypeError(f"{func!r} is not a Python function")
        is_duck = True
    text = getattr(func, "__text_signature__", None)
    if text:
        return _from_text(cls, func, text, skip_bound_arg)
    make = cls._parameter_cls
    code = func.__code__
    names = code.co_varnames
    positional = code.co_argcount
    keyword_end = positional + code.co_kwonlyargcount
    annotations = get_annotations(func, globals=globals, locals=locals, eval_str=eval_str)
    defaults = func.__defaults__ or ()
    kwdefaults = func.__kwdefaults__ or {}
    first_default = positional - len(defaults)
    params = []
    for i, name in enumerate(names[:positional]):
        params.append(make(
            name, annotation=annotations.get(name, _empty),
            kind=_POSITIONAL_ONLY if i < code.co_posonlyargcount else _POSITIONAL_OR_KEYWORD,
            default=_empty if i < first_default else defaults[i - first_default]))
    rest = keyword_end
    if code.co_flags & 0x04:
        name = names[rest]
        rest += 1
        params.append(make(name, annotation=annotations.get(name, _empty), kind=_VAR_POSITIONAL))
    for name in names[positional:keyword_end]:
        params.append(make(name, annotation=annotations.get(name, _empty), kind=_KEYWORD_ONLY,
                           default=kwdefaults.get(name, _empty)))
    if code.co_flags & 0x08:
        name = names[rest]
        params.append(make(name, annotation=annotations.get(name, _empty), kind=_VAR_KEYWORD))
    return cls(params, return_annotation=annotations.get("return", _empty),
               __validate_parameters__=is_duck)


def _from_text(cls, obj, text, skip_bound_arg=True):
    """A signature from a native's text signature, where `$` marks the bound parameter."""
    invalid = ValueError(f"{obj!r} builtin has invalid signature")
    self_parameter = "$" in text
    module_name = getattr(obj, "__module__", None)
    module = sys.modules.get(module_name) if module_name else None
    scope = dict(sys.modules)
    if module is not None:
        scope.update(vars(module))
    head, arrow, _ = text.partition(" -> ")
    try:
        # Python itself reads the head of a function best.
        exec(f"def _{head.replace('$', '')}: pass", scope)
    except Exception:
        raise invalid from None
    params = list(_from_function(cls, scope["_"]).parameters.values())
    if self_parameter and params:
        bound_to = getattr(obj, "__self__", None)
        # Functions of modules hide theirs, those too that were made before their module.
        of_module = text.startswith("($module") or isinstance(bound_to, types.ModuleType)
        if of_module or bound_to is not None and skip_bound_arg:
            params.pop(0)
        else:
            params[0] = params[0].replace(kind=_POSITIONAL_ONLY)
    return cls(params)


def _from_builtin(cls, func, skip_bound_arg=True):
    text = getattr(func, "__text_signature__", None)
    if not text:
        raise ValueError(f"no signature found for builtin {func!r}")
    return _from_text(cls, func, text, skip_bound_arg)


def _user_defined(cls, name):
    """A method of a class that is written in Python, or None."""
    method = getattr(cls, name, None)
    if method is None or isinstance(method, _NON_USER_DEFINED):
        return None
    return method


def _from_callable(obj, *, follow_wrapper_chains=True, skip_bound_arg=True,
                   globals=None, locals=None, eval_str=False, sigcls=Signature):
    from inspect import unwrap

    def again(obj):
        return _from_callable(obj, follow_wrapper_chains=follow_wrapper_chains,
                              skip_bound_arg=skip_bound_arg, globals=globals, locals=locals,
                              eval_str=eval_str, sigcls=sigcls)

    if not callable(obj):
        raise TypeError(f"{obj!r} is not a callable object")
    if isinstance(obj, types.MethodType):
        sig = again(obj.__func__)
        return _bound_signature(sig) if skip_bound_arg else sig
    if follow_wrapper_chains:
        obj = unwrap(obj, stop=lambda f: hasattr(f, "__signature__")
                     or isinstance(f, types.MethodType))
        if isinstance(obj, types.MethodType):
            return again(obj)
    sig = getattr(obj, "__signature__", None)
    if sig is not None:
        # Enumerations compute theirs.
        given = sig() if not isinstance(sig, (Signature, str)) and callable(sig) else sig
        if isinstance(given, str):
            return _from_text(sigcls, obj, given)
        if not isinstance(given, Signature):
            raise TypeError(f"unexpected object {sig!r} in __signature__ attribute")
        return given
    partial_method = getattr(obj, "_partialmethod", None)
    if isinstance(partial_method, functools.partialmethod):
        wrapped = again(partial_method.func)
        sig = _partial_signature(wrapped, partial_method, (None,))
        first = tuple(wrapped.parameters.values())[0]
        if first.kind is _VAR_POSITIONAL:
            return sig
        params = tuple(sig.parameters.values())
        assert not params or first is not params[0]
        return sig.replace(parameters=(first, *params))
    if isinstance(obj, types.FunctionType) or _signature_is_functionlike(obj):
        return _from_function(sigcls, obj, skip_bound_arg=skip_bound_arg, globals=globals,
                              locals=locals, eval_str=eval_str)
    if _signature_is_builtin(obj):
        return _from_builtin(sigcls, obj, skip_bound_arg=skip_bound_arg)
    if isinstance(obj, functools.partial):
        return _partial_signature(again(obj.func), obj)
    if isinstance(obj, type):
        sig = _of_class(obj, again, sigcls)
        if sig is not None and not isinstance(sig, Signature):
            return sig[0]
    else:
        call = _user_defined(type(obj), "__call__")
        if call is None:
            sig = None
        else:
            try:
                sig = again(call)
            except ValueError as error:
                raise ValueError(f"no signature found for {obj!r}") from error
    if sig is not None:
        return _bound_signature(sig) if skip_bound_arg else sig
    if isinstance(obj, types.BuiltinFunctionType):
        raise ValueError(f"no signature found for builtin function {obj!r}")
    raise ValueError(f"callable {obj!r} is not supported by signature")


def _of_class(cls, again, sigcls):
    """The signature with the object as first parameter; in a tuple if it is without."""
    call = _user_defined(type(cls), "__call__")
    if call is not None:
        return again(call)
    new = _user_defined(cls, "__new__")
    init = _user_defined(cls, "__init__")
    # What stands first in the order of bases decides, and of one class __new__.
    for base in cls.__mro__:
        if new is not None and "__new__" in base.__dict__:
            return again(new)
        if init is not None and "__init__" in base.__dict__:
            return again(init)
    for base in cls.__mro__[:-1]:
        # A property on the class would not be meant.
        try:
            text = base.__text_signature__
        except AttributeError:
            continue
        if text:
            return (_from_text(sigcls, cls, text),)
    if type not in cls.__mro__:
        if cls.__init__ is object.__init__ and cls.__new__ is object.__new__:
            return (sigcls.from_callable(object),)
        raise ValueError(f"no signature found for builtin type {cls!r}")
    return None


def signature(obj, *, follow_wrapped=True, globals=None, locals=None, eval_str=False):
    """The signature of a callable.

    Wrappers give that of what they wrap if `follow_wrapped`.  With `eval_str` annotations that
    are strings are evaluated, as by get_annotations().
    """
    return Signature.from_callable(obj, follow_wrapped=follow_wrapped,
                                   globals=globals, locals=locals, eval_str=eval_str)


signature.__module__ = formatannotation.__module__ = "inspect"
