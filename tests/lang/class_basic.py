class A:
    """doc A"""
    x = 1
    def __init__(self, v=0): self.v = v
    def m(self): return self.v
    def __repr__(self): return f"A({self.v})"
a = A(5)
print(a, a.v, a.x, a.m(), A.m(a), A.x, A.__doc__, A.__name__, A.__qualname__, A.__module__)
a.x = 2
print(a.x, A.x, a.__dict__)
del a.x
print(a.x)
A.x = 3; A.new = lambda s: "new"
print(a.x, a.new())
class B(A):
    def m(self): return "B" + str(super().m())
print(B(7).m(), B.__bases__, B.__mro__, B.__base__, issubclass(B, A), isinstance(B(), A))
print(A.__subclasses__(), type(B), type(a), a.__class__)
for bad in ["A(1, 2)", "A(w=1)", "object(1)", "A.zz", "a.zz", "A().m(1)", "B.m()", "A.__init__()", "A.__new__()", "A.__new__(5)", "A.__new__(int)", "object.__new__(int)", "object.__new__(A, 1)", "int.__new__(A)"]:
    try: print(eval(bad))
    except Exception as e: print(type(e).__name__, e)
class E: pass
for bad in ["E(1)", "E(a=1)", "E().x", "E.__init__(E(), 1)"]:
    try: print(eval(bad))
    except Exception as e: print(type(e).__name__, e)
class N:
    def __new__(cls, *a): print("new", a); return object.__new__(cls)
    def __init__(self, *a): print("init", a)
N(1, 2)
class O:
    def __new__(cls): return 5
    def __init__(self): print("never")
print(O())
class P:
    def __init__(self): return 5
try: P()
except TypeError as e: print(e)
class Q:
    def __new__(cls, x): return object.__new__(cls)
try: Q()
except TypeError as e: print(e)
print(Q(1).__class__)
class Body:
    for i in range(3): pass
    l = [i for i in range(2)]
    if i: cond = "yes"
    def f(self): return __class__
    import sys as s
    try: raise ValueError
    except ValueError: caught = True
    del i
print(sorted(k for k in Body.__dict__ if not k.startswith("__")), Body().f() is Body)
def mk(n):
    class K:
        val = n
        def get(self): return n
    return K
print(mk(1).val, mk(2)().get(), mk(1) is mk(1), mk.__qualname__, mk(1).__qualname__)
a.__class__ = B
print(type(a), a.m())
for c in (int, E, 5, object):
    try: a.__class__ = c; print("ok", type(a))
    except TypeError as e: print(e)
class Emp: ...
print(Emp.__dict__.keys() - {"__module__", "__dict__", "__weakref__", "__doc__"}, Emp.__doc__)
A.__name__ = "Renamed"; A.__qualname__ = "Q"
print(A.__name__, A)
try: A.__name__ = 5
except TypeError as e: print(e)
try: int.foo = 1
except TypeError as e: print(e)
try: del A.__name__
except TypeError as e: print(e)
a = A(1)
print(A.m is A.m, a.m is a.m, a.m == a.m, B.__dict__["m"].__name__)
