# What a trace function is told: call, line, return and exception events of every kind of statement.
import sys
def show(frame, event, arg):
    if frame.f_code.co_filename != __file__: return None
    a = arg
    if type(a).__name__ == 'CM': a = 'CM'
    if event == 'exception': a = (arg[0].__name__, str(arg[1]))
    elif callable(arg): a = getattr(arg,'__name__',arg)
    log.append((event, frame.f_code.co_name, frame.f_lineno - frame.f_code.co_firstlineno, a if not hasattr(a,'send') else 'gen'))
    return show
log=[]
def run(f,*a):
    log.clear()
    sys.settrace(show)
    try:
        try: f(*a)
        finally: sys.settrace(None)
    except BaseException as e: log.append(('escaped', type(e).__name__))
    print('==', f.__name__)
    for l in log: print(l)
def simple():
    x = 1
    y = 2; z = 3
    return x
def loops():
    for i in range(2):
        pass
    while x1():
        break
    else:
        pass
    for j in ():
        1
    for i in range(2): x = i
    while False:
        pass
def x1(): return True
def gen():
    yield 1
    yield 2
def usegen():
    for v in gen():
        v
    g = gen()
    next(g)
    g.close()
    try:
        g2 = gen(); next(g2)
        g2.throw(ValueError('x'))
    except ValueError:
        pass
def exc():
    try:
        1/0
    except ZeroDivisionError as e:
        pass
    finally:
        a = 1
    try:
        raise KeyError
    except ValueError:
        pass
class CM:
    def __enter__(self): return self
    def __exit__(self,*a): return True
def withs():
    with CM() as c:
        x = 1
        raise ValueError
    with CM(): pass
    return 1
def comp():
    a = [i for i in range(2)]
    b = {i
         for i in (1,2)
         if i}
    c = (i for i in a)
    list(c)
    d = lambda: 1
    return d()
def cls():
    class A:
        x = 1
        def f(self): return 1
    return A().f()
def multi():
    x = (1 +
         2 +
         x1())
    return [x,
            1,
            2]
def cond(a):
    if a and x1():
        b = 1
    elif a:
        b = 2
    else:
        b = 3
    c = 1 if a else 2
    assert a is not None
    return (a and
            b)
def matchs(v):
    match v:
        case 1:
            return 1
        case [a, b] if a:
            return 2
        case _:
            pass
def nested():
    def inner(n):
        if n: return inner(n-1)
        raise TypeError('deep')
    try:
        inner(2)
    except TypeError:
        return 'ok'
def tryfin():
    for i in (1,2):
        try:
            continue
        finally:
            x = 1
    try:
        return 1
    finally:
        y = 2
def excgroup():
    try:
        raise ExceptionGroup('g', [ValueError(1), TypeError(2)])
    except* ValueError:
        pass
    except* TypeError as e:
        pass
def deleter():
    x = [1]; del x[0]
    global gg
    gg = 1
    del gg
    import sys as s
    from os import path
    pass
    "doc"
    ...
for f in (simple, loops, usegen, exc, withs, comp, cls, multi, nested, tryfin, excgroup, deleter): run(f)
for a in 1, 0:
    run(cond, a)
for a in [1, 2], 1, 'q':
    run(matchs, a)


def own_frame():
    frame = sys._getframe()
    frame.f_trace = show
    sys.settrace(show)
    a = 1
    b = [0,
         a]
    sys.settrace(None)


def start_above():
    frame = sys._getframe().f_back
    frame.f_trace = show
    sys.settrace(show)


def from_below():
    start_above()
    x = 1
    for i in range(2):
        y = i
    sys.settrace(None)


for f in own_frame, from_below:
    log.clear()
    f()
    print(f.__name__, log)
