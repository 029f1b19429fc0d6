class L:
    def __init__(s, n, ni=False): s.n, s.ni = n, ni
def add(op):
    def f(s, *a): print(f"{s.n}.{op}({', '.join(getattr(x, 'n', repr(x)) for x in a)})"); return NotImplemented if s.ni else f"{op}!"
    f.__name__ = op
    return f
for op in "add sub mul truediv floordiv mod divmod pow matmul lshift rshift and or xor".split():
    setattr(L, f"__{op}__", add(op)); setattr(L, f"__r{op}__", add("r" + op))
for op in "lt le gt ge eq ne".split(): setattr(L, f"__{op}__", add(op))
a, b = L("a"), L("b")
na, nb = L("na", True), L("nb", True)
class Sub(L): pass
for op in "add radd eq lt".split():
    pass
class Sub2(L):
    def __radd__(s, o): print("Sub2.radd"); return "sub2"
    def __gt__(s, o): print("Sub2.gt"); return "sub2gt"
    def __eq__(s, o): print("Sub2.eq"); return "sub2eq"
s, s2 = Sub("s"), Sub2("s2")
print(a + b, a + 1, 1 + a)
def t(f):
    try: print(f())
    except TypeError as e: print("TypeError", e)
t(lambda: na + nb); t(lambda: na + 1); t(lambda: 1 + na); t(lambda: na - nb); t(lambda: na ** nb); t(lambda: pow(na, nb)); t(lambda: divmod(na, nb)); t(lambda: na @ nb); t(lambda: na // 1.5); t(lambda: "x" % na); t(lambda: na % "x"); t(lambda: [1] * na); t(lambda: na << nb); t(lambda: na | None)
print(a + s, a + s2, a < s, a < s2, a == s2, s2 == a)
t(lambda: na < nb); t(lambda: na == nb); t(lambda: na != nb); t(lambda: na < 1); t(lambda: 1 < na); t(lambda: 1 >= na); t(lambda: na == 1); t(lambda: 1 == na)
t(lambda: pow(a, 2)); t(lambda: pow(a, 2, 3)); t(lambda: pow(2, a)); t(lambda: pow(2, a, 3)); t(lambda: divmod(1, a)); t(lambda: 2 ** a); t(lambda: 2 @ a)
x = na
def aug():
    global x
    x += 1
t(aug)
class I(L):
    def __iadd__(s, o): print("iadd"); return NotImplemented
    def __imul__(s, o): print("imul"); return s
i = I("i"); i += b; print(i)
i = I("i"); i *= 2; print(i.n)
class U:
    def __neg__(s): return "neg"
    def __pos__(s): return "pos"
    def __invert__(s): return "inv"
    def __abs__(s): return "abs"
    def __int__(s): return 5
    def __float__(s): return 2.5
    def __complex__(s): return 3j
    def __index__(s): return 7
    def __round__(s, n="none"): return ("round", n)
    def __trunc__(s): return 8
    def __floor__(s): return "floor"
    def __ceil__(s): return "ceil"
u = U()
print(-u, +u, ~u, abs(u), int(u), float(u), complex(u), hex(u), bin(u), [0] * 8 and list(range(10))[u], round(u), round(u, 2), round(u, None), "ab"[:u], chr(u + 60) if 0 else "")
class N: pass
for f in (lambda: -N(), lambda: +N(), lambda: ~N(), lambda: abs(N()), lambda: int(N()), lambda: float(N()), lambda: complex(N()), lambda: hex(N()), lambda: [1][N()], lambda: round(N()), lambda: "a" * N(), lambda: N() * "a"): t(f)
class OnlyR:
    def __radd__(s, o): return ("radd", o)
    def __rpow__(s, o, m=None): return ("rpow", o, m)
    def __rmul__(s, o): return ("rmul", o)
print([1] + OnlyR(), "s" + OnlyR(), 1 + OnlyR(), (1,) * OnlyR(), 2 ** OnlyR(), None + OnlyR(), 1.5 + OnlyR(), {} + OnlyR())
sum_ = sum([OnlyR()], 5); print(sum_)
N.__add__ = None
t(lambda: N() + OnlyR())
