def gen(n):
    for i in range(n): yield i
def total(it):
    t = 0
    for v in it: t += v
    return t
for _ in range(30): total(gen(3))
print(total(gen(100)), total([1.5, 2]), total({1: 2, 3: 4}), total(x for x in (2**62, 2**62)), total(range(10**6, 10**6 + 3)))
def mutate():
    l = [1, 2, 3]; out = []
    for v in l:
        out.append(v)
        if v == 1: l.append(9)
        if v == 2: del l[0]
    return out
print(mutate(), mutate())
def nested(n):
    c = 0
    for i in range(n):
        for j in range(i):
            if (i + j) % 3 == 0: continue
            if j > 5: break
            c += 1
        else: c += 10
    return c
print(nested(3), nested(30), nested(0))
def w(n):
    i = 0; acc = []
    while i < n:
        i += 1
        if i % 2: continue
        acc.append(i)
        if len(acc) > 3: break
    else: acc.append("else")
    return acc
print(w(3), w(100))
def deep(n): return n if n == 0 else 1 + deep(n - 1)
print([deep(k) for k in (0, 1, 50, 500)])
def fibgen():
    a, b = 0, 1
    while True: yield a; a, b = b, a + b
g = fibgen(); print([next(g) for _ in range(95)][-3:])
def sw(x):
    for k, v in {"a": 1, "b": 2.5, "c": "s"}.items():
        if k == x: return v
for k in "abcd": print(sw(k), end=" ")
print()
def tryloop(items):
    out = []
    for x in items:
        try: out.append(10 // x)
        except ZeroDivisionError: out.append("div")
        except TypeError as e: out.append(str(e)[:20])
        finally: out.append(".")
    return "".join(map(str, out))
print(tryloop([1, 0, "a", 2, None]), tryloop([]))
def counter():
    d = {}
    for c in "mississippi": d[c] = d.get(c, 0) + 1
    return d
print(counter(), {k: v for k, v in sorted(counter().items())})
def unbound(flag):
    if flag: val = 1
    return val
for _ in range(30): unbound(True)
try: unbound(False)
except UnboundLocalError as e: print(e)
def iters(x):
    it = iter(x); return next(it), next(it, None), next(it, "end")
print(iters([1]), iters("ab"), iters(range(3)), iters({1: 2}), iters(gen(2)))
s = 0
for i in range(1000):
    if i % 7 == 0: s += i
    elif i % 5 == 0: s -= i
    else: s ^= i
print(s)
for i in range(3):
    for j in "ab":
        for k in (1.5, None):
            if k is None and i == 1: break
        else: print("no break", i, j)
x = [i for i in range(10) if i % 2 for j in range(i) if j > 6]; print(x)
