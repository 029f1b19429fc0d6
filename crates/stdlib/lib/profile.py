"""The profiler in Python: counts calls and measures the time in each function.

A tuple holds what is known about the function that runs: (time until it was entered and not
yet counted, own time, time in finished subcalls, function, frame, the same of its caller).
"""

import sys
import time

__all__ = ["run", "runctx", "Profile"]


class _Utils:
    """What `run` and `runctx` of this module and of cProfile do."""

    def __init__(self, profiler):
        self.profiler = profiler

    def run(self, statement, filename, sort):
        self._measure(filename, sort, lambda prof: prof.run(statement))

    def runctx(self, statement, globals, locals, filename, sort):
        self._measure(filename, sort, lambda prof: prof.runctx(statement, globals, locals))

    def _measure(self, filename, sort, work):
        prof = self.profiler()
        try:
            work(prof)
        except SystemExit:
            pass
        finally:
            if filename is None:
                prof.print_stats(sort)
            else:
                prof.dump_stats(filename)


def run(statement, filename=None, sort=-1):
    """Run statement under profiler optionally saving results in filename

    This function takes a single argument that can be passed to the "exec" statement, and an
    optional file name. Without a file name, prints a table sorted by `sort`.
    """
    return _Utils(Profile).run(statement, filename, sort)


def runctx(statement, globals, locals, filename=None, sort=-1):
    """Run statement under profiler, supplying your own globals and locals, optionally saving
    results in filename.

    statement and filename have the same semantics as profile.run
    """
    return _Utils(Profile).runctx(statement, globals, locals, filename, sort)


class Profile:
    """Profiler class.

    `timer` gives the time, as a number or as a sequence of numbers to be added up; `bias` is
    the time that an event costs, as `calibrate` finds it.
    """

    bias = 0

    # What is profiled, and the function in C that is called, for the table.
    cmd = c_func_name = ""
    cur = None

    def __init__(self, timer=None, bias=None):
        # By function, what was measured.
        self.timings = {}
        if bias is not None:
            self.bias = bias
        self.timer = self.get_time = timer or time.process_time
        try:
            len(self.timer())
        except TypeError:
            pass
        else:
            self.get_time = lambda timer=self.timer: sum(timer())
        self.dispatcher = self.trace_dispatch
        self.t = self.get_time()
        self.simulate_call('profiler')

    def trace_dispatch(self, frame, event, arg):
        """The profile function."""
        get_time = self.get_time
        elapsed = get_time() - self.t - self.bias
        if event == "c_call":
            self.c_func_name = arg.__name__
        if self.dispatch[event](self, frame, elapsed):
            self.t = get_time()
        else:
            # Not counted yet.
            self.t = get_time() - elapsed

    def trace_dispatch_exception(self, frame, t):
        rpt, rit, ret, rfn, rframe, rcur = self.cur
        if rframe is not frame and rcur:
            return self.trace_dispatch_return(rframe, t)
        self.cur = rpt, rit + t, ret, rfn, rframe, rcur
        return 1

    def trace_dispatch_call(self, frame, t):
        if self.cur and frame.f_back is not self.cur[-2]:
            rframe = self.cur[-2]
            if not isinstance(rframe, Profile.fake_frame):
                # A return was missed.
                assert rframe.f_back is frame.f_back, (
                    "Bad call", self.cur[-3], rframe, rframe.f_back, frame, frame.f_back)
                self.trace_dispatch_return(rframe, 0)
                assert self.cur is None or frame.f_back is self.cur[-2], (
                    "Bad call", self.cur[-3])
        code = frame.f_code
        self._enter((code.co_filename, code.co_firstlineno, code.co_name), frame, t)
        return 1

    def trace_dispatch_c_call(self, frame, t):
        self._enter(("", 0, self.c_func_name), frame, t)
        return 1

    def _enter(self, fn, frame, t):
        self.cur = (t, 0, 0, fn, frame, self.cur)
        known = self.timings.get(fn)
        if known is None:
            self.timings[fn] = 0, 0, 0, 0, {}
        else:
            self.timings[fn] = known[0], known[1] + 1, *known[2:]

    def trace_dispatch_return(self, frame, t):
        if frame is not self.cur[-2]:
            assert frame is self.cur[-2].f_back, ("Bad return", self.cur[-3])
            self.trace_dispatch_return(self.cur[-2], 0)
        # The time until the function was entered belongs to its caller.
        rpt, rit, ret, rfn, frame, rcur = self.cur
        rit = rit + t
        frame_total = rit + ret
        ppt, pit, pet, pfn, pframe, pcur = rcur
        self.cur = ppt, pit + rpt, pet + frame_total, pfn, pframe, pcur
        cc, ns, tt, ct, callers = self.timings[rfn]
        if not ns:
            # The outermost of recursive calls: all time is in it.
            ct = ct + frame_total
            cc = cc + 1
        callers[pfn] = callers.get(pfn, 0) + 1
        self.timings[rfn] = cc, ns - 1, tt + rit, ct, callers
        return 1

    dispatch = {
        "call": trace_dispatch_call, "return": trace_dispatch_return,
        "exception": trace_dispatch_exception,
        "c_call": trace_dispatch_c_call, "c_return": trace_dispatch_return,
        "c_exception": trace_dispatch_return,
    }

    def set_cmd(self, cmd):
        """Name what is profiled, for the table."""
        if not self.cur[-1]:
            self.cmd = cmd
            self.simulate_call(cmd)

    # What looks like a frame, for functions that do not exist.

    class fake_code:
        co_firstlineno = 0

        def __init__(self, filename, line, name):
            self.co_filename, self.co_line, self.co_name = filename, line, name

        def __repr__(self):
            return repr((self.co_filename, self.co_line, self.co_name))

    class fake_frame:
        def __init__(self, code, prior):
            self.f_code, self.f_back = code, prior

    def simulate_call(self, name):
        """Enter a function that does not exist."""
        frame = self.fake_frame(self.fake_code('profile', 0, name),
                                self.cur[-2] if self.cur else None)
        self.dispatch['call'](self, frame, 0)

    def simulate_cmd_complete(self):
        """Return from all functions that were entered."""
        t = self.get_time() - self.t
        while self.cur[-1]:
            self.dispatch['return'](self, self.cur[-2], t)
            t = 0
        self.t = self.get_time() - t

    def print_stats(self, sort=-1):
        """Print the table."""
        import pstats
        pstats.Stats(self).strip_dirs().sort_stats(sort).print_stats()

    def dump_stats(self, file):
        """Write the statistics to a file for pstats."""
        import marshal
        with open(file, 'wb') as f:
            self.create_stats()
            marshal.dump(self.stats, f)

    def create_stats(self):
        """Stop and set `stats`."""
        self.simulate_cmd_complete()
        self.snapshot_stats()

    def snapshot_stats(self):
        """Set `stats`."""
        self.stats = {}
        for func, (cc, ns, tt, ct, callers) in self.timings.items():
            callers = callers.copy()
            self.stats[func] = cc, sum(callers.values()), tt, ct, callers

    def run(self, cmd):
        """Profile a statement in the namespace of __main__."""
        import __main__
        return self.runctx(cmd, __main__.__dict__, __main__.__dict__)

    def runctx(self, cmd, globals, locals):
        """Profile a statement in these namespaces."""
        self.set_cmd(cmd)
        sys.setprofile(self.dispatcher)
        try:
            exec(cmd, globals, locals)
        finally:
            sys.setprofile(None)
        return self

    def runcall(self, func, /, *args, **kw):
        """Profile a call; give its result."""
        self.set_cmd(repr(func))
        sys.setprofile(self.dispatcher)
        try:
            return func(*args, **kw)
        finally:
            sys.setprofile(None)

    def calibrate(self, m, verbose=0):
        """Measure the time that the profiler adds to an event, over m calls."""
        if self.__class__ is not Profile:
            raise TypeError("Subclasses must override .calibrate().")
        saved = self.bias
        self.bias = 0
        try:
            return self._calibrate_inner(m, verbose)
        finally:
            self.bias = saved

    def _calibrate_inner(self, m, verbose):
        get_time = self.get_time

        def f1(n):
            for _ in range(n):
                work = 1

        def f(m, f1=f1):
            for _ in range(m):
                f1(100)

        # Once unmeasured.
        f(m)
        start = get_time()
        f(m)
        plain = get_time() - start
        if verbose:
            print("elapsed time without profiling =", plain)
        profiler = Profile()
        start = get_time()
        profiler.runctx('f(m)', globals(), locals())
        if verbose:
            print("elapsed time with profiling =", get_time() - start)
        calls = reported = 0.0
        for (_, _, name), (cc, ns, tt, ct, callers) in profiler.timings.items():
            if name in ("f", "f1"):
                calls += cc
                reported += tt
        if verbose:
            print("'CPU seconds' profiler reported =", reported)
            print("total # calls =", calls)
        if calls != m + 1:
            raise ValueError(f"internal error: total calls = {calls:.0f}")
        # A call and a return for each call.
        mean = (reported - plain) / 2.0 / calls
        if verbose:
            print("mean stopwatch overhead per profile event =", mean)
        return mean


class _Usage(Exception):
    """The command line is wrong; the text says how."""


def _parse_command(argv, default_sort):
    """Give (outfile, module, sort, rest) of a command line."""
    outfile, module, sort = None, False, default_sort
    at = 0
    while at < len(argv) and argv[at].startswith('-') and argv[at] != '-':
        arg = argv[at]
        at += 1
        if arg == '--':
            break
        if arg == '-m':
            module = True
            continue
        name, equals, value = arg.partition('=')
        if not arg.startswith('--'):
            name, value = arg[:2], arg[2:]
        if name in ('-h', '--help'):
            raise _Usage(None)
        if name not in ('-o', '--outfile', '-s', '--sort'):
            raise _Usage(f"no such option: {name}")
        if not value:
            if at == len(argv):
                kind = f"{name} option requires 1 argument"
                raise _Usage(kind)
            value = argv[at]
            at += 1
        if name in ('-o', '--outfile'):
            outfile = value
        else:
            sort = value
    return outfile, module, sort, argv[at:]


def _command(prog, runctx, default_sort, check_sort=False):
    """The command line of this module and of cProfile."""
    import os
    usage = (f"Usage: {prog} [-o output_file_path] [-s sort] [-m module | scriptfile] "
             "[arg] ...\n")
    if not sys.argv[1:]:
        print(usage)
        sys.exit(2)
    try:
        outfile, module, sort, args = _parse_command(sys.argv[1:], default_sort)
        if check_sort and sort != default_sort:
            import pstats
            words = sorted(pstats.Stats.sort_arg_dict_default)
            if sort not in words:
                raise _Usage(f"option -s: invalid choice: {sort!r} "
                             f"(choose from {', '.join(map(repr, words))})")
    except _Usage as error:
        if error.args[0] is None:
            print(usage)
            sys.exit(0)
        sys.stderr.write(f"{usage}\n{prog}: error: {error}\n")
        sys.exit(2)
    if not args:
        print(usage)
        # With -m, a module is missing; without, there is nothing to do.
        sys.exit(2 if module else 0)
    sys.argv[:] = args
    if outfile is not None:
        # The program may change the working directory.
        outfile = os.path.abspath(outfile)
    if module:
        import runpy
        code = "run_module(modname, run_name='__main__')"
        globs = {'run_module': runpy.run_module, 'modname': args[0]}
    else:
        progname = args[0]
        sys.path.insert(0, os.path.dirname(progname))
        with open(progname, 'rb') as file:
            code = compile(file.read(), progname, 'exec')
        globs = {'__spec__': None, '__file__': progname, '__name__': '__main__',
                 '__package__': None, '__cached__': None}
    try:
        runctx(code, globs, None, outfile, sort)
    except BrokenPipeError as error:
        # Nobody reads the table; nor would anybody read what is flushed at exit.
        sys.stdout = None
        sys.exit(error.errno)


def main():
    """Run the command."""
    _command("profile.py", runctx, -1)


if __name__ == '__main__':
    main()
