"""Conventions of languages and countries: setting them, and writing and reading numbers by them.

What the locale in force says comes from `_locale`. The formatting is done here over localeconv(),
and so are the names of locales: normalize() finds the full name of one by the table of aliases.
"""

import _collections_abc
import codecs
import functools
import itertools
import re
import sys
from builtins import str as _builtin_str

from _locale import *
from _locale import _DATE_FMT
import _locale
from _locale_aliases import locale_alias, locale_encoding_alias

__all__ = ["getlocale", "getdefaultlocale", "getpreferredencoding", "Error",
           "setlocale", "resetlocale", "localeconv", "strcoll", "strxfrm",
           "str", "atof", "atoi", "format_string", "currency",
           "normalize", "LC_CTYPE", "LC_COLLATE", "LC_TIME", "LC_MONETARY",
           "LC_NUMERIC", "LC_ALL", "CHAR_MAX", "getencoding", "LC_MESSAGES"]

# Items that localeconv() is to have instead of those of the locale.
_override_localeconv = {}


@functools.wraps(_locale.localeconv)
def localeconv():
    conventions = _locale.localeconv()
    if _override_localeconv:
        conventions.update(_override_localeconv)
    return conventions


def _grouping_intervals(grouping):
    """The sizes of the groups of digits from the right: a 0 repeats the last for ever, CHAR_MAX ends."""
    last = None
    for interval in itertools.takewhile(lambda interval: interval != CHAR_MAX, grouping):
        if interval == 0:
            if last is None:
                raise ValueError("invalid grouping")
            yield from itertools.repeat(last)
        yield interval
        last = interval


def _group(text, monetary=False):
    """Puts separators into the digits of an integer, and says how many characters they are."""
    conventions = localeconv()
    prefix = 'mon_' if monetary else ''
    separator = conventions[prefix + 'thousands_sep']
    grouping = conventions[prefix + 'grouping']
    if not grouping:
        return (text, 0)
    digits = text.rstrip(' ')
    right = text[len(digits):]
    left = ''
    groups = []
    for interval in _grouping_intervals(grouping):
        if not digits or digits[-1] not in "0123456789":
            # Only the sign and spaces are left.
            left, digits = digits, ''
            break
        groups.append(digits[-interval:])
        digits = digits[:-interval]
    if digits:
        groups.append(digits)
    groups.reverse()
    return (left + separator.join(groups) + right, len(separator) * (len(groups) - 1))


def _strip_padding(text, amount):
    """Takes so many spaces off, from the left first: the width that separators have used up."""
    start, end = 0, len(text)
    while amount and start < end and text[start] == ' ':
        start += 1
        amount -= 1
    while amount and end > start and text[end - 1] == ' ':
        end -= 1
        amount -= 1
    return text[start:end]


_percent_re = re.compile(r'%(?:\((?P<key>.*?)\))?'
                         r'(?P<modifiers>[-#0-9 +*.hlL]*?)[eEfFgGdiouxXcrs%]')


def _format(percent, value, grouping=False, monetary=False, *additional):
    """Formats one value; `additional` are those that come after it, for widths given with '*'."""
    formatted = percent % ((value,) + additional if additional else value)
    if percent[-1] in 'eEfFgGdiu':
        formatted = _localize(formatted, grouping, monetary)
    return formatted


def _localize(formatted, grouping=False, monetary=False):
    """Puts the separators and the decimal point of the locale into a formatted number."""
    width = 0
    parts = formatted.split('.')
    if grouping:
        parts[0], width = _group(parts[0], monetary=monetary)
    if len(parts) > 1:
        point = localeconv()['mon_decimal_point' if monetary else 'decimal_point']
        formatted = point.join(parts)
    else:
        formatted = parts[0]
    return _strip_padding(formatted, width) if width else formatted


def format_string(f, val, grouping=False, monetary=False):
    """Formats as the % operator does, numbers by the locale.

    With `grouping`, digits are grouped; with `monetary`, as they are for money.
    """
    percents = list(_percent_re.finditer(f))
    mapping = isinstance(val, _collections_abc.Mapping)
    if not mapping and not isinstance(val, tuple):
        val = (val,)
    texts = []
    at = 0
    for match in percents:
        percent = match.group()
        if percent[-1] == '%':
            texts.append('%')
        elif mapping:
            texts.append(_format(percent, val, grouping, monetary))
        else:
            stars = match['modifiers'].count('*')
            texts.append(_format(percent, val[at], grouping, monetary,
                                 *val[at + 1:at + 1 + stars]))
            at += 1 + stars
    return _percent_re.sub('%s', f) % tuple(texts)


def currency(val, symbol=True, grouping=False, international=False):
    """Formats an amount of money by the locale; ValueError in the C locale, which has no money."""
    conventions = localeconv()
    digits = conventions['int_frac_digits' if international else 'frac_digits']
    if digits == CHAR_MAX:
        raise ValueError("Currency formatting is not possible using the 'C' locale.")
    # Marks say where the sign goes if it belongs between the number and the symbol.
    text = '<' + _localize(f'{abs(val):.{digits}f}', grouping, monetary=True) + '>'
    side = 'n' if val < 0 else 'p'
    if symbol:
        name = conventions['int_curr_symbol' if international else 'currency_symbol']
        space = ' ' if conventions[f'{side}_sep_by_space'] else ''
        if conventions[f'{side}_cs_precedes']:
            text = name + space + text
        else:
            if international and name[-1] == ' ':
                name = name[:-1]
            text = text + space + name
    position = conventions[f'{side}_sign_posn']
    sign = conventions['negative_sign' if val < 0 else 'positive_sign']
    if position == 0:
        text = f'({text})'
    elif position == 2:
        text += sign
    elif position == 3:
        text = text.replace('<', sign)
    elif position == 4:
        text = text.replace('>', sign)
    else:
        text = sign + text
    return text.replace('<', '').replace('>', '')


def str(val):
    """A float as a string, by the locale."""
    return _format("%.12g", val)


def delocalize(string):
    """A number written by the locale, as Python writes it."""
    conventions = localeconv()
    if conventions['thousands_sep']:
        string = string.replace(conventions['thousands_sep'], '')
    if conventions['decimal_point']:
        string = string.replace(conventions['decimal_point'], '.')
    return string


def localize(string, grouping=False, monetary=False):
    """A number written as Python writes it, by the locale."""
    return _localize(string, grouping, monetary)


def atof(string, func=float):
    """The number a string says by the locale, made with `func`."""
    return func(delocalize(string))


def atoi(string):
    """The integer a string says by the locale."""
    return int(delocalize(string))


def _replace_encoding(code, encoding):
    """The name of a locale with another encoding, in the spelling of the C library."""
    try:
        encoding = codecs.lookup(encoding).name
    except LookupError:
        # Unknown here, but it may be known to the C library.
        pass
    encoding = re.sub(r'[^a-zA-Z0-9.]+', '_', encoding)
    key = encoding.lower()
    if key not in locale_encoding_alias:
        key = key.replace('_', '').replace('-', '')
    known = locale_encoding_alias.get(key)
    if known is None:
        # Not an alias, but it may be one of their spellings but for the case.
        known = next((name for name in locale_encoding_alias.values() if name.lower() == key), encoding)
    return code.partition('.')[0] + '.' + known


def _append_modifier(code, modifier):
    """The name of a locale with a modifier; that for the euro is an encoding."""
    if modifier == 'euro':
        name, dot, encoding = code.partition('.')
        if not dot:
            return code + '.ISO8859-15'
        match encoding:
            case 'ISO8859-15' | 'UTF-8':
                return code
            case 'ISO8859-1':
                return _replace_encoding(code, 'ISO8859-15')
    return f'{code}@{modifier}'


def normalize(localename):
    """The full name of a locale for setlocale(), the name as it is if it is not known."""
    code = localename.lower().replace(':', '.')
    code, _, modifier = code.partition('@')
    language, _, encoding = code.partition('.')
    encoding = encoding.split('.')[0]
    suffix = '@' + modifier if modifier else ''
    full = language
    if encoding:
        full += '.' + encoding.replace('-', '').replace('_', '')

    # From the most to the least specific: all of it, without the modifier, without the encoding,
    # the language alone.
    found = locale_alias.get(full + suffix)
    if found is not None:
        return found
    if modifier:
        found = locale_alias.get(full)
        if found is not None:
            if '@' not in found:
                return _append_modifier(found, modifier)
            if found.split('@', 1)[1].lower() == modifier:
                return found
    if encoding:
        found = locale_alias.get(language + suffix)
        if found is not None:
            name, at, own = found.partition('@')
            return _replace_encoding(name, encoding) + at + own
        if modifier:
            found = locale_alias.get(language)
            if found is not None:
                name, at, own = found.partition('@')
                if not at:
                    return _append_modifier(_replace_encoding(name, encoding), modifier)
                if own.lower() == modifier:
                    return _replace_encoding(name, encoding) + at + own
    return localename


def _parse_localename(localename):
    """The language code and the encoding of a locale, each None where it says nothing."""
    code, _, modifier = normalize(localename).partition('@')
    language, dot, encoding = code.partition('.')
    if dot:
        return language, encoding.partition('.')[0]
    if modifier == 'euro':
        return code, 'iso-8859-15'
    known = {'C': (None, None), 'UTF-8': (None, 'UTF-8')}
    if code not in known:
        raise ValueError(f'unknown locale: {localename}')
    return known[code]


def _build_localename(localetuple):
    """The name of a locale of a language code and an encoding."""
    try:
        language, encoding = localetuple
        if language is None:
            language = 'C'
        return language if encoding is None else language + '.' + encoding
    except (TypeError, ValueError):
        raise TypeError('Locale must be None, a string, or an iterable of '
                        'two strings -- language code, encoding.') from None


def getdefaultlocale(envvars=('LC_ALL', 'LC_CTYPE', 'LANG', 'LANGUAGE')):
    """The language code and the encoding the environment asks for. Deprecated."""
    import warnings

    warnings._deprecated(
        "locale.getdefaultlocale",
        "{name!r} is deprecated and slated for removal in Python {remove}. "
        "Use setlocale(), getencoding() and getlocale() instead.",
        remove=(3, 15))
    return _getdefaultlocale(envvars)


def _getdefaultlocale(envvars=('LC_ALL', 'LC_CTYPE', 'LANG', 'LANGUAGE')):
    import os

    for variable in envvars:
        name = os.environ.get(variable)
        if name:
            if variable == 'LANGUAGE':
                name = name.split(':')[0]
            return _parse_localename(name)
    return _parse_localename('C')


def getlocale(category=LC_CTYPE):
    """The language code and the encoding in force in a category (not LC_ALL)."""
    name = _setlocale(category)
    if category == LC_ALL and ';' in name:
        raise TypeError('category LC_ALL is not supported')
    return _parse_localename(name)


_setlocale = _locale.setlocale


def setlocale(category, locale=None):
    """Sets the locale of a category and returns its name; only returns it without a locale.

    The locale is a name, '' for that of the environment, or a language code and an encoding.
    """
    if locale and not isinstance(locale, _builtin_str):
        locale = normalize(_build_localename(locale))
    return _setlocale(category, locale)


def resetlocale(category=LC_ALL):
    """Sets the locale of a category to what the environment asks for. Deprecated."""
    import warnings

    warnings.warn('Use locale.setlocale(locale.LC_ALL, "") instead',
                  DeprecationWarning, stacklevel=2)
    _setlocale(category, _build_localename(_getdefaultlocale()))


def getpreferredencoding(do_setlocale=True):
    """The encoding for text files, by the preferences of the user."""
    if sys.flags.warn_default_encoding:
        import warnings

        warnings.warn("UTF-8 Mode affects locale.getpreferredencoding(). "
                      "Consider locale.getencoding() instead.",
                      EncodingWarning, 2)
    return 'utf-8' if sys.flags.utf8_mode else getencoding()
