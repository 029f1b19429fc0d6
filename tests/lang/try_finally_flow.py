log = []
def a():
    try: return log.append("try") or "ret"
    finally: log.append("fin")
print(a(), log)
def b():
    for i in range(5):
        try:
            if i == 1: continue
            if i == 3: break
        except Exception: pass
        else: log.append(("else", i))
        finally: log.append(("fin", i))
    return i
log.clear(); print(b(), log)
def c():
    try:
        try: raise ValueError("first")
        finally: raise KeyError("second")
    except KeyError as e: return e, e.__context__
print(c())
def d():
    x = 1
    try: return x
    finally: x = 2
print(d())
def e():
    try: raise ValueError
    except ValueError: return "except"
    finally: log.append("e")
print(e())
def f():
    try: return 1
    finally:
        try: raise KeyError
        except KeyError: log.append("handled")
log.clear(); print(f(), log)
def g():
    try:
        try: return "inner"
        finally: log.append("f1")
    finally: log.append("f2")
log.clear(); print(g(), log)
def h():
    while True:
        try:
            try: break
            finally: log.append("h1")
        finally: log.append("h2")
    return "h"
log.clear(); print(h(), log)
def i():
    try: return 1
    finally: return 2
print(i())
def j():
    try: raise ValueError
    finally: return "swallowed"
print(j())
def k():
    for x in range(3):
        try: continue
        finally:
            if x == 1: return ("from finally", x)
print(k())
def gen():
    try:
        yield 1
        yield 2
    finally: log.append("gen fin")
log.clear()
for v in gen(): break
del v
g_ = gen(); next(g_); g_.close()
print(log)
def l():
    r = []
    for n in range(6):
        try:
            try:
                if n == 0: raise ValueError
                if n == 1: raise KeyError
                if n == 2: continue
                if n == 4: break
                r.append("body")
            except ValueError: r.append("VE")
            else: r.append("else")
            finally: r.append(f"fin{n}")
        except KeyError: r.append("KE")
    else: r.append("for-else")
    return r
print(l())
def m():
    try:
        raise ValueError("a")
    except ValueError as ex:
        try: raise KeyError("b")
        except KeyError as ey: return str(ex), str(ey), repr(ey.__context__)
print(m())
def n():
    try: pass
    finally:
        for q in range(3):
            if q == 1: break
        else: q = "none"
    return q
print(n())
def o():
    with open("/dev/null"):
        try: return "with-try"
        finally: log.append("o")
print(o())
import sys
def p():
    try: raise ValueError("p")
    except ValueError:
        try: pass
        finally: return sys.exc_info()[0].__name__
print(p(), sys.exc_info())
def q():
    try: 1 / 0
    except ZeroDivisionError:
        return sys.exception()
    finally:
        log.append(repr(sys.exception()))
log.clear(); print(q(), log, sys.exception())
