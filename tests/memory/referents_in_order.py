import builtins, re
def print(*a, **k): builtins.print(*(re.sub('0x[0-9a-f]+', '0x', re.sub('"/[^"]*/', '"', str(x))) for x in a), **k)
import gc, sys
class N: pass
n = N(); n.x = 1; n.y = 'a'; n.z = []
print([type(r).__name__ for r in gc.get_referents(n)]); d = n.__dict__; print([type(r).__name__ for r in gc.get_referents(n)], gc.get_referents(n)[0] is d, sys.getrefcount(d), gc.is_tracked(d))
print(gc.get_referents([1, [2], (3,)]), gc.get_referents((1, 'b', None)), gc.get_referents({'a': 1, 'b': [2]}), gc.get_referents({1: 2, (3,): [4]}), gc.get_referents({1, 2}), gc.get_referents(frozenset('a')), gc.get_referents(), gc.get_referents(5, 'a', 1.5, None), gc.get_referents([1], [2]), gc.get_referents([], ()))
print(gc.get_referents(slice(1, 2, 3)), gc.get_referents(range(3)), gc.get_referents(iter([7, 8])), gc.get_referents(iter((7, 8))), gc.get_referents(enumerate([5])) != [], gc.get_referents(memoryview(b'')) != 0)
import weakref; w = weakref.ref(n); wc = weakref.ref(n, print); print(gc.get_referents(w), gc.get_referents(wc)); v = weakref.WeakValueDictionary(a=n); print([type(x).__name__ for x in gc.get_referents(v)][-1:])
def f(a=[1], *, k={2: 3}): return n
print([x for x in gc.get_referents(f) if not isinstance(x, (dict,)) or len(x) < 5]); f.attr = 9; f.__doc__ = 'd'; print([type(x).__name__ for x in gc.get_referents(f)])
def outer(p):
    def inner(): return p
    return inner
i = outer(n); print([type(x).__name__ for x in gc.get_referents(i)], gc.get_referents(i.__closure__), gc.get_referents(i.__closure__[0])); 
m = n.__init__; print([type(x).__name__ for x in gc.get_referents(m)]); print([type(x).__name__ for x in gc.get_referents([].append)], gc.get_referents(len) != [])
class P:
    def meth(self): pass
    @property
    def pr(self): 'doc'; return 1
b = P().meth; print([type(x).__name__ for x in gc.get_referents(b)], [type(x).__name__ for x in gc.get_referents(P.__dict__['pr'])], sorted(type(x).__name__ for x in gc.get_referents(P)))
class Q:
    __slots__ = ('b', 'a')
q = Q(); q.a = [1]; q.b = [2]; print(gc.get_referents(q)); q.a = 1; print(gc.get_referents(q)); del q.b; print(gc.get_referents(q))
class R(list): pass
r = R([1, [2]]); r.attr = 'x'; print(gc.get_referents(r)); 
class T(dict): pass
t = T(a=1); t.attr = 'x'; print(gc.get_referents(t)); import types; s = types.SimpleNamespace(a=1); print(gc.get_referents(s)); print(gc.get_referents(types.MappingProxyType({1: 2}))); 
try: raise ValueError('v')
except ValueError as e: x = e
print([type(y).__name__ for y in gc.get_referents(x)]); x.__traceback__ = None; print(gc.get_referents(x)); x.note = 1; print(gc.get_referents(x)); x.__cause__ = KeyError(1); print(gc.get_referents(x)); x.add_note('n'); print(gc.get_referents(x))
