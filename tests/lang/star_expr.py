a = [1, 2]; b = (3, 4); d = {"k": 1}
print([*a, *b], (*a, *b), {*a, *b}, [*a, 0, *b], *a, *b)
print({**d, "k": 2}, {"k": 2, **d}, {**{}, **{}})
x = *a, *b
print(x)
*y, = a
print(y)
for z in *a, 9: print(z, end=" ")
print()
def f(): return *a, *b
print(f())
def g():
    r = yield *a, 5
print(next(g()))
print([*{}], [*""], [*{1: 2}], [*range(3)], [*(i for i in "ab")])
l = [0]; l[0:0] = *a, 7
print(l)
print(a[*[0],] if False else "skip")
class G:
    def __getitem__(self, k): return k
    def __setitem__(self, k, v): print("set", k, v)
    def __delitem__(self, k): print("del", k)
s = G()
print(s[*a], s[*a, 1], s[0, *b], s[*a, *b], s[*()], s[1:2, *a])
s[*a] = 1
del s[*a, 2]
h, *t = *a, *b
print(h, t)
(*m, n), o = (1, 2, 3), 4
print(m, n, o)
[*p] = "ab"
print(p)
for q, *r in [(1, 2, 3), "xy", [5]]: print(q, r)
def ann(*args: *tuple[int, str]): return args
print(ann(1, 2), ann.__annotations__)
for src in ["*a", "*a = 1", "x = *a", "(*a)", "print(*a for a in b)", "[*a for a in b]", "{**a for a in b}", "*a, *b = c", "f(**a, *b)", "f(*a, b, **c, d)", "return *a", "{*a: 1}", "{**a, *b}", "*a += 1", "*(a, b) = c", "*a, b += 1", "del *a", "x = (*a) + 1", "a[*b:c]", "lambda *: 1", "def f(*): pass", "def f(*, **k): pass", "for *x in y: pass", "with a as *b: pass", "f(*)", "f(**)", "[**a]", "yield *a", "if *a: pass", "not *a", "a = b = *c", "*x: int = 1"]:
    try: compile(src, "s", "exec"); print("ok", src)
    except SyntaxError as e: print(src, "|", e.msg)
n = 300
vals = list(range(n))
*head, tail = vals
print(len(head), tail)
try: a1, b1, *c1, d1 = [1, 2]
except ValueError as e: print(e)
