r = range(10)
class I:
    def __init__(self, v): self.v = v
    def __index__(self): return self.v

CASES = r"""
list(range(5)), list(range(2, 5)), list(range(0, 10, 3)), list(range(5, 0, -1)), list(range(5, 5)), list(range(0)), list(range(-3)), list(range(10, 0, -3)), list(range(0, -5, -2)), list(range(True)), list(range(I(2), I(8), I(3)))
range(5), range(1, 5), range(1, 10, 2), range(0), repr(range(0, 5, 1)), range(5, 0, -1), str(range(3))
len(r), len(range(1, 10, 3)), len(range(10, 1, -3)), len(range(5, 1)), r[0], r[-1], r[2:5], r[::2], r[::-1], r[5:2], r[-3:], r[100:], r[True], range(10)[1:8:2][1], range(0, 100, 7)[3], range(10)[::-2]
r[10]
r[-11]
r["a"]
r[1.5]
r[::0]
range(0)[0]
5 in r, 10 in r, -1 in r, 5.0 in r, 5.5 in r, "a" in r, None in r, True in r, 3 in range(0, 10, 2), 4 in range(0, 10, 2), 4 in range(10, 0, -2), 10**30 in r, 1j in r, (2 + 0j) in r
r.index(5), r.count(5), r.count(50), r.index(5.0), range(0, 10, 2).index(4), range(10, 0, -2).index(4), r.count("a")
r.index(50)
r.index("a")
range(0, 10, 2).index(3)
r.start, r.stop, r.step, range(1, 9, 2).start, range(5, 1, -1).step
range(3) == range(0, 3, 1), range(0) == range(5, 5), range(0, 3, 2) == range(0, 4, 2), range(3) == [0, 1, 2], range(3) != range(4), hash(range(3)) == hash(range(0, 3)), hash(range(0)) == hash(range(1, 1)), hash(range(0, 3, 2)) == hash(range(0, 4, 2)), range(1) == range(0, 1, 5)
range(3) < range(4)
range()
range(1.5)
range("a")
range(1, 2, 0)
range(1, 2, 3, 4)
range(None)
range(stop=5)
range(1, "b")
range(10**30), range(10**30)[10**29], len(range(10**18)), range(10**30, 10**30 + 3)[-1], list(range(10**30, 10**30 + 2)), 10**29 in range(10**30), range(0, 10**30, 10**29)[3], range(2**63), range(-2**70, 0)[5], range(10**20) == range(0, 10**20)
len(range(10**30))
len(range(2**63))
bool(range(0)), bool(range(1)), bool(range(10**30)), list(reversed(range(5))), list(reversed(range(0, 10, 3))), type(iter(r)).__name__, type(reversed(r)).__name__, iter(r).__length_hint__(), sum(r), max(r), min(r), sorted(range(3, 0, -1)), tuple(r), set(range(2)) == {0, 1}, list(zip(range(3), range(5, 8))), list(enumerate(range(2, 4)))
type(iter(range(10**30))).__name__, next(iter(range(10**30, 10**31))), list(iter(range(2**63 - 1, 2**63 + 1))), next(reversed(range(10**30)))
r.start.real if 0 else r.__class__, range.__name__, r.__len__(), r.__contains__(3), r.__getitem__(1), r.__reduce__()[1], r.__bool__(), r.__eq__(5), r.__hash__() == hash(r)
setattr(r, "start", 5)
setattr(r, "x", 5)
type("R", (range,), {})
[i for i in range(3) for j in range(i)], [*range(3)], (lambda *a: a)(*range(2)), dict.fromkeys(range(2)), [x for x in range(10, 0, -1) if x % 3 == 0]
"""
for source in CASES.strip().splitlines():
    try:
        print(source, "->", repr(eval(source)))
    except Exception as error:
        print(source, "!!", type(error).__name__, error)
