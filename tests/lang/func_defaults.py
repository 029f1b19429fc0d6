def f(a, l=[]):
    l.append(a); return l
print(f(1), f(2), f(3, []))
print(f.__defaults__)
x = 1
def g(v=x): return v
x = 2
print(g())
f.__defaults__ = (["new"],)
print(f(9))
f.__defaults__ = None
try: f(1)
except TypeError as e: print(e)
def k(*, a=1, b): return a, b
print(k.__kwdefaults__, k(b=2))
k.__kwdefaults__ = {"b": 5}
try: k()
except TypeError as e: print(e)
print(k(a=3))
k.__kwdefaults__ = None
try: k(a=1)
except TypeError as e: print(e)
def order(n): print("default", n); return n
def h(a=order(1), *, b=order(2), c: order("ann") = order(3)) -> order("ret"): pass
print(h.__annotations__, h.__defaults__, h.__kwdefaults__)
for bad in [5, [1], "a"]:
    try: f.__defaults__ = bad
    except TypeError as e: print(e)
    try: f.__kwdefaults__ = bad
    except TypeError as e: print(e)
del k.__kwdefaults__
del f.__defaults__
print(f.__defaults__, k.__kwdefaults__)
class C:
    d = 5
    def m(self, v=d): return v
    d = 6
print(C().m())
def many(a, b=1, c=2, *, d=3, e=4): return a + b + c + d + e
print(many(0), many(0, 0), many(0, e=0), many(0, c=0, d=0))
