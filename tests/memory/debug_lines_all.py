# no-stress: tells what the collections it asks for find
import gc, sys, io, re
def run(flags, f, g=None):
    e = sys.stderr; sys.stderr = io.StringIO(); gc.set_debug(flags)
    f(); r = gc.collect() if g is None else gc.collect(g)
    gc.set_debug(0); t = sys.stderr.getvalue(); sys.stderr = e
    print(flags, r, len(gc.garbage)); gc.garbage.clear(); print(re.sub(r'[\d.]+s', 'Ts', re.sub('0x[0-9a-f]+', '0x', re.sub(r'(generation: ).*', r'\1', t))), end='')
gc.collect()
class N:
    pass
class D(N):
    def __del__(self): pass
class S: __slots__ = ('s',)
def inst(): n = N(); n.n = n
def fin(): n = D(); n.n = n
def lst(): l = []; l.append(l)
def dct(): d = {}; d['d'] = d
def slots(): s = S(); s.s = s
def tup(): l = []; t = (l,); l.append(t)
def st():
    n = N(); n.s = {n}
def func():
    def f(): return f
def cls():
    class C:
        def m(self): return C
def gen():
    def g(): yield i
    i = g(); next(i)
def exc():
    try: 1 / 0
    except Exception as e: x = e
def meth(): n = N(); n.m = n.__init__
def bound():
    n = D(); n.m = n.__del__
def part():
    import functools
    l = []; l.append(functools.partial(print, l))
def empty(): pass
def res():
    class R:
        def __init__(self): self.me = self
        def __del__(self): keep.append(self)
    R()
keep = []
for fl in (gc.DEBUG_COLLECTABLE, gc.DEBUG_COLLECTABLE | gc.DEBUG_STATS, gc.DEBUG_SAVEALL, gc.DEBUG_LEAK):
    for f in (inst, fin, lst, dct, slots, tup, st, func, gen, exc, meth, bound, part, empty, res):
        print(f.__name__); run(fl, f)
run(gc.DEBUG_STATS, inst, 0); run(gc.DEBUG_STATS, inst, 1); run(gc.DEBUG_STATS, empty, 0); run(gc.DEBUG_UNCOLLECTABLE, inst)
print(gc.get_debug(), gc.DEBUG_STATS, gc.DEBUG_COLLECTABLE, gc.DEBUG_UNCOLLECTABLE, gc.DEBUG_SAVEALL, gc.DEBUG_LEAK)
