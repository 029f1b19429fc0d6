def f(a, b, c, d=1, *, e, g): pass
f(1)
