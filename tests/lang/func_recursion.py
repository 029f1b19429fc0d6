def fact(n): return 1 if n <= 1 else n * fact(n - 1)
print(fact(20), fact(100) % 1000007)
def even(n): return True if n == 0 else odd(n - 1)
def odd(n): return False if n == 0 else even(n - 1)
print(even(100), odd(100))
def ack(m, n):
    if m == 0: return n + 1
    if n == 0: return ack(m - 1, 1)
    return ack(m - 1, ack(m, n - 1))
print(ack(2, 3))
def hanoi(n, a, b, c):
    return [] if n == 0 else hanoi(n - 1, a, c, b) + [(a, c)] + hanoi(n - 1, b, a, c)
print(len(hanoi(6, "a", "b", "c")), hanoi(2, "a", "b", "c"))
def inf(n): return inf(n + 1)
try: inf(0)
except RecursionError as e: print(type(e).__name__, e, isinstance(e, RuntimeError))
class R:
    def __repr__(self): return repr(self)
    def __getattr__(self, n): return getattr(self, n + "x")
    def __eq__(self, o): return self == o
    def __call__(self): return self()
    def __len__(self): return len(self)
    def __iter__(self): return iter(self)
    def __add__(self, o): return self + o
    def __bool__(self): return bool(self)
    def __contains__(self, x): return x in self
    def __getitem__(self, x): return self[x]
    def __hash__(self): return hash(self)
    def __str__(self): return str(self)
r = R()
for op in [repr, lambda r: r.foo, lambda r: r == 1, lambda r: r(), len, iter, lambda r: r + 1, bool, lambda r: 1 in r, lambda r: r[0], hash, str, lambda r: f"{r}", lambda r: {r: 1}, lambda r: "%s" % r, print]:
    try: op(r)
    except RecursionError as e: print("RecursionError")
import sys
lim = sys.getrecursionlimit()
sys.setrecursionlimit(100)
depth = 0
def deep():
    global depth
    depth += 1
    deep()
try: deep()
except RecursionError as e: print(e, 80 < depth <= 100)
sys.setrecursionlimit(lim)
for bad in [0, -1, "a", 1.5]:
    try: sys.setrecursionlimit(bad)
    except Exception as e: print(type(e).__name__, e)
def rg(n):
    if n: yield from rg(n - 1)
    yield n
print(sum(rg(200)))
l = []
for i in range(300): l = [l]
print(len(repr(l)))
l = []; l.append(l)
print(l, [l] == [l])
try: l == [l] and print("eq") or [[l]] == l
except RecursionError as e: print(e)
d = {}; d["d"] = d
print(d)
a, b = [], []
a.append(b); b.append(a)
try: a == b
except RecursionError as e: print(e)
