# no-stress: prints the collector's counters
import gc
gc.disable(); gc.collect()
print(gc.isenabled(), gc.get_threshold(), gc.get_debug()); gc.enable(); print(gc.isenabled()); gc.disable()
s0 = gc.get_stats(); print(len(s0), sorted(s0[0]), all(type(d) is dict for d in s0), gc.get_stats()[0] is s0[0])
def delta(f):
    a = gc.get_stats(); f(); b = gc.get_stats()
    return [tuple(y[k] - x[k] for k in ("collections", "collected", "uncollectable")) for x, y in zip(a, b)]
def junk(n):
    for _ in range(n): l = []; l.append(l)
print(delta(gc.collect), delta(lambda: gc.collect(0)), delta(lambda: gc.collect(1)))
junk(5); print(delta(lambda: gc.collect(0))); junk(3); print(delta(gc.collect)); print(delta(lambda: None))
gc.set_threshold(5, 6, 7); print(gc.get_threshold()); gc.set_threshold(100); print(gc.get_threshold()); gc.set_threshold(0, 0); print(gc.get_threshold()); gc.set_threshold(700, 10, 10)
for a in [(), (1, 2, 3, 4), ("a",), (1.5,), (None,), (1, "b")]:
    try: gc.set_threshold(*a); print("ok", gc.get_threshold())
    except TypeError as e: print(e)
gc.set_threshold(-1, -5, -7); print(gc.get_threshold()); gc.set_threshold(700, 10, 10)
gc.collect(); print(gc.get_count()[1:]); gc.collect(0); print(gc.get_count()[1:]); gc.collect(0); print(gc.get_count()[1:]); gc.collect(1); print(gc.get_count()[1:]); gc.collect(0); gc.collect(1); print(gc.get_count()[1:]); gc.collect(2); print(gc.get_count()[1:])
class A: pass
def cnt(f):
    gc.collect(); a = gc.get_count()[0]; k = f(); return gc.get_count()[0] - a
print(cnt(lambda: [A() for _ in range(50)]) - cnt(lambda: []), cnt(lambda: [set() for _ in range(50)]) - cnt(lambda: []), cnt(lambda: [1.5 * i for i in range(50)]) - cnt(lambda: []), cnt(lambda: [object() for i in range(50)]) - cnt(lambda: []))
for f in ("get_threshold", "get_stats", "get_count", "enable", "disable", "isenabled", "get_debug", "freeze", "unfreeze", "get_freeze_count"):
    try: getattr(gc, f)(1)
    except TypeError as e: print(e)
for v in ("a", None, 1.5):
    try: gc.set_debug(v)
    except TypeError as e: print(e)
gc.set_debug(gc.DEBUG_SAVEALL); print(gc.get_debug()); gc.set_debug(0)
print(gc.DEBUG_STATS, gc.DEBUG_COLLECTABLE, gc.DEBUG_UNCOLLECTABLE, gc.DEBUG_SAVEALL, gc.DEBUG_LEAK, gc.garbage, gc.callbacks)
print(sorted(n for n in dir(gc) if n[0] != "_"))
print(type(gc.get_objects()), [] in [[]], gc.get_objects(generation=0) is not None, len(gc.get_objects(2)) >= 0)
for g in (3, -2, "a", 1.5):
    try: gc.get_objects(g)
    except Exception as e: print(type(e).__name__, e)
m = [12345]; gc.collect(); print(any(o is m for o in gc.get_objects()), any(o is m for o in gc.get_objects(2)), any(o is m for o in gc.get_objects(0))); q = [54321]; print(any(o is q for o in gc.get_objects(0)), any(o is q for o in gc.get_objects(2))); gc.collect(0); print(any(o is q for o in gc.get_objects(1)))
