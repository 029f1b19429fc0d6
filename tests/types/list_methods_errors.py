l = [1, 2, 3]

CASES = r"""
l.append()
l.append(1, 2)
l.extend(5)
l.extend(None)
l.insert(1)
l.insert("a", 1)
l.insert(1.5, 1)
l.pop(10)
l.pop(-4)
l.pop("a")
[].pop()
l.remove(9)
l.index(9)
l.index(1, 1)
l.index(1, 0, 0)
l.index()
l.index(3, -1), l.index(3, 0, 10), l.index(2, -100, 100), l.index(1, None) if 0 else 0
l.index(1, "a")
l.count()
l.sort(1)
l.sort(key=1)
l.sort(reverse="a")
[1, "a"].sort()
[1, None, "a"].sort()
[[1], ["a"]].sort()
[1j, 2j].sort()
l.sort(foo=1)
sorted()
sorted([1], 2)
sorted(5)
sorted([3, 1], key=None, reverse=1), sorted(l, reverse=True), sorted([]), sorted("hello", key=str.upper), sorted({3: 1, 1: 2})
l.copy(1)
l.reverse(1)
l.clear(1)
l.nope
l[3]
l[-4]
l["a"]
l[1.5]
l[None]
l[1, 2]
l[::0]
l[10**30]
l["a":]
l + (1,)
l + "a"
l + 1
l * "a"
l * 1.5
l * [1]
l < 5
l < (1,)
l - [1]
-l
hash(l)
list(5)
list(1, 2)
list(x=1)
list(None)
[1, 2].__getitem__()
l.__setitem__(5, 1)
l.__setitem__(slice(0, 2, 2), [1, 2, 3])
l.__setitem__(slice(0, 1), 5)
l.__setitem__(slice(None, None, 0), [])
l.__delitem__(7)
l.__delitem__("a")
l.__iadd__(5)
[0] * 10**18
l.__contains__(2), l.__len__(), l.__eq__((1,)), l.__add__([4]), l.__mul__(2), l.__rmul__(0), l.__lt__([2]), l.__reversed__().__next__(), l.__getitem__(slice(1)), l.__iter__().__length_hint__(), list.__len__(l)
list.append((), 1)
list.append()
sorted(n for n in dir(list) if n[0] != "_")
"""
for source in CASES.strip().splitlines():
    try:
        print(source, "->", repr(eval(source)))
    except Exception as error:
        print(source, "!!", type(error).__name__, error)
