# When temporaries die, and in which order.
# order of death and when temps die
import sys, gc
class N:
    def __init__(self, n): self.n = n
    def __del__(self): print('del', self.n)
    def __eq__(self, o): return True
    def __hash__(self): return 1
    def __iter__(self): return iter([self.n])
    def __add__(self, o): return N(self.n + o.n)
    def __bool__(self): return True
    def m(self, *a): return 1
    def __call__(self, *a): return 1
    def __enter__(self): return self.n
    def __exit__(self, *a): pass
    def __getitem__(self, k): return 1
print(1, N('a').m(), 2)
print(2, N('a').m(N('b'), N('c')))
print(3, N('a')(N('b')))
print(4, (N('a') + N('b')).n)
x = N('x'); x = N('y'); del x
a, b = N('a'), N('b'); a, b = b, a; del a, b
a = b = N('ab'); a = 1; b = 1
l = [N(1), N(2), N(3)]; l[1:2] = [N(4), N(5)]; print('-'); del l[0]; l.sort(key=lambda v: -v.n); print('sorted'); l.reverse(); del l
l = [N(1), N(2), N(3)]; l.pop(); l.remove(N(9)); l.insert(0, N(7)); l[:] = []; print('--')
l = [N(1)]; l *= 0; print('m0')
l = [N(1), N(2)]; l += [N(3)]; l.extend([N(4)]); l = l[1:]; print('sl'); l = None
d = {1: N(1), 2: N(2)}; d[1] = N(3); d.update({2: N(4)}); d.pop(1); d.popitem(); print('d')
d = {N('k1'): N('v1')}; d[N('k2')] = N('v2'); print('dd'); d.clear(); print('cl')
d = dict(a=N(1), b=N(2)); d |= {'a': N(3)}; d = None
s = {N('s1')}; s.add(N('s2')); print('s'); s.pop(); print('sp')
t = (N(1), N(2), N(3)); del t
for v in [N(1), N(2)]: print('loop', v.n)
print('after'); del v
for v in (N(i) for i in range(3)): print('g', v.n)
del v
[print('c', v.n) for v in [N(1), N(2)]]
def f(a, b=N('default'), *c, d=N('kwd')): pass
f(N(1)); f(N(1), N(2), N(3), d=N(4)); del f
with N('ctx') as q: print('in', q)
print('out')
try: raise ValueError(N('arg'))
except ValueError as e: print('exc')
print('exc done')
try:
    try: raise ValueError(N('a1'))
    except ValueError: raise KeyError(N('a2'))
except KeyError as e: print('ctx', e.__context__.args[0].n)
print('done')
class C:
    a = N('class a')
    def __init__(self): self.z = N('z'); self.y = N('y')
C(); print('inst'); c = C(); c.y = 1; del c.z; del c; del C; gc.collect()
class S:
    __slots__ = ('b', 'a')
    def __init__(self): self.b = N('b'); self.a = N('a')
S(); print('slots')
x = N('if') if N('cond') else N('else'); del x
N('and') and N('and2'); print('o'); N('or') or N('or2')
assert N('assert')
print(N('f').n, f"{N('fs').n}")
x = [N(i) for i in range(3)]; y = x; del x; print('y'); y = None
(lambda q: print('lam', q.n))(N('l'))
z = iter([N(1), N(2)]); next(z); print('it'); del z
z = iter({N(1): 1}); del z; print('itd')
m = map(lambda v: v.n, [N(1), N(2)]); next(m); print('map'); del m
z = zip([N(1)], [N(2)]); next(z); print('zip'); del z
e = enumerate([N(1)]); next(e); print('enum'); del e
def gen():
    yield N('y1'); yield N('y2')
for v in gen(): print('got', v.n)
v = None
g = gen(); next(g); print('n'); del g
def yf():
    r = yield from gen()
    print('r')
for v in yf(): print('yf', v.n)
v = None
import functools, itertools, collections
functools.reduce(lambda p, q: q, [N(1), N(2), N(3)]); print('red')
p = functools.partial(print, N(1)); del p
dq = collections.deque([N(1), N(2), N(3)], maxlen=2); print('dq'); dq.append(N(4)); dq.clear(); print('dqc')
c = itertools.chain([N(1)], [N(2)]); next(c); print('ch'); next(c); print('ch2'); del c
cy = itertools.cycle([N(1), N(2)]); next(cy); next(cy); next(cy); print('cy'); del cy
def deco(f): return N('deco')
@deco
def ff(): pass
del ff
class Meta(type):
    def __del__(c): print('del class', c.__name__)
class MC(metaclass=Meta): pass
del MC; gc.collect()
match N('subj'):
    case N(n='zzz'): pass
    case _: print('wild')
print('matched')
global_x = N('gx')
def chg():
    global global_x
    global_x = N('gy')
    print('chg')
chg(); del global_x
def nl():
    v = N('nl1')
    def i():
        nonlocal v
        v = N('nl2')
    i(); print('nl')
nl()
def dl(a): 
    del a; print('dl')
dl(N('arg'))
lst = [N(1), N(2)]; i = 0
lst[i] = N('new'); print('si'); lst = 0
print(*[N(1), N(2)] and 'x')
w = (N('walrus1') if True else 0); w = N('w2'); del w
while N('while'): break
print('end of body')
