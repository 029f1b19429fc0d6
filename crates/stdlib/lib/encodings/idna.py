"""Domain names in other scripts than Latin: RFC 3490 (IDNA) and RFC 3491 (Nameprep)."""

import codecs
import re
import stringprep
from unicodedata import ucd_3_2_0 as unicodedata

# What separates labels: the full stop, and those of other scripts.
dots = re.compile("[.\u3002\uff0e\uff61]")

sace_prefix = "xn--"
ace_prefix = sace_prefix.encode()

_PROHIBITED = [getattr(stringprep, "in_table_c" + table)
               for table in ("12", "22", "3", "4", "5", "6", "7", "8", "9")]
# Longer ones cannot become short enough, and preparing them would take long.
_LONGEST_INPUT = 1024


def nameprep(label):
    """The label as it is compared: folded, normalised, and refused if it must not be."""
    kept = (c for c in label if not stringprep.in_table_b1(c))
    label = unicodedata.normalize("NFKC", "".join(map(stringprep.map_table_b2, kept)))
    for c in label:
        if any(prohibits(c) for prohibits in _PROHIBITED):
            raise UnicodeError(f"Invalid character {c!r}")
    leftward = [stringprep.in_table_d1(c) for c in label]
    if True in leftward:
        if any(map(stringprep.in_table_d2, label)):
            raise UnicodeError("Violation of BIDI requirement 2")
        if not (leftward[0] and leftward[-1]):
            raise UnicodeError("Violation of BIDI requirement 3")
    return label


def _plain(label):
    """The label as ASCII, or None."""
    return label.encode("ascii") if label.isascii() else None


def _fitting(label):
    if not 1 <= len(label) <= 63:
        raise UnicodeError("label empty or too long")
    return label


def ToASCII(label):
    """The label as a name server knows it."""
    plain = _plain(label)
    if plain is None:
        label = nameprep(label)
        plain = _plain(label)
    if plain is None:
        if label.startswith(sace_prefix):
            raise UnicodeError("Label starts with ACE prefix")
        plain = ace_prefix + label.encode("punycode")
    return _fitting(plain)


def ToUnicode(label):
    """The label as it is shown."""
    if len(label) > _LONGEST_INPUT:
        raise UnicodeError("label way too long")
    if not isinstance(label, bytes):
        plain = _plain(label)
        label = _plain(nameprep(label)) if plain is None else plain
        if label is None:
            raise UnicodeError("Invalid character in IDN label")
    if not label.startswith(ace_prefix):
        return label.decode("ascii")
    shown = label.removeprefix(ace_prefix).decode("punycode")
    again = ToASCII(shown)
    if label.decode("ascii").lower() != again.decode("ascii"):
        raise UnicodeError("IDNA does not round-trip", label, again)
    return shown


def _split(labels, final=True):
    """Labels without an empty or unfinished one at the end, and whether a dot follows them."""
    last = labels[-1]
    if last and final:
        return labels, False
    del labels[-1]
    return labels, bool(labels) or not last


def _only_strict(errors, word):
    if errors != "strict":
        raise UnicodeError(f"{word} error handling {errors}")


class Codec(codecs.Codec):
    """Domain names as a whole."""

    def encode(self, input, errors="strict"):
        _only_strict(errors, "unsupported")
        if not input:
            return b"", 0
        plain = _plain(input)
        if plain is not None:
            *labels, last = plain.split(b".")
            for label in labels:
                _fitting(label)
            if len(last) > 63:
                raise UnicodeError("label too long")
            return plain, len(input)
        labels, dot = _split(dots.split(input))
        return b".".join(map(ToASCII, labels)) + b"." * dot, len(input)

    def decode(self, input, errors="strict"):
        _only_strict(errors, "Unsupported")
        if not input:
            return "", 0
        data = bytes(input)
        if data.isascii() and ace_prefix not in data:
            return data.decode("ascii"), len(data)
        labels, dot = _split(data.split(b"."))
        return ".".join(map(ToUnicode, labels)) + "." * dot, len(data)


def _convert(convert, labels, dot, separator):
    """What labels become, and how much of the input they were."""
    size = sum(map(len, labels)) + max(len(labels) - 1, 0) + dot
    return separator.join(map(convert, labels)) + separator * dot, size


class IncrementalEncoder(codecs.BufferedIncrementalEncoder):
    """Encodes label by label."""

    def _buffer_encode(self, input, errors, final):
        _only_strict(errors, "unsupported")
        if not input:
            return b"", 0
        return _convert(ToASCII, *_split(dots.split(input), final), b".")


class IncrementalDecoder(codecs.BufferedIncrementalDecoder):
    """Decodes label by label."""

    def _buffer_decode(self, input, errors, final):
        _only_strict(errors, "Unsupported")
        if not input:
            return "", 0
        if isinstance(input, str):
            labels = dots.split(input)
        else:
            labels = str(input, "ascii").split(".")
        return _convert(ToUnicode, *_split(labels, final), ".")


class StreamWriter(Codec, codecs.StreamWriter):
    """Files of domain names, written."""


class StreamReader(Codec, codecs.StreamReader):
    """Files of domain names, read."""


def getregentry():
    """The codec."""
    codec = Codec()
    return codecs.CodecInfo(codec.encode, codec.decode, StreamReader, StreamWriter,
                            IncrementalEncoder, IncrementalDecoder, name="idna")
