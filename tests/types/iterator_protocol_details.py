class It:
    def __init__(s): s.n = 0
    def __iter__(s): return s
    def __next__(s):
        s.n += 1
        if s.n in (3, 5): raise StopIteration(s.n)
        return s.n
i = It(); print(list(i), list(i), list(i) if 0 else next(i))
l = [1, 2]; it = iter(l); print(list(it)); l.append(3); print(list(it))
l = [1]; it = iter(l); next(it); l.append(2); print(next(it)); print(next(it, "end")); l.append(3); print(next(it, "still end"))
d = {1: 1}; it = iter(d); print(next(it)); print(next(it, "e")); d[2] = 2; print(next(it, "e2"))
z = zip([1, 2, 3], it2 := iter([1])); print(list(z), next(it2, "x")); a = iter([1, 2, 3]); print(list(zip(a, a)), list(a)); g = (x for x in [1, 2, 3]); print(list(zip(g, [10])), list(g))
m = map(lambda x: x, iter([1, 2])); print(next(m), list(m), list(m)); f = filter(None, [1, 0, 2]); print(next(f), list(f), list(f))
e = enumerate(iter("ab")); print(next(e), list(e), next(e, None)); r = reversed([1, 2]); print(next(r), list(r), next(r, None))
class Once:
    def __iter__(s): return iter([1, 2])
o = Once(); print(list(o), list(o), [*o], sum(o), max(o), sorted(o), tuple(o), set(o), dict(enumerate(o)), 2 in o, list(zip(o, o)), "".join(map(str, o)), any(o), list(map(str, o)))
a, b = o; print(a, b); x, *y = o; print(x, y); print(*o)
class C:
    def __contains__(s, v): return v == 1
class I:
    def __iter__(s): return iter([1, "a"])
class G:
    def __getitem__(s, i): return [5, 6][i]
print(1 in C(), 2 in C(), 1 in I(), 2 in I(), 5 in G(), 7 in G(), list(G()))
class NC: __contains__ = None
for f in (lambda: 1 in NC(), lambda: 1 in 5, lambda: 1 in object(), lambda: list(C()), lambda: [*C()], lambda: {**I()}):
    try: f()
    except TypeError as x: print(x)
class Bad:
    def __contains__(s, v): raise ValueError("contains")
try: 1 in Bad()
except ValueError as x: print(x)
class Truthy:
    def __contains__(s, v): return [v] if v else []
print(1 in Truthy(), 0 in Truthy(), 0 not in Truthy())
def cnt():
    n = 0
    while True: n += 1; yield n
c = cnt(); print([next(c) for _ in range(3)], 5 in c, next(c), next(x for x in c if x % 10 == 0))
it = iter([1, 2, 3, 4]); print([(a, b) for a, b in zip(it, it)], [x for x in iter([1, 2, 3].pop, 1)])
ci = iter(lambda l=[3, 2, 1]: l.pop(), 3); print(list(ci), list(ci))
try: next(iter(lambda: 1 / 0, 1))
except ZeroDivisionError as x: print(x)
class StopInCall:
    def __call__(s): raise StopIteration("c")
print(list(iter(StopInCall(), 1)))
