# no-stress: tells what the collections it asks for find
import gc
def T(*a): return [gc.is_tracked(x) for x in a]
gc.collect()
class N: pass
t = tuple([1, 2]); u = (t, 'a'); v = (N(), 1); w = (v, t); x = ((), ((),)); print(T(t, u, v, w, x)); gc.collect(0); print(T(t, u, v, w, x)); gc.collect(); print(T(t, u, v, w, x))
l = []; y = (l, 1); del l; print(T(y)); gc.collect(); print(T(y))
z = tuple(i for i in range(3)); print(T(z)); gc.collect(0); print(T(z))
def mk(n): return tuple([n] * n) if n else ()
ts = [mk(i) for i in range(5)]; print(T(*ts)); gc.collect(1); print(T(*ts))
deep = (1,)
for i in range(5): deep = (deep, i)
print(T(deep)); n = 0
while gc.is_tracked(deep): gc.collect(); n += 1
print(n)
d1, d2, d3, d4 = {}, {'a': 1}, {'a': (1, 2)}, {'a': tuple([1, 2])}; print(T(d1, d2, d3, d4)); gc.collect(0); print(T(d1, d2, d3, d4)); gc.collect(1); print(T(d4)); gc.collect(2); print(T(d4))
d = {}; d[1] = N(); print(T(d)); d[1] = 1; gc.collect(1); print(T(d)); gc.collect(); print(T(d)); d[2] = 'x'; print(T(d)); d[3] = []; print(T(d)); d.pop(3); gc.collect(); print(T(d))
e = dict.fromkeys('abc'); f = dict(zip('ab', [1, 2])); g = dict(a=[1]); h = {k: v for k, v in [('a', ())]}; i = {'x': d}; print(T(e, f, g, h, i)); gc.collect(); print(T(e, f, g, h, i))
j = {1: {2: {3: 4}}}; print(T(j, j[1], j[1][2])); k = {1: {2: {3: []}}}; print(T(k, k[1], k[1][2])); k[1][2][3] = 0; gc.collect(); print(T(k, k[1], k[1][2])); gc.collect(); print(T(k, k[1], k[1][2]))
n = N(); print(T(n, n.__dict__)); n.a = 1; print(T(n.__dict__)); n.b = []; print(T(n.__dict__)); del n.b; gc.collect(); print(T(n, n.__dict__)); n.c = n; print(T(n.__dict__))
class D(dict): pass
class L(tuple): pass
class F(frozenset): pass
print(T(D(), L(), L((1,)), F(), D(a=1))); gc.collect(); print(T(D(), L(), L((1,)), F()))
print(T(frozenset(), frozenset([1]), set(), {1}, frozenset([1, (1,)]))); 
print(T(*[k for k in (True, 3, 3.5, 'q', b'q', None, ..., 1j, range(2), type(None), object(), bytearray(b'x'), memoryview(b'x'))]))
def fn(): pass
print(T(fn, fn.__code__, fn.__dict__, fn.__globals__, lambda: 0, len, print, fn.__get__(1), N.__init__, [].append, str.join, int.from_bytes))
s = (1, 2, 3); del_ = [s, (4, 5)]; print(T(*del_), T(tuple(del_))); gc.collect(); print(T(*del_))
r = [(a, b) for a, b in zip('ab', 'cd')]; print(T(*r)); r2 = list(zip('ab', [1, 2])); print(T(*r2)); r3 = list({1: 2, 3: 4}.items()); print(T(*r3)); r4 = list(enumerate('ab')); print(T(*r4)); gc.collect(0); print(T(*r), T(*r2), T(*r3), T(*r4))
import collections; P = collections.namedtuple('P', 'a'); p = P(1); print(T(p)); gc.collect(); print(T(p)); print(T(divmod(5, 2), 'a-b'.partition('-'), 'a b'.split(), (1).as_integer_ratio(), (1.5).as_integer_ratio()))
def args(*a, **k): return T(a, k)
print(args(), args(1), args([]), args(a=1), args(a=[]), args((1,)), args(*'ab', **{'c': 1}))
