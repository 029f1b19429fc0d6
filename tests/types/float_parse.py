def t(*a):
    try: print(a, float(*a))
    except Exception as e: print(a, type(e).__name__, e)
for s in ["1", "1.5", "-1.5", "+1.5", ".5", "5.", "1e5", "1E5", "1e+5", "1e-5", "inf", "-inf", "+Inf", "INFINITY", "infinit", "nan", "-nan", "NaN", "nan(1)", " 1.5 ", "\t1\n", "", " ", ".", "e5", "1e", "1e+", "1.5.2", "1_0.5_0", "1__0", "_1", "1_", "1_e5", "1e_5", "1e1_0", "1._5", "0x1p3", "1,5", "1 5", "--1", "+-1", "1e400", "-1e400", "1e-400", "0" * 400 + "1", "1" + "0" * 310, "0." + "0" * 330 + "1", "1e0000000000005", "9007199254740993", "9007199254740992.5", "2.2250738585072011e-308", "٣.٥", "1\x00", "é", "1f", "1d", "1L", "0.1e1e1", "infinity1", "1.7976931348623159e308", "1.7976931348623158e308", "2.4703282292062328e-324", "2.4703282292062327e-324", "\u20031\u2003"]: t(s)
t(); t(5); t(10**20); t(10**400); t(True); t(None); t([]); t(b"1.5"); t(b"x"); t(bytearray(b"2.5")); t(1j); t("1", 2); t(2**1024 - 2**970); t(2**53 + 1); t(-2**1023)
class F:
    def __float__(s): return 2.5
class I:
    def __index__(s): return 7
class B:
    def __float__(s): return 1
class S(str):
    def __float__(s): return 9.5
t2 = lambda o: print(float(o))
t2(F()); t2(I()); t2(S("1"))
try: float(B())
except TypeError as e: print(e)
for s in ["0x1.8p1", "0x1p-1074", "-0x1.921fb54442d18p+1", "1.8", "0x.8", "inf", "nan", "-nan", "0x1p1024", "0x", "xyz", "0x1p", "  0x1p1 ", "0x1.fffffffffffffp1023", "0x1.fffffffffffff8p1023", "0x0.0000000000001p-1022", "0x1.00000000000008p0", "0x1.00000000000018p0", "1p5", "0X1P+3", "-0x0p0", "0x1p-1075", "0x1.8p-1075", "abc.def", "", "0x1.8p1x"]:
    try: print(s, float.fromhex(s))
    except Exception as e: print(s, type(e).__name__, e)
print(float.hex(1.0), (0.1).hex(), (-0.0).hex(), float("inf").hex(), float("nan").hex(), (5e-324).hex(), (1e308).hex(), (3.5).hex(), (-1e-5).hex())
try: float.fromhex(5)
except TypeError as e: print(e)
