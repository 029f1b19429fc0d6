# no-stress: collections untrack dicts and tuples
import gc; gc.collect()
class A: pass
class S: __slots__ = ()
class S1: __slots__ = ("x",)
class T(tuple): pass
class I(int): pass
def f(): yield
t = gc.is_tracked
print([t(v) for v in (1, 1.5, "a", None, b"x", True, 1j, 10**30, ..., object(), range(3), bytearray(), int, len.__class__)])
print([t(v) for v in ([], [1], set(), {1}, frozenset(), frozenset([1]), A(), S(), S1(), lambda: 1, f(), A, A().__init__, len, slice(1), property(), iter([]), iter(()), zip(), map(len, []), enumerate([]), ValueError(), classmethod(f), staticmethod(f), T(), T((1,)), I(5), gc, super(A, A()), type(gc))])
print([t(v) for v in ({}, {"a": 1}, {"a": []}, {"a": "b"}, {1: (1,)}, {(1, 2): 3}, {"a": A()}, {"a": {}}, {1: None}, dict(), dict(a=[]))])
d = {}; print(t(d)); d["a"] = 1; print(t(d)); d["b"] = []; print(t(d)); del d["b"]; print(t(d)); gc.collect(); print(t(d)); d["c"] = (1,); print(t(d))
e = {"x": []}; e.clear(); print(t(e)); e2 = {"x": 1}.copy(); print(t(e2), t({"x": []}.copy()))
x = 1
a, b, c = (x,), (x, []), ((x,),)
print(t(a), t(b), t(c), t(()), t((1, 2))); gc.collect(); print(t(a), t(b), t(c)); gc.collect(); print(t(c))
n = ((x, (x, "s")), 1.5); print(t(n)); gc.collect(); gc.collect(); print(t(n), t(n[0]))
w = T((x,)); gc.collect(); print(t(w)); i = iter("abc"); print(t(i), t(iter(range(3))), t(iter(b"a")), t(iter({})), t({}.keys()), t(memoryview(b"")), t(reversed([])), t((y for y in ())), t(f.__code__), t(type(f)), t(int.__add__), t((1).__add__), t(int.real))
import sys
print(t(sys), t(sys.__dict__), t(globals()), t(A.__dict__), t(A().__dict__))
o = A(); o.x = 1; print(t(o.__dict__)); o.y = []; print(t(o.__dict__))
try: gc.is_tracked()
except TypeError as ex: print(ex)
