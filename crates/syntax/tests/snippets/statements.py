import a.b as c, d
from .. import (e, f as g,)
from ...h.i import *
if a: b; c
elif d:
    pass
else: e = f = g
for x, *y in z:
    continue
else:
    break
async def f[T: int, *U, **P](a, b: c = d, /, e=1, *args: *U, g, h=2, **k) -> i:
    """doc"""
    global j; nonlocal l
    async with a as b, c: pass
    async for d in e: return f
    raise g from h
@decorator.a(b)
@c
class D(E, metaclass=F):
    x: int = 1
    (y): int
    y.z: int
with (a as b, c): pass
with (a, b): pass
with (a): pass
with (a, b) as c, d: pass
with (a := b, c): pass
try: a
except b as c: d
except (e, f): g
except: h
else: i
finally: j
try: a
except* b: c
while a: b
del a, (b, [c]), d.e, f[g]
assert a, b
a += b; a @= c
type X[T] = list[T]
match = case = type = _ = 1
