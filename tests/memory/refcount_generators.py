import sys
rc = sys.getrefcount
x = object(); base = rc(x)
def delta(): return rc(x) - base
def g(a): yield a; yield
i = g(x); print(delta()); next(i); print(delta()); next(i); print(delta()); list(i); print(delta())
i = g(x); i.close(); print(delta()); i = g(x); next(i); i.close(); print(delta()); i = g(x); next(i); del i; print(delta())
def s():
    while True: r = yield; 
i = s(); next(i); i.send(x); print(delta()); i.send(None); print(delta()); del i
def ret(a):
    return a
    yield
try: next(ret(x))
except StopIteration as e: print(delta(), e.value is x)
print(delta())
def fr(a): return (yield from g(a))
i = fr(x); next(i); print(delta()); del i; print(delta())
ge = (y for y in [x]); print(delta()); next(ge); print(delta()); next(ge, None); print(delta()); del ge
async def c(a): await A()
class A:
    def __await__(s): yield x
k = c(x); print(delta()); v = k.send(None); print(delta()); k.close(); print(delta()); del v, k; print(delta())
i = g(x); f = i.gi_frame; del i; print(delta()); del f; print(delta())
l = [g(x) for _ in range(3)]; print(delta()); [next(q) for q in l]; print(delta()); l.clear(); print(delta())
def t():
    try: yield
    except ValueError as e: z = e.args[0]; yield
i = t(); next(i); i.throw(ValueError(x)); print(delta()); del i; print(delta())
