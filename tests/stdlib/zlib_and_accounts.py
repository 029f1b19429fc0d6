"""Compressed data in pieces and containers, checksums, locks on files, users and groups."""
import fcntl
import grp
import os
import pwd
import tempfile
import zlib

data = b"".join(b"line %d of some text\n" % i for i in range(3000))
for wbits in (15, 9, -15, 31):
    packed = zlib.compress(data, 6, wbits)
    print(wbits, len(packed) < len(data) // 3, zlib.decompress(packed, wbits) == data)
    both = wbits if wbits < 0 else 47
    reader = zlib.decompressobj(both)
    out = b"".join(reader.decompress(packed[at:at + 7]) for at in range(0, len(packed), 7))
    print(out + reader.flush() == data, reader.eof, reader.unused_data, reader.unconsumed_tail)
reader = zlib.decompressobj()
first = reader.decompress(zlib.compress(data) + b"more", 100)
print(len(first), reader.eof, reader.decompress(reader.unconsumed_tail) == data[100:],
      reader.eof, reader.unused_data)
writer = zlib.compressobj(9, zdict=b"some text")
packed = writer.compress(b"some text") + writer.flush(zlib.Z_SYNC_FLUSH)
packed += writer.compress(b" and some text") + writer.flush()
print(zlib.decompressobj(zdict=b"some text").decompress(packed))
print(zlib.adler32(data), zlib.crc32(data), zlib.adler32(b"b", zlib.adler32(b"a")))
for call in (
        lambda: zlib.decompress(b"abc"), lambda: zlib.decompress(zlib.compress(b"abc")[:-1]),
        lambda: zlib.compress(b"", 20), lambda: zlib.compressobj(20),
        lambda: zlib.decompressobj(99), lambda: zlib.decompressobj().decompress(b"", -1),
        lambda: zlib.decompressobj().flush(0), lambda: zlib.decompress(packed),
        lambda: zlib.decompressobj(zdict=5), lambda: zlib.compress("text"),
        lambda: pwd.getpwnam("no such user"), lambda: pwd.getpwuid(-1), lambda: grp.getgrgid("x"),
        lambda: pwd.getpwnam(5)):
    try:
        print(call())
    except Exception as problem:
        print(type(problem).__module__, type(problem).__name__, problem)
root = pwd.getpwuid(0)
print(root.pw_name, root.pw_uid, root.pw_dir, root == pwd.getpwnam("root"), len(root))
print(grp.getgrgid(0).gr_name, grp.getgrnam("root").gr_gid, root in pwd.getpwall())
with tempfile.TemporaryFile() as file:
    fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    fcntl.flock(file, fcntl.LOCK_SH)
    print(fcntl.fcntl(file, fcntl.F_GETFD) == fcntl.FD_CLOEXEC)
    print(fcntl.fcntl(file.fileno(), fcntl.F_SETFL, os.O_NONBLOCK) == 0,
          fcntl.fcntl(file, fcntl.F_GETFL) & os.O_NONBLOCK == os.O_NONBLOCK)
    try:
        fcntl.lockf(file, 0)
    except ValueError as problem:
        print(problem)
