class C:
    def __call__(self, *a, **k): return a, k
c = C(); print(c(), c(1, x=2), callable(c), C.__call__(c, 5), c.__call__(6))
class N: pass
n = N(); n.__call__ = lambda: "instance attr"
try: n()
except TypeError as e: print(e)
print(callable(n), callable(N))
class D: __call__ = None
try: D()()
except TypeError as e: print(e)
class E: __call__ = len
try: print(E()([1]))
except TypeError as e: print(e)
class F:
    @staticmethod
    def __call__(*a): return ("static", a)
class G:
    @classmethod
    def __call__(cls, *a): return (cls.__name__, a)
class H:
    @property
    def __call__(self): return lambda *a: ("prop", a)
class I: __call__ = C()
print(F()(1), G()(2), H()(3), I()(4))
for v in (5, "a", None, [], {}, (1, 2), 1.5, N(), ..., range(3), iter([]), b"x", {1}, slice(1), NotImplemented):
    try: v()
    except TypeError as e: print(e)
for s in ("(lambda: 1)()()", "print()()", "c.zzz()", "n.foo()", "N.x()", "missing()"):
    try: exec(s, {"N": N, "n": n, "c": c}); print(s, "ok")
    except Exception as e: print(s, type(e).__name__, e)
class P:
    def __init__(self, f): self.f = f
    def __getattr__(self, n): return lambda *a, **k: (n, a, k)
p = P(lambda x: x * 2); print(p.f(3), p.other(1, k=2), p.f.__name__)
p.f = print; p.f("stored builtin")
class K:
    f = lambda *a: len(a); g = len; h = staticmethod(lambda *a: len(a)); b = int
k = K(); print(k.f(), k.f(1), K.f(), k.h(), k.b("5"))
try: k.g()
except TypeError as e: print(e)
print(k.g([1]) if 0 else k.g.__name__)
m = k.f; print(m(1, 2), m.__self__ is k)
def curry(f, *a): return lambda *b: f(*a, *b)
print(curry(max, 3, 9)(5), curry(curry, max)(1)(2))
x = [lambda: 0, len, C(), int, str.upper, "a".upper]; print([callable(v) for v in x], x[2](1), x[4]("q"), x[5]())
def deep(n): return lambda: deep(n - 1)() if n else "bottom"
print(deep(20)())
r = C(); 
for _ in range(5): r.__class__.next = r
print(r.next.next(7))
