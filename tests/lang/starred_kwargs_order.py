def f(**k): return list(k.items())
print(f(b=1, a=2, **{"d": 3, "c": 4}), f(**{"z": 1}, y=2, **{"x": 3}))
def g(*a, k=0, **kw): return a, k, kw
print(g(1, *[2], 3, k=4, z=5), g(*"ab", **{"k": 1}), g(**{"k": 2, "m": 3}))
def h(a, b=2, /, c=3, *d, e, f=6, **g): return (a, b, c, d, e, f, g)
print(h(1, e=5), h(1, 2, 3, 4, 5, e=6, z=7), h(1, c=9, e=0), h(1, e=1, a=2, b=3))
for s in ("h()", "h(1)", "h(e=1)", "h(1, 2, 3, c=4, e=5)", "h(a=1, e=2)", "g(k=1, **{'k': 2})", "f(1)", "f(**{'a b': 1, '': 2})", "f(**{1: 2})", "g(*1)", "g(**1)", "g(*[1], **[2])"):
    try: print(s, eval(s))
    except TypeError as e: print(s, e)
def swap(a, b): return b, a
print(swap(*swap(*swap(1, 2))), swap(b=1, a=2), swap(**dict(zip("ab", swap(3, 4)))))
def default_chain(a, b=None, c=None):
    b = a if b is None else b
    return a, b, c or b
print(default_chain(1), default_chain(1, 2), default_chain(1, c=5))
def many(a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, *, k0=0, k1=1, k2=2, k3=3, k4=4): return a0 + a9 + k0 + k4
print(many(*range(10)), many(*range(5), *range(5), k4=100), many(**{f"a{i}": i for i in range(10)}))
big = {f"k{i}": i for i in range(300)}
print(len(f(**big)), len(g(*range(1000))[0]))
print((lambda *a, **k: (a, k))(*(1, 2), **{"x": 3}), (lambda a, *, b: a + b)(1, b=2), (lambda *_, **__: len(_) + len(__))(1, 2, z=3))
class K:
    def __init__(self, *a, **k): self.a, self.k = a, k
    def __call__(self, *a, self_=0, **k): return a, self_, k
print(K(1, x=2).a, K(*[1], **{"y": 3}).k, K()(1, self_=5, q=2))
def ret_many(): return 1, 2, 3
print(*ret_many(), sep="|"); print(max(*ret_many()), [*ret_many(), *ret_many()])
