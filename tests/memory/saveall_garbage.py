# no-stress: prints what explicit collections put into gc.garbage
import gc, weakref
gc.disable(); gc.collect()
class A:
    def __init__(s, n): s.n = n
    def __del__(s): print("del", s.n)
gc.set_debug(gc.DEBUG_SAVEALL)
a = A(1); a.me = a; w = weakref.ref(a, lambda r: print("callback")); del a
print(gc.collect(), len(gc.garbage), [type(x).__name__ for x in gc.garbage], w())
print(gc.garbage[0].me is gc.garbage[0], gc.garbage[0].n)
l = []; l.append(l); del l; print(gc.collect(), [type(x).__name__ for x in gc.garbage])
print(gc.collect(), len(gc.garbage))
gc.set_debug(0); gc.garbage.clear(); print(gc.collect(), gc.garbage)
s0 = gc.get_stats()[2]; gc.set_debug(gc.DEBUG_SAVEALL); l = []; l.append(l); del l; gc.collect(); s1 = gc.get_stats()[2]; print(s1["collected"] - s0["collected"], s1["uncollectable"] - s0["uncollectable"]); gc.set_debug(0); gc.garbage.clear(); gc.collect()
