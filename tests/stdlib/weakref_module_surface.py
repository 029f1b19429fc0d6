import weakref
for n in ("ref", "proxy", "getweakrefcount", "getweakrefs", "WeakKeyDictionary", "WeakValueDictionary", "WeakSet", "WeakMethod", "finalize", "ReferenceType", "ProxyType", "CallableProxyType", "ProxyTypes", "KeyedRef"): print(n, hasattr(weakref, n))
print(sorted(weakref.__all__))
class A: pass
a = A()
print(weakref.getweakrefcount(a), weakref.getweakrefs(a)); r = weakref.ref(a); print(weakref.getweakrefcount(a), weakref.getweakrefs(a) == [r]); p = weakref.proxy(a); print(weakref.getweakrefcount(a), len(weakref.getweakrefs(a)))
for f in (weakref.getweakrefcount, weakref.getweakrefs):
    print(f(5))
    try: f()
    except TypeError as e: print(e)
d = weakref.WeakValueDictionary(x=a); print(d.valuerefs()[0]() is a, [r() is a for r in d.itervaluerefs()], "x" in d, d.copy()["x"] is a, len(d | {}), (d | {"y": a}).keys().__class__.__name__)
k = weakref.WeakKeyDictionary({a: 1}); print(k.keyrefs()[0]() is a, k.copy()[a], a in k, k.popitem()[1], len(k), k.setdefault(a, 5), k.pop(a))
print(bool(weakref.WeakSet()), a in weakref.WeakSet([a]), len(weakref.WeakSet([a, a])), weakref.WeakSet([a]) == weakref.WeakSet([a]), weakref.WeakSet([a]).isdisjoint([1]) if 0 else "", len(weakref.WeakSet([a]) & weakref.WeakSet([a])))
class M:
    def f(self): return 1
m = M()
try: weakref.WeakMethod(len)
except TypeError as e: print(e)
w = weakref.WeakMethod(m.f, lambda r: print("method gone")); print(w()()); del m
f = weakref.finalize(a, print, "a gone", end="!\n"); f.atexit = False; print(f.atexit, f.alive, f.peek()[0] is a); del p, d, k; a = None; print(f.alive)
print(repr(weakref.WeakKeyDictionary()).split(" at ")[0], repr(weakref.WeakValueDictionary()).split(" at ")[0])
