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
_MAX_INDENT = 100
_MAX_BRACKETS = 200
_MIXED_TABS = "inconsistent use of tabs and spaces in indentation"


class _FString:
    """An open f-string."""

    def __init__(self, quote, is_raw, column):
        self.quote = quote
        self.column = column
        self.is_raw = is_raw
        # How many brackets were open where each of its open fields begins.
        self.fields = []
        # How many of those are in their format specification.
        self.in_spec = []

    def in_text(self):
        return not self.fields or self.in_spec[-1]


def _plain(item):
    """A token as the compiler gets it."""
    kind, text, start, _, _ = item
    if kind == NEWLINE:
        return item._replace(string="", end=start)
    if kind in (INDENT, DEDENT):
        nowhere = start[0], -1
        return item._replace(string="", start=nowhere, end=nowhere)
    if kind == NAME and text in ("async", "await"):
        return item._replace(type=ASYNC if text == "async" else AWAIT)
    return item._replace(type=item.exact_type)


class _Scanner:
    """Reads tokens.  If not `extra`, those that the compiler gets: no comments, exact kinds of
    operators, and errors for what only it refuses."""

    def __init__(self, readline, extra=True):
        self.readline = readline
        self.extra = extra
        self.row = 0
        self.brackets = []
        # Columns with tabs of eight and, to compare, with tabs of one.
        self.indents = [(0, 0)]
        self.fstrings = []
        # A string that goes on: its start, its text so far, its quote and the lines so far.
        self.string = None
        self.continued = False
        # A line of blanks and a backslash came before, and the columns of the first such line.
        self.joining = False
        self.joined = None
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
                if self.extra:
                    yield item
                elif last_kind not in (COMMENT, NL):
                    yield _plain(item)
        if self.extra and self.brackets and not self.line.endswith("\n"):
            end = len(self.line)
            yield TokenInfo(NL, "", (self.row, end), (self.row, end + 1), self.line)
        self.check_end()
        row = self.row + 1
        if last_kind not in (NEWLINE, NL):
            # The last line has no newline of its own.
            end = len(self.line)
            kind = NL if last_kind == COMMENT and self.blank else NEWLINE
            item = TokenInfo(kind, "", (self.row, end), (self.row, end + 1), self.line)
            if self.extra or kind == NEWLINE:
                yield item if self.extra else _plain(item)
        for _ in self.indents[1:]:
            item = TokenInfo(DEDENT, "", (row, 0), (row, 0), "")
            yield item if self.extra else _plain(item._replace(start=(self.row, 0)))
        yield TokenInfo(ENDMARKER, "", (row, 0), (row, 0), "")

    def read(self):
        try:
            return self.readline()
        except StopIteration:
            return ""

    def check_end(self):
        if self.string is not None:
            row, col = self.string[0]
            if len(self.string[2]) == 1:
                raise TokenError(f"unterminated string literal (detected at line {row})",
                                 (row, col + 1))
            raise TokenError("EOF in multi-line string", (row, col + 1))
        if self.fstrings:
            kind = "f-string" if len(self.fstrings[-1].quote) == 1 else "triple-quoted f-string"
            raise TokenError(f"unterminated {kind} literal (detected at line {self.row})",
                             (self.row, 1))
        if self.brackets or self.continued or self.joining:
            ends_line = self.continued and self.line.endswith("\n")
            raise TokenError("unexpected EOF in multi-line statement",
                             (self.row, len(self.line) if ends_line else 0))

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
            place, *column = self.indentation(line)
            rest = line[place:]
            if rest[:1] == "\\" and not rest[1:].strip("\r\n"):
                # Its indentation counts for the line that it is joined with.
                if self.joined is None and column[0]:
                    self.joined = column
                self.joining = True
                return
            self.joining = False
            joined, self.joined = self.joined, None
            column = joined or column
            if not rest.strip("\r\n") or rest[0] == "#":
                yield from self.blank_line(line, place)
                return
            yield from self.indent(line, place, *column)
        self.continued = False
        yield from self.statement(line, place)

    @staticmethod
    def indentation(line):
        column = other = place = 0
        for char in line:
            if char == " ":
                column += 1
                other += 1
            elif char == "\t":
                column = (column // _TAB_SIZE + 1) * _TAB_SIZE
                other += 1
            elif char == "\f":
                column = other = 0
            else:
                break
            place += 1
        return place, column, other

    def blank_line(self, line, place):
        self.blank = True
        if line[place:place + 1] == "#":
            end = len(line.rstrip("\r\n"))
            yield self.make(COMMENT, place, end, line)
            place = end
        elif place == len(line):
            # Blanks at the end of the text.
            yield TokenInfo(NL, "", (self.row, place), (self.row, place + 1), line)
        if place < len(line):
            yield TokenInfo(NL, line[place:], (self.row, place), (self.row, place + 1)
                            if len(line) - place == 1 else (self.row, len(line)), line)

    def indent(self, line, place, column, other):
        def refuse(error, message):
            text = line.rstrip("\r\n")
            return error(message, ("<string>", self.row, len(text) + 1, text, None, None))

        open_column, open_other = self.indents[-1]
        if column > open_column:
            if other <= open_other:
                raise refuse(TabError, _MIXED_TABS)
            if len(self.indents) >= _MAX_INDENT:
                raise refuse(IndentationError, "too many levels of indentation")
            self.indents.append((column, other))
            yield TokenInfo(INDENT, line[:place], (self.row, 0), (self.row, place), line)
            return
        closed = 0
        while column < self.indents[-1][0]:
            self.indents.pop()
            closed += 1
        if self.indents[-1][0] != column:
            raise refuse(IndentationError, "unindent does not match any outer indentation level")
        if self.indents[-1][1] != other:
            raise refuse(TabError, _MIXED_TABS)
        for _ in range(closed):
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
                    self.error("unexpected character after line continuation character", place + 2)
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
            return self.number(line, place)
        if char in "\"'":
            return self.begin_string(line, place, place)
        if char == "_" or char.isalpha() or not char.isascii():
            stop = place + 1
            # Whether they may stand in a name is for the compiler to say.
            while stop < len(line) and (line[stop] == "_" or line[stop].isalnum()
                                        or not line[stop].isascii()):
                stop += 1
            if not self.extra:
                self.check_name(line, place, stop)
            if (line[stop:stop + 1] in ('"', "'")
                    and line[place:stop].lower() in _STRING_PREFIXES):
                return self.begin_string(line, place, stop)
            return self.make(NAME, place, stop, line), stop
        return self.operator(line, place)

    def check_name(self, line, start, stop):
        for place in range(start, stop):
            char = line[place]
            if not (char if place == start else "a" + char).isidentifier():
                self.error(f"invalid character '{char}' (U+{ord(char):04X})"
                           if char.isprintable() else
                           f"invalid non-printable character U+{ord(char):04X}", place)

    def number(self, line, place):
        start = place
        kind = line[place:place + 2].lower()
        for prefix, name, digits in _RADIXES:
            if kind == prefix:
                place = self.digits(line, place + 2, digits, f"{name} literal", radix=True)
                bad = line[place:place + 1]
                if bad.isdecimal() and bad.isascii():
                    raise TokenError(f"invalid digit '{bad}' in {name} literal",
                                     (self.row, place + 1))
                return self.end_number(line, start, place, name)
        name = "decimal literal"
        if line[place] != ".":
            place = self.digits(line, place, _DECIMAL, name)
            text = line[start:place]
            leading_zero = text[0] == "0" and text.strip("0_")
        else:
            leading_zero = False
        is_integer = True
        if line[place:place + 1] == ".":
            is_integer = False
            place += 1
            if line[place:place + 1] in _DECIMAL and place < len(line):
                place = self.digits(line, place, _DECIMAL, name)
        if line[place:place + 1] in ("e", "E"):
            after = place + 1
            signed = line[after:after + 1] in ("+", "-")
            after += signed
            if line[after:after + 1] and line[after] in _DECIMAL:
                is_integer = False
                place = self.digits(line, after, _DECIMAL, name)
            elif signed:
                raise TokenError(f"invalid {name}", (self.row, after))
        if line[place:place + 1] in ("j", "J"):
            is_integer = False
            place += 1
        if leading_zero and is_integer and not self.extra:
            raise TokenError("leading zeros in decimal integer literals are not permitted; use "
                             "an 0o prefix for octal integers", (self.row, start + 1))
        return self.end_number(line, start, place, "decimal")

    def digits(self, line, place, digits, name, radix=False):
        """The place behind digits, between which single underscores may stand."""
        if radix and line[place:place + 1] == "_":
            place += 1
        first = place
        while True:
            while line[place:place + 1] and line[place] in digits:
                place += 1
            if place == first:
                bad = line[place:place + 1]
                if not (radix and bad.isdecimal() and bad.isascii()):
                    raise TokenError(f"invalid {name}", (self.row, place))
                return place
            if line[place:place + 1] != "_":
                return place
            place += 1
            first = place

    def end_number(self, line, start, place, name):
        following = line[place:place + 1]
        if not self.extra and (following == "_" or following.isidentifier()):
            rest = line[place:]
            if not rest.startswith(_AFTER_NUMBERS):
                raise TokenError(f"invalid {name} literal", (self.row, place))
        return self.make(NUMBER, start, place, line), place

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
            if len(self.brackets) >= _MAX_BRACKETS:
                self.error("too many nested parentheses", place)
            self.brackets.append(text)
        elif text in ")]}":
            opened = self.brackets.pop() if self.brackets else ""
            if not self.extra and opened + text not in ("()", "[]", "{}"):
                self.error(f"closing parenthesis '{text}' does not match opening parenthesis "
                           f"'{opened}'" if opened else f"unmatched '{text}'", place)
        elif text not in EXACT_TOKEN_TYPES and not text.isprintable():
            self.error(f"invalid non-printable character U+{ord(text):04X}", place)
        return self.make(OP, place, stop, line), stop

    # Strings

    def begin_string(self, line, start, place):
        quote = line[place]
        if line.startswith(quote * 3, place):
            quote *= 3
        prefix = line[start:place].lower()
        body = place + len(quote)
        if "f" in prefix:
            self.fstrings.append(_FString(quote, "r" in prefix, start))
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
            if char in "\r\n" and len(quote) == 1 and in_spec:
                # The end of the specification.
                flush(place)
                fstring.in_spec[-1] = False
                return items, line, place
            if char in "\r\n" and len(quote) == 1:
                self.error(f"unterminated f-string literal (detected at line {self.row})",
                           fstring.column)
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


_DECIMAL = "0123456789"
_RADIXES = (("0x", "hexadecimal", _DECIMAL + "abcdefABCDEF"), ("0o", "octal", "01234567"),
            ("0b", "binary", "01"))
# The words that may follow a number without a blank.
_AFTER_NUMBERS = ("and", "else", "for", "if", "in", "is", "or", "not")


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
        return waiting.pop() if waiting else readline()

    yield from _generate_tokens_from_c_tokenizer(read, encoding, extra_tokens=True)


def generate_tokens(readline):
    """Like tokenize(), of lines that are str; there is no ENCODING."""
    return _generate_tokens_from_c_tokenizer(readline, extra_tokens=True)


def _generate_tokens_from_c_tokenizer(source, encoding=None, extra_tokens=False):
    """The tokens of lines that are str, or bytes in an encoding; without `extra_tokens` as the
    compiler gets them."""
    def read():
        line = source()
        return line.decode(encoding)

    return _Scanner(source if encoding is None else read, extra_tokens).tokens()


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
