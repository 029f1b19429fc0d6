f = frozenset([1, 2, 3])
def t(g):
    try: print(g())
    except Exception as e: print(type(e).__name__, e)
print(sorted(f), len(f), 2 in f, hash(f) == hash(frozenset([3, 2, 1])), f == {1, 2, 3}, {1, 2, 3} == f, {f: "v"}[frozenset((1, 2, 3))], {frozenset([1]), frozenset([1])} == {frozenset([1])})
print(type(f | {4}), type({4} | f), type(f & {1}), type(f - {1}), type(f ^ {9}), type(f.union([1])), type(f.copy()), f.copy() is f, frozenset(f) is f, frozenset() is frozenset() or True)
for op in ("add", "remove", "discard", "pop", "clear", "update", "intersection_update", "__ior__"): print(op, hasattr(f, op))
g = f; g |= {5}; print(sorted(g), sorted(f), type(g))
t(lambda: frozenset(5)); t(lambda: frozenset([[]])); t(lambda: f + f); t(lambda: f < [1]); t(lambda: frozenset(1, 2)); t(lambda: f.x); t(lambda: setattr(f, "x", 1)); t(lambda: frozenset(x=1)); t(lambda: f[0]); t(lambda: f.add(1)); t(lambda: f | [1]); t(lambda: f.isdisjoint(5))
print(f < {1, 2, 3, 4}, f <= f, f > {1}, f.issuperset([1]), f.issubset([1, 2, 3, 4]), f.isdisjoint([7]), sorted(f.union("a", [9]), key=str), sorted(f.intersection([1, 9])), sorted(f.difference([1])), sorted(f.symmetric_difference([3, 4])))
class F(frozenset):
    def __new__(cls, *a): return super().__new__(cls, *a)
    tag = "t"
x = F([1, 2]); x.attr = 1
print(x == frozenset([1, 2]), type(x | {3}), type(x.copy()), hash(x) == hash(frozenset([1, 2])), x.attr, x.tag, repr(F([1])), len(F()), type(F(F([1]))))
class S(set):
    def __init__(s, it=(), n=0): super().__init__(it); s.n = n
    def add(s, v): super().add(v * 2)
    def __contains__(s, v): return v == "magic" or super().__contains__(v)
s = S([1], 5); s.add(2); print(sorted(s), s.n, "magic" in s, type(s | {1}), type(s.copy()), repr(S([7])), s == {1, 4}, {1, 4} == s); s |= {9}; print(type(s), sorted(s))
t(lambda: hash(s))
h = {frozenset(range(i)): i for i in range(10)}; print(h[frozenset([0, 1, 2])], len(h), frozenset([0, 2]) in h)
print(hash(frozenset()) == hash(frozenset([])), hash(frozenset([1, 2])) != hash(frozenset([1, 3])), hash(frozenset("abc")) == hash(frozenset("cba")))
print(frozenset({1}).__class__.__name__, isinstance(f, set), issubclass(frozenset, set), frozenset.__mro__, frozenset([1]).__sizeof__() > 0, [*frozenset([5])], min(f), max(f), sum(f), sorted(f, reverse=True), any(f), all(f), frozenset([1]) == frozenset([1.0]))
print(sorted(n for n in dir(frozenset) if n[0] != "_"))
