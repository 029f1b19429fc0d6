def m(x):
    match x:
        case {"type": "circle", "r": r}: return ("circle", r)
        case {"type": "rect", "w": w, "h": h, **rest}: return ("rect", w, h, rest)
        case {"nested": {"a": [x, *_]}}: return ("nested", x)
        case {1: a, None: b}: return ("keys", a, b)
        case {-1: a, 1.5: b, b"k": c}: return (a, b, c)
        case {"only": _}: return "only"
        case {**kw} if "guard" in kw: return kw
        case {}: return "any mapping"
        case _: return "no"
for v in ({"type": "circle", "r": 1}, {"type": "circle"}, {"type": "rect", "w": 1, "h": 2, "extra": 3}, {"type": "rect", "w": 1, "h": 2}, {"nested": {"a": [1, 2]}}, {"nested": {"a": []}}, {1: 2, None: 3}, {-1: 1, 1.5: 2, b"k": 3}, {"only": 0, "x": 1}, {"guard": 1}, {}, [], None, "s"): print(v, "->", m(v))
class K: X = "kx"
def v(x):
    match x:
        case {K.X: val}: return val
        case {"a": 1 | 2 as n, **r}: return n, r
print(v({"kx": 5}), v({"a": 2, "z": 1}), v({"a": 3}))
class D(dict):
    def get(s, k, d=None): print("get", k); return super().get(k, d)
    def __missing__(s, k): print("missing"); return "m"
print(m(D(type="circle", r=2)), m(D()))
class NotMap:
    def keys(s): return ["only"]
    def __getitem__(s, k): return 1
    def get(s, k, d): return 1
print(m(NotMap()))
import types
def f(x):
    match x:
        case {"x": x, **others}: return x, type(others).__name__, others
d = {"x": 1, "y": 2}
r = f(d); r[2]["z"] = 1; print(r, d)
print(f(types.MappingProxyType(d)))
def order(x):
    match x:
        case {"a": a, "b": b} if a > b: return "gt"
        case {"b": b, "a": a}: return a, b
print(order({"a": 2, "b": 1}), order({"a": 1, "b": 2}), order({"a": 1}))
class Y: A = "k"; B = "k"
def dup(x):
    match x:
        case {Y.A: a, Y.B: b}: return a, b
try: dup({"k": 1})
except ValueError as e: print(e)
print(dup({}))
def deep(x):
    match x:
        case {"users": [{"name": str(n), "tags": [*tags]}, *_]}: return n, tags
        case {"users": []}: return "no users"
print(deep({"users": [{"name": "bob", "tags": ("a", "b")}, {}]}), deep({"users": []}), deep({"users": [{"name": 1, "tags": []}]}))
