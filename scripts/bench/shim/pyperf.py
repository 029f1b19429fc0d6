"""What pyperformance's scripts want of pyperf, without processes, files and statistics.

Each benchmark is called once to warm up, then until half a second has passed, and its seconds for each loop are printed
as one line of JSON that scripts/bench/pyperformance reads.
"""

import argparse
import json
import sys
import time

perf_counter = time.perf_counter
VERSION = (2, 0, 0)
LEAST_SECONDS = 0.5


class Runner:
    def __init__(self, values=None, processes=None, loops=0, min_time=0.1, metadata=None, show_name=True,
                 program_args=None, add_cmdline_args=None, _argparser=None, warmups=None):
        self.argparser = _argparser or argparse.ArgumentParser(
            formatter_class=lambda prog: argparse.HelpFormatter(prog, width=100))
        self.argparser.add_argument("--inherit-environ")
        self.argparser.add_argument("--loops", type=int)
        self.metadata = dict(metadata or {})
        self.args = None

    def parse_args(self, args=None):
        if self.args is None:
            self.args = self.argparser.parse_args(args)
        return self.args

    def _measure(self, name, time_loops, inner_loops):
        self.parse_args()
        time_loops(1)
        loops, seconds = 0, 0.0
        while seconds < LEAST_SECONDS:
            seconds += time_loops(1)
            loops += 1
        print(json.dumps({"name": name, "seconds": seconds / loops / (inner_loops or 1)}), file=sys.stderr)

    def bench_time_func(self, name, time_func, *args, inner_loops=None, metadata=None):
        self._measure(name, lambda loops: time_func(loops, *args), inner_loops)

    def bench_func(self, name, func, *args, inner_loops=None, metadata=None):
        def time_loops(loops):
            start = perf_counter()
            for _ in range(loops):
                func(*args)
            return perf_counter() - start
        self._measure(name, time_loops, inner_loops)

    def bench_async_func(self, name, func, *args, inner_loops=None, metadata=None, loop_factory=None):
        import asyncio

        async def timed(loops):
            start = perf_counter()
            for _ in range(loops):
                await func(*args)
            return perf_counter() - start
        self._measure(name, lambda loops: asyncio.run(timed(loops)), inner_loops)

    def timeit(self, name, stmt, setup="pass", teardown="pass", inner_loops=None, duplicate=None, metadata=None,
               globals=None):
        namespace = dict(globals or {})
        exec(setup, namespace)
        code = compile(stmt, "<timeit>", "exec")

        def time_loops(loops):
            start = perf_counter()
            for _ in range(loops):
                exec(code, namespace)
            return perf_counter() - start
        self._measure(name, time_loops, inner_loops)


def python_implementation():
    return sys.implementation.name


def add_runs(filename, result):
    raise NotImplementedError("results go to scripts/bench/pyperformance only")
