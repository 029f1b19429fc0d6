import sys, asyncio
R = sys.getrefcount
class V: pass
v = V()
def g(x):
    y = yield R(x)
    while True: y = yield R(x), R(y)
i = g(v); print(R(i), R(v), next(i), i.send(v), R(v), i.send(1) and 1, R(v), R(i.gi_frame), R(i.gi_code)); i.close(); print(R(v), i.gi_frame)
def sub(x): r = yield from g(x)
i = sub(v); print(next(i), i.send(v), R(v), R(i.gi_yieldfrom)); del i; print(R(v))
async def co(x):
    return R(x), R(v)
c = co(v); print(R(c), R(v))
try: c.send(None)
except StopIteration as e: print(e.value, R(e))
print(R(v)); del c; print(R(v))
async def outer(x): return await co(x), R(x)
print(asyncio.run(outer(v)), R(v))
async def task():
    t = asyncio.create_task(co(v)); a = R(v); r = await t
    return a, r, R(v)
print(asyncio.run(task()), R(v))
async def gath(): return await asyncio.gather(co(v), co(v))
print(asyncio.run(gath()), R(v))
async def ag(x):
    yield R(x)
    yield R(x)
async def loop(): return [a async for a in ag(v)], R(v)
print(asyncio.run(loop()), R(v))
class A:
    def __await__(self):
        print('await', R(self)); yield from ()
        return R(self)
async def w(): return await A()
print(asyncio.run(w()))
class CM:
    async def __aenter__(self): print('ae', R(self)); return self
    async def __aexit__(self, *a): print('ax', R(self), R(a))
async def wi():
    async with CM() as c: print(R(c))
    return R(c)
print(asyncio.run(wi()))
class It:
    def __aiter__(self): return self
    n = 0
    async def __anext__(self):
        self.n += 1
        if self.n > 2: raise StopAsyncIteration
        return R(self), v
async def f():
    async for a, b in It(): print(a, R(b))
asyncio.run(f()); print(R(v))
x = g(v); next(x)
def throwin():
    try: x.throw(KeyError(v))
    except KeyError as e: return R(e), R(v)
print(throwin(), R(v)); del x; print(R(v))
l = [g(v) for _ in range(3)]; print(R(v)); [next(q) for q in l]; print(R(v)); l.clear(); print(R(v))
async def cancelled():
    async def sleeper(o): await asyncio.sleep(10)
    t = asyncio.create_task(sleeper(v)); await asyncio.sleep(0); a = R(v); t.cancel()
    try: await t
    except asyncio.CancelledError: pass
    del t
    return a, R(v)
print(asyncio.run(cancelled()), R(v))
