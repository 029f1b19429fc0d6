import sys
R = sys.getrefcount
class A: pass
print(R(A)); a = A(); print(R(A)); b = [A() for _ in range(3)]; print(R(A)); del b; print(R(A)); del a; print(R(A))
class B(A): pass
print(R(A), R(B)); del B; import gc; gc.collect(); print(R(A))
class S: __slots__ = ('x', 'y')
print(R(S), R(S.x), R(S.__dict__['x'])); s = S(); print(R(S))
class M:
    def f(self): pass
    @classmethod
    def c(cls): pass
    @staticmethod
    def s(): pass
    @property
    def p(self): pass
print(R(M), R(M.f), R(M.c), R(M.s), R(M.p), R(M.__dict__['c']), R(M.__dict__['s']), R(M.__dict__['p']), R(M.p.fget))
m = M(); x = m.f; print(R(M), R(m), R(M.f)); del x, m; print(R(M))
class W:
    def f(self): return __class__
    def g(self): return super()
print(R(W)); w = W(); print(R(w.f()), R(w.g()), R(w))
import abc, enum, dataclasses, typing
class Abs(abc.ABC):
    @abc.abstractmethod
    def q(self): pass
print(R(Abs))
class E(enum.Enum):
    X = 1
    Y = 2
print(R(E), R(E.X), R(E.Y))
@dataclasses.dataclass
class D:
    a: int = 0
    b: list = dataclasses.field(default_factory=list)
print(R(D), R(D())); d = D(); print(R(D), R(d.b))
@dataclasses.dataclass(slots=True)
class DS: a: int = 0
print(R(DS))
class NT(typing.NamedTuple): a: int
print(R(NT))
class G[T]:
    pass
print(R(G), R(G[int]))
class P(typing.Protocol):
    def z(self): ...
print(R(P))
T = type('T', (), {}); print(R(T)); T2 = type('T2', (T,), {'__slots__': ()}); print(R(T), R(T2))
class Meta(type): pass
class X(metaclass=Meta): pass
print(R(Meta), R(X)); del X; gc.collect(); print(R(Meta))
class Exc(Exception): pass
print(R(Exc)); e = Exc(); print(R(Exc), R(e))
try: raise e
except Exc as q: print(R(q), R(Exc))
print(R(e)); e.__traceback__ = None; print(R(e))
