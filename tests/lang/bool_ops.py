def t(x):
    print("t", x, end="; ")
    return x
for a in (0, 1, "", "x", [], None):
    for b in (0, "y"):
        print(repr(t(a) and t(b)), repr(t(a) or t(b)), not a)
print(1 and 2 and 3, 0 or [] or {}, 1 and 0 or 5)
print(1 or 2 and 0, (1 or 2) and 0, not 0 and 1, not (0 and 1))
print(1 if 0 else 2 if 0 else 3, (1 if 1 else 0, 2))
class B:
    def __init__(s, v): s.v = v
    def __bool__(s): return s.v
class L:
    def __init__(s, v): s.v = v
    def __len__(s): return s.v
print(bool(B(True)), bool(B(False)), bool(L(0)), bool(L(3)))
for bad in (B(1), B(None), L(-1), L("a"), L(2.0), L(10**30)):
    try:
        print(bool(bad))
    except Exception as e:
        print(type(e).__name__, e)
    try:
        if bad: print("true")
    except Exception as e:
        print(type(e).__name__, e)
    try:
        not bad
    except Exception as e:
        print(type(e).__name__, e)
print(bool(), bool(0.0), bool(-0.0), bool(0j), bool(b""), bool(range(0)), bool(()), bool(...), bool(NotImplemented) if False else "skip")
def g():
    return 1 and t(2) or t(3)
print(g())
x = None
print(x and x.foo, x or "default")
while x or not x:
    print("once"); break
