"""Find out which JSON value begins at a place in a text, and read it."""

try:
    from _json import make_scanner as c_make_scanner
except ImportError:
    c_make_scanner = None

__all__ = ['make_scanner']

_CONSTANTS = {'n': ('null', None), 't': ('true', True), 'f': ('false', False)}
_FLOATS = {'N': 'NaN', 'I': 'Infinity', '-': '-Infinity'}


def _digits_end(string, at):
    end = len(string)
    while at < end and '0' <= string[at] <= '9':
        at += 1
    return at


def _number_end(string, start):
    """Give where the number at `start` ends and whether it is a float; (0, False) if there is
    none."""
    size = len(string)
    at = start + 1 if string.startswith('-', start) else start
    if string.startswith('0', at):
        at += 1
    else:
        end = _digits_end(string, at)
        if end == at:
            return 0, False
        at = end
    is_float = False
    if string.startswith('.', at):
        end = _digits_end(string, at + 1)
        if end > at + 1:
            at, is_float = end, True
    if at < size and string[at] in 'eE':
        digits = at + 1
        if digits < size and string[digits] in '+-':
            digits += 1
        end = _digits_end(string, digits)
        if end > digits:
            at, is_float = end, True
    return at, is_float


def py_make_scanner(context):
    """Give the function that reads the value at an index with the decoder's settings.

    It gives the value and where it ends, and raises StopIteration with the index where no
    value begins.
    """
    parse_object, parse_array = context.parse_object, context.parse_array
    parse_string, strict = context.parse_string, context.strict
    parse_float, parse_int = context.parse_float, context.parse_int
    parse_constant = context.parse_constant
    hooks = context.object_hook, context.object_pairs_hook
    memo = context.memo

    def _scan_once(string, idx):
        try:
            first = string[idx]
        except IndexError:
            raise StopIteration(idx) from None
        if first == '"':
            return parse_string(string, idx + 1, strict)
        if first == '{':
            return parse_object((string, idx + 1), strict, _scan_once, *hooks, memo)
        if first == '[':
            return parse_array((string, idx + 1), _scan_once)
        if first in _CONSTANTS:
            text, value = _CONSTANTS[first]
            if string.startswith(text, idx):
                return value, idx + len(text)
            raise StopIteration(idx)
        end, is_float = _number_end(string, idx)
        if end:
            text = string[idx:end]
            return (parse_float(text) if is_float else parse_int(text)), end
        text = _FLOATS.get(first)
        if text is not None and string.startswith(text, idx):
            return parse_constant(text), idx + len(text)
        raise StopIteration(idx)

    def scan_once(string, idx):
        if idx < 0:
            raise ValueError('idx cannot be negative')
        try:
            return _scan_once(string, idx)
        finally:
            memo.clear()

    return scan_once


make_scanner = c_make_scanner or py_make_scanner
