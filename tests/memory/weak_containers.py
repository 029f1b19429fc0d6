import weakref, gc
class A:
    def __init__(s, n): s.n = n
    def __repr__(s): return f"A{s.n}"
a, b, c = A(1), A(2), A(3)
d = weakref.WeakValueDictionary(); d["a"] = a; d["b"] = b
print(sorted(d), len(d), d["a"], d.get("zz"), "a" in d, sorted(d.values(), key=lambda x: x.n), sorted(d.items(), key=str)); del a; print(sorted(d), "a" in d, len(d), d.get("a", "gone"))
try: d["a"]
except KeyError as e: print("KeyError", e)
d["c"] = c; print(d.pop("c"), d.setdefault("b", c), dict(d)); d.update(x=c); print(sorted(d)); del d["x"]; print(sorted(d))
k = weakref.WeakKeyDictionary(); x, y = A("x"), A("y"); k[x] = 1; k[y] = 2; print(len(k), k[x], y in k, sorted(map(str, k)), sorted(k.values()), k.get(b, "no")); del x; print(len(k), list(k.items())); k[y] = 5; print(k.pop(y), len(k))
try: k[5] = 1
except TypeError as e: print(e)
try: d["q"] = 5
except TypeError as e: print(e)
s = weakref.WeakSet([b, c]); print(len(s), b in s, 5 in s); del b; print(len(s)) ; d.clear(); print(len(s), sorted(map(str, s))); s.add(c); s.discard(c); print(len(s)); z = A("z"); s.add(z); print(s.pop() is z, len(s))
n = A("n"); f = weakref.finalize(n, print, "finalized", 1, sep="-"); print(f.alive, f.peek()[2:], f.atexit); del n; print(f.alive, f())
n = A("m"); f = weakref.finalize(n, lambda: "result"); print(f(), f.alive, f()); g = weakref.finalize(n, print, "never"); print(g.detach() is not None, g.alive); del n
class M:
    def meth(s): return "called"
m = M(); wm = weakref.WeakMethod(m.meth); print(wm()(), wm() == m.meth, wm == weakref.WeakMethod(m.meth)); del m; print(wm())
o = A("cyc"); o.me = o; d2 = weakref.WeakValueDictionary(o=o); s2 = weakref.WeakSet([o]); fi = weakref.finalize(o, print, "cycle finalized"); del o; gc.collect(); print(len(d2), len(s2), fi.alive)
h = A("h"); s3 = weakref.WeakSet([h]); s4 = s3 | weakref.WeakSet([c]); print(len(s4), s3 <= s4, s3.issubset(s4), len(s4 - s3), s3 == weakref.WeakSet([h]), repr(weakref.WeakSet()), c in s4.copy())
e = weakref.finalize(c, print, "at exit: c finalized")
print("end")
