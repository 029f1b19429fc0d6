class L(list):
    def __getitem__(s, i): return ("get", i)
    def __len__(s): return 42
    def append(s, v): super().append(v * 2)
    def __repr__(s): return "L" + super().__repr__()
    def __iter__(s): return iter(["custom"])
    def __contains__(s, x): return x == "magic"
l = L([1, 2]); l.append(3); l.extra = 1
print(l, len(l), l[0], l[1:2], list(l), "magic" in l, 1 in l, l.extra, l == [1, 2, 6], l + [1], type(l + []), type(l * 2), type(l.copy()), list.__len__(l), list.__getitem__(l, 0), sorted(l), [*l], isinstance(l, list))
a, = l; print(a); l.extend([7]); print(l); l2 = L(l); print(l2, bool(L()))
class N(list):
    def __init__(s, *a): super().__init__(a)
    def __add__(s, o): return N(*list.__add__(s, o))
    def __iadd__(s, o): print("iadd"); return super().__iadd__(o)
    def __eq__(s, o): return "eq"
    __hash__ = None
n = N(1, 2); print(n, n + [3], type(n + [3]).__name__, n == 5); n += [4]; print(n, type(n).__name__)
class M(list):
    def __missing__(s, i): return "missing"
    def __setitem__(s, k, v): print("set", k, v); super().__setitem__(k, v)
    def __delitem__(s, k): print("del", k); super().__delitem__(k)
m = M([1, 2, 3]); m[0] = 5; m[1:2] = [7, 8]; del m[0]; m[0] += 1; print(m); m.sort(); m.pop(); print(m)
try: m[10]
except IndexError as e: print(e)
print(L.__mro__[1], L.__base__, list.__new__(L), list.__new__(list, 1, 2))
try: list.__init__(5)
except TypeError as e: print(e)
x = [1]; x.__init__("ab"); print(x); x.__init__(); print(x)
class NoInit(list):
    def __new__(cls, *a, **k): return super().__new__(cls)
    def __init__(s, a, b=2): s.append(b)
print(NoInit(1), NoInit("x", b=9))
class T(tuple):
    def __new__(cls, *a): return super().__new__(cls, a)
    x = property(lambda s: s[0])
    def __repr__(s): return "T" + super().__repr__()
t = T(1, 2); print(t, t.x, t + (3,), type(t + ()), type(t[:]), t == (1, 2), hash(t) == hash((1, 2)), {t: 1}[(1, 2)], len(t), [*t], "%s %s" % t)
t.attr = 5; print(t.__dict__, T(), T() == ())
