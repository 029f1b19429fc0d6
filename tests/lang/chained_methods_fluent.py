class B:
    def __init__(s): s.ops = []
    def __getattr__(s, n):
        if n.startswith("__"): raise AttributeError(n)
        def m(*a, **k): s.ops.append((n, a, k)); return s
        return m
    def __enter__(s): s.ops.append("enter"); return s
    def __exit__(s, *a): s.ops.append("exit")
b = B().select("a", "b").where(x=1).order_by("y").limit(5)
print(b.ops)
with B() as q: q.foo().bar(1)
print(q.ops)
class Vec:
    def __init__(s, *v): s.v = v
    def __add__(s, o): return Vec(*(a + b for a, b in zip(s.v, o.v)))
    def __mul__(s, k): return Vec(*(a * k for a in s.v)) if isinstance(k, (int, float)) else sum(a * b for a, b in zip(s.v, k.v))
    __rmul__ = __mul__
    def __matmul__(s, o): return s * o
    def __neg__(s): return Vec(*(-a for a in s.v))
    def __sub__(s, o): return s + -o
    def __eq__(s, o): return isinstance(o, Vec) and s.v == o.v
    def __hash__(s): return hash(s.v)
    def __repr__(s): return f"Vec{s.v}"
    def __len__(s): return len(s.v)
    def __iter__(s): return iter(s.v)
    def __getitem__(s, i): return Vec(*s.v[i]) if isinstance(i, slice) else s.v[i]
    def __bool__(s): return any(s.v)
    def __abs__(s): return (s * s) ** 0.5
    def __contains__(s, x): return x in s.v
    def __call__(s, f): return Vec(*map(f, s.v))
    def __lt__(s, o): return abs(s) < abs(o)
    def __format__(s, spec): return "<" + ", ".join(format(x, spec) for x in s.v) + ">"
a, c = Vec(1, 2, 3), Vec(4, 5, 6)
print(a + c, a - c, a * 2, 2 * a, a * c, a @ c, -a, a == Vec(1, 2, 3), a != c, {a: 1}[Vec(1, 2, 3)], len(a), list(a), a[0], a[1:], bool(Vec(0, 0)), abs(Vec(3, 4)), 2 in a, a(lambda x: x * x), sorted([c, a]), max(a, c), f"{a:.1f}", sum([a, c], Vec(0, 0, 0)), [*a, *c], a < c, a > c)
x, y, z = a; print(x, y, z)
class Expr:
    def __init__(s, t): s.t = t
    def __repr__(s): return s.t
for op, sym in dict(add="+", sub="-", mul="*", truediv="/", floordiv="//", mod="%", pow="**", lshift="<<", rshift=">>", matmul="@", lt="<", le="<=", gt=">", ge=">=", eq="==", ne="!=").items():
    setattr(Expr, f"__{op}__", lambda s, o, sym=sym: Expr(f"({s} {sym} {o})"))
    if op not in ("lt", "le", "gt", "ge", "eq", "ne"): setattr(Expr, f"__r{op}__", lambda s, o, sym=sym: Expr(f"({o} {sym} {s})"))
Expr.__and__ = lambda s, o: Expr(f"({s} & {o})"); Expr.__or__ = lambda s, o: Expr(f"({s} | {o})"); Expr.__xor__ = lambda s, o: Expr(f"({s} ^ {o})"); Expr.__neg__ = lambda s: Expr(f"-{s}"); Expr.__invert__ = lambda s: Expr(f"~{s}"); Expr.__getitem__ = lambda s, k: Expr(f"{s}[{k}]"); Expr.__call__ = lambda s, *a: Expr(f"{s}{a}")
p, q, r = map(Expr, "pqr")
print(p + q * r, (p + q) * r, p ** q ** r, -p ** 2, p - q - r, p / q // r % 2, p << 1 + q >> 2, p & q | r ^ p, ~p & -q, p < q, p == q, p[q], p[1:2], p(q, r), 1 + p, 2 ** p ** 3, p @ q, not p == q, (p < q) & (q < r), p if p else q)
