# no-stress: counts what explicit collections find
import gc, weakref
gc.disable(); gc.collect()
saved = []
class R:
    def __init__(s, n): s.n = n
    def __del__(s): print("del", s.n); saved.append(s)
r = R(1); w = weakref.ref(r, lambda _: print("cb")); del r
print(len(saved), saved[0].n, w() is None); print(gc.is_finalized(saved[0])); saved.clear(); print("second death silent")
r = R(2); r.me = r; w = weakref.ref(r); del r; print(gc.collect(), w(), saved[0].me is saved[0], gc.is_finalized(saved[0]))
saved.clear(); print(gc.collect(), len(saved))
a, b = R("a"), R("b"); a.o = b; b.o = a; a.data = [1, 2]; del a, b; print(gc.collect(), [s.n for s in saved], saved[0].o is saved[1], saved[0].data); saved.clear(); print(gc.collect())
class Once:
    def __del__(s):
        if flag: keep.append(s)
keep = []; flag = True
o = Once(); o.c = o; del o; print(gc.collect(), len(keep)); keep[0].c = None; keep.clear(); print(len(keep), gc.collect())
class P:
    def __init__(s, n): s.n = n
    def __del__(s):
        print("P del", s.n)
        if s.n == "saver": saved.append(s.peer)
x, y, z = P("saver"), P("peer"), P("other"); x.peer = y; y.back = x; z.me = z; z.x = x; y.z = z
del x, y, z; print(gc.collect(), [s.n for s in saved], saved[0].back.n, saved[0].z.me is saved[0].z); saved.clear(); print(gc.collect())
x, y = P("saver"), P("lone"); x.me = x; x.peer = [1]; y.me = y; del x, y; print(gc.collect(), saved); saved.clear()
class G:
    def __del__(s): global glob; glob = s
g = G(); del g; print(type(glob).__name__); glob = None; print(glob)
class L(list):
    def __del__(s): saved.append(s)
l = L([1, 2]); l.append(l); del l; print(gc.collect(), saved[0][:2], saved[0][2] is saved[0]); saved[0].clear(); saved.clear(); print(gc.collect())
class S:
    __slots__ = ("v",)
    def __del__(s): saved.append(s)
s = S(); s.v = "kept"; del s; print(saved[0].v); saved.clear()
def gen():
    try: yield 1
    finally: saved.append("finally ran")
saved = []; it = gen(); next(it); it2 = it; del it; print(saved); del it2; print(saved)
