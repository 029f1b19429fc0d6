"""String constants, templates, and the class behind str.format."""

__all__ = ["ascii_letters", "ascii_lowercase", "ascii_uppercase", "capwords", "digits",
           "hexdigits", "octdigits", "printable", "punctuation", "whitespace", "Formatter",
           "Template"]

import _string

ascii_lowercase = 'abcdefghijklmnopqrstuvwxyz'
ascii_uppercase = ascii_lowercase.upper()
ascii_letters = ascii_lowercase + ascii_uppercase
octdigits = '01234567'
digits = octdigits + '89'
hexdigits = digits + 'abcdefABCDEF'
# What is left of the visible characters of ASCII.
punctuation = '!"#$%&\'()*+,-./' ':;<=>?@' '[\\]^_`' '{|}~'
whitespace = ' \t\n\r\v\f'
printable = digits + ascii_letters + punctuation + whitespace


def capwords(s, sep=None):
    """Capitalize each word of s, and join them by sep, or by single spaces without one."""
    return (sep or ' ').join(map(str.capitalize, s.split(sep)))


class _PatternDescriptor:
    """Compiles a template class's pattern when it is first asked for.

    So that importing `string` does not import `re`; each class has its own pattern.
    """

    def __get__(self, obj, cls):
        cls._compile()
        return cls.pattern


_own_pattern = _PatternDescriptor()
_sentinel_dict = {}


class Template:
    """A string class for supporting $-substitutions.

    `$name` and `${name}` stand for values, `$$` for a dollar. Subclasses may set delimiter,
    idpattern, braceidpattern, flags, or the whole pattern.
    """

    delimiter = '$'
    idpattern = r'(?a:[_a-z][_a-z0-9]*)'
    braceidpattern = None
    pattern = _own_pattern

    def __init_subclass__(cls):
        super().__init_subclass__()
        # A pattern inherited from a compiled base may not fit the class's own settings.
        if 'pattern' not in cls.__dict__:
            cls.pattern = _own_pattern
        else:
            cls._compile()

    @classmethod
    def _compile(cls):
        import re
        pattern = cls.__dict__.get('pattern', _own_pattern)
        if pattern is _own_pattern:
            delim = re.escape(cls.delimiter)
            braced = cls.braceidpattern or cls.idpattern
            pattern = fr"""
            {delim}(?:
              (?P<escaped>{delim})      |   # the delimiter twice
              (?P<named>{cls.idpattern})       |   # the delimiter and an identifier
              {{(?P<braced>{braced})}}  |   # the delimiter and an identifier in braces
              (?P<invalid>)             # anything else
            )
            """
        flags = re.IGNORECASE if cls.flags is None else cls.flags
        cls.pattern = re.compile(pattern, flags | re.VERBOSE)

    # None means re.IGNORECASE, which cannot be named before `re` is imported.
    flags = None

    def __init__(self, template):
        self.template = template

    def _invalid(self, mo):
        at = mo.start('invalid')
        lines = self.template[:at].splitlines(keepends=True)
        if lines:
            colno = at - len(''.join(lines[:-1]))
            lineno = len(lines)
        else:
            colno = lineno = 1
        raise ValueError(f'Invalid placeholder in string: line {lineno}, col {colno}')

    def _fill(self, mapping, on_missing, on_invalid):
        """Replace all placeholders; the functions say what to do about bad ones."""
        def convert(mo):
            name = mo.group('named') or mo.group('braced')
            if name is not None:
                try:
                    return str(mapping[name])
                except KeyError:
                    return on_missing(mo)
            if mo.group('escaped') is not None:
                return self.delimiter
            if mo.group('invalid') is not None:
                return on_invalid(mo)
            raise ValueError('Unrecognized named group in pattern', self.pattern)
        return self.pattern.sub(convert, self.template)

    @staticmethod
    def _mapping(mapping, kws):
        if mapping is _sentinel_dict:
            return kws
        if kws:
            from collections import ChainMap
            return ChainMap(kws, mapping)
        return mapping

    def substitute(self, mapping=_sentinel_dict, /, **kws):
        """Give the template with all placeholders replaced; KeyError if one is missing."""
        def missing(mo):
            raise
        return self._fill(self._mapping(mapping, kws), missing, self._invalid)

    def safe_substitute(self, mapping=_sentinel_dict, /, **kws):
        """Give the template with those placeholders replaced that are known and valid."""
        leave = lambda mo: mo.group()
        return self._fill(self._mapping(mapping, kws), leave, leave)

    def is_valid(self):
        """Tell whether substitute would not raise ValueError."""
        for mo in self.pattern.finditer(self.template):
            if mo.group('invalid') is not None:
                return False
            if (mo.group('named') is None and mo.group('braced') is None
                    and mo.group('escaped') is None):
                raise ValueError('Unrecognized named group in pattern', self.pattern)
        return True

    def get_identifiers(self):
        """Give the names of all placeholders, each once, in the order of the template."""
        ids = {}
        for mo in self.pattern.finditer(self.template):
            name = mo.group('named') or mo.group('braced')
            if name is not None:
                ids[name] = None
            elif mo.group('invalid') is None and mo.group('escaped') is None:
                raise ValueError('Unrecognized named group in pattern', self.pattern)
        return list(ids)


class Formatter:
    """What str.format does, with each step as a method that a subclass may replace."""

    def format(self, format_string, /, *args, **kwargs):
        """Format the string with these arguments."""
        return self.vformat(format_string, args, kwargs)

    def vformat(self, format_string, args, kwargs):
        """Format the string with arguments as a sequence and a mapping."""
        used = set()
        text = self._vformat(format_string, args, kwargs, used, 2)[0]
        self.check_unused_args(used, args, kwargs)
        return text

    def _vformat(self, format_string, args, kwargs, used_args, recursion_depth,
                 auto_arg_index=0):
        if recursion_depth < 0:
            raise ValueError('Max string recursion exceeded')
        pieces = []
        for text, field_name, format_spec, conversion in self.parse(format_string):
            if text:
                pieces.append(text)
            if field_name is None:
                continue
            field_name, auto_arg_index = self._numbered(field_name, auto_arg_index)
            obj, arg_used = self.get_field(field_name, args, kwargs)
            used_args.add(arg_used)
            obj = self.convert_field(obj, conversion)
            # The specification may have fields of its own.
            spec, auto_arg_index = self._vformat(format_spec, args, kwargs, used_args,
                                                 recursion_depth - 1, auto_arg_index)
            pieces.append(self.format_field(obj, spec))
        return ''.join(pieces), auto_arg_index

    @staticmethod
    def _numbered(field_name, following):
        """The name of a field and the number for the next one that has no name.

        That number is False once fields are numbered by hand; the two ways do not mix.
        """
        by_hand = isinstance(field_name, str) and field_name.isdigit()
        if field_name == '' and following is False or by_hand and following:
            raise ValueError('cannot switch from manual field specification to '
                             'automatic field numbering')
        if field_name == '':
            return str(following), following + 1
        return field_name, False if by_hand else following

    def get_value(self, key, args, kwargs):
        """Give the argument with that number or name."""
        return args[key] if isinstance(key, int) else kwargs[key]

    def check_unused_args(self, used_args, args, kwargs):
        """Called with the keys that the format string referred to; may raise."""

    def format_field(self, value, format_spec):
        """Format one value."""
        return format(value, format_spec)

    def convert_field(self, value, conversion):
        """Apply a conversion: 'r', 's', 'a' or None."""
        if conversion is None:
            return value
        convert = {'s': str, 'r': repr, 'a': ascii}.get(conversion)
        if convert is None:
            raise ValueError(f"Unknown conversion specifier {conversion!s}")
        return convert(value)

    def parse(self, format_string):
        """Give tuples (literal text, field name, format spec, conversion)."""
        return _string.formatter_parser(format_string)

    def get_field(self, field_name, args, kwargs):
        """Give the object that a field name like '0.name[key]' means, and its first part."""
        first, rest = _string.formatter_field_name_split(field_name)
        obj = self.get_value(first, args, kwargs)
        for is_attr, key in rest:
            obj = getattr(obj, key) if is_attr else obj[key]
        return obj, first
