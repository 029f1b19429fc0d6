import sys, gc, asyncio
class L:
    def __init__(self, n): self.n = n
    def __del__(self): print('del', self.n)
async def ag(n):
    l = L(n)
    try: yield 1; yield 2
    finally: print('fin', n)
def drive(c):
    try: c.send(None)
    except StopIteration as e: return e.value
a = ag('a'); print(drive(a.asend(None))); del a; print('dropped a')
sys.set_asyncgen_hooks(finalizer=lambda g: print('hook', g.__name__, g.ag_frame is not None)); b = ag('b'); print(drive(b.__anext__())); del b; print('dropped b'); gc.collect()
sys.set_asyncgen_hooks(None, None); print(sys.get_asyncgen_hooks())
async def main():
    async for x in ag('m'): print(x); break
    print('broke'); await asyncio.sleep(0)
    g = ag('n'); await g.__anext__(); await g.aclose(); print('closed')
    return 5
print(asyncio.run(main()))
async def leak():
    t = asyncio.ensure_future(asyncio.sleep(100)); await asyncio.sleep(0)
    return 1
print(asyncio.run(leak()))
async def exc():
    try: await asyncio.gather(boom('x'), boom('y'))
    except ValueError as e: print(e)
async def boom(n): l = L(n); raise ValueError(n)
asyncio.run(exc())
class Aw:
    def __await__(self): yield from asyncio.sleep(0).__await__(); return L('aw')
async def aw(): print((await Aw()).n)
asyncio.run(aw())
async def cyc():
    async def inner(): await asyncio.sleep(0); return me
    me = asyncio.ensure_future(inner()); r = await me
    print(r is me)
asyncio.run(cyc()); print(gc.collect() >= 0)
async def un(): pass
import warnings
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter('always'); un(); print([str(x.message) for x in w])
c = un(); c.close(); print(c.cr_frame, c.cr_running, c.cr_await, c.cr_origin)
sys.set_coroutine_origin_tracking_depth(2); c = un(); print(len(c.cr_origin), c.cr_origin[0][2]); c.close(); sys.set_coroutine_origin_tracking_depth(0)
g = ag('unstarted'); print(g.ag_frame is not None, g.ag_running, g.ag_await, g.ag_code.co_name); del g
