"""Order of integers, floats, strings and tuples of them, in comparisons, sorts and bisections."""
import bisect
import operator
from collections import Counter

nan = float("nan")
values = [(1, "a"), (1, "b"), (0, "z"), (1,), (), (1, "a", 2.5), (1, "a", 2), (2.5, "x"), (1, "é"), (1, "日")]
print(sorted(values))
print(sorted(values, reverse=True))
print(sorted(values, key=lambda v: v[:1]))
print((nan,) < (nan,), (nan,) == (nan,), (1, nan) < (1, 2.0), (-0.0, 1) < (0.0, 2), (True, 2) < (1, 3))
deep = ()
for _ in range(20):
    deep = (deep, 1)
other = ()
for _ in range(20):
    other = (other, 2)
print(deep < other, deep > other, deep == other, deep <= deep)
for pair in (((1, "a"), (1, 2)), (("a",), (1,)), (1, "a"), ((None, 1), (None, 2)), ((None, 1), (1, 2))):
    try:
        print(pair[0] < pair[1])
    except TypeError as error:
        print(error)


class Odd(str):
    def __lt__(self, other):
        return True


print(sorted([Odd("b"), Odd("a")]), ("a", Odd("b")) < ("a", Odd("a")))
names = ["b", "a", "é", "aa", "日本", ""]
print(sorted(names), bisect.bisect(sorted(names), "b"), bisect.bisect_left([(1, 2), (1, 3)], (1, 3)))
shrinking = [1, 2, 3, 4, 5, 6, 7, 8]


class Shrinks:
    def __lt__(self, other):
        del shrinking[2:]
        return False

    def __gt__(self, other):
        return False


try:
    print(bisect.bisect_right(shrinking, Shrinks()))
except IndexError as error:
    print(error)


class Counting(dict):
    def __setitem__(self, key, value):
        print("set", key, value)
        super().__setitem__(key, value)


class Derived(Counter):
    def __setitem__(self, key, value):
        print("derived", key, value)
        super().__setitem__(key, value)


print(Counter("abca"), Counter([1, 1.0, True]), Derived("aab"))
big = Counter({"a": 2 ** 62 - 1, "b": 0.5})
big.update("aab")
print(big)
flags = [(True, False, 2), (False, True, 1), (True, True, 0), (False, False, 3), (True, False, 1)]
print(sorted(flags), sorted([True, False, 0, 1, 0.5]), max(flags), (True,) < (1,), (False, 1) < (0, 2))
print(list(map(operator.mul, [1, 2, 3], (4, 5))), list(map(max, "ab", "ba", "cc")), list(map(operator.add, "x", "yz")))
