class P:
    __match_args__ = ("x", "y")
    def __init__(s, x, y): s.x, s.y = x, y
    def __repr__(s): return f"P({s.x},{s.y})"
class Q(P): pass
def m(v):
    match v:
        case P(0, 0): return "origin"
        case P(x=0, y=y): return ("on y", y)
        case P(x, y=0): return ("on x", x)
        case P(P(a, b), c): return ("nested", a, b, c)
        case P(x, y) if x == y: return "diag"
        case P(): return "P"
        case int(n): return ("int", n)
        case str(): return "str"
        case float() | complex(): return "num"
        case list([a, b]): return ("list2", a, b)
        case dict(d): return ("dict", d)
        case bool(): return "never, int first"
        case tuple((1, *r)): return ("tuple", r)
        case bytes(b) | bytearray(b): return ("bytes", b)
        case set(s) | frozenset(s): return ("set", len(s))
        case object(real=r): return ("has real", r)
        case type(): return "type"
        case _: return "other"
for v in (P(0, 0), P(0, 5), P(5, 0), P(P(1, 2), 3), P(4, 4), P(1, 2), Q(0, 0), 5, True, "s", 1.5, 2j, [1, 2], [1], {"a": 1}, (1, 2), (2,), b"b", {1}, int, None): print(repr(v), m(v))
def t(f, *a):
    try: print(f(*a))
    except Exception as e: print(type(e).__name__, e)
def pos3(v):
    match v:
        case P(a, b, c): return 1
t(pos3, P(1, 2)); t(pos3, 5)
class NoArgs: pass
def na(v):
    match v:
        case NoArgs(a): return a
t(na, NoArgs())
def kw(v):
    match v:
        case NoArgs(missing=1): return "yes"
        case NoArgs(): return "no attr"
t(kw, NoArgs())
class BadList: __match_args__ = ["a"]
class BadInt: __match_args__ = (1,)
class Dup: __match_args__ = ("a", "a"); a = 1
def b1(v):
    match v:
        case BadList(x): return x
        case BadInt(x): return x
        case Dup(x, y): return x
        case Dup(x, a=y): return x
t(b1, BadList()); t(b1, BadInt()); t(b1, Dup())
class Over: __match_args__ = ("a",); a = 5
def ov(v):
    match v:
        case Over(x, a=y): return x, y
t(ov, Over())
notcls = 5
def nc(v):
    match v:
        case notcls(): return 1
t(nc, 1)
def int2(v):
    match v:
        case int(a, b): return 1
t(int2, 5); t(int2, "x")
class Sub(int): __match_args__ = ("real", "imag")
def sub(v):
    match v:
        case Sub(r, i): return r, i
t(sub, Sub(3))
class Prop:
    __match_args__ = ("p",)
    @property
    def p(s): print("prop get"); return 7
def pr(v):
    match v:
        case Prop(1): return "one"
        case Prop(7): return "seven"
t(pr, Prop())
class AttrErr:
    def __getattr__(s, n): raise ValueError(n)
def ae(v):
    match v:
        case AttrErr(q=1): return 1
t(ae, AttrErr())
class IC(type):
    def __instancecheck__(c, o): print("instancecheck", o); return o == 3
class Fake(metaclass=IC): pass
def fk(v):
    match v:
        case Fake(): return "fake"
        case _: return "real"
t(fk, 3); t(fk, 4)
