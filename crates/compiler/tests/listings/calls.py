f()
f(1, *a, b=2, **c)
f(x, y=z)
o.m(1, k=2)
import mod
mod.g(3)
