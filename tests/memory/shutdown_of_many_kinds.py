# no-stress: counts in finalisers depend on when they run
import atexit, gc, sys, weakref
class D:
    def __init__(s,n): s.n=n
    def __del__(s): print('del',s.n, sys is not None, print is not None, len(globals()) > 3)
a=D('a'); b=D('b'); b.b=b; c=D('c'); _p=D('_p'); __q=D('__q')
wr=weakref.ref(a,lambda r: print('never?'))
f=weakref.finalize(c,print,'fin c'); f2=weakref.finalize(c,print,'fin c2')
@atexit.register
def x1(): print('x1', gc.isenabled())
@atexit.register
def x2(): print('x2')
atexit.register(print,'x3',sep='-')
gc.callbacks.append(lambda p, i: print(p, i["generation"]))
import types
m=types.ModuleType('m'); m.d=D('in m'); sys.modules['m']=m
l=[D('l0'),D('l1')]; d={1:D('d1'),2:D('d2')}
def fn(z=D('default')): pass
class K: 
    attr=D('classattr')
    def __del__(s): print('K')
k=K(); 
def gen():
    try: yield 1
    finally: print('gen closed')
g=gen(); next(g)
sys.foo=D('sysattr')
import builtins; builtins.bar=D('builtinattr')
