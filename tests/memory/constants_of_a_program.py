# Equal constants of a program are one object, in whichever function they stand.
import sys
def f(): return (1, 2, "a b")
def g(): return (1, 2, "a b"), "a b", b"some bytes", 10**30, 2.5, 3j
x = (1, 2, "a b")
print(f() is x, g()[0] is x, g()[1] is x[2], g()[1] is x[2])
y = b"some bytes"
print(g()[2] is y, g()[3] is g()[3], g()[4] is g()[4], g()[5] is g()[5])
class C:
    text = "a b"
    def m(self, default="a b"): return default, (1, (2, "a b"))
print(C.text is x[2], C().m()[0] is x[2], C().m()[1][1][1] is x[2])
nested = ((1, (2, "a b")), (1, 2, "a b"))
print(C().m()[1] is nested[0], nested[1] is x)
print((lambda: (1, 2, "a b"))() is x, [i for i in [(1, 2, "a b")]][0] is x)
z = eval('(1, 2, "a b")')
print(z is x, z == x)
def kw(a="d e", *, b="d e"): return a is b
print(kw(), f.__code__.co_consts is f.__code__.co_consts, f.__code__.co_code is f.__code__.co_code)
def s(v): return v in {1, 2}, v in {1, 2}
print(s(1), s.__code__.co_consts)
def t(v): return 0.0, -0.0, 0, False, (0.0,), (0,), (-0.0,), (False,)
print(t(1), len({id(c) for c in t.__code__.co_consts[1:]} ) > 3)
