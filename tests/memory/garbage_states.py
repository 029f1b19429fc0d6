# no-stress: tells what the collections it asks for find
import gc, sys, weakref
gc.collect(); gc.set_debug(gc.DEBUG_SAVEALL)
class N:
    def __init__(self, n): self.n = n; self.me = self
    def __del__(self): print('del', self.n)
    def __repr__(self): return 'N%s' % self.n
a, b = N(1), N(2); a.b = b; b.a = a; w = weakref.ref(a, lambda r: print('cb', r())); del a, b
print(gc.collect(), len(gc.garbage), [type(x).__name__ for x in gc.garbage], [x for x in gc.garbage if isinstance(x, N)], w())
x = gc.garbage[0]; print(x.n, x.b.n, gc.is_tracked(x), gc.is_finalized(x), sys.getrefcount(x)); gc.set_debug(0)
gc.garbage.clear(); print(gc.collect()); del x; print(gc.collect(), gc.garbage)
gc.set_debug(gc.DEBUG_SAVEALL); l = []; l.append(l); i = id(l); del l; gc.collect(0); print(len(gc.garbage), id(gc.garbage[0]) == i, gc.garbage); l = []; l.append(l); del l; gc.collect(); print(len(gc.garbage)); gc.collect(); print(len(gc.garbage)); gc.garbage[:] = []; gc.set_debug(0)
print(gc.collect(), gc.get_stats()[2]['uncollectable']); g = gc.garbage; print(g is gc.garbage, type(g)); gc.garbage = 5; print(gc.garbage, gc.collect()); gc.garbage = g
gc.set_debug(gc.DEBUG_LEAK & ~(gc.DEBUG_COLLECTABLE | gc.DEBUG_UNCOLLECTABLE)); s = set(); 
class Z: pass
z = Z(); z.s = s; s.add(z); del z, s; print(gc.collect(), [type(q).__name__ for q in gc.garbage]); gc.set_debug(0); del gc.garbage[:]; print(gc.collect())
def func():
    def f(): return f
    return None
gc.set_debug(gc.DEBUG_SAVEALL); func(); print(gc.collect(), [type(q).__name__ for q in gc.garbage]); gc.garbage.clear()
class Q:
    def m(self): pass
del Q; print(gc.collect(), [type(q).__name__ for q in gc.garbage]); gc.garbage.clear()
def g():
    try: yield
    finally: print('gen closed')
it = g(); next(it); L = [it]; 
def hold():
    def h(): yield me
    me = h(); next(me)
hold(); print(gc.collect(), [type(q).__name__ for q in gc.garbage]); gc.garbage.clear(); gc.set_debug(0); print(gc.collect()); del it, L; print('end')
