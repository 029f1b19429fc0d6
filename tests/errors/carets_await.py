class Aw:
    def __await__(self):
        yield 1
async def inner():
    await Aw()
    raise ValueError("in coroutine")
async def outer():
    await inner()
c = outer()
c.send(None)
c.send(None)
