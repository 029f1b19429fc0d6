a = "abc"; b = "abc"
print(a == b, a is b, "x" * 3 == "xxx", len({a, b}))
def f(): return "const"
print(f() is f(), "a".join(["b"]) == "b", str(a) is a, a[:] is a, a[0:3] is a, "%s" % a == a, a.strip() is a, a + "" is a, "" + a is a, a * 1 is a, a.replace("z", "y") is a, a.upper() == "ABC", f"{a}" == a)
x = 256; y = 256; print(x is y, (1, 2) == (1, 2), True is True, None is None, () == ())
import sys
s = sys.intern("hello world"); print(s is sys.intern("hello " + "world"), sys.intern("a") is sys.intern("a"))
for bad in (5, b"x", None):
    try: sys.intern(bad)
    except TypeError as e: print(e)
class S(str): pass
try: sys.intern(S("x"))
except TypeError as e: print(e)
t = (1, 2); print(tuple(t) is t, t[:] is t, t + () is t, t * 1 is t); fs = frozenset([1]); print(frozenset(fs) is fs, fs.copy() is fs); by = b"ab"; print(bytes(by) is by, by[:] is by); n = 10**20; print(int(n) is n, +n is n, abs(n) is n); fl = 1.5; print(float(fl) is fl)
