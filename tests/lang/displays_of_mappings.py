"""What ** asks mappings and keys for, and how often."""


def case(f):
    try:
        result = f()
        print(f.__name__, "->", repr(result)[:300])
    except BaseException as e:
        print(f.__name__, type(e).__name__, e, "| cause", repr(e.__cause__), "| context", type(e.__context__).__name__)


class K:
    n=0
    def __init__(s,h): s.h=h
    def __hash__(s): return s.h
    def __eq__(s,o): K.n+=1; return s is o
    def __repr__(s): return 'K'
class D(dict):
    def keys(s): print('keys'); return dict.keys(s)
    def __getitem__(s,k): print('get'); return dict.__getitem__(s,k)
    def __iter__(s): print('iter'); return dict.__iter__(s)
class D2(dict):
    def __getitem__(s,k): print('get'); return 5
class D3(dict):
    def keys(s): print('keys'); return ['zz','b']
    def __missing__(s,k): return 'miss'
class M:
    def __init__(s,*k): s.k=k
    def keys(s): return s.k
    def __getitem__(s,k): return k
def f(*a,**k): return a,k
for d in ({K(1):1,K(1):2,K(1):3},D(a=1),D2(a=1),D3(a=1),M('a','b'),M('a','a'),M(1),{1:2},{'a':1},5,None,[('a',1)]):
    for i,g in enumerate((lambda:{**d},lambda:{**d,**d},lambda:{'q':1,**d},lambda:{**d,'a':9},lambda:{**d,**{}}, lambda:{**{},**d},lambda:f(**d),lambda:f(**d,**{'q':1}),lambda:f(**{'q':1},**d),lambda:f(a=1,**d),lambda:f(**d,**d),lambda:dict(d),lambda:dict(d,a=3),lambda:{}|d,lambda:dict(**d),lambda:dict().update(d),lambda:{1:2}|d)):
        K.n=0
        g.__name__=type(d).__name__+str(i)
        case(g); print(K.n)
mut={i:i for i in range(5)}
class X:
    def __init__(s): s.on=0
    def __hash__(s): return 3
    def __eq__(s,o):
        if s.on: mut[object()]=1
        return False
x=X();mut[x]=1
def a():
    x.on=1
    return {3:1,X():1,**mut} and 1
case(a)
case(lambda: {X():4}.update(mut))
case(lambda: {X():4}|(mut) and 1)
case(lambda: {X():4}.__ior__(mut) and 1)
