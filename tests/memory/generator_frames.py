# no-stress: a collection of its own frees the cycle
import gc
gc.disable()
log = []
class D:
    def __init__(s, n): s.n = n
    def __del__(s): log.append(s.n)
def show(t): print(t, log); log.clear()
def g():
    d = D("local")
    try: yield 1; yield 2
    finally: log.append("finally")
i = g(); next(i); show("suspended"); del i; show("deleted")
i = g(); next(i); i.close(); show("closed"); i = g(); del i; show("never started")
i = g(); list(i); show("exhausted"); i = g(); next(i)
try: i.throw(ValueError)
except ValueError: pass
show("thrown")
def args(a, b): yield
i = args(D("a"), D("b")); show("created"); next(i); del i; show("args"); i = args(D("c"), D("d")); del i; show("unstarted args")
def cyc():
    d = D("cycle"); me = yield
    yield
i = cyc(); next(i); i.send(i); del i; show("before gc"); print(gc.collect() > 0); show("after gc")
def deleg(x): yield from x
i = deleg(g()); next(i); del i; show("delegating")
i = deleg(deleg(g())); next(i); del i; show("two levels")
def bad():
    try: yield
    finally: yield "again"
import sys
sys.unraisablehook = lambda u: log.append((str(u.exc_value), u.err_msg, u.object.__name__))
i = bad(); next(i); del i; show("ignored exit")
def raising():
    try: yield
    finally: raise KeyError("in finally")
i = raising(); next(i); del i; show("raised")
async def co():
    d = D("coro"); await Y()
class Y:
    def __await__(s): yield
c = co(); c.send(None); del c; show("coroutine")
def loop():
    for x in [D(1), D(2)]: yield
i = loop(); next(i); del i; show("loop in generator"); i = loop(); next(i); next(i); del i; show("second")
e = (x for x in [D("ge")]); next(e); show("genexp"); del e; show("genexp gone")
def w():
    class C:
        def __enter__(s): return s
        def __exit__(s, *a): log.append("exit " + str(a[0] and a[0].__name__))
    with C(): yield
i = w(); next(i); del i; show("with")
def outer():
    x = D("captured")
    def inner(): yield x
    return inner()
i = outer(); next(i); show("cell"); del i; show("cell gone")
z = [g() for _ in range(2)]; [next(q) for q in z]; z.clear(); show("list of generators")
