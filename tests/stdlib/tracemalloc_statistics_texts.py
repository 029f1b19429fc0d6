import tracemalloc, linecache
from tracemalloc import Filter, DomainFilter, Snapshot, Statistic, StatisticDiff, Trace, Traceback, Frame
F = 'a.py'
def tr(dom, size, *frames): return (dom, size, tuple(frames), len(frames))
traces = [tr(0, 10, ('a.py', 2), ('b.py', 4)), tr(0, 10, ('a.py', 2), ('b.py', 4)), tr(0, 10, ('a.py', 2), ('b.py', 4)), tr(1, 2, ('a.py', 5), ('b.py', 4)), tr(2, 66, ('b.py', 1)), tr(3, 7, ('<unknown>', 0)), tr(0, 1024 * 15, ('c.py', 9)), tr(0, 1024 * 1024 * 20, ('c.py', 10))]
s = Snapshot(traces, 2)
for k in ('traceback', 'lineno', 'filename'):
    for x in s.statistics(k): print(k, x, x.count, x.size)
for k in ('lineno', 'filename'):
    for x in s.statistics(k, True): print('cum', k, x)
s2 = Snapshot(traces[2:] + [tr(0, 500, ('new.py', 1))] * 3, 2)
for k in ('traceback', 'lineno', 'filename'):
    for x in s2.compare_to(s, k): print(x, '|', x.size, x.size_diff, x.count, x.count_diff)
for x in s.compare_to(s2, 'filename', cumulative=True): print(x)
print(repr(s.statistics('filename')[0])); print(repr(s2.compare_to(s, 'filename')[0]))
def show(*fs): print([(t.domain, t.size, str(t.traceback)) for t in s.filter_traces(fs).traces])
show(Filter(True, 'a.py')); show(Filter(False, 'a.py')); show(Filter(True, 'b.py', all_frames=True)); show(Filter(True, 'a.py', 2)); show(Filter(True, 'a.py'), Filter(False, 'a.py', 5)); show(Filter(False, 'b.py', all_frames=True)); show(DomainFilter(True, 0)); show(DomainFilter(False, 0)); show(Filter(True, '*.py', domain=1)); show(Filter(True, '?.py'), DomainFilter(True, 2)); show(); show(Filter(True, '*.pyc')); show(Filter(False, 'c*'))
f = Filter(True, 'x.pyc', 5, True, 3); print(f.inclusive, f.filename_pattern, f.lineno, f.all_frames, f.domain); d = DomainFilter(False, 2); print(d.inclusive, d.domain)
for a in ('inclusive', 'lineno', 'filename_pattern'):
    try: setattr(f, a, 1); print(a, getattr(f, a))
    except AttributeError as e: print(e)
t = s.traces[0]; print(t, repr(t)); tb = t.traceback; print(tb, repr(tb), len(tb), tb[0], repr(tb[0]), tb[0].filename, tb[0].lineno, tb.total_nframe, tb.format(), tb[-1] == Frame(('a.py', 2)), tb[0] < tb[1])
q = s.statistics('lineno')[0]; print(q.traceback, q == q, hash(q) == hash(q), q == 5, q != s.statistics('lineno')[1])
print(Statistic(Traceback([('f.py', 3)]), 5000, 2), '|', Statistic(Traceback([('f.py', 3)]), 0, 0), '|', StatisticDiff(Traceback([('f.py', 3)]), 5000, -100, 2, -1), '|', Trace((0, 12345, (('f', 1),), None)))
for n in (0, 1, 1023, 1024, 10239, 10240, 99999, 1024 * 100, 1024 * 1000, 1024 * 10240, 10 ** 9, 10 ** 12, 10 ** 14): print(Statistic(Traceback([('f.py', 3)]), n, 1))
for n in (-1, -20000, -10 ** 8): print(StatisticDiff(Traceback([('f.py', 3)]), 10, n, 1, -5))
import pickle, os, tempfile; p = tempfile.mktemp(); s.dump(p); l = Snapshot.load(p); print(l.traceback_limit, [str(x) for x in l.statistics('filename')] == [str(x) for x in s.statistics('filename')], l.traces == s.traces); os.unlink(p)
