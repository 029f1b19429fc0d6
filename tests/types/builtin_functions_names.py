# Names, modules and pickles of functions that are written in the interpreter's language.
import codecs
import io
import pickle
import zlib

for function in (open, io.open, codecs.strict_errors, codecs.ignore_errors, len, [].append,
                 None.__reduce_ex__, dict.fromkeys, object().__dir__):
    print(function.__qualname__, function.__name__, repr(function).partition(" at ")[0])
print(open.__module__, io.open is open)
for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
    print(pickle.dumps(open, protocol), pickle.loads(pickle.dumps(open, protocol)) is open)
print(zlib.crc32.__qualname__, zlib.crc32(b"abc"), zlib.crc32(b"c", zlib.crc32(b"ab")))
