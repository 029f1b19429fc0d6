class A: pass
a, b = A(), A()
print(a == a, a == b, a != b, hash(a) == hash(a), len({a, b, a}))
class E:
    def __eq__(s, o): return isinstance(o, E)
print(E() == E(), E() != E(), E() == 1, E.__hash__)
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
t(lambda: hash(E())); t(lambda: {E(): 1}); t(lambda: {E()}); t(lambda: E() in {1: 2}); t(lambda: {1: 2}[E()]); t(lambda: E() in {1})
class H(E):
    def __hash__(s): return 5
print(hash(H()), len({H(), H()}), {H(): 1}[H()])
class H2(E): __hash__ = object.__hash__
print(len({H2(), H2()}))
class N: __hash__ = None
t(lambda: hash(N())); t(lambda: {N()})
class Ne:
    def __ne__(s, o): return "ne"
    __hash__ = object.__hash__
print(Ne() == Ne(), Ne() != Ne())
class Eq:
    def __eq__(s, o): return "eq"
print(Eq() == 1, Eq() != 1, 1 == Eq(), 1 != Eq(), not Eq() == 1)
class NI:
    def __eq__(s, o): return NotImplemented
    def __lt__(s, o): return NotImplemented
n = NI(); print(n == n, n == NI(), n != n, n == 1); t(lambda: n < n)
class HB:
    def __init__(s, h): s.h = h
    def __hash__(s): return s.h
for h in (5, -1, -2, 2**61 - 1, 2**61, 2**64, -2**70, True, "a", 1.5, None):
    t(lambda: hash(HB(h)))
class Raise:
    def __eq__(s, o): raise ValueError("eq raised")
    def __hash__(s): return 1
r = Raise()
t(lambda: r == 1); t(lambda: r in [1]); t(lambda: r in [r]); t(lambda: [r] == [r]); t(lambda: {r: 1, 1: 2}); t(lambda: {r} == {1}); t(lambda: (r,) == (1,)); t(lambda: [1].index(r)); t(lambda: [1].count(r)); t(lambda: {1: 1}.get(r)); t(lambda: r != 1)
print(hash(1) == hash(1.0) == hash(True) == hash(1 + 0j), hash(0) == hash(0.0) == hash(-0.0) == hash(""), hash(-1), hash(-2), hash(2**61 - 1), hash(2**61), hash(-2**61), hash(10**30))
print({1: "a", 1.0: "b", True: "c"}, {0, False, 0.0}, {1, 1.0} == {True})
print(hash((1, 2)) == hash((1, 2)), hash(()), hash((1,)), hash((1, (2, 3))), hash(frozenset()), hash(frozenset([1])) == hash(frozenset([1.0])))
for u in ([], {}, set(), bytearray(), slice(1, [])): t(lambda: hash(u))
t(lambda: hash((1, []))); t(lambda: {[]: 1}); t(lambda: {1: 2}[[]]); t(lambda: [] in {}); t(lambda: [] in set()); t(lambda: {1}.discard([])); t(lambda: frozenset([[]])); t(lambda: {}.get({})); t(lambda: {}.setdefault([], 1)); t(lambda: {}.pop([], 1))
print(hash(1.5), hash(0.1), hash(1e300), hash(float("inf")), hash(float("-inf")), hash(2.0**70) == hash(2**70), hash(3j), hash(1 + 2j), hash(-1.0), hash(None) == hash(None))
nan = float("nan"); print(nan == nan, nan in [nan], [nan] == [nan], {nan: 1}[nan], nan is nan, hash(nan) == hash(nan), len({nan, nan}), len({nan, float("nan")}))
class C1:
    def __eq__(s, o): return True
    def __hash__(s): return hash("key")
d = {"key": 1}; print(d[C1()], C1() in d, d.get(C1())); d[C1()] = 2; print(d)
print(type(hash(H())), hash("a") == hash("a"), hash(b"a") == hash(b"a") , hash(range(3)) == hash(range(0, 3, 1)), hash(slice(1, 2)) == hash(slice(1, 2)))
class O:
    __hash__ = lambda s: 3
    def __eq__(s, o): return NotImplemented
print(len({O(), O()}), O() in [O()])
