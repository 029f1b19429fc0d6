# no-stress: counts what explicit collections find
import gc
gc.disable(); gc.collect()
def run(f): r = f(); del r; return gc.collect()
def rec():
    def fact(n): return n and fact(n - 1)
    return fact
def mutual():
    def a(): return b
    def b(): return a
def nested():
    def a():
        def b(): return a
        return b
    return a()
def selfcell():
    x = None
    def f(): return x
    x = f
def method():
    class A:
        def m(self): return A
    return A()
def deco():
    def w(f):
        def g(): return g, f
        return g
    @w
    def h(): return h
def gen():
    def g():
        yield it
    it = g(); next(it)
def lam(): f = lambda: f
def default(): f = lambda f=None: f; f.__defaults__ = (f,)
def classcell():
    class B:
        def __init__(self): super().__init__()
    B()
def excl():
    try: raise ValueError
    except ValueError as e: x = e
    return None
def listc(): fs = [lambda: fs for _ in range(3)]
for f in (rec, mutual, nested, selfcell, method, deco, gen, lam, default, classcell, excl, listc): print(f.__name__, run(f))
