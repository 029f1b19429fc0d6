print([x * y for x in range(3) for y in range(3) if x != y])
print({x: y for x, y in zip("abc", range(3))}, {x % 3 for x in range(9)} == {0, 1, 2})
print([[j for j in range(i)] for i in range(4)], [x for row in [[1, 2], [3]] for x in row])
print([x if x % 2 else -x for x in range(5)], [x for x in range(20) if x % 2 if x % 3])
g = (x for x in range(3))
print(type(g).__name__, next(g), list(g))
x = "outer"
print([x for x in range(3)], x)
print([(i, j) for i in range(3) for j in range(i)])
class C:
    n = 3
    a = [i for i in range(n)]
    try: b = [n for _ in range(1)]
    except NameError as e: print(e)
    def m(self): return [self for _ in range(2)]
print(C.a, len(C().m()))
print([a for a, in [(1,), (2,)]], [b for a, *b in [(1, 2, 3)]], [a for (a, b), c in [((1, 2), 3)]])
d = {}
print([d.setdefault(k, k) for k in "aab"], d)
print([i for i in [1, 2, 3] for i in [i * 10]], sum(i * i for i in range(10)))
print({k: v for d in [{"a": 1}, {"b": 2}] for k, v in d.items()}, {**{str(i): i for i in range(3)}})
try: [1 // i for i in (1, 0)]
except ZeroDivisionError as e: print(e)
try: [x for x in 5]
except TypeError as e: print(e)
try: {[]: 1 for _ in range(1)}
except TypeError as e: print(e)
try: {[] for _ in range(1)}
except TypeError as e: print(e)
try: (x for x in 5)
except TypeError as e: print(e)
fs = [lambda: i for i in range(3)]
print([f() for f in fs])
def f(n): return [n + i for i in range(n)], [[n for _ in range(i)] for i in range(n)]
print(f(3))
def locs():
    a = 1
    return [sorted(locals()) for b in range(1)]
print(locs())
print([y for x in range(3) if (y := x) > 0], [*(i for i in range(3))], dict((i, i) for i in range(2)))
print([i for i in range(5) if not i & 1 or i == 3], [(yield_) for yield_ in range(2)])
print(list(x for x in (y for y in range(3))), max(x for x in [3, 9, 2]), "".join(c.upper() for c in "abc"))
print([lambda x=x: x for x in range(2)][1](), [None for _ in range(2)], [_ for _ in range(2)])
l = [1, 2, 3]
print([l.append(9) for _ in l[:]], l)
def unbound():
    try: return [zz for _ in range(1)]
    except NameError as e: return type(e).__name__ + str(e)
    zz = 1
print(unbound())
print([e for e in [[]] * 2], {i: {j for j in range(i)} for i in range(3)})
m = [[1, 2, 3], [4, 5, 6]]
print([[r[i] for r in m] for i in range(3)])
