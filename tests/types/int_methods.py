for n in (0, 1, -1, 255, 256, -256, 2**31, 2**63, 2**64 - 1, 10**25, -10**25, True):
    print(n, n.bit_length(), n.bit_count(), n.as_integer_ratio(), n.conjugate(), n.real, n.imag, n.numerator, n.denominator, n.is_integer(), n.__index__(), n.__int__(), n.__float__(), n.__bool__(), n.__ceil__(), n.__floor__(), n.__trunc__(), n.__round__())
print((1024).to_bytes(2), (1024).to_bytes(4, "big"), (1024).to_bytes(4, "little"), (-1).to_bytes(2, signed=True), (0).to_bytes(0), (255).to_bytes(), (10**20).to_bytes(12, "little"), (-128).to_bytes(1, signed=True), (5).to_bytes(length=3, byteorder="big"))
print(int.from_bytes(b"\x01\x00"), int.from_bytes(b"\x01\x00", "little"), int.from_bytes(b"\xff\xff", signed=True), int.from_bytes(b""), int.from_bytes([1, 2, 3]), int.from_bytes(bytearray(b"\x80"), "big", signed=True), bool.from_bytes(b"\x01"), int.from_bytes(b"\xff" * 10))
def t(s):
    try: print(s, eval(s))
    except Exception as e: print(s, type(e).__name__, e)
for s in ["(256).to_bytes(1)", "(-1).to_bytes(1)", "(1).to_bytes(-1)", "(1).to_bytes(1, 'mid')", "(128).to_bytes(1, signed=True)", "int.from_bytes('a')", "int.from_bytes(b'a', 'x')", "int.from_bytes([256])", "int.from_bytes(5)", "(1).to_bytes('a')", "(10**20).to_bytes(4)", "(1).bit_length(2)", "(1).foo", "(5).real()", "int.bit_length('a')", "int.__add__(1, 1.5)", "int.__add__(1.5, 1)", "(1).__divmod__('a')", "(1).__format__('x')", "(1).__format__(5)", "len(5)", "iter(5)", "(5).__pow__(2, 3)", "(5).__rpow__(2)", "(5).__rsub__(2)", "(5).__lt__(6.0)", "(5).__eq__(5.0)", "(5).__hash__()", "(5).__repr__()", "(5).__sizeof__() > 0", "(5).__getnewargs__()", "int.__new__(int, '7')", "(5).__class__", "int.real.__get__(5)", "(5).real.imag"]: t(s)
print([round(n, -1) for n in (5, 15, 25, 14, 16, -5, -15, -25, 0, 1)], [round(12345, -k) for k in range(7)], round(10**20 + 5, -1), round(5), round(5, 2), round(-150, -2), round(250, -2), round(350, -2), round(2**70, -20))
t("round(5, 1.5)"); t("round(5, 'a')"); t("round()"); t("round(1, 2, 3)"); t("round(number=5, ndigits=0)")
class I(int):
    def __repr__(s): return "I"
    def __add__(s, o): return "I+"
i = I(5)
print(i, str(i), i + 1, 1 + i, i * 2, type(i * 2), type(+i), type(-i), type(abs(i)), type(i.real), int(i), type(int(i)), type(i.conjugate()), hash(i) == hash(5), i == 5, {i: 1}[5], isinstance(i, int), f"{i}", "%d" % i, [1, 2, 3, 4, 5, 6][i], i.__index__())
class J(int):
    def __new__(cls, v, tag): o = super().__new__(cls, v); o.tag = tag; return o
j = J(7, "t"); print(j, j.tag, j + j, j.__dict__)
