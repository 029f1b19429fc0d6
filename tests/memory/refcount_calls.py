import sys
rc = sys.getrefcount
x = []
def f(a): return rc(a)
def f2(a): b = a; return rc(a)
def star(*a): return rc(a[0])
def kw(**k): return rc(k["a"])
def dflt(a, b=None): return rc(a), rc(b) > 1000
def ret(a): return a
print(f(x), f([]), f2(x), f2([]), star(x), star([]), kw(a=x), kw(a=[]), dflt(x), rc(ret(x)), rc(ret([])))
print(rc(x)); ret(x); print(rc(x)); f(a=x); print(rc(x), f(a=x), f(*[x]), f(**{"a": x}), f(*(x,)))
class C:
    def m(self): return rc(self)
    def m2(self, o): return rc(self), rc(o)
    def __call__(self): return rc(self)
    def __getitem__(self, k): return rc(self), rc(k)
    def __add__(self, o): return rc(self), rc(o)
    @property
    def p(self): return rc(self)
    @classmethod
    def c(cls, o): return rc(o)
    @staticmethod
    def s(o): return rc(o)
o = C()
print(o.m(), C().m(), o.m2(x), o(), o[x], o + x, o.p, C.c(x), C.s(x), C.m(o), rc(o))
bm = o.m; print(rc(o), bm()); del bm; print(rc(o))
o.__dict__; print(rc(o), o.m())
def rec(n, a): return rc(a) if n == 0 else rec(n - 1, a)
print(rec(0, x), rec(1, x), rec(5, x), rc(x))
def gen(a): yield rc(a); yield rc(a)
g = gen(x); print(rc(x), next(g), rc(x), next(g)); del g; print(rc(x))
def clos(a): return lambda: rc(a)
h = clos(x); print(rc(x), h()); del h; print(rc(x))
lam = lambda a: rc(a); print(lam(x), lam([]))
print((lambda a, b: (rc(a), rc(b)))(x, x), list(map(rc, [x])), list(map(f, [x])), sorted([x], key=rc) == [[]], [rc(v) for v in [x]], [rc(v) for v in (x, x)], max([x], key=f))
def local():
    v = []
    w = v
    return rc(v), rc(w)
print(local())
def unpack():
    a, b = [], []
    a, b = b, a
    return rc(a), rc(b)
print(unpack())
def loop():
    r = []
    for i in [[], []]: r.append(rc(i))
    return r
print(loop())
def exc():
    try: raise ValueError
    except ValueError as e: return rc(e)
print(exc())
def withblk():
    class M:
        def __enter__(s): return s
        def __exit__(s, *a): return rc(s) and None
    with M() as m: return rc(m)
print(withblk())
def cell():
    v = []
    def inner(): return v
    return rc(v)
print(cell())
def nested(a):
    def inner(b): return rc(b), rc(a)
    return inner(a)
print(nested(x), rc(x))
def dels(a):
    del a
    return rc(x)
print(dels(x))
