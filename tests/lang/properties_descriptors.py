class P:
    def __init__(self): self._v = 0
    @property
    def v(self): "doc v"; return self._v
    @v.setter
    def v(self, x): self._v = x
    @v.deleter
    def v(self): print("deleted"); self._v = None
    @property
    def ro(self): return "ro"
    wo = property(None, lambda s, x: print("wo set", x))
    nodel = property(lambda s: 1, doc="custom doc")
p = P(); p.v = 5; print(p.v, P.v.__doc__, P.nodel.__doc__); del p.v; print(p.v)
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
t(lambda: setattr(p, "ro", 1)); t(lambda: delattr(p, "ro")); t(lambda: p.wo); p.wo = 3; t(lambda: delattr(p, "nodel")); t(lambda: setattr(P(), "nodel", 1))
print(P.v.fget.__name__, P.v.fset.__name__, P.v.fdel.__name__, P.ro.fset, type(P.v), isinstance(P.v, property))
t(lambda: setattr(P.v, "fget", 1)); t(lambda: property(1, 2, 3, 4, 5)); t(lambda: property().__get__(p)); t(lambda: P.v.__get__(None, P) is P.v); t(lambda: P.v.__set__(p, 9)); print(p._v)
class Data:
    def __init__(s, n): s.n = n
    def __get__(s, o, t=None): return ("get", s.n, o is None, t.__name__)
    def __set__(s, o, v): print("set", s.n, v)
    def __delete__(s, o): print("delete", s.n)
class NonData:
    def __get__(s, o, t=None): return ("nd", o is None)
class SetOnly:
    def __set__(s, o, v): o.__dict__["so"] = ("via set", v)
class C: d = Data("d"); nd = NonData(); so = SetOnly()
c = C()
print(c.d, C.d, c.nd, C.nd, c.so is C.so)
c.d = 1; c.__dict__["d"] = "inst"; print(c.d); del c.d
c.nd = "shadow"; print(c.nd, C.nd); del c.nd; print(c.nd)
c.so = 5; print(c.so); t(lambda: delattr(c, "so"))
class DelOnly:
    def __delete__(s, o): print("delonly")
class DO: x = DelOnly()
o = DO(); t(lambda: setattr(o, "x", 1)); del o.x
class GetErr:
    def __get__(s, o, t): raise AttributeError("from get")
    def __set__(s, o, v): raise ValueError("from set")
class GE:
    x = GetErr()
    def __getattr__(s, n): return "fallback " + n
print(GE().x); t(lambda: setattr(GE(), "x", 1)); t(lambda: GE.x)
class Inst: pass
i = Inst(); i.d = Data("inst"); print(type(i.d).__name__)
class Typed:
    def __set_name__(s, o, n): s.n = "_" + n
    def __init__(s, t): s.t = t
    def __get__(s, o, t=None): return s if o is None else getattr(o, s.n)
    def __set__(s, o, v):
        if not isinstance(v, s.t): raise TypeError(f"{s.n[1:]} must be {s.t.__name__}")
        setattr(o, s.n, v)
class Pt: x = Typed(int); y = Typed(str)
q = Pt(); q.x = 1; print(q.x, q.__dict__); t(lambda: setattr(q, "y", 1)); t(lambda: q.y)
class Lazy:
    def __init__(s, f): s.f = f
    def __set_name__(s, o, n): s.n = n
    def __get__(s, o, t): v = o.__dict__[s.n] = s.f(o); return v
class LZ:
    @Lazy
    def val(self): print("computed"); return 42
z = LZ(); print(z.val, z.val)
class SubP(property): pass
class WithSub: x = SubP(lambda s: "sub")
print(WithSub().x, WithSub.x.__doc__)
class Inh(P):
    @P.v.getter
    def v(self): return ("inh", self._v)
n = Inh(); n.v = 3; print(n.v)
print(P.__dict__["v"].__get__(p, P), property.__get__(P.v, p), NonData.__get__(NonData(), 1))
f = P.__init__
print(f.__get__(p).__name__, hasattr(f, "__set__"), hasattr(P.v, "__set__"))
print(P.ro.__isabstractmethod__)
