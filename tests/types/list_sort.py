print(sorted([3, 1, 2]), sorted([3, 1, 2], reverse=True), sorted("banana"), sorted([1.5, 1, True, 0.5]), sorted([(2, "a"), (1, "b"), (1, "a")]), sorted([[2], [1, 5], [1]]), sorted(["b", "B", "a"], key=str.lower), sorted([-3, 2, -1], key=abs), sorted([b"b", b"a"]), sorted([{1, 2}, {1}], key=len))
l = [("b", 1), ("a", 1), ("c", 0), ("d", 1)]
l.sort(key=lambda p: p[1]); print(l); l.sort(key=lambda p: p[1], reverse=True); print(l); print(l.sort())
print(sorted(range(20), key=lambda x: (x * 7) % 5), sorted([0] * 5), sorted([]), sorted([1]))
seed = 42; data = []
for _ in range(500): seed = (seed * 1103515245 + 12345) % 2**31; data.append(seed % 100)
s = sorted(data); print(s[:10], s[-10:], all(s[i] <= s[i + 1] for i in range(499)), sorted(s) == s, sorted(data, reverse=True) == s[::-1], sorted(s[::-1]) == s)
pairs = [(v, i) for i, v in enumerate(data)]; st = sorted(pairs, key=lambda p: p[0]); print(all(st[i][0] < st[i + 1][0] or st[i][1] < st[i + 1][1] for i in range(499)))
st = sorted(pairs, key=lambda p: p[0], reverse=True); print(all(st[i][0] > st[i + 1][0] or st[i][1] < st[i + 1][1] for i in range(499)))
for pat in (list(range(100)) + [5], [100] + list(range(100)), list(range(50)) + list(range(50)), list(range(100, 0, -1)), [i ^ 1 for i in range(100)], [0, 1] * 50): print(sorted(pat) == sorted(pat, key=lambda x: x), sorted(pat)[:5], sorted(pat)[-3:])
class C:
    n = 0
    def __init__(s, v): s.v = v
    def __lt__(s, o): C.n += 1; return s.v < o.v
    def __repr__(s): return f"C{s.v}"
print(sorted([C(3), C(1), C(2)]), C.n); C.n = 0
sorted([C(i) for i in range(100)]); print(C.n); C.n = 0; sorted([C(i) for i in range(100, 0, -1)]); print(C.n); C.n = 0; print(max([C(1), C(5)], key=lambda c: c.v), min(C(3), C(2)), C.n)
l = [3, 1, 2]
def mod(x): l.append(9); return x
try: l.sort(key=mod)
except ValueError as e: print(e)
print(l)
l = [3, 1, 2]
def peek(x): print(l); return x
l.sort(key=peek); print(l)
def bad(x):
    if x == 2: raise KeyError("key")
    return x
l = [3, 2, 1]
try: l.sort(key=bad)
except KeyError: print(l)
l = [3, 2, "a", 1]
try: l.sort()
except TypeError as e: print(e, sorted(map(str, l)))
class LtErr:
    def __lt__(s, o): raise ValueError("lt")
try: sorted([LtErr(), LtErr()])
except ValueError as e: print(e)
class GtOnly:
    def __init__(s, v): s.v = v
    def __gt__(s, o): return s.v > o.v
    def __repr__(s): return f"G{s.v}"
print(sorted([GtOnly(2), GtOnly(1)]))
class LtWeird:
    def __init__(s, v): s.v = v
    def __lt__(s, o): return [1] if s.v < o.v else []
    def __repr__(s): return f"W{s.v}"
print(sorted([LtWeird(2), LtWeird(1), LtWeird(3)]), sorted([float("nan"), 1.0, 0.5])[1:] if 0 else "", sorted([True, 0, 2.5, -1]), sorted([2**70, 1, -2**70, 1.5]), sorted(["é", "z", "a", "日"]), sorted([(1, float("nan")), (0, 1)])[0])
l = [5, 3]; l.sort(key=None, reverse=False); print(l); print(sorted(l, key=lambda v: [v, v]), sorted([1, 2, 3], key=lambda v: -v), sorted([("x", 1), ("x", None)], key=lambda p: p[0]))
