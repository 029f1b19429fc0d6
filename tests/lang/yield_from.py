def inner():
    try:
        x = yield 1; print("inner got", x)
        y = yield 2; print("inner got", y)
    except ValueError as e: print("inner caught", e); yield "handled"
    finally: print("inner fin")
    return "inner result"
def outer():
    r = yield from inner()
    print("r", r)
    yield "end"
print(list(outer()))
o = outer(); print(next(o), o.send("A"), o.gi_yieldfrom.__name__, o.throw(ValueError("T")), next(o))
o = outer(); next(o); o.close()
o = outer(); next(o)
try: o.throw(KeyError("K"))
except KeyError as e: print(e)
def it():
    r = yield from [1, 2]; print(r)
    r = yield from "ab"; print(r)
    r = yield from (i for i in range(2)); print(r)
    r = yield from range(0); print(r)
    return (yield from it2())
def it2():
    return 7
    yield
print(list(it()))
def deleg(x): return (yield from x)
for bad in (5, None, object()):
    try: list(deleg(bad))
    except TypeError as e: print(e)
d = deleg([1, 2]); next(d)
try: d.send("x")
except AttributeError as e: print(e)
d = deleg([1, 2]); next(d)
try: d.throw(ValueError("v"))
except ValueError as e: print("VE", e)
d = deleg([1, 2]); next(d); d.close()
class It:
    def __init__(s): s.n = 0
    def __iter__(s): return s
    def __next__(s):
        s.n += 1
        if s.n > 3: raise StopIteration("it value")
        return s.n
    def send(s, v): print("send", v); return "sent"
    def throw(s, *a): print("throw", [x if isinstance(x, type) else repr(x) for x in a]); return "thrown"
    def close(s): print("close")
d = deleg(It()); print(next(d), d.send(5), d.send(None), d.throw(ValueError("z")), next(d))
try: next(d)
except StopIteration as e: print(e.value)
d = deleg(It()); next(d); d.close()
d = deleg(It()); next(d)
try: d.throw(GeneratorExit)
except GeneratorExit: print("GE")
class CloseErr(It):
    def close(s): raise KeyError("in close")
d = deleg(CloseErr()); next(d)
try: d.close()
except KeyError as e: print(e)
class NextErr(It):
    def __next__(s): raise IndexError("ne")
try: list(deleg(NextErr()))
except IndexError as e: print(e)
def stop_inner():
    raise StopIteration("bad")
    yield
try: list(deleg(stop_inner()))
except RuntimeError as e: print(e)
def rec(n):
    if n == 0: return 0
    v = yield n
    return n + (yield from rec(n - 1))
def top(): 
    print("sum", (yield from rec(5)))
print(list(top()))
def depth(n):
    if n: yield from depth(n - 1)
    else: yield "bottom"
print(list(depth(100)))
a = deleg(None)
def self_deleg(): yield from me
me = self_deleg()
try: next(me)
except ValueError as e: print(e)
def swallow_close():
    try: yield 1
    except GeneratorExit: yield 2
d = deleg(swallow_close()); next(d)
try: d.close()
except RuntimeError as e: print(e)
sub = inner(); d1 = deleg(sub); next(d1)
print(next(sub), d1.gi_yieldfrom is sub)
try: next(d1)
except StopIteration as e: print("d1 done", e.value)
def tree(t): 
    if isinstance(t, list):
        for x in t: yield from tree(x)
    else: yield t
print(list(tree([1, [2, [3, [4]], 5], []])))
