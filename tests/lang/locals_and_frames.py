import sys
def f(a, b=2):
    c = 3
    fr = sys._getframe()
    return fr.f_code.co_name, fr.f_lineno, sorted(k for k in fr.f_locals), fr.f_back.f_code.co_name, fr.f_globals is globals()
print(f(1))
def outer():
    x = 1
    def inner():
        y = x
        return sorted(sys._getframe().f_locals), sys._getframe(1).f_code.co_name, sys._getframe(2).f_code.co_name
    return inner()
print(outer())
class C:
    z = 1
    names = sorted(k for k in sys._getframe().f_locals if not k.startswith("__"))
    fname = sys._getframe().f_code.co_name
print(C.names, C.fname)
def g():
    x = 1
    l1 = locals(); x = 2; l1["new"] = 5; l2 = locals()
    return l1 is l2, l1.get("x"), "new" in l2
print(g())
def h():
    for i in range(2): pass
    try: del i
    except NameError: pass
    return locals()
print(h())
def k(): return [sorted(locals()) for q in range(1)]
print(k())
def m(*args, kw=1, **rest): return locals()
print(m(1, 2, z=3))
def gen():
    a = 1
    yield sys._getframe().f_lineno
    b = 2
    yield sorted(sys._getframe().f_locals)
print(list(gen()))
gi = gen(); next(gi); print(gi.gi_frame.f_locals, gi.gi_frame.f_lineno - gi.gi_frame.f_code.co_firstlineno)
def depth():
    n, fr = 0, sys._getframe()
    while fr: n += 1; fr = fr.f_back
    return n
print(depth(), (lambda: depth())(), [depth() for _ in range(1)], list(map(lambda _: depth(), [0])), sorted([1], key=lambda _: print(depth()) or 0))
exec("print(sys._getframe().f_code.co_name, sys._getframe().f_back.f_code.co_name, sorted(locals()) == sorted(globals()))")
print(eval("sys._getframe().f_code.co_filename"), sys._getframe().f_lasti >= 0, sys._getframe().f_builtins["len"] is len, repr(sys._getframe()).split(" at ")[0])
def lines():
    a = sys._getframe().f_lineno; b = (
        sys._getframe().f_lineno,
        sys._getframe().f_lineno)
    return a - b[0], b[1] - b[0]
print(lines())
