# types.CodeType() with the instructions of other code, what code.replace() checks, and _opcode.stack_effect().
import types
def f(a,b=1,*,c): 
    x=1
    try:
        return [a for a in (1,)]
    finally:
        def g(): return x
c=f.__code__
def args(c): return [c.co_argcount,c.co_posonlyargcount,c.co_kwonlyargcount,c.co_nlocals,c.co_stacksize,c.co_flags,c.co_code,c.co_consts,c.co_names,c.co_varnames,c.co_filename,c.co_name,c.co_qualname,c.co_firstlineno,c.co_linetable,c.co_exceptiontable,c.co_freevars,c.co_cellvars]
base=args(c)
n=types.CodeType(*base)
print(n==c, hash(n)==hash(c), n is c, types.FunctionType(n,{})(1,2,c=2))
base[10:14]=['file','name','qual',77]
n=types.CodeType(*base)
print(n==c, n.co_filename, n.co_name, n.co_qualname, n.co_firstlineno, list(n.co_lines())[1][2]-77 == list(c.co_lines())[1][2]-c.co_firstlineno)
base=args(c)
def t(i,v):
    b=list(base); b[i]=v
    try: print(i,repr(v)[:30],isinstance(types.CodeType(*b), types.CodeType))
    except BaseException as e: print(i,repr(v)[:30],type(e).__name__,e)
for i in range(18):
    for v in (None,'x',b'x',1.5,-1,1000,(1,),[]):
        if i in (4,5,7,8,9,13,14,15,16,17) and v in (-1,b'x',(1,)) or i==1 and v == 1000: continue
        t(i,v)
for a in ((),base[:15],base[:16]+[1],base+[()],):
    try: print(types.CodeType(*a)==c)
    except BaseException as e: print(type(e).__name__,e)
try: types.CodeType(*base[:16],freevars=())
except BaseException as e: print(type(e).__name__,e)
def outer():
    v = 5
    def inner(): return v
    return inner
i=outer()
n=types.CodeType(*args(i.__code__))
print(types.FunctionType(n,{},'n',(),i.__closure__)())
def t(**k):
    try: print(sorted(k), c.replace(**k)==c)
    except BaseException as e: print(k,type(e).__name__,e)
t(co_varnames=('a',)); t(co_argcount=1000); t(co_nlocals=1); t(co_code=b'x'); t(co_stacksize=-1); t(co_flags=-1)
t(co_name='q'); t(co_filename='z')
import _opcode, dis
for a in ((1,), (dis.opmap['LOAD_CONST'],1), (dis.opmap['LOAD_CONST'],), (1,0), (144,1)):
    try: print(_opcode.stack_effect(*a), dis.stack_effect(*a))
    except ValueError as e: print(e)
try: _opcode.stack_effect(1, jump=3)
except ValueError as e: print(e)
