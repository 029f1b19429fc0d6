"""The features that `from __future__ import NAME` turns on, and since when each needs no import.

A feature has the release that first knew it, the release in which it became or will become the
rule, and the flag that compile() takes for it.
"""


class _Feature:
    """One feature; releases are written as in sys.version_info."""

    def __init__(self, optionalRelease, mandatoryRelease, compiler_flag):
        self.optional, self.mandatory = optionalRelease, mandatoryRelease
        self.compiler_flag = compiler_flag

    def getOptionalRelease(self):
        """The first release that knew the feature."""
        return self.optional

    def getMandatoryRelease(self):
        """The release from which on it needs no import; None if it was dropped or is undecided."""
        return self.mandatory

    def __repr__(self):
        return f"_Feature({self.optional!r}, {self.mandatory!r}, {self.compiler_flag!r})"


# Name, first release, release in which it is the rule, the flag's name and value.
_TABLE = (
    ("nested_scopes", (2, 1, 0, "beta", 1), (2, 2, 0, "alpha", 0), "CO_NESTED", 0x10),
    ("generators", (2, 2, 0, "alpha", 1), (2, 3, 0, "final", 0), "CO_GENERATOR_ALLOWED", 0),
    ("division", (2, 2, 0, "alpha", 2), (3, 0, 0, "alpha", 0), "CO_FUTURE_DIVISION", 1 << 17),
    ("absolute_import", (2, 5, 0, "alpha", 1), (3, 0, 0, "alpha", 0),
     "CO_FUTURE_ABSOLUTE_IMPORT", 1 << 18),
    ("with_statement", (2, 5, 0, "alpha", 1), (2, 6, 0, "alpha", 0),
     "CO_FUTURE_WITH_STATEMENT", 1 << 19),
    ("print_function", (2, 6, 0, "alpha", 2), (3, 0, 0, "alpha", 0),
     "CO_FUTURE_PRINT_FUNCTION", 1 << 20),
    ("unicode_literals", (2, 6, 0, "alpha", 2), (3, 0, 0, "alpha", 0),
     "CO_FUTURE_UNICODE_LITERALS", 1 << 21),
    ("barry_as_FLUFL", (3, 1, 0, "alpha", 2), (4, 0, 0, "alpha", 0),
     "CO_FUTURE_BARRY_AS_BDFL", 1 << 22),
    ("generator_stop", (3, 5, 0, "beta", 1), (3, 7, 0, "alpha", 0),
     "CO_FUTURE_GENERATOR_STOP", 1 << 23),
    ("annotations", (3, 7, 0, "beta", 1), None, "CO_FUTURE_ANNOTATIONS", 1 << 24),
)

for _name, _since, _rule, _flag_name, _flag in _TABLE:
    globals()[_flag_name] = _flag
    globals()[_name] = _Feature(_since, _rule, _flag)

all_feature_names = [row[0] for row in _TABLE]
__all__ = ["all_feature_names", *all_feature_names]

del _TABLE, _name, _since, _rule, _flag_name, _flag
