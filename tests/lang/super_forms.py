class A:
    x = "A.x"
    def f(self): return ("A.f", type(self).__name__)
    @classmethod
    def c(cls): return ("A.c", cls.__name__)
    @staticmethod
    def s(): return "A.s"
    @property
    def p(self): return "A.p"
    def __getitem__(self, k): return k
    def __len__(self): return 7
class B(A):
    x = "B.x"
    def f(self): return super().f(), super(B, self).f(), super(B, type(self)).f(self)
    @classmethod
    def c(cls): return super().c(), super(B, cls).c()
    @staticmethod
    def s(): return super(B, B).s()
    @property
    def p(self): return "B+" + super().p
    def attrs(self): return super().x, super().__len__(), super().__getitem__(3)
b = B()
print(b.f(), B.c(), b.c(), B.s(), b.p, b.attrs())
class C(B): pass
print(C().f(), C.c())
s = super(B, b)
print(s.__thisclass__, s.__self__ is b, s.__self_class__, repr(s)[:24])
u = super(B)
print(u.__self__, u.__self_class__, repr(u))
print(u.__get__(b, B).x, u.__get__(C(), C).f())
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
t(lambda: super()); t(lambda: super(5)); t(lambda: super(B, 5)); t(lambda: super(B, A())); t(lambda: super(B, A)); t(lambda: super(1, 2, 3)); t(lambda: s.nope); t(lambda: s[0]); t(lambda: len(s)); t(lambda: super(x=1))
def out(): super()
t(out)
def out2(x): super()
t(lambda: out2(1))
def out3(x): del x; super()
t(lambda: out3(1))
class D:
    def f(self):
        def g(): return super().x
        return g()
    def h(self): return [super().__class__ for _ in range(1)]
    def k(self, *a): self = 5; return super().__repr__()
    def noargs(): return super()
t(lambda: D().f()); t(lambda: D().h()); t(lambda: D().k()); t(lambda: D.noargs())
class E(A):
    def __setattr__(self, n, v): super().__setattr__(n, v * 2)
    def __getattribute__(self, n): return super().__getattribute__(n)
    def __init__(self): super().__init__(); self.v = 4
    def __new__(cls, *a): return super().__new__(cls)
    def __eq__(self, o): return super().__eq__(o)
    def __hash__(self): return super().__hash__()
    def gen(self): yield super().f()
    async def co(self): return super().f()
    lam = lambda self: super(E, self).f()
    def nested(self): return (lambda: super(E, self).f())()
    def cell(self): return (lambda s: super().f())(self)
e = E(); print(e.v, e == e, e == 1, hash(e) == object.__hash__(e), list(e.gen()), e.lam(), e.nested(), e.cell())
try: e.co().send(None)
except StopIteration as x: print(x.value)
class S(super): pass
print(S(B, b).x, type(S(B, b)).__name__)
class F(A):
    def f(self): super().nope
t(lambda: F().f())
class G(A):
    def set(self): super().newattr = 1
t(lambda: G().set())
sup = super
class H(A):
    def f(self): return sup(H, self).f()
    def g(self): return sup().f()
t(lambda: H().f()); t(lambda: H().g())
class Multi1(A):
    def f(self): return ["M1"] + [super().f()]
class Multi2(A):
    def f(self): return ["M2"] + [super().f()]
class M(Multi1, Multi2): pass
print(M().f(), super(Multi1, M()).f(), super(Multi2, M()).f())
print(isinstance(s, super), s.__class__, type(s), super.__doc__[:7])
