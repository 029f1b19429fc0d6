"""Deques whose items change them when they are compared or shown."""


def case(f):
    try:
        result = f()
        print(f.__name__, "->", repr(result)[:300])
    except BaseException as e:
        print(f.__name__, type(e).__name__, e, "| cause", repr(e.__cause__), "| context", type(e.__context__).__name__)


from collections import deque
class E:
    def __init__(s,l,act): s.l=l; s.act=act; s.n=0
    def go(s):
        s.n+=1
        if s.n<20: s.act(s.l)
    def __eq__(s,o):
        s.go(); return False
    def __lt__(s,o):
        s.go(); return True
    def __repr__(s):
        s.go(); return 'E'
def mk(act,n=5,m=None):
    l=deque(maxlen=m)
    l.extend(E(l,act) for _ in range(n))
    return l
acts={'clear':lambda l:l.clear(),'append':lambda l:l.append(1),'pop':lambda l:l and l.pop(),'popleft':lambda l:l and l.popleft(),'rot':lambda l:l.rotate(2),'al':lambda l:l.appendleft(1),'ext':lambda l:len(l)<200 and l.extend(l),'extl':lambda l:len(l)<200 and l.extendleft(l),'imul':lambda l:l.__imul__(0),'rev':lambda l:l.reverse(),'set':lambda l:l and l.__setitem__(0,1)}
ops={'index':lambda l:l.index(3),'index2':lambda l:l.index(3,1,3),'count':lambda l:l.count(3),'remove':lambda l:l.remove(3),'in':lambda l:3 in l,'eq':lambda l:l==deque([3]*5),'lt':lambda l:l<deque([3]*5),'repr':lambda l:repr(l),'ext':lambda l:l.extend(E(l,lambda l:0) if l.clear() else 1 for _ in range(3)),'copy':lambda l:len(l.copy()),'add':lambda l:len(l+l),'iadd':lambda l:len(l.__iadd__(l)),'del':lambda l:l.__delitem__(1),'ins':lambda l:l.insert(1,2),'mul':lambda l:len(l*3),'init':lambda l:l.__init__(l,7), 'list':lambda l:len(list(l)),'sorted':lambda l:len(sorted(l))}
for m in None,6:
  for on,op in ops.items():
    for an,act in acts.items():
        l=mk(act,5,m)
        def f(): return op(l)
        f.__name__=str(m)+on+'/'+an
        case(f)
        print('   ',len(l),l.maxlen, [type(x).__name__ for x in list(l)[:8]])
