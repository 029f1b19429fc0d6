"""Punycode (RFC 3492): texts in the letters of domain names."""

import _byte_codecs
import codecs


def punycode_encode(text):
    """The text as bytes."""
    return _byte_codecs._punycode_encode(text)[0]


def punycode_decode(text, errors):
    """The text that bytes (or ASCII text) stand for."""
    return _byte_codecs._punycode_decode(text, errors)[0]


def getregentry():
    """The codec."""
    return _byte_codecs.find("punycode")


_codec = getregentry()
IncrementalEncoder, IncrementalDecoder = _codec.incrementalencoder, _codec.incrementaldecoder
StreamReader, StreamWriter = _codec.streamreader, _codec.streamwriter


class Codec(codecs.Codec):
    """The codec without state."""

    encode = staticmethod(_codec.encode)
    decode = staticmethod(_codec.decode)
