# no-stress: tells what the collections it asks for find
import sys
R = sys.getrefcount
def f(a, b=[], *, c={}):
    'doc string'
    def g(): return a
    return g
print(R(f), R(f.__code__), R(f.__defaults__), R(f.__defaults__[0]), R(f.__kwdefaults__), R(f.__kwdefaults__['c']), R(f.__globals__) > 2, R(f.__dict__), R(f.__annotations__))
g1 = f(1); g2 = f(2); print(R(g1), R(g1.__code__), g1.__code__ is g2.__code__, R(g1.__closure__), R(g1.__closure__[0]), R(f.__code__.co_consts), R(f.__code__.co_names))
del g1, g2
def rec(n): return R(rec) if n == 0 else rec(n - 1)
print([rec(i) for i in range(4)], R(rec))
def arg(x, n): return R(x) if n == 0 else arg(x, n - 1)
o = object(); print([arg(o, i) for i in range(4)], R(o))
def dele(x):
    a = R(x); del x
    return a, R(o)
print(dele(o)); 
def rebind(x):
    y = x; a = R(o); x = None; b = R(o); y = None
    return a, b, R(o)
print(rebind(o))
def fin(x):
    try: return R(x)
    finally: print('fin', R(x))
print(fin(o))
def gen(x):
    yield R(x)
    yield R(x)
it = gen(o); print(R(o), next(it), R(o), next(it), R(o)); it.close(); print(R(o)); del it; print(R(o))
it = (R(y) for y in [o, o]); print(list(it), R(o))
def local_dict():
    v = o; d = locals(); a = R(o); d2 = locals()
    return a, R(o), d is d2, R(d)
print(local_dict(), R(o))
class Cell: pass
def cells(x):
    def i(): nonlocal x; return x
    a = R(x); b = R(i.__closure__[0].cell_contents); del i
    return a, b, R(x)
print(cells(o), R(o))
def deco(fn):
    def w(*a, **k): return fn(*a, **k)
    return w
@deco
def h(x, y=None): return R(x), y and R(y)
print(h(o), h(o, o), h(o, y=o), h(x=o), h(x=o, y=o))
def star2(*a, **k): return h(*a, **k)
print(star2(o), star2(o, o), star2(o, y=o), star2(x=o, y=o))
def chain3(*a): return star2(*a)
print(chain3(o), chain3(o, o), R(o))
