def run(eg, label=""):
    try:
        try: raise eg
        except* ValueError as e: print(label, "VE", e, e.exceptions)
        except* (KeyError, IndexError) as e: print(label, "LE", e.exceptions)
        else: print("else")
        finally: print("fin")
    except BaseException as e:
        print("rest", repr(e))
run(ExceptionGroup("g", [ValueError(1), KeyError(2), TypeError(3), ValueError(4)]))
run(ExceptionGroup("g", [ValueError(1)]))
run(ExceptionGroup("g", [TypeError(1)]))
run(ValueError("naked"))
run(TypeError("naked"))
run(ExceptionGroup("o", [ExceptionGroup("i", [ValueError(1), OSError(2)]), IndexError(3)]))
run(BaseExceptionGroup("b", [ValueError(1), KeyboardInterrupt()]))
try:
    try: pass
    except* ValueError: print("no")
    else: print("else runs")
finally: print("done")
try:
    try: raise ExceptionGroup("g", [ValueError(1), KeyError(2)])
    except* ValueError: raise TypeError("new")
    except* KeyError: raise OSError("new2")
except BaseException as e:
    print(repr(e)); print([repr(x.__context__) for x in e.exceptions])
try:
    try: raise ExceptionGroup("g", [ValueError(1), KeyError(2)])
    except* ValueError: raise
except ExceptionGroup as e: print(repr(e))
try:
    try: raise ExceptionGroup("g", [ValueError(1), KeyError(2)])
    except* ValueError as v: raise v
    except* KeyError as k: raise RuntimeError("r") from k
except ExceptionGroup as e: print(repr(e), repr(e.exceptions[0]), repr(e.exceptions[1].__cause__ if len(e.exceptions) > 1 else 0))
try:
    try: raise ValueError("n")
    except* ValueError as g: print(repr(g)); raise
except BaseException as e: print("again", repr(e))
for bad in (ExceptionGroup, BaseExceptionGroup, (ValueError, ExceptionGroup), 5, "x"):
    try:
        try: raise ValueError
        except* bad: pass
    except TypeError as e: print(e)
    except BaseException as e: print(repr(e))
def f():
    for i in range(3):
        try: raise ExceptionGroup("l", [ValueError(i)])
        except* ValueError as e: r = e
        finally: print("i", i)
    return "ret"
print(f())
try: e
except NameError as n: print(n)
for s in ["for i in x:\n try: pass\n except* A: break", "for i in x:\n try: pass\n except* A: continue", "def f():\n try: pass\n except* A: return", "try: pass\nexcept A: pass\nexcept* B: pass", "try: pass\nexcept*: pass", "def f():\n try: pass\n except* A:\n  for i in x: break"]:
    try: compile(s, "s", "exec"); print("ok")
    except SyntaxError as e: print(e.msg)
try:
    try: raise ExceptionGroup("top", [ValueError(1), ExceptionGroup("n", [ValueError(2), KeyError(3)])])
    except* ValueError as e:
        print(repr(e), e.message, [type(x).__name__ for x in e.exceptions])
except* KeyError as e: print("outer", repr(e))
class G(ExceptionGroup):
    def derive(self, excs): return G(self.message + "!", excs)
try:
    try: raise G("custom", [ValueError(1), KeyError(2)])
    except* ValueError as e: print(type(e).__name__, e)
except G as e: print(type(e).__name__, e)
