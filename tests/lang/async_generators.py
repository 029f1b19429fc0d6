def drive(c):
    try:
        while True: print("susp", c.send(None))
    except StopIteration as e: return e.value
class Aw:
    def __init__(s, v): s.v = v
    def __await__(s): r = yield s.v; return s.v
async def ag(n):
    try:
        for i in range(n):
            await Aw(f"w{i}")
            x = yield i
            if x: print("sent", x)
    finally: print("ag fin")
async def main():
    async for v in ag(2): print("v", v)
    else: print("else")
    print([v async for v in ag(2)])
    print({v: v async for v in ag(2) if v}, {v async for v in ag(1)})
    g = (v * 2 async for v in ag(2))
    print(type(g).__name__)
    async for v in g: print("g", v)
drive(main())
a = ag(1)
print(type(a).__name__, a.ag_running, a.ag_await, a.ag_frame is not None, a.__aiter__() is a, a.__name__)
print(type(a.__anext__()).__name__, type(a.asend(None)).__name__, type(a.athrow(ValueError)).__name__, type(a.aclose()).__name__) if 0 else None
async def m2():
    a = ag(3)
    print(await a.__anext__(), await a.asend("S"), await anext(a))
    try: await a.__anext__()
    except StopAsyncIteration as e: print("SAI", e.args)
    a = ag(3)
    await anext(a)
    try: await a.athrow(ValueError("thrown"))
    except ValueError as e: print(e)
    a = ag(3)
    await anext(a); await a.aclose(); await a.aclose()
    print(await anext(a, "dflt"))
    a = ag(1)
    try: await a.asend(1)
    except TypeError as e: print(e)
drive(m2())
async def ig():
    try: yield 1
    except GeneratorExit: yield 2
async def m3():
    a = ig(); await anext(a)
    try: await a.aclose()
    except RuntimeError as e: print(e)
    async def raises():
        yield 1
        raise StopAsyncIteration("x")
    try: print([v async for v in raises()])
    except RuntimeError as e: print(e)
    async def raises2():
        yield 1
        raise StopIteration("x")
    try: print([v async for v in raises2()])
    except RuntimeError as e: print(e)
drive(m3())
class AI:
    def __init__(s, n): s.n = n
    def __aiter__(s): return s
    async def __anext__(s):
        if s.n == 0: raise StopAsyncIteration
        s.n -= 1
        return s.n
async def m4():
    async for x in AI(3):
        if x == 1: break
        print(x)
    else: print("never")
    for bad in (5, [1]):
        try:
            async for x in bad: pass
        except TypeError as e: print(e)
    class B1:
        def __aiter__(s): return 5
    class B2:
        def __aiter__(s): return s
        def __anext__(s): return 5
    class B3:
        async def __aiter__(s): return s
    for B in (B1, B2):
        try:
            async for x in B(): pass
        except TypeError as e: print(e)
    try: aiter(5)
    except TypeError as e: print(e)
    try: anext(5)
    except TypeError as e: print(e)
    print([x async for x in aiter(AI(2))], [[y async for y in AI(x)] async for x in AI(3)], [x for y in [1, 2] if [z async for z in AI(y)] for x in range(y)])
drive(m4())
