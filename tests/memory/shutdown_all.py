# The order in which everything goes at the end.
import sys, atexit, weakref, gc, threading
class D:
    def __init__(s, n, *r): s.n = n; s.r = r
    def __del__(s): print('del', s.n, sys is not None, 'D' in globals() and globals()['D'] is not None)
a = D('a'); b = D('b', a); _p = D('_p'); c = D('c'); c.me = c
def f(): pass
f.d = D('func attr')
class K: d = D('class attr')
weakref.finalize(a, print, 'fin a'); weakref.finalize(K, print, 'fin K').atexit = False
w = weakref.ref(a, lambda r: print('cb a')); w2 = weakref.ref(K, lambda r: print('cb K'))
atexit.register(print, 'exit 1'); atexit.register(print, 'exit 2', sep='-')
@atexit.register
def last(): print('exit 3'); atexit.register(print, 'nested')
def bad(): raise ValueError('in exit')
import types
m = types.ModuleType('m'); m.d = D('in module'); sys.modules['mymod'] = m
m2 = types.ModuleType('m2'); m2.d = D('in module m2'); 
def gen():
    try: yield 1
    finally: print('gen fin')
g = gen(); next(g)
t = threading.local(); t.x = D('tls')
cyc = [D('in cycle')]; cyc.append(cyc)
def closure():
    v = D('closed')
    return lambda: v
cl = closure()
default = lambda x=D('default'): 1
sys.mine = D('on sys'); __builtins__.mine = D('on builtins')
l = [D('l1'), D('l2')]
d = {1: D('d1'), 'x': D('dx')}
_z = D('_z'); __dunder__ = D('__dunder__')
print('end')
