"""The exception of regular expressions; alone, because every program that uses them needs it."""


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
