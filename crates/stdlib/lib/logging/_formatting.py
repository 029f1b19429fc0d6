"""From records to text: the styles of formats, and formatters."""

__name__ = "logging"

import io
import time
import traceback


class PercentStyle:
    """Formats with %(name)s."""

    default_format = '%(message)s'
    asctime_format = '%(asctime)s'
    asctime_search = '%(asctime)'

    def __init__(self, fmt, *, defaults=None):
        self._fmt = fmt or self.default_format
        self._defaults = defaults

    def usesTime(self):
        """Tell whether the format shows the time."""
        return self.asctime_search in self._fmt

    def validate(self):
        """Raise ValueError unless the format refers to some attribute."""
        if not _has_percent_field(self._fmt):
            raise ValueError(f"Invalid format '{self._fmt}' for "
                             f"'{self.default_format[0]}' style")

    def _values(self, record):
        return self._defaults | record.__dict__ if self._defaults else record.__dict__

    def _format(self, record):
        return self._fmt % self._values(record)

    def format(self, record):
        """Format the record."""
        try:
            return self._format(record)
        except KeyError as error:
            raise ValueError(f'Formatting field not found in record: {error}')


def _has_percent_field(fmt):
    """Tell whether a format has a field like %(name)-10.3s."""
    at = fmt.find('%(')
    while at >= 0:
        name, closed, rest = fmt[at + 2:].partition(')')
        if closed and name and all(c.isalnum() or c == '_' for c in name):
            rest = rest.lstrip('#0+ -')
            rest = rest[1:] if rest[:1] == '*' else rest.lstrip('0123456789')
            if rest[:1] == '.' and rest[1:2] and rest[1] in '*0123456789':
                rest = rest[2:] if rest[1] == '*' else rest[1:].lstrip('0123456789')
            if rest[:1] and rest[0].lower() in 'diouxefgcrsa%':
                return True
        at = fmt.find('%(', at + 1)
    return False


class StrFormatStyle(PercentStyle):
    """Formats with {name}."""

    default_format = '{message}'
    asctime_format = '{asctime}'
    asctime_search = '{asctime'

    def _format(self, record):
        return self._fmt.format(**self._values(record))

    def validate(self):
        """Raise ValueError unless the format refers to attributes, and only in simple ways."""
        import re
        from _string import formatter_parser
        spec_pattern = re.compile(r'(.?[<>=^])?[+ -]?#?0?(\d+|{\w+})?[,_]?'
                                  r'(\.(\d+|{\w+}))?[bcdefgnosx%]?', re.I)
        field_pattern = re.compile(r'(\d+|\w+)(\.\w+|\[[^]]+\])*')
        fields = set()
        try:
            for _, field, spec, conversion in formatter_parser(self._fmt):
                if field:
                    if not field_pattern.fullmatch(field):
                        raise ValueError(f'invalid field name/expression: {field!r}')
                    fields.add(field)
                if conversion and conversion not in 'rsa':
                    raise ValueError(f'invalid conversion: {conversion!r}')
                if spec and not spec_pattern.fullmatch(spec):
                    raise ValueError(f'bad specifier: {spec!r}')
        except ValueError as error:
            raise ValueError(f'invalid format: {error}')
        if not fields:
            raise ValueError('invalid format: no fields')


class StringTemplateStyle(PercentStyle):
    """Formats with ${name}."""

    default_format = '${message}'
    asctime_format = '${asctime}'
    asctime_search = '${asctime}'

    def __init__(self, *args, **kwargs):
        from string import Template
        super().__init__(*args, **kwargs)
        self._tpl = Template(self._fmt)

    def usesTime(self):
        return '$asctime' in self._fmt or self.asctime_search in self._fmt

    def validate(self):
        fields = set()
        for match in self._tpl.pattern.finditer(self._fmt):
            groups = match.groupdict()
            name = groups['named'] or groups['braced']
            if name:
                fields.add(name)
            elif match.group(0) == '$':
                raise ValueError("invalid format: bare '$' not allowed")
        if not fields:
            raise ValueError('invalid format: no fields')

    def _format(self, record):
        return self._tpl.substitute(**self._values(record))


BASIC_FORMAT = "%(levelname)s:%(name)s:%(message)s"

_STYLES = {
    '%': (PercentStyle, BASIC_FORMAT),
    '{': (StrFormatStyle, '{levelname}:{name}:{message}'),
    '$': (StringTemplateStyle, '${levelname}:${name}:${message}'),
}


def _check_style(style):
    if style not in _STYLES:
        raise ValueError(f"Style must be one of: {','.join(_STYLES)}")


class Formatter:
    """Turns records into text.

    fmt refers to attributes of records: name, levelno, levelname, pathname, filename, module,
    lineno, funcName, created, asctime, msecs, relativeCreated, thread, threadName, taskName,
    process, processName, message. datefmt is for time.strftime; style is '%', '{' or '$';
    defaults are values for attributes that a record lacks.
    """

    converter = time.localtime
    default_time_format = '%Y-%m-%d %H:%M:%S'
    default_msec_format = '%s,%03d'

    def __init__(self, fmt=None, datefmt=None, style='%', validate=True, *, defaults=None):
        _check_style(style)
        self._style = _STYLES[style][0](fmt, defaults=defaults)
        if validate:
            self._style.validate()
        self._fmt = self._style._fmt
        self.datefmt = datefmt

    def formatTime(self, record, datefmt=None):
        """Give the record's time as text."""
        moment = self.converter(record.created)
        if datefmt:
            return time.strftime(datefmt, moment)
        text = time.strftime(self.default_time_format, moment)
        if self.default_msec_format:
            text = self.default_msec_format % (text, record.msecs)
        return text

    def formatException(self, ei):
        """Give the traceback of what sys.exc_info() gave as text."""
        stream = io.StringIO()
        traceback.print_exception(ei[0], ei[1], ei[2], None, stream)
        return stream.getvalue().removesuffix("\n")

    def usesTime(self):
        """Tell whether the format shows the time."""
        return self._style.usesTime()

    def formatMessage(self, record):
        return self._style.format(record)

    def formatStack(self, stack_info):
        """Give a record's stack_info as it is to be shown."""
        return stack_info

    def format(self, record):
        """Give the record as text, with the traceback and the stack, if there are any."""
        record.message = record.getMessage()
        if self.usesTime():
            record.asctime = self.formatTime(record, self.datefmt)
        text = self.formatMessage(record)
        # Kept in the record: making it is slow, and other handlers want it too.
        if record.exc_info and not record.exc_text:
            record.exc_text = self.formatException(record.exc_info)
        if record.exc_text:
            text = f'{_ended(text)}{record.exc_text}'
        if record.stack_info:
            text = f'{_ended(text)}{self.formatStack(record.stack_info)}'
        return text


def _ended(text):
    return text if text[-1:] == "\n" else text + "\n"


_defaultFormatter = Formatter()


class BufferingFormatter:
    """Formats a number of records, with a header and a footer."""

    def __init__(self, linefmt=None):
        self.linefmt = linefmt if linefmt else _defaultFormatter

    def formatHeader(self, records):
        """What stands before the records: nothing."""
        return ""

    def formatFooter(self, records):
        """What stands behind the records: nothing."""
        return ""

    def format(self, records):
        """The text of the records, header and footer included; nothing if there are none."""
        if not len(records):
            return ""
        lines = ''.join(self.linefmt.format(record) for record in records)
        return self.formatHeader(records) + lines + self.formatFooter(records)
