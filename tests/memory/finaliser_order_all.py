# no-stress: tells what the collections it asks for find
import gc, weakref
gc.disable(); gc.collect()
class D:
    def __init__(self, n): self.n = n
    def __del__(self): print('del', self.n, end='; ')
def cb(n): return lambda r: print('cb', n, end='; ')
def end(*a): print(*a)
a = D('a'); w1, w2 = weakref.ref(a, cb(1)), weakref.ref(a, cb(2)); w3 = weakref.proxy(a, cb(3)); weakref.finalize(a, print, 'fin', end='; '); del a; end()
a = D('a'); a.me = a; w1, w2 = weakref.ref(a, cb(1)), weakref.ref(a, cb(2)); weakref.finalize(a, print, 'fin', end='; '); del a; end('kept'); end(gc.collect())
a, b, c = D('a'), D('b'), D('c'); a.x, b.x, c.x = b, c, a; wa, wb, wc = [weakref.ref(o, cb(o.n)) for o in (a, b, c)]; del a, b, c; end(gc.collect())
c, b, a = D('c'), D('b'), D('a'); a.x, b.x, c.x = b, c, a; del a, b, c; end(gc.collect())
old = D('old'); gc.collect(); young = D('young'); old.y = young; young.o = old; del old, young; end(gc.collect(0)); end(gc.collect(1)); end(gc.collect(2))
p = D('parent'); p.kids = [D('k%d' % i) for i in range(3)]
for k in p.kids: k.parent = p
del p, k; end(gc.collect())
p = D('p'); p.d = {'z': D('z'), 'y': D('y')}; p.l = [D(1), D(2)]; p.t = (D(3), D(4)); del p; end()
class S:
    __slots__ = ('b', 'a', 'c')
    def __del__(self): print('S', end='; ')
s = S(); s.c, s.b, s.a = D('c'), D('b'), D('a'); del s; end()
class Base:
    def __del__(self): print('base', end='; ')
class Sub(Base):
    def __del__(self): super().__del__(); print('sub', end='; ')
Sub(); end(); o = Sub(); o.o = o; del o; end(gc.collect())
l = [D(i) for i in range(4)]; del l; end(); l = [D(i) for i in range(4)]; l.clear(); end(); l = [D(i) for i in range(4)]; l[1:3] = []; end(); l[:] = [D(9)]; end(); del l[0]; end()
t = (D(1), D(2), D(3)); del t; end(); d = {1: D(1), 2: D(2)}; d.clear(); end(); d = {D(1): D(2)}; del d; end(); s = {D(1)}; s.clear(); end()
def f(x, y): z = D('z'); w = D('w'); return None
f(D('x'), D('y')); end()
def g():
    a = D('ga')
    try: yield
    finally: print('closing', end='; ')
i = g(); next(i); del i; end(); i = g(); del i; end('unstarted')
def h():
    a = D('ha'); raise ValueError
try: h()
except ValueError: print('caught', end='; ')
end()
x = D('x'); x = D('x2'); end(); del x; end(); D('temp'); end(); [D(1), D(2)][0]; end(); D('a').n + 'b'; end()
a = D('A'); b = D('B'); a, b = b, a; del a; end(); del b; end()
class Chain:
    def __init__(self, n, nxt): self.n = n; self.nxt = nxt
    def __del__(self): print(self.n, end='; ')
c = None
for i in range(6): c = Chain(i, c)
del c; end()
for i in range(3): D(i)
end(); [D(i) for i in range(3)]; end(); print(*(str(D(i).n) for i in range(2))); any(D(i) for i in range(2)); end()
