import sys
def chain(e):
    out = []
    while e is not None:
        out.append(f"{type(e).__name__}({e})")
        e = e.__context__
    return " <- ".join(out)
try:
    try:
        try: raise ValueError(1)
        except ValueError: raise KeyError(2)
    except KeyError: raise IndexError(3)
except IndexError as e: print(chain(e))
def f():
    try: raise ValueError("in f")
    except ValueError: pass
try:
    try: raise KeyError("outer")
    except KeyError:
        f()
        raise TypeError("after f")
except TypeError as e: print(chain(e))
try:
    try: 1 / 0
    finally: [].pop()
except IndexError as e: print(chain(e))
class C:
    def __enter__(s): return s
    def __exit__(s, *a): raise RuntimeError("exit")
try:
    with C(): raise ValueError("body")
except RuntimeError as e: print(chain(e))
def g():
    try: yield 1
    except GeneratorExit: raise
    except KeyError: raise ValueError("converted")
it = g(); next(it)
try: it.throw(KeyError("thrown"))
except ValueError as e: print(chain(e))
def h():
    try: yield
    finally: raise IndexError("fin")
it = h(); next(it)
try:
    try: raise KeyError("active")
    except KeyError: it.close()
except IndexError as e: print(chain(e))
it = g()
try: raise OSError("os")
except OSError:
    next(it)
try: it.throw(KeyError("t2"))
except ValueError as e: print(chain(e))
print(sys.exc_info())
def nested():
    try: raise ValueError("a")
    except ValueError as e1:
        try: raise ValueError("b")
        except ValueError as e2:
            try: raise ValueError("c")
            except ValueError as e3:
                return chain(e3), [str(x) for x in (e1, e2, e3)]
print(nested())
a = ValueError("a"); b = ValueError("b"); b.__context__ = a
try:
    try: raise b
    except ValueError: raise a
except ValueError as e: print(chain(e), b.__context__)
class Attr:
    def __getattr__(s, n):
        try: return {}[n]
        except KeyError: raise AttributeError(n)
try: Attr().foo
except AttributeError as e: print(chain(e))
print(hasattr(Attr(), "x"), getattr(Attr(), "x", "dflt"))
try: raise ValueError
except ValueError:
    e1 = sys.exception()
    def inner(): return sys.exception() is e1
    print(inner(), [sys.exception() is e1 for _ in range(1)], (lambda: sys.exception() is e1)())
def gen_exc():
    yield sys.exception()
    try: raise KeyError("gen")
    except KeyError:
        yield sys.exception()
        yield sys.exception()
    yield sys.exception()
try: raise ValueError("main")
except ValueError:
    gi = gen_exc()
    print([repr(x) for x in (next(gi), next(gi))], repr(sys.exception()))
print(repr(next(gi)), repr(next(gi)), sys.exception())
