"""What configparser raises, and how values refer to other options."""

__name__ = "configparser"

import functools
import re

MAX_INTERPOLATION_DEPTH = 10


class Error(Exception):
    """What all errors of this module are."""

    def __init__(self, msg=''):
        self.message = msg
        super().__init__(msg)

    def __repr__(self):
        return self.message

    __str__ = __repr__


class NoSectionError(Error):
    """There is no section of that name."""

    def __init__(self, section):
        super().__init__(f'No section: {section!r}')
        self.section = section
        self.args = (section,)


def _place(source, lineno, what):
    """Where something is repeated, for messages."""
    if source is None:
        return what.capitalize() + ' '
    line = '' if lineno is None else f' [line {lineno:2d}]'
    return f'While reading from {source!r}{line}: {what} '


class DuplicateSectionError(Error):
    """A section is there twice."""

    def __init__(self, section, source=None, lineno=None):
        super().__init__(f"{_place(source, lineno, 'section')}{section!r} already exists")
        self.args = self.section, self.source, self.lineno = section, source, lineno


class DuplicateOptionError(Error):
    """An option is there twice in a section."""

    def __init__(self, section, option, source=None, lineno=None):
        super().__init__(f"{_place(source, lineno, 'option')}{option!r} in section {section!r} "
                         "already exists")
        self.args = self.section, self.option, self.source, self.lineno = (
            section, option, source, lineno)


class NoOptionError(Error):
    """There is no option of that name."""

    def __init__(self, option, section):
        super().__init__(f'No option {option!r} in section: {section!r}')
        self.args = self.option, self.section = option, section


class InterpolationError(Error):
    """What all errors of interpolation are."""

    def __init__(self, option, section, msg):
        super().__init__(msg)
        self.option = option
        self.section = section
        self.args = (option, section, msg)


class InterpolationMissingOptionError(InterpolationError):
    """A value refers to an option that is not there."""

    def __init__(self, option, section, rawval, reference):
        super().__init__(option, section,
                         f"Bad value substitution: option {option!r} in section {section!r} "
                         f"contains an interpolation key {reference!r} which is not a valid "
                         f"option name. Raw value: {rawval!r}")
        self.reference = reference
        self.args = (option, section, rawval, reference)


class InterpolationSyntaxError(InterpolationError):
    """A value has a reference that is not written as it must be."""


class InterpolationDepthError(InterpolationError):
    """Values refer to others too deeply."""

    def __init__(self, option, section, rawval):
        super().__init__(option, section,
                         f"Recursion limit exceeded in value substitution: option {option!r} in "
                         f"section {section!r} contains an interpolation key which cannot be "
                         f"substituted in {MAX_INTERPOLATION_DEPTH} steps. Raw value: {rawval!r}")
        self.args = (option, section, rawval)


class ParsingError(Error):
    """Lines of a file are neither sections nor options."""

    def __init__(self, source):
        super().__init__(f'Source contains parsing errors: {source!r}')
        self.source = source
        self.errors = []
        self.args = (source,)

    def append(self, lineno, line):
        self.errors.append((lineno, line))
        self.message += f'\n\t[line {lineno:2d}]: {line}'


class MissingSectionHeaderError(ParsingError):
    """An option stands before the first section."""

    def __init__(self, filename, lineno, line):
        Error.__init__(self, f'File contains no section headers.\nfile: {filename!r}, '
                             f'line: {lineno:d}\n{line!r}')
        self.source = filename
        self.lineno = lineno
        self.line = line
        self.args = (filename, lineno, line)


class Interpolation:
    """Leaves values as they are; subclasses change them when they are read, set or written."""

    def before_get(self, parser, section, option, value, defaults):
        """What a program gets; `defaults` is what the names in it can refer to."""
        return value

    def before_set(self, parser, section, option, value):
        """What is kept of a value that a program sets."""
        return value

    def before_read(self, parser, section, option, value):
        """What is kept of a value in a file."""
        return value

    def before_write(self, parser, section, option, value):
        """What is written to a file."""
        return value


class _ReferringInterpolation(Interpolation):
    """Values refer to others by a mark and a name in brackets; the mark twice is the mark."""

    def before_get(self, parser, section, option, value, defaults):
        parts = []
        self._interpolate_some(parser, option, parts, value, section, defaults, 1)
        return ''.join(parts)

    def before_set(self, parser, section, option, value):
        rest = self._KEYCRE.sub('', value.replace(self._MARK * 2, ''))
        if self._MARK in rest:
            raise ValueError(f"invalid interpolation syntax in {value!r} at "
                             f"position {rest.find(self._MARK):d}")
        return value

    def _interpolate_some(self, parser, option, accum, rest, section, map, depth):
        mark, bracket = self._MARK, self._BRACKET
        rawval = parser.get(section, option, raw=True, fallback=rest)
        if depth > MAX_INTERPOLATION_DEPTH:
            raise InterpolationDepthError(option, section, rawval)
        while rest:
            before, found, after = rest.partition(mark)
            accum.append(before)
            if not found:
                return
            rest = found + after
            following = after[:1]
            if following == mark:
                accum.append(mark)
                rest = after[1:]
            elif following == bracket:
                match = self._KEYCRE.match(rest)
                if match is None:
                    raise InterpolationSyntaxError(
                        option, section, f"bad interpolation variable reference {rest!r}")
                rest = rest[match.end():]
                place = option, section, map
                value, place = self._referred(parser, place, match[1], rawval, rest)
                if mark in value:
                    option_, section_, map_ = place
                    self._interpolate_some(parser, option_, accum, value, section_,
                                           map_(), depth + 1)
                else:
                    accum.append(value)
            else:
                raise InterpolationSyntaxError(
                    option, section,
                    f"'{mark}' must be followed by '{mark}' or '{bracket}', found: {rest!r}")


class BasicInterpolation(_ReferringInterpolation):
    """A value refers to an option of its section, or of DEFAULT, as %(name)s; %% is %."""

    _MARK = '%'
    _BRACKET = '('
    _KEYCRE = re.compile(r"%\(([^)]+)\)s")

    def _referred(self, parser, place, name, rawval, rest):
        option, section, map = place
        name = parser.optionxform(name)
        try:
            return map[name], (option, section, lambda: map)
        except KeyError:
            raise InterpolationMissingOptionError(option, section, rawval, name) from None


class ExtendedInterpolation(_ReferringInterpolation):
    """A value refers to any option as ${name} or ${section:name}; $$ is $."""

    _MARK = '$'
    _BRACKET = '{'
    _KEYCRE = re.compile(r"\$\{([^}]+)\}")

    def _referred(self, parser, place, name, rawval, rest):
        option, section, map = place
        path = name.split(':')
        if len(path) > 2:
            raise InterpolationSyntaxError(option, section, f"More than one ':' found: {rest!r}")
        where = section if len(path) == 1 else path[0]
        what = parser.optionxform(path[-1])
        try:
            value = map[what] if len(path) == 1 else parser.get(where, what, raw=True)
        except (KeyError, NoSectionError, NoOptionError):
            raise InterpolationMissingOptionError(option, section, rawval, name) from None
        return value, (what, where, lambda: dict(parser.items(where, raw=True)))


class LegacyInterpolation(Interpolation):
    """What interpolation was in old versions; deprecated."""

    _KEYCRE = re.compile(r"%\(([^)]*)\)s|.")

    def __init__(self, *args, **kwargs):
        import warnings
        super().__init__(*args, **kwargs)
        warnings.warn("LegacyInterpolation has been deprecated since Python 3.2 and will be "
                      "removed from the configparser module in Python 3.13. Use "
                      "BasicInterpolation or ExtendedInterpolation instead.",
                      DeprecationWarning, stacklevel=2)

    def before_get(self, parser, section, option, value, vars):
        rawval = value
        for _ in range(MAX_INTERPOLATION_DEPTH):
            if not value or '%(' not in value:
                break
            value = self._KEYCRE.sub(
                functools.partial(self._interpolation_replace, parser=parser), value)
            try:
                value = value % vars
            except KeyError as error:
                raise InterpolationMissingOptionError(
                    option, section, rawval, error.args[0]) from None
        if value and '%(' in value:
            raise InterpolationDepthError(option, section, rawval)
        return value

    @staticmethod
    def _interpolation_replace(match, parser):
        name = match[1]
        return match[0] if name is None else f"%({parser.optionxform(name)})s"
