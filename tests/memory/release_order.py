log = []
class D:
    def __init__(s, n): s.n = n
    def __del__(s): log.append(s.n)
def show(): print(log); log.clear()
def f(a, b, c=None):
    z = D("z"); y = D("y"); x = D("x")
    def inner(): return y
    w = D("w")
f(D("a"), D("b"), D("c")); show()
def g(*args, **kw): m = D("m")
g(D("args0"), D("args1"), k=D("kw")); show()
class S: __slots__ = ("c", "a", "b")
s = S(); s.a = D("a"); s.b = D("b"); s.c = D("c"); del s; show()
class T(S): __slots__ = ("z", "d")
t = T(); 
for n in "abcdz": setattr(t, n, D(n))
del t; show()
class O: pass
o = O()
for n in "zyxabc": setattr(o, n, D(n))
del o; show()
o = O()
for n in "zyxabc": setattr(o, n, D(n))
o.__dict__; del o; show()
l = [D(i) for i in range(5)]; l[:] = []; show()
l = [D(i) for i in range(5)]; del l; show()
l = [D(i) for i in range(5)]; del l[::2]; show(); del l[:]; show()
l = [D(i) for i in range(5)]; l[1:4] = [D("n")]; show(); l = None; show()
t = tuple(D(i) for i in range(4)); del t; show()
d = {k: D(k) for k in "qwerty"}; del d; show()
d = {D(k): D(k + "v") for k in "ab"}; del d; show()
d = {D(k): D(k + "v") for k in "ab"}; d.clear(); show()
n = [D(1), [D(2), [D(3)]], D(4)]; del n; show()
n = (D(1), {"a": D(2), "b": [D(3), D(4)]}, D(5)); del n; show()
class P:
    def __init__(s): s.first = D("first"); s.second = [D("s1"), D("s2")]
    def __del__(s): log.append("P")
p = P(); del p; show()
e = ValueError(D("e1"), D("e2")); e.attr = D("eattr"); del e; show()
def deco():
    a = D("cell a"); b = D("cell b")
    def q(x=D("q default"), *, k=D("q kw")): return a, b
    return q
q = deco(); q.attr = D("q attr"); del q; show()
def gen():
    a = D("ga"); b = D("gb")
    for i in [D("gi")]: yield
g_ = gen(); next(g_); del g_; show()
z = zip([D("z1")], [D("z2")]); del z; show()
a = D("a1"); a = D("a2"); show(); a = [a, D("a3")]; a.reverse(); del a; show()
x = y = D("xy"); x = None; show(); y = None; show()
(D("t1"), D("t2")); show()
[D("l1"), D("l2")][0]; show()
D("b1") == D("b2"); show()
f"{D('fs')}"[:0]; show()
print(D("pr") is None, end=" "); show()
