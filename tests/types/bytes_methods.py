CASES = r"""
b"Hello World".lower(), b"Hello".upper(), b"Hello".swapcase(), b"hello world".title(), b"hELLO".capitalize(), b"\xe9A".lower(), b"they're".title()
b"abc".isalpha(), b"ab1".isalnum(), b"12".isdigit(), b" \t".isspace(), b"ab".islower(), b"AB".isupper(), b"Ab Cd".istitle(), b"ab\x80".isascii(), b"".isascii(), b"\xe9".isalpha(), b"".islower(), b"\x0b\x0c".isspace(), b"\x1c".isspace()
b"hello".find(b"l"), b"hello".find(108), b"hello".rfind(b"l"), b"hello".index(b"e"), b"hello".rindex(108), b"hello".count(b"l"), b"hello".count(108), b"hello".find(b""), b"hello".find(b"z"), b"hello".find(b"l", 3, 5), b"aaa".count(b"aa"), b"hello".find(bytearray(b"lo")), b"a".find(memoryview(b"a"))
b"hello".find("l")
b"hello".find(256)
b"hello".find(-1)
b"hello".find(1.5)
b"hello".index(b"z")
b"hello".rindex(b"z")
b"hello".index(1)
b"hello".count("l")
b"hello".startswith(b"he"), b"hello".endswith((b"x", b"o")), b"hello".startswith(b"l", 2), b"hello".endswith(b"")
b"hello".startswith("h")
b"hello".startswith([b"h"])
b"hello".endswith((b"x", "o"))
b"a,b,,c".split(b","), b" a  b ".split(), b"a,b,c".split(b",", 1), b"a,b,c".rsplit(b",", 1), b"a\nb\r\nc\x0bd".splitlines(), b"a\nb".splitlines(True), b"a=b=c".partition(b"="), b"a=b=c".rpartition(b"="), b"".split(), b"abc".partition(b"x"), b"a b".split(maxsplit=0), b"axxb".split(b"xx")
b"a".split(b"")
b"a".split("a")
b"a".partition("a")
b"a".partition(b"")
b"a".rpartition(5)
b",".join([b"a", b"b"]), b"".join([]), b"-".join((bytearray(b"x"), memoryview(b"y"))), b",".join([b"q"]), b"x".join(iter([b"1", b"2"]))
b",".join(["a"])
b",".join([1])
b",".join(5)
b",".join(b"ab")
b" a ".strip(), b"xax".strip(b"x"), b" a".lstrip(), b"a ".rstrip(), b"abcab".strip(b"ba"), b"\x00a\x00".strip(b"\x00"), b"\t\x0b a\x0c".strip(), b"xa".lstrip(b"x"), b"a".strip(None)
b"a".strip("a")
b"a".strip(5)
b"aXbX".replace(b"X", b"-"), b"aaa".replace(b"a", b"", 2), b"abc".replace(b"", b"-"), b"".replace(b"", b"x"), b"abc".replace(b"abc", b"zz")
b"a".replace("a", "b")
b"a".replace(b"a")
b"ab".center(6), b"ab".center(7, b"*"), b"ab".ljust(4) + b"|", b"ab".rjust(4, b"."), b"-42".zfill(6), b"42".zfill(4), b"a\tb".expandtabs(4), b"".zfill(2)
b"a".center(4, "x")
b"a".center(4, b"xy")
b"a".ljust(5, 5)
b"abc".translate(bytes(range(256))), b"abc".translate(None, b"b"), b"abc".translate(bytes(reversed(range(256)))), b"abc".translate(bytes.maketrans(b"ab", b"xy")), b"abc".translate(None, delete=b"ac")
b"a".translate(b"short")
b"a".translate("x" * 256)
b"a".translate(5)
bytes.maketrans(b"a", b"bc")
bytes.maketrans("a", "b")
b"hello".removeprefix(b"he"), b"hello".removesuffix(b"lo"), b"hello".removeprefix(b"x")
b"hello".removeprefix("he")
b"%d %s %r %x %c %c %b %a|%5s|%-5d|%05.1f|%%" % (1, b"s", "r", 255, 65, b"B", b"b", "é", b"ab", 3, 2.25)
b"%s" % "str"
b"%b" % 5
b"%c" % 256
b"%c" % b"ab"
b"%c" % "a"
b"%d" % "a"
b"%s %s" % b"a"
b"%z" % 1
b"%(a)s" % {b"a": b"v"}
b"%(a)s" % {"a": b"v"}
b"%s" % B.__name__ if 0 else b"x"
"""
for source in CASES.strip().splitlines():
    try:
        print(source, "->", repr(eval(source)))
    except Exception as error:
        print(source, "!!", type(error).__name__, error)
