"""URLs taken apart, put together and joined, and text quoted for them (RFC 3986).

All functions take text or ASCII bytes, and give what they were given. A URL is split into scheme,
netloc, path, query and fragment (urlsplit()), or with the parameters of the last part of the path
(urlparse()).
"""

import functools
import re
from collections import namedtuple
from types import GenericAlias as _GenericAlias

__all__ = ['urlparse', 'urlunparse', 'urljoin', 'urldefrag', 'urlsplit', 'urlunsplit',
           'urlencode', 'parse_qs', 'parse_qsl', 'quote', 'quote_plus', 'quote_from_bytes',
           'unquote', 'unquote_plus', 'unquote_to_bytes', 'DefragResult', 'ParseResult',
           'SplitResult', 'DefragResultBytes', 'ParseResultBytes', 'SplitResultBytes']

# Schemes by what their URLs have; the empty one stands for URLs without a scheme.
uses_relative = ['', 'ftp', 'http', 'gopher', 'nntp', 'imap', 'wais', 'file', 'https', 'shttp',
                 'mms', 'prospero', 'rtsp', 'rtsps', 'rtspu', 'sftp', 'svn', 'svn+ssh', 'ws',
                 'wss']
uses_netloc = ['', 'ftp', 'http', 'gopher', 'nntp', 'telnet', 'imap', 'wais', 'file', 'mms',
               'https', 'shttp', 'snews', 'prospero', 'rtsp', 'rtsps', 'rtspu', 'rsync', 'svn',
               'svn+ssh', 'sftp', 'nfs', 'git', 'git+ssh', 'ws', 'wss', 'itms-services']
uses_params = ['', 'ftp', 'hdl', 'prospero', 'http', 'imap', 'https', 'shttp', 'rtsp', 'rtsps',
               'rtspu', 'sip', 'sips', 'mms', 'sftp', 'tel']

# Nothing here uses these, but programs may.
non_hierarchical = ['gopher', 'hdl', 'mailto', 'news', 'telnet', 'wais', 'imap', 'snews', 'sip',
                    'sips']
uses_query = ['', 'http', 'wais', 'imap', 'https', 'shttp', 'mms', 'gopher', 'rtsp', 'rtsps',
              'rtspu', 'sip', 'sips']
uses_fragment = ['', 'ftp', 'hdl', 'http', 'gopher', 'news', 'nntp', 'wais', 'https', 'shttp',
                 'snews', 'file', 'prospero']

scheme_chars = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.'

# What browsers strip at the beginning, and what they remove everywhere.
_CONTROL_OR_SPACE = ''.join(map(chr, range(0x21)))
_REMOVED = str.maketrans('', '', '\t\r\n')


def clear_cache():
    """Forget the results that are kept."""
    urlsplit.cache_clear()
    _byte_quoter_factory.cache_clear()


# Bytes are decoded, and the results encoded again.

def _unchanged(value):
    return value


def _encoded(value, encoding='ascii', errors='strict'):
    return value.encode(encoding, errors)


def _coerce_args(*args):
    """The arguments as text, and what turns a result into the type of the first of them."""
    is_text = isinstance(args[0], str)
    for arg in args[1:]:
        # An empty default is text also where the others are bytes.
        if arg and isinstance(arg, str) != is_text:
            raise TypeError("Cannot mix str and non-str arguments")
    if is_text:
        return args + (_unchanged,)
    return tuple([arg.decode('ascii', 'strict') if arg else '' for arg in args]) + (_encoded,)


class _ResultMixinStr:
    """A result made of text."""

    __slots__ = ()

    def encode(self, encoding='ascii', errors='strict'):
        return self._encoded_counterpart(*[part.encode(encoding, errors) for part in self])


class _ResultMixinBytes:
    """A result made of bytes."""

    __slots__ = ()

    def decode(self, encoding='ascii', errors='strict'):
        return self._decoded_counterpart(*[part.decode(encoding, errors) for part in self])


class _NetlocResultMixinBase:
    """The parts of the netloc: user:password@host:port."""

    __slots__ = ()

    @property
    def username(self):
        return self._userinfo[0]

    @property
    def password(self):
        return self._userinfo[1]

    @property
    def hostname(self):
        hostname = self._hostinfo[0]
        if not hostname:
            return None
        # The zone of an IPv6 address keeps its letters as they are.
        hostname, percent, zone = hostname.partition(self._mark('%'))
        return hostname.lower() + percent + zone

    @property
    def port(self):
        port = self._hostinfo[1]
        if port is None:
            return None
        if not (port.isdigit() and port.isascii()):
            raise ValueError(f"Port could not be cast to integer value as {port!r}")
        port = int(port)
        if port > 65535:
            raise ValueError("Port out of range 0-65535")
        return port

    @property
    def _userinfo(self):
        userinfo, at, _ = self.netloc.rpartition(self._mark('@'))
        if not at:
            return None, None
        username, colon, password = userinfo.partition(self._mark(':'))
        return username, password if colon else None

    @property
    def _hostinfo(self):
        mark = self._mark
        hostinfo = self.netloc.rpartition(mark('@'))[2]
        _, bracket, inside = hostinfo.partition(mark('['))
        if bracket:
            hostname, _, port = inside.partition(mark(']'))
            port = port.partition(mark(':'))[2]
        else:
            hostname, _, port = hostinfo.partition(mark(':'))
        return hostname, port or None

    __class_getitem__ = classmethod(_GenericAlias)


class _NetlocResultMixinStr(_NetlocResultMixinBase, _ResultMixinStr):
    __slots__ = ()

    @staticmethod
    def _mark(char):
        return char


class _NetlocResultMixinBytes(_NetlocResultMixinBase, _ResultMixinBytes):
    __slots__ = ()

    @staticmethod
    def _mark(char):
        return char.encode('ascii')


_DefragResultBase = namedtuple('DefragResult', 'url fragment')
_SplitResultBase = namedtuple('SplitResult', 'scheme netloc path query fragment')
_ParseResultBase = namedtuple('ParseResult', 'scheme netloc path params query fragment')

ResultBase = _NetlocResultMixinStr


class DefragResult(_DefragResultBase, _ResultMixinStr):
    """A URL without its fragment, and the fragment."""

    __slots__ = ()

    def geturl(self):
        return self.url + '#' + self.fragment if self.fragment else self.url


class SplitResult(_SplitResultBase, _NetlocResultMixinStr):
    """The five parts of a URL; also its username, password, hostname and port."""

    __slots__ = ()

    def geturl(self):
        return urlunsplit(self)


class ParseResult(_ParseResultBase, _NetlocResultMixinStr):
    """The six parts of a URL; also its username, password, hostname and port."""

    __slots__ = ()

    def geturl(self):
        return urlunparse(self)


class DefragResultBytes(_DefragResultBase, _ResultMixinBytes):
    """A URL without its fragment, and the fragment, as bytes."""

    __slots__ = ()

    def geturl(self):
        return self.url + b'#' + self.fragment if self.fragment else self.url


class SplitResultBytes(_SplitResultBase, _NetlocResultMixinBytes):
    """The five parts of a URL as bytes."""

    __slots__ = ()

    def geturl(self):
        return urlunsplit(self)


class ParseResultBytes(_ParseResultBase, _NetlocResultMixinBytes):
    """The six parts of a URL as bytes."""

    __slots__ = ()

    def geturl(self):
        return urlunparse(self)


for _text, _bytes in ((DefragResult, DefragResultBytes), (SplitResult, SplitResultBytes),
                      (ParseResult, ParseResultBytes)):
    _text._encoded_counterpart = _bytes
    _bytes._decoded_counterpart = _text
del _text, _bytes


def urlparse(url, scheme='', allow_fragments=True):
    """Take a URL apart into scheme, netloc, path, params, query and fragment.

    `scheme` is used if the URL has none. Without `allow_fragments` a fragment is not told apart
    from what stands before it.
    """
    url, scheme, coerce = _coerce_args(url, scheme)
    scheme, netloc, path, query, fragment = urlsplit(url, scheme, allow_fragments)
    params = ''
    if scheme in uses_params and ';' in path:
        path, params = _splitparams(path)
    return coerce(ParseResult(scheme, netloc, path, params, query, fragment))


def _splitparams(path):
    """A path, and the parameters of its last part."""
    place = path.find(';', max(path.rfind('/'), 0))
    return (path, '') if place < 0 else (path[:place], path[place + 1:])


def _splitnetloc(url, start=0):
    """The netloc, which begins at `start`, and what follows it."""
    ends = [place for mark in '/?#' if (place := url.find(mark, start)) >= 0]
    end = min(ends, default=len(url))
    return url[start:end], url[end:]


def _checknetloc(netloc):
    """Raise if a netloc has characters that become delimiters when they are normalised."""
    if not netloc or netloc.isascii():
        return
    import unicodedata
    bare = netloc.translate(str.maketrans('', '', '@:#?'))
    normal = unicodedata.normalize('NFKC', bare)
    if normal != bare and any(mark in normal for mark in '/?#@:'):
        raise ValueError(f"netloc '{netloc}' contains invalid characters "
                         "under NFKC normalization")


def _is_ipv4(text):
    numbers = text.split('.')
    return len(numbers) == 4 and all(
        number.isascii() and number.isdigit() and len(number) <= 3 and int(number) <= 255
        and (number == '0' or number[0] != '0') for number in numbers)


def _is_ipv6(text):
    address, percent, zone = text.partition('%')
    if percent and (not zone or '%' in zone):
        return False
    groups = address.split(':')
    if len(groups) < 3:
        return False
    if '.' in groups[-1]:
        if not _is_ipv4(groups[-1]):
            return False
        # An IPv4 address at the end stands for two groups.
        groups[-1:] = ['0', '0']
    if any(len(group) > 4 or not set(group) <= _HEX_DIGITS for group in groups):
        return False
    # Two colons stand for groups of zero, once; a single one must not stand at an end.
    empty = [place for place in range(1, len(groups) - 1) if not groups[place]]
    if len(empty) > 1 or len(groups) > 9:
        return False
    if not groups[0] and (not empty or empty[0] != 1):
        return False
    if not groups[-1] and (not empty or empty[0] != len(groups) - 2):
        return False
    given = sum(1 for group in groups if group)
    return given <= 7 if empty else given == 8


_HEX_DIGITS = frozenset('0123456789abcdefABCDEF')


def _check_bracketed_host(hostname):
    """Raise if what stands in brackets is no IPv6 address nor one of a later version."""
    if hostname.startswith('v'):
        if not re.match(r"\Av[a-fA-F0-9]+\..+\Z", hostname):
            raise ValueError("IPvFuture address is invalid")
    elif _is_ipv4(hostname):
        raise ValueError("An IPv4 address cannot be in brackets")
    elif not _is_ipv6(hostname):
        raise ValueError(f"{hostname!r} does not appear to be an IPv4 or IPv6 address")


@functools.lru_cache(typed=True)
def urlsplit(url, scheme='', allow_fragments=True):
    """Take a URL apart into scheme, netloc, path, query and fragment.

    `scheme` is used if the URL has none. Without `allow_fragments` a fragment is not told apart
    from what stands before it.
    """
    url, scheme, coerce = _coerce_args(url, scheme)
    url = url.lstrip(_CONTROL_OR_SPACE).translate(_REMOVED)
    scheme = scheme.strip(_CONTROL_OR_SPACE).translate(_REMOVED)
    netloc = query = fragment = ''
    colon = url.find(':')
    if colon > 0 and url[0].isascii() and url[0].isalpha():
        if all(char in scheme_chars for char in url[:colon]):
            scheme, url = url[:colon].lower(), url[colon + 1:]
    if url[:2] == '//':
        netloc, url = _splitnetloc(url, 2)
        if ('[' in netloc) != (']' in netloc):
            raise ValueError("Invalid IPv6 URL")
        if '[' in netloc:
            _check_bracketed_host(netloc.partition('[')[2].partition(']')[0])
    if allow_fragments and '#' in url:
        url, fragment = url.split('#', 1)
    if '?' in url:
        url, query = url.split('?', 1)
    _checknetloc(netloc)
    return coerce(SplitResult(scheme, netloc, url, query, fragment))


def urlunparse(components):
    """Put together what urlparse() took apart; empty parts leave no delimiters."""
    scheme, netloc, path, params, query, fragment, coerce = _coerce_args(*components)
    if params:
        path = f"{path};{params}"
    return coerce(urlunsplit((scheme, netloc, path, query, fragment)))


def urlunsplit(components):
    """Put together what urlsplit() took apart; empty parts leave no delimiters."""
    scheme, netloc, url, query, fragment, coerce = _coerce_args(*components)
    if netloc or (scheme and scheme in uses_netloc and url[:2] != '//'):
        if url and url[:1] != '/':
            url = '/' + url
        url = f"//{netloc or ''}{url}"
    before = scheme + ':' if scheme else ''
    after = ('?' + query if query else '') + ('#' + fragment if fragment else '')
    return coerce(before + url + after)


def _resolve(base, path):
    """A path relative to another one, without '.' and '..'."""
    parts = path.split('/')
    if path[:1] != '/':
        directory = base.split('/')
        # The base is a file unless it ends in a slash.
        if directory[-1] != '':
            del directory[-1]
        parts = directory + parts
        parts[1:-1] = [part for part in parts[1:-1] if part]
    resolved = []
    for part in parts:
        if part == '..':
            if resolved:
                resolved.pop()
        elif part != '.':
            resolved.append(part)
    if parts[-1] in ('.', '..'):
        resolved.append('')
    return '/'.join(resolved) or '/'


def urljoin(base, url, allow_fragments=True):
    """The absolute URL that `url` is, seen from `base`."""
    if not base:
        return url
    if not url:
        return base
    base, url, coerce = _coerce_args(base, url)
    bscheme, bnetloc, bpath, bparams, bquery, _ = urlparse(base, '', allow_fragments)
    scheme, netloc, path, params, query, fragment = urlparse(url, bscheme, allow_fragments)
    if scheme != bscheme or scheme not in uses_relative:
        return coerce(url)
    if scheme in uses_netloc:
        if netloc:
            return coerce(urlunparse((scheme, netloc, path, params, query, fragment)))
        netloc = bnetloc
    if not path and not params:
        path, params, query = bpath, bparams, query or bquery
    else:
        path = _resolve(bpath, path)
    return coerce(urlunparse((scheme, netloc, path, params, query, fragment)))


def urldefrag(url):
    """A URL without its fragment, and the fragment."""
    url, coerce = _coerce_args(url)
    fragment = ''
    if '#' in url:
        *parts, fragment = urlparse(url)
        url = urlunparse((*parts, ''))
    return coerce(DefragResult(url, fragment))


def unquote_to_bytes(string):
    """The bytes that text, or bytes, with %xx stands for."""
    return bytes(_unquoted(string))


_byte_of = None


def _unquoted(string):
    global _byte_of
    if not string:
        # Raises for what is neither text nor bytes.
        string.split
        return b''
    if isinstance(string, str):
        string = string.encode('utf-8')
    first, *rest = string.split(b'%')
    if not rest:
        return string
    if _byte_of is None:
        _byte_of = {(high + low).encode(): bytes.fromhex(high + low)
                    for high in _HEX_DIGITS for low in _HEX_DIGITS}
    result = bytearray(first)
    for piece in rest:
        byte = _byte_of.get(bytes(piece[:2]))
        if byte is None:
            result += b'%' + piece
        else:
            result += byte
            result += piece[2:]
    return result


def unquote(string, encoding='utf-8', errors='replace'):
    """Text with each %xx replaced by the character it stands for in the encoding."""
    if isinstance(string, bytes):
        return _unquoted(string).decode(encoding, errors)
    if '%' not in string:
        string.split
        return string
    encoding = encoding or 'utf-8'
    errors = errors or 'replace'
    # Characters that are not ASCII stay as they are, whatever the encoding.
    return re.sub('[\x00-\x7f]+',
                  lambda match: _unquoted(match[0]).decode(encoding, errors), string)


def unquote_plus(string, encoding='utf-8', errors='replace'):
    """unquote() for values of forms, where '+' stands for a space."""
    return unquote(string.replace('+', ' '), encoding, errors)


def parse_qs(qs, keep_blank_values=False, strict_parsing=False, encoding='utf-8',
             errors='replace', max_num_fields=None, separator='&'):
    """The fields of a query as a dict, with a list of values for each name.

    The arguments are those of parse_qsl().
    """
    result = {}
    for name, value in parse_qsl(qs, keep_blank_values, strict_parsing, encoding=encoding,
                                 errors=errors, max_num_fields=max_num_fields,
                                 separator=separator):
        result.setdefault(name, []).append(value)
    return result


def parse_qsl(qs, keep_blank_values=False, strict_parsing=False, encoding='utf-8',
              errors='replace', max_num_fields=None, separator='&'):
    """The fields of a query as a list of (name, value).

    Fields without a value are left out unless `keep_blank_values` is true. What is no field is
    skipped, or raises ValueError if `strict_parsing` is true; so do more than `max_num_fields`.
    """
    qs, coerce = _coerce_args(qs)
    separator, _ = _coerce_args(separator)
    if not separator or not isinstance(separator, (str, bytes)):
        raise ValueError("Separator must be of type string or bytes.")
    if max_num_fields is not None:
        if max_num_fields < (1 + qs.count(separator) if qs else 0):
            raise ValueError('Max number of fields exceeded')

    def decoded(text):
        return coerce(unquote(text.replace('+', ' '), encoding=encoding, errors=errors))

    result = []
    for field in qs.split(separator) if qs else ():
        if not field and not strict_parsing:
            continue
        name, equals, value = field.partition('=')
        if not equals:
            if strict_parsing:
                raise ValueError(f"bad query field: {field!r}")
            if not keep_blank_values:
                continue
        if value or keep_blank_values:
            result.append((decoded(name), decoded(value)))
    return result


_ALWAYS_SAFE = frozenset(b'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~')
_ALWAYS_SAFE_BYTES = bytes(_ALWAYS_SAFE)


class _Quoter(dict):
    """What bytes are quoted as, filled when it is asked for."""

    def __init__(self, safe):
        self.safe = _ALWAYS_SAFE.union(safe)

    def __repr__(self):
        return f"<Quoter {dict(self)!r}>"

    def __missing__(self, byte):
        quoted = self[byte] = chr(byte) if byte in self.safe else f'%{byte:02X}'
        return quoted


def __getattr__(name):
    if name == 'Quoter':
        import warnings
        warnings.warn('Deprecated in 3.11. urllib.parse.Quoter will be removed in Python 3.14. '
                      'It was not intended to be a public API.', DeprecationWarning, stacklevel=2)
        return _Quoter
    raise AttributeError(f'module {__name__!r} has no attribute {name!r}')


@functools.lru_cache
def _byte_quoter_factory(safe):
    return _Quoter(safe).__getitem__


def quote(string, safe='/', encoding=None, errors=None):
    """Quote text, or bytes, for a URL: all but letters, digits, '_.-~' and `safe` as %xx.

    Text is encoded first, in UTF-8 unless told otherwise.
    """
    if isinstance(string, str):
        if not string:
            return string
        string = string.encode(encoding or 'utf-8', errors or 'strict')
    else:
        for name, given in (('encoding', encoding), ('errors', errors)):
            if given is not None:
                raise TypeError(f"quote() doesn't support {name!r} for bytes")
    return quote_from_bytes(string, safe)


def quote_plus(string, safe='', encoding=None, errors=None):
    """quote() for values of forms, where '+' stands for a space."""
    if ((isinstance(string, str) and ' ' not in string)
            or (isinstance(string, bytes) and b' ' not in string)):
        return quote(string, safe, encoding, errors)
    space = ' ' if isinstance(safe, str) else b' '
    return quote(string, safe + space, encoding, errors).replace(' ', '+')


def quote_from_bytes(bs, safe='/'):
    """quote() for bytes; gives text."""
    if not isinstance(bs, (bytes, bytearray)):
        raise TypeError("quote_from_bytes() expected bytes")
    if not bs:
        return ''
    if isinstance(safe, str):
        safe = safe.encode('ascii', 'ignore')
    else:
        safe = bytes([byte for byte in safe if byte < 128])
    if not bs.rstrip(_ALWAYS_SAFE_BYTES + safe):
        return bs.decode()
    return ''.join(map(_byte_quoter_factory(safe), bs))


def urlencode(query, doseq=False, safe='', encoding=None, errors=None, quote_via=quote_plus):
    """A query made of a mapping, or of a sequence of pairs.

    With `doseq` each item of a value that is a sequence becomes a field of its own.
    """
    if hasattr(query, 'items'):
        query = query.items()
    else:
        try:
            if len(query) and not isinstance(query[0], tuple):
                raise TypeError
        except TypeError as error:
            raise TypeError("not a valid non-string sequence or mapping object") from error

    def quoted(value):
        if isinstance(value, bytes):
            return quote_via(value, safe)
        return quote_via(str(value), safe, encoding, errors)

    fields = []
    for name, value in query:
        name = quoted(name)
        values = (value,)
        if doseq and not isinstance(value, (str, bytes)):
            try:
                len(value)
                values = value
            except TypeError:
                pass
        fields += [name + '=' + quoted(item) for item in values]
    return '&'.join(fields)


def unwrap(url):
    """A URL without the brackets and the 'URL:' it may be wrapped in."""
    url = str(url).strip()
    if url.startswith('<') and url.endswith('>'):
        url = url[1:-1].strip()
    return url[4:].strip() if url.startswith('URL:') else url


# What was public once: each warns, and does what the function with an underscore does.

def _to_bytes(url):
    """Raise if text is not ASCII."""
    if isinstance(url, str) and not url.isascii():
        raise UnicodeError(f"URL {url!r} contains non-ASCII characters")
    return url


def _splittype(url):
    """'type:rest' as type and rest."""
    match = re.match('([^/:]+):(.*)', url, re.DOTALL)
    return (match[1].lower(), match[2]) if match else (None, url)


def _splithost(url):
    """'//host[:port]/path' as host[:port] and /path."""
    match = re.match('//([^/#?]*)(.*)', url, re.DOTALL)
    if not match:
        return None, url
    host, path = match.groups()
    return host, '/' + path if path and path[0] != '/' else path


def _splituser(host):
    """'user[:password]@host[:port]' as user[:password] and host[:port]."""
    user, at, host = host.rpartition('@')
    return user if at else None, host


def _splitpasswd(user):
    """'user:password' as user and password."""
    user, colon, password = user.partition(':')
    return user, password if colon else None


def _splitport(host):
    """'host:port' as host and port."""
    match = re.fullmatch('(.*):([0-9]*)', host, re.DOTALL)
    if match:
        host, port = match.groups()
        if port:
            return host, port
    return host, None


def _splitnport(host, defport=-1):
    """'host:port' as host and port as a number; None if it is none, `defport` without one."""
    host, colon, port = host.rpartition(':')
    if not colon:
        host = port
    elif port:
        return host, int(port) if port.isdigit() and port.isascii() else None
    return host, defport


def _splitquery(url):
    """'/path?query' as /path and query."""
    path, mark, query = url.rpartition('?')
    return (path, query) if mark else (url, None)


def _splittag(url):
    """'/path#tag' as /path and tag."""
    path, mark, tag = url.rpartition('#')
    return (path, tag) if mark else (url, None)


def _splitattr(url):
    """'/path;a=b;c=d' as /path and a list of the rest."""
    path, *attributes = url.split(';')
    return path, attributes


def _splitvalue(attr):
    """'name=value' as name and value."""
    name, equals, value = attr.partition('=')
    return name, value if equals else None


def _deprecated(function, advice):
    name = function.__name__[1:]

    @functools.wraps(function)
    def warning(*args, **kwargs):
        import warnings
        warnings.warn(f"urllib.parse.{name}() is deprecated as of 3.8{advice}",
                      DeprecationWarning, stacklevel=2)
        return function(*args, **kwargs)
    warning.__name__ = warning.__qualname__ = name
    return warning


_USE_PARSE = ", use urllib.parse.urlparse() instead"
to_bytes = _deprecated(_to_bytes, "")
splittype = _deprecated(_splittype, _USE_PARSE)
splithost = _deprecated(_splithost, _USE_PARSE)
splituser = _deprecated(_splituser, _USE_PARSE)
splitpasswd = _deprecated(_splitpasswd, _USE_PARSE)
splitport = _deprecated(_splitport, _USE_PARSE)
splitnport = _deprecated(_splitnport, _USE_PARSE)
splitquery = _deprecated(_splitquery, _USE_PARSE)
splittag = _deprecated(_splittag, _USE_PARSE)
splitattr = _deprecated(_splitattr, _USE_PARSE)
splitvalue = _deprecated(_splitvalue, ", use urllib.parse.parse_qsl() instead")
