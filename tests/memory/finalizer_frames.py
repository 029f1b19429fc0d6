# What a finaliser sees as its caller: never the frame whose variables die.
import sys, weakref, gc
def who(): 
    f = sys._getframe(1); r = []
    while f: r.append((f.f_code.co_name, f.f_lineno)); f = f.f_back
    return r
class D:
    def __del__(self): print(who())
def f():
    d = D()
    return 1
f()
def g(x): pass
g(D())
def h():
    d = D()
    try:
        raise ValueError
    finally:
        print('fin')
try: h()
except ValueError: print('caught')
def h2():
    d = D()
    raise ValueError
try: h2()
except ValueError: print('caught')
def gen():
    d = D()
    yield 1
    d2 = D()
    yield 2
for v in gen(): pass
z = gen(); next(z); del z
z = gen(); next(z); z.close()
class K:
    d = D()
    del d
    d = D()
del K; gc.collect()
def w():
    d = weakref.ref(K2, lambda r: print(who()))
    return d
class K2: pass
r = w(); del K2; gc.collect()
def cells():
    d = D()
    def inner(): d
    return None
cells()
exec("d = D()\ndel d")
exec("d = D()", {'D': D})
print(eval("D() and 1"))
lambda_ = lambda x: None
lambda_(D())
def deep(n):
    d = D()
    if n: deep(n-1)
deep(2)
[D() for _ in range(2)]
def kw(**k): pass
kw(a=D())
def star(*a): pass
star(D(), D())
class I:
    def __init__(self): self.x = D()
    def m(self): pass
I()
I().m()
def tail(): return g(D())
tail()
async def co():
    d = D()
c = co()
try: c.send(None)
except StopIteration: pass
sorted([1,2], key=lambda v: [D()] and v)
