"""Lists whose items change them when they are compared, shown or sorted."""


def case(f):
    try:
        result = f()
        print(f.__name__, "->", repr(result)[:300])
    except BaseException as e:
        print(f.__name__, type(e).__name__, e, "| cause", repr(e.__cause__), "| context", type(e.__context__).__name__)


class E:
    def __init__(s,l,act): s.l=l; s.act=act; s.n=0
    def __eq__(s,o):
        s.n+=1
        if s.n<50: s.act(s.l)
        return False
    __hash__=None
    def __lt__(s,o):
        s.n+=1
        if s.n<50: s.act(s.l)
        return True
    def __repr__(s):
        s.n+=1
        if s.n<50: s.act(s.l)
        return 'E'
def mk(act,n=5):
    l=[]
    l.extend(E(l,act) for _ in range(n))
    return l
acts={'clear':lambda l:l.clear(),'append':lambda l:l.append(1),'pop':lambda l:l and l.pop(),'pop0':lambda l:l and l.pop(0),'ins':lambda l:l.insert(0,7),'sort':lambda l:l.sort(),'rev':lambda l:l.reverse(),'slice':lambda l:l.__setitem__(slice(None,None,2),l[::2]),'ext':lambda l:len(l)<200 and l.extend(l),'imul':lambda l:l.__imul__(0)}
ops={'index':lambda l:l.index(3),'count':lambda l:l.count(3),'remove':lambda l:l.remove(3),'in':lambda l:3 in l,'eq':lambda l:l==[3]*5,'eq2':lambda l:l==list(range(len(l))),'lt':lambda l:l<[3]*5,'repr':lambda l:repr(l),'sort':lambda l:l.sort(),'sortkey':lambda l:l.sort(key=lambda x:(x.act(l),1)[1]),'sorted':lambda l:sorted(l),'min':lambda l:min(l),'max':lambda l:max(l),'join':lambda l:','.join(map(repr,l)),'tuple_in':lambda l:3 in tuple(l),'str':lambda l:str(l),'fmt':lambda l:'%s %r'%(l,l)}
for on,op in ops.items():
    for an,act in acts.items():
        l=mk(act)
        def f(): return op(l)
        f.__name__=on+'/'+an
        case(f)
        print('   ',len(l), [type(x).__name__ for x in l[:8]])
