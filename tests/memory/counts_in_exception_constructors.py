import sys
R=sys.getrefcount
class N: pass
n=N()
class F(Exception):
    def __init__(s,x): print('initF',R(n)); s.x=x
F(n); x=F(n); print(R(n)); del x; print(R(n)); y=ValueError(n); print(R(n)); del y
class G(Exception):
    def __init__(s,x): print('initG',R(n)); super().__init__(); print(R(n),s.args)
G(n)
import itertools
class C(itertools.chain):
    def __init__(s,*a): print(R(n))
C([n]) if 0 else 0
