def show(f, *a, **k):
    try:
        print(f(*a, **k))
    except TypeError as e:
        print("TypeError:", e)
def f0(): return "f0"
def f1(a): return a
def f2(a, b=2): return a, b
def f3(a, b, c): return a, b, c
def fv(*args): return args
def fk(**kw): return kw
def fm(a, /, b, c=3, *args, d, e=5, **kw): return a, b, c, args, d, e, kw
def fo(*, k): return k
def fo2(*, k, l, m): return k
def fp(a, b, /): return a, b
def fd(a, b=1, c=2, d=3): return a, b, c, d
show(f0); show(f0, 1); show(f0, 1, 2); show(f0, x=1)
show(f1); show(f1, 1); show(f1, 1, 2); show(f1, a=1); show(f1, 1, a=2); show(f1, b=2)
show(f2); show(f2, 1); show(f2, 1, 3); show(f2, 1, 2, 3); show(f2, b=1); show(f2, b=1, a=0)
show(f3); show(f3, 1); show(f3, 1, 2); show(f3, 1, 2, 3); show(f3, 1, c=3); show(f3, b=1)
show(f3, *[1, 2, 3]); show(f3, *[1, 2], **{"c": 3}); show(f3, **{"a": 1, "b": 2, "c": 3, "d": 4})
show(fv); show(fv, 1, 2); show(fv, a=1)
show(fk); show(fk, a=1, b=2); show(fk, 1)
show(fm, 1, 2, d=4); show(fm, 1, 2, 3, 4, 5, d=6, z=7); show(fm, 1, d=1); show(fm, 1, 2); show(fm, a=1, b=2, d=3); show(fm, 1, b=2, d=4, a=9)
show(fo); show(fo, 1); show(fo, k=1); show(fo, 1, k=2); show(fo, j=1)
show(fo2); show(fo2, k=1); show(fo2, k=1, l=2)
show(fp, 1, 2); show(fp, 1, b=2); show(fp, a=1, b=2); show(fp, 1)
show(fd, 1); show(fd, 1, 2, 3, 4, 5); show(fd, d=9, a=1); show(fd, 1, c=5); show(fd, 1, 2, b=3)
show(fd, 1, e=5); show(f3, 1, 2, 3, 4, 5, 6, d=1)
show(lambda a, b=1, *, c=2: (a, b, c), 1, 2, 3); show(lambda *, c: c, 1, 2, 3, c=1)
try: f2(**{1: 2})
except TypeError as e: print(e)
try: f2(*5)
except TypeError as e: print(e)
try: f2(**5)
except TypeError as e: print(e)
try: f2(1, **{"b": 1}, **{"b": 2})
except TypeError as e: print(e)
try: f2(1, *None)
except TypeError as e: print(e)
class C:
    def m(self, a): return a
show(C().m); show(C().m, 1, 2); show(C.m); show(C.m, 1); show(C.m, C(), 5)
try: C(1)
except TypeError as e: print(e)
try: C(a=1)
except TypeError as e: print(e)
