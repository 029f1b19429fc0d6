"""Names of encodings, and the search for their codecs.

The codecs themselves are native, or come with `codecs`; modules of this package show some of them.
"""

import codecs

from . import aliases


class CodecRegistryError(LookupError, SystemError):
    """A module's codec is none."""


def normalize_encoding(encoding):
    """The name with one underscore for each run of characters that names do not have."""
    if isinstance(encoding, bytes):
        encoding = encoding.decode("ascii")
    words = "".join(c if c == "." or c.isalnum() else " " for c in encoding).split()
    return "_".join(words).encode("ascii", "ignore").decode("ascii").lstrip("_")


_cache = {}


def search_function(encoding):
    """The codec of a name, or None."""
    if encoding not in _cache:
        _cache[encoding] = codecs._search(normalize_encoding(encoding).lower())
    return _cache[encoding]


def __getattr__(name):
    # The module of an encoding, made when it is asked for.
    codec = None if name.startswith("_") else codecs._search(name)
    if codec is None or aliases.aliases.get(name, name) != name:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return _module(name, codec)


def _module(name, codec):
    """A module that shows a codec."""
    import sys
    from types import ModuleType

    class Codec(codecs.Codec):
        encode = staticmethod(codec.encode)
        decode = staticmethod(codec.decode)

    module = ModuleType(f"{__name__}.{name}", f"The encoding {codec.name}.")
    vars(module).update(
        Codec=Codec, IncrementalEncoder=codec.incrementalencoder, codecs=codecs,
        IncrementalDecoder=codec.incrementaldecoder, StreamReader=codec.streamreader,
        StreamWriter=codec.streamwriter, getregentry=lambda: codec)
    Codec.__module__ = module.__name__
    for shown in (codec.incrementalencoder, codec.incrementaldecoder, codec.streamreader,
                  codec.streamwriter):
        if shown is not None and shown.__module__ in ("codecs", "_byte_codecs"):
            shown.__module__ = module.__name__
            shown.__qualname__ = shown.__name__ = next(
                key for key, value in vars(module).items() if value is shown)
    if table := codecs._byte_table(name):
        module.decoding_table, module.encoding_table = table, codecs.charmap_build(table)
    return sys.modules.setdefault(module.__name__, module)
