"""Turn JSON texts into Python objects."""

from sys import maxsize

from . import scanner

try:
    from _json import scanstring as c_scanstring
except ImportError:
    c_scanstring = None

__all__ = ['JSONDecoder', 'JSONDecodeError']

NaN = float('nan')
PosInf = float('inf')
NegInf = float('-inf')

_CONSTANTS = {
    '-Infinity': NegInf,
    'Infinity': PosInf,
    'NaN': NaN,
}
WHITESPACE_STR = ' \t\n\r'
BACKSLASH = {
    '"': '"', '\\': '\\', '/': '/',
    'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t',
}
_HEX_DIGITS = frozenset('0123456789abcdefABCDEF')


class JSONDecodeError(ValueError):
    """The text `doc` is not JSON: `msg` tells why, `pos` where, also as `lineno` and `colno`."""

    def __init__(self, msg, doc, pos):
        self.msg, self.doc, self.pos = msg, doc, pos
        self.lineno = doc.count('\n', 0, pos) + 1
        self.colno = pos - doc.rfind('\n', 0, pos)
        super().__init__(f'{msg}: line {self.lineno} column {self.colno} (char {pos})')

    def __reduce__(self):
        return self.__class__, (self.msg, self.doc, self.pos)


def _skip_space(s, at):
    """Give the index of the next character that is not white space."""
    size = len(s)
    while at < size and s[at] in WHITESPACE_STR:
        at += 1
    return at


def _decode_uXXXX(s, pos):
    digits = s[pos + 1:pos + 5]
    if len(digits) == 4 and _HEX_DIGITS.issuperset(digits):
        return int(digits, 16)
    raise JSONDecodeError("Invalid \\uXXXX escape", s, pos)


def py_scanstring(s, end, strict=True):
    """Read the string whose first character after the quote is s[end].

    Gives the text and the index after the closing quote. Unless strict is false, control
    characters are not allowed.
    """
    if end > maxsize:
        raise OverflowError("Python int too large to convert to C ssize_t")
    chunks = []
    begin = end - 1
    size = len(s)
    while True:
        start = end
        while end < size:
            c = s[end]
            if c == '"' or c == '\\' or c < ' ':
                break
            end += 1
        else:
            raise JSONDecodeError("Unterminated string starting at", s, begin)
        if end > start:
            chunks.append(s[start:end])
        end += 1
        if c == '"':
            return ''.join(chunks), end
        if c != '\\':
            if strict:
                raise JSONDecodeError("Invalid control character at", s, end - 1)
            chunks.append(c)
            continue
        if end >= size:
            raise JSONDecodeError("Unterminated string starting at", s, begin)
        escape = s[end]
        if escape != 'u':
            if escape not in BACKSLASH:
                raise JSONDecodeError("Invalid \\escape", s, end - 1)
            chunks.append(BACKSLASH[escape])
            end += 1
            continue
        code = _decode_uXXXX(s, end)
        end += 5
        if 0xd800 <= code <= 0xdbff and s.startswith('\\u', end):
            low = _decode_uXXXX(s, end + 1)
            if 0xdc00 <= low <= 0xdfff:
                code = 0x10000 + ((code - 0xd800) << 10 | low - 0xdc00)
                end += 6
        chunks.append(chr(code))


scanstring = c_scanstring or py_scanstring


def JSONObject(s_and_end, strict, scan_once, object_hook, object_pairs_hook, memo=None):
    """Read the object whose first character after the brace is at the index."""
    s, end = s_and_end
    pairs = []
    share = {}.setdefault if memo is None else memo.setdefault
    end = _skip_space(s, end)
    nextchar = s[end:end + 1]
    if nextchar != '"':
        if nextchar != '}':
            raise JSONDecodeError(
                "Expecting property name enclosed in double quotes", s, end)
        return _finish_object(pairs, object_hook, object_pairs_hook), end + 1
    while True:
        key, end = scanstring(s, end + 1, strict)
        # Keys that occur again are the same object.
        key = share(key, key)
        end = _skip_space(s, end)
        if not s.startswith(':', end):
            raise JSONDecodeError("Expecting ':' delimiter", s, end)
        end = _skip_space(s, end + 1)
        try:
            value, end = scan_once(s, end)
        except StopIteration as error:
            raise JSONDecodeError("Expecting value", s, error.value) from None
        pairs.append((key, value))
        end = _skip_space(s, end)
        nextchar = s[end:end + 1]
        if nextchar == '}':
            return _finish_object(pairs, object_hook, object_pairs_hook), end + 1
        if nextchar != ',':
            raise JSONDecodeError("Expecting ',' delimiter", s, end)
        end = _skip_space(s, end + 1)
        if not s.startswith('"', end):
            raise JSONDecodeError(
                "Expecting property name enclosed in double quotes", s, end)


def _finish_object(pairs, object_hook, object_pairs_hook):
    if object_pairs_hook is not None:
        return object_pairs_hook(pairs)
    result = dict(pairs)
    return result if object_hook is None else object_hook(result)


def JSONArray(s_and_end, scan_once):
    """Read the array whose first character after the bracket is at the index."""
    s, end = s_and_end
    values = []
    end = _skip_space(s, end)
    if s.startswith(']', end):
        return values, end + 1
    while True:
        try:
            value, end = scan_once(s, end)
        except StopIteration as error:
            raise JSONDecodeError("Expecting value", s, error.value) from None
        values.append(value)
        end = _skip_space(s, end)
        nextchar = s[end:end + 1]
        if nextchar == ']':
            return values, end + 1
        if nextchar != ',':
            raise JSONDecodeError("Expecting ',' delimiter", s, end)
        end = _skip_space(s, end + 1)


class JSONDecoder:
    """Reads JSON documents.

    Objects become dicts, arrays lists, strings str, numbers int or float, and true, false and
    null True, False and None. NaN, Infinity and -Infinity are understood too. The arguments
    are those of json.loads; with strict=False strings may contain control characters.
    """

    def __init__(self, *, object_hook=None, parse_float=None, parse_int=None,
                 parse_constant=None, strict=True, object_pairs_hook=None):
        self.strict = strict
        self.object_hook, self.object_pairs_hook = object_hook, object_pairs_hook
        self.parse_float, self.parse_int = parse_float or float, parse_int or int
        self.parse_constant = parse_constant or _CONSTANTS.__getitem__
        # The scanner takes these over; a subclass may set others and make its own.
        self.parse_object, self.parse_array = JSONObject, JSONArray
        self.parse_string, self.memo = scanstring, {}
        self.scan_once = scanner.make_scanner(self)

    def decode(self, s, _w=_skip_space):
        """Give the object of a document that is the whole string."""
        obj, end = self.raw_decode(s, idx=_w(s, 0))
        end = _w(s, end)
        if end != len(s):
            raise JSONDecodeError("Extra data", s, end)
        return obj

    def raw_decode(self, s, idx=0):
        """Give the object of the document at an index, and the index where that ends."""
        try:
            obj, end = self.scan_once(s, idx)
        except StopIteration as error:
            raise JSONDecodeError("Expecting value", s, error.value) from None
        return obj, end
