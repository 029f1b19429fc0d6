import sys
M = type(sys)
m = M("mymod", "doc text")
print(m.__name__, m.__doc__, m.__dict__.keys() >= {"__name__"}, repr(m), m.__package__, m.__loader__, m.__spec__)
m.x = 1; print(m.x, vars(m)["x"]); del m.x
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
t(lambda: m.x); t(lambda: M()); t(lambda: M(5)); t(lambda: M("a", "b", "c")); t(lambda: setattr(m, "__dict__", {})); t(lambda: m()); t(lambda: m["a"]); t(lambda: M("q").__doc__); t(lambda: repr(M("z")))
exec("y = 5\ndef f(): return y", m.__dict__); print(m.f(), m.y); m.y = 7; print(m.f(), m.f.__module__, m.f.__globals__ is m.__dict__)
m.__getattr__ = lambda n: "dyn " + n; print(m.anything, hasattr(m, "q")); m.__dir__ = lambda: ["only"]; print(dir(m)); del m.__getattr__
t(lambda: m.gone); del m.__name__; t(lambda: m.gone); t(lambda: repr(m))
class Sub(M):
    def __getattr__(self, n): return f"sub {n}"
    prop = property(lambda s: "property on module")
s = Sub("s"); print(s.foo, s.prop, isinstance(s, M), s.__name__); m2 = M("n"); m2.__class__ = Sub; print(m2.prop, m2.bar)
t(lambda: setattr(sys, "__class__", int)); sys.myattr = 1; print(sys.myattr); del sys.myattr; t(lambda: sys.myattr)
print(__name__, sys.modules["__main__"].__dict__ is globals(), M.__name__, type(m2.__dict__), M("a") == M("a"), hash(m2) == hash(m2))
import builtins; print(builtins.__name__, builtins.len is len, builtins.__dict__["print"] is print, repr(builtins), builtins.__spec__ is not None)
def g():
    global newglobal; newglobal = 1
g(); print("newglobal" in vars(sys.modules["__main__"]), __builtins__ is builtins)
