"""Tracing memory allocations: what allocated which blocks, and what changed between two moments.

The tracing itself is native (_tracemalloc).  Here are snapshots of it, their statistics and
filters.
"""

from collections.abc import Iterable, Sequence
from functools import total_ordering
import linecache
from operator import attrgetter

from _tracemalloc import (
    _get_object_traceback,
    _get_traces,
    clear_traces,
    get_traceback_limit,
    get_traced_memory,
    get_tracemalloc_memory,
    is_tracing,
    reset_peak,
    start,
    stop,
)

_UNITS = ("B", "KiB", "MiB", "GiB", "TiB")


def _format_size(size, sign):
    plus = "+" if sign else ""
    for unit in _UNITS:
        if unit != "B" and abs(size) < 100:
            return f"{size:{plus}.1f} {unit}"
        if abs(size) < 10 * 1024 or unit == _UNITS[-1]:
            return f"{size:{plus}.0f} {unit}"
        size /= 1024


def _compared_by(*names, ordered=False):
    """A class decorator: instances compare and hash as these attributes of theirs."""
    values = attrgetter(*names)

    def decorate(cls):
        def equals(self, other):
            return values(self) == values(other) if isinstance(other, cls) else NotImplemented

        def less(self, other):
            return values(self) < values(other) if isinstance(other, cls) else NotImplemented

        cls.__eq__ = equals
        cls.__hash__ = lambda self: hash(values(self))
        if ordered:
            cls.__lt__ = less
            total_ordering(cls)
        return cls
    return decorate


@_compared_by("traceback", "size", "count")
class Statistic:
    """What the blocks of one traceback (or file, or line) take together."""

    __slots__ = ("traceback", "size", "count")

    def __init__(self, traceback, size, count):
        self.traceback, self.size, self.count = traceback, size, count

    def __str__(self):
        text = f"{self.traceback}: size={_format_size(self.size, False)}, count={self.count}"
        if self.count:
            text += f", average={_format_size(self.size / self.count, False)}"
        return text

    def __repr__(self):
        return (f"<Statistic traceback={self.traceback!r} size={self.size} "
                f"count={self.count}>")

    def _sort_key(self):
        return (self.size, self.count, self.traceback)


@_compared_by("traceback", "size", "size_diff", "count", "count_diff")
class StatisticDiff:
    """How a statistic differs between two snapshots."""

    __slots__ = ("traceback", "size", "size_diff", "count", "count_diff")

    def __init__(self, traceback, size, size_diff, count, count_diff):
        self.traceback = traceback
        self.size, self.size_diff = size, size_diff
        self.count, self.count_diff = count, count_diff

    def __str__(self):
        text = (f"{self.traceback}: size={_format_size(self.size, False)} "
                f"({_format_size(self.size_diff, True)}), "
                f"count={self.count} ({self.count_diff:+})")
        if self.count:
            text += f", average={_format_size(self.size / self.count, False)}"
        return text

    def __repr__(self):
        return (f"<StatisticDiff traceback={self.traceback!r} "
                f"size={self.size} ({self.size_diff:+}) "
                f"count={self.count} ({self.count_diff:+})>")

    def _sort_key(self):
        return (abs(self.size_diff), self.size,
                abs(self.count_diff), self.count,
                self.traceback)


def _compare_grouped_stats(old_group, new_group):
    nothing = Statistic(None, 0, 0)
    old_group = dict(old_group)
    differences = []
    for traceback, new in new_group.items():
        old = old_group.pop(traceback, nothing)
        differences.append(StatisticDiff(traceback, new.size, new.size - old.size,
                                         new.count, new.count - old.count))
    for traceback, old in old_group.items():
        differences.append(StatisticDiff(traceback, 0, -old.size, 0, -old.count))
    return differences


@_compared_by("_frame", ordered=True)
class Frame:
    """A call: file and line."""

    __slots__ = ("_frame",)

    def __init__(self, frame):
        # A tuple: (filename, lineno).
        self._frame = frame

    filename = property(lambda self: self._frame[0])
    lineno = property(lambda self: self._frame[1])

    def __str__(self):
        return f"{self.filename}:{self.lineno}"

    def __repr__(self):
        return f"<Frame filename={self.filename!r} lineno={self.lineno!r}>"


class _Wrapped(Sequence):
    """A sequence of tuples that are made into objects as they are asked for."""

    __slots__ = ()

    def _parts(self):
        """The tuples, and what makes an object of one."""
        raise NotImplementedError

    def __len__(self):
        return len(self._parts()[0])

    def __getitem__(self, index):
        parts, make = self._parts()
        found = parts[index]
        return tuple(map(make, found)) if isinstance(index, slice) else make(found)


@_compared_by("_frames", ordered=True)
class Traceback(_Wrapped):
    """Calls from the oldest to the most recent one."""

    __slots__ = ("_frames", "_total_nframe")

    def __init__(self, frames, total_nframe=None):
        # The tracer has them the other way round.
        self._frames = tuple(frames[::-1])
        self._total_nframe = total_nframe

    total_nframe = property(lambda self: self._total_nframe)

    def _parts(self):
        return self._frames, Frame

    def __contains__(self, frame):
        return frame._frame in self._frames

    def __str__(self):
        return str(self[0])

    def __repr__(self):
        total = "" if self._total_nframe is None else f" total_nframe={self.total_nframe}"
        return f"<Traceback {tuple(self)}{total}>"

    def format(self, limit=None, most_recent_first=False):
        frames = self
        if limit is not None:
            frames = self[-limit:] if limit > 0 else self[:limit]
        if most_recent_first:
            frames = reversed(frames)
        lines = []
        for frame in frames:
            lines.append(f'  File "{frame.filename}", line {frame.lineno}')
            source = linecache.getline(frame.filename, frame.lineno).strip()
            if source:
                lines.append(f"    {source}")
        return lines


def get_object_traceback(obj):
    """
    The Traceback where an object was allocated; None if that was not traced.
    """
    frames = _get_object_traceback(obj)
    return None if frames is None else Traceback(frames)


@_compared_by("_trace")
class Trace:
    """A block of memory."""

    __slots__ = ("_trace",)

    def __init__(self, trace):
        # A tuple: (domain, size, frames, total number of frames).
        self._trace = trace

    domain = property(lambda self: self._trace[0])
    size = property(lambda self: self._trace[1])
    traceback = property(lambda self: Traceback(*self._trace[2:]))

    def __str__(self):
        return f"{self.traceback}: {_format_size(self.size, False)}"

    def __repr__(self):
        return (f"<Trace domain={self.domain} size={_format_size(self.size, False)}, "
                f"traceback={self.traceback!r}>")


class _Traces(_Wrapped):
    """The blocks of a snapshot."""

    def __init__(self, traces):
        self._traces = traces

    def _parts(self):
        return self._traces, Trace

    def __contains__(self, trace):
        return trace._trace in self._traces

    def __eq__(self, other):
        return self._traces == other._traces if isinstance(other, _Traces) else NotImplemented

    def __repr__(self):
        return f"<Traces len={len(self)}>"


def _normalize_filename(filename):
    from os.path import normcase
    filename = normcase(filename)
    return filename[:-1] if filename.endswith(".pyc") else filename


class BaseFilter:
    """Keeps blocks that it describes if `inclusive`, else all others."""

    def __init__(self, inclusive):
        self.inclusive = inclusive

    def _match(self, trace):
        raise NotImplementedError


class Filter(BaseFilter):
    """Describes blocks allocated in files that match a pattern, perhaps at one line.

    Of the calls that led there it looks at the last, or at all of them.
    """

    def __init__(self, inclusive, filename_pattern, lineno=None, all_frames=False, domain=None):
        super().__init__(inclusive)
        self._filename_pattern = _normalize_filename(filename_pattern)
        self.lineno, self.all_frames, self.domain = lineno, all_frames, domain

    filename_pattern = property(lambda self: self._filename_pattern)

    def _is_meant(self, filename, lineno):
        from fnmatch import fnmatch
        if not fnmatch(_normalize_filename(filename), self._filename_pattern):
            return False
        return self.lineno is None or lineno == self.lineno

    def _match_frame(self, filename, lineno):
        return self._is_meant(filename, lineno) ^ (not self.inclusive)

    def _match_traceback(self, traceback):
        if not self.all_frames:
            return self._match_frame(*traceback[0])
        any_meant = any(self._is_meant(filename, lineno) for filename, lineno in traceback)
        return any_meant if self.inclusive else not any_meant

    def _match(self, trace):
        matches = self._match_traceback(trace[2])
        if self.domain is None:
            return matches
        same_domain = trace[0] == self.domain
        return (matches and same_domain) if self.inclusive else (matches or not same_domain)


class DomainFilter(BaseFilter):
    """Describes blocks of an address space."""

    def __init__(self, inclusive, domain):
        super().__init__(inclusive)
        self._domain = domain

    domain = property(lambda self: self._domain)

    def _match(self, trace):
        return (trace[0] == self.domain) ^ (not self.inclusive)


class Snapshot:
    """The traced blocks at one moment."""

    def __init__(self, traces, traceback_limit):
        self.traces = _Traces(traces)
        self.traceback_limit = traceback_limit

    def dump(self, filename):
        """Writes the snapshot to a file."""
        import pickle
        with open(filename, "wb") as file:
            pickle.dump(self, file, pickle.HIGHEST_PROTOCOL)

    @staticmethod
    def load(filename):
        """Reads a snapshot from a file."""
        import pickle
        with open(filename, "rb") as file:
            return pickle.load(file)

    def _filter_trace(self, include_filters, exclude_filters, trace):
        if include_filters and not any(f._match(trace) for f in include_filters):
            return False
        return all(f._match(trace) for f in exclude_filters)

    def filter_traces(self, filters):
        """
        A new snapshot of the blocks that some inclusive filter wants (if there is one) and no
        exclusive filter drops.
        """
        if not isinstance(filters, Iterable):
            raise TypeError("filters must be a list of filters, not %s"
                            % type(filters).__name__)
        traces = self.traces._traces
        if filters:
            include = [f for f in filters if f.inclusive]
            exclude = [f for f in filters if not f.inclusive]
            kept = [t for t in traces if self._filter_trace(include, exclude, t)]
        else:
            kept = traces.copy()
        return Snapshot(kept, self.traceback_limit)

    def _group_by(self, key_type, cumulative):
        if key_type not in ("traceback", "filename", "lineno"):
            raise ValueError("unknown key_type: %r" % (key_type,))
        if cumulative and key_type not in ("lineno", "filename"):
            raise ValueError("cumulative mode cannot by used with key type %r" % key_type)

        statistics = {}
        tracebacks = {}

        def place(key, frames, *total):
            traceback = tracebacks.get(key)
            if traceback is None:
                traceback = tracebacks[key] = Traceback(frames, *total)
            statistic = statistics.get(traceback)
            if statistic is None:
                statistic = statistics[traceback] = Statistic(traceback, 0, 0)
            return statistic

        for domain, size, frames, total_nframe in self.traces._traces:
            if cumulative:
                # A block counts for every call that led to it.
                for frame in frames:
                    if key_type == "filename":
                        frame = (frame[0], 0)
                    statistic = place(frame, (frame,))
                    statistic.size += size
                    statistic.count += 1
                continue
            if key_type == "traceback":
                statistic = place(frames, frames, total_nframe)
            elif key_type == "lineno":
                statistic = place(frames[0], (frames[0],))
            else:
                frame = (frames[0][0], 0)
                statistic = place(frame, (frame,))
            statistic.size += size
            statistic.count += 1
        return statistics

    def statistics(self, key_type, cumulative=False):
        """
        Statistics of the blocks grouped by "filename", "lineno" or "traceback", largest first.
        """
        statistics = list(self._group_by(key_type, cumulative).values())
        statistics.sort(reverse=True, key=Statistic._sort_key)
        return statistics

    def compare_to(self, old_snapshot, key_type, cumulative=False):
        """
        Differences to an older snapshot, grouped likewise, largest change first.
        """
        new_group = self._group_by(key_type, cumulative)
        old_group = old_snapshot._group_by(key_type, cumulative)
        differences = _compare_grouped_stats(old_group, new_group)
        differences.sort(reverse=True, key=StatisticDiff._sort_key)
        return differences


def take_snapshot():
    """A snapshot of the blocks traced so far."""
    if not is_tracing():
        raise RuntimeError("the tracemalloc module must be tracing memory "
                           "allocations to take a snapshot")
    return Snapshot(_get_traces(), get_traceback_limit())
