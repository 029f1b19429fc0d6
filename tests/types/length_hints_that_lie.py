"""What makes use of __length_hint__, and what it takes for one."""


def case(f):
    try:
        result = f()
        print(f.__name__, "->", repr(result)[:300])
    except BaseException as e:
        print(f.__name__, type(e).__name__, e, "| cause", repr(e.__cause__), "| context", type(e.__context__).__name__)


import functools,itertools,re,json,pickle,copy,operator,heapq,bisect,collections,sys,gc,types,io,copyreg
def c(name,f): f.__name__=name; case(f)
# length hint lies
class LH:
    def __init__(s,h,n=3): s.h=h; s.n=n
    def __iter__(s): return iter(LI(s.h,s.n))
    def __length_hint__(s):
        if callable(s.h): return s.h()
        return s.h
class LI(LH):
    def __iter__(s): return s
    def __next__(s):
        s.n-=1
        if s.n<0: raise StopIteration
        return s.n
for hv in (0,1,1000,-1,2**62,2**63-1,2**63,2**100,'x',None,NotImplemented,1.5,True,lambda:1/0,lambda:int('x'),lambda:(_ for _ in ()).throw(TypeError('t'))):
    for n,f in {'list':list,'tuple':tuple,'bytes':bytes,'bytearray':bytearray,'set':set,'extend':lambda v:[].extend(v),'deque':lambda v:len(collections.deque(v)),'hint':operator.length_hint,'sorted':sorted,'zip':lambda v:list(zip(v)),'star':lambda v:[*v],'join':lambda v:b''.join([bytes(v)]),'unpack':lambda v:(lambda a,*b:a)(*v),'slice':lambda v:[1,2].__setitem__(slice(0,1),v),'map':lambda v:list(map(str,v)),'enumerate':lambda v:list(enumerate(v)),'dict':lambda v:dict.fromkeys(v)}.items():
        for cls in (LH,LI): c(f'{n} {cls.__name__} {hv if not callable(hv) else "fn"}',lambda:f(cls(hv)))
