"""The step from a text, or from a tree of `re._parser`, to a pattern object."""

import _sre

from ._constants import *
from . import _parser

MAXCODE = (1 << 32) - 1


def isstring(obj):
    """True for what an expression can be written in."""
    return isinstance(obj, (str, bytes))


def compile(p, flags=0):
    """The pattern object of an expression."""
    if isinstance(p, _parser.SubPattern):
        # Trees know the text they come from.
        p, flags = p.state.str, p.state.flags | flags
    return _sre.compile(p, flags)
