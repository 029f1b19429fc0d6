"""The codecs of East Asian encodings, as objects: what incremental coders and files of them keep."""

import codecs
from _codecs import _multibyte_decode, _multibyte_encode, _multibyte_reset, _multibyte_state

# How much may wait for what comes next.
_MOST_BYTES, _MOST_TEXT = 8, 2


class MultibyteCodec:
    """An encoding."""

    def __init__(self, name):
        self.name = name

    def encode(self, input, errors=None):
        """The text as bytes, and its length."""
        text = _text(input)
        return _multibyte_encode(self.name, text, errors, _multibyte_state(self.name, False), True)[0], len(text)

    def decode(self, input, errors=None):
        """The text that bytes stand for, and how many they are."""
        text, used, _ = _multibyte_decode(self.name, input, errors, _multibyte_state(self.name, True), True)
        return text, used


def _text(input):
    if not isinstance(input, str):
        raise TypeError("couldn't convert the object to str.")
    return input


class _Piecewise:
    """Keeps what is between two pieces: what waits for the next one, and the codec's state."""

    # What nothing is of the kind that comes in.
    _nothing = None

    def __delattr__(self, name):
        if name == "errors":
            raise AttributeError("cannot delete attribute")
        super().__delattr__(name)

    def _begin(self, errors):
        self._name = self.codec.name
        self.errors = "strict" if errors is None else errors
        self._waiting = self._nothing
        self._state = _multibyte_state(self._name, isinstance(self._nothing, bytes))


class _Encodes(_Piecewise):
    """Keeps what is between pieces of text."""

    _nothing = ""

    def _encoded(self, input, final):
        text = self._waiting + _text(input)
        data, used, state = _multibyte_encode(self._name, text, self.errors, self._state, final)
        if len(text) - used > _MOST_TEXT:
            self._waiting = ""
            raise UnicodeError("pending buffer overflow")
        self._waiting, self._state = text[used:], state
        return data


class _Decodes(_Piecewise):
    """Keeps what is between pieces of bytes."""

    _nothing = b""

    def _decoded(self, input, final):
        data = self._waiting + bytes(memoryview(input))
        text, used, state = _multibyte_decode(self._name, data, self.errors, self._state, final)
        if len(data) - used > _MOST_BYTES:
            self._waiting = b""
            raise UnicodeError("pending buffer overflow")
        self._waiting, self._state = data[used:], state
        return text

    def reset(self):
        self._waiting, self._state = b"", _multibyte_reset(self._name, self._state)


class MultibyteIncrementalEncoder(_Encodes):
    """Encodes a text that comes in pieces."""

    def __init__(self, errors="strict"):
        self._begin(errors)

    def encode(self, input, final=False):
        return self._encoded(input, final)

    def getstate(self):
        waiting = self._waiting.encode()
        return int.from_bytes(bytes([len(waiting)]) + waiting + self._state, "little")

    def setstate(self, state):
        state = state.to_bytes(1 + 4 * _MOST_TEXT + 8, "little")
        size = state[0]
        if size > 4 * _MOST_TEXT:
            raise UnicodeError("pending buffer too large")
        self._waiting = state[1:1 + size].decode()
        self._state = state[1 + size:9 + size]

    def reset(self):
        self._encoded("", True)
        self._waiting = ""


class MultibyteIncrementalDecoder(_Decodes):
    """Decodes bytes that come in pieces."""

    def __init__(self, errors="strict"):
        self._begin(errors)

    def decode(self, input, final=False):
        return self._decoded(input, final)

    def getstate(self):
        return self._waiting, int.from_bytes(self._state, "little")

    def setstate(self, state):
        if not isinstance(state, tuple):
            raise TypeError(f"setstate() argument must be tuple, not {type(state).__name__}")
        waiting, number = state
        if not isinstance(waiting, bytes):
            raise TypeError(f"setstate() argument 1 must be bytes, not {type(waiting).__name__}")
        if not isinstance(number, int):
            raise TypeError(f"setstate() argument 2 must be int, not {type(number).__name__}")
        if len(waiting) > _MOST_BYTES:
            raise UnicodeError("pending buffer too large")
        self._waiting, self._state = waiting, number.to_bytes(8, "little")


class MultibyteStreamReader(_Decodes):
    """Reads the text of a file."""

    def __init__(self, stream, errors="strict"):
        self._begin(errors)
        self.stream = stream

    def _read(self, read, size):
        if size == 0:
            return ""
        while True:
            data = read() if size is None or size < 0 else read(size)
            if not isinstance(data, bytes):
                name = type(data).__name__
                raise TypeError(f"stream function returned a non-bytes object ({name})")
            at_end = not data or size is None or size < 0
            text = self._decoded(data, at_end)
            if text or at_end:
                return text
            # Only a part of a character was read.
            size = 1

    def read(self, size=-1):
        return self._read(self.stream.read, size)

    def readline(self, size=-1):
        return self._read(self.stream.readline, size)

    def readlines(self, sizehint=-1):
        return self._read(self.stream.read, sizehint).splitlines(keepends=True)


class MultibyteStreamWriter(_Encodes):
    """Writes text to a file."""

    def __init__(self, stream, errors="strict"):
        self._begin(errors)
        self.stream = stream

    def write(self, text):
        self.stream.write(self._encoded(text, False))

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def reset(self):
        if rest := self._encoded("", True):
            self.stream.write(rest)


def _info(name):
    """The codec of a name for the registry."""
    codec = MultibyteCodec(name)

    class IncrementalEncoder(MultibyteIncrementalEncoder, codecs.IncrementalEncoder):
        pass

    class IncrementalDecoder(MultibyteIncrementalDecoder, codecs.IncrementalDecoder):
        pass

    class StreamReader(MultibyteStreamReader, codecs.StreamReader):
        encode, decode = codec.encode, codec.decode

    class StreamWriter(MultibyteStreamWriter, codecs.StreamWriter):
        encode, decode = codec.encode, codec.decode

    for shown in IncrementalEncoder, IncrementalDecoder, StreamReader, StreamWriter:
        shown.codec = codec
        shown.__module__, shown.__qualname__ = "encodings." + name, shown.__name__
    return codecs.CodecInfo(codec.encode, codec.decode, StreamReader, StreamWriter,
                            IncrementalEncoder, IncrementalDecoder, name=name)
