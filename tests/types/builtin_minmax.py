class N:
    def __init__(self, v): self.v = v
    def __lt__(self, o): return self.v < o.v
    def __gt__(self, o): return self.v > o.v
    def __repr__(self): return f"N{self.v}"

CASES = r"""
max(1, 2, 3), min(3, 1, 2), max([1, 3]), min("hello"), max({1: 2, 5: 0}), max((1,)), min(iter([4, 2])), max(1, 1.0), max(1.0, 1), min(0, False), max("a", "b", "ab")
max([1, -5, 3], key=abs), min(["bb", "a"], key=len), max([], default=5), min([], default=None), max([], key=abs, default=0), max([1], default=9), max(1, 2, key=lambda x: -x), min([(1, "b"), (0, "z")]), max([N(1), N(3)]), min(N(2), N(1)), max("ab", "c", key=len), min([3, 1], key=None)
max()
max([])
min(())
max(1)
max(1, "a")
max(None, 1)
max([1, "a"])
max(1, 2, default=3)
max([1], key=5)
max([1], foo=1)
min([{}, {}])
max([1j, 2j])
max([1, 2], key=lambda x: "a" if x == 1 else 1)
max(float("nan"), 1), max(1, float("nan")), min([float("nan"), 1])
max(x for x in []), 1
"""
for source in CASES.strip().splitlines():
    try:
        print(source, "->", repr(eval(source)))
    except Exception as error:
        print(source, "!!", type(error).__name__, error)
