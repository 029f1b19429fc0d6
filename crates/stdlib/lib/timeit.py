"""Measure the time of small pieces of code.

    python -m timeit [-n N] [-r N] [-u U] [-s S] [-p] [-h] [--] [statement]

Options:
  -n/--number N: how many times to run the statement (default: as many as take 0.2 s)
  -r/--repeat N: how many times to measure (default 5)
  -s/--setup S: run once before, not measured (default 'pass')
  -p/--process: measure the time of the processor, not of the clock
  -u/--unit: unit of the output: nsec, usec, msec or sec
  -v/--verbose: print all measurements; repeat for more digits
  -h/--help: print this text and exit
  --: the statement follows, although it begins with -

Several statements are lines, as are several -s options. The statement is compiled into a
function with a loop around it; the cyclic garbage collector is off while it runs.
"""

import gc
import sys
import time
from itertools import repeat as _repeat

__all__ = ["Timer", "timeit", "repeat", "default_timer"]

default_timer = time.perf_counter
default_repeat, default_number = 5, 1_000_000
dummy_src_name = "<timeit-src>"

# The builtin function, which parameters hide.
_globals = globals

template = """
def inner(_it, _timer{init}):
    {setup}
    _t0 = _timer()
    for _i in _it:
        {stmt}
        pass
    _t1 = _timer()
    return _t1 - _t0
"""


def reindent(src, indent):
    """Indent all lines but the first."""
    return src.replace("\n", "\n" + " " * indent)


class Timer:
    """Measures a statement.

    stmt and setup are source text or functions without parameters; timer gives the time;
    globals is the namespace in which the text runs.
    """

    def __init__(self, stmt="pass", setup="pass", timer=default_timer, globals=None):
        self.timer = timer
        # What the loop's function gets by parameters: the functions given instead of text.
        given = {}
        parts, whole = {}, ''
        for role, code, indent in ('setup', setup, 4), ('stmt', stmt, 8):
            if isinstance(code, str):
                # Compiled alone first, so that text cannot close the function it is put into.
                whole += code + '\n'
                compile(whole, dummy_src_name, "exec")
                parts[role] = reindent(code, indent)
            elif callable(code):
                given[f'_{role}'] = code
                parts[role] = f'_{role}()'
            else:
                raise ValueError(f"{role} is neither a string nor callable")
        init = ''.join(f', {name}={name}' for name in given)
        src = template.format(init=init, **parts)
        self.src = src
        global_ns = _globals() if globals is None else globals
        exec(compile(src, dummy_src_name, "exec"), global_ns, given)
        self.inner = given["inner"]

    def print_exc(self, file=None):
        """Print the current exception with the lines of the statement."""
        import linecache
        import traceback
        if self.src is not None:
            linecache.cache[dummy_src_name] = (len(self.src), None, self.src.split("\n"),
                                               dummy_src_name)
        traceback.print_exc(file=file)

    def timeit(self, number=default_number):
        """Run the statement `number` times; give the time in seconds."""
        rounds = _repeat(None, number)
        was_enabled = gc.isenabled()
        gc.disable()
        try:
            return self.inner(rounds, self.timer)
        finally:
            if was_enabled:
                gc.enable()

    def repeat(self, repeat=default_repeat, number=default_number):
        """Call timeit several times; give the list of times. The smallest one says most."""
        return [self.timeit(number) for _ in range(repeat)]

    def autorange(self, callback=None):
        """Find a number of rounds (1, 2, 5, 10, ...) that takes at least 0.2 s.

        Gives the number and the time; the callback gets both of each attempt.
        """
        scale = 1
        while True:
            for factor in 1, 2, 5:
                number = scale * factor
                taken = self.timeit(number)
                if callback:
                    callback(number, taken)
                if taken >= 0.2:
                    return number, taken
            scale *= 10


def timeit(stmt="pass", setup="pass", timer=default_timer, number=default_number,
           globals=None):
    """Convenience function to create Timer object and call timeit method."""
    return Timer(stmt, setup, timer, globals).timeit(number)


def repeat(stmt="pass", setup="pass", timer=default_timer, repeat=default_repeat,
           number=default_number, globals=None):
    """Convenience function to create Timer object and call repeat method."""
    return Timer(stmt, setup, timer, globals).repeat(repeat, number)


_UNITS = {"nsec": 1e-9, "usec": 1e-6, "msec": 1e-3, "sec": 1.0}


def main(args=None, *, _wrap_timer=None):
    """Run the command; gives None, or the exit status of a failure.

    `_wrap_timer` is for tests: it gets the timer and gives another one.
    """
    if args is None:
        args = sys.argv[1:]
    import getopt
    try:
        opts, args = getopt.getopt(
            args, "n:u:s:r:pvh",
            ["number=", "setup=", "repeat=", "process", "verbose", "unit=", "help"])
    except getopt.error as error:
        print(error)
        print("use -h/--help for command line help")
        return 2
    timer = default_timer
    number = 0
    setup = []
    repeat = default_repeat
    verbose = 0
    unit = None
    precision = 3
    for option, value in opts:
        if option in ("-n", "--number"):
            number = int(value)
        elif option in ("-s", "--setup"):
            setup.append(value)
        elif option in ("-u", "--unit"):
            if value not in _UNITS:
                print("Unrecognized unit. Please select nsec, usec, msec, or sec.",
                      file=sys.stderr)
                return 2
            unit = value
        elif option in ("-r", "--repeat"):
            repeat = max(int(value), 1)
        elif option in ("-p", "--process"):
            timer = time.process_time
        elif option in ("-v", "--verbose"):
            if verbose:
                precision += 1
            verbose += 1
        elif option in ("-h", "--help"):
            print(__doc__, end=" ")
            return 0
    import os
    # The script's folder is where to import from, and it is this module's, if run as one.
    sys.path.insert(0, os.curdir)
    if _wrap_timer is not None:
        timer = _wrap_timer(timer)
    measured = Timer("\n".join(args) or "pass", "\n".join(setup) or "pass", timer)

    def report(number, taken):
        plural = "" if number == 1 else "s"
        print(f"{number} loop{plural} -> {taken:.{precision}g} secs")

    try:
        if not number:
            number, _ = measured.autorange(report if verbose else None)
            if verbose:
                print()
        raw_timings = measured.repeat(repeat, number)
    except:
        measured.print_exc()
        return 1

    def format_time(seconds):
        shown = unit
        if shown is None:
            shown = next(name for name in ("sec", "msec", "usec", "nsec")
                         if seconds >= _UNITS[name] or name == "nsec")
        return f"{seconds / _UNITS[shown]:.{precision}g} {shown}"

    if verbose:
        print(f"raw times: {', '.join(map(format_time, raw_timings))}")
        print()
    timings = [taken / number for taken in raw_timings]
    best, worst = min(timings), max(timings)
    plural = "" if number == 1 else "s"
    print(f"{number} loop{plural}, best of {repeat}: {format_time(best)} per loop")
    if worst >= best * 4:
        import warnings
        warnings.warn_explicit(
            f"The test results are likely unreliable. The worst time "
            f"({format_time(worst)}) was more than four times slower than the best time "
            f"({format_time(best)}).", UserWarning, '', 0)
    return None


if __name__ == "__main__":
    sys.exit(main())
