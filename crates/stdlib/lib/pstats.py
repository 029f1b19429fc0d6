"""Read, combine, sort and print what the profilers measured.

Statistics map a function (file, line, name) to (primitive calls, calls, own time, time with
subcalls, callers); callers map functions to a number of calls or to such a tuple.
"""

import sys
import os
import time
from enum import StrEnum
from dataclasses import dataclass
from typing import Dict

__all__ = ["Stats", "SortKey", "FunctionProfile", "StatsProfile"]


class SortKey(StrEnum):
    """What statistics can be sorted by."""

    CALLS = 'calls', 'ncalls'
    CUMULATIVE = 'cumulative', 'cumtime'
    FILENAME = 'filename', 'module'
    LINE = 'line'
    NAME = 'name'
    NFL = 'nfl'
    PCALLS = 'pcalls'
    STDNAME = 'stdname'
    TIME = 'time', 'tottime'

    def __new__(cls, *values):
        key = str.__new__(cls, values[0])
        key._value_ = values[0]
        for other_value in values[1:]:
            cls._value2member_map_[other_value] = key
        key._all_values = values
        return key


@dataclass(unsafe_hash=True)
class FunctionProfile:
    """One line of the table."""

    ncalls: str
    tottime: float
    percall_tottime: float
    cumtime: float
    percall_cumtime: float
    file_name: str
    line_number: int


@dataclass(unsafe_hash=True)
class StatsProfile:
    """The whole table, by the functions' names."""

    total_tt: float
    func_profiles: Dict[str, FunctionProfile]


class Stats:
    """Statistics of profilers and of files they wrote, added up.

    The arguments are profilers, file names, or other Stats; `stream` is where to print. Most
    methods give the object itself, so that they can be chained.
    """

    def __init__(self, *args, stream=None):
        self.stream = stream or sys.stdout
        first, *others = args or (None,)
        self.init(first)
        self.add(*others)

    def _print(self, *args, **kwargs):
        print(*args, **kwargs, file=self.stream)

    def init(self, arg):
        """Forget all and load the first statistics."""
        self.files, self.stats = [], {}
        self.total_tt = self.total_calls = self.prim_calls = self.max_name_len = 0
        self.top_level = set()
        # Made when they are needed: the functions in order, callees, words to sort by.
        self.fcn_list = self.all_callees = None
        self.sort_arg_dict = {}
        self.load_stats(arg)
        try:
            self.get_top_level_stats()
        except Exception:
            self._print(f"Invalid timing data {self.files[-1] if self.files else ''}")
            raise

    def load_stats(self, arg):
        """Load the statistics of a profiler or a file."""
        if arg is None:
            self.stats = {}
            return
        if isinstance(arg, str):
            import marshal
            with open(arg, 'rb') as file:
                self.stats = marshal.load(file)
            try:
                arg = f"{time.ctime(os.stat(arg).st_mtime)}    {arg}"
            except OSError:
                pass
            self.files = [arg]
        elif hasattr(arg, 'create_stats'):
            arg.create_stats()
            # They are ours alone from now on.
            self.stats, arg.stats = arg.stats, {}
        if not self.stats:
            raise TypeError(f"Cannot create or construct a {self.__class__!r} object from "
                            f"{arg!r}")

    def get_top_level_stats(self):
        """Add up the totals."""
        self.prim_calls += sum(stat[0] for stat in self.stats.values())
        self.total_calls += sum(stat[1] for stat in self.stats.values())
        self.total_tt += sum(stat[2] for stat in self.stats.values())
        self.top_level.update(func for func, stat in self.stats.items()
                              if ("jprofile", 0, "profiler") in stat[4])
        longest = max(map(len, map(func_std_string, self.stats)), default=0)
        self.max_name_len = max(self.max_name_len, longest)

    def add(self, *arg_list):
        """Add more statistics."""
        for more in reversed(arg_list):
            if type(more) != type(self):
                more = Stats(more)
            for name in 'files', 'prim_calls', 'total_calls', 'total_tt':
                setattr(self, name, getattr(self, name) + getattr(more, name))
            self.top_level |= more.top_level
            self.max_name_len = max(self.max_name_len, more.max_name_len)
            # The order is that of before.
            self.fcn_list = None
            for func, stat in more.stats.items():
                known = self.stats.get(func, (0, 0, 0, 0, {}))
                self.stats[func] = add_func_stats(known, stat)
        return self

    def dump_stats(self, filename):
        """Write the statistics to a file that can be loaded again."""
        import marshal
        with open(filename, 'wb') as file:
            marshal.dump(self.stats, file)

    # For each word: the columns and directions to sort by, and what to call that.
    sort_arg_dict_default = {
        "calls": (((1, -1),), "call count"),
        "ncalls": (((1, -1),), "call count"),
        "cumtime": (((3, -1),), "cumulative time"),
        "cumulative": (((3, -1),), "cumulative time"),
        "filename": (((4, 1),), "file name"),
        "line": (((5, 1),), "line number"),
        "module": (((4, 1),), "file name"),
        "name": (((6, 1),), "function name"),
        "nfl": (((6, 1), (4, 1), (5, 1),), "name/file/line"),
        "pcalls": (((0, -1),), "primitive call count"),
        "stdname": (((7, 1),), "standard name"),
        "time": (((2, -1),), "internal time"),
        "tottime": (((2, -1),), "internal time"),
    }

    def get_sort_arg_defs(self):
        """Give the words to sort by, also shortened as long as that is unambiguous."""
        if not self.sort_arg_dict:
            found, ambiguous = {}, set()
            for word, definition in self.sort_arg_dict_default.items():
                for length in range(len(word), 0, -1):
                    fragment = word[:length]
                    if fragment in found:
                        ambiguous.add(fragment)
                        break
                    found[fragment] = definition
            for fragment in ambiguous:
                del found[fragment]
            self.sort_arg_dict = found
        return self.sort_arg_dict

    def sort_stats(self, *field):
        """Sort by the words or SortKeys, the first one first."""
        if not field:
            self.fcn_list = 0
            return self
        if len(field) == 1 and isinstance(field[0], int):
            # The numbers that old programs use.
            field = [{-1: "stdname", 0: "calls", 1: "time", 2: "cumulative"}[field[0]]]
        elif any(type(arg) != type(field[0]) for arg in field[1:]):
            raise TypeError("Can't have mixed argument type")
        definitions = self.get_sort_arg_defs()
        columns, names = (), []
        for word in field:
            if isinstance(word, SortKey):
                word = word.value
            columns += definitions[word][0]
            names.append(definitions[word][1])
        self.sort_type = ", ".join(names)
        rows = [(cc, nc, tt, ct) + func + (func_std_string(func), func)
                for func, (cc, nc, tt, ct, callers) in self.stats.items()]
        from functools import cmp_to_key
        rows.sort(key=cmp_to_key(TupleComp(columns).compare))
        self.fcn_list = [row[-1] for row in rows]
        return self

    def reverse_order(self):
        """Reverse the order."""
        if self.fcn_list:
            self.fcn_list.reverse()
        return self

    def strip_dirs(self):
        """Leave out the directories of files; functions that become the same are added up."""
        stripped = {}
        longest = 0
        for func, (cc, nc, tt, ct, callers) in self.stats.items():
            func = func_strip_path(func)
            longest = max(longest, len(func_std_string(func)))
            callers = {func_strip_path(caller): value for caller, value in callers.items()}
            stat = cc, nc, tt, ct, callers
            if func in stripped:
                stat = add_func_stats(stripped[func], stat)
            stripped[func] = stat
        self.stats = stripped
        self.top_level = {func_strip_path(func) for func in self.top_level}
        self.max_name_len = longest
        self.fcn_list = None
        self.all_callees = None
        return self

    def calc_callees(self):
        """Turn the callers of functions round."""
        if self.all_callees:
            return
        self.all_callees = callees = {}
        for func, (cc, nc, tt, ct, callers) in self.stats.items():
            callees.setdefault(func, {})
            for caller, value in callers.items():
                callees.setdefault(caller, {})[func] = value

    def eval_print_amount(self, sel, list, msg):
        """Reduce a list: to a number of lines, to a fraction, or to what matches a pattern."""
        chosen = list
        if isinstance(sel, str):
            import re
            try:
                pattern = re.compile(sel)
            except re.error:
                return list, msg + f"   <Invalid regular expression {sel!r}>\n"
            chosen = [func for func in list if pattern.search(func_std_string(func))]
        elif isinstance(sel, float) and 0.0 <= sel < 1.0:
            chosen = list[:int(len(list) * sel + .5)]
        elif isinstance(sel, int) and 0 <= sel < len(list):
            chosen = list[:sel]
        if len(chosen) != len(list):
            msg += (f"   List reduced from {len(list)} to {len(chosen)} due to restriction "
                    f"<{sel!r}>\n")
        return chosen, msg

    def get_stats_profile(self):
        """Give the table as a StatsProfile."""
        funcs = self.fcn_list[:] if self.fcn_list else list(self.stats)
        if not funcs:
            return StatsProfile(0, {})
        profiles = {}
        for func in funcs:
            cc, nc, tt, ct, callers = self.stats[func]
            file_name, line_number, name = func
            profiles[name] = FunctionProfile(
                str(nc) if nc == cc else f'{nc}/{cc}',
                float(f8(tt)), -1 if nc == 0 else float(f8(tt / nc)),
                float(f8(ct)), -1 if cc == 0 else float(f8(ct / cc)),
                file_name, line_number)
        return StatsProfile(float(f8(self.total_tt)), profiles)

    def get_print_list(self, sel_list):
        """Print how the list is sorted and reduced; give the width of names and the list."""
        if self.fcn_list:
            funcs = self.fcn_list[:]
            msg = f"   Ordered by: {self.sort_type}\n"
        else:
            funcs = list(self.stats)
            msg = "   Random listing order was used\n"
        for selection in sel_list:
            funcs, msg = self.eval_print_amount(selection, funcs, msg)
        if not funcs:
            return 0, funcs
        self._print(msg)
        width = self.max_name_len
        if len(funcs) < len(self.stats):
            width = max(len(func_std_string(func)) for func in funcs)
        return width + 2, funcs

    def print_stats(self, *amount):
        """Print the table."""
        for filename in self.files:
            self._print(filename)
        if self.files:
            self._print()
        indent = ' ' * 8
        for func in self.top_level:
            self._print(indent, func_get_function_name(func))
        self._print(indent, self.total_calls, "function calls", end=' ')
        if self.total_calls != self.prim_calls:
            self._print(f"({self.prim_calls:d} primitive calls)", end=' ')
        self._print(f"in {self.total_tt:.3f} seconds")
        self._print()
        _width, funcs = self.get_print_list(amount)
        if funcs:
            self.print_title()
            for func in funcs:
                self.print_line(func)
            self._print('\n')
        return self

    def print_callees(self, *amount):
        """Print for each function those that it called."""
        width, funcs = self.get_print_list(amount)
        if funcs:
            self.calc_callees()
            self.print_call_heading(width, "called...")
            for func in funcs:
                self.print_call_line(width, func, self.all_callees.get(func, {}))
            self._print('\n')
        return self

    def print_callers(self, *amount):
        """Print for each function those that called it."""
        width, funcs = self.get_print_list(amount)
        if funcs:
            self.print_call_heading(width, "was called by...")
            for func in funcs:
                self.print_call_line(width, func, self.stats[func][4], "<-")
            self._print('\n')
        return self

    def print_call_heading(self, name_size, column_title):
        self._print("Function ".ljust(name_size) + column_title)
        # The profiler may have measured the calls of each caller.
        for cc, nc, tt, ct, callers in self.stats.values():
            if callers:
                if isinstance(next(iter(callers.values())), tuple):
                    self._print(" " * name_size + "    ncalls  tottime  cumtime")
                break

    def print_call_line(self, name_size, source, call_dict, arrow="->"):
        self._print(func_std_string(source).ljust(name_size) + arrow, end=' ')
        if not call_dict:
            self._print()
            return
        indent = ""
        for func in sorted(call_dict):
            name = func_std_string(func)
            value = call_dict[func]
            if isinstance(value, tuple):
                nc, cc, tt, ct = value
                calls = f'{nc:d}/{cc:d}' if nc != cc else f'{nc:d}'
                text = f'{calls.rjust(7 + 2 * len(indent))} {f8(tt)} {f8(ct)}  {name}'
                left_width = name_size + 1
            else:
                text = f'{name}({value!r}) {f8(self.stats[func][3])}'
                left_width = name_size + 3
            self._print(indent * left_width + text)
            indent = " "

    def print_title(self):
        self._print('   ncalls  tottime  percall  cumtime  percall', end=' ')
        self._print('filename:lineno(function)')

    def print_line(self, func):
        cc, nc, tt, ct, callers = self.stats[func]
        calls = str(nc) if nc == cc else f'{nc}/{cc}'
        own = f8(tt / nc) if nc else ' ' * 8
        cumulative = f8(ct / cc) if cc else ' ' * 8
        self._print(calls.rjust(9), f8(tt), own, f8(ct), cumulative, func_std_string(func))


class TupleComp:
    """Compares tuples by some of their items, each up (1) or down (-1)."""

    def __init__(self, comp_select_list):
        self.comp_select_list = comp_select_list

    def compare(self, left, right):
        for index, direction in self.comp_select_list:
            if left[index] < right[index]:
                return -direction
            if left[index] > right[index]:
                return direction
        return 0


def func_strip_path(func_name):
    path, *rest = func_name
    return (os.path.basename(path), *rest)


def func_get_function_name(func):
    *_, name = func
    return name


def func_std_string(func_name):
    """Give a function as the table shows it: file:line(name), or {name} for builtin ones."""
    filename, line, name = func_name
    if (filename, line) != ('~', 0):
        return f"{filename}:{line:d}({name})"
    if name.startswith('<') and name.endswith('>'):
        return f'{{{name[1:-1]}}}'
    return name


def add_func_stats(target, source):
    """Add up two statistics of a function."""
    *counts, callers = source
    *known, known_callers = target
    return (*(a + b for a, b in zip(counts, known)), add_callers(known_callers, callers))


def add_callers(target, source):
    """Add up two dictionaries of callers."""
    result = dict(target)
    for func, value in source.items():
        if func not in result:
            result[func] = value
        elif isinstance(value, tuple):
            result[func] = tuple(i + j for i, j in zip(value, result[func]))
        else:
            result[func] += value
    return result


def count_calls(callers):
    """Give the sum of all callers' calls."""
    return sum(callers.values())


def f8(x):
    return "%8.3f" % x
