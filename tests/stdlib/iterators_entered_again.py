# no-stress: generators that refer to themselves end when they are collected.
"""Caches, generators and iterators that are entered while they run."""


def case(f):
    try:
        result = f()
        print(f.__name__, "->", repr(result)[:300])
    except BaseException as e:
        print(f.__name__, type(e).__name__, e, "| cause", repr(e.__cause__), "| context", type(e.__context__).__name__)


import functools,itertools,re,json,pickle,copy,operator,heapq,bisect,collections,sys,gc,types,io,copyreg
def c(name,f): f.__name__=name; case(f)
# lru_cache reentrancy
@functools.lru_cache(2)
def lr(n):
    if n>0: return lr(n-1)+1
    return 0
c('lru',lambda:(lr(10),lr.cache_info()))
class K:
    def __init__(s,v): s.v=v
    def __hash__(s): return 1
    def __eq__(s,o): lc.cache_clear(); return s.v==o.v
@functools.lru_cache(3)
def lc(k): return k.v
c('lru2',lambda:[lc(K(i%4)) for i in range(12)]); c('lru2i',lambda:lc.cache_info())
class K2:
    def __init__(s,v): s.v=v
    def __hash__(s): return 1
    def __eq__(s,o):
        if o.v<50: le(K2(o.v+50))
        return s.v==o.v
@functools.lru_cache(3)
def le(k): return k.v
@functools.cache
def cp(x):
    if x==3: cp.cache_clear(); raise ValueError(x)
    return x
c('cache',lambda:[cp(1),cp(3)]); c('cachei',lambda:cp.cache_info())
cpr=functools.cached_property
class CP:
    @cpr
    def a(s): s.__dict__['a']=5; return 6
    @cpr
    def b(s): return s.b
x=CP(); c('cp',lambda:(x.a,x.a)); 
# tee
def g():
    for i in range(3):
        yield next(t2,None) if i==1 else i
t1,t2=itertools.tee(g()); c('tee',lambda:list(t1)); c('tee2',lambda:list(t2))
class I:
    def __init__(s): s.n=0
    def __iter__(s): return s
    def __next__(s):
        s.n+=1
        if s.n>5: raise StopIteration
        return next(ta) if s.n==2 else s.n
ta,tb=itertools.tee(I()); c('tee3',lambda:list(ta)); c('tee4',lambda:list(tb))
# groupby
gb=itertools.groupby([1,1,2,2,3],key=lambda v:(next(gb2,None),v)[1]); gb2=itertools.groupby([1,1,2])
c('gb',lambda:[(k,list(v)) for k,v in gb])
def key(v):
    if v==2: next(gc1)
    return v
gc1=itertools.groupby([1,1,2,2,3],key); c('gb2',lambda:[(k,list(v)) for k,v in gc1])
gs=[v for k,v in itertools.groupby('aabbcc')]; c('gb3',lambda:[list(v) for v in gs])
# generators re-entered
def ge(): yield next(me)
me=ge(); c('gen',lambda:next(me)); c('gen2',lambda:next(me))
def gt():
    try: yield 1
    finally: me2.close()
me2=gt(); next(me2); c('gen3',lambda:me2.close()); 
def gth(): yield me3.throw(ValueError('x'))
me3=gth(); c('gen4',lambda:next(me3))
def gs1(): yield me4.send(None)
me4=gs1(); c('gen5',lambda:list(me4))
def gy(): yield from me5
me5=gy(); c('gen6',lambda:next(me5)); 
async def co(): await me6
me6=co(); c('co',lambda:me6.send(None)); c('co2',lambda:me6.send(None))
def gx():
    try: yield 1
    except GeneratorExit: yield 2
q=gx(); next(q); c('ge',lambda:q.close()); c('ge2',lambda:next(q)); c('ge3',lambda:next(q))
def gz(): 
    yield gi.gi_frame.clear()
gi=gz(); c('frameclear',lambda:next(gi))
def ga(): yield 1
gk=ga(); next(gk); f=gk.gi_frame; c('fc',lambda:f.clear()); c('fc2',lambda:next(gk)); c('fc3',lambda:f.f_locals)
# iterators that call themselves
for n,mk in {'map':lambda h:map(lambda v:next(h[0],'end'),[1,2,3]),'filter':lambda h:filter(lambda v:next(h[0],'end'),[1,2,3]),'zip':lambda h:zip(map(lambda v:next(h[0],'end'),[1,2,3])),'accumulate':lambda h:itertools.accumulate([1,2,3,4,5],lambda a,b:next(h[0],'end')),'takewhile':lambda h:itertools.takewhile(lambda v:next(h[0],0) or 1,[1,2,3]),'dropwhile':lambda h:itertools.dropwhile(lambda v:next(h[0],0),[1,2,3]),'starmap':lambda h:itertools.starmap(lambda v:next(h[0],'end'),[(1,),(2,)]),'chain':lambda h:itertools.chain(map(lambda v:next(h[0],'e'),[1,2]),[3]),'islice':lambda h:itertools.islice(map(lambda v:next(h[0],'e'),[1,2,3,4]),3),'cycle':lambda h:itertools.islice(itertools.cycle(map(lambda v:next(h[0],'e'),[1,2,3,4])),6),'enumerate':lambda h:enumerate(map(lambda v:next(h[0],'e'),[1,2,3,4])),'pairwise':lambda h:itertools.pairwise(map(lambda v:next(h[0],'e'),[1,2,3,4,5])),'compress':lambda h:itertools.compress(map(lambda v:next(h[0],'e'),[1,2,3,4]),[1,1,1,1]),'calliter':lambda h:iter(lambda:(h.append(1),next(h[0],'e') if len(h)<5 else 0)[1],0),'filterfalse':lambda h:itertools.filterfalse(lambda v:next(h[0],0),[1,2,3]),'reversed':lambda h:reversed([1,2,3])}.items():
    h=[None]; h[0]=mk(h); c('self '+n,lambda:list(itertools.islice(h[0],20)) if n!='groupby' else [(k) for k,v in h[0]])
