"""How much memory a process uses, line by line of a function or over time: the part of
memory_profiler that studies use, on psutil's figures."""

import linecache
import os
import sys
import time
from functools import wraps

import psutil

__all__ = ["LineProfiler", "memory_usage", "profile", "show_results"]
__version__ = "0.61.0"

_MIB = 2 ** 20
_CO_COROUTINE = 0x80
_TEMPLATE = "{0:>6} {1:>12} {2:>12}  {3:>10}   {4:<}"


def _get_memory(pid, backend=None):
    """Resident memory of a process in MiB."""
    try:
        return psutil.Process(os.getpid() if pid == -1 else pid).memory_info().rss / _MIB
    except psutil.NoSuchProcess:
        return -1


def memory_usage(proc=-1, interval=.1, timeout=None, timestamps=False,
                 include_children=False, multiprocess=False, max_usage=False,
                 retval=False, stream=None, backend=None, max_iterations=None):
    """
    Return the memory usage of a process or piece of code

    proc is a process number (-1 for this process) or a tuple of a function, its positional
    arguments and its keyword arguments.  A function's memory is sampled every `interval` seconds
    while it runs.  The result is a list of MiB (with `timestamps` pairs of MiB and seconds), or
    with `max_usage` the highest; with `retval` the function's result too.
    """
    def sample():
        used = _get_memory(-1 if isinstance(proc, tuple) or callable(proc) else proc)
        return (used, time.time()) if timestamps else used

    samples = [sample()]
    result = None
    if isinstance(proc, tuple) or callable(proc):
        function, args, kwargs = _call_parts(proc)
        result = _run_sampled(function, args, kwargs, sample, samples, interval)
        samples.append(sample())
    else:
        if timeout is not None:
            max_iterations = max(int(timeout / interval), 1)
        elif max_iterations is None:
            max_iterations = 1
        samples = []
        while len(samples) < max_iterations:
            samples.append(sample())
            if len(samples) < max_iterations:
                time.sleep(interval)
    if stream is not None:
        for entry in samples:
            used, when = entry if timestamps else (entry, time.time())
            stream.write(f"MEM {used:.6f} {when:.4f}\n")
        return None
    value = max(samples) if max_usage else samples
    return (value, result) if retval else value


def _call_parts(proc):
    if callable(proc):
        return proc, (), {}
    function, *rest = proc
    args = tuple(rest[0]) if rest else ()
    kwargs = dict(rest[1]) if len(rest) > 1 else {}
    return function, args, kwargs


def _run_sampled(function, args, kwargs, sample, samples, interval):
    """Runs a function; another thread looks at the memory meanwhile."""
    try:
        import threading
    except ImportError:
        return function(*args, **kwargs)
    stop = threading.Event()

    def look():
        while not stop.wait(interval):
            samples.append(sample())

    try:
        watcher = threading.Thread(target=look, daemon=True)
        watcher.start()
    except RuntimeError:
        return function(*args, **kwargs)
    try:
        return function(*args, **kwargs)
    finally:
        stop.set()
        watcher.join()


class CodeMap(dict):
    """For each profiled code object: line number -> increment, highest usage, times reached."""

    def __init__(self):
        super().__init__()
        self.order = []

    def add(self, code):
        if code not in self:
            self.order.append(code)
            self._add_with_nested(code, {})

    def _add_with_nested(self, code, lines):
        # Functions inside a function are shown in its table.
        self[code] = lines
        for constant in code.co_consts:
            if isinstance(constant, type(code)):
                self._add_with_nested(constant, lines)

    def record(self, code, line, used, before):
        lines = self[code]
        increment, highest, count = lines.get(line, (0.0, None, 0))
        lines[line] = (increment + used - before,
                       used if highest is None else max(highest, used), count + 1)


class LineProfiler:
    """ A profiler that records the amount of memory for each line """

    def __init__(self, **kw):
        self.code_map = CodeMap()
        self.functions = []
        self.enable_count = 0
        self.max_mem = kw.get("max_mem")
        self.backend = kw.get("backend", "psutil")
        self.prevlines = {}
        self._old_trace = None

    def __call__(self, func=None, precision=1):
        if func is None:
            return lambda f: self(f, precision=precision)
        self.add_function(func)
        return self.wrap_function(func)

    def add_function(self, func):
        """ Record line profiling information for the given Python function.
        """
        code = getattr(func, "__code__", None)
        if code is None:
            import warnings
            warnings.warn("Could not extract a code object for the object %r" % func)
            return
        self.code_map.add(code)
        self.functions.append(func)

    def wrap_function(self, func):
        """ Wrap a function to profile it.
        """
        @wraps(func)
        def f(*args, **kwargs):
            self.enable_by_count()
            try:
                return func(*args, **kwargs)
            finally:
                self.disable_by_count()
        return f

    def runctx(self, cmd, globals, locals):
        """ Profile a single executable statement in the given namespaces.
        """
        self.enable_by_count()
        try:
            exec(cmd, globals, locals)
        finally:
            self.disable_by_count()
        return self

    def enable_by_count(self):
        """ Enable the profiler if it hasn't been enabled before.
        """
        if self.enable_count == 0:
            self.enable()
        self.enable_count += 1

    def disable_by_count(self):
        """ Disable the profiler if the number of disable requests matches the
        number of enable requests.
        """
        if self.enable_count > 0:
            self.enable_count -= 1
            if self.enable_count == 0:
                self.disable()

    def __enter__(self):
        self.enable_by_count()
        return self

    def __exit__(self, exc_type, exc_val, exc_tb):
        self.disable_by_count()

    def enable(self):
        self._old_trace = sys.gettrace()
        sys.settrace(self.trace_memory_usage)

    def disable(self):
        sys.settrace(self._old_trace)

    def trace_memory_usage(self, frame, event, arg):
        """Callback for sys.settrace"""
        code = frame.f_code
        if code not in self.code_map:
            return None
        used = _get_memory(-1)
        key = id(frame)
        if event == "call":
            self.prevlines[key] = (frame.f_lineno, used)
        elif event in ("line", "return"):
            line, before = self.prevlines.get(key, (frame.f_lineno, used))
            # The line before has run now: the difference is its doing.
            self.code_map.record(code, line, used, before)
            self.prevlines[key] = (frame.f_lineno, used)
            if event == "return":
                self.prevlines.pop(key, None)
            if self.max_mem is not None and used >= self.max_mem:
                raise MemoryError(f"Current memory {used:.2f} MiB exceeded the maximum "
                                  f"of {self.max_mem:.2f} MiB")
        return self.trace_memory_usage

    def print_stats(self, stream=None, precision=1):
        show_results(self, stream, precision)


def show_results(prof, stream=None, precision=1):
    """Writes a table for each profiled function."""
    if stream is None:
        stream = sys.stdout
    for code in prof.code_map.order:
        lines = prof.code_map[code]
        if not lines:
            continue
        filename = code.co_filename
        if filename.endswith((".pyc", ".pyo")):
            filename = filename[:-1]
        stream.write(f"Filename: {filename}\n\n")
        header = _TEMPLATE.format("Line #", "Mem usage", "Increment", "Occurrences",
                                  "Line Contents")
        stream.write(header + "\n")
        stream.write("=" * len(header) + "\n")
        text = linecache.getlines(filename)
        first = code.co_firstlineno
        last = max(_last_line(text, first), *lines)
        for number in range(first, last + 1):
            shown = text[number - 1] if number <= len(text) else ""
            if number in lines:
                increment, highest, count = lines[number]
                cells = (f"{highest:.{precision}f} MiB", f"{increment:.{precision}f} MiB", count)
            elif number == first:
                # The line of "def" shows what there was before.
                begin = min(lines)
                cells = (f"{lines[begin][1] - max(lines[begin][0], 0.0):.{precision}f} MiB",
                         f"{lines[begin][1] - max(lines[begin][0], 0.0):.{precision}f} MiB", 1)
            else:
                cells = ("", "", "")
            stream.write(_TEMPLATE.format(number, *cells, shown))
        stream.write("\n\n")


def _last_line(text, first):
    """The last line of the function whose first line that is: the block below its `def`."""
    def indentation(line):
        return len(line) - len(line.lstrip())

    last, header = first, True
    margin = indentation(text[first - 1]) if first <= len(text) else 0
    for number, line in enumerate(text[first - 1:], first):
        code = line.strip()
        if header:
            # Decorators and a signature of several lines come before the block.
            header = not code.startswith(("def ", "async def ", "lambda"))
            if not header:
                open_brackets = 0
            last = number
        if not header and open_brackets is not None:
            open_brackets += sum(code.count(c) for c in "([{") - sum(code.count(c) for c in ")]}")
            last = number
            if open_brackets <= 0:
                open_brackets = None
            continue
        if header or not code or code.startswith("#"):
            continue
        if indentation(line) <= margin:
            break
        last = number
    return last


def profile(func=None, stream=None, precision=1, backend="psutil"):
    """
    Decorator that will run the function and print a line-by-line profile
    """
    if func is None:
        return lambda f: profile(f, stream=stream, precision=precision, backend=backend)

    if func.__code__.co_flags & _CO_COROUTINE if hasattr(func, "__code__") else False:
        @wraps(func)
        async def wrapper(*args, **kwargs):
            prof = LineProfiler(backend=backend)
            prof.add_function(func)
            with prof:
                result = await func(*args, **kwargs)
            show_results(prof, stream=stream, precision=precision)
            return result
        return wrapper

    @wraps(func)
    def wrapper(*args, **kwargs):
        prof = LineProfiler(backend=backend)
        result = prof(func)(*args, **kwargs)
        show_results(prof, stream=stream, precision=precision)
        return result
    return wrapper
