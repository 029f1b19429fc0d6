CASES = r"""
sum([]), sum([1, 2]), sum((0.5, 1)), sum({1: 2}), sum(range(5)), sum([1], 10), sum([[1], [2]], []), sum([(1,), (2,)], ()), sum([1j, 1]), sum([True, True]), sum([1], start=5), sum(x for x in (1, 2)), sum([2**62, 2**62, 2**62]), sum([0.1] * 3), sum([1, 0.5, 2**70]), sum([-0.0]), sum([], start=-0.0)
sum()
sum(5)
sum("abc")
sum(["a"], "")
sum([b"a"], b"")
sum([bytearray(b"a")], bytearray())
sum(["a"])
sum([None])
sum([[1]])
sum([1], "a")
sum([1], 2, 3)
sum([1, "a"])
any([]), any([0, ""]), any([0, 1]), any(x > 2 for x in range(5)), any("a"), any({}), any({0: 1}), any(iter([0, None, [0]]))
all([]), all([1, "a"]), all([1, 0]), all(x for x in range(1, 5)), all(""), all({1: 0})
any(5)
all()
all([1], [2])
any(1 / x for x in [1, 0])
all(1 / x for x in [1, 0])
"""
for source in CASES.strip().splitlines():
    try:
        print(source, "->", repr(eval(source)))
    except Exception as error:
        print(source, "!!", type(error).__name__, error)
