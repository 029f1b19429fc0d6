s = slice(1, 10, 2)
class I:
    def __init__(self, v): self.v = v
    def __index__(self): return self.v

CASES = r"""
slice(5), slice(1, 2), slice(1, 2, 3), slice(None), slice("a", [], 1.5), repr(slice(1)), s.start, s.stop, s.step, slice(None, None, None)
slice()
slice(1, 2, 3, 4)
slice(start=1)
slice(10).indices(5), slice(None, None, -1).indices(5), slice(-3, None).indices(10), slice(1, 100, 2).indices(10), slice(-100, 100).indices(5), slice(5, 2).indices(10), slice(None, None, 3).indices(0), slice(-1, None, -1).indices(4), slice(10, -100, -1).indices(5), slice(I(1), I(3)).indices(9), slice(10**30).indices(5), slice(-10**30, 10**30, 10**30).indices(7)
s.indices(-1)
s.indices("a")
slice("a").indices(5)
slice(None, None, 0).indices(5)
slice(1.5).indices(5)
slice(1, 2) == slice(1, 2), slice(1, 2) == slice(1, 3), slice(1, 2) < slice(1, 3), slice(1) != slice(2), slice(1, 2) == (None, 1, 2), slice(1, 2, 3) >= slice(1, 2, 2)
slice(1) < 5
slice(1) < slice("a")
hash(slice(1, 2)) == hash(slice(1, 2))
hash(slice([]))
{slice(1): 2}[slice(1)]
"hello"[s], [0, 1, 2, 3, 4][slice(1, 3)], (1, 2, 3)[slice(None, None, -1)], range(10)[slice(2, 8, 3)], b"abc"[slice(1)], list(range(20))[s]
setattr(s, "start", 5)
type("S", (slice,), {})
s.__reduce__()[1], slice.__name__, type(s), s.__eq__(5), slice.__hash__ is not None
[1, 2, 3][slice("a")]
[1, 2, 3][slice(1.0)]
"abc"[slice(None, None, 0)]
"""
for source in CASES.strip().splitlines():
    try:
        print(source, "->", repr(eval(source)))
    except Exception as error:
        print(source, "!!", type(error).__name__, error)
