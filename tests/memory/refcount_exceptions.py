import sys
rc = sys.getrefcount
x = object(); base = rc(x)
def delta(): return rc(x) - base
try: raise ValueError(x)
except ValueError as e: print(delta(), rc(e))
print(delta())
def f(a): b = a; raise KeyError
try: f(x)
except KeyError: print(delta())
print(delta())
try: f(x)
except KeyError as e: k = e
print(delta()); tb = k.__traceback__; print(delta()); k.__traceback__ = None; print(delta()); del tb; print(delta()); del k
try:
    try: raise ValueError(x)
    except ValueError as v: raise KeyError from v
except KeyError as e: print(delta(), e.__cause__.args[0] is x)
print(delta())
try: raise ExceptionGroup("g", [ValueError(x), KeyError(x)])
except* ValueError as g: print(delta())
except* KeyError: pass
print(delta())
def h():
    try: raise ValueError(x)
    except ValueError: return delta()
print(h(), delta())
def i():
    try: return x
    finally: y = x
print(rc(i()) - base, delta())
with open("/dev/null") as fh: z = x
print(delta()); del z
class C:
    def __enter__(s): return x
    def __exit__(s, *a): return True
with C() as w: print(delta()); raise ValueError(w)
print(delta()); del w
for _ in range(3):
    try: raise ValueError(x)
    except ValueError: continue
print(delta()); e = sys.exc_info(); print(e, delta())
def reraise():
    try: raise ValueError(x)
    except ValueError: raise
try: reraise()
except ValueError: pass
print(delta()); 
try: assert x is None, x
except AssertionError as a: print(delta())
print(delta())
