# no-stress: tells what the collections it asks for find
import builtins, re
def print(*a, **k): builtins.print(*(re.sub('0x[0-9a-f]+', '0x', str(x)) for x in a), **k)
import gc, weakref, sys
gc.disable(); gc.collect()
saved = []
class R:
    def __init__(self, n): self.n = n
    def __del__(self): print('del', self.n); saved.append(self)
r = R(1); w = weakref.ref(r, lambda x: print('cb')); del r; print(len(saved), w(), gc.is_finalized(saved[0]), gc.is_tracked(saved[0]), sys.getrefcount(saved[0])); saved.clear(); print('gone', w())
r = R(2); r.me = r; w = weakref.ref(r, lambda x: print('cb2')); del r; print(gc.collect(), len(saved), w() is None, saved[0].n, gc.is_finalized(saved[0])); saved.clear(); print(gc.collect(), w())
a, b = R('a'), R('b'); a.b, b.a = b, a; del a, b; print(gc.collect(), [s.n for s in saved]); x = saved[0]; saved.clear(); print(x.b.n); del x; print(gc.collect(), saved)
class One:
    def __init__(self): self.other = None
    def __del__(self): saved.append(self.other)
class Plain:
    def __del__(self): print('plain del')
o = One(); p = Plain(); o.other = p; p.o = o; del o, p; print(gc.collect(), saved, gc.is_finalized(saved[0])); saved.clear(); print(gc.collect())
class Again:
    n = 0
    def __del__(self): Again.n += 1; global g; g = self
Again(); print(Again.n); del g; print(Again.n); 
class L(list):
    def __del__(self): print('L', len(self)); saved.append(self)
l = L([1, 2]); del l; print(saved); l = saved.pop(); l.append(3); del l; print(saved)
class Half:
    def __init__(self, n): self.n = n
    def __del__(self):
        print('half', self.n)
        if self.n % 2: saved.append(self)
hs = [Half(i) for i in range(4)]
for i in range(4): hs[i].nxt = hs[(i + 1) % 4]
del hs, i; print(gc.collect(), [h.n for h in saved]); saved.clear(); print(gc.collect())
hs = [Half(i) for i in range(0, 8, 2)]
for i in range(4): hs[i].nxt = hs[(i + 1) % 4]
del hs, i; print(gc.collect())
def gen():
    try: yield 1
    finally: saved.append('fin')
g = gen(); next(g); del g; print(saved); saved.clear()
class G:
    def __del__(self):
        try: 1 / 0
        except ZeroDivisionError as e: saved.append(e)
G(); print(saved, saved[0].__traceback__.tb_frame.f_locals['self'].__class__.__name__); saved.clear(); print(gc.collect() > 0)
class Slot:
    __slots__ = ('x', '__weakref__')
    def __del__(self): saved.append(self)
s = Slot(); s.x = [1]; w = weakref.ref(s); del s; print(saved[0].x, w()); w2 = weakref.ref(saved[0]); saved.clear(); print(w2())
class Cls:
    def __del__(self): print('cls del'); self.__class__ = Other
class Other: pass
c = Cls(); del c; c = Cls(); c.c = c; del c; print(gc.collect())
print([d['collected'] >= 0 for d in gc.get_stats()], gc.garbage)
