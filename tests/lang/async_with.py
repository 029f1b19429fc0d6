def drive(c):
    try:
        while True: print("susp", c.send(None))
    except StopIteration as e: return e.value
class Y:
    def __init__(s, v): s.v = v
    def __await__(s): yield s.v
class C:
    def __init__(s, n, sw=False): s.n, s.sw = n, sw
    async def __aenter__(s): await Y("e" + s.n); return s.n
    async def __aexit__(s, t, v, tb): await Y("x" + s.n); print("exit", s.n, t and t.__name__, v); return s.sw
async def m():
    async with C("a") as a: print("body", a)
    async with C("a") as a, C("b"): print("two")
    async with (C("p") as p, C("q") as q,): print(p, q)
    async with C("s", True): raise ValueError("swallowed")
    try:
        async with C("n"): raise KeyError("out")
    except KeyError as e: print(e)
    for i in range(3):
        async with C(str(i)):
            if i == 0: continue
            break
    async with C("r"): return "ret"
print(drive(m()))
class NoA:
    def __enter__(s): pass
    def __exit__(s, *a): pass
class NoX:
    async def __aenter__(s): pass
class BadE:
    def __aenter__(s): return 5
    async def __aexit__(s, *a): pass
class BadX:
    async def __aenter__(s): pass
    def __aexit__(s, *a): return 5
async def e(c):
    try:
        async with c(): print("in")
    except TypeError as x: print(x)
for c in (NoA, NoX, BadE, BadX): drive(e(c))
class Exc(C):
    async def __aexit__(s, *a): raise IndexError("exit")
async def k():
    try:
        async with Exc("z"): raise ValueError("v")
    except IndexError as x: print(repr(x.__context__))
drive(k())
for s in ["async with a: pass", "async for x in y: pass", "await x", "def f(): await x", "def f():\n async with a: pass", "def f(): [x async for x in y]", "async def f():\n yield 1\n return 2", "async def f(): yield from x", "async x", "async def f(): lambda: await x", "[x async for x in y]", "class C: await x", "async def f(x=await y): pass", "async def f(): (await x for y in z)", "async def f():\n def g(): await x", "async def f(): await"]:
    try: compile(s, "s", "exec"); print("ok", s)
    except SyntaxError as x: print(x.msg)
import sys
async def g():
    try: yield 1
    finally: await Y("fin")
async def gm():
    async for v in g(): print(v); break
hooks = []
sys.set_asyncgen_hooks(firstiter=lambda g: hooks.append("first"), finalizer=lambda g: hooks.append("final"))
drive(gm())
print(hooks)
sys.set_asyncgen_hooks(None, None)
print(sys.get_asyncgen_hooks())
