import sys
R = sys.getrefcount
class N: pass
x = N()
def pos(a): return R(a)
def kw(*, a): return R(a)
def default(a=x): return R(a)
def var(*a): return R(a[0]), R(a)
def kwvar(**k): return R(k['a']), R(k)
def both(a, *b, c=1, **d): return R(a), [R(i) for i in b], R(c) > 100, [R(v) for v in d.values()]
print(R(x), pos(x), kw(a=x), default(), var(x), kwvar(a=x), both(x, x, x, c=1, k=x))
print(pos(*[x]), pos(*(x,)), kw(**{'a': x}), var(*[x, x]), both(*(x, x), **{'z': x}))
print((lambda a: R(a))(x), (lambda: R(x))(), [R(x) for _ in range(2)], {R(x) for _ in '1'}, list(R(y) for y in [x]))
class C:
    def m(self, a=None): return R(self), a and R(a)
    @classmethod
    def c(cls, a): return R(a)
    @staticmethod
    def s(a): return R(a)
    def __call__(self, a): return R(self), R(a)
    @property
    def p(self): return R(self)
    def __getitem__(self, k): return R(self), R(k)
    def __contains__(self, k): return bool(print(R(self), R(k)))
    def __getattr__(self, n): return R(self)
c = C()
print(c.m(), c.m(x), C().m(x), C.m(c, x), c.c(x), C.c(x), c.s(x), C.s(x), c(x), C()(x), c.p, C().p, c[x], C()[x], c.zz, C().zz)
x in c; x in C()
b = c.m; print(b(), b(x), R(b), R(c), R(b.__self__), R(b.__func__)); del b; print(R(c))
def nested():
    y = x
    def inner(): return R(y)
    return R(y), inner(), R(inner), R(inner.__closure__[0])
print(nested(), R(x))
def loop():
    out = []
    for i in [x]: out.append(R(i))
    out.append(R(i))
    for i in (x,): out.append(R(i))
    for i, j in [(x, x)]: out.append((R(i), R(j)))
    for i in iter([x]): out.append(R(i))
    while out: break
    with_tuple = (x, x); out.append(R(x)); del with_tuple; out.append(R(x))
    return out
print(loop(), R(x))
a = b = d = x; print(R(x)); a = b = d = 1; print(R(x))
l = [x] * 5; print(R(x)); l.pop(); print(R(x)); l[:] = []; print(R(x)); l.extend([x, x]); print(R(x)); l = None
print(R(x), R([x][0]), R((x, 1)[0]), R({'a': x}['a']), R(getattr(sys.modules['__main__'], 'x')), R(globals()['x']), R(locals()['x']), R(vars()['x']))
