"""Translation of messages with the catalogs of GNU gettext, as functions like the C library's and as classes.

A catalog is a .mo file: DIR/LANGUAGE/LC_MESSAGES/DOMAIN.mo. Which plural form goes with a number is
a C expression in the catalog; it is parsed here and written out as Python.
"""

import itertools
import os
import re
import sys

__all__ = ['Catalog', 'GNUTranslations', 'NullTranslations', 'bindtextdomain', 'dgettext',
           'dngettext', 'dnpgettext', 'dpgettext', 'find', 'gettext', 'install', 'ngettext',
           'npgettext', 'pgettext', 'textdomain', 'translation']

_default_localedir = os.path.join(sys.base_prefix, 'share', 'locale')

# The part of C plural expressions are written in: no unary - and ~, no bits.
_TOKEN = re.compile(
    r"""(?P<blank>[ \t]+)
      | (?P<number>[0-9]+\b)
      | (?P<name>n\b)
      | (?P<parenthesis>[()])
      | (?P<operator>[-*/%+?:]|[><!]=?|==|&&|\|\|)
      | (?P<invalid>\w+|.)""",
    re.VERBOSE | re.DOTALL,
)

# The operators by how tightly they bind.
_PRIORITY = {name: priority
             for priority, names in enumerate(
                 ("||", "&&", "== !=", "< > <= >=", "+ -", "* / %"), 1)
             for name in names.split()}
_EQUALITY, _ORDER = 3, 4
_PYTHON_OPERATORS = {'||': 'or', '&&': 'and', '/': '//'}


def _tokenize(plural):
    """The tokens of a plural expression, '' at the end."""
    for match in _TOKEN.finditer(plural):
        if match.lastgroup == 'invalid':
            raise ValueError(f'invalid token in plural form: {match.group()}')
        if match.lastgroup != 'blank':
            yield match.group()
    yield ''


def _unexpected(token):
    """The error of a token that does not belong where it is."""
    if token:
        return ValueError(f'unexpected token in plural form: {token}')
    return ValueError('unexpected end of plural form')


def _parse_operand(tokens):
    """An operand with the negations before it, as Python; and the token after it."""
    result = ''
    token = next(tokens)
    while token == '!':
        result += 'not '
        token = next(tokens)
    if token == '(':
        inner, token = _parse(tokens)
        if token != ')':
            raise ValueError('unbalanced parenthesis in plural form')
        result += f'({inner})'
    elif token == 'n':
        result += token
    else:
        try:
            result += str(int(token, 10))
        except ValueError:
            raise _unexpected(token) from None
    return result, next(tokens)


def _parse(tokens, priority=-1):
    """An expression of operators of this priority at least, as Python; and the token after it."""
    result, token = _parse_operand(tokens)
    last = None
    while token in _PRIORITY:
        own = _PRIORITY[token]
        if own < priority:
            break
        # Python would chain these comparisons.
        if own in (_EQUALITY, _ORDER) and last in (_EQUALITY, _ORDER):
            result = f'({result})'
        name = _PYTHON_OPERATORS.get(token, token)
        right, token = _parse(tokens, own + 1)
        result = f'{result} {name} {right}'
        last = own
    if last == priority == _ORDER:
        result = f'({result})'
    if token == '?' and priority <= 0:
        if_true, token = _parse(tokens, 0)
        if token != ':':
            raise _unexpected(token)
        if_false, token = _parse(tokens)
        result = f'{if_true} if {result} else {if_false}'
        if priority == 0:
            result = f'({result})'
    return result, token


def _as_int(n):
    """Takes a number that is not an int with a warning, and nothing that is not a number."""
    complaint = f'Plural value must be an integer, got {n.__class__.__name__}'
    try:
        round(n)
    except TypeError:
        raise TypeError(complaint) from None
    import warnings

    # The warning is about the caller outside of this module.
    stacklevel, frame = 2, sys._getframe(1)
    while frame.f_globals.get('__name__') == __name__ and frame.f_back is not None:
        stacklevel, frame = stacklevel + 1, frame.f_back
    warnings.warn(complaint, DeprecationWarning, stacklevel)
    return n


def c2py(plural):
    """A function of n that computes the plural form a C expression says."""
    if len(plural) > 1000:
        raise ValueError('plural form expression is too long')
    try:
        expression, token = _parse(_tokenize(plural))
        if token:
            raise _unexpected(token)
        nesting = itertools.accumulate({'(': 1, ')': -1}.get(char, 0) for char in expression)
        if max(nesting, default=0) > 20:
            raise ValueError('plural form expression is too complex')
        namespace = {'_as_int': _as_int, '__name__': __name__}
        exec("def func(n):\n"
             "    if not isinstance(n, int):\n"
             "        n = _as_int(n)\n"
             f"    return int({expression})\n", namespace)
        return namespace['func']
    except RecursionError:
        raise ValueError('plural form expression is too complex')


def _expand_lang(loc):
    """The names a locale may go by, from the most to the least specific."""
    import locale

    loc = locale.normalize(loc)
    rest, at, modifier = loc.partition('@')
    rest, dot, codeset = rest.partition('.')
    language, line, territory = rest.partition('_')
    names = []
    for use_modifier in (True, False) if at else (False,):
        for use_territory in (True, False) if line else (False,):
            for use_codeset in (True, False) if dot else (False,):
                name = language
                if use_territory:
                    name += line + territory
                if use_codeset:
                    name += dot + codeset
                if use_modifier:
                    name += at + modifier
                names.append(name)
    return names


class NullTranslations:
    """Translates nothing, or as its fallback does; the base of the classes that translate."""

    def __init__(self, fp=None):
        self._info = {}
        self._charset = self._fallback = None
        if fp is not None:
            self._parse(fp)

    def _parse(self, fp):
        """Reads a catalog from a file; a subclass says how."""

    def add_fallback(self, fallback):
        """Adds a translation to ask for messages that this one and its fallbacks do not have."""
        if self._fallback:
            self._fallback.add_fallback(fallback)
        else:
            self._fallback = fallback

    def gettext(self, message):
        """The translation of a message."""
        if self._fallback:
            return self._fallback.gettext(message)
        return message

    def ngettext(self, msgid1, msgid2, n):
        """The translation that goes with a number of things."""
        if self._fallback:
            return self._fallback.ngettext(msgid1, msgid2, n)
        return msgid1 if n == 1 else msgid2

    def pgettext(self, context, message):
        """The translation of a message in a context."""
        if self._fallback:
            return self._fallback.pgettext(context, message)
        return message

    def npgettext(self, context, msgid1, msgid2, n):
        """The translation in a context that goes with a number of things."""
        if self._fallback:
            return self._fallback.npgettext(context, msgid1, msgid2, n)
        return msgid1 if n == 1 else msgid2

    def info(self):
        """The metadata of the catalog, a dictionary."""
        return self._info

    def charset(self):
        """The encoding of the catalog."""
        return self._charset

    def install(self, names=None):
        """Makes gettext() the builtin `_`, and others of the methods builtins if they are named."""
        import builtins

        builtins.__dict__['_'] = self.gettext
        if names is not None:
            for name in {'gettext', 'ngettext', 'npgettext', 'pgettext'} & set(names):
                builtins.__dict__[name] = getattr(self, name)


_MISSING = object()


class GNUTranslations(NullTranslations):
    """The translations of a .mo file."""

    LE_MAGIC = 0x950412de
    BE_MAGIC = 0xde120495
    # How the key of a message in a context is written.
    CONTEXT = "%s\x04%s"
    # The major versions of the format.
    VERSIONS = (0, 1)

    def _get_versions(self, version):
        """The major and the minor version."""
        return (version >> 16, version & 0xffff)

    def _parse(self, fp):
        """Reads a .mo file; to be overridden for other formats."""
        from struct import unpack

        filename = getattr(fp, 'name', '')
        self._catalog = catalog = {}
        self.plural = lambda n: int(n != 1)
        data = fp.read()
        magic = unpack('<I', data[:4])[0]
        if magic == self.LE_MAGIC:
            order = '<'
        elif magic == self.BE_MAGIC:
            order = '>'
        else:
            raise OSError(0, 'Bad magic number', filename)
        version, count, ids_at, texts_at = unpack(order + '4I', data[4:20])
        major = self._get_versions(version)[0]
        if major not in self.VERSIONS:
            raise OSError(0, f'Bad version number {major}', filename)

        # Two tables, of the messages and of the translations, with the length and place of each.
        def entry(table, number):
            start = table + 8 * number
            length, place = unpack(order + 'II', data[start:start + 8])
            if place + length >= len(data):
                raise OSError(0, 'File is corrupt', filename)
            return data[place:place + length]

        for number in range(count):
            message = entry(ids_at, number)
            text = entry(texts_at, number)
            if not message:
                self._parse_metadata(text)
            charset = self._charset or 'ascii'
            if b'\x00' in message:
                singular, _ = message.split(b'\x00')
                singular = str(singular, charset)
                for form, plural in enumerate(text.split(b'\x00')):
                    catalog[(singular, form)] = str(plural, charset)
            else:
                catalog[str(message, charset)] = str(text, charset)

    def _parse_metadata(self, text):
        """Takes the lines 'Key: value' that are the translation of the empty message."""
        last = None
        for line in text.split(b'\n'):
            item = line.decode().strip()
            if not item or (item.startswith('#-#-#-#-#') and item.endswith('#-#-#-#-#')):
                continue
            key = value = None
            if ':' in item:
                key, value = item.split(':', 1)
                key = key.strip().lower()
                value = value.strip()
                self._info[key] = value
                last = key
            elif last:
                self._info[last] += '\n' + item
            if key == 'content-type':
                self._charset = value.split('charset=')[1]
            elif key == 'plural-forms':
                self.plural = c2py(value.split(';')[1].split('plural=')[1])

    def _lookup(self, key):
        """The translation of a key, also of one that has plural forms, or _MISSING."""
        text = self._catalog.get(key, _MISSING)
        if text is _MISSING:
            text = self._catalog.get((key, self.plural(1)), _MISSING)
        return text

    def gettext(self, message):
        text = self._lookup(message)
        return super().gettext(message) if text is _MISSING else text

    def ngettext(self, msgid1, msgid2, n):
        try:
            return self._catalog[msgid1, self.plural(n)]
        except KeyError:
            return super().ngettext(msgid1, msgid2, n)

    def pgettext(self, context, message):
        text = self._lookup(self.CONTEXT % (context, message))
        return super().pgettext(context, message) if text is _MISSING else text

    def npgettext(self, context, msgid1, msgid2, n):
        try:
            return self._catalog[self.CONTEXT % (context, msgid1), self.plural(n)]
        except KeyError:
            return super().npgettext(context, msgid1, msgid2, n)


def find(domain, localedir=None, languages=None, all=False):
    """The .mo file of a domain, None if there is none; with `all`, the list of all of them.

    The languages are those of the environment unless they are given.
    """
    if localedir is None:
        localedir = _default_localedir
    if languages is None:
        languages = []
        for variable in ('LANGUAGE', 'LC_ALL', 'LC_MESSAGES', 'LANG'):
            value = os.environ.get(variable)
            if value:
                languages = value.split(':')
                break
        if 'C' not in languages:
            languages.append('C')
    names = dict.fromkeys(name for language in languages for name in _expand_lang(language))
    found = []
    for name in names:
        if name == 'C':
            break
        path = os.path.join(localedir, name, 'LC_MESSAGES', f'{domain}.mo')
        if os.path.exists(path):
            if not all:
                return path
            found.append(path)
    return found if all else None


# The translations that were read, by their class and path.
_translations = {}


def translation(domain, localedir=None, languages=None, class_=None, fallback=False):
    """The translations of a domain, the later languages as fallbacks of the earlier ones.

    If there is no file, NullTranslations with `fallback`, else FileNotFoundError.
    """
    paths = find(domain, localedir, languages, all=True)
    if not paths and not fallback:
        from errno import ENOENT
        raise FileNotFoundError(ENOENT, 'No translation file found for domain', domain)
    if not paths:
        return NullTranslations()
    first, *others = [_read_once(path, class_ or GNUTranslations) for path in paths]
    for other in others:
        first.add_fallback(other)
    return first


def _read_once(path, class_):
    """The translations of a file, as a copy: its fallbacks are the caller's own, its catalog shared."""
    import copy

    key = class_, os.path.abspath(path)
    if key not in _translations:
        with open(path, 'rb') as file:
            _translations.setdefault(key, class_(file))
    return copy.copy(_translations[key])


def install(domain, localedir=None, *, names=None):
    """Makes the translations of a domain the builtin `_`."""
    translation(domain, localedir, fallback=True).install(names)


# Where the catalogs of domains are, and the domain of the functions without one.
_localedirs = {}
_current_domain = 'messages'


def textdomain(domain=None):
    """Sets the current domain if one is given, and returns it."""
    global _current_domain
    if domain is not None:
        _current_domain = domain
    return _current_domain


def bindtextdomain(domain, localedir=None):
    """Sets the directory of a domain if one is given, and returns it."""
    if localedir is not None:
        _localedirs[domain] = localedir
    return _localedirs.get(domain, _default_localedir)


def _of_domain(domain):
    """The translations of a domain, those that translate nothing if there are none."""
    try:
        return translation(domain, _localedirs.get(domain))
    except OSError:
        return NullTranslations()


def dgettext(domain, message):
    """gettext() in a domain."""
    return _of_domain(domain).gettext(message)


def dngettext(domain, msgid1, msgid2, n):
    """ngettext() in a domain."""
    return _of_domain(domain).ngettext(msgid1, msgid2, n)


def dpgettext(domain, context, message):
    """pgettext() in a domain."""
    return _of_domain(domain).pgettext(context, message)


def dnpgettext(domain, context, msgid1, msgid2, n):
    """npgettext() in a domain."""
    return _of_domain(domain).npgettext(context, msgid1, msgid2, n)


def gettext(message):
    """The translation of a message in the current domain."""
    return dgettext(_current_domain, message)


def ngettext(msgid1, msgid2, n):
    """The translation that goes with a number of things in the current domain."""
    return dngettext(_current_domain, msgid1, msgid2, n)


def pgettext(context, message):
    """The translation of a message in a context in the current domain."""
    return dpgettext(_current_domain, context, message)


def npgettext(context, msgid1, msgid2, n):
    """The translation in a context that goes with a number of things in the current domain."""
    return dnpgettext(_current_domain, context, msgid1, msgid2, n)


# The name GNOME's module had for it.
Catalog = translation
