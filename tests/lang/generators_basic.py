def g():
    print("start")
    x = yield 1
    print("got", x)
    y = yield x
    print("got", y)
    return "result"
i = g()
print(type(i).__name__, i.gi_running, i.gi_suspended if hasattr(i, "gi_suspended") else "", i.gi_yieldfrom)
print(next(i))
print(i.gi_suspended, i.gi_frame.f_lineno)
print(i.send("a"))
try: i.send("b")
except StopIteration as e: print(e.value, e.args)
print(i.gi_frame, i.gi_suspended)
try: next(i)
except StopIteration as e: print(e.value, e.args)
i = g()
try: i.send(1)
except TypeError as e: print(e)
print(i.send(None))
def empty():
    return
    yield
print(list(empty()))
def ret(): 
    return 5
    yield
try: next(ret())
except StopIteration as e: print(e.value)
def retnone():
    yield 1
    return None
r = retnone(); next(r)
try: next(r)
except StopIteration as e: print(e.args, e.value)
def rettuple():
    return (1, 2)
    yield
try: next(rettuple())
except StopIteration as e: print(e.args, e.value)
def retexc():
    return StopIteration(7)
    yield
try: next(retexc())
except StopIteration as e: print(e.args, e.value)
def err():
    yield 1
    1 / 0
    yield 2
k = err(); print(next(k))
try: next(k)
except ZeroDivisionError as e: print(e)
print(list(k))
def si():
    yield 1
    raise StopIteration("x")
k = si(); next(k)
try: next(k)
except RuntimeError as e: print(e, repr(e.__cause__), repr(e.__context__), e.__suppress_context__)
def reent():
    yield next(me)
me = reent()
try: next(me)
except ValueError as e: print(e)
def fib():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b
f = fib()
print([next(f) for _ in range(10)], [x for x, _ in zip(f, range(3))])
def args(a, *b, c=1, **d): yield a, b, c, d
print(next(args(1, 2, c=3, d=4)))
try: args()
except TypeError as e: print(e)
print(iter(f) is f, hasattr(f, "__next__"), g.__code__.co_flags & 0x20)
def yexpr():
    l = [(yield 1), (yield 2)]
    print(l)
    d = {(yield "k"): (yield "v")}
    print(d)
    return (yield)
y = yexpr(); next(y)
for v in "abcd": print(y.send(v))
try: y.send("last")
except StopIteration as e: print(e.value)
def deep(n):
    if n: 
        for v in deep(n - 1): yield v
    yield n
print(list(deep(5)))
def infinite():
    n = 0
    while 1: n += 1; yield n
import sys
tot = 0
for v in infinite():
    tot += v
    if v == 1000: break
print(tot)
print(g.__name__, i.__name__, i.__qualname__)
i.__name__ = "renamed"
print(i.__name__, repr(i).split(" at ")[0])
try: i.__name__ = 5
except TypeError as e: print(e)
try: type(i)()
except TypeError as e: print(e)
