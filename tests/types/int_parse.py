def t(*a, **k):
    try: print(a, k, "->", int(*a, **k))
    except Exception as e: print(a, k, type(e).__name__, e)
for s in ["0", "5", "-5", "+5", " 5 ", "\t5\n", "- 5", "--5", "", " ", "5_000", "5__0", "_5", "5_", "0x10", "0b1", "1e5", "1.5", "abc", "٣", "５", "²", "1\x00", "00", "007", "-0", "1" * 30, "9223372036854775807", "9223372036854775808", "-9223372036854775809", "é", "1 2", "0_0", "\u20035\u2003", "𝟙", "1,000"]: t(s)
for s, b in [("10", 2), ("ff", 16), ("FF", 16), ("0xff", 16), ("0xff", 0), ("0b11", 0), ("0o17", 0), ("017", 0), ("0", 0), ("00", 0), ("0b11", 2), ("0b11", 16), ("z", 36), ("zz", 36), ("1", 37), ("1", 1), ("1", -1), ("2", 2), ("8", 8), ("g", 16), ("0x", 16), ("0x", 0), ("", 0), ("_1", 0), ("0x_f", 0), ("0x_f", 16), ("1_0", 10), ("-0xff", 16), ("+0b1", 0), ("- 1", 0), ("1", 10**20), ("12", 3), ("777", 8), ("0o777", 8), ("0O17", 8), ("0B1", 2), ("0X1", 16), ("1e", 16), ("9" * 25, 10), ("f" * 20, 16), ("1" * 70, 2), ("é", 36)]: t(s, b)
t(); t(1.9); t(-1.9); t(1e20); t(float("inf")); t(float("nan")); t(-float("inf")); t(1j); t(None); t([]); t(b"5"); t(b" 5 "); t(b"x"); t(bytearray(b"12")); t(b"ff", 16); t(5, 2); t(5.0, 10); t("5", 10.0); t("5", None); t("5", base=16); t(x=5); t(base=10); t("5", "10"); t(True); t("5", True); t(b"\xff"); t(b"1\x00"); t(1, 2, 3); t("a", base=11)
class T:
    def __trunc__(s): return 9
class X:
    def __index__(s): return 11
class N:
    def __int__(s): return 12
class B:
    def __int__(s): return "no"
class BI:
    def __index__(s): return 1.5
class SubI:
    def __int__(s): return 2**70
for c in (X, N, B, BI, SubI):
    o = c()
    try: print(c.__name__, int(o))
    except TypeError as e: print(c.__name__, e)
print(int("11", X()))
class S(str): pass
t(S("42")); t(S("0x1f"), 0)
print(int("  -1_2_3  "), int("1" + "0" * 50), int("-" + "9" * 40), int("7" * 100, 8) % 1000003, int("z" * 50, 36) % 1000003)
import sys
print(sys.get_int_max_str_digits(), sys.int_info.default_max_str_digits)
try: int("1" * 5000)
except ValueError as e: print(e)
try: str(10 ** 5000)
except ValueError as e: print(e)
try: print(len(str(10 ** 4299)))
except ValueError as e: print(e)
print(int("f" * 5000, 16) > 0, len(hex(10 ** 5000)))
sys.set_int_max_str_digits(0); print(len(str(10 ** 5000))); sys.set_int_max_str_digits(4300)
try: sys.set_int_max_str_digits(100)
except ValueError as e: print(e)
