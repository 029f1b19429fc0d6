import sys
log = []
class D:
    def __init__(s, n): s.n = n
    def __del__(s): log.append(s.n)
def f():
    a = D("a"); b = [D("b")]
    raise ValueError
try: f()
except ValueError as e: fr = e.__traceback__.tb_next.tb_frame; del e
print(log, list(fr.f_locals)); fr.clear(); print(log, fr.f_locals); log.clear()
def g():
    d = D("gen"); yield
i = g(); next(i); i.gi_frame.clear(); print(log); log.clear(); print(list(i))
def running():
    try: sys._getframe().clear()
    except RuntimeError as e: print(e)
running()
def h():
    x = D("x"); loc = locals(); del x; return loc
l = h(); print(log, list(l)); del l; print(log); log.clear()
def k():
    x = D("k"); sys._getframe().f_locals; x = None
k(); print(log); log.clear()
def keepframe(): y = D("y"); return sys._getframe()
q = keepframe(); print(log); del q; print(log); log.clear()
class T:
    def __enter__(s): return s
    def __exit__(s, t, v, tb): s.tb = tb; return True
t = T()
with t: f()
print(log); t.tb = None; print(log); log.clear()
def rec(n):
    d = D(n)
    if n: rec(n - 1)
    else: raise KeyError
try: rec(3)
except KeyError: pass
print(log); log.clear()
def gen_exc():
    try: yield
    except ValueError as e: keep.append(e)
    yield
keep = []; i = gen_exc(); next(i)
try: f()
except ValueError as e: i.throw(e)
print(log); keep.clear(); print(log); log.clear()
