# no-stress: a collection at every step of a deep structure takes long
import gc
N = 100000
def lists():
    l = []
    for _ in range(N): l = [l]
    return l
def tuples():
    t = ()
    for _ in range(N): t = (t,)
    return t
def dicts():
    d = {}
    for _ in range(N): d = {"k": d}
    return d
class A: pass
def instances():
    a = None
    for _ in range(N): b = A(); b.next = a; a = b
    return a
class S: __slots__ = ("n",)
def slots():
    a = None
    for _ in range(N): b = S(); b.n = a; a = b
    return a
def closures():
    f = None
    def wrap(g): return lambda: g
    for _ in range(N): f = wrap(f)
    return f
def gens():
    def gen(inner): yield inner
    g = None
    for _ in range(20000): h = gen(g); next(h); g = h
    return g
def iters():
    i = iter([])
    for _ in range(N): i = iter([i])
    return i
def excs():
    e = None
    for _ in range(N): n = ValueError(e); e = n
    return e
def maps():
    m = iter([])
    for _ in range(20000): m = map(len, [m])
    return m
def sets():
    s = frozenset()
    for _ in range(2000): s = frozenset([id(s)])
    return s
def mixed():
    x = None
    for i in range(N): x = [x] if i % 3 == 0 else (x,) if i % 3 == 1 else {"x": x}
    return x
for f in (lists, tuples, dicts, instances, slots, closures, gens, iters, excs, maps, sets, mixed):
    x = f(); del x; print(f.__name__, "freed")
for f in (lists, dicts, instances, slots, closures):
    x = f(); y = [x]; y.append(y); del x, y; print(f.__name__, gc.collect() > 0)
count = 0
class D:
    def __init__(s, n, i): s.n, s.i = n, i
    def __del__(s):
        global count; count += 1
        if s.i in (0, 1, 4998, 4999): print("del", s.i)
d = None
for i in range(5000): d = D(d, i)
del d; print(count)
def chain(e, n):
    for i in range(n): x = KeyError(i); x.__context__ = e; e = x
    return e
c = chain(None, N); del c; print("context chain freed")
import weakref
a = lists(); b = weakref.ref(type("L", (list,), {})()); del a; print(b())
