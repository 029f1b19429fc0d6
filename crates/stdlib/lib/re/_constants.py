"""What the parts of `re` share: limits, flags, the exception and the names of operations.

Operations of a parsed expression are numbers with a name.  Three families count for themselves:
operations, places (AT_...) and categories of characters (CATEGORY_...).
"""

from _sre import MAGIC
import _sre

from ._error import error


class _NamedIntConstant(int):
    """A number that shows itself as a name."""

    def __new__(cls, value, name):
        number = super().__new__(cls, value)
        number.name = name
        return number

    def __repr__(self):
        return self.name

    # The name would be lost on the way.
    __reduce__ = None


MAXREPEAT = _NamedIntConstant(_sre.MAXREPEAT, "MAXREPEAT")
MAXGROUPS = _sre.MAXGROUPS


def _family(prefix, names):
    """Names as constants of this module, numbered in their order."""
    family = [_NamedIntConstant(number, prefix + name)
              for number, name in enumerate(names.split())]
    globals().update((constant.name, constant) for constant in family)
    return family


OPCODES = _family("", """
    FAILURE SUCCESS
    ANY ANY_ALL ASSERT ASSERT_NOT AT BRANCH CATEGORY CHARSET BIGCHARSET
    GROUPREF GROUPREF_EXISTS IN INFO JUMP LITERAL MARK MAX_UNTIL MIN_UNTIL NOT_LITERAL NEGATE
    RANGE REPEAT REPEAT_ONE SUBPATTERN MIN_REPEAT_ONE ATOMIC_GROUP
    POSSESSIVE_REPEAT POSSESSIVE_REPEAT_ONE
    GROUPREF_IGNORE IN_IGNORE LITERAL_IGNORE NOT_LITERAL_IGNORE
    GROUPREF_LOC_IGNORE IN_LOC_IGNORE LITERAL_LOC_IGNORE NOT_LITERAL_LOC_IGNORE
    GROUPREF_UNI_IGNORE IN_UNI_IGNORE LITERAL_UNI_IGNORE NOT_LITERAL_UNI_IGNORE
    RANGE_UNI_IGNORE
""")
# Only parsed expressions have these; compiled ones repeat by the operations above.
MIN_REPEAT, MAX_REPEAT = [_NamedIntConstant(len(OPCODES) + place, name)
                          for place, name in enumerate(("MIN_REPEAT", "MAX_REPEAT"))]
ATCODES = _family("AT_", """
    BEGINNING BEGINNING_LINE BEGINNING_STRING BOUNDARY NON_BOUNDARY END END_LINE END_STRING
    LOC_BOUNDARY LOC_NON_BOUNDARY UNI_BOUNDARY UNI_NON_BOUNDARY
""")
CHCODES = _family("CATEGORY_", """
    DIGIT NOT_DIGIT SPACE NOT_SPACE WORD NOT_WORD LINEBREAK NOT_LINEBREAK LOC_WORD LOC_NOT_WORD
    UNI_DIGIT UNI_NOT_DIGIT UNI_SPACE UNI_NOT_SPACE UNI_WORD UNI_NOT_WORD
    UNI_LINEBREAK UNI_NOT_LINEBREAK
""")


def _variants(names, pattern):
    """Which constant stands for another one under some flag."""
    known = globals()
    return {known[name]: known[pattern.format(name)]
            for name in names.split() if pattern.format(name) in known}


OP_IGNORE = _variants("LITERAL NOT_LITERAL", "{}_IGNORE")
OP_LOCALE_IGNORE = _variants("LITERAL NOT_LITERAL", "{}_LOC_IGNORE")
OP_UNICODE_IGNORE = _variants("LITERAL NOT_LITERAL", "{}_UNI_IGNORE")
AT_MULTILINE = _variants("AT_BEGINNING AT_END", "{}_LINE")


def _of_kind(codes, prefix, kind):
    """For each plain constant of a family the one of a kind, where there is one."""
    named = {code.name[len(prefix):]: code for code in codes}
    plain = [name for name in named if not name.startswith(("LOC_", "UNI_"))]
    return {named[name]: named.get(kind + name, named[name]) for name in plain}


AT_LOCALE = {AT_BOUNDARY: AT_LOC_BOUNDARY, AT_NON_BOUNDARY: AT_LOC_NON_BOUNDARY}
AT_UNICODE = {AT_BOUNDARY: AT_UNI_BOUNDARY, AT_NON_BOUNDARY: AT_UNI_NON_BOUNDARY}
CH_LOCALE = _of_kind(CHCODES, "CATEGORY_", "LOC_")
CH_UNICODE = _of_kind(CHCODES, "CATEGORY_", "UNI_")

# The flags as bits, from the lowest up.
(SRE_FLAG_TEMPLATE, SRE_FLAG_IGNORECASE, SRE_FLAG_LOCALE, SRE_FLAG_MULTILINE, SRE_FLAG_DOTALL,
 SRE_FLAG_UNICODE, SRE_FLAG_VERBOSE, SRE_FLAG_DEBUG, SRE_FLAG_ASCII) = [1 << bit for bit in range(9)]

# What is known of an expression as a whole.
SRE_INFO_PREFIX, SRE_INFO_LITERAL, SRE_INFO_CHARSET = [1 << bit for bit in range(3)]
