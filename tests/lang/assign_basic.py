a = b = c = [1]
print(a is b is c)
x, y = 1, 2
x, y = y, x
print(x, y)
(p, q), r = (1, 2), 3
print(p, q, r)
[u, v] = "ab"
print(u, v)
first, *rest = range(5)
print(first, rest)
*init, last = "hello"
print(init, last)
a, *b, c = 1, 2
print(a, b, c)
a, (b, *c), *d = 1, [2, 3, 4], 5, 6
print(a, b, c, d)
*a, = "xyz"
print(a)
() = []
[] = ()
print("empty targets")
for src in [(), (1,), (1, 2, 3)]:
    try:
        a, b = src
    except ValueError as e:
        print(type(e).__name__, e)
for src in [(), (1,)]:
    try:
        a, *b, c = src
    except ValueError as e:
        print(type(e).__name__, e)
for src in [1, None, object, 2.5]:
    try:
        a, b = src
    except TypeError as e:
        print(type(e).__name__, e)
def gen():
    yield 1
    yield 2
    yield 3
try:
    a, b = gen()
except ValueError as e:
    print(e)
try:
    a, b, c, d = gen()
except ValueError as e:
    print(e)
try:
    a, b = {1: 2, 3: 4, 5: 6}
except ValueError as e:
    print(e)
d = {}
d["k"], d["l"] = 1, 2
print(d)
i = 0
lst = [10, 20, 30]
i, lst[i] = 1, 99
print(i, lst)
x = x1 = (yy := 5) + 1
print(x, x1, yy)
