d = {"a": 1, "b": 2}
print(d["a"], d.get("a"), d.get("z"), d.get("z", 5), "a" in d, "z" not in d, len(d), list(d), list(d.keys()), list(d.values()), list(d.items()))
d["c"] = 3; d["a"] = 10; print(d); del d["b"]; d["b"] = 20; print(d)
print(d.pop("a"), d.pop("zz", "dflt"), d.popitem(), d, d.setdefault("n", 1), d.setdefault("n", 2), d.setdefault("m"), d)
d.update({"x": 1}); d.update([("y", 2), ["z", 3]]); d.update(w=4); d.update({"x": 9}, v=5); d.update(); print(d)
c = d.copy(); d.clear(); print(d, c, c == dict(c), c is not dict(c))
print(dict(), dict(a=1), dict({"a": 1}), dict([("a", 1)]), dict(zip("ab", (1, 2))), dict({"a": 1}, b=2), dict([("a", 1)], a=2), dict([["k", "v"]]), dict(["ab", "cd"]), {**c, "q": 1}["q"], dict((i, i) for i in range(2)))
print(dict.fromkeys("ab"), dict.fromkeys([1, 2], 0), dict.fromkeys({}), {}.fromkeys("x", []), dict.fromkeys(range(2), "v"))
print({1: "a"} | {2: "b"}, {1: "a"} | {1: "z"}, {1: 0} == {1: 0.0}, {1: 1, 2: 2} == {2: 2, 1: 1}, {} == {}, {1: 1} != {1: 2}, {"a": 1} == [("a", 1)])
e = {1: 1}; e |= {2: 2}; e |= [(3, 3)]; print(e); f = e; f |= {}; print(f is e)
print(list(reversed({1: 1, 2: 2})), list(reversed({1: 1, 2: 2}.items())), list(reversed({1: 3}.values())), sorted({"b": 1, "a": 2}), min({"b": 1, "a": 2}), sum({1: 9, 2: 9}), bool({}), bool({0: 0}), str({"a": [1]}), repr({}), {1: {2: {3: 4}}}[1][2][3])
def t(s):
    try: print(s, "->", eval(s))
    except Exception as x: print(s, type(x).__name__, x)
for s in ["{}['x']", "{}[1]", "{}[(1, 2)]", "{}[None]", "{}.pop('x')", "{}.popitem()", "{}[[]]", "{[]: 1}", "{{}: 1}", "dict(5)", "dict([1])", "dict(['abc'])", "dict([(1,)])", "dict([(1, 2, 3)])", "dict(1, 2)", "dict([[]])", "dict([5, (1, 2)])", "dict([(1, 2), 'x'])", "{}.update(5)", "{}.update([1])", "{}.update(1, 2)", "{} | []", "{} | 5", "[] | {}", "{}.__or__([])", "{} + {}", "{} < {}", "hash({})", "{}.get()", "{}.get(1, 2, 3)", "{}.setdefault()", "{}.fromkeys()", "{}.fromkeys(5)", "{}.fromkeys([[]])", "{}.nope", "{}.copy(1)", "{}.keys(1)", "{'a': 1}.a", "{}()", "dict(a=1)(2)" if 0 else "1", "dict.get({})", "dict.get(5, 1)", "{}.pop()", "{}.pop(1, 2, 3)", "dict(**{1: 2})", "dict.fromkeys([1], 2, 3)", "{}.__contains__([])", "{}.__getitem__()", "{}.__delitem__('q')", "{}.popitem(1)", "reversed({}.items())", "iter({}).__length_hint__()", "{1: 2}.items() == {(1, 2)}", "dict(None)", "dict(**None)", "dict(**[])"]: t(s) if s != "{}()" and not s.startswith("reversed") else None
d = {1: "int", 1.0: "float", True: "bool"}; print(d, d[True], len(d))
d = {}; d[1] = "a"; d[True] = "b"; print(d); d = {0: 0, -0.0: 1}; print(d)
d = {}; d["d"] = d; d["l"] = [d]; print(d)
print(sorted(n for n in dir(dict) if n[0] != "_"))
