b = b"hello"

CASES = r"""
b[0], b[-1], b[1:3], b[::-1], b[::2], b[10:], b[:-2], b[True], b[:] == b, b[5:]
b[5]
b[-6]
b["a"]
b[1.0]
b[1, 2]
b[::0]
b + b"!", b * 2, 2 * b, b * 0, b"a" * -1, b + bytearray(b"x"), bytearray(b"x") + b, type(b + bytearray()).__name__, type(bytearray() + b).__name__, b"" + b"", b + memoryview(b"mv")
b + "s"
b + 1
b * "a"
b * 1.5
"s" + b
b + [1]
b == b"hello", b == bytearray(b"hello"), b == "hello", b < b"hellp", b > b"hell", b <= b"hello", b != b"x", b"a" < b"aa", b == memoryview(b"hello"), b"\xff" > b"\x00", bytearray(b"a") < b"b"
b < "a"
b < 5
b >= [1]
104 in b, b"ell" in b, b"" in b, b"z" in b, 300 in [300], bytearray(b"lo") in b
"h" in b
256 in b
-1 in b
1.5 in b
None in b
len(b), list(b), tuple(b[:2]), min(b), max(b), sum(b), sorted(b"cab"), list(reversed(b"ab")), set(b"aab") == {97, 98}, list(enumerate(b"ab")), [*b"a"], next(iter(b)), bool(b""), bool(b"\0")
hash(b"") == hash(""), hash(b) == hash(b"hello"), {b"k": 1}[b"k"], {b"a"} == {bytes([97])}
b.__getitem__(0), b.__len__(), b.__contains__(104), b.__add__(b"x"), b.__mul__(2), b.__eq__("x"), b.__lt__(5), b.__getnewargs__(), b.__bytes__(), type(iter(b)).__name__, iter(b).__length_hint__()
b.__add__("x")
b.nope
b.__setitem__
bytes.lower(b"A"), bytes.find(b"ab", b"b")
bytes.lower("A")
int(b"12"), float(b"1.5"), int(b"ff", 16), b"ab".decode(), b"12".isdigit() and int(b"12")
sorted(n for n in dir(bytes) if n[0] != "_")
sorted(set(dir(bytearray)) - set(dir(bytes)))
"""
for source in CASES.strip().splitlines():
    try:
        print(source, "->", repr(eval(source)))
    except Exception as error:
        print(source, "!!", type(error).__name__, error)
