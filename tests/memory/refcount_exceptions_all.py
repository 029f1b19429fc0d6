# Counts of exceptions, tracebacks and what frames hold.
import sys, gc, traceback
rc = sys.getrefcount
class A:
    n = 'class'
    def __init__(s, n='a'): s.n = n
    def __del__(s): print('del', s.n)
def f():
    x = A('x')
    raise ValueError
try: f()
except ValueError as e:
    print(rc(e), rc(e.__traceback__), rc(e.__traceback__.tb_next), rc(e.__traceback__.tb_next.tb_frame), e.__traceback__.tb_next.tb_frame.f_locals.keys())
print('1')
try: f()
except ValueError as e: k = e
print('kept', rc(k), rc(k.__traceback__)); del k
try: f()
except ValueError: ei = sys.exc_info(); print(rc(ei[1]), rc(sys.exception())); ei = None
print('2')
def g():
    try: f()
    except ValueError as e: return e
r = g(); print(rc(r), rc(r.__traceback__.tb_frame)); r.__traceback__ = None; print('cleared'); del r
def h():
    try: f()
    except ValueError as e: raise KeyError from e
try: h()
except KeyError as e: print(rc(e), rc(e.__cause__), e.__context__ is e.__cause__)
print('3')
def fin():
    try: return A('ret')
    finally: print('fin')
fin(); print('4')
try:
    try: raise ValueError
    finally: print(rc(sys.exception()))
except ValueError as e: print(rc(e))
def nest():
    try: raise ValueError(1)
    except ValueError as e1:
        try: raise KeyError(2)
        except KeyError as e2: print(rc(e1), rc(e2), rc(e2.__context__))
        print(rc(e1))
nest()
try: raise ExceptionGroup('g', [ValueError(A('in group')), KeyError(1)])
except* ValueError as eg: print(rc(eg), rc(eg.exceptions[0]))
except* KeyError as eg: print(rc(eg))
print('5')
class E(Exception):
    def __init__(s, *a): print('E init', rc(s), [rc(x) for x in a])
    def __del__(s): print('E del')
o = object(); 
try: raise E(o)
except E as e: print(rc(e), rc(o), rc(e.args))
print('6')
try: raise E
except E: print(rc(sys.exception()))
try: raise E(1) from E(2)
except E as e: print(rc(e.__cause__))
def gen():
    try: yield 1
    except ValueError as e: print('in gen', rc(e)); yield 2
z = gen(); next(z); err = ValueError(); print(rc(err)); z.throw(err); print(rc(err)); del z; print(rc(err)); del err
def withx():
    class M:
        def __enter__(s): return s
        def __exit__(s, t, v, tb): print('exit', rc(v), rc(tb), rc(s)); return True
    with M(): raise ValueError
    with M() as m: raise KeyError(m)
withx()
try: raise ValueError
except ValueError as e: tb = e.__traceback__; fr = tb.tb_frame; print(rc(tb), rc(e), fr is sys._getframe(), rc(fr) > 2)
print(rc(tb)); del tb, fr
def rec(n):
    loc = A(n)
    if n: rec(n - 1)
    else: raise ValueError
try: rec(2)
except ValueError as e:
    traceback.clear_frames(e.__traceback__); print('frames cleared')
print('7')
def lam(): return [A('c') for _ in range(2)][5]
try: lam()
except IndexError: print('caught')
try: (lambda x: 1/0)(A('arg'))
except ZeroDivisionError: print('caught')
try: sorted([A(1), A(2)])
except TypeError: print('caught')
try: int(A('int'))
except TypeError as e: print('caught')
try: A('call')()
except TypeError as e: print('caught')
try: A(1, 2)
except TypeError as e: print('caught')
try: [][A('idx')]
except TypeError: print('caught')
try: {}[A('key')]
except KeyError as e: print('caught', rc(e.args[0]))
print('8')
try: A('attr').zzz
except AttributeError as e: print('caught', rc(e.obj))
print('9')
def gx():
    x = A('gx'); yield x; raise ValueError
try:
    for v in gx(): pass
except ValueError: print('caught')
del v
try: raise A('raise')
except TypeError: print('caught')
try: next(iter([]), *[A('extra')]) and 0
except TypeError: pass
print('end')
