import sys, threading
def show(f): return [f.f_code.co_name, f.f_lineno]
def a(): return b()
def b(): return sys._getframe(1).f_code.co_name, sys._getframe(0).f_code.co_name, sys._getframe(2).f_code.co_name, sys._getframe().f_back.f_lineno
print(a()); fr = sys._current_frames(); print(list(fr) == [threading.get_ident()], fr[threading.get_ident()].f_code.co_name)
ev, go = threading.Event(), threading.Event()
def worker():
    x = 'local'; ev.set(); go.wait()
t = threading.Thread(target=worker); t.start(); ev.wait(); fr = sys._current_frames(); f = fr[t.ident]; names = []
while f: names.append(f.f_code.co_name); f = f.f_back
print(len(fr), names[-4:]); w = [q for q in iter(lambda: None, None)]; go.set(); t.join(); print(len(sys._current_frames())); del fr
print(sys._current_exceptions()[threading.get_ident()]); 
try: 1 / 0
except ZeroDivisionError as e: print(sys._current_exceptions()[threading.get_ident()] is e)
f = sys._getframe(); print(f.f_back, f.f_code.co_name, f.f_globals is globals(), f.f_locals is locals(), f.f_builtins is vars(__builtins__), f.f_lasti > 0, f.f_trace, f.f_trace_lines, f.f_trace_opcodes, repr(f)[:9], repr(f).split(' ', 3)[3:] and repr(f).split(',', 1)[1][:7])
for n in ('f_lineno', 'f_code', 'f_back', 'f_globals', 'f_locals', 'f_lasti', 'f_builtins', 'f_trace_lines', 'f_trace_opcodes', 'f_trace'):
    try: setattr(f, n, 5); print('set', n, getattr(f, n)); 
    except Exception as e: print(type(e).__name__, e)
try: del f.f_trace; del f.f_trace_lines
except Exception as e: print(type(e).__name__, e)
def loc(x, y=2, *a, z, **k):
    q = x; f = sys._getframe(); d = f.f_locals; r = 1
    return list(d), list(f.f_locals), d is f.f_locals, locals() is d, f.f_code.co_varnames, f.f_code.co_argcount, f.f_code.co_kwonlyargcount
print(*loc(1, z=3), sep='\n')
def clo():
    c = 1
    def i(): return c, sys._getframe().f_locals, sys._getframe().f_code.co_freevars
    return i(), sys._getframe().f_code.co_cellvars
print(clo())
class K:
    a = 1; fl = sorted(sys._getframe().f_locals); nm = sys._getframe().f_code.co_name; bk = sys._getframe().f_back.f_code.co_name
print(K.fl, K.nm, K.bk, [sys._getframe().f_code.co_name for _ in '1'], list(sys._getframe().f_code.co_name for _ in '1'), (lambda: sys._getframe().f_code.co_name)())
def mod():
    v = 1; sys._getframe().f_locals['v'] = 2; sys._getframe().f_locals['new'] = 3
    return v, sorted(sys._getframe().f_locals), 'new' in locals()
print(mod()); exec('print(sys._getframe().f_code.co_name, sys._getframe().f_locals is globals(), sys._getframe().f_back.f_code.co_name)')
try: type(f)()
except TypeError as e: print(e)
def g(): yield sys._getframe()
i = g(); h = next(i); print(h is i.gi_frame, h.f_back, h.f_code is i.gi_code); list(i); print(i.gi_frame, h.f_lineno)
