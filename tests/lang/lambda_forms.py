print((lambda: 1)(), (lambda x: x + 1)(2), (lambda x, y=2: x * y)(3), (lambda *a: a)(1, 2), (lambda **k: k)(a=1))
print((lambda a, /, b, *, c: (a, b, c))(1, 2, c=3))
print((lambda *, k=5: k)(), (lambda a, *b, c=1, **d: (a, b, c, d))(1, 2, 3, c=4, e=5))
f = lambda x: lambda y: x - y
print(f(5)(3), f.__name__, f.__qualname__)
print(sorted([3, 1, 2], key=lambda v: -v))
g = lambda: (yield 1)
print(list(g()))
print((lambda: (1, 2))(), (lambda x: (x, x))(1))
h = lambda x: x if x > 0 else -x
print(h(-3), h(3))
print([(lambda n: n * n)(i) for i in range(4)])
d = {"add": lambda a, b: a + b}
print(d["add"](1, 2))
for call in ["(lambda: 1)(1)", "(lambda x: x)()", "(lambda x, y: x)(1)", "(lambda *, k: k)()", "(lambda a, /: a)(a=1)", "(lambda a: a)(1, a=2)", "(lambda a: a)(b=2)"]:
    try: eval(call)
    except TypeError as e: print(e)
k = lambda: None
k.attr = 3
print(k.attr, k())
w = lambda: (z := 10) + z
print(w())
print((lambda x=(lambda: 7): x())())
