import gc
r = gc.get_referents
class A: pass
class S: __slots__ = ("b", "a")
a = A(); a.x = "vx"; a.y = "vy"
print([v if isinstance(v, str) else v.__name__ for v in r(a)])
a.__dict__; print([v if isinstance(v, dict) else v.__name__ for v in r(a)])
print(r([1, 2, 3]), r((1, 2, 3)), r({"a": 1, "b": 2}), r({1: "one", 2: "two"}), r({(1,): 2}), sorted(r({1, 2})), r(1), r("s"), r(None), r())
s = S(); s.a = "va"; s.b = "vb"; print([v if isinstance(v, str) else v.__name__ for v in r(s)])
print(r([1], [2]), r(slice(1, 2, 3)), r(iter([5])), r([[]], {}), r(range(3)), r(bytearray(b"x")))
def f(x="dflt"): return a
print([type(v).__name__ for v in r(f)][:1], a in r(f), any(v == ("dflt",) for v in r(f)), any(v == {"k": 1} for v in r(f)))
def outer():
    cell_v = ["cell"]
    def inner(): return cell_v
    return inner
c = outer().__closure__[0]; print(r(c))
m = a.__init__; print(a in r(m)); bm = A.__repr__
def g():
    loc = ["local"]; yield; yield
it = g(); print(r(it) != []); next(it); print(["local"] in r(it))
import weakref
w = weakref.ref(a); print(r(w)); cb = lambda _: 0; w2 = weakref.ref(a, cb); print(r(w2) == [cb])
p = property(len, None); print(len in r(p)); e = ValueError("arg"); print(r(e)[0]); e.note = 1; 
print(gc.get_referents(zip([1])) != [], r(enumerate([7]))[0].__class__.__name__, r(staticmethod(len)) != [])
class B(A): pass
print(A in r(B), (A,) in r(B), object in B.__mro__, any(v is B for v in r(B())))
l = []; l.append(l); print(r(l)[0] is l)
x = [1]; y = [x]; z = {"k": x}; q = (x,)
refs = gc.get_referrers(x); print(y in refs, z in refs, q in refs, globals() in refs, any(v is refs for v in refs), len([v for v in refs if v is y]))
print(gc.get_referrers(), [type(v).__name__ for v in gc.get_referrers(y) if v is not globals()], gc.get_referrers(object()))
k = object(); t = ({"k": k},); print([type(v).__name__ for v in gc.get_referrers(k) if v is not globals()])
o = A(); inner = ["held"]; o.held = inner; print([type(v).__name__ for v in gc.get_referrers(inner) if v is not globals()]); o.__dict__; print([type(v).__name__ for v in gc.get_referrers(inner) if v is not globals()])
