def counter(start=0):
    n = start
    def inc(by=1):
        nonlocal n
        n += by
        return n
    def get(): return n
    return inc, get
inc, get = counter(10)
print(inc(), inc(5), get())
inc2, get2 = counter()
inc2()
print(get(), get2())
fs = [lambda: i for i in range(3)]
print([f() for f in fs])
fs = [lambda i=i: i for i in range(3)]
print([f() for f in fs])
fs = []
for k in range(3):
    def f(): return k
    fs.append(f)
print([f() for f in fs])
print(inc.__closure__[0].cell_contents, len(inc.__closure__))
print(inc.__code__.co_freevars, counter.__code__.co_cellvars, counter.__code__.co_varnames)
cell = inc.__closure__[0]
cell.cell_contents = 100
print(get())
del cell.cell_contents
try: get()
except NameError as e: print(e)
try: cell.cell_contents
except ValueError as e: print(e)
print(cell == cell, (lambda: 0).__closure__)
def a(x):
    def b(y):
        def c(z): return x + y + z
        return c
    return b
print(a(1)(2)(3))
def shared():
    v = []
    return (lambda x: v.append(x)), (lambda: v)
p, q = shared()
p(1); p(2)
print(q())
def param_cell(x, *args, k=1, **kw):
    return lambda: (x, args, k, kw)
print(param_cell(1, 2, 3, k=4, z=5)())
def rec():
    def fact(n): return 1 if n < 2 else n * fact(n - 1)
    return fact
print(rec()(10))
def compose(*fs):
    def h(x):
        for f in reversed(fs): x = f(x)
        return x
    return h
print(compose(lambda x: x + 1, lambda x: x * 2)(5))
import types
CellType = type(cell)
c1, c2 = CellType(1), CellType(2)
print(c1 < c2, c1 == CellType(1), c1 != c2, CellType() < c1)
try: CellType(1, 2)
except TypeError as e: print(e)
def gen_closure():
    x = 0
    def g():
        nonlocal x
        while True:
            x += 1
            yield x
    return g(), lambda: x
g, getx = gen_closure()
next(g); next(g)
print(getx())
