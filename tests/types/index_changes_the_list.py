"""Lists that are changed by what is asked for an index into them."""


def case(f):
    try:
        result = f()
        print(f.__name__, "->", repr(result)[:300])
    except BaseException as e:
        print(f.__name__, type(e).__name__, e, "| cause", repr(e.__cause__), "| context", type(e.__context__).__name__)


import functools,itertools,re,json,pickle,copy,operator,heapq,bisect,collections,sys,gc,types,io,copyreg
def c(name,f): f.__name__=name; case(f)
# __index__ side effects in list slices
class Ix:
    def __init__(s,f,v): s.f=f; s.v=v
    def __index__(s): s.f(); return s.v
for an,act in {'clear':lambda l:l.clear(),'grow':lambda l:l.extend([9]*5),'pop':lambda l:l and l.pop()}.items():
    for on,op in {'get':lambda l,i:l[i],'sl':lambda l,i:l[i:],'sl2':lambda l,i:l[:i],'sl3':lambda l,i:l[::i],'set':lambda l,i:l.__setitem__(i,'s'),'setsl':lambda l,i:l.__setitem__(slice(i,None),['a','b']),'setsl2':lambda l,i:l.__setitem__(slice(None,None,i),['a','b']),'del':lambda l,i:l.__delitem__(i),'delsl':lambda l,i:l.__delitem__(slice(i,None)),'delsl2':lambda l,i:l.__delitem__(slice(None,None,i)),'ins':lambda l,i:l.insert(i,'x'),'pop':lambda l,i:l.pop(i),'mul':lambda l,i:l*i,'imul':lambda l,i:l.__imul__(i),'index':lambda l,i:l.index(3,i),'tuplesl':lambda l,i:tuple(l)[i:],'str':lambda l,i:'abcdef'[i:],'range':lambda l,i:range(6)[i:],'dqrot':lambda l,i:collections.deque(l).rotate(i),'islice':lambda l,i:list(itertools.islice(l,i))}.items():
        for v in (2,-2,5):
            l=[1,2,3,4,5,6]; c(f'ix {an} {on} {v}',lambda:op(l,Ix(lambda:act(l),v))); print(l)
    l=[1,2,3]
    def gen():
        for i in range(4): act(l); yield i
    c('setgen '+an,lambda:l.__setitem__(slice(0,2),gen())); print(l)
    l=[1,2,3]; c('setgenstep '+an,lambda:l.__setitem__(slice(0,3,2),gen())); print(l)
    l=[1,2,3]; c('ext '+an,lambda:l.extend(gen())); print(l)
    l=[1,2,3]; c('iadd '+an,lambda:l.__iadd__(gen())); print(l)
    l=[1,2,3]; c('sl= '+an,lambda:l.__setitem__(slice(Ix(lambda:act(l),1),None),[7,8])); print(l)
