def f(a, b=1, /, c=2, *args, d, e=4, **kw):
    """doc"""
    x = a + b
    y = [i for i in args]
    def inner(): return x
    return inner, y, 1.5, "const", None, (1, 2)
c = f.__code__
print(c.co_name, c.co_qualname, c.co_argcount, c.co_posonlyargcount, c.co_kwonlyargcount, c.co_firstlineno, c.co_filename.endswith("code_attrs.py"))
print(c.co_varnames, c.co_cellvars, c.co_freevars, c.co_names, c.co_nlocals)
print([k for k in c.co_consts if not hasattr(k, "co_code")], bool(c.co_flags & 4), bool(c.co_flags & 8), bool(c.co_flags & 0x20), c.co_stacksize > 0, type(c.co_code).__name__, len(c.co_code) % 2)
print(c == c, c == f.__code__, hash(c) == hash(c), (lambda: 1).__code__ == (lambda: 1).__code__, repr(c).startswith("<code object f at 0x"), c.co_consts[0])
g = c.replace(co_name="renamed"); print(g.co_name, c.co_name, g == c, g.co_argcount)
def gen(): yield
async def co(): pass
async def ag(): yield
print([x.__code__.co_flags & (0x20 | 0x80 | 0x200) for x in (gen, co, ag, f)])
m = compile("x = 1\ny = x + 2\ndef q(): pass", "file.py", "exec"); print(m.co_name, m.co_qualname, m.co_filename, m.co_names, m.co_firstlineno, m.co_argcount, m.co_flags & 3)
e = compile("a + b", "e", "eval"); print(e.co_names, eval(e, {"a": 1, "b": 2}), e.co_name)
def t(f):
    try: print(f())
    except Exception as x: print(type(x).__name__, x)
t(lambda: setattr(c, "co_name", "x")); t(lambda: c.replace(co_bad=1)); t(lambda: c.nope); t(lambda: type(c)()); t(lambda: c.replace(co_name=5)); t(lambda: list(c.co_lines())[0][2]); t(lambda: {l for _, _, l in m.co_lines()}); t(lambda: len(list(c.co_positions())) > 0)
class K:
    def m(self): return __class__
print(K.m.__code__.co_freevars, K.m.__code__.co_qualname, [k.co_name for k in m.co_consts if hasattr(k, "co_name")], (lambda x: x).__code__.co_name, [x for x in c.co_consts if hasattr(x, "co_name")][0].co_name)
def consts(): return 1, 2, (3, 4), "s", b"b", None, True, 1.0, ..., frozenset
print(consts.__code__.co_consts, consts.__code__.co_names)
def many(): a = b = c_ = 1; del a; return locals()
print(many.__code__.co_varnames, many.__code__.co_nlocals)
exec(c.replace(co_consts=c.co_consts) if 0 else m); print(y)
t(lambda: exec(f.__code__)); t(lambda: exec((lambda: f).__code__)); 
def clos():
    z = 1
    return lambda: z
t(lambda: exec(clos().__code__)); t(lambda: eval(clos().__code__))
print(eval(compile("1 + 1", "s", "eval")), exec(compile("pass", "s", "exec")), eval(compile("w = 5", "s", "exec")), w, exec("'x'"), eval(compile("3", "s", "single")) if 0 else "")
exec(compile("1 + 1; 'two'; None; [3]", "s", "single"))
for a in [("1", "s", "bad"), ("1", 5, "exec"), (5, "s", "exec"), ("x = 1", "s", "eval"), ("1; 2", "s", "eval"), ("a = 1\nb = 2", "s", "single"), ("1\0", "s", "eval"), (), ("1",), ("1", "s"), ("", "s", "eval"), ("", "s", "exec"), ("", "s", "single"), (b"x = 1", b"s", "exec"), ("  1", "s", "eval"), ("  1", "s", "exec"), ("1", "s", "exec", 1 << 30), ("if 1: pass", "s", "single"), ("if 1:\n pass", "s", "single"), ("# c", "s", "exec"), ("\n\n1", "s", "single")]:
    try: print(a, type(compile(*a)).__name__)
    except Exception as x: print(a, type(x).__name__, x)
