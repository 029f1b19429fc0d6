seqs = [[], [1], [1, 2], [2], (), (1,), (1, 2), "", "a", "ab", b"", b"a", [[1]], [(1,)], ["a"], [None], [1.0], [True], range(0), range(1, 2)]
for op in ("==", "<", "<="):
    for a in seqs:
        row = ""
        for b in seqs:
            try: row += "T" if eval(f"a {op} b") else "F"
            except TypeError: row += "x"
        print(f"{a!r:14} {op:2} {row}")
class K:
    def __init__(s, v): s.v = v
    def __eq__(s, o): print("eq", s.v, end=" "); return s.v == getattr(o, "v", o)
    def __lt__(s, o): print("lt", s.v, end=" "); return s.v < getattr(o, "v", o)
print([K(1), K(2)] == [K(1), K(3)]); print([K(1), K(2)] < [K(1), K(3)]); print((K(1),) < (K(1),)); print([K(1)] == [K(1), K(2)]); print([K(1)] != [K(1)]); k = K(5); print([k] == [k], [k] < [k], k in [k], [k].index(k), [k].count(k))
x = float("nan"); print([x] == [x], (x,) == (x,), [x] < [x], x in (x,), {1: x} == {1: x}, [x].index(x), [x].count(x), min(x, 1), [1, x] < [1, 2])
