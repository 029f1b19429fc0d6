# no-stress: counts collections
import gc, sys, io
class C:
    def __init__(s, n=0): s.n = n
    def __del__(s): print('del', s.n)
def ring(n):
    l = [C((n, i)) for i in range(n)]
    for a, b in zip(l, l[1:] + l[:1]): a.next = b
gc.collect(); gc.disable()
log = []
def cb(phase, info): log.append((phase, dict(info)))
gc.callbacks.append(cb)
ring(3); print(gc.collect(), log); log.clear()
ring(2); print(gc.collect(0), log); log.clear()
ring(2); print(gc.collect(1), log); log.clear()
print(gc.collect(0), gc.get_count()[1:], log); log.clear()
gc.callbacks.remove(cb)
def bad(phase, info): raise ValueError(phase)
gc.callbacks.append(bad); sys.stderr = io.StringIO()
gc.collect(); e = sys.stderr.getvalue(); sys.stderr = sys.__stderr__; print([l for l in e.splitlines() if 'ValueError' in l and 'raise' not in l])
gc.callbacks.clear()
s0 = gc.get_stats(); ring(4); gc.collect(); s1 = gc.get_stats()
print([(b['collections'] - a['collections'], b['collected'] - a['collected'], b['uncollectable'] - a['uncollectable']) for a, b in zip(s0, s1)])
print([sorted(d) for d in s1])
gc.set_debug(gc.DEBUG_SAVEALL); ring(2); print(gc.collect(), len(gc.garbage), [type(x).__name__ for x in gc.garbage]); gc.set_debug(0); gc.garbage.clear(); print(gc.collect())
for a in [(), (0,), (-1,), (3,), ('x',), (None,), (2, 3)]:
    try: print(a, type(gc.collect(*a)).__name__)
    except Exception as x: print(a, type(x).__name__, x)
for a in [(0,), (1, 2), (1, 2, 3), (1, 2, 3, 4), ('a',), (-1,), (2**40,)]:
    try: gc.set_threshold(*a); print(a, gc.get_threshold())
    except Exception as x: print(a, type(x).__name__, x, gc.get_threshold())
gc.set_threshold(700, 10, 10)
for a in [(0,), (1,), (2,), (None,), (-1,), (3,), ('x',), (1.0,)]:
    try: print(a, type(gc.get_objects(*a)).__name__)
    except Exception as x: print(a, type(x).__name__, x)
a = []; print(any(x is a for x in gc.get_objects(0)), any(x is a for x in gc.get_objects(1)), any(x is a for x in gc.get_objects(generation=2)), any(x is a for x in gc.get_objects()))
gc.collect(0); print([any(x is a for x in gc.get_objects(i)) for i in range(3)])
gc.collect(1); print([any(x is a for x in gc.get_objects(i)) for i in range(3)])
gc.freeze(); print([any(x is a for x in gc.get_objects(i)) for i in range(3)], gc.get_freeze_count() > 100, gc.get_objects(0), len(gc.get_objects(1)), gc.get_referrers(a) == []); gc.unfreeze(); print([any(x is a for x in gc.get_objects(i)) for i in range(3)], gc.get_freeze_count())
print(gc.isenabled(), gc.enable(), gc.isenabled(), gc.get_debug(), gc.is_finalized(a), gc.is_finalized(3))
print({k: v for k, v in vars(gc).items() if k.isupper()})
for o in [1, 'a', (), (1,), [], {}, {1: 2}, {1: []}, set(), frozenset(), C, C(), len, print, gc, f"x", b'', 1.5, None, int, type, object(), (lambda: 1), range(3), iter([]), slice(1), property(), [].append, gc.collect, ring, ring.__code__, Exception(), staticmethod(ring)]:
    print(type(o).__name__, gc.is_tracked(o))
