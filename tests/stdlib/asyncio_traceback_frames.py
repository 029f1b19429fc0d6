import asyncio,gc,sys,traceback
class L:
    def __init__(self, n): self.n = n
    def __del__(self): print('del', self.n)
async def boom(n): l = L(n); raise ValueError(n)
async def exc():
    try: await asyncio.gather(boom('x'), boom('y'))
    except ValueError as e: print(e); print([f.name for f in traceback.extract_tb(e.__traceback__)])
asyncio.run(exc()); print('--')
async def exc2():
    try: await asyncio.create_task(boom('z'))
    except ValueError as e: print(e); print([f.name for f in traceback.extract_tb(e.__traceback__)])
    print('after')
asyncio.run(exc2()); print('--')
async def exc3():
    try: await asyncio.wait_for(boom('w'),1)
    except ValueError as e: print(e); print([f.name for f in traceback.extract_tb(e.__traceback__)])
    print('after')
asyncio.run(exc3()); print('--')
async def exc4(): await asyncio.create_task(boom('z'))
try: asyncio.run(exc4())
except ValueError as e: print([f.name for f in traceback.extract_tb(e.__traceback__)])
