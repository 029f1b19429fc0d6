"""Read and write JSON, the JavaScript Object Notation.

    >>> import json
    >>> json.dumps({'name': 'Ada', 'born': 1815, 'tags': ('math', None)})
    '{"name": "Ada", "born": 1815, "tags": ["math", null]}'
    >>> json.loads('[true, 1.5e3, "\\u00e9"]')
    [True, 1500.0, 'é']

`python -m json.tool` checks and pretty-prints.
"""

__version__ = '2.0.9'
__all__ = ['dump', 'dumps', 'load', 'loads', 'JSONDecoder', 'JSONDecodeError', 'JSONEncoder']

from .decoder import JSONDecoder, JSONDecodeError
from .encoder import JSONEncoder
import codecs

# What dumps() and loads() use without options, made once.
_default_encoder = JSONEncoder()
_default_decoder = JSONDecoder()


def _encoder(skipkeys, ensure_ascii, check_circular, allow_nan, cls, indent, separators,
             default, sort_keys, kw):
    """Give the encoder for these options: the one made in advance, if they are the defaults."""
    if (not skipkeys and ensure_ascii and check_circular and allow_nan and cls is None
            and indent is None and separators is None and default is None and not sort_keys
            and not kw):
        return _default_encoder
    if cls is None:
        cls = JSONEncoder
    return cls(skipkeys=skipkeys, ensure_ascii=ensure_ascii, check_circular=check_circular,
               allow_nan=allow_nan, indent=indent, separators=separators, default=default,
               sort_keys=sort_keys, **kw)


def dump(obj, fp, *, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True,
         cls=None, indent=None, separators=None, default=None, sort_keys=False, **kw):
    """Write an object as JSON to a text file; the options are those of `dumps`."""
    encoder = _encoder(skipkeys, ensure_ascii, check_circular, allow_nan, cls, indent,
                       separators, default, sort_keys, kw)
    for chunk in encoder.iterencode(obj):
        fp.write(chunk)


def dumps(obj, *, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True,
          cls=None, indent=None, separators=None, default=None, sort_keys=False, **kw):
    """Give an object as JSON.

    skipkeys        leave out keys that cannot be JSON keys, instead of raising TypeError
    ensure_ascii    escape all characters outside ASCII
    check_circular  raise ValueError for objects that contain themselves
    allow_nan       write NaN, Infinity and -Infinity instead of raising ValueError
    indent          put items on lines of their own, indented by that many spaces, or by that
                    string
    separators      what to put between items, and between key and value
    default         a function that gives something serializable for other objects
    sort_keys       sort dictionaries by key
    cls             the subclass of JSONEncoder to use; it gets all other arguments
    """
    return _encoder(skipkeys, ensure_ascii, check_circular, allow_nan, cls, indent,
                    separators, default, sort_keys, kw).encode(obj)


def detect_encoding(b):
    """Give the name of the encoding of a JSON text: UTF-8, 16 or 32, with or without mark."""
    for name, marks in (('utf-32', (codecs.BOM_UTF32_BE, codecs.BOM_UTF32_LE)),
                        ('utf-16', (codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE)),
                        ('utf-8-sig', codecs.BOM_UTF8)):
        if b.startswith(marks):
            return name
    head = b[:4]
    # The first two characters are ASCII, so where zeros stand tells the rest.
    if len(head) in (2, 4):
        if not head[0]:
            return 'utf-16-be' if head[1] or len(head) == 2 else 'utf-32-be'
        if not head[1]:
            return 'utf-16-le' if any(head[2:]) or len(head) == 2 else 'utf-32-le'
    return 'utf-8'


def load(fp, *, cls=None, object_hook=None, parse_float=None, parse_int=None,
         parse_constant=None, object_pairs_hook=None, **kw):
    """Read the JSON document in a file of text or bytes; the options are those of `loads`."""
    return loads(fp.read(), cls=cls, object_hook=object_hook, parse_float=parse_float,
                 parse_int=parse_int, parse_constant=parse_constant,
                 object_pairs_hook=object_pairs_hook, **kw)


def loads(s, *, cls=None, object_hook=None, parse_float=None, parse_int=None,
          parse_constant=None, object_pairs_hook=None, **kw):
    """Give the object of a JSON document in a string or in bytes.

    object_hook        called with each dict; its result takes the dict's place
    object_pairs_hook  the same with the list of pairs; goes before object_hook
    parse_float        called with the text of each float
    parse_int          called with the text of each int
    parse_constant     called with '-Infinity', 'Infinity' or 'NaN'
    cls                the subclass of JSONDecoder to use; it gets all other arguments
    """
    if isinstance(s, str):
        if s.startswith('\ufeff'):
            raise JSONDecodeError("Unexpected UTF-8 BOM (decode using utf-8-sig)", s, 0)
    else:
        if not isinstance(s, (bytes, bytearray)):
            raise TypeError(f'the JSON object must be str, bytes or bytearray, '
                            f'not {s.__class__.__name__}')
        s = s.decode(detect_encoding(s), 'surrogatepass')
    options = dict(object_hook=object_hook, object_pairs_hook=object_pairs_hook,
                   parse_float=parse_float, parse_int=parse_int,
                   parse_constant=parse_constant)
    for name, value in options.items():
        if value is not None:
            kw[name] = value
    if cls is None:
        if not kw:
            return _default_decoder.decode(s)
        cls = JSONDecoder
    return cls(**kw).decode(s)
