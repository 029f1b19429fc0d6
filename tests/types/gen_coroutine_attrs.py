def g():
    x = 1
    yield x
    yield from iter([2])
async def c(): pass
async def a(): yield
i = g()
print(i.gi_code is g.__code__, i.gi_frame.f_lineno, i.gi_running, i.gi_suspended, i.gi_yieldfrom, i.__name__, i.__qualname__)
next(i); print(i.gi_suspended, i.gi_frame.f_locals, i.gi_frame.f_lineno)
next(i); print(type(i.gi_yieldfrom).__name__); list(i); print(i.gi_frame, i.gi_suspended, i.gi_yieldfrom, i.gi_code.co_name)
k = c(); print(k.cr_code.co_name, k.cr_frame.f_lineno, k.cr_running, k.cr_suspended, k.cr_await, k.cr_origin, k.__name__); k.close(); print(k.cr_frame)
n = a(); print(n.ag_code.co_name, n.ag_frame.f_lineno, n.ag_running, n.ag_await, n.__name__, n.__qualname__)
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
i = g()
t(lambda: setattr(i, "gi_frame", 1)); t(lambda: setattr(i, "gi_code", 1)); t(lambda: setattr(i, "gi_running", 1)); t(lambda: setattr(i, "__name__", "n2")); t(lambda: setattr(i, "__qualname__", 5)); t(lambda: delattr(i, "__name__")); t(lambda: i.x); t(lambda: setattr(i, "x", 1)); t(lambda: type(i)()); t(lambda: i.send()); t(lambda: i.send(1, 2)); t(lambda: i.throw()); t(lambda: i.close(1)); t(lambda: len(i)); t(lambda: i + 1); t(lambda: i[0]); t(lambda: type("G", (type(i),), {})); t(lambda: repr(i).split(" at ")[0]); t(lambda: next(i, "d")); t(lambda: i == i, ); t(lambda: hash(i) == hash(i)); t(lambda: iter(i) is i)
print(sorted(x for x in dir(i) if not x.startswith("__")), sorted(x for x in dir(k) if not x.startswith("__")), sorted(x for x in dir(n) if not x.startswith("__")))
f = i.gi_frame; print(f.f_code is g.__code__, f.f_back, f.f_globals is globals(), type(f).__name__, f.f_lasti >= 0, f.f_trace, f.f_builtins["len"] is len)
i.close(); print(f.f_locals if 0 else "closed", i.gi_frame)
def run():
    me = yield
    print(me.gi_running, me.gi_frame.f_back is not None, me.gi_suspended)
    yield
r = run(); next(r); r.send(r); print(r.gi_running)
async def aw():
    await inner()
async def inner():
    await Y()
class Y:
    def __await__(s): yield 1
w = aw(); w.send(None); print(w.cr_await.__name__, w.cr_await.cr_await is not None, w.cr_suspended); w.close()
print((x for x in ()).__name__, (lambda: (yield))().__name__, (x for x in ()).gi_code.co_name)
it = n.__anext__(); print(type(it).__name__, type(n.aclose()).__name__)
