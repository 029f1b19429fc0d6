"""What the parts of `re` share: limits, flags and the exception."""

from _sre import MAGIC, MAXREPEAT, MAXGROUPS

# The flags as bits, from the lowest up.
(SRE_FLAG_TEMPLATE, SRE_FLAG_IGNORECASE, SRE_FLAG_LOCALE, SRE_FLAG_MULTILINE, SRE_FLAG_DOTALL,
 SRE_FLAG_UNICODE, SRE_FLAG_VERBOSE, SRE_FLAG_DEBUG, SRE_FLAG_ASCII) = [1 << bit for bit in range(9)]


class error(Exception):
    """Raised for an expression or a template that is not valid.

    Attributes:

        msg: the message without the place
        pattern: the expression
        pos: the index in it where something is wrong, or None
        lineno: the line of that place, or None
        colno: the column of that place, or None
    """

    __module__ = "re"

    def __init__(self, msg, pattern=None, pos=None):
        self.msg = msg
        self.pattern = pattern
        self.pos = pos
        self.lineno = self.colno = None
        text = msg
        if pattern is not None and pos is not None:
            newline = "\n" if isinstance(pattern, str) else b"\n"
            self.lineno = pattern.count(newline, 0, pos) + 1
            self.colno = pos - pattern.rfind(newline, 0, pos)
            text = f"{msg} at position {pos}"
            if newline in pattern:
                text += f" (line {self.lineno}, column {self.colno})"
        super().__init__(text)
