# no-stress: watches when automatic collections run
import gc
log = []
class A: pass
gc.collect()
gc.callbacks.append(lambda p, i: log.append(p))
gc.set_threshold(10, 1000, 1000)
def show(tag): gc.disable(); print(tag, len(log) // 2 > 0); log.clear(); gc.collect(); log.clear(); gc.enable()
show("start")
def f(): pass
k = [A() for _ in range(100)]; show("comprehension with calls")
k = []
i = 0
while i < 100: k.append(A()); i += 1
show("while loop")
def g(n):
    if n: k.append(A()); g(n - 1)
g(50); show("calls only")
def gen():
    for _ in range(50): yield A()
k = list(gen()); show("generator")
k = [set() for _ in range(100)]; show("display")
class D:
    def __del__(s): pass
d = [D() for _ in range(50)]; show("with finalizers")
gc.disable(); gc.callbacks.clear()
