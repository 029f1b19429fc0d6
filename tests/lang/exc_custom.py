class E(Exception): pass
class F(E):
    def __init__(self, code, msg="default"): super().__init__(code, msg); self.code = code
    def __str__(self): return f"[{self.code}]"
e = F(5)
print(e, repr(e), e.args, e.code, isinstance(e, E), issubclass(F, BaseException))
print(repr(E()), repr(E(1)), repr(E(1, 2)), str(E()), str(E(1)), str(E(1, "a")), repr(E("q'")))
e.extra = 1
print(e.__dict__, vars(E()))
class G(KeyError): pass
print(str(G("k")), repr(G("k")), str(KeyError("a", "b")), str(KeyError()))
class H(Exception):
    def __init__(self, a): self.a = a
h = H(3)
print(h.args, str(h), repr(h), h.a)
h.args = (9, 8)
print(repr(h), h.args)
h.args = "ab"
print(h.args)
try: H()
except TypeError as x: print(x)
try: E(k=1)
except TypeError as x: print(x)
print(E(1) == E(1), hash(E) is not None, E(1) != E(1))
class S(Exception):
    __slots__ = ("z",)
s = S("m"); s.z = 1; s.q = 2
print(s.z, s.__dict__)
class M(ValueError, KeyError): pass
print(M.__mro__ == (M, ValueError, KeyError, LookupError, Exception, BaseException, object), str(M("x")))
try:
    class X(OSError, ImportError): pass
except TypeError as x: print(x)
try:
    class Y(Exception, int): pass
except TypeError as x: print(x)
class N(Exception):
    def __new__(cls, *a): o = super().__new__(cls, "fromnew"); return o
n = N("init arg")
print(n.args, str(n))
print(BaseException.__new__(ValueError, 1, 2).args, Exception.__new__(E).args)
try: E().add_note(5)
except TypeError as x: print(x)
e = E("noted"); e.add_note("one"); e.add_note("two")
print(e.__notes__, e.__dict__)
e.__notes__ = 5
try: e.add_note("x")
except TypeError as x: print(x)
print(e.__reduce__()[0] is E, e.__reduce__()[1], E("r").__reduce__())
e2 = E(); e2.__setstate__({"a": 5}); print(e2.a)
try: e2.__setstate__(5)
except TypeError as x: print(x)
try: raise F("c")
except E as x: print(type(x).__name__, x)
print(Exception.__doc__, ValueError.__doc__, KeyError.__base__, E.__module__, E.__qualname__)
print([c.__name__ for c in BaseException.__subclasses__()][:3])
