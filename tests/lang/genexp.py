g = (print("v", i) or i for i in range(3))
print("lazy")
print(next(g))
print(list(g), list(g))
def src():
    print("src"); yield 1
    print("src2"); yield 2
it = (x for x in src())
print("created"); print(list(it))
n = 10
h = (n + i for i in range(2))
n = 20
print(list(h))
def late():
    k = 1
    z = (k * i for i in [1, 2])
    k = 5
    return list(z)
print(late())
print(sum(i for i in range(4)), max((i for i in "abc"), default=1), sorted((c for c in "cab"), reverse=True))
try: sum((i for i in []), 1, 2)
except TypeError as e: print(e)
a = (i for i in range(3)); b = (j * 2 for j in a); c = (k + 1 for k in b)
print(next(c), next(a), list(c), list(a))
print(any(i > 1 for i in [0, 1, 2, 1 / 1]), all(i for i in []), tuple(i for i in "xy"), set(i % 2 for i in range(4)) == {0, 1})
g = (1 / i for i in [1, 0, 2])
print(next(g))
try: next(g)
except ZeroDivisionError as e: print(e)
print(next(g, "finished"))
print(g.__name__, g.__qualname__, g.gi_code.co_name, g.gi_running, g.gi_frame, g.gi_yieldfrom)
class K:
    y = (i for i in range(2))
    names = list(y)
print(K.names, (lambda: (i for i in ()))().__qualname__)
g = ((x, y) for x in range(2) for y in "ab" if (x, y) != (0, "b"))
print(list(g))
g = (x for x in [1, 2, 3])
g.close()
print(list(g))
g = (x for x in [1, 2, 3])
next(g)
try: g.throw(KeyError("in"))
except KeyError as e: print("KeyError", e)
print(list(g))
print((yield_ for yield_ in [1]).send(None))
try: (x for x in [1]).send(5)
except TypeError as e: print(e)
print([*map(str, (i for i in range(3)))], *(i for i in "st"), dict(zip("ab", (i for i in range(2)))))
for s in ["f(x for x in y, 1)", "f(1, x for x in y)", "class C(x for x in L): pass", "(x for x in y) = 1", "del (x for x in y)", "(x for x in y) += 1", "(yield x for x in y)", "(x for 1 in y)", "(x for f() in y)", "[x for x in 1, 2]", "(x for x in lambda: y)", "[x for x if y]", "{x: y, for x in y}", "[x, y for x in z]"]:
    try: compile(s, "s", "exec"); print("ok", s)
    except SyntaxError as e: print(s, "|", e.msg)
