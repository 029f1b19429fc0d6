class S:
    __slots__ = ("a", "b")
    c = 5
    def __init__(self, a): self.a = a
s = S(1)
print(s.a, s.c)
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
t(lambda: s.b); t(lambda: setattr(s, "z", 1)); t(lambda: s.__dict__); t(lambda: delattr(s, "b")); t(lambda: setattr(s, "c", 1)); t(lambda: delattr(s, "zz"))
del s.a; t(lambda: s.a)
s.a = 2; print(s.a, S.a, type(S.a).__name__, S.__slots__)
t(lambda: S.a.__get__(5)); t(lambda: S.a.__get__(s)); t(lambda: S.a.__set__(s, 9)); print(s.a, S.a.__name__, S.a.__objclass__)
class D(S): pass
d = D(1); d.z = 2; print(d.__dict__, d.a)
class E(S): __slots__ = ("e",)
e = E(3); e.e = 4; print(e.a, e.e); t(lambda: setattr(e, "f", 1))
class F: __slots__ = "single"
f = F(); f.single = 1; print(f.single); t(lambda: f.__dict__)
class G: __slots__ = ("__dict__", "x")
g = G(); g.x = 1; g.y = 2; print(g.__dict__)
class H: __slots__ = ()
t(lambda: setattr(H(), "x", 1))
class I: __slots__ = ["l1", "l2"]
class J: __slots__ = {"d1": "doc d1", "d2": None}
print(I.__slots__, J.__slots__, J.d1.__doc__, J.d2.__doc__)
class K: __slots__ = iter(["it"])
k = K(); k.it = 1; print(k.it)
for sl in ["('a', 'a')", "5", "(1,)", "('1a',)", "('a b',)", "('x',)", "('__dict__', '__dict__')", "None"]:
    try: exec(f"class Z:\n x = 1\n __slots__ = {sl}"); print("ok", sl)
    except Exception as e: print(type(e).__name__, e)
class P: __slots__ = ("__priv", "pub")
p = P(); t(lambda: setattr(p, "_P__priv", 1)); print(p._P__priv)
class Q(list): __slots__ = ("q",)
q = Q([1]); q.q = 2; print(q, q.q); t(lambda: setattr(q, "r", 1))
for b in (int, tuple, bytes):
    try: type("R", (b,), {"__slots__": ("x",)})
    except TypeError as e: print(e)
    print(type("R", (b,), {"__slots__": ()}).__name__)
import weakref
t(lambda: weakref.ref(s))
class W: __slots__ = ("__weakref__",)
w = W(); print(weakref.ref(w)() is w)
try: type("V", (W,), {"__slots__": ("__weakref__",)})
except TypeError as e: print(e)
try: type("V", (D,), {"__slots__": ("__dict__",)})
except TypeError as e: print(e)
class M1: __slots__ = ("m",)
class M2: __slots__ = ("n",)
try: type("M", (M1, M2), {})
except TypeError as e: print(e)
class N(M1): __slots__ = ("m",)
n = N(); n.m = 1; t(lambda: M1.m.__get__(n)); print(n.m)
a, b = S(1), type("S2", (), {"__slots__": ("a", "b")})()
t(lambda: setattr(a, "__class__", type(b)))
print(type(a).__name__)
class X: __slots__ = ("a",)
class Y: __slots__ = ("a",)
x = X(); x.a = 1; x.__class__ = Y; print(type(x), x.a)
class Prop:
    __slots__ = ("_v",)
    @property
    def v(self): return self._v
    @v.setter
    def v(self, z): self._v = z
o = Prop(); o.v = 3; print(o.v)
