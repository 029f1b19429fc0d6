import weakref
class A:
    x = 1
    def m(s): return "m"
    def __len__(s): return 3
    def __getitem__(s, k): return k
    def __add__(s, o): return ("add", o)
    def __call__(s, *a): return a
    def __contains__(s, k): return k == 1
    def __iter__(s): return iter([1, 2])
    def __str__(s): return "A-str"
    def __eq__(s, o): return True
    __hash__ = None
    def __bool__(s): return False
a = A(); p = weakref.proxy(a)
print(p.x, p.m(), len(p), p[5], p + 1, p(1, 2), 1 in p, list(p), str(p), p == 5, bool(p), isinstance(p, A), type(p).__name__, p.__class__ is A, p is weakref.proxy(a))
p.y = 2; print(a.y); del p.y; print(hasattr(a, "y"), hasattr(p, "zz"))
try: hash(p)
except TypeError as e: print(e)
del a
for f in (lambda: p.x, lambda: len(p), lambda: p[0], lambda: p + 1, lambda: p(), lambda: str(p), lambda: bool(p), lambda: list(p), lambda: setattr(p, "x", 1), lambda: p == 1):
    try: print(f())
    except ReferenceError as e: print("ReferenceError", e)
class B: pass
b = B(); q = weakref.proxy(b, lambda r: print("proxy callback")); print(type(q).__name__, callable(q), q is weakref.proxy(b)); del b
try: q.x
except ReferenceError as e: print(e)
b = B(); q = weakref.proxy(b)
try: q()
except TypeError as e: print(e)
try: q + 1
except TypeError as e: print(e)
try: q.nope
except AttributeError as e: print(e)
try: len(q)
except TypeError as e: print(e)
try: weakref.proxy(5)
except TypeError as e: print(e)
print(weakref.ProxyType is type(q), weakref.CallableProxyType.__name__, weakref.getweakrefcount(b), weakref.ProxyTypes == (weakref.ProxyType, weakref.CallableProxyType))
class N:
    def __init__(s, v): s.v = v
    def __add__(s, o): return s.v + getattr(o, "v", o)
    def __radd__(s, o): return o + s.v
    def __iadd__(s, o): s.v += o; return s
    def __lt__(s, o): return "lt"
    def __index__(s): return s.v
    def __neg__(s): return -s.v
    def __divmod__(s, o): return "dm"
    def __setitem__(s, k, v): print("set", k, v)
    def __delitem__(s, k): print("del", k)
    def __next__(s): return "nx"
    def __reversed__(s): return "rev"
    def __bytes__(s): return b"by"
    def __matmul__(s, o): return "mm"
n = N(5); z = weakref.proxy(n)
print(z + 1, 1 + z, z + z, z < 1, [0] * 6 and "abcdef"[z], -z, divmod(z, 2), z @ 1, next(z), reversed(z), bytes(z), int(z))
z[1] = 2; del z[3]; w = z; w += 10; print(n.v, w is n, type(w).__name__)
