"""Codecs: their registry, the interfaces they implement, and files that use them."""

import builtins
import sys

from _codecs import *
from _codecs import (
    decode,
    encode,
    lookup,
    lookup_error,
    register,
    register_error,
    unregister,
    _decode,
    _encode,
    _multibyte_state,
    _native_name,
)

__all__ = [
    "register", "lookup", "open", "EncodedFile", "BOM", "BOM_BE", "BOM_LE", "BOM32_BE", "BOM32_LE",
    "BOM64_BE", "BOM64_LE", "BOM_UTF8", "BOM_UTF16", "BOM_UTF16_LE", "BOM_UTF16_BE", "BOM_UTF32",
    "BOM_UTF32_LE", "BOM_UTF32_BE", "CodecInfo", "Codec", "IncrementalEncoder",
    "IncrementalDecoder", "StreamReader", "StreamWriter", "StreamReaderWriter", "StreamRecoder",
    "getencoder", "getdecoder", "getincrementalencoder", "getincrementaldecoder", "getreader",
    "getwriter", "encode", "decode", "iterencode", "iterdecode", "strict_errors", "ignore_errors",
    "replace_errors", "xmlcharrefreplace_errors", "backslashreplace_errors",
    "namereplace_errors", "register_error", "lookup_error",
]

BOM_UTF8 = b"\xef\xbb\xbf"
BOM_UTF16_LE = BOM_LE = BOM32_LE = b"\xff\xfe"
BOM_UTF16_BE = BOM_BE = BOM32_BE = b"\xfe\xff"
BOM_UTF32_LE = BOM64_LE = b"\xff\xfe\x00\x00"
BOM_UTF32_BE = BOM64_BE = b"\x00\x00\xfe\xff"
if sys.byteorder == "little":
    BOM = BOM_UTF16 = BOM_UTF16_LE
    BOM_UTF32 = BOM_UTF32_LE
else:
    BOM = BOM_UTF16 = BOM_UTF16_BE
    BOM_UTF32 = BOM_UTF32_BE


class CodecInfo(tuple):
    """What a search function returns: the four functions, and more as attributes."""

    _is_text_encoding = True

    def __new__(cls, encode, decode, streamreader=None, streamwriter=None, incrementalencoder=None,
                incrementaldecoder=None, name=None, *, _is_text_encoding=None):
        self = super().__new__(cls, (encode, decode, streamreader, streamwriter))
        self.encode, self.decode, self.streamreader, self.streamwriter = self
        self.incrementalencoder, self.incrementaldecoder = incrementalencoder, incrementaldecoder
        self.name = name
        if _is_text_encoding is not None:
            self._is_text_encoding = _is_text_encoding
        return self

    def __repr__(self):
        cls = self.__class__
        return (f"<{cls.__module__}.{cls.__qualname__} object for encoding {self.name} "
                f"at {id(self):#x}>")


class Codec:
    """The interface of stateless codecs: both methods return the result and the length used."""

    def encode(self, input, errors="strict"):
        """The encoded input, and how much of the input that is; nothing is kept between calls."""
        raise NotImplementedError

    def decode(self, input, errors="strict"):
        """The decoded input, and how much of the input that is; nothing is kept between calls."""
        raise NotImplementedError


class IncrementalEncoder:
    """Encodes a text that comes in pieces."""

    def __init__(self, errors="strict"):
        self.errors = errors
        self.buffer = ""

    def encode(self, input, final=False):
        """The encoded piece; with `final` nothing more comes, so that nothing is kept back."""
        raise NotImplementedError

    def reset(self):
        """Goes back to the initial state."""

    def getstate(self):
        """The state as an integer, 0 at the start."""
        return 0

    def setstate(self, state):
        """Goes back to a state that getstate() returned."""


class BufferedIncrementalEncoder(IncrementalEncoder):
    """An incremental encoder that keeps what it cannot encode yet."""

    def __init__(self, errors="strict"):
        IncrementalEncoder.__init__(self, errors)
        self.buffer = ""

    def _buffer_encode(self, input, errors, final):
        raise NotImplementedError

    def encode(self, input, final=False):
        data = self.buffer + input
        result, used = self._buffer_encode(data, self.errors, final)
        self.buffer = data[used:]
        return result

    def reset(self):
        self.buffer = ""

    def getstate(self):
        return self.buffer or 0

    def setstate(self, state):
        self.buffer = state or ""


class IncrementalDecoder:
    """Decodes bytes that come in pieces."""

    def __init__(self, errors="strict"):
        self.errors = errors

    def decode(self, input, final=False):
        """The decoded piece; with `final` nothing more comes, so that nothing is kept back."""
        raise NotImplementedError

    def reset(self):
        """Goes back to the initial state."""

    def getstate(self):
        """The state: the bytes that are kept back, and an integer, 0 at the start."""
        return (b"", 0)

    def setstate(self, state):
        """Goes back to a state that getstate() returned."""


class BufferedIncrementalDecoder(IncrementalDecoder):
    """An incremental decoder that keeps the bytes of an incomplete character."""

    def __init__(self, errors="strict"):
        IncrementalDecoder.__init__(self, errors)
        self.buffer = b""

    def _buffer_decode(self, input, errors, final):
        raise NotImplementedError

    def decode(self, input, final=False):
        data = self.buffer + input
        result, used = self._buffer_decode(data, self.errors, final)
        self.buffer = data[used:]
        return result

    def reset(self):
        IncrementalDecoder.reset(self)
        self.buffer = b""

    def getstate(self):
        return (self.buffer, 0)

    def setstate(self, state):
        self.buffer = state[0]


class _OverStream:
    """What is a file because it has one, `stream`, below it."""

    def __enter__(self):
        return self

    def __exit__(self, type, value, tb):
        self.stream.close()

    def __getattr__(self, name):
        return getattr(self.stream, name)

    def __reduce_ex__(self, proto):
        raise TypeError(f"can't serialize {self.__class__.__name__}")


class StreamWriter(_OverStream, Codec):
    """Writes encoded text to a binary file."""

    def __init__(self, stream, errors="strict"):
        self.stream = stream
        self.errors = errors

    def write(self, object):
        """Encode the object and write that."""
        self.stream.write(self.encode(object, self.errors)[0])

    def writelines(self, list):
        """Write several texts, one behind the other."""
        self.write("".join(list))

    def reset(self):
        """Ends what is begun, so that other data can follow."""

    def seek(self, offset, whence=0):
        self.stream.seek(offset, whence)
        if offset == whence == 0:
            self.reset()


class StreamReader(_OverStream, Codec):
    """Reads text from an encoded binary file."""

    charbuffertype = str

    def __init__(self, stream, errors="strict"):
        self.stream = stream
        self.errors = errors
        self.bytebuffer = b""
        self.charbuffer = self.charbuffertype()

    def read(self, size=-1, chars=-1, firstline=False):
        """At most `chars` characters, from about `size` bytes at a time; all for negative numbers.

        One number alone is that of the characters.  With `firstline` an error after the first line
        waits until what is before it has been read.
        """
        if chars < 0:
            chars = size
        while not 0 <= chars <= len(self.charbuffer):
            new = self.stream.read() if size < 0 else self.stream.read(size)
            data = self.bytebuffer + new
            if not data:
                break
            try:
                text, used = self.decode(data, self.errors)
            except UnicodeDecodeError as error:
                if not firstline:
                    raise
                text, used = self.decode(data[:error.start], self.errors)
                if len(text.splitlines(True)) < 2:
                    raise
            self.bytebuffer = data[used:]
            self.charbuffer += text
            if not new:
                break
        end = len(self.charbuffer) if chars < 0 else chars
        result, self.charbuffer = self.charbuffer[:end], self.charbuffer[end:]
        return result

    def readline(self, size=None, keepends=True):
        """A line; `size` says how many bytes are read for it at a time, and that only once."""
        wanted = size or 72
        line = first = self.charbuffertype()
        carriage_return = "\r" if isinstance(line, str) else b"\r"
        while True:
            new = self.read(wanted, firstline=True)
            if new.endswith(carriage_return):
                # It may be half of the end of a line.
                new += self.read(1, 1)
            line += new
            first = line.splitlines(True)[0] if line else line
            if len(first) < len(line) or first.splitlines(False) != [first]:
                self.charbuffer = line[len(first):] + self.charbuffer
                break
            if not new or size is not None:
                break
            wanted = min(2 * wanted, 8000)
        return first.splitlines(False)[0] if first and not keepends else first

    def readlines(self, sizehint=None, keepends=True):
        """All lines that are left; the hint means nothing."""
        return self.read().splitlines(keepends)

    def reset(self):
        """Forget what was read ahead; used after seeking."""
        self.bytebuffer = b""
        self.charbuffer = self.charbuffertype()

    def seek(self, offset, whence=0):
        """Go to another place of the file, and forget what was read ahead."""
        self.stream.seek(offset, whence)
        self.reset()

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def __iter__(self):
        return self


class _TwoWay(_OverStream):
    """A file with a reader and a writer."""

    def __init__(self, stream, Reader, Writer, errors="strict"):
        self.stream, self.errors = stream, errors
        self.reader, self.writer = Reader(stream, errors), Writer(stream, errors)

    def reset(self):
        for side in self.reader, self.writer:
            side.reset()

    def __iter__(self):
        return self


class StreamReaderWriter(_TwoWay):
    """Reads and writes text on one binary file."""

    encoding = "unknown"

    def read(self, size=-1):
        return self.reader.read(size)

    def readline(self, size=None, keepends=True):
        return self.reader.readline(size, keepends)

    def readlines(self, sizehint=None):
        return self.reader.readlines(sizehint)

    def __next__(self):
        return next(self.reader)

    def write(self, data):
        return self.writer.write(data)

    def writelines(self, list):
        return self.writer.writelines(list)

    def seek(self, offset, whence=0):
        self.stream.seek(offset, whence)
        self.reader.reset()
        # At the start a writer may have to say anew how it writes.
        if offset == whence == 0:
            self.writer.reset()


class StreamRecoder(_TwoWay):
    """Shows a file in one encoding as if it were in another."""

    data_encoding = file_encoding = "unknown"

    def __init__(self, stream, encode, decode, Reader, Writer, errors="strict"):
        super().__init__(stream, Reader, Writer, errors)
        self.encode, self.decode = encode, decode

    def _shown(self, text):
        return self.encode(text, self.errors)[0]

    def read(self, size=-1):
        return self._shown(self.reader.read(size))

    def readline(self, size=None):
        return self._shown(self.reader.readline(size))

    def readlines(self, sizehint=None):
        return self._shown(self.reader.read()).splitlines(keepends=True)

    def __next__(self):
        return self._shown(next(self.reader))

    def write(self, data):
        return self.writer.write(self.decode(data, self.errors)[0])

    def writelines(self, list):
        return self.write(b"".join(list))

    def seek(self, offset, whence=0):
        for side in self.reader, self.writer:
            side.seek(offset, whence)


def open(filename, mode="r", encoding=None, errors="strict", buffering=-1):
    """Opens a file that is encoded and decoded by a codec; binary if there is no encoding."""
    if encoding is None:
        return builtins.open(filename, mode, buffering)
    file = builtins.open(filename, mode if "b" in mode else mode + "b", buffering)
    try:
        codec = lookup(encoding)
        text = StreamReaderWriter(file, codec.streamreader, codec.streamwriter, errors)
    except:
        file.close()
        raise
    text.encoding = encoding
    return text


def EncodedFile(file, data_encoding, file_encoding=None, errors="strict"):
    """A file that translates between two encodings."""
    outside, inside = lookup(data_encoding), lookup(file_encoding or data_encoding)
    translated = StreamRecoder(file, outside.encode, outside.decode, inside.streamreader,
                               inside.streamwriter, errors)
    translated.data_encoding = data_encoding
    translated.file_encoding = file_encoding or data_encoding
    return translated


def getencoder(encoding):
    """The encoding function of a codec."""
    return lookup(encoding).encode


def getdecoder(encoding):
    """The decoding function of a codec."""
    return lookup(encoding).decode


def getincrementalencoder(encoding):
    """The incremental encoder class of a codec; LookupError if it has none."""
    encoder = lookup(encoding).incrementalencoder
    if encoder is None:
        raise LookupError(encoding)
    return encoder


def getincrementaldecoder(encoding):
    """The incremental decoder class of a codec; LookupError if it has none."""
    decoder = lookup(encoding).incrementaldecoder
    if decoder is None:
        raise LookupError(encoding)
    return decoder


def getreader(encoding):
    """The stream reader class of a codec."""
    return lookup(encoding).streamreader


def getwriter(encoding):
    """The stream writer class of a codec."""
    return lookup(encoding).streamwriter


def _coded(step, pieces, nothing):
    """What an incremental codec makes of pieces, as far as it gives something."""
    for piece in pieces:
        if output := step(piece):
            yield output
    if output := step(nothing, True):
        yield output


def iterencode(iterator, encoding, errors="strict", **kwargs):
    """Encodes the texts of an iterable one after the other."""
    encoder = getincrementalencoder(encoding)(errors, **kwargs)
    yield from _coded(encoder.encode, iterator, "")


def iterdecode(iterator, encoding, errors="strict", **kwargs):
    """Decodes the bytes of an iterable one after the other."""
    decoder = getincrementaldecoder(encoding)(errors, **kwargs)
    yield from _coded(decoder.decode, iterator, b"")


def make_identity_dict(rng):
    """A dict that maps each item to itself."""
    return {i: i for i in rng}


def make_encoding_map(decoding_map):
    """The reverse of a decoding map; characters with several bytes map to None."""
    reverse = {}
    for byte, char in decoding_map.items():
        reverse[char] = None if char in reverse else byte
    return reverse


(strict_errors, ignore_errors, replace_errors, xmlcharrefreplace_errors, backslashreplace_errors,
 namereplace_errors) = map(lookup_error, (
     "strict", "ignore", "replace", "xmlcharrefreplace", "backslashreplace", "namereplace"))
_PUBLIC = {"latin_1": "iso8859-1", "unicode_escape": "unicode-escape",
           "raw_unicode_escape": "raw-unicode-escape"}
_MARKS = {"utf_16": (2, "utf_16_le", "utf_16_be", "UTF-16"),
          "utf_32": (4, "utf_32_le", "utf_32_be", "UTF-32"),
          "utf_8_sig": (3, "utf_8", "utf_8", None)}


def _new_incremental(native, kind):
    """An incremental coder of a native codec, for copies and pickles."""
    return getattr(lookup(native), kind)()


def _native_info(native):
    """The codec of an encoding that the interpreter itself implements."""

    def encode(input, errors="strict"):
        return _encode(native, input, errors)

    def decode(input, errors="strict"):
        return _decode(native, input, errors, True)

    marks = _MARKS.get(native)

    class NativeIncrementalEncoder(IncrementalEncoder):
        def __init__(self, errors="strict"):
            IncrementalEncoder.__init__(self, errors)
            self.started = False

        def encode(self, input, final=False):
            name = marks[1] if marks and self.started else native
            if input:
                self.started = True
            elif marks and not final:
                return b""
            return _encode(name, input, self.errors)[0]

        def reset(self):
            self.started = False

        def getstate(self):
            return 0 if self.started else 2

        def setstate(self, state):
            self.started = state == 0

        def __reduce__(self):
            return _new_incremental, (native, "incrementalencoder"), self.__dict__

    class NativeIncrementalDecoder(BufferedIncrementalDecoder):
        def __init__(self, errors="strict"):
            BufferedIncrementalDecoder.__init__(self, errors)
            self.name = None

        def _buffer_decode(self, input, errors, final):
            if not marks or self.name:
                return _decode(self.name or native, input, errors, final)
            size, little, big, title = marks
            if len(input) < size and not final and (title or BOM_UTF8.startswith(input)):
                return "", 0
            mark = input[:size]
            if title is None:
                self.name = little
                used = size if mark == BOM_UTF8 else 0
            else:
                used = size
                if mark in (BOM_UTF16_LE, BOM_UTF32_LE):
                    self.name = little
                elif mark in (BOM_UTF16_BE, BOM_UTF32_BE):
                    self.name = big
                elif len(input) >= size:
                    raise UnicodeError(title + " stream does not start with BOM")
                else:
                    return _decode(native, input, errors, final)
            text, rest = _decode(self.name, input[used:], errors, final)
            return text, rest + used

        def reset(self):
            BufferedIncrementalDecoder.reset(self)
            self.name = None

        def getstate(self):
            if not marks:
                return self.buffer, 0
            if self.name is None:
                return self.buffer, 2 if marks[3] else 1
            return self.buffer, int(self.name != marks[1])

        def setstate(self, state):
            BufferedIncrementalDecoder.setstate(self, state)
            if marks:
                known = 1 if marks[3] is None else 2
                self.name = marks[1 + state[1]] if state[1] < known else None

        def __reduce__(self):
            return _new_incremental, (native, "incrementaldecoder"), self.__dict__

    class NativeStreamWriter(StreamWriter):
        def __init__(self, stream, errors="strict"):
            StreamWriter.__init__(self, stream, errors)
            self.encoder = NativeIncrementalEncoder(errors)

        def encode(self, input, errors="strict"):
            self.encoder.errors = errors
            return self.encoder.encode(input), len(input)

        def reset(self):
            self.encoder.reset()

    class NativeStreamReader(StreamReader):
        def __init__(self, stream, errors="strict"):
            StreamReader.__init__(self, stream, errors)
            self.decoder = NativeIncrementalDecoder(errors)

        def decode(self, input, errors="strict"):
            self.decoder.errors = errors
            return self.decoder._buffer_decode(input, errors, False)

        def reset(self):
            StreamReader.reset(self)
            self.decoder.reset()

    return CodecInfo(encode, decode, NativeStreamReader, NativeStreamWriter,
                     NativeIncrementalEncoder, NativeIncrementalDecoder,
                     name=_PUBLIC.get(native, native.replace("_", "-")
                                      if native.startswith(("utf_", "koi8_", "mac_")) else native))


def _rot13(text, errors="strict"):
    shift = {}
    for first in (65, 97):
        for i in range(26):
            shift[first + i] = first + (i + 13) % 26
    return str(text).translate(shift), len(text)


def _rot13_file(infile, outfile):
    """Writes what a file has, with its letters moved by half the alphabet."""
    outfile.write(_rot13(infile.read())[0])


def _byte_table(native):
    """The characters of a single-byte encoding; None for other encodings."""
    if _native_name(native) != native:
        return None
    try:
        table = "".join(_decode(native, bytes([byte]), "replace", True)[0] for byte in range(256))
    except LookupError:
        return None
    single = len(table) == 256 and len(set(table)) > 128 and native not in ("ascii", "utf_8")
    return table.replace("\ufffd", "\ufffe") if single else None


def _search(name):
    native = _native_name(name)
    if native is not None and _multibyte_state(native, False) is None:
        return _native_info(native)
    if native is not None:
        from _multibytecodec import _info
        return _info(native)
    from _byte_codecs import find
    return find(name)


register(_search)
