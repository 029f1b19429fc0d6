"""The engine of cProfile: turns the interpreter's profile events into times of functions.

Each function has an entry, and each pair of a caller and a function has a subentry; both count
calls, and time only at the outermost of recursive calls. A stack holds what runs now.
"""

import sys
from collections import namedtuple
from _library import unraisable as _unraisable
from time import perf_counter

profiler_entry = namedtuple(
    'profiler_entry', 'code callcount reccallcount totaltime inlinetime calls',
    module='_lsprof')
profiler_subentry = namedtuple(
    'profiler_subentry', 'code callcount reccallcount totaltime inlinetime',
    module='_lsprof')

# The profiler that collects; there can be only one.
_active = None

_DISABLE = "<method 'disable' of '_lsprof.Profiler' objects>"


class _Entry:
    """What was counted for a function, alone or as called by another one."""

    __slots__ = ('code', 'callcount', 'reccallcount', 'total', 'inline', 'level', 'calls')

    def __init__(self, code):
        self.code = code
        self.callcount = self.reccallcount = 0
        self.total = self.inline = 0
        # How many calls of it run now.
        self.level = 0
        self.calls = {}

    def leave(self, total, inline):
        self.level -= 1
        if self.level == 0:
            self.total += total
        else:
            self.reccallcount += 1
        self.inline += inline
        self.callcount += 1


class _Context:
    """A call that runs: since when, and how long its subcalls took."""

    __slots__ = ('entry', 'subentry', 'start', 'below')


def _builtin_name(function):
    """Give the name of a builtin function or method, as its repr would."""
    name = function.__name__
    owner = getattr(function, '__self__', None)
    if owner is None or type(owner) is type(sys):
        module = getattr(function, '__module__', None)
        if module is None and owner is not None:
            module = owner.__name__
        return f"<built-in method {module}.{name}>" if module else f"<built-in method {name}>"
    for cls in type(owner).__mro__:
        if name in cls.__dict__:
            return repr(cls.__dict__[name]) if not isinstance(owner, type) \
                else f"<built-in method {name}>"
    return f"<built-in method {name}>"


def _never_failing(timer):
    """A timer that tells of its failures as of any in a profiler, and goes on."""

    def now():
        try:
            time = timer()
            if isinstance(time, (int, float)):
                return time
            kind = type(time).__name__
            raise TypeError(f"'{kind}' object cannot be interpreted as an integer")
        except BaseException as error:
            _unraisable(error, timer)
            return 0

    return now


class Profiler:
    """Profiler(timer=None, timeunit=None, subcalls=True, builtins=True)

    Builds a profiler object using the specified timer function, which gives the time in units
    of timeunit seconds, or in seconds.
    """

    def __init__(self, timer=None, timeunit=0.0, subcalls=True, builtins=True):
        self._timer = _never_failing(timer) if timer else perf_counter
        self._unit = timeunit if timer and timeunit else 1
        self._subcalls = subcalls
        self._builtins = builtins
        self.clear()

    def clear(self):
        """Forget all that was measured."""
        self._entries = {}
        self._stack = []

    def enable(self, subcalls=True, builtins=True):
        """Start collecting profiling information: of who called whom, if subcalls is true, and
        of builtin functions, if builtins is."""
        global _active
        if _active is not None:
            raise ValueError("Another profiling tool is already active")
        try:
            sys.monitoring.use_tool_id(sys.monitoring.PROFILER_ID, 'cProfile')
        except ValueError:
            raise ValueError("Another profiling tool is already active") from None
        _active = self
        self._subcalls = subcalls
        self._builtins = builtins
        self._stack = []
        sys.setprofile(self._event)

    def disable(self):
        """Stop collecting profiling information."""
        global _active
        if _active is self:
            sys.setprofile(None)
            sys.monitoring.free_tool_id(sys.monitoring.PROFILER_ID)
            _active = None
        while self._stack:
            self._leave()

    def _event(self, frame, event, arg):
        if event == 'call':
            code = frame.f_code
            self._enter(_DISABLE if code is _disable_code else code)
        elif event == 'return':
            if self._stack:
                self._leave()
        elif self._builtins and not (self._stack
                                     and self._stack[-1].entry.code is _DISABLE):
            if event == 'c_call':
                self._enter(_builtin_name(arg))
            elif self._stack:
                self._leave()

    def _enter(self, code):
        entry = self._entries.get(code)
        if entry is None:
            entry = self._entries[code] = _Entry(code)
        entry.level += 1
        context = _Context()
        context.entry = entry
        context.subentry = None
        context.below = 0
        if self._subcalls and self._stack:
            calls = self._stack[-1].entry.calls
            subentry = calls.get(code)
            if subentry is None:
                subentry = calls[code] = _Entry(entry.code)
            subentry.level += 1
            context.subentry = subentry
        self._stack.append(context)
        # Last, so that the work above does not count for the function.
        context.start = self._timer()

    def _leave(self):
        now = self._timer()
        context = self._stack.pop()
        total = now - context.start
        inline = total - context.below
        if self._stack:
            self._stack[-1].below += total
        context.entry.leave(total, inline)
        if context.subentry is not None:
            context.subentry.leave(total, inline)

    def getstats(self):
        """Give the list of profiler_entry objects, one for each function."""
        unit = self._unit
        result = []
        for entry in self._entries.values():
            if not entry.callcount:
                continue
            calls = [profiler_subentry(sub.code, sub.callcount, sub.reccallcount,
                                       sub.total * unit, sub.inline * unit)
                     for sub in entry.calls.values() if sub.callcount]
            result.append(profiler_entry(entry.code, entry.callcount, entry.reccallcount,
                                         entry.total * unit, entry.inline * unit,
                                         calls or None))
        return result


_disable_code = Profiler.disable.__code__
