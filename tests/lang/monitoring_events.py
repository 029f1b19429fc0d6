# The events of `sys.monitoring`, by line: what tools are told of functions of all kinds.
# no-stress: counts what happens between two lines
import functools
import re
import sys
import types

m = sys.monitoring
E = m.events
NAMES = [n for n in dir(E) if n.isupper() and n != 'NO_EVENTS']
NAMES.sort(key=lambda n: getattr(E, n))

def show(x):
    if x is m.MISSING: return 'MISSING'
    if isinstance(x, BaseException): return f'{type(x).__name__}{x.args}'
    if isinstance(x, types.FunctionType): return f'function {x.__qualname__}'
    if isinstance(x, types.MethodType): return f'method {x.__qualname__}'
    if isinstance(x, type): return f'class {x.__name__}'
    if isinstance(x, types.BuiltinFunctionType): return f'builtin {x.__name__}'
    if isinstance(x, types.MethodDescriptorType): return f'descr {x.__qualname__}'
    r = repr(x)
    return re.sub('0x[0-9a-f]+', '0x', r)

def line(code, offset):
    for s, e, l in code.co_lines():
        if s <= offset < e:
            return l - code.co_firstlineno if l is not None else None
    return '?'

def record(func, events, tool=1, args=()):
    out = []
    def make(name):
        def callback(code, *rest):
            if code.co_filename != __file__: return
            where = code.co_name
            if name == 'LINE':
                out.append((name, where, rest[0] - code.co_firstlineno))
            elif name in ('JUMP', 'BRANCH'):
                out.append((name, where, line(code, rest[0]), line(code, rest[1])))
            elif name == 'INSTRUCTION':
                out.append((name, where, line(code, rest[0])))
            else:
                out.append((name, where, line(code, rest[0])) + tuple(show(r) for r in rest[1:]))
        return callback
    m.use_tool_id(tool, 't')
    total = 0
    for n in NAMES:
        e = getattr(E, n)
        if e & events:
            m.register_callback(tool, e, make(n))
            total |= e
    if total & E.CALL:
        m.register_callback(tool, E.C_RETURN, make('C_RETURN'))
        m.register_callback(tool, E.C_RAISE, make('C_RAISE'))
    m.set_events(tool, total)
    try:
        func(*args)
    except BaseException as ex:
        pass
    m.set_events(tool, 0)
    for n in NAMES:
        m.register_callback(tool, getattr(E, n), None)
    m.free_tool_id(tool)
    return out

funcs = []
def case(f):
    funcs.append(f)
    return f

class A:
    cv = 1
    def __init__(self, x=1): self.x = x
    def meth(self, y): return y
    @classmethod
    def cm(cls): pass
    @staticmethod
    def sm(): pass
    @property
    def p(self): return len([1])
    def __call__(self, z): return z
    def __enter__(self): return self
    def __exit__(self, *a): return True
    def __iter__(self):
        self.n = 0
        return self
    def __next__(self):
        self.n += 1
        if self.n > 2:
            raise StopIteration(5)
        return self.n
    def __add__(self, o): return 7
    def __eq__(self, o): return True
    def __getattr__(self, n):
        raise AttributeError(n)
class B(A):
    def meth(self, y): return super().meth(y)
    def meth2(self, y): return super(B, self).meth(y)
    def bad(self): return super(1, 2).meth()
a = A(); b = B()
def gen(n):
    for i in range(n):
        x = yield i
    return 'done'

@case
def calls():
    len([])
    a.meth(3)
    A.cm()
    a.sm()
    A(4)
    a(5)
    print(end='')
    'x'.upper()
    str.upper('y')
    [].append(1)
    f = a.meth
    f(8)
    f = 'abc'.index
    f('b')
    int('7')
    (lambda q: q)(1)
    (lambda *q, **k: k)(*[1, 2], **{'z': 1})
    max(*[1, 2])
    max(1, 2, key=lambda v: -v)
    sorted([2, 1], key=lambda v: v)
    functools.partial(len, 'a')()
    dict(a=1)
    type('T', (), {})
    A.meth(a, 1)
    list(map(lambda v: v, [1]))
    a.p

@case
def supers():
    b.meth(1)
    b.meth2(2)
    b.bad()

@case
def raising():
    try:
        int('q')
    except ValueError:
        pass
    try:
        1 / 0
    except TypeError:
        pass

@case
def reraising():
    try:
        try:
            raise KeyError('k')
        finally:
            x = 1
    except KeyError as e:
        y = 2
    try:
        try:
            raise KeyError('k')
        except KeyError:
            raise
    except LookupError:
        pass
    try:
        try:
            raise KeyError('k')
        except KeyError as e:
            raise ValueError(1) from e
    except ValueError:
        pass

@case
def starred():
    try:
        raise ExceptionGroup('g', [ValueError(1), KeyError(2)])
    except* ValueError:
        pass
    except* KeyError as e:
        pass

@case
def branches():
    x = 3
    if x > 2:
        y = 1
    else:
        y = 2
    if not x:
        y = 3
    elif y is None:
        y = 4
    while x:
        x -= 1
        if x == 1:
            continue
        if y is not None and x:
            pass
    z = 1 if x else 2
    z = x and y or z
    assert z
    for i in (1, 2):
        if i == 2:
            break
    else:
        z = 5
    for i in ():
        pass
    else:
        z = 6

@case
def one_line_loops():
    for i in range(3): pass
    x = 2
    while x: x -= 1
    [i for i in range(2)]
    {i: i for i in range(2) if i}

@case
def generators():
    for i in gen(2):
        pass
    g = gen(1)
    next(g)
    try:
        g.send(4)
    except StopIteration:
        pass
    for i in a:
        pass
    list(gen(1))
    list(i for i in (1, 2))

@case
def delegation():
    def inner():
        try:
            yield 1
            yield 2
        except ValueError:
            yield 3
        return 9
    def outer():
        r = yield from inner()
        yield from [5]
        return r
    list(outer())
    g = outer()
    next(g)
    g.throw(ValueError('v'))
    g.close()
    g = outer()
    next(g)
    try:
        g.throw(KeyError('v'))
    except KeyError:
        pass

@case
def closing():
    g = gen(3)
    next(g)
    g.close()
    g = gen(3)
    next(g)
    del g

@case
def withs():
    with a as q:
        x = 1
    with a:
        1 / 0
    with a, b:
        pass

@case
def matching():
    match [1, 2]:
        case [1]:
            pass
        case [x, y] if x > 3:
            pass
        case {'a': 1}:
            pass
        case _:
            z = 1

@case
def coroutines():
    class Aw:
        def __await__(self):
            yield 1
            return 2
    async def inner():
        await Aw()
        return 8
    async def main():
        x = await inner()
        async for i in agen():
            pass
        async with cm():
            pass
        return [j async for j in agen()]
    async def agen():
        yield 10
        await Aw()
        yield 20
    class cm:
        async def __aenter__(self): pass
        async def __aexit__(self, *a): pass
    c = main()
    try:
        while True:
            c.send(None)
    except StopIteration as e:
        pass
    c = main()
    c.send(None)
    c.close()

@case
def classes():
    class X:
        a = 1
        def f(self): pass
    class Y(X):
        def __init_subclass__(cls): pass
    class Z(Y): pass
    x = X()
    del x.a
@case
def natives_calling():
    sorted([A(2), A(1)], key=lambda q: q.x)
    try:
        sorted([1, 2], key=lambda q: 1 / 0)
    except ZeroDivisionError:
        pass
    a + 1
    a == 2
    a.zzz

@case
def multi_line():
    x = (1 +
         len('ab') +
         3)
    y = [
        x,
        len('a'),
    ]
    z = a.meth(
        x
    )
    return (
        z
    )
@case
def comprehension():
    t = [len(i) for i in ('a', 'b') if i]
    u = sum(i for i in range(2))
@case
def nested_try():
    for i in range(2):
        try:
            if i:
                raise ValueError
        except ValueError:
            continue
        finally:
            pass
@case
def lambdas():
    f = lambda: (yield)
    g = f(); next(g)
    try: next(g)
    except StopIteration: pass
@case
def deep_unwind():
    def one(): two()
    def two():
        try:
            three()
        finally:
            pass
    def three(): raise OSError(3)
    one()

SETS = [
    ('calls', E.CALL),
    ('flow', E.PY_START | E.PY_RESUME | E.PY_RETURN | E.PY_YIELD | E.PY_UNWIND | E.PY_THROW),
    ('line', E.LINE),
    ('branch', E.JUMP | E.BRANCH),
    ('raise', E.RAISE | E.RERAISE | E.EXCEPTION_HANDLED | E.PY_UNWIND | E.STOP_ITERATION),
    ('stop', E.STOP_ITERATION),
    ('all', (1 << 15) - 1 - E.INSTRUCTION - E.CALL),
]
if __name__ == '__main__':
    for name, events in SETS:
        for f in funcs:
            print('==', name, f.__name__)
            for r in record(f, events):
                print('  ', *r)
