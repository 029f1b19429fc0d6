l = list(range(6))
vals = [None, -7, -6, -3, -1, 0, 1, 3, 5, 6, 9]
acc = 0
for a in vals:
    for b in vals:
        for c in (None, -3, -2, -1, 1, 2, 3, 10):
            s = l[a:b:c]; t = tuple(l)[a:b:c]; u = "012345"[a:b:c]; r = range(6)[a:b:c]; y = bytes(range(6))[a:b:c]
            assert list(t) == s == [int(x) for x in u] == list(r) == list(y), (a, b, c)
            acc = (acc * 31 + hash(tuple(s)) % 1000003 + len(s)) % 1000003
            m = l[:]; del m[a:b:c]; assert m == [v for i, v in enumerate(l) if i not in set(range(6)[a:b:c])], (a, b, c)
            n = l[:]; n[a:b:c] = s; assert n == l, (a, b, c)
print("ok", len(vals) ** 2 * 8)
for a, b in [(0, 0), (2, 4), (4, 2), (-2, None), (None, None), (9, 12), (-9, 2)]:
    for new in ([], ["x"], ["x", "y", "z"]):
        m = l[:]; m[a:b] = new; print(m)
for a, b, c, new in [(None, None, 2, "abc"), (None, None, -1, "abcdef"), (1, 5, 2, "pq"), (5, 0, -3, "rs")]:
    m = l[:]; m[a:b:c] = new; print(m)
for a, b, c, n in [(None, None, 2, 2), (None, None, -1, 5), (0, 0, 2, 1), (1, 3, 2, 0)]:
    try: m = l[:]; m[a:b:c] = ["v"] * n; print(m)
    except ValueError as e: print(e)
