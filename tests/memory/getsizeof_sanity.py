import sys
s = sys.getsizeof
print(all(s(v) > 0 for v in (None, 1, 1.5, "a", b"a", [], (), {}, set(), int, len, lambda: 1, object(), range(1), 10**100)))
print(s([1] * 1000) > s([1] * 10), s("a" * 1000) > s("a" * 10), s(b"a" * 1000) > 1000, s((1,) * 100) > s(()), s(dict.fromkeys(range(1000))) > s({}), s(set(range(1000))) > s(set()), s(10**1000) > s(10**100), s(bytearray(1000)) >= 1000, s("é" * 100) >= 100, s("日" * 100) >= 200)
class A: pass
class S: __slots__ = ("a",)
print(s(A()) > 0, s(S()) > 0, s(A) > 0)
class C:
    def __sizeof__(self): return 1000
class B:
    def __sizeof__(self): return "x"
class N:
    def __sizeof__(self): return -5
print(s(C()) >= 1000)
for c in (B, N):
    try: s(c())
    except Exception as e: print(type(e).__name__, e)
try: s()
except TypeError as e: print(e)
print(s(5, "default") > 0)
for a in [(1, 2, 3)]:
    try: s(*a)
    except TypeError as e: print(e)
l = []; sizes = set()
for i in range(100): l.append(i); sizes.add(s(l))
print(2 < len(sizes) < 60, s(l) >= 100)
