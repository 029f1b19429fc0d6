class T:
    def __new__(cls, *a, **k): print("new", a, k); o = super().__new__(cls); return o
    def __init__(self, *a, **k): print("init", a, k)
    def __del__(self): print("del")
t = T(1, x=2); del t
t = T.__new__(T, 5); t.__init__(6); del t
class U:
    def __new__(cls): return [1]
    def __init__(self): print("never")
print(U())
class V(int):
    def __new__(cls, v): return super().__new__(cls, v * 2)
    def __init__(self, v): self.orig = v
v = V(5); print(v, v.orig, v + 1)
class W(tuple):
    def __new__(cls, a, b): return super().__new__(cls, (a, b))
    def __init__(self, a, b): self.s = a + b
w = W(1, 2); print(w, w.s)
class S:
    inst = None
    def __new__(cls):
        if cls.inst is None: cls.inst = super().__new__(cls); print("created")
        return cls.inst
    def __init__(self): print("init again")
print(S() is S())
class F:
    def __init__(self): raise ValueError("init fails")
    def __del__(self): print("del after failed init")
try: F()
except ValueError as e: print(e)
class NF:
    def __new__(cls): raise KeyError("new fails")
try: NF()
except KeyError as e: print(e)
class P:
    def __new__(cls, kind):
        return super().__new__(Q if kind == "q" else R)
class Q(P):
    def __init__(self, kind): print("Q init", kind)
class R(P):
    def __init__(self, kind): print("R init", kind)
print(type(P("q")).__name__, type(P("r")).__name__)
class X:
    def __init__(self, a): pass
for a in ((), (1, 2)):
    try: X(*a)
    except TypeError as e: print(e)
class Y:
    def __new__(cls, a): return object.__new__(cls)
for a in ((), (1, 2)):
    try: Y(*a)
    except TypeError as e: print(e)
class Z:
    def __new__(cls, a): return object.__new__(cls, a)
try: Z(1)
except TypeError as e: print(e)
class ZZ:
    def __init__(self, a): super().__init__(a)
try: ZZ(1)
except TypeError as e: print(e)
o = object.__new__(X); print(type(o).__name__, o.__dict__)
class C1:
    def __init__(self): self.x = 1
class C2(C1):
    def __init__(self): pass
print(hasattr(C2(), "x")); c = C2(); C1.__init__(c); print(c.x)
