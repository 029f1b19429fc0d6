class Aw:
    def __init__(s, v): s.v = v
    def __await__(s):
        print("await start", s.v)
        r = yield s.v
        print("await got", r)
        return r
async def co():
    x = await Aw(1)
    y = await Aw(2)
    return x, y
c = co()
print(type(c).__name__, c.cr_running, c.cr_await, c.cr_origin, c.cr_suspended)
print(c.send(None), c.cr_suspended, c.send("a"))
try: c.send("b")
except StopIteration as e: print(e.value)
try: c.send(None)
except RuntimeError as e: print(e)
c = co()
try: c.send(1)
except TypeError as e: print(e)
c.close()
try: c.send(None)
except RuntimeError as e: print(e)
def drive(c, *vals):
    vals = list(vals)
    try:
        out = c.send(None)
        while True:
            print("yielded", out)
            out = c.send(vals.pop(0) if vals else None)
    except StopIteration as e: return e.value
async def inner(n):
    return await Aw(n)
async def outer():
    a = await inner(10)
    b = await inner(20)
    return a + b
print(drive(outer(), 1, 2))
for bad in (5, None, [1], "s", int):
    async def b(): await bad
    try: drive(b())
    except TypeError as e: print(e)
class BadAw:
    def __await__(s): return 5
class CoroAw:
    def __await__(s): return inner(1)
class IterAw:
    def __await__(s): return iter([1, 2])
for k in (BadAw, IterAw):
    async def b(): return await k()
    try: print(drive(b()))
    except TypeError as e: print(e)
async def thr():
    try: await Aw(1)
    except ValueError as e: print("caught", e); return "handled"
    finally: print("fin")
c = thr(); c.send(None)
try: c.throw(ValueError("t"))
except StopIteration as e: print(e.value)
c = thr(); c.send(None); c.close()
async def exc(): raise KeyError("k")
try: drive(exc())
except KeyError as e: print(repr(e))
async def si(): raise StopIteration(1)
try: drive(si())
except RuntimeError as e: print(e)
c = outer()
c2 = c.__await__()
print(type(c2).__name__, iter(c2) is c2, next(c2)); c2.close()
try: iter(c)
except TypeError as e: print(e)
try: next(c)
except TypeError as e: print(e)
try:
    for x in co_ if (co_ := exc()) else 0: pass
except TypeError as e: print(e)
co_.close()
async def reuse():
    k = inner(1); drive(k); await k
try: drive(reuse())
except RuntimeError as e: print(e)
async def lam(): return [await inner(i) for i in range(2)], {await inner(9)}, {await inner(1): await inner(2)}, (await inner(3) if await inner(4) else 0)
print(drive(lam(), *range(10)))
print(co.__code__.co_flags & 0x80, c.__name__, c.__qualname__)
async def ret(): return
print(drive(ret()))
async def wait_expr(): return -await inner(1) ** 2, not await inner(0), await inner(5) + await inner(6), f"{await inner(7)}"
print(drive(wait_expr(), 1, 2, 3, 4, 5, 6))
class Self:
    async def m(self): return self
    @classmethod
    async def c(cls): return cls.__name__
    @staticmethod
    async def s(): return "s"
print(drive(Self().m()).__class__.__name__, drive(Self.c()), drive(Self.s()))
