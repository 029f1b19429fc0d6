d = {"a": 1, "b": 2, "c": 3}
k, v, i = d.keys(), d.values(), d.items()
print(k, v, i, len(k), len(v), len(i), "a" in k, 1 in v, ("a", 1) in i, ("a", 2) in i, "a" in i, ("a",) in i, ["a", 1] in i)
d["d"] = 4; print(k, v, i); del d["a"]; print(list(k), list(v), list(i))
print(sorted(k & {"b", "z"}), sorted(k | {"z"}), sorted(k - {"b"}), sorted(k ^ {"b", "z"}), sorted(k & ["b"]), sorted({"b", "q"} & k), sorted({"b", "q"} - k), sorted(["q"] | k) if 0 else "", sorted({"q"} | k), type(k & k).__name__)
print(sorted(i & {("b", 2)}), sorted(i | {("z", 0)}), sorted(i - {("b", 2)}), sorted(i ^ i))
print(k == {"b", "c", "d"}, k == {"b"}, k == ["b", "c", "d"], k <= {"b", "c", "d", "e"}, k < k, k >= {"b"}, k > {"b"}, i == {("b", 2), ("c", 3), ("d", 4)}, {"b": 1}.keys() == {"b": 2}.keys(), v == v, v == d.values(), {1: 1}.items() == {1: 1.0}.items(), k != {"b"})
print(k.isdisjoint({"z"}), k.isdisjoint(["b"]), i.isdisjoint([]), k.isdisjoint(k), {}.keys().isdisjoint({}))
print(list(reversed(k)), list(reversed(v)), list(reversed(i)), k.mapping, type(k.mapping).__name__, v.mapping["b"], type(k).__name__, type(v).__name__, type(i).__name__, type(iter(k)).__name__, type(iter(v)).__name__, type(iter(i)).__name__, type(reversed(k)).__name__)
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
t(lambda: k & 5); t(lambda: k | 5); t(lambda: k - 5); t(lambda: 5 & k); t(lambda: v & {1}); t(lambda: k < [1]); t(lambda: k < 5); t(lambda: k[0]); t(lambda: hash(k)); t(lambda: hash(v) is not None); t(lambda: k.add(1)); t(lambda: k.isdisjoint(5)); t(lambda: k & [[]]); t(lambda: [] in k); t(lambda: [] in i); t(lambda: ([], 1) in i); t(lambda: v < v); t(lambda: k.mapping.__setitem__("x", 1)); t(lambda: type(k)()); t(lambda: k + k); t(lambda: {"a": []}.items() & {("a", 1)}); t(lambda: {"a": []}.items() - set()); t(lambda: setattr(k, "x", 1))
it = iter(d); print(next(it), it.__length_hint__())
d["new"] = 1; t(lambda: next(it)); t(lambda: next(it)); t(lambda: it.__length_hint__())
it = iter(d.items()); next(it); d["b"] = 99; print(next(it)); del d["b"]; d["bb"] = 1
t(lambda: list(it))
for view in (d.keys, d.values, d.items):
    try:
        for x in view(): d[len(d) + 100] = 1
    except RuntimeError as e: print(e)
    try:
        for x in reversed(view()): d.popitem()
    except RuntimeError as e: print(e)
e = {}; print(e.keys(), e.values(), e.items(), list(e.items()), {1: 2}.keys() | {3: 4}.keys(), repr({1: {2: 3}}.values()), str({"q": "r"}.items()))
print(dict({1: 2}.items()), max({"x": 5}.values()), sum({1: 2, 3: 4}.values()), [*{1: 2}.items()], {k2: v2 for v2, k2 in {1: 2}.items()}, [a + b for a, b in {1: 2, 3: 4}.items()], sorted({2: "b", 1: "a"}.items(), key=lambda p: p[1]), any({}.values()), set({1: 2}.keys()) == {1}, dict.keys({5: 6}), *{7: 8}.values())
