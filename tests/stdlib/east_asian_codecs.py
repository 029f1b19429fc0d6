# The East Asian codecs: whole tables, mistakes, pieces and what is kept between them.
# no-stress: goes through whole tables, with thousands of safe points for each line
import codecs
from hashlib import sha256

NAMES = """gb2312 gbk gb18030 euc_kr cp949 johab big5 cp950 big5hkscs euc_jp euc_jis_2004 euc_jisx0213 shift_jis cp932
shift_jis_2004 shift_jisx0213 hz iso2022_jp iso2022_jp_1 iso2022_jp_2 iso2022_jp_2004 iso2022_jp_3 iso2022_jp_ext
iso2022_kr""".split()
TEXTS = ["plain ~\\", "\u65e5\u672c\u8a9e \u30c6\u30ad\u30b9\u30c8", "\ud55c\uad6d\uc5b4 \ub8a8", "\u7e41\u9ad4 \u7b80\u4f53",
         "\xe6\u0300\u304b\u309a\xca\u0304", "\u304b", "\xa5\u203e\uff71\xe9\u03b1", "\U0002000b\U00020021 \u4e02", "a\udc80b", "x\U0001f600y"]
PIECES = [b"\xa4\xa4\x80\xff", b"\x8f\xa2\xb7\x8e\xb1\x8f", b"\x81\x30\x81\x30\x90\x30\x81\x30\xff\x30", b"~{VPND~}~~~\n!~x~{a",
          b"\x1b$B$\"$$\x1b(Bx\x1b(J\\~\x1b$(D0!\x1b$", b"\x1b$)C\x0e0!\x0f0\x0e\n0!", b"\x1b.A\x1bNi\x1b.F\x1bNa\x1bXyZ", b"\xa4\xd4\xa4\xa2\xa4\xbf\xa4\xd4\xa4\xd4",
          b"\x1b$(Q$w\x1b$(P!\"\x1b$(O!!\x80", b"\x88\x62\x88\xa3\x87\x40\xf9\xd6"]


def shown(convert, *args):
    try:
        return ascii(convert(*args))
    except UnicodeError as error:
        return type(error).__name__ + ascii(error.args)


for name in NAMES:
    print(name, codecs.lookup(name).name, [str.encode(text, name, "ignore") for text in TEXTS])
    digest = sha256()
    for start in range(0x80, 0x30000, 5):
        digest.update(chr(start).encode(name, "ignore") + b".")
    for lead in range(0x81, 0xFF):
        digest.update(b"".join(bytes([lead, trail]) for trail in range(0x30, 0xFF, 3)).decode(name, "replace").encode())
    print(digest.hexdigest())
    for text in TEXTS:
        print([shown(text.encode, name, errors) for errors in ("strict", "replace", "xmlcharrefreplace")])
        encoder = codecs.getincrementalencoder(name)("backslashreplace")
        print([(encoder.encode(c), encoder.getstate()) for c in text], encoder.encode("", True), encoder.getstate())
    for data in PIECES:
        print([shown(data.decode, name, errors) for errors in ("strict", "replace", "ignore", "backslashreplace")])
        decoder = codecs.getincrementaldecoder(name)("replace")
        print([(ascii(decoder.decode(data[at:at + 1])), decoder.getstate()) for at in range(len(data))],
              ascii(decoder.decode(b"", True)))
