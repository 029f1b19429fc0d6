"""UTF-7, encodings by tables that are Python objects, and bytes as in literals."""
import codecs

for text in ("A+B", "a\u00e9b-", "\u20ac", "\U0001f600!", "x\ud800y", "~\\", "tab\tend", ""):
    data = text.encode("utf-7")
    print(ascii(text), data, data.decode("utf-7") == text)
for data in (b"+AGE-b", b"a+", b"+-", b"+A", b"+//", b"+!", b"\xe1b", b"+2AE-", b"+AGEx-", b"+AG\xff"):
    for errors in ("strict", "replace", "ignore"):
        try:
            print(data, errors, ascii(data.decode("utf-7", errors)))
        except UnicodeDecodeError as problem:
            print(data, problem)
print(codecs.utf_7_decode(b"ab+AG"), codecs.utf_7_decode(b"ab+AG", "strict", False))
decoder = codecs.getincrementaldecoder("utf-7")()
print([decoder.decode(bytes([byte])) for byte in b"a+IKw-b"], ascii(decoder.decode(b"", True)))

print(codecs.charmap_decode(b"\0\1\2", "replace", "ab"))
print(codecs.charmap_decode(b"\0\1", "strict", {0: "xy", 1: 98}))
print(codecs.charmap_encode("ab\u20ac", "xmlcharrefreplace", codecs.charmap_build("ab&#;8364")))
for call in (
        lambda: codecs.charmap_decode(b"\5", "strict", {}),
        lambda: codecs.charmap_decode(b"\5", "strict", {5: 3.0}),
        lambda: codecs.charmap_decode(b"\5", "strict", {5: -1}),
        lambda: codecs.charmap_encode("xyz", "strict", {120: 1}),
        lambda: codecs.charmap_encode("x", "strict", {120: 256}),
        lambda: codecs.charmap_encode("x", "strict", {120: "a"}),
        lambda: codecs.escape_decode(b"\\x4"),
        lambda: codecs.escape_decode(b"ab\\"),
        lambda: codecs.escape_encode("a"),
):
    try:
        print(call())
    except Exception as problem:
        print(type(problem).__name__, problem)
print(codecs.escape_decode(rb"a\x41\101\n\'\x4g", "replace"), codecs.escape_encode(b"'\\\n\xff"))
print(codecs.readbuffer_encode("\u20ac"), codecs.readbuffer_encode(b"ab"))


def search(name):
    if name == "failing_codec":
        def fail(data, errors="strict"):
            raise RuntimeError("no")
        return codecs.CodecInfo(fail, fail, name=name)


codecs.register(search)
for call in (lambda: "a".encode("failing_codec"), lambda: b"a".decode("failing_codec")):
    try:
        call()
    except RuntimeError as problem:
        print(problem, problem.__notes__)
