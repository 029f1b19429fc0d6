# del in all its forms, and weak references of what dies.
import sys, gc, weakref
rc = sys.getrefcount
class A:
    def __init__(s, n='a'): s.n = n
    def __del__(s): print('del', s.n)
def nl():
    x = A('nl')
    def i(): 
        nonlocal x
        del x
    i()
    try: x
    except NameError as e: print(e)
nl()
a = A('attr'); a.b = A('attr.b'); del a.b; a.c = A('c'); del a
l = [A('l0'), A('l1'), A('l2')]; del l[0]; del l[-1]; del l[:]; 
d = {'k': A('dk')}; del d['k']
a, b = A('t1'), A('t2'); del (a, b)
a, b, c = A('t1'), A('t2'), A('t3'); del a, (b, [c])
class C:
    x = A('class x')
    del x
    y = A('class y')
del C.y
def args(p, *q, **k): del p; print('p'); del q; print('q'); del k; print('k')
args(A('p'), A('q1'), A('q2'), k1=A('k1'), k2=A('k2'))
def glob():
    global G
    G = A('G'); del G
glob()
for i in [A('i1'), A('i2')]: 
    del i; print('next')
with open('/dev/null') as fh: del fh
try: raise ValueError(A('exc'))
except ValueError as e:
    del e; print('deleted e')
print('after')
x = A('x'); y = x; del x; print(rc(y)); del y
try: del undefined
except NameError as e: print(e)
def loc():
    try: del zz
    except UnboundLocalError as e: print(e)
    zz = 1
loc()
class P:
    @property
    def v(s): return 1
    @v.deleter
    def v(s): print('deleter', rc(s))
    def __delattr__(s, n): print('delattr', n, rc(s)); object.__delattr__(s, n)
    def __delitem__(s, k): print('delitem', k, rc(s))
p = P(); del p.v; del p[1]; del p[1:2], p['a', 2]
try: del p.zz
except AttributeError as e: print(e)
del p
# weakref
o = A('w'); r1 = weakref.ref(o, lambda r: print('cb1', r() is None, rc(r))); r2 = weakref.ref(o, lambda r: print('cb2', rc(r))); pr = weakref.proxy(o, lambda r: print('cbp', type(r).__name__))
print(weakref.getweakrefcount(o), rc(o), rc(r1)); del o
o = A('w2'); r3 = weakref.ref(o, lambda r: print('never')); del r3; del o
class RR(A):
    def __del__(s): global back; back = s; print('back', rc(s))
o = RR('rr'); r = weakref.ref(o, lambda r: print('cb rr')); del o; print(r() is back); del back; print(r())
def inner_cb():
    o = A('loc'); r = weakref.ref(o, lambda r: print('cb loc')); print('leaving')
inner_cb()
s = weakref.WeakSet(); vd = weakref.WeakValueDictionary(); kd = weakref.WeakKeyDictionary()
o = A('ws'); s.add(o); vd['k'] = o; kd[o] = 1; print(len(s), len(vd), len(kd), rc(o)); del o; print(len(s), len(vd), len(kd))
wm = weakref.WeakMethod(A('wm').__init__); print(wm())
f = weakref.finalize(A('fz'), print, 'finalize called'); print(f.alive)
o = A('fo'); f = weakref.finalize(o, print, 'finalize', 2, sep='|'); print(f.detach() is not None); del o
o = A('cyc'); o.me = o; r = weakref.ref(o, lambda r: print('cb cyc')); del o; gc.collect()
