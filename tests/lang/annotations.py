x: int = 5
y: str
print(__annotations__)
try: y
except NameError as e: print(e)
class C:
    a: int
    b: list = []
    c: "fwd" = 3
    (d): int = 4
    e = 5
    def m(self, q: int) -> "C":
        local: undefined_thing = 1
        return local
print(C.__annotations__, hasattr(C, "a"), C().m(1), C.m.__annotations__)
def t(v): print("eval", v); return v
o = C()
o.attr: t("ann attr") = t("val attr")
d = {}
d[t("key")]: t("ann sub") = t("val sub")
print(d, __annotations__)
(z): t("paren ann") = t("paren val")
print(z, "z" in __annotations__)
def f():
    a: t("not evaluated") = t("val")
    b: int
    try: b
    except UnboundLocalError as e: print(e)
    return a
print(f(), f.__annotations__)
class D(C): pass
print(D.__annotations__)
class E: pass
print(E.__annotations__, E.__dict__.get("__annotations__"))
E.__annotations__["k"] = 1
print(E.__annotations__)
del E.__annotations__
try: del E.__annotations__
except AttributeError as e: print(e)
print(f.__annotations__ is f.__annotations__)
f.__annotations__["z"] = 2
print(f.__annotations__)
f.__annotations__ = {"r": 1}
print(f.__annotations__)
del f.__annotations__
print(f.__annotations__)
w: (int, str) = 1, 2
print(w, __annotations__["w"])
v: list[int] = [1]
u: dict[str, "X"] | None = None
print(__annotations__["v"], __annotations__["u"])
def g(a: 1, /, b: 2, *c: 3, d: 4, **e: 5) -> 6: pass
print(g.__annotations__)
s: lambda: 1 = 3
print(callable(__annotations__["s"]))
for i in range(2):
    loopvar: int = i
print(loopvar, __annotations__["loopvar"])
for src in ["a, b: int", "(a, b): int = 1", "[a]: int", "f(): int = 1", "1: int", "x: int = yield", "def f():\n x: (yield) = 1", "a: int: str", "global q; q: int = 1", "def f():\n global q\n q: int = 1", "x: y := 1"]:
    try:
        compile(src, "s", "exec"); print("ok", src)
    except SyntaxError as e: print(e.msg)
