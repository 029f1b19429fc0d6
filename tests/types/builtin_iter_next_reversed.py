class Seq:
    def __len__(self): return 3
    def __getitem__(self, i): return i * 10
class Rev:
    def __reversed__(self): return "custom"
class NoRev: __reversed__ = None
class G:
    def __getitem__(self, i):
        if i > 2: raise StopIteration
        return i
calls = iter([1, 2, 0, 3])

CASES = r"""
list(reversed([1, 2])), list(reversed("ab")), list(reversed(range(3))), list(reversed((1, 2))), list(reversed({1: 1, 2: 2})), list(reversed(b"ab")), list(reversed(Seq())), reversed(Rev()), list(reversed(bytearray(b"a")))
reversed({1})
reversed(5)
reversed(NoRev())
reversed(iter([]))
reversed(x for x in [])
reversed()
reversed([], [])
list(iter(lambda: next(calls), 0)), next(calls), type(iter(int, 1)).__name__, list(iter(G()))
next(iter([])), 1
next(iter([]), "d"), next(iter([5]), "d"), next(iter("x"))
next(5)
next([])
next()
next(iter([]), 1, 2)
iter(5)
iter()
iter(5, 1)
iter(int, 1, 2)
iter([]).__next__()
iter([1, 2]).__length_hint__(), iter((1,)).__length_hint__(), iter(range(5)).__length_hint__(), reversed([1]).__length_hint__(), iter({1: 2}).__length_hint__(), iter({1}).__length_hint__(), iter("ab").__length_hint__()
iter([1]).__setstate__(5), list(iter([1])), iter([1, 2]).__reduce__()[1]
list(iter(iter([1]))), iter([]) is iter([]), (lambda i: iter(i) is i)(iter([]))
iter(Seq()).__next__(), [x for x, _ in zip(iter(Seq()), range(4))]
"""
for source in CASES.strip().splitlines():
    try:
        print(source, "->", repr(eval(source)))
    except Exception as error:
        print(source, "!!", type(error).__name__, error)
