# no-stress: the order and the states depend on which collections there are
# Random nests of tuples, dicts and lists: which of them are tracked after which collections.
import gc, random, hashlib
gc.disable(); gc.collect()
log=[]
def rnd(seed):
    r=random.Random(seed); objs=[]; keep=[]
    for i in range(150):
        k=r.random()
        pick=lambda: r.choice(objs) if objs and r.random()<.6 else i
        if k<.4: o=tuple([pick() for _ in range(r.randrange(1,4))])
        elif k<.75: o={('k%d'%j if r.random()<.8 else j):pick() for j in range(r.randrange(0,4))}
        elif k<.9: o=[pick() for _ in range(r.randrange(0,4))]
        else: o=frozenset([1,i])
        objs.append(o)
        if r.random()<.06: gc.collect(r.choice([0,0,1,2])); log.append(''.join('01'[gc.is_tracked(x)] for x in objs))
        if r.random()<.1:
            x=r.choice(objs)
            if type(x) is dict: x['z']=[] if r.random()<.5 else 3
            elif type(x) is list: x.append(x if r.random()<.5 else 4)
    gc.collect(); log.append(''.join('01'[gc.is_tracked(x)] for x in objs))
for s in range(150): rnd(s)
print(len(log), hashlib.md5(repr(log).encode()).hexdigest())
