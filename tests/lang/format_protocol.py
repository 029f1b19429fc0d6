class A:
    def __format__(s, spec): return f"[{spec!r}]"
print(f"{A()}", f"{A():x}", format(A()), format(A(), "q"), "{}".format(A()), "{:a b}".format(A()), f"{A()!s:>3}"[:1], f"{A():{'n' + 'ested'}}")
class B:
    def __str__(s): return "B-str"
print(f"{B()}", format(B(), ""), "{}".format(B()))
for f in (lambda: format(B(), "5"), lambda: f"{B():x}", lambda: "{:>5}".format(object())):
    try: f()
    except TypeError as e: print(e)
class C(int):
    def __format__(s, spec): return "C" + super().__format__(spec)
print(f"{C(5):03d}", format(C(5)), "%d" % C(5), str(C(5)), f"{C(5)!r}")
class D(str):
    def __format__(s, spec): return "D" + spec
print(f"{D('x'):>5}", "{:q}".format(D("x")), format(D("y"), "z"), "%s" % D("w"))
class E:
    def __format__(s, spec): raise ValueError("format error " + spec)
try: f"{E():bad}"
except ValueError as e: print(e)
class F:
    __format__ = None
try: format(F())
except TypeError as e: print(e)
class G:
    def __format__(s): return "x"
try: format(G())
except TypeError as e: print(e)
class H:
    def __format__(s, spec): return D("sub")
print(type(format(H())).__name__, type(f"{H()}").__name__)
class Date:
    def __init__(s, *a): s.a = a
    def __format__(s, spec): return spec.replace("%Y", str(s.a[0])).replace("%m", f"{s.a[1]:02}")
print(f"{Date(2024, 3):%Y-%m}", "{0:%Y/%m}".format(Date(2023, 11)), f"{Date(1, 2)::%m:}", f"{Date(5, 6):{'%Y'}!}")
