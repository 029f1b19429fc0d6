x = "global"
def f():
    print(x)
def g():
    global x
    x = "changed"
f(); g(); f()
def outer():
    x = "outer"
    def inner():
        nonlocal x
        x = "inner"
        def innermost():
            nonlocal x
            x += "most"
        innermost()
    inner()
    return x
print(outer(), x)
def local_before():
    try:
        print(x)
    except UnboundLocalError as e:
        print(type(e).__name__, e)
    x = 1
local_before()
def free_before():
    def h(): return y
    try:
        h()
    except NameError as e:
        print(type(e).__name__, e)
    y = 1
    return h()
print(free_before())
def deleted():
    z = 1
    del z
    try: z
    except UnboundLocalError as e: print(e)
deleted()
def deleted_cell():
    z = 1
    def h(): return z
    del z
    try: h()
    except NameError as e: print(e)
    try: z
    except UnboundLocalError as e: print(type(e).__name__, e)
    z = 2
    return h()
print(deleted_cell())
def mk():
    global newg
    newg = 10
    def inner(): return newg
    return inner
print(mk()(), newg)
try: nothere
except NameError as e: print(e, e.name)
class C:
    x = "class"
    y = x
    def m(self): return x
    l = [x for _ in range(1)]
    m2 = lambda self: x
print(C.y, C().m(), C.l, C().m2())
def cls_in_func():
    v = "func"
    class D:
        w = v
        v = "body"
        def get(self): return v
    return D.w, D.v, D().get()
try: print(cls_in_func())
except NameError as e: print(type(e).__name__, e)
def cls_free():
    v = "func"
    class D:
        w = v
        def get(self): return v
    return D.w, D().get()
print(cls_free())
def nl_class():
    v = 1
    class D:
        nonlocal v
        v = 2
    return v, hasattr(D, "v")
print(nl_class())
class G:
    global gx
    gx = 5
print(gx, hasattr(G, "gx"))
for src in ["def f():\n  nonlocal q\n", "nonlocal q", "def f():\n  x=1\n  global x", "def f(a):\n  global a", "def f():\n  print(x)\n  global x", "def f():\n  global x\n  nonlocal x", "def f():\n  x: int\n  global x", "def f(a):\n nonlocal a"]:
    try: compile(src, "s", "exec")
    except SyntaxError as e: print(e.msg, e.lineno, e.offset)
