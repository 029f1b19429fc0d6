"""Compression and decompression of data in the formats of the zlib library.

'wbits' is the size of the window and the container: 9 to 15 with the header of zlib, negative none,
16 more that of gzip, and for decompression 32 more either of both.
"""

import _zlib
from _operator import index as _index
from _zlib import error
from binascii import crc32

__version__ = "1.0"

DEFLATED = 8
DEF_BUF_SIZE = 16384
DEF_MEM_LEVEL = 8
MAX_WBITS = 15
ZLIB_RUNTIME_VERSION = ZLIB_VERSION = "1.2.13"
Z_NO_COMPRESSION = 0
Z_BEST_SPEED = 1
Z_BEST_COMPRESSION = 9
Z_DEFAULT_COMPRESSION = -1
Z_DEFAULT_STRATEGY = 0
Z_FILTERED = 1
Z_HUFFMAN_ONLY = 2
Z_RLE = 3
Z_FIXED = 4
Z_NO_FLUSH = 0
Z_PARTIAL_FLUSH = 1
Z_SYNC_FLUSH = 2
Z_FULL_FLUSH = 3
Z_FINISH = 4
Z_BLOCK = 5
Z_TREES = 6


def adler32(data, value=1, /):
    """The Adler-32 checksum of data, going on from the value of what was before it."""
    _check_bytes(data)
    low, high = value & 0xFFFF, value >> 16 & 0xFFFF
    with memoryview(data) as view, view.cast("B") as octets:
        # Between two divisions the sums of so many bytes stay small.
        for start in range(0, len(octets), 1 << 16):
            part = octets[start:start + (1 << 16)]
            high += low * len(part) + sum(map(int.__mul__, part, range(len(part), 0, -1)))
            low += sum(part)
            low %= 65521
            high %= 65521
    return high << 16 | low


def _check_bytes(data):
    try:
        memoryview(data).release()
    except TypeError:
        raise TypeError(f"a bytes-like object is required, not {type(data).__name__!r}") from None


def compress(data, /, level=Z_DEFAULT_COMPRESSION, wbits=MAX_WBITS):
    """Data compressed, by a level from 0 to 9 or -1 for the usual one."""
    _check_bytes(data)
    try:
        stream = _zlib.deflater(level, wbits, None)
    except ValueError:
        raise error("Bad compression level") from None
    return _zlib.deflate(stream, data, Z_FINISH)


def decompress(data, /, wbits=MAX_WBITS, bufsize=DEF_BUF_SIZE):
    """What compressed data stands for; bufsize is of no importance any more."""
    _check_bytes(data)
    if _index(bufsize) < 0:
        raise ValueError("bufsize must be non-negative")
    try:
        stream = _zlib.inflater(wbits, None)
    except ValueError:
        raise error("Error -2 while preparing to decompress data: inconsistent stream state") \
            from None
    result, _, ended = _zlib.inflate(stream, data, -1, None)
    if not ended:
        raise error("Error -5 while decompressing data: incomplete or truncated stream")
    return result


class _Made:
    """Objects that only functions of the module make."""

    __slots__ = ()

    def __new__(cls, *args, **kwargs):
        raise TypeError(f"cannot create 'zlib.{cls.__name__}' instances")

    def __reduce__(self):
        raise TypeError(f"cannot pickle 'zlib.{type(self).__name__}' object")


class Compress(_Made):
    __slots__ = ("_stream",)

    def compress(self, data, /):
        """Takes data up; returns what of the compressed data is ready, perhaps nothing."""
        if self._stream is None:
            raise error("Error -2 while compressing data: inconsistent stream state")
        return _zlib.deflate(self._stream, data, Z_NO_FLUSH)

    def flush(self, mode=Z_FINISH, /):
        """The rest of the compressed data; by another mode than Z_FINISH more may follow."""
        if mode == Z_NO_FLUSH:
            return b""
        if self._stream is None:
            raise error("Error -2 while flushing: inconsistent stream state")
        rest = _zlib.deflate(self._stream, b"", mode)
        if mode == Z_FINISH:
            self._stream = None
        return rest


class Decompress(_Made):
    __slots__ = ("_stream", "_zdict", "unused_data", "unconsumed_tail", "eof")

    def _take(self, data, max_length):
        if self.eof:
            self.unused_data += bytes(data)
            return b""
        result, used, self.eof = _zlib.inflate(self._stream, data, max_length, self._zdict)
        rest = bytes(memoryview(data).cast("B")[used:])
        if self.eof:
            self.unused_data += rest
            self.unconsumed_tail = b""
        else:
            self.unconsumed_tail = rest
        return result

    def decompress(self, data, /, max_length=0):
        """What data stands for, of which no more than max_length bytes unless that is 0.

        Input that was not looked at for this reason is in unconsumed_tail.
        """
        max_length = _index(max_length)
        if max_length < 0:
            raise ValueError("max_length must be non-negative")
        return self._take(data, max_length or -1)

    def flush(self, length=DEF_BUF_SIZE, /):
        """The rest of the decompressed data."""
        if _index(length) <= 0:
            raise ValueError("length must be greater than zero")
        if self.eof:
            return b""
        return self._take(self.unconsumed_tail, -1)


def compressobj(level=Z_DEFAULT_COMPRESSION, method=DEFLATED, wbits=MAX_WBITS,
                memLevel=DEF_MEM_LEVEL, strategy=Z_DEFAULT_STRATEGY, zdict=None):
    """An object that compresses data which comes in pieces."""
    level, method, wbits, memLevel, strategy = map(_index, (level, method, wbits, memLevel, strategy))
    if method != DEFLATED or wbits == 0 or not 1 <= memLevel <= 9 or not 0 <= strategy <= Z_FIXED:
        raise ValueError("Invalid initialization option")
    if zdict is not None:
        memoryview(zdict).release()
    self = object.__new__(Compress)
    self._stream = _zlib.deflater(level, wbits, zdict)
    return self


def decompressobj(wbits=MAX_WBITS, zdict=b""):
    """An object that decompresses data which comes in pieces."""
    wbits = _index(wbits)
    try:
        zdict = bytes(memoryview(zdict))
    except TypeError:
        raise TypeError("zdict argument must support the buffer protocol") from None
    self = object.__new__(Decompress)
    self._zdict = zdict or None
    self._stream = _zlib.inflater(wbits, self._zdict)
    self.unused_data = self.unconsumed_tail = b""
    self.eof = False
    return self


class _ZlibDecompressor:
    """_ZlibDecompressor(wbits=15, zdict=b'')

Decompresses data that comes in pieces; what it has not got round to it keeps.
"""

    def __init__(self, wbits=MAX_WBITS, zdict=b""):
        self._zdict = bytes(zdict) or None
        self._stream = _zlib.inflater(wbits, self._zdict)
        self._kept = b""
        self.eof = False
        self.needs_input = True
        self.unused_data = b""

    def decompress(self, data, max_length=-1):
        """What data stands for, of which no more than max_length bytes unless that is negative."""
        if self.eof:
            raise EOFError("End of stream already reached")
        data = self._kept + bytes(memoryview(data))
        result, used, self.eof = _zlib.inflate(self._stream, data, max_length, self._zdict)
        rest = data[used:]
        if self.eof:
            self.unused_data, self._kept = rest, b""
            self.needs_input = False
        else:
            self._kept = rest
            self.needs_input = not rest and (max_length < 0 or len(result) < max_length)
        return result

    def __reduce__(self):
        raise TypeError(f"cannot pickle 'zlib.{type(self).__name__}' object")
