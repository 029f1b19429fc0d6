for a, b in [(1 + 2j, 3 - 1j), (0j, 1j), (2, 1j), (1.5, 2 + 0j), (-1j, True)]:
    print(a + b, a - b, a * b, a / b, a == b, a != b)
def t(s):
    try: print(s, "->", eval(s))
    except Exception as e: print(s, type(e).__name__, e)
for s in ["1j ** 2", "(1+2j) ** 2", "(1+2j) ** -1", "(1+2j) ** 0.5", "0j ** 0", "0j ** 1j", "0j ** -1", "1j / 0", "1j / 0j", "1j // 1", "1j % 1", "divmod(1j, 1)", "1j < 2j", "1j > 1", "int(1j)", "float(1j)", "round(1j)", "abs(3+4j)", "abs(-1j)", "-(1+2j)", "+(1-2j)", "~1j", "(1+2j).conjugate()", "(1+2j).real", "(1+2j).imag", "1j.real", "complex(1, 2)", "complex()", "complex(1.5)", "complex('1+2j')", "complex('1')", "complex('j')", "complex('-j')", "complex('+1.5e2-3J')", "complex(' 1+2j ')", "complex('(1+2j)')", "complex('1 + 2j')", "complex('1+2')", "complex('')", "complex('abc')", "complex('1+2j', 3)", "complex(1, '2')", "complex(None)", "complex(1j, 2j)", "complex(1, 2j)", "complex(real=1, imag=2)", "complex('nan+infj')", "complex('1_0+2_0j')", "complex('1__0j')", "complex([])", "complex(b'1')", "complex('1e5j')", "complex('1+j2')", "complex('--1j')", "1j == 1", "1+0j == 1", "(1+0j) == 1.0", "hash(1+0j) == hash(1)", "bool(0j), bool(1j)", "sum([1j, 2])", "1j ** 'a'", "1j + 'a'", "pow(1j, 2, 3)", "repr(1j), repr(-0j), repr(1-0j), repr(complex(-0.0, 1)), repr(complex(0, -0.0)), repr(complex(1, float('nan'))), repr(complex(float('inf'), -1))", "str(1.5+2.5j), str(1e20+1e-10j), (1e16+1j), complex(0.1, 0.2)", "1j * 1j, 1j * 2, 2 * 1j, 1j - 1, 1 - 1j, 1/1j, 2.5 * (1+1j)", "(1+2j).__add__('a'), (1+2j).__eq__(1), (1+2j).__complex__(), (1j).__hash__() == hash(1j), (1j).__getnewargs__()", "(1j).real.__class__", "max(1j, 2j)", "sorted([1j, 2j])", "[1j][0]", "{1j: 1}[1j]", "1e308j * 10", "(1e308+1e308j) * (1e308+1e308j)", "abs(complex(float('inf'), float('nan')))", "abs(complex(1e308, 1e308))", "(2+0j) ** 10", "2 ** 1j", "(1+1j) ** 100", "(1+1j) ** (1+1j)", "1j.x", "-1j, -0j, 0-0j, -(0j)", "3.0 - 0j, 3j + 0.0, -3.0 - 0j", "complex(1).imag"]: t(s)
class C:
    def __complex__(s): return 5 + 6j
class B:
    def __complex__(s): return 5
class F:
    def __float__(s): return 2.5
class I:
    def __index__(s): return 3
print(complex(C()), complex(F()), complex(I()), complex(F(), I()), complex(True, False))
try: complex(B())
except TypeError as e: print(e)
class S(complex): pass
s = S(1, 2); print(s, type(s + 1), type(-s), type(complex(s)), s == 1 + 2j, s.real, type(s.conjugate()), f"{s}", repr(s), hash(s) == hash(1 + 2j))
print(f"{1+2j:.2f} {1+2j:>15} {1+2j:g} {1j!r}", "%s" % 1j, "{:.1e}".format(1j), 1 + 2j.__class__.__name__ if 0 else "")
