for a, b in [(7.0, 2.0), (-7.0, 2.0), (7.0, -2.0), (-7.0, -2.0), (5.5, 2), (-5.5, 2), (1, 0.3), (1e300, 1e-300), (0.0, 1.0), (-0.0, 1.0), (1e17, 3), (6.0, 0.1), (float("inf"), 2.0), (2.0, float("inf")), (-2.0, float("inf")), (float("nan"), 1.0)]:
    print(a, b, a + b, a - b, a * b, a / b, a // b, a % b, divmod(a, b), a == b, a < b, a <= b, a != b)
for s in ["1.0 / 0", "1.0 // 0", "1.0 % 0", "divmod(1.0, 0.0)", "0.0 ** -1", "(-8.0) ** 0.5", "(-2.0) ** 3", "2.0 ** 1024", "10.0 ** 400", "1e308 * 10", "0.0 / 0.0", "float('inf') - float('inf')", "float('inf') // 1", "float('inf') % 2", "1 % float('inf')", "-1 % float('inf')", "1.0 & 1", "~1.0", "1.0 << 2", "1.5 + 'a'", "1.5 @ 2", "2.0 ** 0.5", "2 ** -2", "0.0 ** 0.0", "float('nan') ** 0", "1.0 ** float('nan')", "(-1.0) ** float('inf')", "2.0 ** float('-inf')", "0.5 ** float('inf')", "(-0.0) ** 3", "(-0.0) ** -3.0", "pow(2.0, 3.0)", "pow(2.0, 3, 5)", "-2.0 ** 2", "abs(-1.5)", "abs(-0.0)", "+1.5", "-0.0", "1.5 // 0.5", "round(1e300 ** 1)", "(-27.0) ** (1/3)", "4 ** 0.5", "4 ** -0.5", "True + 1.5", "1.5 * 10**400", "10**400 * 1.5", "1.5 == '1.5'", "float('inf') == 10**400", "1e16 == 10**16", "0.1 + 0.2 == 0.3"]:
    try: print(s, "=", eval(s))
    except Exception as e: print(s, type(e).__name__, e)
for v in (1.5, -1.5, 2.5, 0.0, 1e20, float("inf"), float("nan")):
    for m in ("is_integer", "as_integer_ratio", "conjugate", "__trunc__", "__floor__", "__ceil__", "__round__", "__int__", "__bool__", "__hash__" if v == v else "__bool__"):
        try: print(v, m, getattr(v, m)())
        except Exception as e: print(v, m, type(e).__name__, e)
print(1.5.real, 1.5.imag, (0.1).as_integer_ratio(), (-0.0).as_integer_ratio(), (1e-300).as_integer_ratio()[0], float.__add__(1.5, 1), (1.5).__add__("a"), (1.5).__eq__(1), (1.5).__lt__("a"), (1.5).__divmod__(1), (1.5).__rpow__(2))
print(sum([0.1] * 10), sum([1e16, 1, -1e16]), sum([0.1, 0.2, 0.3], 0.0), sum([1, 2.5, 3]), sum([1e308, 1e308, -1e308]), max(1.5, 2), min(1, 0.5), max(1, 1.0), max(1.0, 1), sum([0.1, float("inf")]), sum((1.5, 2), start=10))
class F(float): pass
f = F(2.5)
print(f, repr(f), type(f + 1), type(-f), type(+f), f.hex(), f == 2.5, hash(f) == hash(2.5), {2.5: 1}[f], f.is_integer(), type(f.real), type(f.__trunc__()))
print(1e-320 * 0.5, 2.2250738585072014e-308 / 2, 1.1 % 1, -1.1 % 1, 1e300 % 7, 5 % 1e-300 < 1e-300, 3.0 // 0.1, 3 % 0.1)
