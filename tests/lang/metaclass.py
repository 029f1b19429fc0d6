class Reg(type):
    classes = []
    def __init__(cls, n, b, ns): super().__init__(n, b, ns); Reg.classes.append(n)
    def __getattr__(cls, n): return f"meta {n}"
    def __len__(cls): return 42
    def __iter__(cls): return iter([1, 2])
    def __contains__(cls, x): return x == "yes"
    def __getitem__(cls, k): return ("item", k)
    def __add__(cls, o): return "added"
    def __eq__(cls, o): return o == "me" or type.__eq__(cls, o)
    __hash__ = type.__hash__
    def __repr__(cls): return f"<Reg {cls.__name__}>"
    def __bool__(cls): return False
    @property
    def mp(cls): return "meta prop " + cls.__name__
    def mm(cls): return "meta method"
    def __instancecheck__(cls, o): return o == 5
    def __subclasscheck__(cls, c): return c is int
    def __dir__(cls): return ["b", "a"]
class A(metaclass=Reg):
    def mm2(self): return 1
class B(A): pass
print(Reg.classes, A.anything, len(A), list(A), "yes" in A, A[3], A + 1, A == "me", A == B, repr(A), bool(A), A.mp, A.mm())
print(isinstance(5, A), isinstance(A(), A), isinstance(6, A), issubclass(int, A), issubclass(B, A), dir(A))
a = A()
for n in ("mm", "mp", "anything"):
    try: getattr(a, n)
    except AttributeError as e: print(e)
class Single(type):
    inst = {}
    def __call__(cls, *a):
        if cls not in cls.inst: cls.inst[cls] = super().__call__(*a)
        return cls.inst[cls]
class S(metaclass=Single):
    def __init__(self, v): self.v = v
print(S(1) is S(2), S(3).v)
class Abs(type):
    def __setattr__(cls, n, v): print("set", n); super().__setattr__(n, v)
    def __delattr__(cls, n): print("del", n); super().__delattr__(n)
    def __getattribute__(cls, n):
        if n == "magic": return "from getattribute"
        return super().__getattribute__(n)
class C(metaclass=Abs): pass
C.x = 1; print(C.x, C.magic); del C.x
class DataD:
    def __get__(s, o, t): return "meta data desc"
    def __set__(s, o, v): print("dd set", v)
class MD(type): attr = DataD(); plain = "meta plain"
class D(metaclass=MD): attr = "class attr"; plain = "class plain"
print(D.attr, D.plain, D().attr)
D.attr = 5
print(D.__dict__["attr"])
class MroMeta(type):
    def mro(cls): return [cls, object]
class E(metaclass=MroMeta): pass
class F(E): pass
print(F.__mro__, F.mro())
class BadMro(type):
    def mro(cls): return [cls, 5]
try:
    class G(metaclass=BadMro): pass
except TypeError as e: print(e)
M = type("M", (type,), {"who": lambda c: c.__name__})
N = M("N", (), {})
print(N.who(), type(N), type(M), isinstance(N, type), issubclass(M, type))
class Count(type):
    n = 0
    def __new__(m, *a, **k): m.n += 1; return super().__new__(m, *a)
for i in range(3): Count(f"K{i}", (), {})
print(Count.n, type.__call__(Count, "Q", (), {}), Count.n)
