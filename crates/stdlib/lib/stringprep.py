"""The tables of RFC 3454 (stringprep), by which texts are prepared for comparison.

The RFC goes by Unicode 3.2.  Most tables are properties of characters there; the others are listed.
"""

from unicodedata import ucd_3_2_0 as unicodedata

_property = unicodedata.category
_direction = unicodedata.bidirectional
_compose = unicodedata.normalize


def _points(*runs):
    """The code points of runs, which are numbers or pairs of the first and the last one."""
    found = set()
    for run in runs:
        if isinstance(run, tuple):
            first, last = run
            found.update(range(first, last + 1))
        else:
            found.add(run)
    return found


# Commonly mapped to nothing.
b1_set = _points(0xAD, 0x34F, 0x1806, (0x180B, 0x180D), (0x200B, 0x200D), 0x2060,
                 (0xFE00, 0xFE0F), 0xFEFF)
# Control characters that are not of the category Cc.
c22_specials = _points(0x6DD, 0x70F, 0x180E, 0x200C, 0x200D, 0x2028, 0x2029, (0x2060, 0x2063),
                       (0x206A, 0x206F), 0xFEFF, (0xFFF9, 0xFFFC), (0x1D173, 0x1D17A))
# Inappropriate for plain text.
c6_set = _points((0xFFF9, 0xFFFD))
# Inappropriate for canonical representation: they describe ideographs.
c7_set = _points((0x2FF0, 0x2FFB))
# They change how text is shown, or are deprecated.
c8_set = _points(0x340, 0x341, 0x200E, 0x200F, (0x202A, 0x202E), (0x206A, 0x206F))
# Tags of languages.
c9_set = _points(0xE0001, (0xE0020, 0xE007F))
# Letters that had no lower case in Unicode 3.2.
_cherokee = range(0x13A0, 0x13F5)


def _is_noncharacter(point):
    return 0xFDD0 <= point <= 0xFDEF or point & 0xFFFE == 0xFFFE


def in_table_a1(code):
    """Unassigned in Unicode 3.2."""
    return _property(code) == "Cn" and not _is_noncharacter(ord(code))


def in_table_b1(code):
    """Commonly mapped to nothing."""
    return ord(code) in b1_set


def map_table_b3(code):
    """Folded case, such that folding and composing again changes nothing."""
    if _property(code) == "Cn" or ord(code) in _cherokee:
        return code.lower()
    folded = code.casefold()
    once = _compose("NFKC", folded)
    twice = _compose("NFKC", "".join(c.casefold() for c in once))
    return folded if once == twice else twice


def map_table_b2(a):
    """Folded case, to be used with NFKC."""
    folded = map_table_b3(a)
    once = _compose("NFKC", folded)
    twice = _compose("NFKC", "".join(map(map_table_b3, once)))
    return folded if once == twice else twice


def in_table_c11(code):
    """The ASCII space."""
    return code == " "


def in_table_c12(code):
    """Other spaces."""
    return code != " " and in_table_c11_c12(code)


def in_table_c11_c12(code):
    """Spaces."""
    return _property(code) == "Zs"


def in_table_c21(code):
    """ASCII control characters."""
    return code < "\x80" and _property(code) == "Cc"


def in_table_c22(code):
    """Other control characters."""
    return code >= "\x80" and in_table_c21_c22(code)


def in_table_c21_c22(code):
    """Control characters."""
    return ord(code) in c22_specials or _property(code) == "Cc"


def in_table_c3(code):
    """Private use."""
    return _property(code) == "Co"


def in_table_c4(code):
    """Code points that are no characters."""
    return _is_noncharacter(ord(code))


def in_table_c5(code):
    """Surrogates."""
    return _property(code) == "Cs"


def in_table_c6(code):
    """Inappropriate for plain text."""
    return ord(code) in c6_set


def in_table_c7(code):
    """Inappropriate for canonical representation."""
    return ord(code) in c7_set


def in_table_c8(code):
    """Changes how text is shown, or deprecated."""
    return ord(code) in c8_set


def in_table_c9(code):
    """Tags."""
    return ord(code) in c9_set


def in_table_d1(code):
    """Written from right to left."""
    return _direction(code) in ("R", "AL")


def in_table_d2(code):
    """Written from left to right."""
    return _direction(code) == "L"


def __getattr__(name):
    if name != "b3_exceptions":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    # Only asked for by those who look at the tables themselves.
    mapped = ((c, map_table_b3(chr(c)), chr(c).lower()) for c in range(0x80, 0x1D7CC))
    exceptions = {c: folded for c, folded, lower in mapped if folded != lower or len(lower) > 1}
    globals()[name] = exceptions
    return exceptions
