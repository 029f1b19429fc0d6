import sys
class A: pass
def rcs(f): return sys.getrefcount(f)
s = "".join(["dyn", "amic", str(len("x"))]); print(rcs(s)); t = s; print(rcs(s)); d = {s: s}; print(rcs(s)); del d, t; print(rcs(s))
a = A(); setattr(a, s, 1); print(getattr(a, s), s in vars(a)); b = s + "!"; print(rcs(b)); l = [b] * 10; print(rcs(b)); l.clear(); u = b.upper(); print(rcs(u), rcs(b)); p = b.split("a"); print(rcs(b), len(p))
n = 10**30; m = n; print(rcs(n) >= 2); big = n * n; print(rcs(big)); k = [big, big]; print(rcs(big)); del k; print(rcs(big))
by = b"x" * len(s); print(rcs(by)); ba = bytearray(by); print(rcs(by), rcs(ba)); mv = memoryview(ba); print(rcs(ba) > 2); del mv; print(rcs(ba))
t = tuple([1, len(s)]); print(rcs(t)); u = t[:]; print(rcs(t), u is t); del u; print(rcs(t)); v = t + (); print(rcs(t)); del v; print(rcs(t))
r = range(len(s)); print(rcs(r)); it = iter(r); print(rcs(r)); sl = slice(r, None); print(rcs(r)); del sl; print(rcs(r))
