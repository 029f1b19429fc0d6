import sys
print(sys.exc_info(), sys.exception())
def show(*t): print(*t, sys.exc_info()[0] and sys.exc_info()[0].__name__, repr(sys.exception()))
try: 1 / 0
except ZeroDivisionError:
    show('in')
    try: [][1]
    except IndexError: show('inner')
    show('back')
    def f(): show('called'); raise KeyError
    try: f()
    except KeyError as k: show('k', repr(k.__context__))
    try: raise
    except ZeroDivisionError: show('reraised')
show('out')
def g():
    show('g start')
    try:
        yield 1
    except ValueError: show('g except'); yield 2
    show('g end'); yield 3
it = g()
try: raise TypeError
except TypeError: next(it); show('after next'); it.throw(ValueError); show('after throw'); next(it)
show('outside'); it.close()
class CM:
    def __enter__(self): show('enter'); return self
    def __exit__(self, *a): show('exit', a[0] and a[0].__name__); return True
try: raise OSError
except OSError:
    with CM(): show('body'); raise LookupError
    show('after with')
try:
    try: raise KeyError('a')
    finally: show('finally')
except KeyError: pass
class D:
    def __del__(self): show('del')
try: raise ValueError
except ValueError: D()
D()
def loop():
    for i in range(2):
        try: raise ValueError(i)
        except ValueError: show('loop', i); continue
    show('end loop')
loop()
async def co():
    show('co')
    try: raise EOFError
    except EOFError: return sys.exception()
try: raise ArithmeticError
except ArithmeticError:
    try: co().send(None)
    except StopIteration as s: show('si', repr(s.value), repr(s.__context__))
try: raise
except RuntimeError as e: print(e)
try: raise 5
except TypeError as e: print(e)
try: raise ValueError from 5
except TypeError as e: print(e)
import traceback
try:
    try: 1 / 0
    except ZeroDivisionError as e: raise ValueError('x') from None
except ValueError as e: print(e.__cause__, repr(e.__context__), e.__suppress_context__)
try: raise ValueError().with_traceback(5)
except TypeError as e: print(e)
e = ValueError()
for n in ('__traceback__', '__context__', '__cause__', '__suppress_context__', 'args', '__notes__'):
    try: setattr(e, n, 5); print(n, getattr(e, n))
    except TypeError as x: print(n, x)
for n in ('__traceback__', '__context__', '__cause__', '__suppress_context__', 'args'):
    try: delattr(e, n); print('deleted', n)
    except (TypeError, AttributeError) as x: print(n, x)
