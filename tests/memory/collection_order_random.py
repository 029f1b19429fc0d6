# no-stress: the order and the states depend on which collections there are
# Random graphs: the order of finalisers and what collect() returns.
import gc
import random
gc.collect(); gc.disable()
log=[]
class N:
    def __init__(s,i): s.i=i; s.r=[]
    def __del__(s): log.append(s.i)
def rnd(seed):
    r=random.Random(seed)
    ns=[]
    held=[]
    for i in range(200):
        n=N(i)
        k=r.random()
        if k<.3: n.t=(n,) ; 
        elif k<.5: n.d={'x':n}
        if ns:
            for _ in range(r.randrange(3)):
                o=r.choice(ns)
                if r.random()<.5: n.r.append(o)
                else: o.r.append(n)
        ns.append(n)
        if r.random()<.05: held.append(n)
        if r.random()<.03: gc.collect(r.randrange(3))
        if r.random()<.05 and ns: ns.pop(r.randrange(len(ns)))
    ns.clear(); gc.collect(r.randrange(3)); 
    while held: held.pop(r.randrange(len(held))); log.append('|'); log.append(gc.collect(r.randrange(3)))
    gc.collect()
for s in range(60): rnd(s); log.append(s)
import hashlib
print(len(log), hashlib.md5(repr(log).encode()).hexdigest())
