class Key:
    def __init__(s, n, h=1): s.n, s.h = n, h
    def __hash__(s): return s.h
    def __repr__(s): return f"K{s.n}"
    def __eq__(s, o):
        if action: action(s, o)
        return isinstance(o, Key) and s.n == o.n
action = None
d = {Key(i): i for i in range(10)}
print(d[Key(5)], Key(3) in d, len(d), Key(11) in d)
def clear(s, o):
    global action; action = None; d.clear()
action = clear
print(d.get(Key(5), "gone"), d)
d = {Key(i): i for i in range(5)}
action = clear
d[Key(9)] = "new"; print(d)
d = {Key(i): i for i in range(5)}
def grow(s, o):
    global action; action = None
    for i in range(100): d[i] = i
action = grow
print(Key(4) in d, len(d))
def raising(s, o): raise ValueError("eq")
d = {Key(1): 1}; action = raising
for f in (lambda: d[Key(1)], lambda: d.__setitem__(Key(2), 1), lambda: d.pop(Key(1)), lambda: d.setdefault(Key(1)), lambda: Key(1) in d, lambda: d.get(Key(1)), lambda: d.__delitem__(Key(1)), lambda: {Key(1): 1, Key(2): 2}, lambda: {Key(1), Key(2)}, lambda: d == {Key(1): 1}, lambda: {Key(1)} & {Key(2)}, lambda: d.update({Key(3): 1})):
    try: f(); print("ok")
    except ValueError as e: print(e)
action = None
print(d, len(d))
class HE:
    def __hash__(s): raise KeyError("hash")
for f in (lambda: {HE(): 1}, lambda: {}[HE()], lambda: HE() in {}, lambda: {}.get(HE()), lambda: {HE()}, lambda: {}.setdefault(HE(), 1), lambda: {}.pop(HE(), 1), lambda: {1: 1}.pop(HE(), 1), lambda: dict([(HE(), 1)]), lambda: dict.fromkeys([HE()]), lambda: hash((HE(),))):
    try: print(f())
    except KeyError as e: print("KeyError", e)
k = Key(1); d = {k: "a"}; k.h = 99; print(k in d, list(d), d.get(k)); d[k] = "b"; print(len(d), d)
d = {i: i for i in range(1000)}
for i in range(0, 1000, 2): del d[i]
print(len(d), sum(d), list(d)[:5]); d.update((i, -i) for i in range(0, 20, 2)); print(list(d)[-3:], len(d))
for i in range(990): d.pop(i, None)
print(d, d.popitem(), d.popitem(), len(d))
d = {}
for r in range(50):
    d[r] = r
    if r >= 3: del d[r - 3]
print(d)
d = dict.fromkeys(range(5)); 
while d: print(d.popitem()[0], end=" ")
print(d)
x = {"a": 1, "b": 2}; x["a"] = x.pop("a"); print(x); x = {"k": 1}; x["k"], x["j"] = x["k"] + 1, x["k"]; print(x)
s = {str(i): i for i in range(300)}; print(s["150"], s.get("300"), len(s), list(s)[250], sum(s.values()))
t = {(i, i + 1): i for i in range(100)}; print(t[50, 51], (1, 3) in t); f = {i / 2: i for i in range(100)}; print(f[25], f[0.5], 3.25 in f); m = {1: "i", "1": "s", (1,): "t", None: "n", b"1": "b", 1.5: "f", frozenset([1]): "fs"}; print(m[1], m["1"], m[(1,)], m[None], m[b"1"], m[1.5], m[frozenset([1])])
