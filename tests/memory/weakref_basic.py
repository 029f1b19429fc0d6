import weakref
class A:
    def __init__(s, n=0): s.n = n
    def __repr__(s): return f"A({s.n})"
a = A(1); r = weakref.ref(a)
print(r(), r() is a, r == weakref.ref(a), r is weakref.ref(a), weakref.getweakrefcount(a), weakref.getweakrefs(a) == [r], type(r), r.__callback__)
del a; print(r(), weakref.getweakrefcount(1))
a = A(2); calls = []
r1 = weakref.ref(a, lambda r: calls.append(("cb1", r is r1, r()))); r2 = weakref.ref(a, lambda r: calls.append(("cb2", r() ))); r3 = weakref.ref(a)
print(weakref.getweakrefcount(a), r1 == r2, r1 is r2, r1.__callback__ is not None); del a; print(calls, r1(), r1.__callback__)
a, b = A(3), A(4); ra, rb = weakref.ref(a), weakref.ref(b); ra2 = weakref.ref(a, lambda r: print("cb"))
print(ra == ra2, ra == rb, ra != rb, ra == a, hash(ra) == hash(a), hash(ra) == hash(ra2), {ra: 1}[ra2])
h = hash(ra); del a; print(hash(ra) == h, ra == ra, ra == ra2, ra2 == ra) if 0 else None
a = A(5); rn = weakref.ref(a); del a
try: hash(rn)
except TypeError as e: print(e)
class E:
    def __init__(s, v): s.v = v
    def __eq__(s, o): return s.v == o.v
    def __hash__(s): return hash(s.v)
x, y = E(1), E(1); rx, ry = weakref.ref(x), weakref.ref(y); print(rx == ry, rx is ry, hash(rx) == hash(ry)); hx = hash(rx); del x; print(rx == ry, rx == rx, hash(rx) == hx)
for v in (1, "s", (), [], {}, None, 1.5, object(), b"", slice(1), property(), ValueError(), range(1)):
    try: weakref.ref(v); print("ok", type(v).__name__)
    except TypeError as e: print(e)
class L(list): pass
class D(dict): pass
class T(tuple): pass
class I(int): pass
class X(Exception): pass
class SS: __slots__ = ()
class SW: __slots__ = ("__weakref__",)
def fn(): yield
for v in (set(), frozenset([9]), fn, fn(), A, len, weakref, L(), D(), X(), fn.__code__, SW(), A().__init__, type):
    print(type(v).__name__, weakref.ref(v) is not None)
for v in (T(), I(), SS()):
    try: weakref.ref(v)
    except TypeError as e: print(e)
a = A(); 
for args in [(), (a, 1, 2), (a, 5)]:
    try: print(weakref.ref(*args)() is a)
    except TypeError as e: print(e)
try: weakref.ref(a)(1)
except TypeError as e: print(e)
try: weakref.ref(a).x = 1
except AttributeError as e: print(e)
m = weakref.ref(a.__repr__); print(m())
class R(weakref.ref):
    def __init__(s, o, cb=None, tag=None): super().__init__(o, cb); s.tag = tag
q = R(a, tag="t"); print(q() is a, q.tag, q is R(a), q == weakref.ref(a), weakref.getweakrefcount(a), type(q).__name__)
print(repr(weakref.ref(a)).split(" at ")[0], "to 'A' at" in repr(weakref.ref(a)), repr(rn).endswith("; dead>"), "(fn)" in repr(weakref.ref(fn)), "to 'type' at" in repr(weakref.ref(A)))
