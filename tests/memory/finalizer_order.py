# no-stress: which collection finds an object decides the order
import gc
gc.disable(); gc.collect()
log = []
class D:
    def __init__(s, n): s.n = n
    def __del__(s): log.append(s.n)
def show(t): print(t, gc.collect(), log); log.clear()
def ring(n):
    ds = [D(i) for i in range(n)]
    for i, d in enumerate(ds): d.next = ds[(i + 1) % n]
ring(5); show("ring")
def backwards(n):
    ds = [D(i) for i in range(n)]
    for i, d in enumerate(ds): d.next = ds[i - 1]
backwards(4); show("backwards")
for i in range(3): d = D(f"self{i}"); d.me = d
del d; show("three cycles")
a = D("a"); b = D("b"); c = D("c"); c.r = b; b.r = a; a.r = c; del c, b, a; show("reverse names")
l = [D("in list 1"), D("in list 2")]; l.append(l); del l; show("list cycle")
d = D("holder"); d.me = d; d.child = D("child"); d.lst = [D("grandchild")]; del d; show("reachable from cycle")
first = D("first"); gc.collect(); second = D("second"); first.o = second; second.o = first; del first, second; show("old then young")
x = D("gen2"); x.me = x; gc.collect(); y = D("gen1"); y.me = y; gc.collect(0); z = D("gen0"); z.me = z; del x, y, z; show("three generations")
class N: pass
n = N(); n.me = n; n.d = D("held by plain"); del n; show("plain holder")
t = D("t"); tt = (t, D("t2")); t.t = tt; del t, tt; show("tuple")
def clos():
    d = D("closure")
    def f(): return d, f
    d.f = f
clos(); show("closure")
def gen():
    d = D("gen frame"); d.g = yield
    yield
g = gen(); next(g); g.send(g); del g; show("generator")
class E(D):
    def __del__(s): super().__del__(); s.__dict__.clear()
e = E("cuts own cycle"); e.me = e; del e; show("self cut")
class F(D):
    def __del__(s): log.append((s.n, s.peer.n, hasattr(s.peer, "peer")))
p, q = F("p"), F("q"); p.peer = q; q.peer = p; del p, q; show("peers intact")
class K(D):
    def __del__(s): log.append("K"); k = D("made in del"); k.me = k
k = K("k"); k.me = k; del k; show("allocates"); show("next")
class C(D):
    def __del__(s): log.append(("nested collect", gc.collect()))
c = C("c"); c.me = c; del c; show("collect inside")
