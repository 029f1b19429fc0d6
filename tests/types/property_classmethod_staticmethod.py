class A:
    @classmethod
    def c(cls, x=1): "doc c"; return cls.__name__, x
    @staticmethod
    def s(x=1): "doc s"; return x
    cm = classmethod(lambda cls: cls)
    sm = staticmethod(len)
    def __init__(self): self._p = 0
class B(A): pass
a, b = A(), B()
print(A.c(), a.c(2), B.c(), b.c(x=3), A.s(), a.s(5), B.s(x=6), A.cm(), B.cm(), A.sm("abc"), a.sm([]))
print(A.c.__self__, A.c.__func__.__name__, B().c.__self__, A.c.__name__, A.c.__doc__, A.s.__doc__, A.__dict__["c"].__func__.__name__, A.__dict__["s"].__func__.__name__, type(A.__dict__["c"]), type(A.__dict__["s"]), A.c == A.c, A.c is A.c, A.s is A.s, A.c == B.c)
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
t(lambda: classmethod()); t(lambda: staticmethod(1, 2)); t(lambda: classmethod(5).__get__(a)()); t(lambda: classmethod(lambda c: c)()); t(lambda: staticmethod(lambda: "callable")()); t(lambda: staticmethod(5)()); t(lambda: A.c(1, 2)); t(lambda: A.s(1, 2)); t(lambda: classmethod(len).__get__(None, "abc")()); t(lambda: classmethod(f=len)); t(lambda: repr(staticmethod(len))); t(lambda: repr(classmethod(len))); t(lambda: staticmethod(len).__wrapped__); t(lambda: classmethod(len).__wrapped__); t(lambda: staticmethod(len).__name__); t(lambda: classmethod(A.s).__name__); t(lambda: property(len).__name__); t(lambda: staticmethod(len).__isabstractmethod__)
d = classmethod(A.s); d.attr = 5; print(d.__dict__["attr"], d.__get__(None, int).__self__)
class C:
    @classmethod
    @property
    def cp(cls): return "class property " + cls.__name__
    @staticmethod
    def __new__(cls, *a): return object.__new__(cls)
    @classmethod
    def __init_subclass__(cls, **k): print("sub", cls.__name__)
    def __class_getitem__(cls, k): return k
print(C.cp, C().cp, C[5])
class D(C): pass
p = property(); print(p.fget, p.fset, p.fdel, p.__doc__)
t(lambda: p.__get__(1)); t(lambda: p.__set__(1, 2)); t(lambda: p.__delete__(1)); t(lambda: p.getter(len).fget); t(lambda: p.setter(len).fset); t(lambda: p.deleter(len).fdel); t(lambda: property(fget=len, fset=len, fdel=len, doc="d").__doc__); t(lambda: property(len).__get__("abc")); t(lambda: property(doc=5).__doc__); t(lambda: setattr(p, "fget", 1)); t(lambda: property(5).__get__(1)); t(lambda: property(len, bad=1))
class E:
    x = property(lambda s: 1)
    def noname(s): return 2
    y = property(noname); z = property()
t(lambda: setattr(E(), "x", 1)); t(lambda: delattr(E(), "y")); t(lambda: E().z); t(lambda: setattr(E(), "z", 1))
E.w = property(lambda s: 1); t(lambda: setattr(E(), "w", 1))
m = a.__init__; print(m.__name__, m.__self__ is a, m.__func__ is A.__init__, m == a.__init__, hash(m) == hash(a.__init__), m != b.__init__, type(m)(len, "ab")(), repr(b.__init__).split(" of ")[0])
t(lambda: type(m)(5, 1)); t(lambda: type(m)(len, None)); t(lambda: type(m)()); t(lambda: m.x); t(lambda: setattr(m, "x", 1)); t(lambda: m.__func__.__qualname__)
A.__init__.tag = 7; print(m.tag, m.__doc__, A.c.__get__(1) is not None, m.__call__() is None)
