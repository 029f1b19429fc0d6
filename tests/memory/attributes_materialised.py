# no-stress: counts what one explicit collection finds
import gc, sys
gc.disable(); gc.collect()
class A: pass
a = A(); a.x = 1; d = a.__dict__; print(d, a.__dict__ is d); d["y"] = 2; print(a.y); a.z = 3; print(d); del d["x"]; print(hasattr(a, "x")); del a.y; print(d)
e = A(); e.p = [1]; r0 = sys.getrefcount(e.p); e.__dict__; print(sys.getrefcount(e.p) == r0); f = e.__dict__; del e; print(f, sys.getrefcount(f))
b = A(); b.__dict__ = {"own": 1}; print(b.own, vars(b)); s = {"shared": 1}; b.__dict__ = s; c = A(); c.__dict__ = s; b.n = 5; print(c.n, s)
a = A(); a.me = a; del a; print(gc.collect()); a = A(); a.me = a; a.__dict__; del a; print(gc.collect()); a = A(); a.d = a.__dict__; del a; print(gc.collect())
a = A(); d = a.__dict__; d["me"] = a; del a; print(gc.collect(), list(d)); del d; print(gc.collect())
for i in range(40): setattr(c, f"attr{i}", i)
print(len(c.__dict__), c.attr39); del c.attr0; print(hasattr(c, "attr0"), list(vars(c))[:3])
x, y = A(), A(); x.a = 1; x.b = 2; y.b = 3; y.a = 4; print(list(vars(x)), list(vars(y)), vars(y)); del x.a; x.a = 5; print(list(vars(x)))
x = A()
for i in range(5): x.k = i; del x.k
print(vars(x)); x.k = 1; print(vars(x), x.__dict__.copy(), {**vars(x)})
A.cls = "c"; print(x.cls); x.cls = "i"; print(x.cls, A.cls); del x.cls; print(x.cls); del A.cls; print(hasattr(x, "cls"))
x.__dict__["not an identifier"] = 1; x.__dict__[5] = "int key"; print(getattr(x, "not an identifier"), vars(x))
class B:
    def __init__(self): self.a = 1; self.b = 2; self.c = 3
bs = [B() for _ in range(3)]; bs[1].d = 4; del bs[2].b; print([vars(b) for b in bs], bs[0].__dict__ == {"a": 1, "b": 2, "c": 3})
z = B(); z.__class__ = A; print(vars(z), type(z)); z2 = B(); k = z2.__dict__; z2.__dict__ = {}; print(k, vars(z2)); del z2.__dict__; print(vars(z2)); z2.q = 1; print(vars(z2))
it = iter(vars(z)); next(it); z.new = 1
try: next(it)
except RuntimeError as ex: print(ex)
