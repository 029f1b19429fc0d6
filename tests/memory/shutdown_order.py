# no-stress: at exit the collector finds what is left
import gc
class D:
    def __init__(s, n): s.n = n
    def __del__(s): print("del", s.n, gvar if "gvar" in globals() else None)
gvar = "global alive"
a = D("a"); b = D("b"); l = [D("in list"), D("second")]
c = D("cycle"); c.me = c
class K: attr = D("class attribute")
def f(x=D("default")): pass
import weakref
w = weakref.ref(a, lambda r: print("never called"))
print("end of script")
