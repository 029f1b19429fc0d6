"""Turn Python objects into JSON texts."""

try:
    import _json
except ImportError:
    _json = None

c_encode_basestring_ascii = getattr(_json, 'encode_basestring_ascii', None)
c_encode_basestring = getattr(_json, 'encode_basestring', None)
c_make_encoder = getattr(_json, 'make_encoder', None)

INFINITY = float('inf')

ESCAPE_DCT = {chr(_code): f'\\u{_code:04x}' for _code in range(0x20)}
ESCAPE_DCT.update((c, '\\' + letter) for c, letter in zip('"\\\b\f\n\r\t', '"\\bfnrt'))
_ESCAPES = {ord(c): text for c, text in ESCAPE_DCT.items()}


class _AsciiEscapes(dict):
    """A translation table that also escapes DEL and all that is not ASCII, in one or two halves."""

    def __missing__(self, code):
        if code < 0x7f:
            return chr(code)
        if code < 0x10000:
            return f'\\u{code:04x}'
        code -= 0x10000
        return f'\\u{0xd800 | code >> 10:04x}\\u{0xdc00 | code & 0x3ff:04x}'


_ASCII_ESCAPES = _AsciiEscapes(_ESCAPES)


def py_encode_basestring(s):
    """Give a string as JSON."""
    return '"' + s.translate(_ESCAPES) + '"'


encode_basestring = c_encode_basestring or py_encode_basestring


def py_encode_basestring_ascii(s):
    """Give a string as JSON in ASCII."""
    plain = s.isascii() and '\x7f' not in s
    return '"' + s.translate(_ESCAPES if plain else _ASCII_ESCAPES) + '"'


encode_basestring_ascii = c_encode_basestring_ascii or py_encode_basestring_ascii


class JSONEncoder:
    """Writes objects as JSON.

    dict becomes an object, list and tuple an array, str a string, int and float a number,
    True, False and None true, false and null. For other objects a subclass overrides
    `default`. The arguments are those of json.dumps.
    """

    item_separator = ', '
    key_separator = ': '

    def __init__(self, *, skipkeys=False, ensure_ascii=True, check_circular=True,
                 allow_nan=True, sort_keys=False, indent=None, separators=None,
                 default=None):
        self.skipkeys, self.sort_keys, self.indent = skipkeys, sort_keys, indent
        self.ensure_ascii, self.allow_nan = ensure_ascii, allow_nan
        self.check_circular = check_circular
        if default is not None:
            self.default = default
        if separators is not None:
            self.item_separator, self.key_separator = separators
        elif indent is not None:
            # The line ends there.
            self.item_separator = ','

    def default(self, o):
        """Give a serializable object for ``o``; here, raise a ``TypeError``.

        Subclasses override it and call the base implementation for what they do not know.
        """
        raise TypeError(f'Object of type {o.__class__.__name__} is not JSON serializable')

    def encode(self, o):
        """Give an object as JSON.

        >>> JSONEncoder().encode([1.0, ("a", None)])
        '[1.0, ["a", null]]'
        """
        if isinstance(o, str):
            return (encode_basestring_ascii if self.ensure_ascii else encode_basestring)(o)
        # Whole, so that the exceptions are those of a list of chunks.
        return ''.join(list(self.iterencode(o, _one_shot=True)))

    def iterencode(self, o, _one_shot=False):
        """Yield the JSON of an object in pieces, for what is too large for one string."""
        markers = {} if self.check_circular else None
        encoder = encode_basestring_ascii if self.ensure_ascii else encode_basestring

        def floatstr(o, allow_nan=self.allow_nan, _repr=float.__repr__, _inf=INFINITY,
                     _neginf=-INFINITY):
            if o == o and o != _inf and o != _neginf:
                return _repr(o)
            if not allow_nan:
                raise ValueError("Out of range float values are not JSON compliant: "
                                 + repr(o))
            return 'NaN' if o != o else 'Infinity' if o == _inf else '-Infinity'

        if _one_shot and c_make_encoder is not None and self.indent is None:
            iterencode = c_make_encoder(
                markers, self.default, encoder, self.indent, self.key_separator,
                self.item_separator, self.sort_keys, self.skipkeys, self.allow_nan)
        else:
            iterencode = _make_iterencode(
                markers, self.default, encoder, self.indent, floatstr, self.key_separator,
                self.item_separator, self.sort_keys, self.skipkeys, _one_shot)
        return iterencode(o, 0)


def _make_iterencode(markers, _default, _encoder, _indent, _floatstr, _key_separator,
                     _item_separator, _sort_keys, _skipkeys, _one_shot):
    """Give the generator function that encodes with these settings."""
    if _indent is not None and not isinstance(_indent, str):
        _indent = ' ' * _indent
    int_repr = int.__repr__

    def atom(o):
        """Give the text of an object that holds no others; None for all other objects."""
        if isinstance(o, str):
            return _encoder(o)
        if o is None:
            return 'null'
        if o is True:
            return 'true'
        if o is False:
            return 'false'
        if isinstance(o, int):
            # A subclass may have a repr of its own.
            return int_repr(o)
        if isinstance(o, float):
            return _floatstr(o)
        return None

    def enter(o):
        """Note that the object is being encoded; it must not contain itself."""
        if markers is None:
            return None
        marker = id(o)
        if marker in markers:
            raise ValueError("Circular reference detected")
        markers[marker] = o
        return marker

    def line(level):
        return '\n' + _indent * level

    def encode_list(items, level):
        if not items:
            yield '[]'
            return
        marker = enter(items)
        separator = _item_separator
        before = '['
        if _indent is not None:
            before += line(level + 1)
            separator += line(level + 1)
        for value in items:
            text = atom(value)
            if text is not None:
                yield before + text
            else:
                yield before
                yield from encode_other(value, level + 1)
            before = separator
        if _indent is not None:
            yield line(level)
        yield ']'
        if marker is not None:
            del markers[marker]

    def key_text(key):
        """Give a key as text; None to skip it."""
        if isinstance(key, str):
            return key
        if isinstance(key, float):
            return _floatstr(key)
        if key is True:
            return 'true'
        if key is False:
            return 'false'
        if key is None:
            return 'null'
        if isinstance(key, int):
            return int_repr(key)
        if _skipkeys:
            return None
        raise TypeError(f'keys must be str, int, float, bool or None, '
                        f'not {key.__class__.__name__}')

    def encode_dict(dct, level):
        if not dct:
            yield '{}'
            return
        marker = enter(dct)
        yield '{'
        separator = _item_separator
        before = ''
        if _indent is not None:
            before = line(level + 1)
            separator += before
            yield before
            before = ''
        for key, value in sorted(dct.items()) if _sort_keys else dct.items():
            key = key_text(key)
            if key is None:
                continue
            if before:
                yield before
            before = separator
            yield _encoder(key)
            yield _key_separator
            text = atom(value)
            if text is not None:
                yield text
            else:
                yield from encode_other(value, level + 1)
        if _indent is not None:
            yield line(level)
        yield '}'
        if marker is not None:
            del markers[marker]

    def encode_other(o, level):
        if isinstance(o, (list, tuple)):
            yield from encode_list(o, level)
        elif isinstance(o, dict):
            yield from encode_dict(o, level)
        else:
            marker = enter(o)
            yield from iterencode(_default(o), level)
            if marker is not None:
                del markers[marker]

    def iterencode(o, level):
        text = atom(o)
        if text is not None:
            yield text
        else:
            yield from encode_other(o, level)

    return iterencode
