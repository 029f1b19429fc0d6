def f(*a, **k): return a, k
print(f(*[1, 2], 3, *"ab", x=1, **{"y": 2}, z=3, **{"w": 4}))
print(f(*(), **{}))
print(f(1, *range(3), *[], 9))
print(f(*{1: 2}), f(*(i for i in "xy")))
print(f(k=1, *[2, 3]))
def t(x): print("eval", x); return x
f(t(1), *t([2]), t(3), a=t(4), **t({"b": 5}), c=t(6))
f(a=t(1), *t([2]))
class M:
    def keys(self): return ["p", "q"]
    def __getitem__(self, k): return k * 2
print(f(**M()))
class NoKeys: pass
class BadKeys:
    def keys(self): return 5
for bad in (NoKeys(), BadKeys(), [1], 5, None):
    try: f(**bad)
    except TypeError as e: print(e)
for bad in (NoKeys(), 5, None):
    try: f(*bad)
    except TypeError as e: print(e)
def g(a, b): pass
for c in ["g(1, a=2)", "g(*[1], a=2)", "g(**{'a': 1}, a=2)", "g(b=1, **{'b': 2})", "f(**{'a': 1}, **{'a': 2})", "f(a=1, **{'a': 2})", "f(**{1: 2})"]:
    try: eval(c)
    except TypeError as e: print(e)
print([*range(3), *"ab"], (*[1], *(2,)), {*[1, 1], *[2]}, {**{"a": 1}, "b": 2, **{"a": 3}})
x = *[1, 2], 3
print(x)
def r(): return *[1], 2
print(r())
def y(): yield *[1], 2
print(list(y()))
for v in *[1], 2: print(v)
print(print(*[1, 2], sep="-"))
kw = {"a": 1}
def mut(**k): k["z"] = 1; return k
print(mut(**kw), kw)
lst = [1, 2]
def muta(*a): return a is lst, a
print(muta(*lst))
tup = (1, 2)
print((lambda *a: a is tup)(*tup))
for c in ["[*5]", "(*None,)", "{*1}", "{**[]}", "{**5}", "{**{'a': 1}, **1}"]:
    try: print(eval(c))
    except TypeError as e: print(e)
print("%s %s" % (*"ab",), dict(**{"a": 1}, b=2), dict([("k", 1)], z=2))
