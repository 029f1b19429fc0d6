import sys
def lines(tb):
    out = []
    while tb:
        out.append((tb.tb_frame.f_code.co_name, tb.tb_lineno))
        tb = tb.tb_next
    return out
def a(): b()
def b():
    x = 1
    c(x)
def c(x):
    raise ValueError("deep")
try: a()
except ValueError as e: print(lines(e.__traceback__)); saved = e
try: raise saved
except ValueError as e: print(lines(e.__traceback__))
try: raise saved.with_traceback(None)
except ValueError as e: print(lines(e.__traceback__))
def rer():
    try: c(1)
    except ValueError: raise
try: rer()
except ValueError as e: print(lines(e.__traceback__))
def conv():
    try: c(1)
    except ValueError as e: raise KeyError("k") from e
try: conv()
except KeyError as e: print(lines(e.__traceback__), lines(e.__cause__.__traceback__))
def g():
    yield 1
    c(2)
try: list(g())
except ValueError as e: print(lines(e.__traceback__))
try: [c(i) for i in range(2)]
except ValueError as e: print(lines(e.__traceback__))
try: list(map(c, [1]))
except ValueError as e: print(lines(e.__traceback__))
try: sorted([1, 2], key=lambda v: c(v))
except ValueError as e: print(lines(e.__traceback__))
class K:
    def __add__(s, o): c(1)
    @property
    def p(s): c(1)
    def __len__(s): c(1)
for f in (lambda: K() + 1, lambda: K().p, lambda: len(K())):
    try: f()
    except ValueError as e: print(lines(e.__traceback__))
def fin():
    try: c(1)
    finally: x = 1
try: fin()
except ValueError as e: print(lines(e.__traceback__))
try: exec("def q():\n\n  1/0\nq()")
except ZeroDivisionError as e: print(lines(e.__traceback__))
tb = saved.__traceback__
def mk():
    try: a()
    except ValueError as e: return e
e = mk()
tb = e.__traceback__
print(tb.tb_frame.f_locals.keys() >= set(), tb.tb_next.tb_frame.f_back is not None, tb.tb_lasti >= 0)
tb.tb_next = None
print(lines(tb))
try: tb.tb_next = tb
except ValueError as x: print(x)
try: tb.tb_next = 5
except TypeError as x: print(x)
T = type(tb)
t2 = T(tb, tb.tb_frame, 1, 77)
print(lines(t2), T.__name__)
try: T(1, 2, 3, 4)
except TypeError as x: print(x)
try:
    raise ValueError("multi",
        "line")
except ValueError as e: print(e.__traceback__.tb_lineno)
