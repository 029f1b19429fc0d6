print(__name__, type(__builtins__).__name__, __doc__, __spec__, "__file__" in globals(), __package__)
x = 1
g = globals()
g["y"] = 2
print(y, g is globals(), "x" in g, locals() is globals())
del g["y"]
try: y
except NameError as e: print(e)
len_ = len
len = lambda v: "shadowed"
print(len([]))
del len
print(len([1]))
import builtins
builtins.custom = "from builtins"
print(custom)
del builtins.custom
try: custom
except NameError as e: print(e)
def f():
    a = 1; b = [2]
    l = locals()
    a = 3
    return l, locals() is l, a
print(f())
def h(z):
    c = 1
    def k(): return c
    return sorted(locals())
print(h(1))
class C:
    q = 1
    print(sorted(k for k in locals() if not k.startswith("__")), locals()["q"])
    locals()["w"] = 5
print(C.w)
exec("dyn = 10"); print(dyn)
def ex():
    exec("zz = 1")
    try: return zz
    except NameError as e: return str(e)
print(ex())
d = {}
exec("a = 1\nb = a + 1", d)
print(d["a"], d["b"], "__builtins__" in d)
d = {"__builtins__": {}}
try: exec("len([])", d)
except NameError as e: print(e)
try: exec("print(1)", {"__builtins__": {"print": lambda x: __import__("sys").stdout.write(f"custom {x}\n")}})
except NameError as e: print(e)
try: exec("class A: pass", {"__builtins__": {}})
except NameError as e: print(e)
print(eval("x + 1"), eval("x + n", {"x": 5}, {"n": 6}), eval("[x for x in range(3)]"), eval(" 1 + 1 "), eval("\n1") if 0 else "")
class M(dict):
    def __missing__(s, k): return f"<{k}>"
print(eval("foo", {}, M()), eval("foo + bar", {}, M()))
exec("def lf(): return lv", d2 := {"lv": 3}); print(d2["lf"]())
for a in [(1,), (), ("1", 5), ("1", {}, 5), ("1 +",), ("x = 1",), (b"1 + 1",), (None,), ("1\0",)]:
    try: print(eval(*a))
    except Exception as e: print(type(e).__name__, e)
for a in [(1,), (), ("1", 5), ("1", {}, 5), ("x = ",)]:
    try: print(exec(*a))
    except Exception as e: print(type(e).__name__, e)
__name__ = "changed"
def nf(): pass
class NC: pass
print(nf.__module__, NC.__module__, repr(NC))
