def add(a, b): return a + b
def ops(a, b): return a - b, a * b, a < b, a == b
vals = [1, 2.5, "s", [1], (1,), 2**70, True, b"b", 1j]
for _ in range(50): add(1, 2)
for v in vals: print(add(v, v))
for _ in range(50): add(1.5, 2.5)
for v in vals: print(add(v, v), end=" ")
print()
for _ in range(50): add("a", "b")
print(add(1, 2), add(1, 2.5), add("a", "c"))
for _ in range(60): ops(1, 2)
print(ops(3, 4), ops(1.5, 2), ops(2**62, 2**62), ops(-2**62, 2), ops(True, 3))
class V:
    def __init__(s, v): s.v = v
    def __add__(s, o): return ("V", s.v, o)
    def __radd__(s, o): return ("rV", o, s.v)
print(add(V(1), 2), add(2, V(1)), add(1, 1))
for bad in ((1, "a"), ("a", 1), (None, 1)):
    try: add(*bad)
    except TypeError as e: print(e)
print(add(1, 1))
def loop(n, step):
    t = step * 0
    for i in range(n): t = t + step
    return t
print(loop(100, 1), loop(100, 0.5), loop(3, "a") if 0 else "", loop(100, 2**60), loop(100, 2**62), loop(100, -2**61), loop(70, 10**18))
x = 2**60
for i in range(6): x += x; print(x, end=" ")
for i in range(6): x -= x // 2 + 1; print(x, end=" ")
print()
def aug(x, y):
    for _ in range(30): x += y
    return x
print(aug(0, 1), aug(0, 0.25), aug("", "z"), aug([], [1]) == [1] * 30, aug((), (2,)) == (2,) * 30, aug(2**62, 2**62), aug(1j, 1))
def cmp(a, b): return a < b, a <= b, a == b, a != b, a > b, a >= b
for _ in range(40): cmp(1, 2)
print(cmp(1, 2.0), cmp("a", "b"), cmp(2**70, 1), cmp(1.5, 1.5), cmp((1,), (2,)), cmp(float("nan"), 1))
def sub(c, i): return c[i]
for _ in range(40): sub([1, 2], 0)
print(sub([1, 2], 1), sub((3, 4), 1), sub({1: "d"}, 1), sub("ab", 1), sub([1, 2], -1), sub(b"a", 0), sub(range(5), 3), sub([1, 2, 3], slice(1)))
for bad in (([1], 5), ((1,), 9), ({}, 1), ("a", 2), ([1], "x")):
    try: sub(*bad)
    except Exception as e: print(type(e).__name__, e)
def store(c, i, v): c[i] = v; return c
for _ in range(40): store([0], 0, 1)
print(store([0, 0], 1, 2), store({}, "k", 1), store(bytearray(b"a"), 0, 66))
try: store((1,), 0, 1)
except TypeError as e: print(e)
def truth(x): return "T" if x else "F"
for _ in range(40): truth(True)
print([truth(v) for v in (1, 0, "", "a", [], [0], None, 0.0, 2**70, V(1))])
def neg(x): return -x
for _ in range(40): neg(5)
print(neg(-2**63), neg(2**62), neg(1.5), neg(True), -(-2**62))
