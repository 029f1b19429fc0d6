# no-stress: a collection of its own frees the cycle
import weakref, gc
gc.disable(); gc.collect()
log = []
class A:
    def __init__(s, n): s.n = n
    def __del__(s): log.append(f"del {s.n} ref={s.r() is s if hasattr(s, 'r') else None}")
def cb(tag): return lambda r: log.append(f"cb {tag} {r()}")
def show(t): print(t, log); log.clear()
a = A(1); a.r = weakref.ref(a); rs = [weakref.ref(a, cb(i)) for i in range(4)]; del a; show("count death, newest first")
a = A(2); r = weakref.ref(a, cb("x")); del r; del a; show("ref died first")
a = A(3); a.self = a; rs = [weakref.ref(a, cb(i)) for i in range(3)]; del a; show("before"); print(gc.collect()); show("cycle")
a = A(4); a.self = a; a.own = weakref.ref(a, cb("in trash")); out = weakref.ref(a, cb("outside")); del a; gc.collect(); show("trash ref silent")
a = A(5); a.self = a; a.r = weakref.ref(a); del a; gc.collect(); show("ref is dead in __del__")
def boom(r): raise ValueError("callback error")
a = A(6)
def newref(r): log.append("made"); keep.append(weakref.ref(other, cb("other")))
keep = []; other = A("other"); r1 = weakref.ref(a, newref); del a; show("creates"); del other; show("other dies")
a, b = A("a"), A("b"); a.b = b; b.a = a; ra, rb = weakref.ref(a, cb("ra")), weakref.ref(b, cb("rb")); del a, b; gc.collect(); show("pair")
class C: pass
c = C(); r = weakref.ref(c, lambda r: log.append(("dead", r() is None, r.__callback__))); c = None; show("callback attr")
d = C(); p = weakref.proxy(d, lambda p: log.append("proxy cb")); del d; show("proxy")
e = C(); l = []; r = weakref.ref(e, l.append); del e; print(l == [r])
x = C(); y = C(); rx = weakref.ref(x, lambda r: log.append(ry() is None)); ry = weakref.ref(y); l = [x, y]; del x, y; del l; show("list order")
def f(): pass
r = weakref.ref(f, cb("function")); del f; show("function")
class K: pass
r = weakref.ref(K, cb("class")); del K; show("class needs gc"); gc.collect(); show("class")
def g(): yield
it = g(); r = weakref.ref(it, cb("gen")); del it; show("gen")
z = A(9); class_ref = weakref.ref(z, cb("1")); m = z.__init__; del z; show("held by method"); del m; show("released")
