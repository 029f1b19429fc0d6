# no-stress: tells what the collections it asks for find
import gc
gc.collect(); gc.freeze(); s0 = gc.get_stats()
class N: pass
for i in range(3):
    n = N(); n.n = n; del n; print(gc.collect(i))
s1 = gc.get_stats(); print([{k: b[k] - a[k] for k in a} for a, b in zip(s0, s1)])
for i in range(3):
    l = [N() for _ in range(5)]
    for a, b in zip(l, l[1:] + l[:1]): a.n = b
    del l, a, b; print(gc.collect(i))
s2 = gc.get_stats(); print([{k: b[k] - a[k] for k in a} for a, b in zip(s1, s2)], s1[0] is not s2[0])
gc.unfreeze(); x = gc.get_stats(); x[0]['collections'] = -1; print(gc.get_stats()[0]['collections'] >= 0, list(x[0]))
gc.set_debug(gc.DEBUG_SAVEALL); n = N(); n.n = n; del n; b = gc.get_stats()[2]; print(gc.collect(), len(gc.garbage)); a = gc.get_stats()[2]; print({k: a[k] - b[k] for k in a}); gc.set_debug(0); gc.garbage.clear()
class U:
    def __del__(self): global keep; keep = self
u = U(); u.u = u; del u; b = gc.get_stats()[2]; print(gc.collect()); a = gc.get_stats()[2]; print({k: a[k] - b[k] for k in a}); del keep; print(gc.collect()); print({k: gc.get_stats()[2][k] - a[k] for k in a})
