def g():
    try:
        while True:
            try: v = yield "y"; print("v", v)
            except ValueError as e: print("caught", e); yield "recovered"
    finally: print("finally")
i = g(); next(i)
print(i.throw(ValueError("x")), i.send(None), i.throw(ValueError), next(i))
try: i.throw(KeyError("k"))
except KeyError as e: print("KeyError", e)
print(list(i))
i = g(); next(i); i.close(); i.close()
try: i.throw(ValueError("after close"))
except ValueError as e: print(e)
i = g(); i.close(); print("closed unstarted", list(i))
i = g()
try: i.throw(ValueError("unstarted"))
except ValueError as e: print(e)
print(list(i))
def ignore():
    try: yield 1
    except GeneratorExit: yield 2
i = ignore(); next(i)
try: i.close()
except RuntimeError as e: print(e)
def swallow():
    try: yield 1
    except GeneratorExit: return 5
i = swallow(); next(i); print(i.close())
def fin():
    try: yield 1
    finally: raise KeyError("fin")
i = fin(); next(i)
try: i.close()
except KeyError as e: print(e, repr(e.__context__))
def retfin():
    try: yield 1
    finally: return 9
i = retfin(); next(i)
try: i.throw(ValueError)
except StopIteration as e: print("Stop", e.value)
def thr(*a):
    def q():
        try: yield
        except GeneratorExit: raise
        except BaseException as e: print(repr(e)); yield "ok"
    i = q(); next(i)
    try: print(i.throw(*a))
    except TypeError as e: print("TypeError", e)
thr(ValueError); thr(ValueError("i")); thr(StopIteration); thr(KeyboardInterrupt("k"))
def conv():
    try: yield
    except ValueError as e: raise KeyError("new") from e
i = conv(); next(i)
try: i.throw(ValueError("orig"))
except KeyError as e: print(repr(e.__cause__))
def stop():
    yield
i = stop(); next(i)
try: i.throw(StopIteration("s"))
except RuntimeError as e: print(e, repr(e.__cause__))
def loop():
    for k in range(3):
        try: yield k
        except ValueError: print("skip", k)
i = loop(); print(next(i), i.throw(ValueError), next(i))
try: i.throw(ValueError)
except StopIteration: print("exhausted")
def running():
    try: it.close()
    except ValueError as e: print(e)
    try: it.throw(KeyError)
    except ValueError as e: print(e)
    yield 1
it = running(); next(it)
def nested_with():
    class C:
        def __enter__(s): print("in")
        def __exit__(s, t, *a): print("out", t.__name__)
    with C(): yield
i = nested_with(); next(i); i.close()
i = nested_with(); next(i)
try: i.throw(ValueError)
except ValueError: print("VE")
def delme():
    try: yield
    finally: print("deleted")
i = delme(); next(i); del i
def two():
    try: yield 1
    except ValueError: pass
    yield 2
i = two(); next(i); print(i.throw(ValueError()))
i.close(); print(i.gi_frame)
