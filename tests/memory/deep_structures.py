# no-stress: tells what the collections it asks for find
import gc, sys, weakref
gc.disable()
class N:
    __slots__ = ('nxt', '__weakref__')
    cnt = 0
    def __del__(self): N.cnt += 1
h = None
for i in range(50000): n = N(); n.nxt = h; h = n
w = weakref.ref(h); del h, n; print(N.cnt, w())
l = []
for i in range(100000): l = [l]
del l; t = ()
for i in range(100000): t = (t,)
del t; d = {}
for i in range(100000): d = {1: d}
del d; f = None
def mk(x): return lambda: x
for i in range(50000): f = mk(f)
del f; g = iter([])
for i in range(20000): g = map(None, g)
del g
class D: pass
d = D(); x = d
for i in range(50000): x.n = D(); x = x.n
x.n = d; del d, x; print(gc.collect())
l = []; y = l
for i in range(50000): z = []; y.append(z); y = z
y.append(l); del l, y, z; print(gc.collect())
def gen(n):
    if n: yield from gen(n - 1)
    yield n
it = gen(300); print(next(it)); del it
e = None
for i in range(20000):
    q = ValueError(i); q.__context__ = e; e = q
del e, q; print('exc'); print(gc.collect())
tb = None
def deep(n):
    if n: return deep(n - 1)
    raise ValueError('deep')
try: deep(400)
except ValueError as e: c = 0; tb = e.__traceback__
while tb: c += 1; tb = tb.tb_next
print(c)
