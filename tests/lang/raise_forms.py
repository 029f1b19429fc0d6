import sys
class E(Exception):
    def __init__(self, *a): print("init", a); super().__init__(*a)
def t(f):
    try: f()
    except BaseException as e:
        print(type(e).__name__, e.args, "cause", repr(e.__cause__), "ctx", repr(e.__context__), "supp", e.__suppress_context__)
def r1(): raise E
def r2(): raise E(1, 2)
def r3(): raise E from None
def r4(): raise E from KeyError("cause")
def r5(): raise E from KeyError
def r6():
    try: raise KeyError("a")
    except KeyError: raise E("b")
def r7():
    try: raise KeyError("a")
    except KeyError: raise E("b") from None
def r8():
    try: raise KeyError("a")
    except KeyError as e: raise E("b") from e
def r9(): raise
def r10(): raise 5
def r11(): raise "str"
def r12(): raise None
def r13(): raise object
def r14(): raise E from 5
def r15(): raise E from "x"
def r16():
    try: raise KeyError("re")
    except KeyError: raise
def r17():
    try: raise KeyError("same")
    except KeyError as e: raise e
def r18():
    try:
        try: raise KeyError(1)
        except KeyError: raise IndexError(2)
    except IndexError: raise ValueError(3)
class Bad(Exception):
    def __new__(cls, *a): return 5
def r19(): raise Bad
class BadI(Exception):
    def __init__(self): raise IndexError("in init")
def r20(): raise BadI
def r21(): raise ValueError from BadI
def r22(): raise (ValueError, KeyError)
def r23():
    e = ValueError("self"); e.__context__ = e2 = KeyError("ctx")
    raise e
def r24():
    try: raise KeyError("k")
    finally: raise ValueError("v")
def r25(): raise E().with_traceback(None)
def r26(): raise StopIteration(3)
def r27(): raise type("Dyn", (Exception,), {})("dyn")
def r28(): raise BaseException
for n in range(1, 29):
    print(n, end=" "); t(globals()[f"r{n}"])
try: raise ValueError("outer")
except ValueError:
    try: raise KeyError("inner")
    except KeyError: pass
    print(sys.exc_info()[1], sys.exception())
    try: raise
    except ValueError as e: print("reraised", e, e.__context__)
e = ValueError("cyc")
try:
    try: raise e
    except ValueError: raise e
except ValueError as x: print(x.__context__)
try:
    try: raise KeyError("x")
    except KeyError as k:
        try: raise ValueError("y")
        except ValueError: raise k
except KeyError as k: print(k, repr(k.__context__), repr(k.__context__.__context__))
e = ValueError()
for v in (5, "x", [], ValueError):
    for a in ("__cause__", "__context__", "__traceback__", "__suppress_context__", "args"):
        try: setattr(e, a, v); print(a, "ok")
        except TypeError as x: print(a, x)
e.__cause__ = None; print(e.__suppress_context__, e.__cause__)
for a in ("__cause__", "__context__", "__traceback__", "args"):
    try: delattr(e, a)
    except TypeError as x: print(x)
try: e.with_traceback(5)
except TypeError as x: print(x)
