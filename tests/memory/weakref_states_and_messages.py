import builtins, re
def print(*a, **k): builtins.print(*(re.sub('0x[0-9a-f]+', '0x', str(x)) for x in a), **k)
import weakref, gc, sys
class C:
    def m(self): return 'm'
    def __len__(self): return 7
    def __call__(self, *a): return a
    def __iter__(self): return iter('ab')
    def __eq__(self, o): return True
    def __hash__(self): return 5
c = C(); r = weakref.ref(c); r2 = weakref.ref(c); r3 = weakref.ref(c, lambda x: None); p = weakref.proxy(c); p2 = weakref.proxy(c)
print(r is r2, r is r3, p is p2, r == r3, r == r2, hash(r), weakref.getweakrefcount(c), len(weakref.getweakrefs(c)), [type(x).__name__ for x in weakref.getweakrefs(c)], sys.getrefcount(c), sys.getrefcount(r))
print(type(p).__name__, len(p), p(1, 2), list(p), p.m(), bool(p), p == 5, isinstance(p, C), p.__class__, type(p) is weakref.CallableProxyType, str(p)[:12], repr(p)[:24])
p.x = 5; print(c.x, hasattr(p, 'y')); del p.x; print(hasattr(c, 'x'))
for f in (lambda: hash(p), lambda: p + 1, lambda: p[0], lambda: p.zz, lambda: weakref.ref(), lambda: weakref.ref(c, None, 1), lambda: weakref.ref(c, callback=1), lambda: r(1), lambda: r.__callback__, lambda: setattr(r, 'a', 1), lambda: weakref.getweakrefcount(5), lambda: weakref.getweakrefs(5), lambda: weakref.proxy(c, 1, 2)):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
print(r3.__callback__.__name__, r() is c, repr(r).replace(hex(id(c)), 'C').replace(hex(id(r)), 'R')); h = hash(r); u = weakref.ref(c, print); del c
print(r(), hash(r) == h, r == r2, r == r3, r3.__callback__, repr(r).replace(hex(id(r)), 'R'), weakref.getweakrefcount(r))
for f in (lambda: len(p), lambda: p.m, lambda: str(p), lambda: bool(p), lambda: repr(p)[:16], lambda: p(), lambda: hash(u), lambda: list(p), lambda: p == p2, lambda: p.x.y, lambda: setattr(p, 'a', 1)):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
class MyRef(weakref.ref):
    __slots__ = ('extra',)
    def __init__(self, o, cb=None, extra=None): super().__init__(o, cb); self.extra = extra
    def __new__(cls, o, cb=None, extra=None): return super().__new__(cls, o, cb)
o = C(); m = MyRef(o, None, 'e'); m2 = MyRef(o, extra=3); print(m is m2, m.extra, m() is o, weakref.getweakrefcount(o), m == m2, isinstance(m, weakref.ReferenceType))
wm = weakref.WeakMethod(o.m, lambda x: print('wm dead')); print(wm() == o.m, wm()(), wm == weakref.WeakMethod(o.m), repr(wm)[:11]); del o; print(wm(), m())
class N: __slots__ = ()
try: weakref.ref(N())
except TypeError as e: print(e)
for x in (1, 'a', (), [], {}, None, object(), 1.5, b'', slice(1), range(1), print.__call__):
    try: weakref.ref(x); print('ok', type(x).__name__)
    except TypeError as e: print(e)
for x in (set(), frozenset(), len, C, C.m, sys, (i for i in ()), lambda: 0, C().m, type('L', (list,), {})(), type('I', (int,), {})(), type('T', (tuple,), {})(), ValueError(), memoryview(b''), sys.stdout, C.m.__code__):
    try: weakref.ref(x); print('ok', type(x).__name__)
    except TypeError as e: print(e)
o = C(); a = weakref.ref(o, lambda x: print('a', x() is None)); b = weakref.ref(o, lambda x: print('b')); del b; e = weakref.ref(o, lambda x: 1 / 0); f = weakref.ref(o, lambda x: print('f'))
sys.unraisablehook = lambda u: print('unr', u.exc_type.__name__, u.object is None, u.err_msg)
del o; print('done', weakref.ref(C)() is C, weakref.ref(C) is weakref.ref(C))
print(sorted(n for n in dir(weakref) if not n.startswith('_')), weakref.ref is weakref.ReferenceType, weakref.ProxyTypes, weakref.ref[int])
