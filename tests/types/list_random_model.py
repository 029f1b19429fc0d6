seed = 9
def rnd(n):
    global seed
    seed = (seed * 1103515245 + 12345) % 2**31
    return (seed >> 9) % n
l, t = [], ()
for step in range(3000):
    op, n = rnd(12), len(l)
    i = rnd(n + 4) - 2 if n else 0
    if op == 0: l.append(step); t = t + (step,)
    elif op == 1:
        l.insert(i, step); j = max(0, n + i) if i < 0 else min(i, n); t = t[:j] + (step,) + t[j:]
    elif op == 2 and n:
        j = rnd(n); assert l.pop(j) == t[j]; t = t[:j] + t[j + 1:]
    elif op == 3 and n: j = rnd(n); l[j] = -step; t = t[:j] + (-step,) + t[j + 1:]
    elif op == 4:
        a, b = sorted((rnd(n + 1), rnd(n + 1))); new = list(range(rnd(4))); l[a:b] = new; t = t[:a] + tuple(new) + t[b:]
    elif op == 5 and n > 30: del l[::2]; t = t[1::2]
    elif op == 6: l.reverse(); t = t[::-1]
    elif op == 7: l.extend((step, step)); t += (step, step)
    elif op == 8 and n < 20: l *= 2; t *= 2
    elif op == 9 and n:
        x = l[rnd(n)]; assert l.index(x) == t.index(x) and l.count(x) == t.count(x); l.remove(x); j = t.index(x); t = t[:j] + t[j + 1:]
    elif op == 10: l.sort(); t = tuple(sorted(t)); assert all(a <= b for a, b in zip(l, l[1:]))
    elif op == 11 and n > 60: l.clear(); t = ()
    assert tuple(l) == t and len(l) == len(t), (step, op)
print(len(l), l[:8], sum(l))
for n in (0, 1, 2, 3, 10, 31, 32, 33, 63, 64, 65, 100, 500):
    d = [rnd(n + 1) for _ in range(n)]; s = sorted(d); b = d[:]
    for i in range(len(b)):
        for j in range(i, 0, -1):
            if b[j] < b[j - 1]: b[j], b[j - 1] = b[j - 1], b[j]
            else: break
    assert s == b and sorted(d, reverse=True) == b[::-1]
    p = sorted(range(n), key=lambda i: d[i]); assert all((d[x], x) < (d[y], y) for x, y in zip(p, p[1:])); print(n, s[:3], s[-3:])
