"""CSV parsing and writing: the core of `csv`.

A reader is a state machine that is fed lines; a line without quotes and escapes, which most are,
is split at once, and one with quotes where they belong piece by piece. A writer puts a row together
and writes it in one call.
"""

__doc__ = """CSV parsing and writing.

The functions reader() and writer() make objects that read and write rows; a dialect says how the
fields of a row are told apart, and can be registered by name.
"""

from _library import native_class as _native_class

__version__ = '1.0'

QUOTE_MINIMAL, QUOTE_ALL, QUOTE_NONNUMERIC, QUOTE_NONE, QUOTE_STRINGS, QUOTE_NOTNULL = range(6)

_dialects = {}
_field_limit = 128 * 1024
_MISSING = object()


class Error(Exception):
    """Something is wrong with the data or the dialect."""


Error.__module__ = '_csv'


def _char(name, value):
    if not isinstance(value, str):
        raise TypeError(f'"{name}" must be string, not {type(value).__name__}')
    if len(value) != 1:
        raise TypeError(f'"{name}" must be a 1-character string')
    return value


def _char_or_none(name, value):
    if value is None:
        return None
    if not isinstance(value, str):
        raise TypeError(f'"{name}" must be string or None, not {type(value).__name__}')
    if len(value) != 1:
        raise TypeError(f'"{name}" must be a 1-character string')
    return value


def _quoting(name, value):
    if type(value) is not int:
        raise TypeError(f'"{name}" must be an integer')
    if not QUOTE_MINIMAL <= value <= QUOTE_NOTNULL:
        raise TypeError('bad "quoting" value')
    return value


def _text_or_none(name, value):
    if value is not None and not isinstance(value, str):
        raise TypeError(f'"{name}" must be a string')
    return value


def _truth(name, value):
    return bool(value)


# What can be set of a dialect: the default, and what checks a value.
_ATTRIBUTES = {
    'delimiter': (',', _char),
    'doublequote': (True, _truth),
    'escapechar': (None, _char_or_none),
    'lineterminator': ('\r\n', _text_or_none),
    'quotechar': ('"', _char_or_none),
    'quoting': (QUOTE_MINIMAL, _quoting),
    'skipinitialspace': (False, _truth),
    'strict': (False, _truth),
}


class Dialect:
    """CSV dialect

    What the fields of a row are told apart by, checked; it cannot be changed.
    """

    __slots__ = tuple(_ATTRIBUTES)

    def __new__(cls, dialect=None, delimiter=_MISSING, doublequote=_MISSING, escapechar=_MISSING,
                lineterminator=_MISSING, quotechar=_MISSING, quoting=_MISSING,
                skipinitialspace=_MISSING, strict=_MISSING, **unknown):
        for name in unknown:
            raise TypeError(f"{name!r} is an invalid keyword argument for this function")
        given = (delimiter, doublequote, escapechar, lineterminator, quotechar, quoting,
                 skipinitialspace, strict)
        if isinstance(dialect, str):
            dialect = get_dialect(dialect)
        if type(dialect) is Dialect and all([value is _MISSING for value in given]):
            return dialect
        settings = dict(zip(_ATTRIBUTES, given))
        if dialect is not None:
            for name, value in settings.items():
                if value is _MISSING:
                    settings[name] = getattr(dialect, name, _MISSING)
        # Without a quote character nothing can be quoted.
        if settings['quotechar'] is None and settings['quoting'] is _MISSING:
            settings['quoting'] = QUOTE_NONE
        self = object.__new__(cls)
        for name, (default, check) in _ATTRIBUTES.items():
            value = settings[name]
            object.__setattr__(self, name,
                               default if value is _MISSING else check(name, value))
        if self.quoting != QUOTE_NONE and self.quotechar is None:
            raise TypeError("quotechar must be set if quoting enabled")
        if self.lineterminator is None:
            raise TypeError("lineterminator must be set")
        return self

    def __setattr__(self, name, value):
        if name in ('doublequote', 'skipinitialspace', 'strict'):
            raise AttributeError('readonly attribute')
        if name in _ATTRIBUTES:
            raise AttributeError(f"attribute '{name}' of '_csv.Dialect' objects is not writable")
        raise AttributeError(f"'_csv.Dialect' object has no attribute '{name}'")

    def __delattr__(self, name):
        self.__setattr__(name, None)

    def __reduce_ex__(self, protocol):
        raise TypeError(f"cannot pickle '{type(self).__name__}' instances")

    def __copy__(self):
        raise TypeError(f"cannot pickle '{type(self).__name__}' instances")

    def __deepcopy__(self, memo):
        raise TypeError(f"cannot pickle '{type(self).__name__}' instances")


def register_dialect(name, dialect=None, **fmtparams):
    """Register a dialect by name."""
    if not isinstance(name, str):
        raise TypeError("dialect name must be a string")
    _dialects[name] = Dialect(dialect, **fmtparams)


def unregister_dialect(name):
    """Forget a registered dialect."""
    get_dialect(name)
    del _dialects[name]


def get_dialect(name):
    """The dialect that is registered by a name."""
    try:
        return _dialects[name]
    except KeyError:
        raise Error("unknown dialect") from None


def list_dialects():
    """The names of all registered dialects."""
    return list(_dialects)


def field_size_limit(*limit):
    """The greatest length of a field; with an argument, set it and give what it was."""
    global _field_limit
    if len(limit) > 1:
        raise TypeError(f"field_size_limit expected at most 1 argument, got {len(limit)}")
    before = _field_limit
    if limit:
        if type(limit[0]) is not int:
            raise TypeError("limit must be an integer")
        _field_limit = limit[0]
    return before


# The states of a reader.
(_START_RECORD, _START_FIELD, _ESCAPED, _IN_FIELD, _IN_QUOTED, _ESCAPED_IN_QUOTED,
 _QUOTE_IN_QUOTED, _EAT_NEWLINE, _AFTER_ESCAPED_NEWLINE) = range(9)

_NEWLINES = ('\n', '\r')


class reader:
    """Iterates over the rows of lines; each is a list of texts."""

    __slots__ = ('_lines', 'dialect', 'line_num', '_state', '_fields', '_field', '_numeric',
                 '_special', '_quote')

    def __init__(self, iterable, /, dialect=None, **fmtparams):
        self._lines = iter(iterable)
        self.dialect = Dialect(dialect, **fmtparams)
        self.line_num = 0
        self._reset()
        settings = self.dialect
        # Characters a line must not have to be split at once; None where none can be.
        self._special = None
        if settings.quoting != QUOTE_NONNUMERIC and not settings.skipinitialspace:
            self._special = [char for char in (settings.quotechar, settings.escapechar) if char]
        # The quote character, where it does nothing but enclose fields.
        self._quote = None
        if (self._special is not None and settings.doublequote and settings.escapechar is None
                and settings.quoting != QUOTE_NONE):
            self._quote = settings.quotechar

    def _reset(self):
        self._state = _START_RECORD
        self._fields = []
        self._field = []
        self._numeric = False

    def __iter__(self):
        return self

    def __next__(self):
        self._reset()
        while True:
            try:
                line = next(self._lines)
            except StopIteration:
                if self._field or self._state == _IN_QUOTED:
                    if self.dialect.strict:
                        raise Error("unexpected end of data") from None
                    self._save()
                    return self._fields
                raise
            if not isinstance(line, str):
                raise Error(f"iterator should return strings, not {type(line).__name__} "
                            "(the file should be opened in text mode)")
            self.line_num += 1
            if self._state == _START_RECORD:
                fields = self._split(line)
                if fields is not None:
                    return fields
            step = self._step
            for char in line:
                step(char)
            step(None)
            if self._state == _START_RECORD:
                return self._fields

    def _split(self, line):
        """The fields of a line that has nothing but delimiters; None if it has."""
        if self._special is None:
            return None
        for char in self._special:
            if char in line:
                return self._split_quoted(line, char) if char == self._quote else None
        text = line.rstrip('\r\n')
        if '\n' in text or '\r' in text or len(text) > _field_limit:
            return None
        return text.split(self.dialect.delimiter) if text else []

    def _split_quoted(self, line, quote):
        """The fields of a line with quotes around whole fields; None where there are others."""
        pieces = line.rstrip('\r\n').split(quote)
        last = len(pieces) - 1
        # Every second piece is between quotes; an odd number of quotes goes on in the next line.
        if last % 2 or len(line) > _field_limit:
            return None
        delimiter = self.dialect.delimiter
        fields = []
        quoted = None
        for place in range(0, last + 1, 2):
            outside = pieces[place]
            if quoted is not None and not outside and place < last:
                # Two quotes in a row are one.
                quoted += quote + pieces[place + 1]
                continue
            if '\n' in outside or '\r' in outside:
                return None
            if quoted is not None:
                fields.append(quoted)
                if not outside:
                    return fields
                if outside[0] != delimiter:
                    return None
                outside = outside[1:]
                begins = not outside and place < last
            else:
                begins = not outside
            if place == last:
                fields.extend(outside.split(delimiter))
                return fields
            if not begins:
                if outside[-1] != delimiter:
                    return None
                fields.extend(outside[:-1].split(delimiter))
            quoted = pieces[place + 1]

    def _save(self):
        field = ''.join(self._field)
        self._field = []
        if self._numeric:
            self._numeric = False
            field = float(field)
        self._fields.append(field)

    def _add(self, char):
        if len(self._field) >= _field_limit:
            raise Error(f"field larger than field limit ({_field_limit})")
        self._field.append(char)

    def _end(self, char):
        """A field, and the record with it, ends at a newline or at the end of the line."""
        self._save()
        self._state = _START_RECORD if char is None else _EAT_NEWLINE

    def _step(self, char):
        """Take a character of a line, or None for its end."""
        state = self._state
        dialect = self.dialect
        ends = char is None or char in _NEWLINES
        if state == _IN_QUOTED:
            if char is None:
                return
            if char == dialect.escapechar:
                self._state = _ESCAPED_IN_QUOTED
            elif char == dialect.quotechar and dialect.quoting != QUOTE_NONE:
                self._state = _QUOTE_IN_QUOTED if dialect.doublequote else _IN_FIELD
            else:
                self._add(char)
            return
        if state == _START_RECORD:
            if char is None:
                return
            if ends:
                self._state = _EAT_NEWLINE
                return
            state = self._state = _START_FIELD
        if state == _START_FIELD:
            if ends:
                self._end(char)
            elif char == dialect.quotechar and dialect.quoting != QUOTE_NONE:
                self._state = _IN_QUOTED
            elif char == dialect.escapechar:
                self._state = _ESCAPED
            elif char == ' ' and dialect.skipinitialspace:
                pass
            elif char == dialect.delimiter:
                self._save()
            else:
                if dialect.quoting == QUOTE_NONNUMERIC:
                    self._numeric = True
                self._add(char)
                self._state = _IN_FIELD
        elif state == _IN_FIELD or state == _AFTER_ESCAPED_NEWLINE:
            if state == _AFTER_ESCAPED_NEWLINE and char is None:
                return
            if ends:
                self._end(char)
            elif char == dialect.escapechar:
                self._state = _ESCAPED
            elif char == dialect.delimiter:
                self._save()
                self._state = _START_FIELD
            else:
                self._add(char)
                self._state = _IN_FIELD
        elif state == _ESCAPED:
            self._add('\n' if char is None else char)
            self._state = _AFTER_ESCAPED_NEWLINE if ends and char is not None else _IN_FIELD
        elif state == _ESCAPED_IN_QUOTED:
            self._add('\n' if char is None else char)
            self._state = _IN_QUOTED
        elif state == _QUOTE_IN_QUOTED:
            if char is not None and char == dialect.quotechar and dialect.quoting != QUOTE_NONE:
                self._add(char)
                self._state = _IN_QUOTED
            elif char is not None and char == dialect.delimiter:
                self._save()
                self._state = _START_FIELD
            elif ends:
                self._end(char)
            elif not dialect.strict:
                self._add(char)
                self._state = _IN_FIELD
            else:
                raise Error(f"'{dialect.delimiter}' expected after '{dialect.quotechar}'")
        elif char is None:
            self._state = _START_RECORD
        elif not ends:
            raise Error("new-line character seen in unquoted field - do you need to open the "
                        "file in universal-newline mode?")


def _is_number(value):
    kind = type(value)
    return hasattr(kind, '__index__') or hasattr(kind, '__int__') or hasattr(kind, '__float__') \
        or isinstance(value, complex)


class writer:
    """Writes rows to a file."""

    __slots__ = ('_write', 'dialect', '_special')

    def __init__(self, fileobj, /, dialect=None, **fmtparams):
        write = getattr(fileobj, 'write', None)
        if not callable(write):
            raise TypeError('argument 1 must have a "write" method')
        settings = self.dialect = Dialect(dialect, **fmtparams)
        self._write = write
        # Characters that a field cannot have as they are, unless it is quoted.
        self._special = {settings.delimiter, *settings.lineterminator}
        self._special.update([char for char in (settings.escapechar, settings.quotechar) if char])

    def writerow(self, row, /):
        """Write a row, whose fields can be anything; give what the file's write() gives."""
        try:
            fields = iter(row)
        except TypeError as error:
            raise Error(f"iterable expected, not {type(row).__name__}") from error
        dialect = self.dialect
        quoting = dialect.quoting
        if quoting == QUOTE_MINIMAL and type(row) is list:
            try:
                text = ''.join(row)
            except TypeError:
                pass
            else:
                if (text or not row) and self._special.isdisjoint(text):
                    return self._write(dialect.delimiter.join(row) + dialect.lineterminator)
        parts = []
        for field in fields:
            if quoting == QUOTE_MINIMAL or quoting == QUOTE_NONE:
                quoted = False
            elif quoting == QUOTE_ALL:
                quoted = True
            elif quoting == QUOTE_NONNUMERIC:
                quoted = not _is_number(field)
            elif quoting == QUOTE_STRINGS:
                quoted = isinstance(field, str)
            else:
                quoted = field is not None
            text = '' if field is None else field if isinstance(field, str) else str(field)
            parts.append(self._field(text, quoted))
        # One empty field would be an empty line, which is a row without fields.
        if parts == ['']:
            if quoting == QUOTE_NONE:
                raise Error("single empty field record must be quoted")
            parts = [self._field('', True)]
        return self._write(dialect.delimiter.join(parts) + dialect.lineterminator)

    def _field(self, text, quoted):
        """A field as it is written."""
        dialect = self.dialect
        quote = dialect.quotechar
        if not self._special.isdisjoint(text):
            chars = []
            for char in text:
                if char in self._special:
                    escapes = False
                    if dialect.quoting == QUOTE_NONE or char == dialect.escapechar:
                        escapes = True
                    elif char == quote:
                        if dialect.doublequote:
                            chars.append(quote)
                        else:
                            escapes = True
                    if escapes:
                        if dialect.escapechar is None:
                            raise Error("need to escape, but no escapechar set")
                        chars.append(dialect.escapechar)
                    else:
                        quoted = True
                chars.append(char)
            text = ''.join(chars)
        return f'{quote}{text}{quote}' if quoted else text

    def writerows(self, rows, /):
        """Write rows."""
        for row in rows:
            self.writerow(row)


for _class in (Dialect, reader, writer):
    # In C in CPython, which shows in messages.
    _native_class(_class)
del _class
Reader = reader
Writer = writer
