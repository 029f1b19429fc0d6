x = 1
del x
try: x
except NameError as e: print(e)
try: del x
except NameError as e: print(e)
a = b = c = 1
del a, (b, c)
print("a" in globals(), "b" in globals())
l = [0, 1, 2, 3, 4, 5]
del l[0]; print(l)
del l[-1], l[0]; print(l)
del l[1:]; print(l)
l = list(range(10))
del l[::3]; print(l)
del l[::-2]; print(l)
del l[5:2]; print(l)
del l[:]; print(l)
d = {"a": 1, "b": 2}
del d["a"]; print(d)
try: del d["zz"]
except KeyError as e: print("KeyError", e)
try: del l[0]
except IndexError as e: print(e)
class O:
    cls = 1
    def __delattr__(self, n): print("delattr", n); super().__delattr__(n)
    def __delitem__(self, k): print("delitem", k)
o = O(); o.x = 1
del o.x
try: del o.x
except AttributeError as e: print(e)
try: del o.cls
except AttributeError as e: print(e)
del O.cls
del o[1], o[1:2], o[1, 2], o[...]
def f(a, b):
    del a
    try: a
    except UnboundLocalError as e: print(e)
    try: del a
    except UnboundLocalError as e: print(e)
    a = 5
    return a + b
print(f(1, 2))
def g():
    c = 1
    def h(): nonlocal c; del c
    h()
    try: c
    except UnboundLocalError as e: print(type(e).__name__, e)
    try: h()
    except NameError as e: print(type(e).__name__, e)
g()
def gl():
    global gv
    del gv
gv = 1
gl()
try: gv
except NameError as e: print(e)
try: gl()
except NameError as e: print(e)
for s in ["del (1, 2)[0]", "del 'abc'[0]", "del 5 .x", "del (lambda: 1).x", "del range(3)[0]", "del {1: 2}[5]", "del [1][1]", "del b'a'[0]", "del {1}[0]", "del None.x", "del int.x", "del object().x"]:
    try: exec(s)
    except Exception as e: print(type(e).__name__, e)
for s in ["del 1", "del f()", "del a + b", "del (a, 1)", "del [a, b()]", "del *a", "del (x := 1)", "del x if y else z", "del None", "del", "del a.b()", "del {a}", "del 'x'", "del f'x'", "del __debug__", "del lambda: 1", "del a, b,"]:
    try: compile(s, "s", "exec"); print("ok", s)
    except SyntaxError as e: print(e.msg)
del (z := [1])[0]
print(z)
[q, r] = 1, 2
del [q, r]
del ()
del []
print("end")
