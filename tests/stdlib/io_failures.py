"""What files do when closing, opening and configuring them fails."""

import io
import os
import sys
import tempfile
import threading
import time
import warnings


class Failing(io.BytesIO):
    def flush(self):
        raise OSError("flush")

    def close(self):
        raise OSError("close")

    def readable(self):
        return True


def show(error):
    chain = []
    while error is not None:
        chain.append(f"{type(error).__name__}{error.args}")
        error = error.__context__
    print(*chain)


for make in (io.BufferedReader, io.BufferedWriter, io.BufferedRandom,
             lambda raw: io.TextIOWrapper(raw, encoding="ascii")):
    raw = Failing()
    file = make(raw)

    def bad_flush():
        raise OSError("outer flush")

    file.flush = bad_flush
    try:
        file.close()
    except OSError as error:
        show(error)
    file.flush = lambda: None
    raw.close = lambda: None

# A short read into a large buffer takes what is read ahead, and reads once more.
class Pieces(io.RawIOBase):
    def __init__(self, *pieces):
        self.pieces = list(pieces)
        self.asked = []

    def readable(self):
        return True

    def readinto(self, buffer):
        self.asked.append(len(buffer))
        if not self.pieces:
            return 0
        piece = self.pieces.pop(0)
        if piece is None:
            return None
        buffer[:len(piece)] = piece
        return len(piece)


for method in ("readinto", "readinto1"):
    raw = Pieces(b"abc", b"de", b"fgh", b"jkl", None, b"xyz")
    file = io.BufferedReader(raw, buffer_size=10)
    for size in (2, 2, 2, 20, 4, 30, 5):
        room = bytearray(size)
        print(method, size, getattr(file, method)(room), bytes(room), raw.asked)

for size in (sys.maxsize, 0, -1):
    for make in (io.BufferedReader, io.BufferedWriter):
        raw = io.BytesIO(b"abc")
        file = make(raw)
        try:
            file.__init__(raw, size)
        except (MemoryError, ValueError) as error:
            print(make.__name__, size, type(error).__name__, error)
        try:
            file.read() if make is io.BufferedReader else file.write(b"")
        except ValueError as error:
            print(error)
        file.__init__(raw)


class SlowClose(io.BytesIO):
    def close(self):
        closing.set()
        time.sleep(0.1)
        super().close()


closing = threading.Event()
file = io.BufferedWriter(SlowClose())
thread = threading.Thread(target=file.close)
thread.start()
closing.wait()
try:
    file.write(b"late")
except ValueError as error:
    print(error, file.closed)
thread.join()

# Text files.
file = io.TextIOWrapper.__new__(io.TextIOWrapper)
for what in (repr, lambda f: f.errors, lambda f: f.read(0), lambda f: f.encoding):
    try:
        print(what(file))
    except ValueError as error:
        print(error)
file = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
file.detach()
print(file, file.errors, file.encoding, file.line_buffering, file.write_through)
for keywords in (dict(encoding="\udcfe"), dict(encoding="utf-8\0"), dict(errors="\udcfe"),
                 dict(newline="\udcfe"), dict(newline="xyzzy"), dict(encoding=42)):
    try:
        io.TextIOWrapper(io.BytesIO(), **{"encoding": "ascii", **keywords})
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
    file = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    if keywords != dict(encoding="utf-8\0"):
        try:
            file.reconfigure(**keywords)
        except (ValueError, TypeError) as error:
            print(type(error).__name__, error)
for value in ("x", 2.0, [], 2 ** 100, -1, 0, None):
    file = io.TextIOWrapper(io.BytesIO(), encoding="ascii", line_buffering=True)
    try:
        file.reconfigure(line_buffering=value)
        print(value, file.line_buffering)
    except (TypeError, OverflowError) as error:
        print(type(error).__name__, error)

raw = io.BytesIO()
file = io.TextIOWrapper(raw, encoding="ascii", newline="\n")
file.write("abc\n")
file.reconfigure(encoding="utf-8-sig")
file.write("dé\n")
file.flush()
print(raw.getvalue())


class Chunks(io.RawIOBase):
    def writable(self):
        return True

    def write(self, data):
        print(len(data), end=" ")
        return len(data)


file = io.TextIOWrapper(Chunks(), encoding="ascii")
for text in ("abc", "def", "x" * 8190, "y" * 8193, "z"):
    file.write(text)
    print("|", end=" ")
file.flush()
print()

with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
    warnings.simplefilter("error")
    path = os.path.join(folder, "file")
    for keywords in (dict(newline="invalid"), dict(buffering=0), dict(encoding="nonsense")):
        try:
            open(path, "w", **{"encoding": "ascii", **keywords})
        except (ValueError, LookupError) as error:
            print(error)
    descriptor = os.open(path, os.O_RDONLY)
    os.close(descriptor)
    try:
        open(path, opener=lambda name, flags: descriptor)
    except OSError as error:
        print(error)
