if (n := len("abc")) > 2: print(n)
print((y := 5), y)
print([last := v for v in range(3)], last)
print([(z := i) for i in range(3) if (w := i * 2)], z, w)
while (x := (globals().get("x") or 0) + 1) < 3: print("x", x)
def f(a, b=0): return a, b
print(f(q := 1), f((r := 2)), f(a=(s := 3)), q, r, s)
print(f((t := 1, 2)), t)
lst = [a := 1, b := a + 1, a + b]
print(lst, a, b)
d = {(k := "key"): (v := "val")}
print(d, k, v)
print({m := 5, 6}, m)
print(lst[i := 0], lst[(j := 1):], i, j)
def g():
    [in_g := e for e in range(3)]
    return in_g
print(g())
def h():
    global gl
    [gl := e for e in "ab"]
h(); print(gl)
def nl():
    v = 0
    def inner():
        nonlocal v
        return [v := e for e in range(4)]
    inner()
    return v
print(nl())
print(any((hit := n) > 2 for n in range(5)), hit)
print((lambda: (lam := 3) + lam)())
print(f"{(fs := 7)} {fs:=5}")
if (m := None) is None and (mm := 3): print(m, mm)
print([y2 for x2 in range(5) if (y2 := x2 ** 2) > 3])
assert (ok := True)
del (dd := [1, 2])[0]
print(dd)
@(deco := lambda f: f)
def z1(): pass
print(callable(deco))
u = (v1 := 1), (v2 := 2)
print(u, v1, v2)
for s in ["x := 1", "(x := 1) = 2", "(a.b := 1)", "(a[0] := 1)", "((a, b) := 1)", "f(a=b := 1)", "def f(x=y := 1): pass", "[i := 0 for i in range(3)]", "[[(i := 0) for j in range(3)] for i in range(3)]", "class C: [x := 1 for _ in range(2)]", "[x for x in (y := [1])]", "[i for i in range(3) if (j := 1) for k in (j := [2])]", "(x := *a)", "lambda: x := 1", "(True := 1)", "(__debug__ := 1)", "x = y := 1", "{a := 1: 2}", "a[b := 1]", "a[b := 1:2]", "f(x := 1 for _ in [])", "(x := 1, 2)", "with a := b: pass", "del x := 1", "assert x := 1", "print((x := y := 1))"]:
    try: compile(s, "s", "exec"); print("ok", s)
    except SyntaxError as e: print(s, "|", e.msg)
