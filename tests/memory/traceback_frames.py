# no-stress: a collection of its own frees the cycle
import gc, sys
gc.disable()
log = []
class D:
    def __init__(s, n): s.n = n
    def __del__(s): log.append(s.n)
def show(t): print(t, log); log.clear()
def f(n):
    d = D(n)
    raise ValueError(n)
try: f(1)
except ValueError: show("inside except")
show("after except")
try: f(2)
except ValueError as e: keep = e
show("kept exception"); keep.__traceback__ = None; show("traceback dropped"); del keep; show("exception dropped")
try: f(3)
except ValueError as e: tb = e.__traceback__
show("kept traceback"); del tb; show("traceback gone")
def nested():
    x = D("outer frame"); f("inner frame")
try: nested()
except ValueError: pass
show("nested")
def catches():
    try: f("caught")
    except ValueError as e: pass
    show("in function after except")
catches(); show("function done")
def returns():
    try: f("ret")
    except ValueError as e: return e
r = returns(); show("returned"); del r; show("dropped")
def cycle():
    try: f("cycle")
    except ValueError as e: err = e
cycle(); show("cycle pending"); print(gc.collect() > 0); show("collected")
try:
    try: f("first")
    except ValueError: f("second")
except ValueError as e: show("context"); e.__context__ = None; show("context dropped")
show("all")
try: f("finally")
except ValueError: pass
finally: show("in finally")
def sup():
    try: f("swallowed")
    finally: return 1
sup(); show("swallowed")
def gen():
    try: f("in gen")
    except ValueError: yield
    yield
g = gen(); next(g); show("gen in except"); next(g); show("gen left except"); del g
with_log = []
class C:
    def __enter__(s): return s
    def __exit__(s, t, v, tb): show("in exit"); return True
with C(): f("with")
show("after with")
for i in range(2):
    try: f(i)
    except ValueError as e: pass
show("loop")
def rer():
    try: f("reraised")
    except ValueError: raise
try: rer()
except ValueError: show("reraise in"); 
show("reraise out")
try: f("exc_info")
except ValueError: info = sys.exc_info()
show("exc_info kept"); del info; show("exc_info gone")
fr = sys._getframe(); print(fr.f_code.co_name); del fr
def frame(): d = D("frame kept"); return sys._getframe()
k = frame(); show("frame"); print(list(k.f_locals)); k.clear(); show("frame.clear"); del k; show("end")
try: [f("comp") for _ in range(1)]
except ValueError: pass
show("comprehension")
try: raise ValueError(D("arg"))
except ValueError as e: pass
show("arg")
