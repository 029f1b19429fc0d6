def f(a: int, b: "str" = "x", *args: 1, c: list = [], **kw: dict) -> None:
    """Doc of f."""
    loc = 1
    return loc
print(f.__name__, f.__qualname__, f.__module__, f.__doc__)
print(f.__annotations__)
print(f.__defaults__, f.__kwdefaults__, f.__dict__, f.__closure__, f.__type_params__)
c = f.__code__
print(c.co_name, c.co_qualname, c.co_argcount, c.co_posonlyargcount, c.co_kwonlyargcount, c.co_nlocals, c.co_varnames, c.co_firstlineno)
print(c.co_flags & 4, c.co_flags & 8, c.co_cellvars, c.co_freevars, c.co_consts[0])
f.x = 1; f.y = 2
print(f.__dict__, f.x)
del f.x
try: f.x
except AttributeError as e: print(e)
try: del f.zz
except AttributeError as e: print(e)
f.__name__ = "renamed"; f.__qualname__ = "Q.renamed"
print(f.__name__, repr(f).split(" at ")[0])
for attr, v in [("__name__", 1), ("__qualname__", None), ("__code__", 1), ("__dict__", 1), ("__annotations__", 1), ("__closure__", None), ("__globals__", {}), ("__builtins__", {}), ("__type_params__", 1)]:
    try:
        setattr(f, attr, v); print(attr, "set")
    except Exception as e: print(attr, type(e).__name__, e)
def nodoc(): pass
print(nodoc.__doc__, nodoc.__annotations__, nodoc.__kwdefaults__)
def g(): return "g"
nodoc.__code__ = g.__code__
print(nodoc(), nodoc.__name__)
y = 1
def mk():
    z = 1
    return lambda: z
try: g.__code__ = mk().__code__
except ValueError as e: print(e)
def outer():
    def inner():
        class K:
            def m(self): pass
        return K
    return inner
print(outer.__qualname__, outer().__qualname__, outer()().__qualname__, outer()().m.__qualname__)
print(type(f), type(f).__name__, callable(f))
print(f.__globals__ is globals(), f.__get__(5), )
class A: pass
a = A()
m = f.__get__(a, A)
print(m.__self__ is a, m.__func__ is f)
F = type(f)
n = F(g.__code__, {}, "nn", None, None)
print(n.__name__, n())
for args in [(), (1,), (g.__code__,), (g.__code__, 1), (g.__code__, {}, 1), (g.__code__, {}, "n", 1), (g.__code__, {}, "n", None, (1,)), (mk().__code__, {})]:
    try: print(type(F(*args)))
    except Exception as e: print(type(e).__name__, e)
try: class_f = type("X", (F,), {})
except TypeError as e: print(e)
