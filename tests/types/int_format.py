for spec in ["", "d", "5", "<5", ">5", "^5", "05", "+", " ", "-", "+d", " d", "x", "X", "#x", "#X", "o", "#o", "b", "#b", "#010x", "#06b", ",", "_", ",d", "_d", "_x", "_b", "_o", "10,", "010,", "012,", "*>8", "*<8", "*^8", "*=8", "=8", "=+8", "0=8", "+08", "e", "E", ".2e", "f", ".0f", ".3f", "g", "G", "%", ".1%", "n", "c" , "08b", "+#x", " #o", "<+8", "^+8x", "é^7", "020_b", "#_x", "08,.2f"]:
    row = []
    for n in (0, 42, -42, 123456789):
        try: row.append(format(n, spec))
        except Exception as e: row.append(f"{type(e).__name__}: {e}")
    print(repr(spec), row)
for spec in ["s", ".2", ".2d", ",x", "_c", ",c", "#c", "+c", "z", "zd", "5.", "#,", ",,", "_,", ",_", "__", "10.5.2", "dd", "5d5", "k", "y", "*", "**", "<<5", "=<5", "\u20ac>5", "99999999999999999999", ".99999999999999999999f", "5 ", " 5d ", "N", "r", "-#", "#-", "c5", "{", "}", "é"]:
    try: print(repr(spec), repr(format(42, spec)))
    except Exception as e: print(repr(spec), type(e).__name__, e)
for n in (65, 0x20ac, 0x1f600, 0, 0x110000, -1):
    try: print(ascii(format(n, "c")), ascii(format(n, "5c")), ascii("%c" % n))
    except Exception as e: print(n, type(e).__name__, e)
print(format(True, ""), format(True, "d"), format(True, "5"), format(False, "b"), format(True, "x"), f"{True:>6}", str(True), "%d" % True, "%s" % True, "%x" % True)
print(bin(5), bin(-5), bin(0), oct(8), oct(-8), hex(255), hex(-255), hex(True), bin(True), bin(2**70))
class I:
    def __index__(s): return 10
print(bin(I()), oct(I()), hex(I()), "%d" % 3.99, "%x" % I(), "%o" % I(), "%i" % -3, "%u" % 5)
for f in (bin, oct, hex):
    for v in (1.5, "a", None):
        try: f(v)
        except TypeError as e: print(f.__name__, e)
print("%d %i %5d|%-5d|%05d|%+d|% d|%x|%X|%#x|%o|%#o|%e|%f|%g|%c|%s|%r" % (1, 2, 3, 4, 5, 6, 7, 255, 255, 255, 8, 8, 9, 10, 11, 65, 12, 13))
