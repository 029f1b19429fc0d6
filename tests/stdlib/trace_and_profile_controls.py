import warnings; warnings.simplefilter('ignore')
import sys, threading
print(sys.gettrace(), sys.getprofile())
def t(f, e, a): return None
sys.settrace(t); print(sys.gettrace() is t); sys.settrace(None)
def lines(f, e, a):
    out.append((e, f.f_lineno - f.f_code.co_firstlineno)); return lines
out = []
def f():
    a = 1
    b = 2
    return a
def nolines(fr, e, a): fr.f_trace_lines = False; out.append(e); return nolines
sys.settrace(nolines); f(); sys.settrace(None); print(out); out.clear()
def ops(fr, e, a): fr.f_trace_opcodes = True; out.append(e); return ops
sys.settrace(ops); f(); sys.settrace(None); print(out.count('opcode') > 4, out.count('line'), out[-1]); out.clear()
def jumper(fr, e, a):
    if e == 'line' and fr.f_lineno - fr.f_code.co_firstlineno == 2: fr.f_lineno = fr.f_code.co_firstlineno + 3
    out.append((e, fr.f_lineno - fr.f_code.co_firstlineno)); return jumper
sys.settrace(jumper); print(f()); sys.settrace(None); print(out); out.clear()
def bad(fr, e, a): raise ValueError('in tracer')
sys.settrace(bad)
try: f()
except ValueError as e: print(e, sys.gettrace())
def badline(fr, e, a):
    if e == 'line': raise KeyError('line')
    return badline
sys.settrace(badline)
try: f()
except KeyError as e: print(e, sys.gettrace())
def locals_(fr, e, a):
    if e == 'return': out.append(sorted(fr.f_locals.items()))
    return locals_
sys.settrace(locals_); f(); sys.settrace(None); print(out); out.clear()
def local_only(fr, e, a): out.append(e); return lambda *q: out.append(('inner', q[1]))
sys.settrace(local_only); f(); sys.settrace(None); print(out); out.clear()
def setloc():
    sys._getframe().f_trace = lines; sys.settrace(lambda *a: None)
    x = 1
    y = 2
setloc(); sys.settrace(None); print(out); out.clear()
prof = []
def p(fr, e, a): prof.append((fr.f_code.co_name, e, getattr(a, '__name__', a)))
def g(): len([]); yield 1; sorted([2, 1], key=lambda x: x)
def h():
    for i in g(): abs(i)
    try: int('x')
    except ValueError: pass
    [].append(1); str(5); [i for i in 'a']; return 3
sys.setprofile(p); h(); sys.setprofile(None); print(*prof, sep='\n'); prof.clear()
class C:
    def __init__(self): pass
    def __add__(self, o): return 1
    def __del__(self): pass
sys.setprofile(p); C() + 1; C; sys.setprofile(None); print(prof); prof.clear()
def badp(*a): raise ValueError('p')
sys.setprofile(badp)
try: f()
except ValueError as e: print(e, sys.getprofile())
threading.setprofile(p); th = threading.Thread(target=f); th.start(); th.join(); threading.setprofile(None); print([q for q in prof if q[0] == 'f'], threading.gettrace(), threading.getprofile()); prof.clear()
def tl(fr, e, a): out.append((fr.f_code.co_name, e)); return tl
threading.settrace(tl); th = threading.Thread(target=f); th.start(); th.join(); threading.settrace(None); print([q for q in out if q[0] == 'f'])
try: sys._getframe().f_lineno = 5
except ValueError as e: print(e)
try: sys.settrace()
except TypeError as e: print(e)
