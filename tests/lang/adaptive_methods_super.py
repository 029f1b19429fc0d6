class A:
    def f(self): return ["A"]
class B(A):
    def f(self): return ["B"] + super().f()
class C(A):
    def f(self): return ["C"] + super().f()
class D(B, C):
    def f(self): return ["D"] + super().f()
d, b = D(), B()
for _ in range(50): d.f(); b.f()
print(d.f(), b.f()); A.f = lambda self: ["A2"]; print(d.f(), b.f()); C.f = lambda self: ["C2"]; print(d.f(), b.f()); del C.f; print(d.f()); B.__bases__ = (C,) if 0 else (A,); print(b.f())
class P:
    @property
    def v(self): return self._v
    def __init__(self, v): self._v = v
def getv(o): return o.v
p = P(1)
for _ in range(50): getv(p)
print(getv(p)); P.v = property(lambda s: "new prop"); print(getv(p)); P.v = 5; print(getv(p)); p.v = 6; print(getv(p))
class E:
    @classmethod
    def c(cls): return cls.__name__
    @staticmethod
    def s(): return "s"
class F(E): pass
def cs(o): return o.c(), o.s()
for _ in range(50): cs(E())
print(cs(F()), cs(E), cs(F)); E.c = lambda self: "now instance"; print(cs(F())); E.s = staticmethod(lambda: "s2"); print(cs(E()))
def ln(o): return len(o)
class L:
    def __len__(self): return 1
for _ in range(50): ln(L())
L.__len__ = lambda self: 2; print(ln(L())); L.__len__ = lambda self: "x"
try: ln(L())
except TypeError as e: print(e)
del L.__len__
try: ln(L())
except TypeError as e: print(e)
print(ln([1]), ln("ab"))
class Add:
    pass
def plus(a, b): return a + b
try: plus(Add(), 1)
except TypeError as e: print(e)
Add.__add__ = lambda s, o: "added"; print(plus(Add(), 1)); Add.__add__ = None
try: plus(Add(), 1)
except TypeError as e: print(e)
class Eq: pass
x, y = Eq(), Eq(); print(x == y, x != y); Eq.__eq__ = lambda s, o: True; print(x == y, x != y); 
try: hash(x); print("hash still works")
except TypeError as e: print(e)
Eq.__hash__ = None
try: hash(x)
except TypeError as e: print(e)
del Eq.__eq__, Eq.__hash__; print(x == y, hash(x) == hash(x))
class It: pass
try: iter(It())
except TypeError as e: print(e)
It.__iter__ = lambda s: iter([1]); print(list(It())); It.__iter__ = lambda s: 5
try: iter(It())
except TypeError as e: print(e)
class Base: pass
class Sub(Base): pass
s = Sub()
for n in ("__repr__", "__str__", "__bool__", "__call__", "__getitem__", "__contains__"):
    setattr(Base, n, lambda self, *a, n=n: True if n in ("__bool__", "__contains__") else n)
print(repr(s), str(s), bool(s), s(), s[0], 1 in s); Sub.__repr__ = lambda self: "sub repr"; print(repr(s), [s]); del Sub.__repr__, Base.__repr__; print(repr(s).split(" ")[0])
def tp(o): return type(o).__name__, o.__class__.__name__
for _ in range(50): tp(1)
print(tp("a"), tp(s)); s.__class__ = type("Other", (Base,), {}); print(tp(s))
