# _bz2: compressing and decompressing piece by piece.
import _bz2


def tried(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except BaseException as error:
        print(type(error).__name__, error)


Compressor, Decompressor = _bz2.BZ2Compressor, _bz2.BZ2Decompressor
for arguments in [(0,), (10,), ("a",), (1, 2)]:
    tried(Compressor, *arguments)
tried(Compressor, compresslevel=5)
tried(Decompressor, 1)
compressor = Compressor()
tried(compressor.compress, "a")
tried(compressor.compress, b"abc")
tried(compressor.flush)
tried(compressor.flush)
tried(compressor.compress, b"a")
compressor = Compressor(1)
data = compressor.compress(b"hello" * 10) + compressor.flush()
decompressor = Decompressor()


def state():
    print(decompressor.eof, decompressor.needs_input, decompressor.unused_data)


state()
tried(decompressor.decompress, data[:10])
tried(decompressor.decompress, data[10:] + b"rest", 7)
state()
tried(decompressor.decompress, b"", -1)
state()
tried(decompressor.decompress, b"")
tried(Decompressor().decompress, b"xxxxxxxxxx")
tried(Decompressor().decompress, b"BZh9xxxxxxxxxxxxx")
tried(Decompressor().decompress, data, max_length=3)
tried(Decompressor().decompress, "a")
large = bytes(range(256)) * 5000
compressor = Compressor()
parts = [compressor.compress(large[at:at + 7777]) for at in range(0, len(large), 7777)]
packed = b"".join(parts) + compressor.flush()
print(len(packed), Decompressor().decompress(packed) == large)
decompressor, got = Decompressor(), []
for at in range(0, len(packed), 100):
    got.append(decompressor.decompress(packed[at:at + 100]))
print(b"".join(got) == large, decompressor.eof)
