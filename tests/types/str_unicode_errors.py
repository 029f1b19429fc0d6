for f in (lambda: "aé日b".encode("ascii"), lambda: b"a\xff\xfeb".decode(), lambda: "\ud800\ud801".encode(), lambda: b"abc\xe6".decode("utf-8")):
    try: f()
    except UnicodeError as e:
        print(type(e).__name__, e.encoding, e.object, e.start, e.end, e.reason, e.args, isinstance(e, ValueError)) if not isinstance(e.object, str) else print(type(e).__name__, e.encoding, ascii(e.object), e.start, e.end, e.reason, str(e))
e = UnicodeEncodeError("enc", "text", 1, 3, "because")
print(e, e.args, e.start, e.end)
e.start = 0; e.end = 1; e.reason = "other"; print(e)
e.object = "é"; print(e)
print(UnicodeDecodeError("enc", b"bytes", 1, 2, "r"), UnicodeDecodeError("enc", b"bytes", 1, 4, "r"), UnicodeTranslateError("text", 0, 1, "r"), UnicodeTranslateError("text", 0, 3, "r"))
for c, a in [(UnicodeEncodeError, ()), (UnicodeEncodeError, ("a", b"b", 1, 2, "c")), (UnicodeDecodeError, ("a", "b", 1, 2, "c")), (UnicodeTranslateError, ("a", 1)), (UnicodeEncodeError, ("a", "b", "c", 2, "c")), (UnicodeDecodeError, ("a", bytearray(b"xy"), 0, 1, "c"))]:
    try: print(c(*a))
    except TypeError as x: print(c.__name__, x)
print(UnicodeEncodeError.__mro__[1:3], repr(UnicodeError("x")), issubclass(UnicodeDecodeError, UnicodeError))
s = "h\u00e9llo \u65e5\u672c \U0001f600 \u0301"
print(len(s), [hex(ord(c)) for c in s][-5:], s.encode(), ascii(s), repr(s), s[::-1].encode(), s.upper().encode(), s.split())
print(chr(0), chr(65), chr(0xe9), chr(0x1f600), ascii(chr(0xd800)), ascii(chr(0x10ffff)), ord("a"), ord("😀"), ord(b"a"), ord(bytearray(b"b")))
for f in ("chr(-1)", "chr(0x110000)", "chr('a')", "chr(1.5)", "chr(10**30)", "ord('')", "ord('ab')", "ord(5)", "ord(b'ab')", "ord(None)", "chr()", "chr(True)", "ord(bytearray())"):
    try: print(f, ascii(eval(f)))
    except Exception as x: print(f, type(x).__name__, x)
print([c for c in map(chr, range(0x250)) if c.isalpha() and not c.islower() and not c.isupper()])
print(sum(chr(i).isalpha() for i in range(0x3000)), sum(chr(i).isspace() for i in range(0x3001)), sum(chr(i).isprintable() for i in range(0x3000)), sum(chr(i).isupper() for i in range(0x3000)), sum(chr(i).isdecimal() for i in range(0x11000)), sum(chr(i).isnumeric() for i in range(0x11000)), sum(chr(i).isidentifier() for i in range(0x3000)), sum(chr(i).upper() != chr(i) for i in range(0x3000)), sum(len(chr(i).upper()) for i in range(0x3000)), sum(len(chr(i).casefold()) for i in range(0x3000)))
é = 1; 名前 = 2; ª = 3; ﬁ = 4; µ = 5
print(é + 名前, sorted(k for k in globals() if not k.isascii()), fi, a_ if (a_ := 1) else 0)
print("ſ".upper(), "K".lower() == "k", "Ǆ".lower(), "ῼ".lower(), "ẞ".lower(), "ﬀ".title())
