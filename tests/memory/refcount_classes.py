import sys, gc
gc.disable()
rc = sys.getrefcount
class A: pass
b = rc(A); i = A(); print(rc(A) - b); j = A(); print(rc(A) - b); del i; print(rc(A) - b); del j; print(rc(A) - b)
class B(A): pass
print(rc(A) - b > 0); k = B(); print(type(k) is B)
x = object(); base = rc(x)
def delta(): return rc(x) - base
class C:
    a = x
    def m(self, d=x): return d
    p = property(lambda s: x)
print(delta()); c = C(); print(c.p is x, delta()); c.own = x; print(delta()); n = c.m(); print(delta()); del n; C.a = None; print(delta()); del c; print(delta()); del C; gc.collect(); print(delta())
class D:
    def __init__(self, v): self.v = v
    def get(self): return self.v
d = D(x); print(delta()); d.get(); print(delta()); m = d.get; print(delta(), m() is x); del d; print(delta()); del m; print(delta())
class S: __slots__ = ("v",)
s = S(); s.v = x; print(delta()); s.v = x; print(delta()); del s.v; print(delta())
class M(type):
    def __new__(m, n, bs, ns, **k): return super().__new__(m, n, bs, ns)
class E(metaclass=M, opt=x): pass
print(delta())
class F:
    def __getattr__(self, n): return x
    def __getitem__(self, k): return x
    def __add__(self, o): return x
    def __call__(self): return x
f = F(); f.q; f[0]; f + 1; f(); print(delta()); r = [f.q, f[0], f + 1, f()]; print(delta()); del r; print(delta())
class G:
    def __set_name__(self, o, n): self.o = o
    def __get__(self, o, t): return x
class H: g = G()
h = H(); print(h.g is x, H.g is x, delta())
class I(list): pass
l = I([x, x]); print(delta()); l.extra = x; print(delta()); del l; print(delta())
d1 = {"k": x}; o = D(1); o.__dict__.update(d1); print(delta()); o.__dict__.clear(); print(delta()); o.__dict__ = d1; print(delta()); del d1; print(delta()); del o; print(delta())
