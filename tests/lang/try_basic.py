def f(x):
    try:
        if x == 0: raise ValueError("v")
        if x == 1: raise KeyError("k")
        if x == 2: 1 / 0
        if x == 3: return "returned"
        if x == 4: raise OSError(2, "nope")
    except ValueError as e:
        r = ("value", str(e))
    except (KeyError, IndexError) as e:
        r = ("lookup", str(e))
    except ArithmeticError:
        r = ("arith",)
    except:
        r = ("bare",)
    else:
        r = ("else",)
    finally:
        print("finally", x, end=" ")
    return r
for i in range(6): print(f(i))
try:
    try: raise TypeError("inner")
    finally: print("cleanup")
except TypeError as e: print(e)
try: raise ValueError("x")
except ValueError as e: pass
try: e
except NameError as n: print(n)
e = "kept?"
try: raise ValueError
except ValueError as e: e = 5
try: print(e)
except NameError as n: print("gone:", n)
try: raise ValueError
except ValueError as e: del e
print("ok")
def exc_expr():
    print("evaluated"); return ValueError
try: pass
except exc_expr(): pass
try: raise ValueError
except exc_expr(): print("caught")
for bad in [5, "s", None, (ValueError, 5), object]:
    try:
        try: raise KeyError("orig")
        except bad: pass
    except TypeError as e: print(e, "| context:", repr(e.__context__))
    except KeyError: print("not evaluated?")
try:
    try: raise KeyError
    except (ValueError, (IndexError, KeyError)): print("nested tuple")
except TypeError as e: print(e)
try: raise KeyError
except (): pass
except KeyError: print("after empty tuple")
class E(Exception): pass
class F(E): pass
for c in (E, F):
    try: raise c
    except F: print("F")
    except E: print("E")
try: raise E("a", 1)
except E as e: print(e.args, str(e), repr(e))
try: pass
except: print("no")
else: print("else")
finally: print("fin")
try:
    try: raise ValueError(1)
    except ValueError: raise KeyError(2)
    finally: print("fin2")
except KeyError as e: print(repr(e.__context__), e.__cause__, e.__suppress_context__)
try:
    try: pass
    except: pass
    else: raise IndexError("in else")
    finally: print("fin3")
except IndexError as e: print(e)
for s in ["try: pass", "try: pass\nelse: pass", "try: pass\nexcept: pass\nexcept ValueError: pass", "except: pass", "try: pass\nfinally: pass\nexcept: pass", "try: pass\nexcept A, B: pass", "try: pass\nexcept A as b.c: pass", "try: pass\nexcept A as 1: pass", "try: pass\nexcept* A: pass\nexcept B: pass", "try: pass\nexcept*: pass", "try:\n pass\nx = 1", "try: pass\nelse: pass\nexcept: pass", "try pass"]:
    try: compile(s, "s", "exec"); print("ok")
    except SyntaxError as e: print(e.msg, e.lineno, e.offset)
