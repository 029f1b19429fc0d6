x = 1
def getx(): return x
for _ in range(50): getx()
x = 2; print(getx()); globals()["x"] = 3; print(getx()); del x
try: getx()
except NameError as e: print(e)
x = 4; print(getx())
def usel(): return len([1, 2])
for _ in range(50): usel()
len = lambda v: "shadow"; print(usel()); del len; print(usel())
import builtins
old = builtins.len; builtins.len = lambda v: "patched"; print(usel()); builtins.len = old; print(usel())
builtins.newname = "nb"; 
def usen(): return newname
for _ in range(50): usen()
newname = "global now"; print(usen()); del newname; print(usen()); del builtins.newname
try: usen()
except NameError as e: print(e)
for i in range(300): globals()[f"filler{i}"] = i
print(getx(), usel(), filler299)
def f(a, b=10): return a, b
def callf(): return f(1)
for _ in range(50): callf()
print(callf()); f.__defaults__ = (20,); print(callf()); f.__defaults__ = None
try: callf()
except TypeError as e: print(e)
def f(a, b="redefined"): return a, b
print(callf()); f = lambda a: ("lambda", a); print(callf()); f = str; print(callf())
class F:
    def __init__(self, a): self.a = a
    def __repr__(self): return f"F({self.a})"
f = F; print(callf())
for _ in range(50): callf()
F.__init__ = lambda self, a: setattr(self, "a", "new init"); print(callf()); F.__new__ = lambda cls, *a: "new new"; print(callf()); f = F("x") if 0 else print; callf()
def g(): return 1
def callg(): return g()
for _ in range(50): callg()
g.__code__ = (lambda: "new code").__code__; print(callg())
def h(*a, **k): return a, k
def callh(): return h(1, 2, k=3)
for _ in range(50): callh()
h = lambda a, b, k: ("fixed", a, b, k); print(callh()); h = lambda a, /, b, *, k: ("mixed", a, b, k); print(callh()); h = dict
try: callh()
except TypeError as e: print(e)
def isi(v, t): return isinstance(v, t)
for _ in range(50): isi(1, int)
print(isi("a", str), isi(1, (str, int)), isi(True, int), isi(1, int | str)); isinstance = lambda *a: "shadowed isinstance"; print(isi(1, int)); del isinstance
def gen_iter(it):
    t = []
    for v in it: t.append(v)
    return t
for _ in range(50): gen_iter([1, 2])
print(gen_iter((3, 4)), gen_iter("ab"), gen_iter(range(3)), gen_iter({5: 6}), gen_iter(x for x in "z"), gen_iter({7}), gen_iter(iter([8])), gen_iter(b"a"), gen_iter([]), gen_iter(zip("a", "b")), gen_iter(range(0)), gen_iter(range(5, 0, -2)), gen_iter(range(2**63, 2**63 + 2)))
for bad in (5, None):
    try: gen_iter(bad)
    except TypeError as e: print(e)
def unp(t): a, b = t; return b, a
for _ in range(50): unp((1, 2))
print(unp([3, 4]), unp("ab"), unp({5: 0, 6: 0}), unp(x for x in "pq"), unp(range(2)))
for bad in ((1,), [1, 2, 3], 5, "abc"):
    try: unp(bad)
    except (TypeError, ValueError) as e: print(e)
def con(a, b): return a in b, a not in b
for _ in range(50): con(1, [1])
print(con(1, {1: 2}), con("a", "abc"), con(1, {1}), con(1, (2,)), con(5, range(9)))
class W:
    def __enter__(s): return "w"
    def __exit__(s, *a): print("exit"); return False
def usewith(c):
    with c as v: return v
for _ in range(3): usewith(W())
W.__exit__ = lambda s, *a: print("new exit"); usewith(W()); W.__enter__ = lambda s: "new enter"; print(usewith(W()))
def strs(a): return f"{a}" + a.__class__.__name__
for _ in range(50): strs("x")
print(strs(1), strs(None), strs(1.5), strs("y"))
