"""Codecs that `codecs` loads when they are asked for: transforms of bytes, and Punycode (RFC 3492).

A transform takes bytes-like objects in both directions; `str.encode` and `bytes.decode` refuse it.
"""

import binascii
import codecs
import io


def _strict(errors):
    if errors != "strict":
        raise AssertionError


def _over_lines(size, convert):
    """A function that converts its input in pieces of that many bytes."""

    def whole(data, errors="strict"):
        _strict(errors)
        data = bytes(data)
        return b"".join(convert(data[at:at + size]) for at in range(0, len(data), size)), len(data)

    return whole


def _simple(convert):
    def whole(data, errors="strict"):
        _strict(errors)
        return convert(data), len(data)

    return whole


def _quoted(data):
    return binascii.b2a_qp(data, quotetabs=True)


def _uu_encode(data, errors="strict", filename="<data>", mode=0o666):
    _strict(errors)
    data = bytes(data)
    name = filename.replace("\n", "\\n").replace("\r", "\\r")
    lines = [b"begin %o %s\n" % (mode & 0o777, name.encode("ascii"))]
    lines += [binascii.b2a_uu(data[at:at + 45]) for at in range(0, len(data), 45)]
    lines.append(b" \nend\n")
    return b"".join(lines), len(data)


def _uu_decode(data, errors="strict"):
    _strict(errors)
    lines = iter(io.BytesIO(data).readlines())
    if not any(line.startswith(b"begin") for line in lines):
        raise ValueError('Missing "begin" line in input data')
    found = []
    for line in lines:
        if line == b"end\n":
            return b"".join(found), len(data)
        try:
            found.append(binascii.a2b_uu(line))
        except binascii.Error:
            # Some encoders pad lines beyond what their length says.
            size = ((line[0] - 32 & 63) * 4 + 5) // 3
            found.append(binascii.a2b_uu(line[:size]))
    raise ValueError("Truncated input data")


def _compressor(module):
    """The functions of a module that may not be there."""
    try:
        module = __import__(module)
    except ImportError:
        return None
    return _simple(module.compress), _simple(module.decompress)


# Punycode: the parameters of section 5 of the RFC.
_BASE, _LEAST, _MOST, _SKEW, _DAMP, _FIRST_BIAS, _FIRST = 36, 1, 26, 38, 700, 72, 128
_DIGITS = b"abcdefghijklmnopqrstuvwxyz0123456789"


def _adapt(delta, points, first):
    delta = delta // _DAMP if first else delta // 2
    delta += delta // points
    steps = 0
    while delta > (_BASE - _LEAST) * _MOST // 2:
        delta //= _BASE - _LEAST
        steps += _BASE
    return steps + (_BASE - _LEAST + 1) * delta // (delta + _SKEW)


def _threshold(place, bias):
    return min(max(place - bias, _LEAST), _MOST)


def _punycode_encode(text, errors="strict"):
    basic = bytes(ord(c) for c in text if ord(c) < 128)
    out = bytearray(basic)
    if basic:
        out += b"-"
    done, delta, bias, point = len(basic), 0, _FIRST_BIAS, _FIRST
    for target in sorted({ord(c) for c in text if ord(c) >= 128}):
        delta += (target - point) * (done + 1)
        point = target
        for c in map(ord, text):
            if c < point:
                delta += 1
            elif c == point:
                rest, place = delta, _BASE
                while rest >= (least := _threshold(place, bias)):
                    rest, digit = divmod(rest - least, _BASE - least)
                    out.append(_DIGITS[least + digit])
                    place += _BASE
                out.append(_DIGITS[rest])
                bias = _adapt(delta, done + 1, done == len(basic))
                delta = 0
                done += 1
        delta += 1
        point += 1
    return bytes(out), len(text)


def _punycode_value(digit):
    if "A" <= digit <= "Z":
        return ord(digit) - ord("A")
    if "0" <= digit <= "9":
        return ord(digit) - ord("0") + 26
    raise UnicodeError("Invalid extended code point '%s'" % digit)


def _punycode_decode(data, errors="strict"):
    if isinstance(data, str):
        data = data.encode("ascii")
    data = bytes(data)
    if errors not in ("strict", "replace", "ignore"):
        raise UnicodeError("Unsupported error handling " + errors)
    head, _, tail = data.rpartition(b"-")
    text = list(str(head, "ascii", errors))
    tail = str(tail, "ascii").upper()
    at, position, bias, point = 0, -1, _FIRST_BIAS, _FIRST
    first = True
    while at < len(tail):
        delta, weight, place = 0, 1, _BASE
        while True:
            if at == len(tail):
                if errors == "strict":
                    raise UnicodeError("incomplete punicode string")
                return "".join(text), len(data)
            try:
                value = _punycode_value(tail[at])
            except UnicodeError:
                if errors == "strict":
                    raise
                return "".join(text), len(data)
            at += 1
            delta += value * weight
            least = _threshold(place, bias)
            if value < least:
                break
            weight *= _BASE - least
            place += _BASE
        position += delta + 1
        point += position // (len(text) + 1)
        if point > 0x10FFFF:
            if errors == "strict":
                raise UnicodeError("Invalid character U+%x" % point)
            point = ord("?")
        position %= len(text) + 1
        text.insert(position, chr(point))
        bias = _adapt(delta, len(text), first)
        first = False
    return "".join(text), len(data)


def _undefined(input, errors="strict"):
    raise UnicodeError("undefined encoding")


_base64 = ("base64", _over_lines(57, binascii.b2a_base64), _simple(binascii.a2b_base64))
_hex = ("hex", _simple(binascii.b2a_hex), _simple(binascii.a2b_hex))
_quopri = ("quopri", _simple(_quoted), _simple(binascii.a2b_qp))
_uu = ("uu", _uu_encode, _uu_decode)

_TRANSFORMS = {
    "base64": _base64, "base_64": _base64, "base64_codec": _base64,
    "hex": _hex, "hex_codec": _hex,
    "quopri": _quopri, "quopri_codec": _quopri, "quoted_printable": _quopri,
    "quotedprintable": _quopri,
    "uu": _uu, "uu_codec": _uu,
}
_COMPRESSORS = {"bz2": "bz2", "bz2_codec": "bz2", "zip": "zlib", "zlib": "zlib", "zlib_codec": "zlib"}


def _charmap():
    """The codec of tables that are given with each call; without one it is Latin-1."""

    class Encoder(codecs.IncrementalEncoder):
        def __init__(self, errors="strict", mapping=None):
            super().__init__(errors)
            self.mapping = mapping

        def encode(self, input, final=False):
            return codecs.charmap_encode(input, self.errors, self.mapping)[0]

    class Decoder(codecs.IncrementalDecoder):
        def __init__(self, errors="strict", mapping=None):
            super().__init__(errors)
            self.mapping = mapping

        def decode(self, input, final=False):
            return codecs.charmap_decode(input, self.errors, self.mapping)[0]

    class Writer(codecs.StreamWriter):
        def __init__(self, stream, errors="strict", mapping=None):
            super().__init__(stream, errors)
            self.mapping = mapping

        def encode(self, input, errors="strict"):
            return codecs.charmap_encode(input, errors, self.mapping)

    class Reader(codecs.StreamReader):
        def __init__(self, stream, errors="strict", mapping=None):
            super().__init__(stream, errors)
            self.mapping = mapping

        def decode(self, input, errors="strict"):
            return codecs.charmap_decode(input, errors, self.mapping)

    return codecs.CodecInfo(codecs.charmap_encode, codecs.charmap_decode, Reader, Writer, Encoder,
                            Decoder, name="charmap")


def _info(public, encode, decode, text, units=bytes):
    """A codec whose incremental forms treat each piece by itself."""

    class Encoder(codecs.IncrementalEncoder):
        def encode(self, input, final=False):
            return encode(input, self.errors)[0]

    class Decoder(codecs.IncrementalDecoder):
        def decode(self, input, final=False):
            return decode(input, self.errors)[0]

    class Codec:
        charbuffertype = str if text else units

        def encode(self, input, errors="strict"):
            return encode(input, errors)

        def decode(self, input, errors="strict"):
            return decode(input, errors)

    class Writer(Codec, codecs.StreamWriter):
        pass

    class Reader(Codec, codecs.StreamReader):
        pass

    return codecs.CodecInfo(encode, decode, Reader, Writer, Encoder, Decoder, name=public,
                            _is_text_encoding=text)


def find(name):
    """The codec of a normalised name, or None."""
    if name in _TRANSFORMS:
        public, encode, decode = _TRANSFORMS[name]
        return _info(public, encode, decode, False)
    if name in _COMPRESSORS:
        public = _COMPRESSORS[name]
        functions = _compressor(public)
        return functions and _info(public, *functions, False)
    if name == "punycode":
        return _info(name, _punycode_encode, _punycode_decode, True)
    if name in ("rot13", "rot_13"):
        return _info("rot-13", codecs._rot13, codecs._rot13, False, str)
    if name == "charmap":
        return _charmap()
    if name == "idna":
        from encodings.idna import getregentry
        return getregentry()
    if name == "undefined":
        return _info(name, _undefined, _undefined, True)
    return None
