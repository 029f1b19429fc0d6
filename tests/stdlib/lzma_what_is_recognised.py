"""How much of an input LZMADecompressor needs to say that it is of no format it knows."""
try:
    import _lzma as lzma
except ImportError:
    import lzma


def show(data, format):
    reader = lzma.LZMADecompressor(format)
    try:
        print(data, len(data), format, reader.decompress(data), reader.eof, reader.check)
    except lzma.LZMAError as error:
        print(data, len(data), format, error)


for data in (b"nonsense", b"n", b"no", b"nons", b"nonse", b"\x5d", b"\x5d\0\0\x80\0", b"\x5d\0\0\x80\0" + b"\xff" * 8,
             b"\xfd7zXZ", b"\xfd7zXY\0", b"\xfd", b"\xe1", b"\xff" * 20, b"", b"L", b"LZ", b"LZIQ", b"LZIP", b"LZIP\1", b"LZIP\2",
             b"\x5d\1\0\x80\0", b"\x5d\0\0\xc0\0", b"\x5d\0\0\x80\0\0\0\0\0\x40\0\0\0", b"\x5d\0\0\x80\0\0\0\0\0\x3f\0\0\0"):
    for format in (lzma.FORMAT_AUTO, lzma.FORMAT_XZ, lzma.FORMAT_ALONE):
        show(data, format)
