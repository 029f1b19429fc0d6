async def f(xs):
    await g()
    async with a as b:
        pass
    async for x in xs:
        yield x
    return
async def h(xs):
    return [await x async for x in xs]
