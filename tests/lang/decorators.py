def deco(tag):
    print("make", tag)
    def d(f):
        print("apply", tag, f.__name__)
        def w(*a, **k): return (tag, f(*a, **k))
        w.__name__ = f.__name__
        return w
    return d
@deco("a")
@deco("b")
def f(x): return x
print(f(1))
def cls_deco(c):
    c.added = "yes"
    return c
@cls_deco
class K: pass
print(K.added)
@(lambda c: c.__name__)
class S: pass
print(S)
@len
@(lambda c: c.__name__)
@type
def g(): pass
print(g)
@lambda f: f
def h(): return "h"
print(h())
l = [lambda f: "from list"]
@l[0]
def i(): pass
print(i)
@(yield_ := lambda f: (f, 1))
def j(): pass
print(j[1])
class D:
    def __init__(self, f): self.f = f
    def __call__(self, *a): return ("D", self.f(*a))
    def __get__(self, o, t=None):
        if o is None: return self
        return lambda *a: self(o, *a)
class M:
    @D
    def m(self, x): return x
    @staticmethod
    @D
    def s(x): return x
    @classmethod
    def c(cls): return cls.__name__
    @property
    def p(self): return "prop"
    @p.setter
    def p(self, v): print("set", v)
print(M().m(1), M.s(2), M.c(), M().p)
M().p = 5
try:
    @undefined_deco
    def z(): pass
except NameError as e: print(e)
try:
    @5
    def z(): pass
except TypeError as e: print(e)
try: z
except NameError: print("z unbound")
@(lambda f: print("called", f.__name__))
def q(): pass
print(q)
def order(n):
    print("order", n)
    return lambda f: f
@order(1)
@order(2)
def o(a=order("default")): pass
import sys
def memo(f):
    cache = {}
    def w(n):
        if n not in cache: cache[n] = f(n)
        return cache[n]
    w.cache = cache
    return w
@memo
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(50), len(fib.cache))
def reg(**kw):
    def d(f): f.meta = kw; return f
    return d
@reg(a=1, b=2)
async def co(): pass
print(co.meta)
print(f.__code__.co_firstlineno, h.__code__.co_firstlineno, o.__code__.co_firstlineno)
