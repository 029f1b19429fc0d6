class A:
    __x = 1
    def __init__(self): self.__y = 2; self.__z__ = 3; self._w = 4
    def __m(self): return self.__y
    def call(self): return self.__m(), self.__x, A.__x
    def loc(self):
        __v = 5
        def inner(): return __v
        return inner(), sorted(locals())
    def param(self, __p=1, *, __k=2): return __p, __k, sorted(locals())
    def kw(self): return dict(__a=1)
    def imp(self):
        import sys as __s
        return sorted(locals())
    def exc(self):
        try: raise ValueError("v")
        except ValueError as __e: return str(__e)
    def glob(self):
        global __g
        __g = "g"
        return __g
    def comp(self): return [__i for __i in range(2)], (lambda __q: __q)(1)
    def attr(self, o): o.__attr = 1; return vars(o)
    def dele(self): del self.__y; return hasattr(self, "_A__y")
    class __Inner: pass
    def get(self): return self.__Inner.__qualname__, self.__Inner.__name__
    def s(self): return "__str", f"{self.__x}"
    __ann: int = 1
a = A()
print(a.__dict__, a.call(), a.loc(), a.param(), a.kw(), a.imp(), a.exc(), a.glob(), a.comp())
class O: pass
print(a.attr(O()), a.get(), a.s(), a.dele())
print(sorted(k for k in A.__dict__ if k.startswith("_A")), "_A__g" in globals(), A.__annotations__)
try: a.__x
except AttributeError as e: print(e)
print(a._A__x, A._A__m)if 0 else print(a._A__x)
print(a.param(_A__p=9, _A__k=8)[:2])
class _B:
    def f(self): self.__q = 1; return vars(self)
class __C:
    def f(self): self.__q = 1; return vars(self)
class ___:
    def f(self): self.__q = 1; return vars(self)
print(_B().f(), __C().f(), ___().f())
class D(A):
    def f(self): 
        try: return self.__x
        except AttributeError as e: return str(e)
print(D().f())
class E:
    def ok(self): self.__a__ = 1; self.__ = 2; self.___ = 3; self.__b_ = 4; self.__c.__d = 5 if 0 else 0; 
    def ok2(self): self.__a__ = 1; self.__ = 2; self.___ = 3; self.__b_ = 4; return vars(self)
print(E().ok2(), E.ok2.__code__.co_names)
def f():
    __notmangled = 1
    return list(locals())
print(f())
class F:
    def match(self, s):
        match s:
            case {"k": __v}: return __v, list(locals())
    def wal(self): (__w := 3); return sorted(locals())
    def nl(self):
        __n = 0
        def g(): nonlocal __n; __n += 1
        g(); return __n
print(F().match({"k": 1}), F().wal(), F().nl())
