import weakref
class A:
    def __init__(s, v): s.v = v
    def __eq__(s, o): return isinstance(o, A) and s.v == o.v
    def __hash__(s): return hash(s.v)
a, b = A(1), A(1)
d = {weakref.ref(a): "a"}; print(d[weakref.ref(b)], weakref.ref(b) in d)
r = next(iter(d)); del a; print(r(), r in d, weakref.ref(b) in d, len(d))
class R(weakref.ref):
    __slots__ = ("key",)
    def __new__(cls, o, cb=None, key=None): s = super().__new__(cls, o, cb); s.key = key; return s
    def __init__(self, o, cb=None, key=None): super().__init__(o, cb)
log = []
x = A(5); r = R(x, lambda r: log.append(r.key), key="k1"); print(r().v, r.key, isinstance(r, weakref.ref)); del x; print(log, r())
x = A(6); p = weakref.ref(x); q = weakref.ref(x); print(p is q, R(x) is R(x), weakref.getweakrefcount(x)); rs = [R(x), R(x)]; print(weakref.getweakrefcount(x), len(weakref.getweakrefs(x)))
class Dead: pass
refs = [weakref.ref(Dead()) for _ in range(5)]; print([r() for r in refs], len({id(r) for r in refs}), refs[0] == refs[1], refs[0] == refs[0], refs[0] != refs[1])
class Cache:
    def __init__(s): s.d = {}
    def get(s, k, make):
        r = s.d.get(k); o = r() if r else None
        if o is None: o = make(k); s.d[k] = weakref.ref(o, lambda _, k=k: s.d.pop(k, None))
        return o
c = Cache(); o1 = c.get(1, A); print(c.get(1, A) is o1, len(c.d)); del o1; print(len(c.d)); c.get(2, A); print(len(c.d))
class Tree:
    def __init__(s, parent=None): s.parent = weakref.ref(parent) if parent else None; s.kids = []; parent and parent.kids.append(s)
    def __bool__(s): return True
t = Tree(); k = Tree(t); g = Tree(k); print(g.parent().parent() is t); del t; print(k.parent(), g.parent() is k)
def outer():
    o = A(9); r = weakref.ref(o)
    def inner(): return r()
    return inner, o
i, o = outer(); print(i().v); del o; print(i())
try: weakref.ref(A(1), lambda r: None).__callback__
except Exception as e: print(e)
else: print("callback gone with the reference")
print(weakref.ref(b).__callback__, callable(weakref.ref(b)), weakref.ReferenceType is weakref.ref, type(weakref.ref(b)).__name__)
