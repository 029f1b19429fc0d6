# no-stress: tells what the collections it asks for find
import atexit, weakref, gc, sys
class D:
    def __init__(self, n): self.n = n
    def __del__(self): print('del', self.n, type(sys).__name__, D is not None)
a = D('a'); b = D('b'); _c = D('_c'); lst = [D('l0'), D('l1')]
cyc = D('cyc'); cyc.me = cyc
def f(x=D('default')): pass
f.attr = D('fattr')
class K:
    x = D('clsattr')
k = K(); k.d = D('inst')
atexit.register(lambda: print('atexit1')); atexit.register(print, 'atexit2', end='!\n')
w = weakref.ref(a, lambda r: print('cb a')); weakref.finalize(b, print, 'finalize b')
gc.callbacks.append(lambda p, i: print('gc', p, i['generation']))
g = (x for x in [D('gen')]); next(g)
print('end')
