seed = 3
def rnd(n):
    global seed
    seed = (seed * 1103515245 + 12345) % 2**31
    return (seed >> 9) % n
def naive_find(s, t, lo=0):
    for i in range(lo, len(s) - len(t) + 1):
        if all(s[i + k] == t[k] for k in range(len(t))): return i
    return -1
def naive_count(s, t):
    n = i = 0
    while (i := naive_find(s, t, i)) >= 0: n += 1; i += len(t)
    return n
def naive_replace(s, a, b):
    out, i = "", 0
    while (j := naive_find(s, a, i)) >= 0: out += s[i:j] + b; i = j + len(a)
    return out + s[i:]
for alphabet in ("ab", "abc", "aé", "a日b", "x😀"):
    for _ in range(60):
        s = "".join(alphabet[rnd(len(alphabet))] for _ in range(rnd(40)))
        t = "".join(alphabet[rnd(len(alphabet))] for _ in range(1 + rnd(4)))
        assert s.find(t) == naive_find(s, t), (s, t)
        assert s.count(t) == naive_count(s, t)
        assert (t in s) == (naive_find(s, t) >= 0)
        assert s.replace(t, "<>") == naive_replace(s, t, "<>")
        assert s.split(t) == naive_replace(s, t, "\0").split("\0")
        assert t.join(s.split(t)) == s
        r = s[::-1].find(t[::-1]); assert s.rfind(t) == (-1 if r < 0 else len(s) - r - len(t))
        a, sep, b = s.partition(t); assert a + sep + b == s and (not sep or a == s[:s.find(t)])
        assert s.encode().find(t.encode()) == (len(s[:s.find(t)].encode()) if t in s else -1)
        assert s.encode().decode() == s and s.encode("utf-16-le").decode("utf-16-le") == s and s.encode("utf-32").decode("utf-32") == s
        assert sorted(s) == list("".join(sorted(s))) and s.startswith(s[:3]) and s.endswith(s[3:]) and s.strip(t) in s
        assert s.upper().lower().upper() == s.upper() and len(s.center(50)) == 50 and s.zfill(45)[-len(s):] == s if s else True
        assert [s[i] for i in range(len(s))] == list(s) == [c for c in s] and s[::2] + s[1::2] != None and "".join(reversed(s)) == s[::-1]
        assert eval(repr(s)) == s and eval(ascii(s)) == s and ("%s" % s) == f"{s}" == "{}".format(s) == str(s)
    print(alphabet, "ok")
print("done")
