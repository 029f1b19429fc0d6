log = []
class D:
    def __init__(s, n): s.n = n
    def __del__(s): log.append(s.n)
def show(tag): print(tag, log); log.clear()
d = D("a"); del d; show("del")
d = D("b"); d = None; show("rebind")
d = D("c"); e = d; del d; show("alias"); del e; show("alias gone")
D("temp"); show("temporary")
def f():
    a = D("local a"); b = D("local b"); c = D("local c")
f(); show("locals")
def g(p, q): r = D("r")
g(D("p"), D("q")); show("params")
l = [D(1), D(2), D(3)]; del l; show("list")
t = (D(1), D(2), D(3)); del t; show("tuple")
d = {i: D(i) for i in range(3)}; del d; show("dict")
d = {"a": D(1), "b": D(2)}; d.clear(); show("dict clear")
d = {"a": D(1)}; d["a"] = D(2); show("dict set"); del d["a"]; show("dict del")
l = [D(1), D(2), D(3)]; l.clear(); show("list clear")
l = [D(1), D(2), D(3), D(4)]; del l[1:3]; show("slice del"); l[:] = []; show("slice set"); 
l = [D(i) for i in range(4)]; l.pop(0); show("pop"); l.pop(); show("pop end"); del l[0]; show("del item"); l[0] = D("new"); show("set item"); l *= 0; show("imul 0")
s = {D(1)}; s.clear(); show("set clear"); s = {D(2)}; del s; show("set")
class O: pass
o = O(); o.x = D("x"); o.y = D("y"); del o.x; show("attr"); o.y = 1; show("attr set"); o.z = D("z"); o.w = D("w"); del o; show("instance")
o = D("outer"); o.inner = D("inner"); o.second = D("second"); del o; show("owner first")
def gen():
    v = D("gen local")
    yield
it = gen(); next(it); del it; show("generator")
def clos():
    v = D("cell")
    return lambda: v
c = clos(); del c; show("closure")
fn = lambda x=D("default"): x
del fn; show("function default")
for i in [D(1), D(2)]: pass
show("loop"); del i; show("loop var")
[D(i) for i in range(3)]; show("discarded comp")
x = [D("a") if i else 0 for i in range(2)]; x = None; show("comp")
def exc():
    v = D("frame local")
    raise ValueError
try: exc()
except ValueError: show("in except")
show("after except")
try: exc()
except ValueError as e: show("named")
show("after named")
z = D("swap1"), D("swap2"); z = z[::-1]; show("swap"); z = z[0]; show("first kept"); del z; show("end")
D("chain").n.upper(); show("method on temp")
print(D("arg").n, log); show("arg")
with open("/dev/null") as fh: q = D("with")
del q; show("with")
k = D("k1") if True else D("k2"); k = k and D("k3"); show("and"); del k; show("done")
