# Domain names (IDNA), the tables of stringprep and the database of Unicode 3.2 that they go by.
# no-stress: goes through whole tables, with thousands of safe points for each line
import codecs
import encodings
import encodings.idna
import stringprep
import unicodedata
from hashlib import sha256

old = unicodedata.ucd_3_2_0
print(type(old), old.unidata_version, unicodedata.unidata_version)
for c in "a", "\xb2", "\xb5", "\u0221", "\u0f3a", "\u1806", "\u200b", "\u2f868"[:1], "\U0002f868", "\u1d6b", "\u33ff":
    print(ascii(c), old.category(c), old.bidirectional(c), old.east_asian_width(c), old.mirrored(c), old.combining(c),
          old.decimal(c, None), old.numeric(c, None), old.name(c, None), ascii(old.normalize("NFKC", c)))
digest = sha256()
for c in map(chr, range(0, 0x30000, 53)):
    for f in (old.category, old.bidirectional, old.east_asian_width, old.mirrored, old.combining, old.decomposition):
        digest.update(str(f(c)).encode())
    digest.update(str((old.decimal(c, 0), old.digit(c, 0), old.numeric(c, 0))).encode())
print(digest.hexdigest())
for attempt in (lambda: old.lookup("LATIN SMALL LETTER TURNED OPEN E"), lambda: old.lookup("LATIN SMALL LETTER A"),
                lambda: type(old)(), lambda: old.name("\u0221"), lambda: old.category("ab")):
    try:
        print(repr(attempt()))
    except Exception as error:
        print(type(error).__name__, error)

tables = [name for name in dir(stringprep) if name.startswith(("in_table", "map_table"))]
print(tables)
digest = sha256()
for c in map(chr, range(0, 0x20000, 41)):
    for name in tables[:-2]:
        digest.update(b"01"[getattr(stringprep, name)(c):][:1])
    digest.update(stringprep.map_table_b3(c).encode("utf-8", "surrogatepass"))
print(digest.hexdigest(), sorted(stringprep.b1_set), sorted(stringprep.c22_specials))
print([stringprep.map_table_b2(c) for c in "ßA\u03d4\u2121\U0001d504"])

for name in ("python.org", "www.pythön.org", "bücher.example.", "ドメイン。テスト", "faß.de", "\u05d0\u05d1.com", "a..b", "",
             ".", "x" * 64, "é" * 64, "\u05d0a", "\u2f00\u200e", "xn--é", "ÀÉ.COM", "\u0627\u0661"):
    for convert in (lambda: name.encode("idna"), lambda: codecs.encode(name, "idna").decode("idna"),
                    lambda: encodings.idna.nameprep(name)):
        try:
            print(ascii(convert()), end=" ")
        except UnicodeError as error:
            print(type(error).__name__, ascii(error.args), end=" ")
    print()
for data in b"xn--pythn-mua.org", b"XN--pythn-mua", b"xn--a", b"xn--0", b"\xff.org", b"a" * 1025 + b"xn--", b"ab.", b"xn--aa-":
    try:
        print(ascii(data.decode("idna")))
    except UnicodeError as error:
        print(type(error).__name__, ascii(error.args))
for errors in "ignore", "replace":
    for convert in (lambda: "é".encode("idna", errors), lambda: b"a".decode("idna", errors)):
        try:
            print(convert())
        except UnicodeError as error:
            print(error)
encoder = codecs.getincrementalencoder("idna")()
print([encoder.encode(piece, final) for piece, final in (("pyth", False), ("ön.", False), ("or", False), ("g", True))])
print([encoder.encode(piece, final) for piece, final in (("é", False), ("", False), ("", True))])
decoder = codecs.getincrementaldecoder("idna")()
print([decoder.decode(piece, final) for piece, final in ((b"xn--pyth", False), (b"n-mua.o", False), (b"rg.", True))])
print(codecs.lookup("idna").name, codecs.lookup("IDNA") is codecs.lookup("idna"))

print([encodings.normalize_encoding(name) for name in ("utf 8", b"ISO-8859-1", "--x  y--", "a.b", "ä-ö")])
aliases = encodings.aliases.aliases
print(aliases["latin1"], aliases["utf8"], aliases["rot13"], aliases["u8"], "utf_8" in aliases, len(aliases) > 250)
print(encodings.search_function("latin-1").name, encodings.search_function("no such"))
