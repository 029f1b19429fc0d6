import sys
R = sys.getrefcount
class V: pass
v = V()
def thrower(x): raise ValueError(x)
def catcher(x):
    try: thrower(x)
    except ValueError as e:
        return R(e), R(x), R(e.args[0])
print(catcher(v), R(v))
def keeper(x):
    try: thrower(x)
    except ValueError as e: k = e
    return k
k = keeper(v); print(R(k), R(v)); tb = k.__traceback__; print(R(tb), R(tb.tb_frame), R(tb.tb_next), R(tb.tb_next.tb_frame)); k.__traceback__ = None; print(R(v)); del tb; print(R(v)); del k; print(R(v))
import gc; print(gc.collect() > 0, R(v))
try:
    try: thrower(v)
    except ValueError: raise KeyError(v)
except KeyError as e:
    print(R(v), R(e), R(e.__context__)); c = e.__context__
print(R(v), R(c)); del c; print(R(v))
try:
    try: thrower(v)
    except ValueError as q: raise KeyError from q
except KeyError as e: print(R(e.__cause__), e.__cause__ is e.__context__)
print(R(v))
try: raise ExceptionGroup('g', [ValueError(v), TypeError(v)])
except* ValueError as eg: print(R(v), R(eg), R(eg.exceptions), R(eg.exceptions[0]))
except* TypeError as eg: print(R(v), R(eg))
print(R(v))
def gen():
    try: yield 1
    except ValueError as e: yield R(e), R(e.args[0])
g = gen(); next(g); print(g.throw(ValueError(v)), R(v)); del g; print(R(v))
def fin():
    try: thrower(v)
    finally: print('f', R(v), R(sys.exc_info()[1]), R(sys.exception()))
try: fin()
except ValueError: print(R(v))
print(R(v), sys.exc_info())
class CM:
    def __enter__(self): return self
    def __exit__(self, t, e, tb): print(R(t) > 5, R(e), R(tb)); return True
with CM() as c: raise ValueError(v)
print(R(v), R(c))
with CM(): thrower(v)
print(R(v))
e = ValueError(v); print(R(e), R(v))
for i in range(2):
    try: raise e
    except ValueError as f: print(R(e), R(f))
print(R(e), R(v)); del e; print(R(v))
try: raise ValueError
except ValueError as e1:
    try: raise e1
    except ValueError as e2: print(R(e1), e1 is e2)
def ret():
    try: thrower(v)
    except ValueError: return R(v)
    finally: print(R(v))
print(ret(), R(v))
try: [1 for x in [v] if thrower(x)]
except ValueError as e: print(R(v))
print(R(v))
