"""The fast profiler, with the interface of `profile`."""

__all__ = ["run", "runctx", "Profile"]

import _lsprof
import profile as _pyprofile


def run(statement, filename=None, sort=-1):
    return _pyprofile._Utils(Profile).run(statement, filename, sort)


def runctx(statement, globals, locals, filename=None, sort=-1):
    return _pyprofile._Utils(Profile).runctx(statement, globals, locals, filename, sort)


run.__doc__ = _pyprofile.run.__doc__
runctx.__doc__ = _pyprofile.runctx.__doc__


class Profile(_lsprof.Profiler):
    """Profile(timer=None, timeunit=None, subcalls=True, builtins=True)

    Builds a profiler object using the specified timer function. As a context manager it
    profiles the block.
    """

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
        self.disable()
        self.snapshot_stats()

    def snapshot_stats(self):
        """Set `stats` in the form that pstats reads."""
        entries = self.getstats()
        self.stats = {}
        callers_of = {}
        for entry in entries:
            callers = callers_of[id(entry.code)] = {}
            self.stats[label(entry.code)] = (
                entry.callcount - entry.reccallcount, entry.callcount, entry.inlinetime,
                entry.totaltime, callers)
        for entry in entries:
            caller = label(entry.code)
            for sub in entry.calls or ():
                callers = callers_of.get(id(sub.code))
                if callers is None:
                    continue
                counts = (sub.callcount, sub.callcount - sub.reccallcount, sub.inlinetime,
                          sub.totaltime)
                if caller in callers:
                    counts = tuple(a + b for a, b in zip(counts, callers[caller]))
                callers[caller] = counts

    def run(self, cmd):
        """Profile a statement in the namespace of __main__."""
        import __main__
        return self.runctx(cmd, __main__.__dict__, __main__.__dict__)

    def runctx(self, cmd, globals, locals):
        """Profile a statement in these namespaces."""
        self.enable()
        try:
            exec(cmd, globals, locals)
        finally:
            self.disable()
        return self

    def runcall(self, func, /, *args, **kw):
        """Profile a call; give its result."""
        self.enable()
        try:
            return func(*args, **kw)
        finally:
            self.disable()

    def __enter__(self):
        self.enable()
        return self

    def __exit__(self, *exc_info):
        self.disable()


def label(code):
    """Give the file, line and name of a code object or of a builtin function's name."""
    if isinstance(code, str):
        return '~', 0, code
    return code.co_filename, code.co_firstlineno, code.co_name


def main():
    """Run the command."""
    _pyprofile._command("cProfile.py", runctx, 2, check_sort=True)


if __name__ == '__main__':
    main()
