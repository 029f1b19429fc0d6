# The tools of `sys.monitoring`: order, DISABLE, restarts, errors of callbacks, beside `sys.settrace`.
import sys
m = sys.monitoring; E = m.events
log = []
def f(x=1):
    y = len([x])
    return y
def g():
    raise ValueError('g')
def cb(tag, res=None):
    def inner(*a):
        log.append(tag)
        return res
    return inner
# order among tools
for t in (0, 1, 2, 5):
    m.use_tool_id(t, f't{t}')
    for n in ('PY_START', 'LINE', 'INSTRUCTION', 'RAISE', 'PY_RETURN', 'CALL', 'C_RETURN'):
        m.register_callback(t, getattr(E, n), cb((n, t)))
for t in (0, 1, 2, 5):
    for n in ('PY_START', 'LINE', 'PY_RETURN', 'CALL', ):
        m.set_local_events(t, f.__code__, m.get_local_events(t, f.__code__) | getattr(E, n))
f()
print(log)
log.clear()
m.set_events(0, E.RAISE); m.set_events(5, E.RAISE); m.set_events(2, E.RAISE)
try: g()
except ValueError: pass
print(log); log.clear()
for t in (0, 1, 2, 5):
    m.set_events(t, 0)
    m.set_local_events(t, f.__code__, 0)
    print(t, m.get_local_events(t, f.__code__))
# global + local the same
m.set_events(0, E.PY_START); m.set_local_events(0, f.__code__, E.PY_START | E.PY_RETURN)
print(m.get_events(0), m.get_local_events(0, f.__code__), m._all_events())
f(); print(log); log.clear()
m.set_events(0, 0)
f(); print(log); log.clear()
m.set_local_events(0, f.__code__, 0)
# DISABLE from each event
for n in ('PY_START', 'PY_RESUME', 'PY_RETURN', 'PY_YIELD', 'CALL', 'LINE', 'INSTRUCTION', 'JUMP', 'BRANCH', 'STOP_ITERATION', 'RAISE', 'EXCEPTION_HANDLED', 'PY_THROW', 'RERAISE', 'C_RETURN', 'C_RAISE'):
    seen = []
    def work():
        def gen():
            try:
                yield 1
            except KeyError:
                yield 3
            return 2
        def outer():
            x = yield from gen()
        def loop():
            for i in range(2):
                if i: pass
            len('a')
            try: int('a')
            except ValueError: pass
            try:
                try: raise OSError
                finally: i = 3
            except OSError: pass
        for i in outer(): pass
        o = keep = outer(); next(o)
        o.throw(KeyError)
        loop()
        keep.close()
    def rec(*a, n=n):
        if a[0].co_name in ('gen', 'outer', 'loop'):
            seen.append(a[0].co_name)
            return m.DISABLE
    m.register_callback(0, getattr(E, n), rec)
    m.set_events(0, E.CALL if n.startswith('C_') else getattr(E, n))
    try:
        work()
        work()
    except BaseException as e:
        err = e
    else: err = None
    m.set_events(0, 0)
    print(n, seen, type(err).__name__, err, m.register_callback(0, getattr(E, n), None) is not None)
    m.restart_events()
# exceptions in callbacks
def boom(*a):
    if a[0].co_name == 'target':
        raise RuntimeError('boom')
def target():
    try:
        for i in range(2):
            len('a')
        int('a')
    except ValueError:
        pass
    except RuntimeError as e:
        return 'caught inside'
    return 'none'
for n in ('PY_START', 'PY_RETURN', 'CALL', 'LINE', 'INSTRUCTION', 'BRANCH', 'RAISE', 'C_RETURN', 'C_RAISE', 'RERAISE'):
    m.register_callback(0, getattr(E, n), boom)
    m.set_events(0, E.CALL if n.startswith('C_') else getattr(E, n))
    try:
        r = target()
    except BaseException as e:
        r = repr(e), repr(e.__context__)
    m.set_events(0, 0)
    print(n, r, m.register_callback(0, getattr(E, n), None) is boom)
# local events with restart and the callback's frame
def frames(code, off):
    if code is f.__code__:
        log.append(sys._getframe(1).f_code.co_name)
        return m.DISABLE
m.register_callback(0, E.PY_START, frames)
m.set_local_events(0, f.__code__, E.PY_START)
f(); f(); m.restart_events(); f(); f()
print(log); log.clear()
m.free_tool_id(0)
f(); m.restart_events(); f(); print(log, m.get_local_events(0, f.__code__))
m.use_tool_id(0, 'again')
print(m.get_local_events(0, f.__code__), m.get_events(0))
f(); print(log)
m.set_local_events(0, f.__code__, 0)
log.clear()
# a callback that is not there, events that are
m.set_events(0, E.PY_START)
f()
m.register_callback(0, E.PY_START, 3)
try: f()
except TypeError as e: print(e)
m.set_events(0, 0)
# offsets of instructions
log.clear()
def small(x):
    return x + 1
m.register_callback(0, E.INSTRUCTION, lambda c, o: log.append(o))
m.set_local_events(0, small.__code__, E.INSTRUCTION)
small(1)
import dis
ofs = [i.offset for i in dis.get_instructions(small)]
print([ofs.index(o) for o in log])
m.set_local_events(0, small.__code__, 0)
# settrace beside
log.clear()
def tr(frame, ev, arg):
    if frame.f_code is f.__code__:
        log.append(('trace', ev)); return tr
m.register_callback(0, E.PY_START, cb('m start')); m.register_callback(0, E.LINE, cb('m line')); m.register_callback(0, E.PY_RETURN, cb('m return'))
m.set_local_events(0, f.__code__, E.PY_START | E.LINE | E.PY_RETURN)
sys.settrace(tr); f(); sys.settrace(None)
print(log)
log.clear()
f(); print(log)
hooks = []
sys.addaudithook(lambda n, a: hooks.append((n, a)) if 'monitor' in n else None)
m.register_callback(0, E.PY_START, None)
print(hooks)

def t(f, *a):
    try:
        print(f.__name__, a, '->', f(*a))
    except Exception as e:
        print(f.__name__, a, type(e).__name__, e)
m.free_tool_id(0)
for tool in (6, -1, 'a'):
    t(m.use_tool_id, tool, 'x')
t(m.use_tool_id, 0, 1)
t(m.use_tool_id, 0, 'x')
t(m.use_tool_id, 0, 'x')
t(m.use_tool_id)
for tool in (0, 3, 9):
    t(m.get_tool, tool)
for events in (1 << 17, -1, E.C_RETURN, E.CALL | E.C_RETURN, E.CALL | E.C_RETURN | E.C_RAISE, 'a', 1 << 40, 0):
    t(m.set_events, 0, events)
    print(m.get_events(0), m._all_events())
t(m.set_events, 3, 1)
c = f.__code__
for events in (E.RAISE, E.LINE | E.STOP_ITERATION, E.CALL | E.C_RETURN, 0):
    try:
        m.set_local_events(0, c, events)
    except ValueError as e:
        print(e)
    print(m.get_local_events(0, c), m.get_local_events(1, c))
for bad in (lambda: m.get_local_events(0, f), lambda: m.set_local_events(0, 1, 1), lambda: m.set_local_events(3, c, 1)):
    try:
        bad()
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
for event in (3, 0, 1 << 17, 1):
    t(m.register_callback, 0, event, None)
t(m.register_callback, 7, 1, None)
print(m.events, m.__name__, 'sys.monitoring' in sys.modules)
print(sorted(n for n in dir(m)))
print([(n, getattr(m, n)) for n in dir(m) if n.endswith('_ID')], type(m.DISABLE), m.DISABLE is m.MISSING)
for name in ('activate_stack_trampoline', 'deactivate_stack_trampoline', 'is_stack_trampoline_active'):
    print(name, hasattr(sys, name))
