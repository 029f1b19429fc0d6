"""Regular expressions as trees, for programs that look into them.

The parser itself is native.  Its result comes as lists of (name, argument) pairs; here it becomes
SubPatterns of (operation, argument) pairs with the constants of `re._constants`.
"""

import _sre

from . import _constants
from ._constants import *
from ._constants import _NamedIntConstant

MAXWIDTH = 1 << 64

SPECIAL_CHARS = r".\[{()*+?^$|"
REPEAT_CHARS = "*+?{"
DIGITS = frozenset("0123456789")
OCTDIGITS = frozenset("01234567")
HEXDIGITS = frozenset("0123456789abcdefABCDEF")
ASCIILETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
WHITESPACE = frozenset(" \t\n\r\v\f")

FLAGS = {
    "i": SRE_FLAG_IGNORECASE, "L": SRE_FLAG_LOCALE, "m": SRE_FLAG_MULTILINE,
    "s": SRE_FLAG_DOTALL, "x": SRE_FLAG_VERBOSE, "a": SRE_FLAG_ASCII,
    "t": SRE_FLAG_TEMPLATE, "u": SRE_FLAG_UNICODE,
}
TYPE_FLAGS = SRE_FLAG_ASCII | SRE_FLAG_LOCALE | SRE_FLAG_UNICODE
GLOBAL_FLAGS = SRE_FLAG_DEBUG | SRE_FLAG_TEMPLATE


class State:
    """What parsing found out about an expression as a whole."""

    def __init__(self):
        self.flags = 0
        self.groupdict = {}
        # One for each group; the whole is group 0 and has none.
        self.groupwidths = [None]
        self.lookbehindgroups = None
        self.grouprefpos = {}

    @property
    def groups(self):
        return len(self.groupwidths)


class SubPattern:
    """A sequence of operations."""

    def __init__(self, state, data=None):
        self.state = state
        self.data = [] if data is None else data
        self.width = None

    def __repr__(self):
        return repr(self.data)

    def __len__(self):
        return len(self.data)

    def __getitem__(self, index):
        if isinstance(index, slice):
            return SubPattern(self.state, self.data[index])
        return self.data[index]

    def __setitem__(self, index, code):
        self.data[index] = code

    def __delitem__(self, index):
        del self.data[index]

    def insert(self, index, code):
        self.data.insert(index, code)

    def append(self, code):
        self.data.append(code)

    def dump(self, level=0):
        """Prints the operations, one a line, what they contain indented."""
        for line in _lines(self, level):
            print(line)

    def getwidth(self):
        """The lengths of the shortest and the longest text that can match."""
        if self.width is None:
            low = high = 0
            for operation, argument in self.data:
                shortest, longest = _width(self.state, operation, argument)
                low += shortest
                high += longest
            self.width = min(low, MAXWIDTH), min(high, MAXWIDTH)
        return self.width


_REPEATS = {MIN_REPEAT, MAX_REPEAT, POSSESSIVE_REPEAT}
_SINGLE = {ANY, RANGE, IN, LITERAL, NOT_LITERAL, CATEGORY}


def _width(state, operation, argument):
    if operation in _SINGLE:
        return 1, 1
    if operation in _REPEATS:
        least, most, body = argument
        low, high = body.getwidth()
        if most == MAXREPEAT and high:
            return low * least, MAXWIDTH
        return low * least, high * most
    if operation is SUBPATTERN:
        return argument[-1].getwidth()
    if operation is ATOMIC_GROUP:
        return argument.getwidth()
    if operation is GROUPREF:
        return state.groupwidths[argument]
    if operation is BRANCH:
        return _either([branch.getwidth() for branch in argument[1]])
    if operation is GROUPREF_EXISTS:
        _, yes, no = argument
        return _either([yes.getwidth(), (0, 0) if no is None else no.getwidth()])
    return 0, 0


def _either(widths):
    return min(low for low, _ in widths), max(high for _, high in widths)


def _lines(pattern, level):
    indent = level * "  "
    for operation, argument in pattern.data:
        if operation is IN:
            yield f"{indent}{operation}"
            for member, value in argument:
                yield f"{indent}  {member} {value}"
        elif operation is BRANCH:
            yield f"{indent}{operation}"
            for number, branch in enumerate(argument[1]):
                if number:
                    yield f"{indent}OR"
                yield from _lines(branch, level + 1)
        elif operation is GROUPREF_EXISTS:
            group, yes, no = argument
            yield f"{indent}{operation} {group}"
            yield from _lines(yes, level + 1)
            if no is not None:
                yield f"{indent}ELSE"
                yield from _lines(no, level + 1)
        else:
            parts = argument if isinstance(argument, tuple) else (argument,)
            plain = [str(part) for part in parts if not isinstance(part, SubPattern)]
            yield " ".join([f"{indent}{operation}", *plain])
            for part in parts:
                if isinstance(part, SubPattern):
                    yield from _lines(part, level + 1)


def _sequence(state, operations):
    """A SubPattern of what the native parser lists."""
    return SubPattern(state, [_operation(state, name, argument)
                              for name, argument in operations])


def _operation(state, name, argument):
    if name in ("AT", "CATEGORY"):
        argument = getattr(_constants, argument)
    elif name == "IN":
        argument = [_operation(state, *member) for member in argument]
    elif name == "BRANCH":
        argument = None, [_sequence(state, branch) for branch in argument[1]]
    elif name.endswith("_REPEAT"):
        least, most, body = argument
        argument = least, MAXREPEAT if most is None else most, _sequence(state, body)
    elif isinstance(argument, tuple):
        argument = tuple([_sequence(state, part) if isinstance(part, list) else part
                          for part in argument])
    elif isinstance(argument, list):
        argument = _sequence(state, argument)
    return getattr(_constants, name), argument


def parse(str, flags=0, state=None):
    """The tree of an expression; its `state` tells flags and groups."""
    operations, flags, names, widths = _sre.tree(str, flags)
    if state is None:
        state = State()
    state.str = str
    state.flags = flags
    state.groupdict = names
    state.groupwidths = [None] + [(low, MAXWIDTH if high is None else min(high, MAXWIDTH))
                                  for low, high in widths[1:]]
    pattern = _sequence(state, operations)
    if flags & SRE_FLAG_DEBUG:
        pattern.dump()
    return pattern


def parse_template(source, pattern):
    """The parts of a replacement: a text, then by turns the number of a group and a text."""
    empty = source[:0] if isinstance(source, str) else b""
    parts = [empty]
    for piece in _sre.template_pieces(source, pattern):
        if isinstance(piece, int):
            parts += piece, empty
        else:
            parts[-1] = piece
    return parts
