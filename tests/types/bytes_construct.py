class B:
    def __bytes__(self): return b"from __bytes__"
class BB:
    def __bytes__(self): return "no"
class I:
    def __index__(self): return 3

CASES = r"""
bytes(), bytes(3), bytes([1, 2, 255]), bytes("é", "utf-8"), bytes(b"x"), bytes(bytearray(b"y")), bytes(range(3)), bytes(i for i in (65, 66)), bytes(B()), bytes(I()), bytes((1,)), bytes({1: 2}), bytes(memoryview(b"mv")), bytes(True), bytes([True, I()])
bytes(-1)
bytes([256])
bytes([-1])
bytes(["a"])
bytes([1.5])
bytes("abc")
bytes(1.5)
bytes(None)
bytes(object)
bytes(BB())
bytes(10**20)
bytes(3, "utf-8")
bytes("a", 5)
bytes([1], errors="x")
bytes(1, 2, 3, 4)
bytes(source=b"q"), bytes("a", encoding="ascii", errors="strict")
bytes(x=1)
bytes.fromhex("00ff 4142"), bytes.fromhex(""), bytes.fromhex("aAbB"), bytes.fromhex(" 01\t02\n"), bytearray.fromhex("0a")
bytes.fromhex("0")
bytes.fromhex("0g")
bytes.fromhex("0 1")
bytes.fromhex("é0")
bytes.fromhex(b"00")
bytes.fromhex("abc")
b"\x00\xffA".hex(), b"abc".hex("-"), b"abcd".hex(":", 2), b"abcde".hex("_", -2), b"".hex(), b"abc".hex(sep=" ", bytes_per_sep=1), b"abc".hex("-", 0), b"ab".hex(b":")
b"ab".hex("--")
b"ab".hex("é")
b"ab".hex(5)
b"ab".hex("")
repr(b""), repr(b"'"), repr(b'"'), repr(b"'\""), repr(b"\t\n\r\\\x00\x7f\x80"), str(b"ab"), f"{b'ab'}", ascii(b"\xe9")
"""
for source in CASES.strip().splitlines():
    try:
        print(source, "->", repr(eval(source)))
    except Exception as error:
        print(source, "!!", type(error).__name__, error)
