"""Print data structures so that people can read them.

What fits on a line stands on one; longer containers have an item on each line. Dictionaries
are sorted by key, as far as keys can be compared. Classes are told apart by their __repr__, so
that subclasses that do not change it are printed like their base.
"""

import collections as _collections
import sys as _sys
import types as _types
from io import StringIO as _StringIO
from itertools import chain as _chain

__all__ = ["pprint", "pformat", "isreadable", "isrecursive", "saferepr", "PrettyPrinter",
           "pp"]


def pprint(object, stream=None, indent=1, width=80, depth=None, *, compact=False,
           sort_dicts=True, underscore_numbers=False):
    """Print an object on a stream, by default sys.stdout; see PrettyPrinter."""
    printer = PrettyPrinter(stream=stream, indent=indent, width=width, depth=depth,
                            compact=compact, sort_dicts=sort_dicts,
                            underscore_numbers=underscore_numbers)
    printer.pprint(object)


def pformat(object, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True,
            underscore_numbers=False):
    """The text that pprint() prints, without the last line end."""
    return PrettyPrinter(indent=indent, width=width, depth=depth, compact=compact,
                         sort_dicts=sort_dicts,
                         underscore_numbers=underscore_numbers).pformat(object)


def pp(object, *args, sort_dicts=False, **kwargs):
    """Like pprint(), with dictionaries in their own order."""
    pprint(object, *args, sort_dicts=sort_dicts, **kwargs)


def _plain(object):
    """The text of an object, whether that can be read again, and whether it contains itself."""
    return PrettyPrinter()._safe_repr(object, {}, None, 0)


def saferepr(object):
    """The repr() of an object, where containers in themselves are only named."""
    text, _, _ = _plain(object)
    return text


def isreadable(object):
    """Whether eval() of saferepr(object) gives the object again."""
    _, readable, _ = _plain(object)
    return readable


def isrecursive(object):
    """Whether the object contains itself."""
    _, _, recursive = _plain(object)
    return recursive


class _safe_key:
    """Makes any objects comparable: those that are not are ordered by type and address."""

    __slots__ = ('obj',)

    def __init__(self, obj):
        self.obj = obj

    def _rank(self):
        return str(type(self.obj)), id(self.obj)

    def __lt__(self, other):
        try:
            return self.obj < other.obj
        except TypeError:
            return self._rank() < other._rank()


def _safe_tuple(pair):
    key, value = pair
    return _safe_key(key), _safe_key(value)


class PrettyPrinter:
    """Formats objects for people to read.

    Lines are at most `width` columns long, if possible, and each level is indented by `indent`
    more; below `depth` levels there are only dots.  `compact` puts several items on a line,
    `sort_dicts` sorts keys, `underscore_numbers` groups digits.  pprint() writes to `stream`, by
    default sys.stdout.
    """

    def __init__(self, indent=1, width=80, depth=None, stream=None, *, compact=False,
                 sort_dicts=True, underscore_numbers=False):
        self._indent_per_level, self._width, self._depth = int(indent), int(width), depth
        for name, is_right, wanted in (('indent', self._indent_per_level >= 0, '>= 0'),
                                       ('depth', depth is None or depth > 0, '> 0'),
                                       ('width', self._width != 0, '!= 0')):
            if not is_right:
                raise ValueError(f'{name} must be {wanted}')
        self._stream = _sys.stdout if stream is None else stream
        self._compact, self._sort_dicts = bool(compact), sort_dicts
        self._underscore_numbers = underscore_numbers

    def pprint(self, object):
        """Print the object and a line end to the stream."""
        if self._stream is not None:
            self._format(object, self._stream, 0, 0, {}, 0)
            self._stream.write("\n")

    def pformat(self, object):
        """Give the text of the object."""
        stream = _StringIO()
        self._format(object, stream, 0, 0, {}, 0)
        return stream.getvalue()

    def isrecursive(self, object):
        """Tell whether the object contains itself."""
        return self.format(object, {}, 0, 0)[2]

    def isreadable(self, object):
        """Tell whether the text, given to eval, gives the object again."""
        _, readable, recursive = self.format(object, {}, 0, 0)
        return readable and not recursive

    def _format(self, object, stream, indent, allowance, context, level):
        """Write the object, which starts at column `indent`; `allowance` columns are needed
        after it on its last line."""
        objid = id(object)
        if objid in context:
            stream.write(_recursion(object))
            self._recursive = True
            self._readable = False
            return
        text = self._repr(object, context, level)
        if len(text) > self._width - indent - allowance:
            write = self._dispatch.get(type(object).__repr__)
            if write is None and _has_dataclass_repr(object):
                write = PrettyPrinter._pprint_dataclass
            if write is not None:
                context[objid] = 1
                write(self, object, stream, indent, allowance, context, level + 1)
                del context[objid]
                return
        stream.write(text)

    def _pprint_dataclass(self, object, stream, indent, allowance, context, level):
        import dataclasses
        items = [(field.name, getattr(object, field.name))
                 for field in dataclasses.fields(object) if field.repr]
        self._format_call(object.__class__.__name__, items, stream, indent, allowance,
                          context, level)

    def _format_call(self, name, items, stream, indent, allowance, context, level):
        """Write name(attribute=value, ...)."""
        stream.write(name + '(')
        self._format_namespace_items(items, stream, indent + len(name) + 1, allowance,
                                     context, level)
        stream.write(')')

    _dispatch = {}

    def _pprint_dict(self, object, stream, indent, allowance, context, level):
        stream.write('{')
        if self._indent_per_level > 1:
            stream.write((self._indent_per_level - 1) * ' ')
        if len(object):
            items = object.items()
            if self._sort_dicts:
                items = sorted(items, key=_safe_tuple)
            self._format_dict_items(items, stream, indent, allowance + 1, context, level)
        stream.write('}')

    _dispatch[dict.__repr__] = _pprint_dict

    def _pprint_ordered_dict(self, object, stream, indent, allowance, context, level):
        if not len(object):
            stream.write(repr(object))
            return
        self._wrap(object, list(object.items()), stream, indent, allowance, context, level)

    def _wrap(self, object, inner, stream, indent, allowance, context, level):
        """Write an object as its class's name around another object."""
        name = object.__class__.__name__
        stream.write(name + '(')
        self._format(inner, stream, indent + len(name) + 1, allowance + 1, context, level)
        stream.write(')')

    _dispatch[_collections.OrderedDict.__repr__] = _pprint_ordered_dict

    def _pprint_list(self, object, stream, indent, allowance, context, level):
        stream.write('[')
        self._format_items(object, stream, indent, allowance + 1, context, level)
        stream.write(']')

    _dispatch[list.__repr__] = _pprint_list

    def _pprint_tuple(self, object, stream, indent, allowance, context, level):
        stream.write('(')
        end = ',)' if len(object) == 1 else ')'
        self._format_items(object, stream, indent, allowance + len(end), context, level)
        stream.write(end)

    _dispatch[tuple.__repr__] = _pprint_tuple

    def _pprint_set(self, object, stream, indent, allowance, context, level):
        if not object:
            stream.write(repr(object))
            return
        start, end = '{', '}'
        if object.__class__ is not set:
            start, end = object.__class__.__name__ + '({', '})'
        stream.write(start)
        self._format_items(sorted(object, key=_safe_key), stream, indent + len(start) - 1,
                           allowance + len(end), context, level)
        stream.write(end)

    _dispatch[set.__repr__] = _pprint_set
    _dispatch[frozenset.__repr__] = _pprint_set

    def _pprint_str(self, object, stream, indent, allowance, context, level):
        if not len(object):
            stream.write(repr(object))
            return
        outermost = level == 1
        if outermost:
            # Room for the parentheses.
            indent += 1
            allowance += 1
        chunks = []
        lines = object.splitlines(True)
        width = self._width - indent
        for number, line in enumerate(lines):
            last_line = number == len(lines) - 1
            text = repr(line)
            if len(text) <= (width - allowance if last_line else width):
                chunks.append(text)
                continue
            parts = _words(line)
            current = ''
            for at, part in enumerate(parts):
                room = width - allowance if last_line and at == len(parts) - 1 else width
                if len(repr(current + part)) > room:
                    if current:
                        chunks.append(repr(current))
                    current = part
                else:
                    current += part
            if current:
                chunks.append(repr(current))
        if len(chunks) == 1:
            stream.write(text)
            return
        joined = ('\n' + ' ' * indent).join(chunks)
        stream.write(f'({joined})' if outermost else joined)

    _dispatch[str.__repr__] = _pprint_str

    def _pprint_bytes(self, object, stream, indent, allowance, context, level):
        if len(object) <= 4:
            stream.write(repr(object))
            return
        outermost = level == 1
        if outermost:
            indent += 1
            allowance += 1
        pieces = _wrap_bytes_repr(object, self._width - indent, allowance)
        joined = ('\n' + ' ' * indent).join(pieces)
        stream.write(f'({joined})' if outermost else joined)

    _dispatch[bytes.__repr__] = _pprint_bytes

    def _pprint_bytearray(self, object, stream, indent, allowance, context, level):
        stream.write('bytearray(')
        self._pprint_bytes(bytes(object), stream, indent + 10, allowance + 1, context,
                           level + 1)
        stream.write(')')

    _dispatch[bytearray.__repr__] = _pprint_bytearray

    def _pprint_mappingproxy(self, object, stream, indent, allowance, context, level):
        stream.write('mappingproxy(')
        self._format(object.copy(), stream, indent + 13, allowance + 1, context, level)
        stream.write(')')

    _dispatch[_types.MappingProxyType.__repr__] = _pprint_mappingproxy

    def _pprint_simplenamespace(self, object, stream, indent, allowance, context, level):
        if type(object) is _types.SimpleNamespace:
            name = 'namespace'
        else:
            name = object.__class__.__name__
        self._format_call(name, object.__dict__.items(), stream, indent, allowance, context,
                          level)

    _dispatch[_types.SimpleNamespace.__repr__] = _pprint_simplenamespace

    def _format_dict_items(self, items, stream, indent, allowance, context, level):
        indent += self._indent_per_level
        separator = ',\n' + ' ' * indent
        last = len(items) - 1
        for at, (key, value) in enumerate(items):
            if at:
                stream.write(separator)
            text = self._repr(key, context, level)
            stream.write(text + ': ')
            self._format(value, stream, indent + len(text) + 2,
                         allowance if at == last else 1, context, level)

    def _format_namespace_items(self, items, stream, indent, allowance, context, level):
        separator = ',\n' + ' ' * indent
        last = len(items) - 1
        for at, (name, value) in enumerate(items):
            if at:
                stream.write(separator)
            stream.write(name + '=')
            if id(value) in context:
                # As the object's own repr would have it.
                stream.write("...")
            else:
                self._format(value, stream, indent + len(name) + 1,
                             allowance if at == last else 1, context, level)

    def _format_items(self, items, stream, indent, allowance, context, level):
        write = stream.write
        indent += self._indent_per_level
        if self._indent_per_level > 1:
            write((self._indent_per_level - 1) * ' ')
        new_line = ',\n' + ' ' * indent
        separator = ''
        max_width = room = self._width - indent + 1
        items = iter(items)
        try:
            following = next(items)
        except StopIteration:
            return
        last = False
        while not last:
            item = following
            try:
                following = next(items)
            except StopIteration:
                last = True
                max_width -= allowance
                room -= allowance
            if self._compact:
                text = self._repr(item, context, level)
                needed = len(text) + 2
                if room < needed:
                    room = max_width
                    if separator:
                        separator = new_line
                if room >= needed:
                    room -= needed
                    write(separator + text)
                    separator = ', '
                    continue
            write(separator)
            separator = new_line
            self._format(item, stream, indent, allowance if last else 1, context, level)

    def _repr(self, object, context, level):
        text, readable, recursive = self.format(object, context.copy(), self._depth, level)
        if recursive:
            self._recursive = True
        if not readable:
            self._readable = False
        return text

    def format(self, object, context, maxlevels, level):
        """The text of an object, whether that can be read again, and whether it contains itself.

        `context` has the ids of what it is inside of, `level` is their number, and what is more
        than `maxlevels` inside shows as dots.  Subclasses may override it.
        """
        return self._safe_repr(object, context, maxlevels, level)

    def _pprint_default_dict(self, object, stream, indent, allowance, context, level):
        if not len(object):
            stream.write(repr(object))
            return
        factory = self._repr(object.default_factory, context, level)
        name = object.__class__.__name__
        indent += len(name) + 1
        stream.write(f'{name}({factory},\n{" " * indent}')
        self._pprint_dict(object, stream, indent, allowance + 1, context, level)
        stream.write(')')

    _dispatch[_collections.defaultdict.__repr__] = _pprint_default_dict

    def _pprint_counter(self, object, stream, indent, allowance, context, level):
        if not len(object):
            stream.write(repr(object))
            return
        name = object.__class__.__name__
        stream.write(name + '({')
        if self._indent_per_level > 1:
            stream.write((self._indent_per_level - 1) * ' ')
        self._format_dict_items(object.most_common(), stream, indent + len(name) + 1,
                                allowance + 2, context, level)
        stream.write('})')

    _dispatch[_collections.Counter.__repr__] = _pprint_counter

    def _pprint_chain_map(self, object, stream, indent, allowance, context, level):
        if not len(object.maps):
            stream.write(repr(object))
            return
        name = object.__class__.__name__
        stream.write(name + '(')
        indent += len(name) + 1
        last = len(object.maps) - 1
        for at, mapping in enumerate(object.maps):
            if at == last:
                self._format(mapping, stream, indent, allowance + 1, context, level)
                stream.write(')')
            else:
                self._format(mapping, stream, indent, 1, context, level)
                stream.write(',\n' + ' ' * indent)

    _dispatch[_collections.ChainMap.__repr__] = _pprint_chain_map

    def _pprint_deque(self, object, stream, indent, allowance, context, level):
        if not len(object):
            stream.write(repr(object))
            return
        name = object.__class__.__name__
        stream.write(name + '([')
        indent += len(name) + 1
        if object.maxlen is None:
            self._format_items(object, stream, indent, allowance + 2, context, level)
            stream.write('])')
        else:
            self._format_items(object, stream, indent, 2, context, level)
            maxlen = self._repr(object.maxlen, context, level)
            stream.write(f'],\n{" " * indent}maxlen={maxlen})')

    _dispatch[_collections.deque.__repr__] = _pprint_deque

    def _pprint_user(self, object, stream, indent, allowance, context, level):
        self._format(object.data, stream, indent, allowance, context, level - 1)

    _dispatch[_collections.UserDict.__repr__] = _pprint_user
    _dispatch[_collections.UserList.__repr__] = _pprint_user
    _dispatch[_collections.UserString.__repr__] = _pprint_user

    def _safe_repr(self, object, context, maxlevels, level):
        """Give the object's text on one line, whether it is readable, and whether the object
        contains itself."""
        kind = type(object)
        if kind in _builtin_scalars:
            return repr(object), True, False
        own_repr = getattr(kind, "__repr__", None)
        if own_repr is _int_repr and issubclass(kind, int):
            if self._underscore_numbers:
                return f"{object:_d}", True, False
            return repr(object), True, False
        is_dict = False
        if own_repr is _tuple_repr and issubclass(kind, tuple):
            brackets = '()'
        elif own_repr is _list_repr and issubclass(kind, list):
            brackets = '[]'
        elif own_repr is _dict_repr and issubclass(kind, dict):
            brackets = '{}'
            is_dict = True
        else:
            text = repr(object)
            return text, bool(text) and not text.startswith('<'), False
        if not object:
            return brackets, True, False
        objid = id(object)
        if maxlevels and level >= maxlevels:
            return f'{brackets[0]}...{brackets[1]}', False, objid in context
        if objid in context:
            return _recursion(object), False, True
        context[objid] = 1
        readable, recursive = True, False
        level += 1

        inside = object
        if is_dict:
            pairs = object.items()
            if self._sort_dicts:
                pairs = sorted(pairs, key=_safe_tuple)
            inside = _chain.from_iterable(pairs)
        parts = []
        for item in inside:
            text, is_readable, is_recursive = self.format(item, context, maxlevels, level)
            parts.append(text)
            if not is_readable:
                readable = False
            if is_recursive:
                recursive = True
        del context[objid]
        if is_dict:
            parts = map(': '.join, zip(parts[::2], parts[1::2]))
        text = ', '.join(parts)
        if brackets == '()' and len(object) == 1:
            text += ','
        return f'{brackets[0]}{text}{brackets[1]}', readable, recursive


_int_repr = int.__repr__
_tuple_repr = tuple.__repr__
_list_repr = list.__repr__
_dict_repr = dict.__repr__
_builtin_scalars = frozenset({str, bytes, bytearray, float, complex, bool, type(None)})


def _has_dataclass_repr(object):
    """Tell whether the object is of a dataclass that kept the repr made for it."""
    kind = type(object)
    if not hasattr(kind, '__dataclass_fields__') or not object.__dataclass_params__.repr:
        return False
    made = getattr(object.__repr__, "__wrapped__", None)
    return made is not None and "__create_fn__" in made.__qualname__


def _words(line):
    """Split a line into words, each with the white space after it."""
    words = []
    start, at, size = 0, 0, len(line)
    while at < size:
        while at < size and not line[at].isspace():
            at += 1
        while at < size and line[at].isspace():
            at += 1
        words.append(line[start:at])
        start = at
    return words


def _recursion(object):
    return f"<Recursion on {type(object).__name__} with id={id(object)}>"


def _wrap_bytes_repr(object, width, allowance):
    """Give representations of pieces of the bytes, whose ends lie at multiples of four."""
    size = len(object)
    start = 0
    for at in range(0, size, 4):
        room = width - allowance if at + 4 > size else width
        if at > start and len(repr(object[start:at + 4])) > room:
            yield repr(object[start:at])
            start = at
    if start < size:
        yield repr(object[start:])
