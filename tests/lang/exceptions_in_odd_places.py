def t(f):
    try: print("->", f())
    except BaseException as e: print(type(e).__name__, e)
class B:
    def __getattribute__(s, n): raise ValueError("getattribute " + n) if n[:2] != "__" else AttributeError(n)
t(lambda: B().x); t(lambda: hasattr(B(), "x")); t(lambda: getattr(B(), "x", 1))
class I:
    def __iter__(s): raise KeyError("iter")
for f in (list, tuple, set, sum, max, sorted, any, dict, "".join, lambda i: [*i], lambda i: {**i}, lambda i: 1 in i, enumerate, zip, lambda i: (lambda *a: a)(*i), iter, reversed, lambda i: [x for x in i], frozenset, bytes, lambda i: [].extend(i), lambda i: {}.update(i), lambda i: map(len, i), lambda i: (lambda a, b: 0)(*i)): t(lambda: f(I()))
class N:
    def __iter__(s): return s
    def __next__(s): raise KeyError("next")
for f in (list, tuple, set, sum, max, sorted, any, dict, "".join, lambda i: [*i], lambda i: 1 in i, lambda i: list(zip(i)), lambda i: list(map(len, i)), next, lambda i: next(i, 0), bytes, lambda i: {}.fromkeys(i), lambda i: [].extend(i), lambda i: [0].__setitem__(slice(0, 1), i)): t(lambda: f(N()))
class H:
    def __hash__(s): raise IndexError("hash")
for f in (lambda: {H()}, lambda: {H(): 1}, lambda: {}.get(H()), lambda: H() in {}, lambda: hash((H(),)), lambda: frozenset([H()]), lambda: {1}.add(H()), lambda: dict.fromkeys([H()])): t(f)
class E:
    def __eq__(s, o): raise ArithmeticError("eq")
    __hash__ = lambda s: 1
for f in (lambda: E() == 1, lambda: E() in [1], lambda: [E()] == [1], lambda: (1,) == (E(),), lambda: [1].index(E()), lambda: [1].remove(E()), lambda: {E(): 1, 1: 2}, lambda: {1: 2}[E()], lambda: {E()} | {1}, lambda: 1 != E()): t(f)
class L:
    def __len__(s): raise OSError("len")
for f in (len, bool, list, lambda l: not l, lambda l: 1 if l else 2, reversed, lambda l: [1] and l and 1): t(lambda: f(L()))
class S:
    def __str__(s): raise LookupError("str")
    __repr__ = __str__
for f in (str, repr, lambda s: f"{s}", lambda s: f"{s!r}", lambda s: "%s" % s, lambda s: "{}".format(s), lambda s: str([s]), print, lambda s: format(s), ascii, lambda s: str({1: s}), lambda s: repr((s,)), lambda s: "".join([str(s)])): t(lambda: f(S()))
class D:
    def __get__(s, o, t): raise NotImplementedError("get")
class UD: x = D()
t(lambda: UD().x); t(lambda: UD.x); t(lambda: getattr(UD(), "x", 5)); t(lambda: hasattr(UD(), "x"))
class C:
    def __call__(s): raise BufferError("call")
t(lambda: sorted([1], key=C())); t(lambda: list(map(C(), [1]))); t(lambda: [C()() for _ in range(1)]); t(lambda: max([1], key=lambda v: C()())); t(lambda: list(filter(lambda v: C()(), [1]))); t(lambda: list(iter(C(), 1)))
class M(type):
    def __instancecheck__(c, o): raise RuntimeError("ic")
    def __call__(c): raise RuntimeError("mcall")
class MC(metaclass=M): pass
t(lambda: isinstance(1, MC)); t(lambda: MC()); 
def h():
    try: raise ValueError
    except MC: pass
t(h)
class X:
    def __index__(s): raise StopIteration("index")
t(lambda: [1][X()]); t(lambda: range(X())); t(lambda: "a" * X()); t(lambda: hex(X())); t(lambda: [1][X():]); t(lambda: list(x for x in [1] if [1][X()]))
