class C:
    def __init__(s, n, swallow=False): s.n, s.sw = n, swallow
    def __enter__(s): print("enter", s.n); return s.n
    def __exit__(s, t, v, tb): print("exit", s.n, t and t.__name__, v, tb is not None); return s.sw
with C("a") as a: print("body", a)
with C("a") as a, C("b") as b: print(a, b)
with (C("p") as p, C("q")): print(p)
with (C("p"), C("q") as q,): print(q)
with (C("t")) as t: print(t)
with C("s", True): raise ValueError("swallowed")
try:
    with C("x"): raise ValueError("passes")
except ValueError as e: print(e)
try:
    with C("o"), C("i", True): raise KeyError(1)
    print("continues")
    with C("o", True), C("i"): raise KeyError(2)
    print("continues")
except KeyError: print("never")
def f():
    with C("ret"): return "value"
print(f())
for i in range(3):
    with C(i):
        if i == 0: continue
        if i == 1: break
with C((1, (2, 3))) as (x, (y, z)): print(x, y, z)
class O: pass
o = O(); l = [0]
with C("attr") as o.x, C("item") as l[0]: pass
print(o.x, l)
class NoExit:
    def __enter__(s): print("entered")
class NoEnter:
    def __exit__(s, *a): pass
class Neither: pass
for c in (NoExit, NoEnter, Neither, int):
    try:
        with c(): print("never")
    except TypeError as e: print(e)
class InstOnly: pass
io = InstOnly(); io.__enter__ = lambda: 1; io.__exit__ = lambda *a: None
try:
    with io: pass
except TypeError as e: print(e)
class EnterErr:
    def __enter__(s): raise KeyError("enter")
    def __exit__(s, *a): print("never")
try:
    with C("outer"), EnterErr(): pass
except KeyError as e: print(e)
class ExitErr:
    def __enter__(s): return s
    def __exit__(s, *a): raise IndexError("exit")
try:
    with ExitErr(): raise ValueError("v")
except IndexError as e: print(repr(e.__context__))
class BoolErr:
    def __bool__(s): raise RuntimeError("bool")
class Ret:
    def __init__(s, r): s.r = r
    def __enter__(s): return s
    def __exit__(s, *a): return s.r
for r in (0, 1, "", "x", None, [], [0], BoolErr()):
    try:
        with Ret(r): raise ValueError
        print("swallowed", r)
    except (ValueError, RuntimeError) as e: print(type(e).__name__)
with Ret(BoolErr()): print("bool not called")
def g():
    with C("gen") as v: yield v
    yield "after"
print(list(g()))
it = g(); next(it); it.close()
try:
    with undefined as u: pass
except NameError as e: print(e)
class BadSig:
    def __enter__(s): return s
    def __exit__(s): pass
try:
    with BadSig(): pass
except TypeError as e: print(e)
for s in ["with a as 1: pass", "with a as b(): pass", "with a as (b, 1): pass", "with: pass", "with a as b c: pass", "with (a as b: pass", "with a, b as c, d: pass", "with (a, b) as c: pass", "with (a as b) as c: pass", "with a as b.c, d as e[0]: pass", "with *a: pass", "with (*a, b): pass", "with (yield): pass", "with a\n pass"]:
    try: compile(s, "s", "exec"); print("ok")
    except SyntaxError as e: print(e.msg)
