class A: pass
class B(A): pass
class M(type):
    def __instancecheck__(cls, o): return "yes" if o == 1 else 0
    def __subclasscheck__(cls, c): return [c]
class Virtual(metaclass=M): pass
class Liar:
    @property
    def __class__(self): return int
class Bad:
    @property
    def __class__(self): raise ValueError("no class")
class FakeBases: __bases__ = (A,)
fake = type("F", (), {})(); fake.__bases__ = (B,)
class Duck: pass
d = Duck(); d.__bases__ = ()

CASES = r"""
isinstance(B(), A), isinstance(A(), B), isinstance(B, type), isinstance(1, int), isinstance(True, int), isinstance(1, (str, int)), isinstance(1, ((str,), (float, (int,)))), isinstance(1, object), isinstance(None, type(None)), isinstance(1.0, int), isinstance(A, A), isinstance(len, type(len)), isinstance(1, ())
issubclass(B, A), issubclass(A, B), issubclass(A, A), issubclass(bool, int), issubclass(A, object), issubclass(B, (str, A)), issubclass(int, ()), issubclass(type, object), issubclass(A, (int, (B, (A,))))
isinstance(1, Virtual), isinstance(2, Virtual), issubclass(int, Virtual), isinstance(Virtual(), Virtual)
isinstance(Liar(), int), isinstance(Liar(), Liar), type(Liar()) is Liar, Liar().__class__
isinstance(Bad(), int)
isinstance(5, fake), isinstance(B(), fake) if 0 else 0
issubclass(fake, A), issubclass(fake, B)
isinstance(1, d)
isinstance(1, 5)
isinstance(1, "int")
isinstance(1, None)
isinstance(1, [int])
isinstance(1, (int, "x"))
isinstance(1, ("x", int))
isinstance(1, (str, "x"))
issubclass(5, int)
issubclass(int, 5)
issubclass(int, (str, 5))
issubclass("a", (int,))
isinstance()
isinstance(1, int, 2)
isinstance(1, int | str), isinstance("a", int | None), isinstance(None, int | None), issubclass(bool, int | str), issubclass(float, int | str)
isinstance([], list[int])
issubclass(list, list[int])
A.__subclasscheck__(B), A.__instancecheck__(B()), type.__subclasscheck__(A, B), A.__subclasses__()
isinstance(ValueError(), Exception), isinstance(ValueError, type), issubclass(KeyError, LookupError), issubclass(BaseExceptionGroup, Exception), issubclass(ExceptionGroup, Exception)
(lambda t: isinstance(1, t))(tuple([str] * 100 + [int]))
"""
for source in CASES.strip().splitlines():
    try:
        print(source, "->", repr(eval(source)))
    except Exception as error:
        print(source, "!!", type(error).__name__, error)
