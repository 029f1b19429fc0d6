# no-stress: tells what the collections it asks for find
import builtins, re
def print(*a, **k): builtins.print(*(re.sub('0x[0-9a-f]+', '0x', str(x)) for x in a), **k)
import sys, gc, weakref, traceback
class L:
    def __init__(self, n): self.n = n
    def __del__(self): print('del', self.n)
def f():
    a = L('a'); g(a)
def g(b):
    c = L('c'); raise ValueError('v')
try: f()
except ValueError as e:
    print([fr.name for fr in traceback.extract_tb(e.__traceback__)], sorted(e.__traceback__.tb_next.tb_frame.f_locals)); print('in except')
print('after')
try: f()
except ValueError as e: keep = e
print('kept', keep.__traceback__.tb_next.tb_next.tb_frame.f_locals['c'].n); traceback.clear_frames(keep.__traceback__); print('cleared', keep.__traceback__.tb_next.tb_frame.f_locals); keep = None
try: f()
except ValueError as e: keep = e.__traceback__
keep.tb_next.tb_next.tb_frame.clear(); print('one cleared'); keep.tb_next = None; print('tb cut'); del keep
try: f()
except ValueError as e: x = e.with_traceback(None); print('dropped')
del x
def h():
    l = L('h'); fr = sys._getframe(); return fr
fr = h(); print(sorted(fr.f_locals), fr.f_back is not None, fr.f_lineno); fr.clear(); print('h cleared', fr.f_locals)
def loop():
    l = L('cycle'); me = sys._getframe()
loop(); print('loop'); print(gc.collect() > 0)
def r():
    try: sys._getframe().clear()
    except RuntimeError as e: print(e)
r()
def gen():
    l = L('gen'); yield sys._getframe()
it = gen(); fr = next(it)
try: fr.clear(); print('cleared gen', fr.f_locals)
except RuntimeError as e: print(e)
print(list(it)); del fr
def nested():
    try:
        try: g(1)
        except ValueError as e: raise KeyError('k') from e
    except KeyError as k: return k
k = nested(); print(type(k.__cause__).__name__, k.__context__ is k.__cause__, k.__suppress_context__); k.__cause__ = None; print('cause none', k.__context__ is not None); k.__context__ = None; print('ctx none')
def cyc():
    try: g(2)
    except ValueError as e: err = e
cyc(); print('cyc'); gc.collect(); print('collected')
def cyc2():
    try: g(3)
    except ValueError as e: err = e
    finally: del err
cyc2(); print('cyc2')
e1, e2 = ValueError(1), ValueError(2); e1.__context__ = e2; e2.__context__ = e1; e1.l = L('exc cycle'); del e1, e2; print(gc.collect())
w = weakref.ref(type('X', (Exception,), {})()); print(w())
