t = (1, 2, 3)

CASES = r"""
t[0], t[-1], t[1:], t[::-1], t[:], t[5:], t[True], len(t), 2 in t, t.count(2), t.index(3), t.index(2, 1), t.index(2, -2, 3)
t.index(9)
t.index(1, 1)
t.index()
t.count()
t[3]
t["a"]
t[1.5]
t[::0]
t + (4,), t * 2, 2 * t, t * 0, () + (), (1,) * 3, t + ()
t + [4]
t + 1
t * "a"
(1,) * 10**18
t == (1, 2, 3), t == [1, 2, 3], t < (1, 3), t < (1, 2), () < (1,), (1, "a") < (2, 1), (1, 2) >= (1, 2), t != (1,), (1, (2, 3)) == (1, (2, 3)), (1.0,) == (1,)
(1, "a") < (1, 2)
t < [1]
t < 5
hash(t) == hash((1, 2, 3)), hash(()), hash((1,)) != hash((2,)), hash((1, 2)) == hash((1.0, 2.0)), hash((-1,)) , hash(("",)), hash((0, 0)), hash(((), ())), hash((None,)) == hash((None,))
hash(([],))
tuple(), tuple("ab"), tuple([1]), tuple(x for x in range(2)), tuple({1: 2}), tuple(t) is t, tuple(range(3)), tuple((1,)), t[:] is t, tuple(()) == ()
tuple(5)
tuple(1, 2)
tuple(x=1)
repr(()), repr((1,)), repr((1, 2)), str(("a",)), repr(((1,), [2])), (1,), ((),), (None, ...)
t.__setitem__
t.__getitem__(0), t.__contains__(1), t.__len__(), t.__add__((4,)), t.__eq__([1]), t.__lt__([1]), t.__getnewargs__(), t.__iter__().__next__(), t.__mul__(0), t.__hash__() == hash(t), t.__iter__().__length_hint__()
t.append
min(t), max(t), sum(t), sorted(t, reverse=True), list(reversed(t)), list(enumerate(t, 5)), tuple(zip(t, "ab")), any(t), all(t), all(()), dict([t[:2]]), list(map(str, t)), bool(()), bool((0,)), isinstance(t, tuple)
[x for x in (1, 2)], (*t, 4), [*t], {**dict(a=1)}, (lambda *a: a)(*t), "%d-%d-%d" % t
{(1, 2): "a"}[1, 2], {(): 0}[()], ((1, 2), 3)[0][1], (1,)[0], ("a" "b",), (1, 2)[::2]
sorted(n for n in dir(tuple) if n[0] != "_"), type(t).__name__, tuple.__base__
"""
for source in CASES.strip().splitlines():
    try:
        print(source, "->", repr(eval(source)))
    except Exception as error:
        print(source, "!!", type(error).__name__, error)
