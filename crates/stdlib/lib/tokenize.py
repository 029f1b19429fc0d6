"""Tokens of Python source, comments among them, and source of tokens.

They are those of the interpreter's own tokenizer, with COMMENT, NL and ENCODING besides, and with
OP for all operators (`TokenInfo.exact_type` tells which).

`_Scanner` holds the state between lines: open brackets, indentation, a string that goes on, and
the f-strings that are open, innermost last.
"""

import collections
import sys
from builtins import open as _builtin_open
from codecs import BOM_UTF8, lookup

import token
from token import *
from token import EXACT_TOKEN_TYPES

__all__ = token.__all__ + ["tokenize", "generate_tokens", "detect_encoding",
                           "untokenize", "TokenInfo", "open", "TokenError"]


class TokenInfo(collections.namedtuple("TokenInfo", "type string start end line")):
    """A token."""

    def __repr__(self):
        kind = f"{self.type} ({tok_name[self.type]})"
        return (f"TokenInfo(type={kind}, string={self.string!r}, start={self.start!r}, "
                f"end={self.end!r}, line={self.line!r})")

    @property
    def exact_type(self):
        if self.type == OP and self.string in EXACT_TOKEN_TYPES:
            return EXACT_TOKEN_TYPES[self.string]
        return self.type


class TokenError(Exception):
    """Source that ends too early."""


# Back to source ----------------------------------------------------------------------------

class Untokenizer:
    """Makes source of tokens."""

    def __init__(self):
        self.tokens = []
        self.prev_row, self.prev_col, self.prev_type = 1, 0, None
        self.encoding = None
        # Of the blocks that are open.
        self.indents = []
        self.at_line_start = False

    def add_whitespace(self, start):
        row, col = start
        if row < self.prev_row or row == self.prev_row and col < self.prev_col:
            raise ValueError(f"start ({row},{col}) precedes previous end "
                             f"({self.prev_row},{self.prev_col})")
        if row > self.prev_row:
            self.tokens.append("\\\n" * (row - self.prev_row))
            self.prev_col = 0
        if col > self.prev_col:
            self.tokens.append(" " * (col - self.prev_col))

    def untokenize(self, iterable):
        tokens = iter(iterable)
        for item in tokens:
            if len(item) == 2:
                self.compat(item, tokens)
                break
            if item[0] == ENDMARKER:
                break
            self._add(*item)
        return "".join(self.tokens)

    def _add(self, kind, text, start, end, line):
        """Source of a token whose place is known."""
        if kind == ENCODING:
            self.encoding = text
        elif kind == INDENT:
            self.indents.append(text)
        elif kind == DEDENT:
            self.indents.pop()
            self.prev_row, self.prev_col = end
        else:
            ends_line = kind in (NEWLINE, NL)
            if ends_line:
                self.at_line_start = True
                end = end[0] + 1, 0
            elif self.at_line_start and self.indents:
                self._indent(start[1])
            elif kind == FSTRING_MIDDLE:
                text, end = self._escaped(text, end)
            self.add_whitespace(start)
            self.tokens.append(text)
            self.prev_row, self.prev_col = end
            self.prev_type = kind

    def _indent(self, column):
        """The blanks before the first token of a line, if that is not further to the left."""
        blanks = self.indents[-1]
        if column >= len(blanks):
            self.tokens.append(blanks)
            self.prev_col = len(blanks)
        self.at_line_start = False

    @staticmethod
    def _escaped(text, end):
        """Braces in the text of an f-string stand for doubled ones."""
        if "{" in text or "}" in text:
            last = text.rsplit("\n", 1)[-1]
            row, col = end
            end = row, col + last.count("{") + last.count("}")
            text = text.replace("{", "{{").replace("}", "}}")
        return text, end

    def compat(self, item, iterable):
        """Source of tokens without positions: what it means is the same, not how it looks."""
        import itertools
        indents = []
        at_line_start = item[0] in (NEWLINE, NL)
        after_string = False
        for kind, text in itertools.chain([item], (pair[:2] for pair in iterable)):
            if kind == ENCODING:
                self.encoding = text
                continue
            if kind in (NAME, NUMBER):
                text += " "
            # Two strings side by side would become one token.
            if kind == STRING:
                if after_string:
                    text = " " + text
                after_string = True
            else:
                after_string = False
            if kind == INDENT:
                indents.append(text)
                continue
            if kind == DEDENT:
                indents.pop()
                continue
            if kind in (NEWLINE, NL):
                at_line_start = True
            elif at_line_start and indents:
                self.tokens.append(indents[-1])
                at_line_start = False
            elif kind == FSTRING_MIDDLE:
                text, _ = self._escaped(text, (0, 0))
            self.tokens.append(text)


def untokenize(iterable):
    """Make source of tokens; bytes if the first of them tells the encoding.

    Tokens are tuples of kind and text, and maybe what else tokenize() gives.  Read again, the
    source gives the same kinds and texts; with positions also the same blanks between them,
    without them it does not look good.
    """
    maker = Untokenizer()
    source = maker.untokenize(iterable)
    return source if maker.encoding is None else source.encode(maker.encoding)


# Encodings ---------------------------------------------------------------------------------

def _get_normal_name(orig_enc):
    """The usual name of UTF-8 and Latin-1, whatever they are called."""
    name = orig_enc[:12].lower().replace("_", "-")
    if name == "utf-8" or name.startswith("utf-8-"):
        return "utf-8"
    for latin in ("latin-1", "iso-8859-1", "iso-latin-1"):
        if name == latin or name.startswith(latin + "-"):
            return "iso-8859-1"
    return orig_enc


def _cookie(line):
    """The encoding that a comment line declares, or None."""
    text = line.lstrip(" \t\f")
    if not text.startswith("#"):
        return None
    place = 0
    while True:
        place = text.find("coding", place)
        if place < 0:
            return None
        place += 6
        if text[place:place + 1] in (":", "="):
            rest = text[place + 1:].lstrip(" \t")
            end = 0
            while end < len(rest) and rest[end].isascii() and (rest[end].isalnum()
                                                              or rest[end] in "-_."):
                end += 1
            if end:
                return rest[:end]


def _is_blank(line):
    text = line.lstrip(b" \t\f")
    return not text or text[:1] in b"\r\n#"


def detect_encoding(readline):
    """Find out the encoding of source by its first lines, which readline() gives as bytes.

    Returns its name and the lines read, at most two.  A byte order mark means UTF-8 and gives
    'utf-8-sig'; else a comment may declare the encoding (PEP 263), and 'utf-8' is what it is
    without one.  A declaration that is unknown or contradicts the mark raises SyntaxError.
    """
    filename = getattr(getattr(readline, "__self__", None), "name", None)
    has_bom = False

    def place():
        return "" if filename is None else f" for {filename!r}"

    def read():
        try:
            return readline()
        except StopIteration:
            return b""

    def declared(line):
        try:
            text = line.decode("utf-8")
        except UnicodeDecodeError:
            message = "invalid or missing encoding declaration"
            raise SyntaxError(message + place())
        found = _cookie(text)
        if found is None:
            return None
        encoding = _get_normal_name(found)
        try:
            lookup(encoding)
        except LookupError:
            raise SyntaxError(f"unknown encoding{place()}: {encoding}" if filename is not None
                              else f"unknown encoding: {encoding}")
        if has_bom:
            if encoding != "utf-8":
                raise SyntaxError("encoding problem: utf-8" if filename is None
                                  else f"encoding problem for {filename!r}: utf-8")
            encoding += "-sig"
        return encoding

    first = read()
    if first.startswith(BOM_UTF8):
        has_bom = True
        first = first[3:]
    default = "utf-8-sig" if has_bom else "utf-8"
    if not first:
        return default, []
    encoding = declared(first)
    if encoding:
        return encoding, [first]
    if not _is_blank(first):
        return default, [first]
    second = read()
    if not second:
        return default, [first]
    return declared(second) or default, [first, second]


def open(filename):
    """Open a file of source for reading, in the encoding that it declares."""
    from io import TextIOWrapper
    file = _builtin_open(filename, "rb")
    try:
        encoding = detect_encoding(file.readline)[0]
        file.seek(0)
        source = TextIOWrapper(file, encoding, line_buffering=True)
    except:
        file.close()
        raise
    source.mode = "r"
    return source


# Tokens ------------------------------------------------------------------------------------

_OPERATORS = sorted(EXACT_TOKEN_TYPES, key=len, reverse=True)
_STRING_PREFIXES = frozenset(("b", "r", "u", "f", "br", "rb", "fr", "rf"))
_TAB_SIZE = 8


class _FString:
    """An open f-string."""

    def __init__(self, quote, is_raw):
        self.quote = quote
        self.is_raw = is_raw
        # How many brackets were open where each of its open fields begins.
        self.fields = []
        # How many of those are in their format specification.
        self.in_spec = []

    def in_text(self):
        return not self.fields or self.in_spec[-1]


class _Scanner:
    def __init__(self, readline):
        self.readline = readline
        self.row = 0
        self.brackets = []
        self.indents = [0]
        self.fstrings = []
        # A string that goes on: its start, its text so far, its quote and the lines so far.
        self.string = None
        self.continued = False
        self.line = ""

    def tokens(self):
        last_kind = NEWLINE
        self.blank = True
        while True:
            line = self.read()
            if line == "":
                break
            self.line = line
            self.row += 1
            for item in self.scan(line):
                last_kind = item.type
                yield item
        if self.brackets and not self.line.endswith("\n"):
            end = len(self.line)
            yield TokenInfo(NL, "", (self.row, end), (self.row, end + 1), self.line)
        self.check_end()
        row = self.row + 1
        if last_kind not in (NEWLINE, NL):
            # The last line has no newline of its own.
            end = len(self.line)
            kind = NL if last_kind == COMMENT and self.blank else NEWLINE
            yield TokenInfo(kind, "", (self.row, end), (self.row, end + 1), self.line)
        for _ in self.indents[1:]:
            yield TokenInfo(DEDENT, "", (row, 0), (row, 0), "")
        yield TokenInfo(ENDMARKER, "", (row, 0), (row, 0), "")

    def read(self):
        try:
            return self.readline()
        except StopIteration:
            return ""

    def check_end(self):
        if self.string is not None:
            row, col = self.string[0]
            raise TokenError("unterminated triple-quoted string literal (detected at line "
                             f"{self.row})", (row, col + 1))
        if self.fstrings:
            raise TokenError("unterminated triple-quoted f-string literal (detected at line "
                             f"{self.row})", (self.row, 1))
        if self.brackets or self.continued:
            raise TokenError("unexpected EOF in multi-line statement", (self.row, 0))

    def error(self, message, col):
        raise TokenError(message, (self.row, col + 1))

    def make(self, kind, start, end, line):
        return TokenInfo(kind, line[start:end], (self.row, start), (self.row, end), line)

    def scan(self, line):
        place = 0
        self.blank = False
        if self.string is not None:
            item, place = self.go_on_with_string(line)
            if item is None:
                return
            yield item
        elif self.fstrings:
            pass
        elif not self.brackets and not self.continued:
            place, column = self.indentation(line)
            rest = line[place:]
            if not rest.strip("\r\n") or rest[0] == "#":
                yield from self.blank_line(line, place)
                return
            yield from self.indent(line, place, column)
        self.continued = False
        yield from self.statement(line, place)

    @staticmethod
    def indentation(line):
        column = place = 0
        for char in line:
            if char == " ":
                column += 1
            elif char == "\t":
                column = (column // _TAB_SIZE + 1) * _TAB_SIZE
            elif char == "\f":
                column = 0
            else:
                break
            place += 1
        return place, column

    def blank_line(self, line, place):
        self.blank = True
        if line[place:place + 1] == "#":
            end = len(line.rstrip("\r\n"))
            yield self.make(COMMENT, place, end, line)
            place = end
        if place < len(line):
            yield TokenInfo(NL, line[place:], (self.row, place), (self.row, place + 1)
                            if len(line) - place == 1 else (self.row, len(line)), line)

    def indent(self, line, place, column):
        if column > self.indents[-1]:
            self.indents.append(column)
            yield TokenInfo(INDENT, line[:place], (self.row, 0), (self.row, place), line)
        while column < self.indents[-1]:
            if column not in self.indents:
                raise IndentationError(
                    "unindent does not match any outer indentation level",
                    ("<string>", self.row, place + 1, line, self.row, place + 1))
            self.indents.pop()
            yield TokenInfo(DEDENT, "", (self.row, place), (self.row, place), line)

    def statement(self, line, place):
        end = len(line)
        while place < end:
            if self.fstrings and self.fstrings[-1].in_text():
                items, line, place = self.fstring_text(line, place)
                end = len(line)
                yield from items
                continue
            char = line[place]
            if char in " \t\f":
                place += 1
                continue
            if char in "\r\n":
                kind = NL if self.brackets or self.fstrings else NEWLINE
                yield TokenInfo(kind, line[place:], (self.row, place),
                                (self.row, place + len(line[place:])), line)
                return
            if char == "#":
                stop = len(line.rstrip("\r\n"))
                yield self.make(COMMENT, place, stop, line)
                place = stop
                continue
            if char == "\\":
                if line[place + 1:].strip("\r\n"):
                    self.error("unexpected character after line continuation character", place)
                self.continued = True
                return
            item, place = self.token(line, place)
            if item is None:
                return
            yield item

    def token(self, line, place):
        char = line[place]
        if char.isdecimal() and char.isascii() or (
                char == "." and line[place + 1:place + 2].isdecimal()):
            stop = _number_end(line, place)
            return self.make(NUMBER, place, stop, line), stop
        if char in "\"'":
            return self.begin_string(line, place, place)
        if char == "_" or char.isidentifier():
            stop = place + 1
            while stop < len(line) and (line[stop] == "_" or ("a" + line[stop]).isidentifier()):
                stop += 1
            if (line[stop:stop + 1] in ('"', "'")
                    and line[place:stop].lower() in _STRING_PREFIXES):
                return self.begin_string(line, place, stop)
            return self.make(NAME, place, stop, line), stop
        return self.operator(line, place)

    def operator(self, line, place):
        fstring = self.fstrings[-1] if self.fstrings else None
        char = line[place]
        if fstring is not None and len(self.brackets) == fstring.fields[-1]:
            # At the level of the field itself.
            if char == ":":
                fstring.in_spec[-1] = True
                return self.make(OP, place, place + 1, line), place + 1
            if char == "}":
                self.brackets.pop()
                fstring.fields.pop()
                fstring.in_spec.pop()
                return self.make(OP, place, place + 1, line), place + 1
            if char == "!" and line[place + 1:place + 2] != "=":
                return self.make(OP, place, place + 1, line), place + 1
        for text in _OPERATORS:
            if line.startswith(text, place):
                break
        else:
            text = char
        stop = place + len(text)
        if text in "([{":
            self.brackets.append(text)
        elif text in ")]}":
            if not self.brackets:
                self.error(f"unmatched '{text}'", place)
            opened = self.brackets.pop()
            if opened + text not in ("()", "[]", "{}"):
                self.error(f"closing parenthesis '{text}' does not match opening parenthesis "
                           f"'{opened}'", place)
        elif text not in EXACT_TOKEN_TYPES:
            if text in "$?!`":
                return self.make(ERRORTOKEN if text != "!" else OP, place, stop, line), stop
            self.error(f"invalid non-printable character U+{ord(text):04X}"
                       if not text.isprintable() else
                       f"invalid character '{text}' (U+{ord(text):04X})", place)
        return self.make(OP, place, stop, line), stop

    # Strings

    def begin_string(self, line, start, place):
        quote = line[place]
        if line.startswith(quote * 3, place):
            quote *= 3
        prefix = line[start:place].lower()
        body = place + len(quote)
        if "f" in prefix:
            self.fstrings.append(_FString(quote, "r" in prefix))
            return self.make(FSTRING_START, start, body, line), body
        stop = _string_end(line, body, quote)
        if stop >= 0:
            return self.make(STRING, start, stop, line), stop
        if len(quote) == 1 and not line.rstrip("\r\n").endswith("\\"):
            self.error(f"unterminated string literal (detected at line {self.row})", start)
        self.string = (self.row, start), line[start:], quote, line
        return None, len(line)

    def go_on_with_string(self, line):
        start, text, quote, lines = self.string
        stop = _string_end(line, 0, quote)
        lines += line
        if stop < 0:
            if len(quote) == 1 and not line.rstrip("\r\n").endswith("\\"):
                raise TokenError(f"unterminated string literal (detected at line {start[0]})",
                                 (start[0], start[1] + 1))
            self.string = start, text + line, quote, lines
            return None, len(line)
        self.string = None
        return TokenInfo(STRING, text + line[:stop], start, (self.row, stop), lines), stop

    def fstring_text(self, line, place):
        """The text of an f-string up to a field or its end; it may go on over lines."""
        fstring = self.fstrings[-1]
        quote = fstring.quote
        in_spec = bool(fstring.fields)
        start = self.row, place
        text = []
        lines = line
        items = []

        def flush(stop):
            # A specification has text, be it empty, before its end.
            if text or (in_spec and line[stop:stop + 1] == "}"):
                items.append(TokenInfo(FSTRING_MIDDLE, "".join(text), start, (self.row, stop),
                                       lines))

        while True:
            if place >= len(line):
                following = self.read()
                if following == "":
                    self.check_end()
                self.row += 1
                self.line = line = following
                lines += line
                place = 0
                continue
            char = line[place]
            if line.startswith(quote, place):
                flush(place)
                self.fstrings.pop()
                stop = place + len(quote)
                items.append(TokenInfo(FSTRING_END, quote, (self.row, place), (self.row, stop),
                                       line))
                return items, line, stop
            if char == "\\" and not in_spec:
                if (not fstring.is_raw and line.startswith("\\N{", place)
                        and "}" in line[place:]):
                    stop = line.index("}", place) + 1
                elif line[place + 1:place + 2] in "{}":
                    stop = place + 1
                else:
                    stop = place + (3 if line.startswith("\\\r\n", place) else 2)
                text.append(line[place:stop])
                place = stop
                continue
            if char in "{}" and not in_spec and line[place + 1:place + 2] == char:
                text.append(char)
                place += 2
                # Doubled braces end a token, so that positions stay true.
                flush(place - 1)
                text.clear()
                start = self.row, place
                continue
            if char == "{":
                flush(place)
                self.brackets.append("{")
                fstring.fields.append(len(self.brackets))
                fstring.in_spec.append(False)
                items.append(TokenInfo(OP, "{", (self.row, place), (self.row, place + 1), line))
                return items, line, place + 1
            if char == "}":
                if not in_spec:
                    self.error("f-string: single '}' is not allowed", place)
                flush(place)
                self.brackets.pop()
                fstring.fields.pop()
                fstring.in_spec.pop()
                items.append(TokenInfo(OP, "}", (self.row, place), (self.row, place + 1), line))
                return items, line, place + 1
            if char in "\r\n" and len(quote) == 1:
                self.error(f"unterminated f-string literal (detected at line {self.row})",
                           start[1])
            text.append(char)
            place += 1


def _string_end(line, place, quote):
    """The place behind the quote that ends a string, or -1."""
    while place < len(line):
        if line[place] == "\\":
            place += 2
        elif line.startswith(quote, place):
            return place + len(quote)
        else:
            place += 1
    return -1


def _digits_end(line, place, digits):
    """The place behind digits, between which single underscores may stand."""
    while place < len(line):
        if line[place] in digits:
            place += 1
        elif line[place] == "_" and line[place + 1:place + 2] and line[place + 1] in digits:
            place += 2
        else:
            break
    return place


def _number_end(line, place):
    kind = line[place:place + 2].lower()
    for prefix, digits in (("0x", "0123456789abcdefABCDEF"), ("0o", "01234567"), ("0b", "01")):
        if kind == prefix:
            start = place + 2 + (line[place + 2:place + 3] == "_")
            return _digits_end(line, start, digits)
    decimal = "0123456789"
    place = _digits_end(line, place, decimal)
    if line[place:place + 1] == ".":
        place = _digits_end(line, place + 1, decimal)
    if line[place:place + 1] in ("e", "E"):
        after = place + 1 + (line[place + 1:place + 2] in ("+", "-"))
        if line[after:after + 1] and line[after] in decimal:
            place = _digits_end(line, after, decimal)
    if line[place:place + 1] in ("j", "J"):
        place += 1
    return place


def tokenize(readline):
    """Yield the tokens of source, which readline() gives line by line as bytes.

    At the end it gives b'' or raises StopIteration, so that `__next__` of an open file does as
    well.  Each token is a TokenInfo: kind, text, (row, column) of its start and of its end, and
    the line it is in.  Rows count from 1.  The first token is ENCODING, and tells that.
    """
    encoding, consumed = detect_encoding(readline)
    yield TokenInfo(ENCODING, "utf-8" if encoding == "utf-8-sig" else encoding, (0, 0), (0, 0),
                    "")
    waiting = consumed[::-1]

    def read():
        line = waiting.pop() if waiting else readline()
        return line.decode(encoding)

    yield from _Scanner(read).tokens()


def generate_tokens(readline):
    """Like tokenize(), of lines that are str; there is no ENCODING."""
    return _Scanner(readline).tokens()


def main():
    """Shows the tokens of a file."""
    import argparse
    parser = argparse.ArgumentParser(prog="python -m tokenize")
    parser.add_argument(dest="filename", nargs="?", metavar="filename.py",
                        help="the file to tokenize; defaults to stdin")
    parser.add_argument("-e", "--exact", dest="exact", action="store_true",
                        help="display token names using the exact type")
    args = parser.parse_args()
    if args.filename:
        with _builtin_open(args.filename, "rb") as file:
            tokens = list(tokenize(file.readline))
    else:
        tokens = list(generate_tokens(sys.stdin.readline))
    for item in tokens:
        kind = item.exact_type if args.exact else item.type
        where = "%d,%d-%d,%d:" % (item.start + item.end)
        print("%-20s%-15s%-15r" % (where, tok_name[kind], item.string))


if __name__ == "__main__":
    main()
