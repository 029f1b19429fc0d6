import sys
rc = sys.getrefcount
x = object(); base = rc(x)
def delta(): return rc(x) - base
l = []
l.append(x); print("append", delta()); l.extend([x, x]); print("extend", delta()); l.insert(0, x); print("insert", delta()); l *= 2; print("imul", delta()); m = l[:]; print("slice", delta()); m.reverse(); print(delta()); m.sort(key=id); print("sort", delta()); del m; l2 = l + l; print("add", delta()); del l2; l[1:3] = []; print("slice del", delta()); l[::2] = [None] * len(l[::2]); print("ext slice", delta()); l.clear(); print("clear", delta())
t = (x, x) * 2; print("tuple", delta()); u = t[1:]; print(delta()); del t, u; print(delta())
d = {x: x}; print("dict key+value", delta()); e = d.copy(); print(delta()); e |= {1: x}; print(delta()); d.popitem(); print(delta()); del d, e; print(delta())
d = dict.fromkeys(range(5), x); print("fromkeys", delta()); ks = list(d.values()); print(delta()); it = iter(d.values()); next(it); v = None; print(delta()); del it, ks; d[0] = 1; print(delta()); d.clear(); print(delta())
s = {x}; print("set", delta()); s2 = s | {1}; print(delta()); s.discard(x); print(delta()); s2.clear(); print(delta()); fs = frozenset([x]); print(delta()); fs2 = fs | fs; print(delta()); del fs, fs2; print(delta())
z = list(zip([x], [x])); print("zip", delta()); del z; en = list(enumerate([x])); print(delta()); del en; mp = map(lambda q: q, [x]); print(delta()); next(mp); print(delta()); del mp; print(delta())
fl = list(filter(None, [x, x])); print("filter", delta()); del fl; rv = reversed([x]); print(delta()); del rv; print(delta())
i = iter([x]); print("iter", delta()); next(i); print(delta()); next(i, None); print(delta()); del i
a, *b = [x, x, x]; print("unpack", delta()); del a, b; print(delta())
def ag(*a, **k): return a, k
r = ag(x, k=x); print("args", delta()); del r; print(delta())
class A: pass
o = A(); o.a = x; o.b = x; print("attrs", delta()); o.a = None; print(delta()); o.__dict__["c"] = x; print(delta()); del o; print(delta())
class S: __slots__ = ("p", "q")
o = S(); o.p = x; o.q = x; print("slots", delta()); del o.p; print(delta()); o = None; print(delta())
sl = slice(x, x); print("slice obj", delta()); del sl; print(delta())
pr = property(x, x); print("property", delta()); del pr; cm = classmethod(x); print(delta()); del cm; print(delta())
e = ValueError(x, x); print("exception", delta()); del e; print(delta())
g = (y for y in [x]); next(g); print("genexp", delta()); g.close(); print(delta()); del g; print(delta())
c = [lambda: x]; print("global lambda", delta()); del c
st = [x].index(x), [x].count(x), x in (x,), max(x, x, key=id) is x; print(delta())
try: {}[x]
except KeyError: pass
print("keyerror", delta())
try: [].remove(x)
except ValueError: pass
try: {x}.remove(1)
except KeyError as ke: pass
print(delta())
x2 = getattr(A, "nope", x); print("getattr default", delta()); del x2; print(delta())
setattr(A, "v", x); print(delta()); delattr(A, "v"); print(delta()); vars(A); print(delta())
T = type("T", (), {"q": x}); print("type dict", delta()); T.q = None; print(delta()); del T
