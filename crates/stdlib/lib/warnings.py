"""Python part of the warnings subsystem.

A warning runs through `warn` (which finds the line to blame), `warn_explicit` (which asks the
filters what to do) and `_showwarnmsg` (which prints it, through the hooks that a program or
`catch_warnings` may have replaced).  What has been shown already is kept in the
`__warningregistry__` of the module blamed; a registry written under other filters is void.
"""

import sys

__all__ = ["warn", "warn_explicit", "showwarning",
           "formatwarning", "filterwarnings", "simplefilter",
           "resetwarnings", "catch_warnings"]

_ACTIONS = ("default", "always", "ignore", "module", "once", "error")

filters = []
defaultaction = "default"
onceregistry = {}
_filters_version = 0


class WarningMessage:
    """A warning on its way to be shown."""

    _WARNING_DETAILS = "message", "category", "filename", "lineno", "file", "line", "source"

    def __init__(self, message, category, filename, lineno, file=None, line=None, source=None):
        self.message, self.category, self.source = message, category, source
        self.filename, self.lineno, self.line = filename, lineno, line
        self.file = file
        self._category_name = category.__name__ if category else None

    def __str__(self):
        return (f"{{message : {self.message!r}, category : {self._category_name!r}, "
                f"filename : {self.filename!r}, lineno : {self.lineno}, line : {self.line!r}}}")


# Showing -----------------------------------------------------------------------------------

def showwarning(message, category, filename, lineno, file=None, line=None):
    """Write a warning to a file, by default sys.stderr; a program may replace this function."""
    _showwarnmsg_impl(WarningMessage(message, category, filename, lineno, file, line))


def formatwarning(message, category, filename, lineno, line=None):
    """The text of a warning; a program may replace this function."""
    return _formatwarnmsg_impl(WarningMessage(message, category, filename, lineno, None, line))


# To tell whether a program has replaced the hooks.
_showwarning_orig = showwarning
_formatwarning_orig = formatwarning


def _showwarnmsg(msg):
    """Shows a warning, by the program's function if there is one."""
    hook = globals().get("showwarning", _showwarning_orig)
    if hook is _showwarning_orig:
        _showwarnmsg_impl(msg)
        return
    if not callable(hook):
        raise TypeError("warnings.showwarning() must be set to a "
                        "function or method")
    hook(msg.message, msg.category, msg.filename, msg.lineno, msg.file, msg.line)


def _showwarnmsg_impl(msg):
    file = sys.stderr if msg.file is None else msg.file
    if file is None:
        return
    text = _formatwarnmsg(msg)
    try:
        file.write(text)
    except OSError:
        # Nobody can read it: the warning is lost.
        pass


def _formatwarnmsg(msg):
    """The text of a warning, by the program's function if there is one."""
    hook = globals().get("formatwarning", _formatwarning_orig)
    if hook is _formatwarning_orig:
        return _formatwarnmsg_impl(msg)
    return hook(msg.message, msg.category, msg.filename, msg.lineno, msg.line)


def _source_line(filename, lineno):
    try:
        import linecache
        return linecache.getline(filename, lineno).strip()
    except Exception:
        # Files and imports may be beyond use while the interpreter ends.
        return ""


def _formatwarnmsg_impl(msg):
    parts = [f"{msg.filename}:{msg.lineno}: {msg.category.__name__}: {msg.message}\n"]
    line = _source_line(msg.filename, msg.lineno) if msg.line is None else msg.line.strip()
    if line:
        parts.append(f"  {line}\n")
    if msg.source is not None:
        parts.extend(_allocation(msg))
    return "".join(parts)


def _allocation(msg):
    """Where the object that a warning is about was made."""
    tracing, traceback = True, None
    try:
        import tracemalloc
        tracing = tracemalloc.is_tracing()
        traceback = tracemalloc.get_object_traceback(msg.source)
    except Exception:
        pass
    if traceback is not None:
        yield "Object allocated at (most recent call last):\n"
        for frame in traceback:
            yield f'  File "{frame.filename}", lineno {frame.lineno}\n'
            line = _source_line(frame.filename, frame.lineno)
            if line:
                yield f"    {line}\n"
    elif not tracing:
        yield (f"{msg.category.__name__}: Enable tracemalloc to get the object "
               f"allocation traceback\n")


# Filters -----------------------------------------------------------------------------------

def _filters_mutated():
    global _filters_version
    _filters_version += 1


def _add_filter(*item, append):
    if append:
        if item not in filters:
            filters.append(item)
    else:
        # One that is there already moves to the front.
        try:
            filters.remove(item)
        except ValueError:
            pass
        filters.insert(0, item)
    _filters_mutated()


def _check_filter(action, lineno):
    assert action in _ACTIONS, f"invalid action: {action!r}"
    assert isinstance(lineno, int) and lineno >= 0, "lineno must be an int >= 0"


def filterwarnings(action, message="", category=Warning, module="", lineno=0,
                   append=False):
    """Put a filter in front of the others, or with `append` behind them.

    It says what to do ("error", "ignore", "always", "default", "module" or "once") with
    warnings of a category that come from a line (0 is any), in a module, with a message; those
    two are regular expressions that match from the start.
    """
    assert action in _ACTIONS, f"invalid action: {action!r}"
    assert isinstance(message, str), "message must be a string"
    assert isinstance(category, type), "category must be a class"
    assert issubclass(category, Warning), "category must be a Warning subclass"
    assert isinstance(module, str), "module must be a string"
    _check_filter(action, lineno)
    pattern = module_pattern = None
    if message or module:
        import re
        if message:
            pattern = re.compile(message, re.I)
        if module:
            module_pattern = re.compile(module)
    _add_filter(action, pattern, category, module_pattern, lineno, append=append)


def simplefilter(action, category=Warning, lineno=0, append=False):
    """Like filterwarnings(), for all messages and modules."""
    _check_filter(action, lineno)
    _add_filter(action, None, category, None, lineno, append=append)


def resetwarnings():
    """Remove all filters."""
    filters[:] = []
    _filters_mutated()


# The option -W -----------------------------------------------------------------------------

class _OptionError(Exception):
    """What is wrong with an option."""


def _processoptions(args):
    for arg in args:
        try:
            _setoption(arg)
        except _OptionError as error:
            print("Invalid -W option ignored:", error, file=sys.stderr)


def _setoption(arg):
    """Adds the filter `action:message:category:module:lineno`, of which parts may be missing."""
    parts = arg.split(":")
    if len(parts) > 5:
        raise _OptionError(f"too many fields (max 5): {arg!r}")
    parts += [""] * (5 - len(parts))
    action, message, category, module, lineno = map(str.strip, parts)
    action = _getaction(action)
    category = _getcategory(category)
    if message or module:
        import re
        message = re.escape(message)
        if module:
            module = re.escape(module) + r"\Z"
    number = 0
    if lineno:
        try:
            number = int(lineno)
        except (ValueError, OverflowError):
            number = -1
        if number < 0:
            raise _OptionError(f"invalid lineno {lineno!r}")
    filterwarnings(action, message, category, module, number)


def _getaction(action):
    """The action that an option names, maybe by its first letters."""
    if action in ("", "all"):
        return "always" if action else "default"
    found = [known for known in _ACTIONS if known.startswith(action)]
    if not found:
        raise _OptionError(f"invalid action: {action!r}")
    return found[0]


def _getcategory(category):
    if not category:
        return Warning
    name = category
    if "." in category:
        module_name, _, name = category.rpartition(".")
        try:
            module = __import__(module_name, None, None, [name])
        except ImportError:
            raise _OptionError(f"invalid module name: {module_name!r}") from None
    else:
        import builtins as module
    try:
        found = getattr(module, name)
    except AttributeError:
        raise _OptionError(f"unknown warning category: {category!r}") from None
    if not issubclass(found, Warning):
        raise _OptionError(f"invalid warning category: {found!r}")
    return found


# Issuing -----------------------------------------------------------------------------------

def _is_internal_filename(filename):
    return "importlib" in filename and "_bootstrap" in filename


def _is_internal_frame(frame):
    """Whether a frame belongs to the machinery of imports."""
    return _is_internal_filename(frame.f_code.co_filename)


def _next_external_frame(frame, skip_file_prefixes):
    """The nearest caller outside that machinery and files with these prefixes."""
    while True:
        frame = frame.f_back
        if frame is None:
            return None
        filename = frame.f_code.co_filename
        # An empty tuple is never met.
        if not (_is_internal_filename(filename) or filename.startswith(skip_file_prefixes)):
            return frame


def _blamed_frame(caller, stacklevel, skip_file_prefixes):
    """The frame `stacklevel` levels out, where the one that calls warn() is the first."""
    frame = caller
    if stacklevel <= 1 or (frame is not None and _is_internal_frame(frame)):
        for _ in range(stacklevel - 1):
            if frame is None:
                break
            frame = frame.f_back
        return frame
    for _ in range(stacklevel - 1):
        if frame is None:
            break
        frame = _next_external_frame(frame, skip_file_prefixes)
    return frame


def warn(message, category=None, stacklevel=1, source=None,
         *, skip_file_prefixes=()):
    """Issue a warning: show it, ignore it or raise it, as the filters say.

    `message` is a text of a `category`, or a Warning object.  It is about the line that calls this
    function, or that of a caller further out: `stacklevel` counts, and frames of files with one
    of the prefixes do not.  `source` is the object that a ResourceWarning is about.
    """
    if isinstance(message, Warning):
        category = type(message)
    elif category is None:
        category = UserWarning
    if not (isinstance(category, type) and issubclass(category, Warning)):
        raise TypeError(f"category must be a Warning subclass, "
                        f"not '{type(category).__name__}'")
    if not isinstance(skip_file_prefixes, tuple):
        raise TypeError("warn() argument 'skip_file_prefixes' must be tuple, "
                        f"not {type(skip_file_prefixes).__name__}")
    for prefix in skip_file_prefixes:
        if not isinstance(prefix, str):
            raise TypeError(f"Found non-str '{type(prefix).__name__}' in skip_file_prefixes.")
    if skip_file_prefixes and stacklevel < 2:
        stacklevel = 2
    frame = _blamed_frame(sys._getframe(1), stacklevel, skip_file_prefixes)
    if frame is None:
        scope, filename, lineno = sys.__dict__, "sys", 1
    else:
        scope, filename, lineno = frame.f_globals, frame.f_code.co_filename, frame.f_lineno
    registry = scope.setdefault("__warningregistry__", {})
    _issue(message, category, filename, lineno, scope.get("__name__", "<string>"), registry,
           scope, source)


def warn_explicit(message, category, filename, lineno,
                  module=None, registry=None, module_globals=None,
                  source=None):
    """Like warn(), but told about which line."""
    if module_globals is not None and not isinstance(module_globals, dict):
        raise TypeError(f"module_globals must be a dict, not '{type(module_globals).__name__}'")
    if registry is not None and not isinstance(registry, dict):
        raise TypeError("'registry' must be a dict or None")
    if module is None:
        module = filename or "<unknown>"
        if module[-3:].lower() == ".py":
            module = module[:-3]
    _issue(message, category, filename, int(lineno), module, registry, module_globals, source)


def _filter_for(text, category, module, lineno):
    """What the filters say: the action and the filter."""
    for item in filters:
        if not isinstance(item, tuple) or len(item) != 5:
            raise ValueError("warnings.filters item 0 isn't a 5-tuple")
        action, message_pattern, wanted, module_pattern, line = item
        if not issubclass(category, wanted) or (line != 0 and line != lineno):
            continue
        if not _matches(message_pattern, text) or not _matches(module_pattern, module):
            continue
        if not isinstance(action, str):
            raise TypeError(f"action must be a string, not '{type(action).__name__}'")
        return action, item
    return defaultaction, None


def _matches(pattern, text):
    """Of the default filters one names its module by its bare text, so that no regular
    expression has to be compiled for it."""
    if pattern is None:
        return True
    if type(pattern) is str:
        return pattern == text
    return pattern.match(text) is not None


def _already_shown(registry, key):
    if registry.get("version") != _filters_version:
        registry.clear()
        registry["version"] = _filters_version
    return registry.get(key)


def _issue(message, category, filename, lineno, module, registry, module_globals, source):
    if registry is None:
        registry = {}
    if isinstance(message, Warning):
        text, category = str(message), type(message)
    else:
        text, message = message, category(message)
    key = (text, category, lineno)
    if _already_shown(registry, key):
        return
    action, item = _filter_for(text, category, module, lineno)
    if action == "ignore":
        return
    if action == "error":
        raise message
    if action == "once":
        registry[key] = True
        key = (text, category)
        if onceregistry.get(key):
            return
        onceregistry[key] = True
    elif action == "module":
        registry[key] = True
        key = (text, category, 0)
        if registry.get(key):
            return
        registry[key] = True
    elif action == "default":
        registry[key] = True
    elif action != "always":
        raise RuntimeError(f"Unrecognized action ({action!r}) in warnings.filters:\n {item!r}")
    if module_globals and "__loader__" in module_globals:
        # The source may be known to the module's loader only.
        try:
            import linecache
            linecache.getlines(filename, module_globals)
        except Exception:
            pass
    _showwarnmsg(WarningMessage(message, category, filename, lineno, source=source))


class catch_warnings:
    """Puts filters and hooks back as they were, at the end of the with block.

    With `record` the block gets a list, to which warnings are added instead of being shown.
    `action` and what follows are the arguments of a simplefilter() call at the start.
    `module` is another module in the place of this one.
    """

    def __init__(self, *, record=False, module=None,
                 action=None, category=Warning, lineno=0, append=False):
        self._record = record
        self._module = sys.modules["warnings"] if module is None else module
        self._entered = False
        self._filter = None if action is None else (action, category, lineno, append)

    def __repr__(self):
        args = ["record=True"] if self._record else []
        if self._module is not sys.modules["warnings"]:
            args.append(f"module={self._module!r}")
        return f"{type(self).__name__}({', '.join(args)})"

    def __enter__(self):
        if self._entered:
            raise RuntimeError(f"Cannot enter {self!r} twice")
        self._entered = True
        module = self._module
        self._filters = module.filters
        module.filters = self._filters[:]
        module._filters_mutated()
        self._showwarning = module.showwarning
        self._showwarnmsg_impl = module._showwarnmsg_impl
        if self._filter is not None:
            simplefilter(*self._filter)
        if not self._record:
            return None
        log = []
        module._showwarnmsg_impl = log.append
        # A hook that the program has set would keep the warnings from the log.
        module.showwarning = module._showwarning_orig
        return log

    def __exit__(self, *exc_info):
        if not self._entered:
            raise RuntimeError(f"Cannot exit {self!r} without entering first")
        module = self._module
        module.filters = self._filters
        module._filters_mutated()
        module.showwarning = self._showwarning
        module._showwarnmsg_impl = self._showwarnmsg_impl


_DEPRECATED_MSG = "{name!r} is deprecated and slated for removal in Python {remove}"


def _deprecated(name, message=_DEPRECATED_MSG, *, remove, _version=sys.version_info):
    """Warns that something is deprecated, in code of this library.

    `message` may contain {name} and {remove}.  Once the release `remove` is reached, which is a
    tuple like (3, 14), this is an error instead: the thing has been forgotten.
    """
    release = f"{remove[0]}.{remove[1]}"
    if _version[:2] > remove or (_version[:2] == remove and _version[3] != "alpha"):
        raise RuntimeError(f"{name!r} was slated for removal after Python {release} alpha")
    warn(message.format(name=name, remove=release), DeprecationWarning, stacklevel=3)


def _warn_unawaited_coroutine(coro):
    """A coroutine has died that nobody awaited: says so, and where it was made if that is known."""
    text = f"coroutine '{coro.__qualname__}' was never awaited"
    if coro.cr_origin is not None:
        import linecache
        import traceback
        places = [(filename, lineno, name, linecache.getline(filename, lineno))
                  for filename, lineno, name in reversed(coro.cr_origin)]
        text += ("\nCoroutine created at (most recent call last)\n"
                 + "".join(traceback.format_list(places)).rstrip("\n"))
    warn(text, category=RuntimeWarning, stacklevel=2, source=coro)


try:
    # In native code, on the filters and hooks of this module; what was shown is then remembered
    # for warnings of the interpreter's own, too.
    from _warnings import (_defaultaction as defaultaction, _filters_mutated,
                           _onceregistry as onceregistry, filters, warn, warn_explicit)
    _has_defaults = True
except ImportError:
    _has_defaults = False


def _start():
    global _filters_version
    _processoptions(sys.warnoptions)
    if _has_defaults:
        return
    _add_filter("default", None, DeprecationWarning, "__main__", 0, append=True)
    for category in DeprecationWarning, PendingDeprecationWarning, ImportWarning, ResourceWarning:
        _add_filter("ignore", None, category, None, 0, append=True)
    _filters_version = 0


_start()
del _start
