import sys, gc
gc.disable()
seen = []
sys.unraisablehook = lambda u: seen.append((u.exc_type.__name__, str(u.exc_value), u.err_msg, getattr(u.object, "__qualname__", None), u.exc_traceback is not None))
def show(): print(seen); seen.clear()
class D:
    def __del__(s): raise ValueError("boom")
d = D(); del d; show()
class E:
    def __del__(s): sys.exit(5)
e = E(); del e; show()
class F:
    def __del__(s): raise KeyboardInterrupt("ki")
f = F(); f.me = f; del f; print(gc.collect()); show()
class G:
    def __del__(s, extra): pass
g = G(); del g; show()
class H: __del__ = 5
h = H(); del h; show()
class I: pass
i = I(); i.__del__ = lambda: print("never"); del i; show()
class J:
    def __del__(s): 1 / 0
def f2():
    j = J()
    raise KeyError("in flight")
try: f2()
except KeyError as e: print(e, e.__context__)
show()
try:
    try: raise KeyError("a")
    finally: j = J(); del j
except KeyError as e: print(repr(e), repr(e.__context__))
show()
class K:
    @staticmethod
    def __del__(): raise ValueError("static")
k = K(); del k; show()
class L:
    @classmethod
    def __del__(cls): raise ValueError("class " + cls.__name__)
l = L(); del l; show()
class M:
    def __getattribute__(s, n): raise RuntimeError("getattribute " + n)
    def __del__(s): print("M del found on type")
m = M(); del m; show()
import weakref
w = []
class N: pass
def cb(r): raise IndexError("callback")
n = N(); r = weakref.ref(n, cb); del n; show()
x = [D(), D()]; x.clear(); show(); D(); show()
sys.unraisablehook = lambda u: 1 / 0
try: sys.unraisablehook = sys.__unraisablehook__
finally: print(sys.unraisablehook is sys.__unraisablehook__)
def deco(fn): return lambda s: fn(s)
class O:
    @deco
    def __del__(s): print("decorated del")
O(); O.__del__ = lambda s: print("replaced"); O(); del O.__del__; O(); print("none")
class P(O): pass
O.__del__ = lambda s: print("inherited", type(s).__name__); P()
class Q(P):
    def __del__(s): print("Q"); super().__del__()
Q()
