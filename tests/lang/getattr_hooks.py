class A:
    x = "class"
    def __init__(s): s.__dict__["y"] = "inst"
    def __getattr__(s, n):
        if n.startswith("dyn_"): return n[4:]
        raise AttributeError(f"no {n}")
    def __setattr__(s, n, v): print("set", n, v); object.__setattr__(s, n, v)
    def __delattr__(s, n): print("del", n); object.__delattr__(s, n)
a = A()
print(a.x, a.y, a.dyn_foo)
a.z = 1; print(a.z); del a.z
for n in ("z", "nope"):
    try: getattr(a, n)
    except AttributeError as e: print(e)
print(getattr(a, "q", "default"), hasattr(a, "dyn_x"), hasattr(a, "q"), getattr(a, "dyn_" + "k"))
setattr(a, "w", 2); delattr(a, "w")
class B:
    def __getattribute__(s, n): print("ga", n); return object.__getattribute__(s, n)
    def m(s): return "m"
    def __len__(s): return 3
b = B(); b.v = 1
print(b.v, b.m(), len(b))
try: b.none
except AttributeError as e: print(e)
class C:
    def __getattribute__(s, n):
        if n == "a": raise AttributeError("blocked")
        if n == "k": raise KeyError("k")
        return "ga:" + n
    def __getattr__(s, n): return "fallback:" + n
c = C()
print(c.a, c.b, c.__class__, c.__dict__)
try: c.k
except KeyError as e: print("KeyError", e)
try: hasattr(c, "k")
except KeyError: print("hasattr passes KeyError")
class D:
    def __getattr__(s, n): return lambda *a: (n, a)
d = D()
print(d.foo(1, 2))
try: len(d)
except TypeError as e: print(e)
try: d + 1
except TypeError as e: print(e)
try: d[0]
except TypeError as e: print(e)
class E:
    @property
    def p(s): return s.missing
    def __getattr__(s, n): return "ga " + n
print(E().p)
class F:
    @property
    def p(s): raise AttributeError("inner")
try: F().p
except AttributeError as e: print(e, e.name, type(e.obj).__name__)
class G: pass
g = G()
try: g.foo
except AttributeError as e: print(e, e.name, e.obj is g)
try: G.bar
except AttributeError as e: print(e, e.name, e.obj is G)
for o in (1, "s", None, [], {}, (), len, int, type, lambda: 1, 1.5, ..., NotImplemented, range(1), sys if 0 else object()):
    try: o.nope
    except AttributeError as e: print(e)
    try: o.nope = 1
    except (AttributeError, TypeError) as e: print(type(e).__name__, e)
    try: del o.nope
    except (AttributeError, TypeError) as e: print(type(e).__name__, e)
for args in [(1,), (), (1, 2), (1, "a", 2, 3), (1, b"a")]:
    for f in (getattr, hasattr, setattr, delattr):
        try: f(*args)
        except (TypeError, AttributeError) as e: print(f.__name__, type(e).__name__, e)
class H:
    def __dir__(s): return ["z", "a"]
print(dir(H()))
class BadDir:
    def __dir__(s): return 5
try: dir(BadDir())
except TypeError as e: print(e)
class I:
    def __getattr__(s): pass
try: I().x
except TypeError as e: print(e)
vars(g)["q"] = 1; print(g.q, vars(g))
try: vars(5)
except TypeError as e: print(e)
g.__dict__ = {"replaced": 1}; print(g.replaced)
try: g.__dict__ = 5
except TypeError as e: print(e)
del g.__dict__; print(g.__dict__)
