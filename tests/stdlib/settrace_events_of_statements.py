import sys
ev = []
def tracer(f, e, a):
    if f.f_code.co_filename != __file__: return
    ev.append((f.f_code.co_name, e, f.f_lineno - f.f_code.co_firstlineno, a if e == 'return' and not hasattr(a, 'gi_frame') else a[0].__name__ if e == 'exception' else None)); return tracer
def run(fn, *a):
    ev.clear(); sys.settrace(tracer)
    try: r = fn(*a)
    except Exception as x: r = type(x).__name__
    finally: sys.settrace(None)
    print(fn.__name__, r if isinstance(r, (int, str, type(None))) else type(r).__name__)
    for q in ev:
        if q[0] != 'run': print('  ', *q)
def simple(x):
    y = x + 1
    if y > 2:
        y = 5
    else:
        y = 6
    return y
def loop():
    for i in range(2):
        i += 1
    while i:
        i -= 1
    return i
def handled():
    try:
        1 / 0
    except ZeroDivisionError:
        x = 1
    finally:
        x = 2
    return x
def unhandled():
    raise KeyError
def gen():
    yield 1
    yield 2
def usegen(): return sum(gen())
def comp(): return len([i for i in range(2)])
def wit():
    class C:
        def __enter__(self): return 1
        def __exit__(self, *a): return True
    with C() as c:
        raise ValueError
    return c
def deep(n):
    if n: return deep(n - 1)
    return 0
def lam(): return (lambda: 3)()
def matcher(v):
    match v:
        case 1: return 'one'
        case [a, b]: return 'two'
        case _: return 'x'
def rethrow():
    try:
        unhandled()
    except KeyError:
        raise ValueError
def finret():
    try: return 1
    finally: pass
def brk():
    for i in (1, 2):
        if i == 1: continue
        break
    else: return 5
def assertion():
    assert 0, 'x'
def multi(): return (1 +
        2 +
        3)
def deleting():
    x = [1]
    del x[0], x
def doc():
    'doc'
def nothing(): pass
for f, *a in ((simple, 1), (simple, 5), (loop,), (handled,), (unhandled,), (usegen,), (comp,), (wit,), (deep, 2), (lam,), (matcher, 1), (matcher, [1, 2]), (matcher, 7), (rethrow,), (finret,), (brk,), (assertion,), (multi,), (deleting,), (doc,), (nothing,)): run(f, *a)
