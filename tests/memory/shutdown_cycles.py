# no-stress: tells what the collections it asks for find
import gc
class N:
    def __init__(self, n): self.n = n
    def __del__(self): print('del', self.n)
def ring(k):
    r = [N((k, i)) for i in range(3)]
    for i in range(3): r[i].nxt = r[(i + 1) % 3]
    return r[0]
x = ring('x'); y = ring('y'); ring('trash')
class C:
    inst = None
    def __del__(self): print('C del')
C.inst = C()
def func(): return func
func.n = N('func attr'); func.f = func
gen = None
def g():
    try: me = gen; yield N('yielded')
    finally: print('gen closed')
gen = g(); q = next(gen)
print('end')
