# Assigning to f_lineno in a trace function.
import sys
import warnings
warnings.simplefilter("ignore")
def run(func, action, *args):
    """action(frame, event, arg, log)"""
    log = []
    def tr(frame, event, arg):
        if frame.f_code is not func.__code__: return None
        rel = frame.f_lineno - frame.f_code.co_firstlineno
        log.append((event, rel))
        try: action(frame, event, rel, log)
        except BaseException as e: log.append((type(e).__name__, str(e)))
        return tr
    sys.settrace(tr)
    try:
        try: r = func(*args)
        finally: sys.settrace(None)
        log.append(("result", r if not hasattr(r, "send") else "gen"))
        if hasattr(r, "send"):
            sys.settrace(tr)
            try: log.append(("items", list(r)))
            finally: sys.settrace(None)
    except BaseException as e:
        log.append(("raised", type(e).__name__, str(e)))
    print(func.__name__, log)
def on(ev, frm, to, once=True):
    done = []
    def act(frame, event, rel, log):
        if event == ev and rel == frm and not (once and done):
            done.append(1)
            frame.f_lineno = to if not isinstance(to, int) else frame.f_code.co_firstlineno + to
            log.append(("now", frame.f_lineno - frame.f_code.co_firstlineno))
    return act
def simple():
    a = 1
    b = 2
    c = 3
    return locals()
for to in (1, 2, 3, 4, 0, -1, 5, 100, "x", 1.5, None, True, 10**30):
    run(simple, on("line", 2, to))
run(simple, on("call", 0, 2))
run(simple, on("return", 4, 2))
def loop():
    out = []
    for i in (1, 2):
        out.append(i)
    else:
        out.append("else")
    return out
for f in (1, 2, 3, 5, 6):
    for t in (1, 2, 3, 4, 5, 6):
        run(loop, on("line", f, t))
def gen():
    yield 1
    yield 2
    yield 3
for ev in ("line", "call"):
    for f in (0, 1, 2):
        for t in (1, 2, 3): run(gen, on(ev, f, t))
def exc():
    out = []
    try:
        out.append(1)
        1/0
    except ZeroDivisionError as e:
        out.append(2)
        out.append(3)
    finally:
        out.append(4)
    out.append(5)
    return out, sys.exc_info()
for f in (1, 3, 4, 5, 6, 7, 9, 10):
    for t in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11):
        run(exc, on("line", f, t))
run(exc, on("exception", 4, 10))
def fin():
    out = []
    try:
        1/0
    finally:
        out.append(4)
        out.append(5)
    return out
for f in (1, 3, 5, 6):
    for t in (1, 2, 3, 4, 5, 6, 7):
        run(fin, on("line", f, t))
class CM:
    def __enter__(self): return self
    def __exit__(self, *a): return True
def with_():
    out = []
    with CM() as c:
        out.append(1)
        with CM() as d:
            out.append(2)
    out.append(3)
    return out
for f in (1, 2, 3, 4, 5, 6):
    for t in (1, 2, 3, 4, 5, 6, 7):
        run(with_, on("line", f, t))
def cell():
    def inner(): return a
    a = 1
    a = 2
    return inner()
for f in (1, 2, 3, 4):
    for t in (0, 1, 2, 3, 4): run(cell, on("line", f, t))
def match_(v):
    out = []
    match v:
        case [a, b]:
            out.append(1)
        case {"k": a}:
            out.append(2)
        case int():
            out.append(3)
        case _:
            out.append(4)
    return out
for f in (1, 2, 3, 5, 7, 4, 6):
    for t in (1, 2, 3, 4, 5, 6, 8, 10, 11): run(match_, on("line", f, t), 5)
def calls():
    out = []
    out.append(
        max(1,
            2,
            3))
    out.append(dict(
        a=1,
        b=2))
    return out
for f in (1, 2, 3, 4, 5, 6, 7, 8):
    for t in (1, 2, 3, 4, 5, 6, 7, 8, 9): run(calls, on("line", f, t))
def no():
    pass
try: sys._getframe().f_lineno = 5
except ValueError as e: print(e)
try: sys._getframe().f_lineno = "a"
except ValueError as e: print(e)
try: del sys._getframe().f_lineno
except AttributeError as e: print(e)
