class Meta(type):
    @classmethod
    def __prepare__(m, name, bases, **kw): print("prepare", name, bases, kw); return {"prep": 1}
    def __new__(m, name, bases, ns, **kw): print("new", name, sorted(k for k in ns if k[:2] != "__"), kw); return super().__new__(m, name, bases, ns)
    def __init__(c, name, bases, ns, **kw): print("init", name, kw); super().__init__(name, bases, ns)
    def __call__(c, *a, **k): print("call", c.__name__, a); return super().__call__(*a, **k)
class A(metaclass=Meta, opt=1):
    print("body"); x = 5
    def __init__(self, *a): print("A init", a)
a = A(1)
class B(A): y = 6
B(2)
print(type(A), type(B), A.prep)
class Sub:
    def __init_subclass__(cls, /, tag=None, **kw): super().__init_subclass__(**kw); print("init_subclass", cls.__name__, tag)
class S1(Sub, tag="t1"): pass
class S2(S1): pass
try:
    class S3(Sub, bad=1): pass
except TypeError as e: print(e)
try:
    class S4(x=1): pass
except TypeError as e: print(e)
class D:
    def __set_name__(self, owner, name): print("set_name", owner.__name__, name)
class H: d1 = D(); d2 = D()
H.d3 = D()
class DErr:
    def __set_name__(self, owner, name): raise ValueError("sn")
try:
    class HE: q = DErr()
except ValueError as e: print(repr(e), e.__notes__)
class M1(type): pass
class M2(type): pass
class X1(metaclass=M1): pass
class X2(metaclass=M2): pass
try:
    class X3(X1, X2): pass
except TypeError as e: print(e)
class M3(M1, M2): pass
class X4(X1, X2, metaclass=M3): pass
print(type(X4))
def fmeta(name, bases, ns, **kw): print("fmeta", name, bases, kw); return (name, sorted(k for k in ns if k[:2] != "__"))
class F(1, 2, metaclass=fmeta, z=3): q = 1
print(F)
try:
    class G(5): pass
except TypeError as e: print(e)
class MroE:
    def __mro_entries__(self, bases): print("mro_entries", len(bases)); return (A,)
class I(MroE()): pass
print(I.__bases__, hasattr(I, "__orig_bases__"))
class BadMro:
    def __mro_entries__(self, bases): return 5
try:
    class J(BadMro()): pass
except TypeError as e: print(e)
T = type("T", (Sub,), {"v": 1}, tag="dyn")
print(T.v, T)
for args in [(), (1, 2), ("n", (), 5), ("n", 5, {}), (5, (), {}), ("n", (5,), {}), ("n", (bool,), {}), ("n", (int, str), {}), ("a\0b", (), {}), ("n", (object, int), {}), ("n", (int, int), {}), ("n", (type(None),), {}), ("n", (type(lambda: 1),), {})]:
    try: print(type(*args))
    except Exception as e: print(type(e).__name__, e)
class PrepBad(type):
    @classmethod
    def __prepare__(m, *a): return 5
try:
    class K(metaclass=PrepBad): pass
except TypeError as e: print(e)
class NS(dict):
    def __setitem__(s, k, v):
        if k[:2] != "__": print("ns set", k)
        super().__setitem__(k, v)
    def __missing__(s, k):
        if k.startswith("auto"): return "auto!"
        raise KeyError(k)
class PM(type):
    @classmethod
    def __prepare__(m, *a): return NS()
class L(metaclass=PM):
    a = autovalue
    def b(self): pass
print(L.a)
class Cell:
    def get(self): return __class__
    cc = 1
print(Cell().get() is Cell, "__classcell__" in Cell.__dict__)
class NoCell(type):
    def __new__(m, n, b, ns): ns.pop("__classcell__", None); return super().__new__(m, n, b, ns)
try:
    class Z(metaclass=NoCell):
        def f(self): return __class__
except RuntimeError as e: print(e)
