"""UTF-8 with a byte order mark, as the interpreter itself implements it."""

from codecs import _native_info

_codec = _native_info("utf_8_sig")
encode, decode = _codec.encode, _codec.decode
IncrementalEncoder, IncrementalDecoder = _codec.incrementalencoder, _codec.incrementaldecoder
StreamReader, StreamWriter = _codec.streamreader, _codec.streamwriter


def getregentry():
    """The codec."""
    return _codec
