# no-stress: counts what one explicit collection finds
import gc
gc.disable(); gc.collect()
def cnt(make):
    r = make(); del r
    return gc.collect()
class A: pass
class S: __slots__ = ("x",)
def self_list(): l = []; l.append(l)
def self_dict(): d = {}; d["d"] = d
def self_inst(): a = A(); a.a = a
def self_inst_dict(): a = A(); a.a = a; a.__dict__
def slots(): s = S(); s.x = s
def two(): a, b = [], []; a.append(b); b.append(a)
def three_inst(): a, b, c = A(), A(), A(); a.n = b; b.n = c; c.n = a
def tup(): l = []; t = (l,); l.append(t)
def closure():
    def f(): return f
def cls():
    class C: pass
def cls_m():
    class C:
        def m(self): pass
def cls_2m():
    class C:
        def m(self): pass
        def n(self): pass
def gen():
    def g(): yield x
    x = g(); next(x) if 0 else None
    l = [x]; l.append(l)
def exc():
    try: 1 / 0
    except ZeroDivisionError as e: x = e
def bound(): a = A(); a.m = a.__init__; 
def setc(): s = set(); a = A(); a.s = s; s.add(a)
def nested(): l = []; l.append([[[l]]])
def lam(): a = A(); a.f = lambda: a
def prop(): l = []; p = property(l); l.append(p)
def tailed(): l = []; l.append(l); l.append([1]); l.append(A()); l.append({"k": [2]})
def part(): l = []; m = [l]; l.append(l); return m
def meth(): a = A(); a.cb = a.__repr__
def deflt():
    def f(x=None): pass
    f.__defaults__ = (f,)
def attr():
    def f(): pass
    f.me = f
def subl():
    class L(list): pass
    l = L(); l.append(l)
def none(): [1]; {}; A()
def untr(): d = {"a": 1}; t = (1, 2)
for fn in (self_list, self_dict, self_inst, self_inst_dict, slots, two, three_inst, tup, closure, cls, cls_m, cls_2m, exc, bound, setc, nested, lam, prop, tailed, part, meth, deflt, attr, subl, none, untr):
    print(fn.__name__, cnt(fn))
print(gc.collect(), gc.collect(0), gc.collect(1), gc.collect(2), gc.collect(generation=0))
for bad in (-1, 3, "a", None, 1.5):
    try: gc.collect(bad)
    except Exception as e: print(type(e).__name__, e)
