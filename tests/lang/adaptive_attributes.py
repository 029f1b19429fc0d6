class A:
    x = "class x"
    def m(self): return "A.m"
def get(o): return o.x
def call(o): return o.m()
a = A()
for _ in range(50): get(a); call(a)
print(get(a), call(a))
a.x = "inst x"; print(get(a)); del a.x; print(get(a))
A.x = "new class x"; print(get(a)); A.x = property(lambda s: "prop x"); print(get(a))
a.__dict__["x"] = "shadowed"; print(get(a)); del A.x; print(get(a)); A.x = "plain"; print(get(a)); del a.x; print(get(a))
A.m = lambda self: "replaced m"; print(call(a)); a.m = lambda: "instance m"; print(call(a)); del a.m; print(call(a)); del A.m
try: call(a)
except AttributeError as e: print(e)
class B(A):
    def m(self): return "B.m"
b = B()
for _ in range(50): call(b)
print(call(b), get(b)); A.m = lambda self: "A again"; print(call(b), call(a)); del B.m; print(call(b)); B.__bases__ = (type("N", (), {"x": "N.x", "m": lambda s: "N.m"}),); print(get(b), call(b))
class P:
    def __init__(self): self.a = 1; self.b = 2
def ab(o): return o.a, o.b
ps = [P() for _ in range(20)]
for p in ps: ab(p)
q = P(); q.c = 3; print(ab(q)); r = P(); del r.a; r.a = 9; print(ab(r)); s = P(); s.__dict__; print(ab(s)); s.__dict__["a"] = "via dict"; print(ab(s)); t = P(); t.__dict__ = {"a": "repl", "b": "dict"}; print(ab(t))
class Q:
    __slots__ = ("a", "b")
u = Q(); u.a, u.b = 5, 6; print(ab(u)); print(ab(type("M", (), {"a": 7, "b": 8}))); print(ab(ps[0]))
class G:
    def __getattr__(self, n): return f"ga {n}"
print(ab(G()), get(G())); g = G(); g.a = 1; print(ab(g))
class H:
    def __getattribute__(self, n): return f"gat {n}"
print(ab(H()))
def setx(o, v): o.x = v
class S: pass
for i in range(50): setx(S(), i)
s = S(); setx(s, 1); print(s.x, vars(s)); S.x = property(lambda s: "p", lambda s, v: print("setter", v)); setx(s, 2); print(s.x); del S.x; setx(s, 3); print(s.x)
class D:
    def __setattr__(self, n, v): print("setattr", n, v)
setx(D(), 4)
S.__setattr__ = lambda self, n, v: print("late setattr", n); setx(s, 5); del S.__setattr__; setx(s, 6); print(s.x)
import sys
def modattr(): return sys.custom_value
sys.custom_value = 1
for _ in range(50): modattr()
sys.custom_value = 2; print(modattr()); del sys.custom_value
try: modattr()
except AttributeError as e: print(e)
class Meta(type):
    y = "meta y"
class K(metaclass=Meta): pass
def gety(c): return c.y
for _ in range(50): gety(K)
print(gety(K)); K.y = "own y"; print(gety(K)); Meta.y = property(lambda c: "meta prop"); print(gety(K)); del Meta.y; print(gety(K))
a.__class__ = S if 0 else A; c1 = type("C1", (), {"x": 1}); c2 = type("C2", (), {"x": 2}); o = c1()
for _ in range(50): get(o)
print(get(o)); o.__class__ = c2; print(get(o))
for n in range(60): setattr(o, f"n{n}", n)
print(get(o), o.n59); o.x = "late"; print(get(o))
def meth(o): return o.append
l = []; f = meth(l); f(1); print(l, meth([]) == meth([]), meth(l) == f)
