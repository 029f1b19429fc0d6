class A:
    def f(self): return "A"
class B(A):
    def f(self): return "B" + super().f()
class C(A):
    def f(self): return "C" + super().f()
class D(B, C):
    def f(self): return "D" + super().f()
print(D().f(), [c.__name__ for c in D.__mro__], [c.__name__ for c in D.mro()])
class E(C, B): pass
print(E().f())
for bases in [(B, E), (D, E), (A, B), (object, A), (B, B), (A, object), (C, B, A), (D, C)]:
    try: print([c.__name__ for c in type("X", bases, {}).__mro__])
    except TypeError as e: print(e)
class O: pass
class X(O): pass
class Y(O): pass
class Z(O): pass
class K1(X, Y, Z): pass
class K2(Z, X): pass
try: type("K", (K1, K2), {})
except TypeError as e: print(e)
F = type("F", (), {}); Aa = type("Aa", (F,), {}); Bb = type("Bb", (F,), {}); 
print([c.__name__ for c in type("Dd", (Aa, Bb), {}).__mro__])
class P: v = 1
class Q(P): pass
class R(Q): pass
print(R.v); P.v = 2; print(R.v); Q.v = 3; print(R.v); del Q.v; print(R.v)
class New: v = "new"
Q.__bases__ = (New,)
print(R.v, R.__mro__, Q.__base__)
try: Q.__bases__ = ()
except TypeError as e: print(e)
try: Q.__bases__ = 5
except TypeError as e: print(e)
try: Q.__bases__ = (R,)
except TypeError as e: print(e)
try: Q.__bases__ = (int,)
except TypeError as e: print(e)
try: Q.__bases__ = (5,)
except TypeError as e: print(e)
try: del Q.__bases__
except TypeError as e: print(e)
try: int.__bases__ = (A,)
except TypeError as e: print(e)
class Mix:
    def __init__(self, **k): self.mix = k.pop("mix", None); super().__init__(**k)
class Base:
    def __init__(self, base=None): self.base = base
class Full(Mix, Base):
    def __init__(self, full, **k): self.full = full; super().__init__(**k)
f = Full(1, mix=2, base=3)
print(f.full, f.mix, f.base)
class L(list, A): pass
print(L([1]).f(), L.__base__, L.__mro__[1:])
print(bool.__mro__, type.__mro__, OSError.__mro__[1:3])
try: class_err = type("Q", (int, float), {})
except TypeError as e: print(e)
class S1: __slots__ = ("a",)
class S2: __slots__ = ("b",)
try: type("S3", (S1, S2), {})
except TypeError as e: print(e)
class S4: __slots__ = ()
print(type("S5", (S1, S4), {}).__mro__)
