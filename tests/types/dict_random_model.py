seed = 5
def rnd(n):
    global seed
    seed = (seed * 1103515245 + 12345) % 2**31
    return (seed >> 9) % n
def key(i): return (i, str(i), (i, i), i / 2, -i, frozenset([i]))[i % 6]
d, model = {}, []
def find(k):
    for i, (kk, _) in enumerate(model):
        if kk == k: return i
    return -1
for step in range(4000):
    k = key(rnd(60)); op = rnd(8); i = find(k)
    if op < 3:
        d[k] = step
        if i >= 0: model[i] = (model[i][0], step)
        else: model.append((k, step))
    elif op == 3:
        got = d.pop(k, "none"); assert got == (model.pop(i)[1] if i >= 0 else "none")
    elif op == 4: assert d.get(k) == (model[i][1] if i >= 0 else None)
    elif op == 5:
        v = d.setdefault(k, -step)
        if i < 0: model.append((k, -step)); assert v == -step
        else: assert v == model[i][1]
    elif op == 6:
        if i >= 0: del d[k]; del model[i]
        else:
            try: del d[k]; assert False
            except KeyError as e: assert e.args == (k,)
    elif rnd(10) == 0 and model: assert d.popitem() == model.pop()
    assert len(d) == len(model) and (k in d) == (find(k) >= 0)
    if step % 100 == 0: assert list(d.items()) == model and list(reversed(d)) == [k for k, _ in reversed(model)] and d == dict(model) and d.copy() == d
    if step % 997 == 0: d.clear(); model.clear()
print(len(d), list(d.values())[:5])
s, ms = set(), []
for step in range(3000):
    k = key(rnd(80)); op = rnd(5)
    if op < 2:
        s.add(k)
        if k not in ms: ms.append(k)
    elif op == 2:
        s.discard(k)
        if k in ms: ms.remove(k)
    elif op == 3:
        o = {key(rnd(80)) for _ in range(5)}
        assert len(s | o) == len(ms) + sum(x not in ms for x in o) and len(s & o) == sum(x in ms for x in o) and len(s - o) == sum(x not in o for x in ms) and (s ^ o) == (s | o) - (s & o)
        assert (s & o) <= s <= (s | o) and s.isdisjoint(o) == (not s & o)
    else: assert (k in s) == (k in ms)
    assert len(s) == len(ms)
print(len(s), s == set(ms), frozenset(s) == s, sorted(map(str, s))[:4])
