def t(v): print(v, end=" "); return v
d = {t("a"): t(1), t("b"): t(2), **{t("c"): t(3)}, t("a"): t(4)}; print(d)
print({t(i): t(i * 10) for i in (1, 2)}); print([t(1), *t([2]), t(3)]); print({t(1), t(1)}); print((t(1), t(2)))
d = {"z": 1, "a": 2, "m": 3}; print(d, list(d), d | {"b": 4}, {**d, "z": 0}, dict(sorted(d.items())), dict(reversed(d.items())))
d["z"] = 9; print(d); del d["z"]; d["z"] = 1; print(d); d.update({"q": 1, "a": 5}); print(d); d.setdefault("m", 0); d.setdefault("n", 0); print(d); print(d.popitem(), d)
e = dict.fromkeys("hello"); print(list(e), "".join(dict.fromkeys("mississippi")))
print(dict(b=1, a=2, **{"c": 3}), dict([("x", 1), ("w", 2)], v=3), {k: None for k in "cab"})
c = d.copy(); c["new"] = 1; print(list(c)[-1], list(d)[-1]); d.clear(); d["first"] = 1; print(d)
big = {i: i for i in range(100)}
for i in range(0, 100, 2): del big[i]
for i in range(0, 10, 2): big[i] = "back"
print(list(big)[:5], list(big)[-6:]); it = iter(big); next(it); print(next(it), list(reversed(big))[:3])
class K:
    def __init__(s, n): s.n = n
    def __repr__(s): return s.n
    def __hash__(s): return 0
    def __eq__(s, o): return s.n == o.n
k = {K("b"): 1, K("a"): 2}; k[K("b")] = 3; print(k); del k[K("b")]; k[K("b")] = 4; print(k)
def kw(**k): return list(k)
print(kw(z=1, a=2, **{"m": 3}), list(vars(type("T", (), {"z": 1, "a": 2})))[:2]); 
class O:
    def __init__(self): self.z = 1; self.a = 2; self.m = 3
print(list(vars(O())), [n for n in O.__dict__ if n[0] != "_"])
class P: zeta = 1; alpha = 2; mid = 3
print([n for n in P.__dict__ if n[0] != "_"]); P.beta = 4; P.zeta = 5; print([n for n in vars(P) if n[0] != "_"])
x = {1: "a", 2: "b"}; x[1] = x.pop(2); print(x); y = {**x, 3: x.get(1)}; print(y); z = {v: k for k, v in y.items()}; print(z)
print({1: 0, True: 1, 1.0: 2}, {0: "x", False: "y"}, {"a": 1, "a": 2}, {(1, 2): 1, (1.0, 2.0): 2})
