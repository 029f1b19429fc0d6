# Counts of arguments through every form of call, cold and specialised.
# refcounts of arguments through every call form, cold and warm
import sys, functools, operator
rc = sys.getrefcount
class C: pass
o = C()
def f(a, *r, **k): return rc(a)
def p(a): return rc(a)
def kwo(*, a): return rc(a)
def pos(a, /): return rc(a)
def dfl(a, b=1, c=2): return rc(a)
class M:
    def m(self, a): return rc(self), rc(a)
    def v(self, *a): return rc(self), rc(a[0])
    def k(self, **a): return rc(self), rc(a['a'])
    @classmethod
    def c(cls, a): return rc(a)
    @staticmethod
    def s(a): return rc(a)
    def __call__(self, a): return rc(self), rc(a)
    def __init__(self, a=None): self.r = rc(a), rc(self)
    @property
    def pr(self): return rc(self)
    def __getattr__(self, n): return rc(self)
    def __getitem__(self, k): return rc(self), rc(k)
    def __setitem__(self, k, v): print('si', rc(self), rc(k), rc(v))
    def __delitem__(self, k): print('di', rc(self), rc(k))
    def __contains__(self, k): print('ct', rc(self), rc(k)); return True
    def __lt__(self, k): print('lt', rc(self), rc(k)); return True
    def __matmul__(self, k): return rc(self), rc(k)
    def __enter__(self): print('en', rc(self)); return self
    def __exit__(self, *a): print('ex', rc(self))
m = M()
class N:
    def __new__(cls, a): print('new', rc(a), rc(cls) > 5); return object.__new__(cls)
    def __init__(self, a): print('init', rc(self), rc(a))
class Meta(type):
    def __new__(mc, n, b, d): print('mnew', rc(n) > 100, rc(b), rc(d)); return super().__new__(mc, n, b, d)
    def __init__(c, n, b, d): print('minit', rc(b), rc(d), rc(c))
    def __call__(c, *a): print('mcall', rc(a)); return super().__call__(*a)
    def __prepare__(n, b, **k): print('prep', rc(b)); return {}
pf = functools.partial(p, o); pf2 = functools.partial(p); pk = functools.partial(p, a=o)
bm = m.m
t = (o,); l = [o]; d = {'a': o}
for i in range(4):
    print(i, p(o), p(C()), p(a=o), p(*t), p(*l), p(**d), p(*(o,)), p(*[o]), p(**{'a': o}), p(*iter(t)))
    print(i, f(o), f(C()), f(o, 1), f(o, b=1), f(a=o), f(*t), f(*t, b=1), f(o, *t), f(*t, *t), f(*t, **{'b': 1}), f(**d))
    print(i, kwo(a=o), kwo(**d), kwo(a=C()), pos(o), pos(C()), pos(*t), dfl(o), dfl(C()), dfl(o, c=3), dfl(a=o), dfl(*t), dfl(b=1, a=o))
    print(i, m.m(o), m.m(C()), M().m(o), M().m(C()), bm(o), bm(C()), m.m(*t), m.m(a=o), m.m(**d), M.m(m, o), M.m(m, C()))
    print(i, m.v(o), m.v(C()), m.v(*t), m.v(*l), m.k(a=o), m.k(**d), m.c(o), m.c(C()), M.c(o), m.s(o), M.s(C()), m.c(*t), m.s(*t))
    print(i, m(o), m(C()), m(*t), m(a=o), M()(o), M(o).r, M(C()).r, M(*t).r, M(a=o).r, m.pr, M().pr, m.zz, M().zz)
    print(i, m[o], m[C()], M()[o], m @ o, M() @ C(), pf(), pf2(o), pf2(C()))
    m[o] = o; m[C()] = C(); del m[o]; del m[C()]; o in m; C() in m; m < o; M() < C()
    with m: pass
    with M() as q: pass
    N(o); N(C()); N(*t)
    class K(metaclass=Meta): pass
    class K2(K): pass
    K(); 
    print(i, list(map(p, l)), list(map(p, [C()])), list(map(m.m, l)), list(filter(p, l)) and 1, sorted(l, key=p) and 1, [*map(p, t)], max(l, key=p) and 1, functools.reduce(lambda a, b: rc(b), l, 0), list(map(lambda a, b: rc(a), l, l)))
    print(i, operator.methodcaller('m', o)(m), operator.call(p, o), operator.call(p, a=o), operator.attrgetter('pr')(m), operator.itemgetter(o)(m))
    print(i, (lambda a: rc(a))(o), (lambda *a: rc(a[0]))(o), (lambda **a: rc(a['a']))(a=o), rc(o), rc(C()), rc(*t), rc(*[C()]))
    def inner():
        v = C(); w = v
        def g2(): return rc(v)
        return rc(v), rc(w), p(v), g2(), (lambda: rc(v))(), [rc(v) for _ in range(1)], list(rc(v) for _ in range(1)), rc(g2), rc(locals()['v']), eval('rc(v)', {'rc': rc, 'v': v})
    print(i, inner())
    type.__call__(N, o)
