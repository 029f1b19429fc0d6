CASES = r"""
list(enumerate("ab")), list(enumerate("ab", 5)), list(enumerate([], 1)), list(enumerate(iterable="a", start=2)), list(enumerate("a", -1)), list(enumerate("ab", 2**63 - 1)), next(enumerate("a")), list(enumerate("a", True)), type(enumerate([])).__name__
enumerate()
enumerate(5)
enumerate([], "a")
enumerate([], 1.5)
enumerate([], 1, 2)
enumerate(foo=1)
enumerate([1])[0]
list(zip()), list(zip("ab")), list(zip("ab", [1, 2])), list(zip("abc", [1], "xy")), list(zip([], "a")), list(zip(*[(1, 2), (3, 4)])), list(zip(range(3), iter("ab"))), dict(zip("ab", "cd")), list(zip("ab", "cd", strict=True)), list(zip(strict=True)), type(zip()).__name__
list(zip("ab", "c", strict=True))
list(zip("a", "bc", strict=True))
list(zip("a", "b", "cd", strict=True))
list(zip("ab", "cd", "e", strict=True))
zip(5)
zip([1], 5)
zip([1], bad=1)
list(map(str, [1, 2])), list(map(lambda a, b: a + b, [1, 2], [3, 4, 5])), list(map(max, "ab", "ba")), list(map(int, "123")), type(map(str, [])).__name__, list(map(None.__class__, [])), list(map(pow, [2, 3], [3, 2]))
map()
map(str)
map(str, 5)
list(map(5, [1]))
list(map(str, [1], [2], [3], [4]))
list(map(lambda x: 1 / x, [1, 0]))
list(filter(None, [0, 1, "", "a"])), list(filter(lambda x: x > 1, [1, 2, 3])), list(filter(str.isdigit, "a1b2")), list(filter(bool, [[], [0]])), type(filter(None, [])).__name__
filter()
filter(None)
filter(None, 5)
list(filter(5, [1]))
list(filter(lambda: 1, [1]))
filter(None, [], [])
"""
for source in CASES.strip().splitlines():
    try:
        print(source, "->", repr(eval(source)))
    except Exception as error:
        print(source, "!!", type(error).__name__, error)
