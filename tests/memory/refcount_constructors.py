# Counts of arguments in constructors.
import sys
rc = sys.getrefcount
class C: pass
class M:
    def __init__(self, a=None, *r, **k): self.r = rc(a), rc(self)
class M1:
    def __init__(self, a): self.r = rc(a), rc(self)
class M2:
    __slots__ = ('r',)
    def __init__(self, a, b): self.r = rc(a), rc(b), rc(self)
class M3(M1):
    def __init__(self, a): super().__init__(a); self.q = self.r, rc(a)
class M4(list):
    def __init__(self, a): self.r = rc(a), rc(self)
class M5:
    def __new__(cls, a):
        s = object.__new__(cls); s.r = rc(a), rc(s); return s
class M6(M5):
    def __init__(self, a): self.q = rc(a), rc(self)
class M7(tuple):
    def __new__(cls, a): return super().__new__(cls, (rc(a),))
class Meta(type):
    def __call__(c, a): x = super().__call__(a); x.m = rc(a); return x
class M8(M1, metaclass=Meta): pass
class E(Exception):
    def __init__(self, a): self.r = rc(a), rc(self)
import dataclasses
def f(o):
    return M(o).r, M(C()).r, M1(o).r, M1(C()).r, M1(a=o).r, M1(*[o]).r, M1(**{'a': o}).r, M(o, 1).r, M(o, b=2).r, M2(o, o).r, M3(o).r, M3(o).q, M4(o).r, M4(C()).r, M5(o).r, M6(o).r, M6(o).q, M7(o)[0], M8(o).r, M8(o).m, E(o).r, E(C()).r
o = C()
for i in range(5):
    print(M(o).r, M(C()).r, M1(o).r, M1(C()).r, M1(a=o).r, M1(*[o]).r, M1(**{'a': o}).r, M(o, 1).r, M(o, b=2).r, M2(o, o).r, M3(o).r, M3(o).q, M4(o).r, M4(C()).r, M5(o).r, M6(o).r, M6(o).q, M7(o)[0], M8(o).r, M8(o).m, E(o).r, E(C()).r)
    print(f(o), f(C()))
    print([M1(v).r for v in [o]], list(map(M1, [o]))[0].r, M1.__call__(o).r, type.__call__(M1, o).r)
