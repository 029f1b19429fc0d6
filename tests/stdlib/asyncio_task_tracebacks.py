# An exception that left a task tells of the coroutine's frames alone.
import asyncio, traceback
def shown(error): return [frame.name for frame in traceback.extract_tb(error.__traceback__)]
async def fails():
    await asyncio.sleep(0)
    raise ValueError("x")
async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda loop, context: print(context["message"], shown(context["exception"])))
    task = asyncio.create_task(fails())
    await asyncio.sleep(0); await asyncio.sleep(0); await asyncio.sleep(0)
    print(shown(task.exception()))
    results = await asyncio.gather(fails(), fails(), return_exceptions=True)
    print([shown(error) for error in results])
    asyncio.create_task(fails())
    for _ in range(4): await asyncio.sleep(0)
asyncio.run(main())
