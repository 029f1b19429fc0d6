class LinkedList:
    class Node:
        __slots__ = ("v", "next")
        def __init__(self, v, next=None): self.v, self.next = v, next
    def __init__(self, it=()):
        self.head = None; self.n = 0
        for x in reversed(list(it)): self.push(x)
    def push(self, v): self.head = self.Node(v, self.head); self.n += 1
    def __iter__(self):
        n = self.head
        while n: yield n.v; n = n.next
    def __len__(self): return self.n
    def reverse(self):
        prev, cur = None, self.head
        while cur: cur.next, prev, cur = prev, cur, cur.next
        self.head = prev; return self
    def __repr__(self): return " -> ".join(map(str, self))
l = LinkedList(range(5)); print(l, len(l), l.reverse(), 3 in l, list(l), sum(l))
class Heap:
    def __init__(self): self.a = []
    def push(self, x):
        a = self.a; a.append(x); i = len(a) - 1
        while i and a[(i - 1) // 2] > a[i]: a[i], a[(i - 1) // 2] = a[(i - 1) // 2], a[i]; i = (i - 1) // 2
    def pop(self):
        a = self.a; a[0], a[-1] = a[-1], a[0]; r = a.pop(); i = 0
        while (c := 2 * i + 1) < len(a):
            if c + 1 < len(a) and a[c + 1] < a[c]: c += 1
            if a[i] <= a[c]: break
            a[i], a[c] = a[c], a[i]; i = c
        return r
    def __bool__(self): return bool(self.a)
h = Heap()
for x in [5, 3, 8, 1, 9, 2, 7]: h.push(x)
print([h.pop() for _ in range(7)], bool(h))
class Tree:
    def __init__(self, v): self.v, self.l, self.r = v, None, None
    def insert(self, v):
        side = "l" if v < self.v else "r"; kid = getattr(self, side)
        if kid: kid.insert(v)
        else: setattr(self, side, Tree(v))
    def __iter__(self):
        if self.l: yield from self.l
        yield self.v
        if self.r: yield from self.r
    def depth(self): return 1 + max((k.depth() for k in (self.l, self.r) if k), default=0)
t = Tree(50)
for v in (30, 70, 20, 40, 60, 80, 10): t.insert(v)
print(list(t), t.depth())
graph = {"a": {"b": 4, "c": 1}, "b": {"d": 1}, "c": {"b": 2, "d": 5}, "d": {}}
def dijkstra(g, s):
    dist, h = {}, Heap(); h.push((0, s))
    while h:
        d, n = h.pop()
        if n in dist: continue
        dist[n] = d
        for m, w in g[n].items(): h.push((d + w, m))
    return dist
print(dijkstra(graph, "a"))
def topo(deps):
    out, seen = [], set()
    def visit(n):
        if n in seen: return
        seen.add(n)
        for d in deps.get(n, ()): visit(d)
        out.append(n)
    for n in deps: visit(n)
    return out
print(topo({"app": ["lib", "log"], "lib": ["core"], "log": ["core"], "core": []}))
class LRU(dict):
    def __init__(self, n): self.n = n
    def __getitem__(self, k): v = super().pop(k); super().__setitem__(k, v); return v
    def __setitem__(self, k, v):
        self.pop(k, None); super().__setitem__(k, v)
        if len(self) > self.n: del self[next(iter(self))]
c = LRU(2); c["a"] = 1; c["b"] = 2; c["a"]; c["c"] = 3; print(dict(c), "b" in c)
class Matrix:
    def __init__(self, rows): self.rows = [list(r) for r in rows]
    def __matmul__(self, o): return Matrix([[sum(a * b for a, b in zip(r, col)) for col in zip(*o.rows)] for r in self.rows])
    def __repr__(self): return "\n".join(" ".join(f"{x:4}" for x in r) for r in self.rows)
    def __pow__(self, n): return self if n == 1 else self @ self ** (n - 1)
print(Matrix([[1, 1], [1, 0]]) ** 10)
def solve(n):
    def place(row, cols):
        if row == n: yield cols; return
        for c in range(n):
            if all(c != k and abs(c - k) != row - r for r, k in enumerate(cols)): yield from place(row + 1, cols + [c])
    return list(place(0, []))
print(len(solve(6)), solve(4))
def life(cells, gens):
    for _ in range(gens):
        cnt = {}
        for x, y in cells:
            for dx in (-1, 0, 1):
                for dy in (-1, 0, 1):
                    if dx or dy: cnt[x + dx, y + dy] = cnt.get((x + dx, y + dy), 0) + 1
        cells = {p for p, n in cnt.items() if n == 3 or n == 2 and p in cells}
    return cells
print(sorted(life({(0, 1), (1, 1), (2, 1)}, 1)), sorted(life({(1, 0), (2, 1), (0, 2), (1, 2), (2, 2)}, 4)))
class Event:
    def __init__(self): self.subs = []
    def __iadd__(self, f): self.subs.append(f); return self
    def __isub__(self, f): self.subs.remove(f); return self
    def __call__(self, *a): return [f(*a) for f in self.subs]
e = Event(); e += len; e += str.upper; print(e("abc")); e -= len; print(e("x"))
class Bank:
    def __init__(self): self.log = []; self.bal = 0
    def tx(self):
        bank = self
        class T:
            def __enter__(s): s.old = bank.bal; return s
            def __exit__(s, t, v, tb):
                if t: bank.bal = s.old; bank.log.append(f"rollback {t.__name__}"); return t is ValueError
                bank.log.append("commit")
        return T()
b = Bank()
with b.tx(): b.bal += 10
with b.tx(): b.bal += 5; raise ValueError
print(b.bal, b.log)
