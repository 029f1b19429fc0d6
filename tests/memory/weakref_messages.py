import sys, weakref, io, re, gc
def run(f):
    e = sys.stderr; sys.stderr = io.StringIO()
    try: f()
    finally: t = sys.stderr.getvalue(); sys.stderr = e
    print(re.sub('0x[0-9a-f]+', '0x', t).replace(__file__, 'FILE'), end='')
class C: pass
def cb(r): raise ValueError('cb')
def t1(): c = C(); w = weakref.ref(c, cb); del c
def t2(): c = C(); w = weakref.ref(c, lambda r: 1 / 0); del c
def t3(): c = C(); w = weakref.ref(c, lambda: 0); del c
def t4(): c = C(); w = weakref.ref(c, 5); del c
def t5(): c = C(); w = weakref.proxy(c, cb); del c
class Call:
    def __call__(self, r): raise KeyError('obj')
    def __repr__(self): return '<Call>'
def t6(): c = C(); w = weakref.ref(c, Call()); del c
def t7(): c = C(); w = weakref.ref(c, len); del c
def t8(): c = C(); w = weakref.ref(c, C().__init__); del c
def t9(): c = C(); d = weakref.WeakValueDictionary(a=c); d._remove; del c; print(len(d))
def t10(): c = C(); c.c = c; w = weakref.ref(c, cb); globals()['keep'] = w; del c; gc.collect()
import functools
def t11(): c = C(); w = weakref.ref(c, functools.partial(int, 'x')); del c
class Bad:
    def __call__(self, r): raise ValueError('bad repr')
    def __repr__(self): raise TypeError
def t12(): c = C(); w = weakref.ref(c, Bad()); del c
def t13(): weakref.finalize(C(), cb)
def t14(): weakref.finalize(C(), cb, 1)
for t in (t1, t2, t3, t4, t5, t6, t7, t8, t9, t10, t11, t12): print(t.__name__); run(t)
for f in (lambda: weakref.ref(), lambda: weakref.ref(5), lambda: weakref.ref(C(), None, None), lambda: weakref.proxy(5), lambda: weakref.proxy(), lambda: weakref.WeakMethod(5), lambda: weakref.WeakMethod(C), lambda: weakref.WeakSet(5), lambda: weakref.WeakSet([5]), lambda: weakref.WeakKeyDictionary({1: 2}), lambda: weakref.WeakValueDictionary({1: 2}), lambda: weakref.WeakValueDictionary(5), lambda: weakref.WeakKeyDictionary(a=1), lambda: weakref.getweakrefs(), lambda: weakref.getweakrefcount(), lambda: weakref.ref(C)(1), lambda: weakref.ref(C, callback=None), lambda: weakref.finalize(), lambda: weakref.finalize(C()), lambda: weakref.finalize(1, print), lambda: weakref.ref(object()), lambda: weakref.ref([]), lambda: weakref.ref(C) < weakref.ref(C), lambda: weakref.ref(C).x, lambda: setattr(weakref.ref(C), 'x', 1), lambda: weakref.ref.__new__(weakref.ref), lambda: weakref.ReferenceType(), lambda: weakref.ProxyType(), lambda: weakref.CallableProxyType(C), lambda: hash(weakref.ref(C())), lambda: hash(weakref.proxy(C)), lambda: weakref.proxy(C())(), lambda: weakref.proxy(C()).x, lambda: weakref.WeakSet()['a'], lambda: weakref.WeakSet().pop(), lambda: weakref.WeakKeyDictionary()[C], lambda: weakref.WeakValueDictionary()['a'], lambda: weakref.WeakValueDictionary().pop('a'), lambda: weakref.WeakValueDictionary().popitem(), lambda: weakref.WeakKeyDictionary().popitem(), lambda: weakref.WeakValueDictionary(a=5), lambda: weakref.WeakSet([C]) | 5, lambda: weakref.WeakSet([C]) < 5, lambda: weakref.WeakSet([C]) == 5, lambda: 5 in weakref.WeakSet(), lambda: 5 in weakref.WeakKeyDictionary()):
    try: print(re.sub('0x[0-9a-f]+', '0x', repr(f())))
    except Exception as e: print(type(e).__name__, re.sub('0x[0-9a-f]+', '0x', str(e)))
