"""What zlib, csv and traceback say of wrong arguments."""
import csv
import io
import traceback
import zlib


def attempt(function, *args, **keywords):
    try:
        print(function(*args, **keywords))
    except Exception as error:
        print(type(error).__name__, error)


packed = zlib.compress(b"abc" * 9)
for data in None, "a", 1:
    attempt(zlib.adler32, data)
    attempt(zlib.decompress, data, 15, "x")
attempt(zlib.adler32, b"abc", 3)
attempt(zlib.decompress, packed, 15, "x")
attempt(zlib.decompress, packed, 15, -1)
attempt(zlib.decompress, packed)
attempt(zlib.compressobj, None)
attempt(zlib.compressobj, 6, "a")
attempt(zlib.compressobj, 6, 9)
attempt(zlib.decompressobj, "a", "b")
attempt(zlib.decompressobj, 15, "b")
attempt(zlib.decompressobj().decompress, packed, "x")
attempt(zlib.decompressobj().decompress, packed, 5)
attempt(zlib.decompressobj().flush, "x")
attempt(csv.writer, 1, "nothing")
attempt(csv.writer, io.StringIO(), "nothing")
attempt(csv.writer(io.StringIO()).writerow, [1, 2])
for call in traceback.extract_stack, traceback.format_stack:
    attempt(call, 0)
print(len(traceback.extract_stack()), len(traceback.extract_stack(None, 1)))
