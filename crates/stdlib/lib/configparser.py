"""Configuration files: sections, in brackets, of options with values.

A parser is a mapping of section names to sections, which are mappings of option names to values.
Options of the section DEFAULT are in all others too. What a value says can refer to other
options: an Interpolation puts their values in when it is asked for.
"""

import functools
import io
import itertools
import os
import re
import sys
from collections import ChainMap as _ChainMap
from collections.abc import MutableMapping
from _configparser_interpolation import (
    BasicInterpolation, DuplicateOptionError, DuplicateSectionError, Error,
    ExtendedInterpolation, Interpolation, InterpolationDepthError, InterpolationError,
    InterpolationMissingOptionError, InterpolationSyntaxError, LegacyInterpolation,
    MAX_INTERPOLATION_DEPTH, MissingSectionHeaderError, NoOptionError, NoSectionError,
    ParsingError)

__all__ = ('NoSectionError', 'DuplicateOptionError', 'DuplicateSectionError', 'NoOptionError',
           'InterpolationError', 'InterpolationDepthError', 'InterpolationMissingOptionError',
           'InterpolationSyntaxError', 'ParsingError', 'MissingSectionHeaderError',
           'ConfigParser', 'RawConfigParser', 'Interpolation', 'BasicInterpolation',
           'ExtendedInterpolation', 'LegacyInterpolation', 'SectionProxy', 'ConverterMapping',
           'DEFAULTSECT', 'MAX_INTERPOLATION_DEPTH')

DEFAULTSECT = 'DEFAULT'
_default_dict = dict

# Tells an argument that is not given from None.
_UNSET = object()


def _discard(mapping, key):
    """Take a key out, and tell whether it was there."""
    if key not in mapping:
        return False
    del mapping[key]
    return True


class RawConfigParser(MutableMapping):
    """A parser that leaves values as they are."""

    _OPTION = r"(?P<option>.*?)\s*(?P<vi>{delim})\s*(?P<value>.*)$"
    _OPTION_NO_VALUE = r"(?P<option>.*?)\s*(?:(?P<vi>{delim})\s*(?P<value>.*))?$"
    _DEFAULT_INTERPOLATION = Interpolation()

    SECTCRE = re.compile(r"\[(?P<header>.+)\]")
    OPTCRE = re.compile(_OPTION.format(delim="=|:"))
    OPTCRE_NV = re.compile(_OPTION_NO_VALUE.format(delim="=|:"))
    NONSPACECRE = re.compile(r"\S")
    BOOLEAN_STATES = {'1': True, 'yes': True, 'true': True, 'on': True,
                      '0': False, 'no': False, 'false': False, 'off': False}

    def __init__(self, defaults=None, dict_type=_default_dict, allow_no_value=False, *,
                 delimiters=('=', ':'), comment_prefixes=('#', ';'),
                 inline_comment_prefixes=None, strict=True, empty_lines_in_values=True,
                 default_section=DEFAULTSECT, interpolation=_UNSET, converters=_UNSET):
        # How files are written.
        self._strict, self._allow_no_value = strict, allow_no_value
        self._empty_lines_in_values = empty_lines_in_values
        self._comment_prefixes = tuple(comment_prefixes or ())
        self._inline_comment_prefixes = tuple(inline_comment_prefixes or ())
        self._delimiters = tuple(delimiters)
        self._optcre = self._option_pattern(delimiters)
        if interpolation is _UNSET:
            interpolation = self._DEFAULT_INTERPOLATION
        if interpolation is None:
            interpolation = Interpolation()
        if not isinstance(interpolation, Interpolation):
            raise TypeError("interpolation= must be None or an instance of Interpolation; "
                            f"got an object of type {type(interpolation)}")
        self._interpolation = interpolation
        # What they hold.
        self._dict, self.default_section = dict_type, default_section
        self._sections, self._defaults, self._proxies = dict_type(), dict_type(), dict_type()
        self._converters = ConverterMapping(self)
        self._proxies[default_section] = SectionProxy(self, default_section)
        if converters is not _UNSET:
            self._converters.update(converters)
        if defaults:
            self._read_defaults(defaults)

    def _option_pattern(self, delimiters):
        """The regular expression of a line with an option."""
        if delimiters == ('=', ':'):
            return self.OPTCRE_NV if self._allow_no_value else self.OPTCRE
        form = self._OPTION_NO_VALUE if self._allow_no_value else self._OPTION
        return re.compile(form.format(delim='|'.join(map(re.escape, delimiters))))

    def defaults(self):
        return self._defaults

    def sections(self):
        """The names of the sections, without DEFAULT."""
        return list(self._sections)

    def add_section(self, section):
        """Add a section; raise if it is there or is DEFAULT."""
        if section == self.default_section:
            raise ValueError(f'Invalid section name: {section!r}')
        if section in self._sections:
            raise DuplicateSectionError(section)
        self._new_section(section)

    def _new_section(self, section):
        options = self._sections[section] = self._dict()
        self._proxies[section] = SectionProxy(self, section)
        return options

    def has_section(self, section):
        """Whether there is such a section; DEFAULT does not count."""
        return section in self._sections

    def options(self, section):
        """The names of the options of a section, those of DEFAULT too."""
        try:
            options = self._sections[section].copy()
        except KeyError:
            raise NoSectionError(section) from None
        options.update(self._defaults)
        return list(options)

    def read(self, filenames, encoding=None):
        """Read a file, or several; give the names of those that could be opened."""
        is_one = isinstance(filenames, (str, bytes, os.PathLike))
        encoding = io.text_encoding(encoding)
        found = []
        for name in [filenames] if is_one else filenames:
            try:
                with open(name, encoding=encoding) as file:
                    self._read(file, name)
            except OSError:
                pass
            else:
                found.append(os.fspath(name) if isinstance(name, os.PathLike) else name)
        return found

    def read_file(self, f, source=None):
        """Read lines; `source` is how they are called in messages."""
        if source is None:
            source = getattr(f, 'name', '<???>')
        self._read(f, source)

    def read_string(self, string, source='<string>'):
        """Read text."""
        self.read_file(io.StringIO(string), source)

    def read_dict(self, dictionary, source='<dict>'):
        """Read a mapping of section names to mappings of options."""
        seen = set()
        for name, options in dictionary.items():
            section = str(name)
            try:
                self.add_section(section)
            except (DuplicateSectionError, ValueError):
                # There from before, or DEFAULT; but not to be here twice.
                if section in seen and self._strict:
                    raise
            seen.add(section)
            self._set_all(section, options, source)

    def _set_all(self, section, options, source):
        seen = set()
        for name, value in options.items():
            option = self.optionxform(str(name))
            # Names may differ and yet be the same.
            if option in seen and self._strict:
                raise DuplicateOptionError(section, option, source)
            seen.add(option)
            self.set(section, option, None if value is None else str(value))

    def get(self, section, option, *, raw=False, vars=None, fallback=_UNSET):
        """The value of an option: of `vars`, the section, or DEFAULT; else `fallback`."""
        try:
            values = self._unify_values(section, vars)
            option = self.optionxform(option)
            value = self._value_in(values, section, option)
        except (NoSectionError, NoOptionError):
            if fallback is not _UNSET:
                return fallback
            raise
        if value is None or raw:
            return value
        return self._interpolation.before_get(self, section, option, value, values)

    @staticmethod
    def _value_in(values, section, option):
        try:
            return values[option]
        except KeyError:
            raise NoOptionError(option, section)

    def _get(self, section, conv, option, **kwargs):
        return conv(self.get(section, option, **kwargs))

    def _get_conv(self, section, option, conv, *, raw=False, vars=None, fallback=_UNSET, **kwargs):
        wanted = functools.partial(self._get, section, conv, option, raw=raw, vars=vars, **kwargs)
        if fallback is _UNSET:
            return wanted()
        try:
            return wanted()
        except (NoSectionError, NoOptionError):
            return fallback

    def getint(self, section, option, *, raw=False, vars=None, fallback=_UNSET, **kwargs):
        return self._get_conv(section, option, int, raw=raw, vars=vars, fallback=fallback,
                              **kwargs)

    def getfloat(self, section, option, *, raw=False, vars=None, fallback=_UNSET, **kwargs):
        return self._get_conv(section, option, float, raw=raw, vars=vars, fallback=fallback,
                              **kwargs)

    def getboolean(self, section, option, *, raw=False, vars=None, fallback=_UNSET, **kwargs):
        return self._get_conv(section, option, self._convert_to_boolean, raw=raw, vars=vars,
                              fallback=fallback, **kwargs)

    def items(self, section=_UNSET, raw=False, vars=None):
        """The options of a section as (name, value); without it the sections as (name, proxy)."""
        if section is _UNSET:
            return super().items()
        values = self._defaults.copy()
        try:
            values.update(self._sections[section])
        except KeyError:
            if section != self.default_section:
                raise NoSectionError(section)
        names = list(values)
        for key, value in (vars or {}).items():
            values[self.optionxform(key)] = value
        if raw:
            return [(name, values[name]) for name in names]
        before_get = self._interpolation.before_get
        return [(name, before_get(self, section, name, values[name], values)) for name in names]

    def popitem(self):
        """Remove the first section; give its name and it."""
        for name in self._sections:
            section = self[name]
            del self[name]
            return name, section
        raise KeyError

    def optionxform(self, optionstr):
        return optionstr.lower()

    def has_option(self, section, option):
        """Whether a section, or DEFAULT, has an option."""
        if not section or section == self.default_section:
            return self.optionxform(option) in self._defaults
        if section not in self._sections:
            return False
        option = self.optionxform(option)
        return option in self._sections[section] or option in self._defaults

    def _options_of(self, section):
        if not section or section == self.default_section:
            return self._defaults
        try:
            return self._sections[section]
        except KeyError:
            raise NoSectionError(section) from None

    def set(self, section, option, value=None):
        """Set an option."""
        if value:
            value = self._interpolation.before_set(self, section, option, value)
        self._options_of(section)[self.optionxform(option)] = value

    def write(self, fp, space_around_delimiters=True):
        """Write all options to a file, as they can be read again; comments are lost."""
        delimiter = self._delimiters[0]
        if space_around_delimiters:
            delimiter = f' {delimiter} '
        if self._defaults:
            self._write_section(fp, self.default_section, self._defaults.items(), delimiter)
        for section, options in self._sections.items():
            self._write_section(fp, section, options.items(), delimiter)

    def _write_section(self, fp, section_name, section_items, delimiter):
        fp.write(f'[{section_name}]\n')
        for key, value in section_items:
            value = self._interpolation.before_write(self, section_name, key, value)
            if value is not None or not self._allow_no_value:
                value = delimiter + str(value).replace('\n', '\n\t')
            else:
                value = ''
            fp.write(f'{key}{value}\n')
        fp.write('\n')

    def remove_option(self, section, option):
        """Remove an option; give whether it was there."""
        return _discard(self._options_of(section), self.optionxform(option))

    def remove_section(self, section):
        """Remove a section; give whether it was there."""
        return _discard(self._sections, section) and _discard(self._proxies, section)

    def __getitem__(self, key):
        if key in self:
            return self._proxies[key]
        raise KeyError(key)

    def __setitem__(self, key, value):
        # What takes the place of a section may be the section itself.
        if key in self and self[key] is value:
            return
        if key == self.default_section:
            self._defaults.clear()
        else:
            self._sections.get(key, {}).clear()
        self.read_dict({key: value})

    def __delitem__(self, key):
        if key == self.default_section:
            raise ValueError("Cannot remove the default section.")
        if key not in self:
            raise KeyError(key)
        self.remove_section(key)

    def __contains__(self, key):
        return key == self.default_section or self.has_section(key)

    def __len__(self):
        return len(self._sections) + 1

    def __iter__(self):
        return itertools.chain((self.default_section,), self._sections.keys())

    def _comment_start(self, line):
        """Where a comment begins in a line; None if there is none."""
        if self._comment_prefixes and line.strip().startswith(self._comment_prefixes):
            return 0
        start = None
        for prefix in self._inline_comment_prefixes:
            place = line.find(prefix)
            # Within a line it needs white space before it.
            while place > 0 and not line[place - 1].isspace():
                place = line.find(prefix, place + 1)
            if place >= 0 and (start is None or place < start):
                start = place
        return start

    def _read(self, fp, fpname):
        """Read lines.

        Lines that are indented deeper than an option's belong to its value; so do empty ones, if
        that is wanted. Lines that are neither options nor sections are reported all at the end.
        """
        seen = set()
        options = sectname = optname = error = None
        indent_level = 0
        for lineno, line in enumerate(fp, start=1):
            comment_start = self._comment_start(line)
            value = line[:comment_start].strip()
            if not value:
                if not self._empty_lines_in_values:
                    # Nothing is indented deeper than that: the value ends.
                    indent_level = sys.maxsize
                elif (comment_start is None and options is not None and optname
                        and options[optname] is not None):
                    options[optname].append('')
                continue
            indent = self.NONSPACECRE.search(line).start()
            if options is not None and optname and indent > indent_level:
                options[optname].append(value)
                continue
            indent_level = indent
            header = self.SECTCRE.match(value)
            if header:
                sectname = header['header']
                optname = None
                if sectname in self._sections:
                    if self._strict and sectname in seen:
                        raise DuplicateSectionError(sectname, fpname, lineno)
                    options = self._sections[sectname]
                    seen.add(sectname)
                elif sectname == self.default_section:
                    options = self._defaults
                else:
                    options = self._new_section(sectname)
                    seen.add(sectname)
                continue
            if options is None:
                raise MissingSectionHeaderError(fpname, lineno, line)
            match = self._optcre.match(value)
            if not match:
                error = self._handle_error(error, fpname, lineno, line)
                continue
            optname, optval = match.group('option', 'value')
            if not optname:
                error = self._handle_error(error, fpname, lineno, line)
            optname = self.optionxform(optname.rstrip())
            if self._strict and (sectname, optname) in seen:
                raise DuplicateOptionError(sectname, optname, fpname, lineno)
            seen.add((sectname, optname))
            options[optname] = None if optval is None else [optval.strip()]
        self._join_multiline_values()
        if error:
            raise error

    def _join_multiline_values(self):
        defaults = self.default_section, self._defaults
        for section, options in itertools.chain((defaults,), self._sections.items()):
            for name, value in options.items():
                if isinstance(value, list):
                    value = '\n'.join(value).rstrip()
                options[name] = self._interpolation.before_read(self, section, name, value)

    def _read_defaults(self, defaults):
        for key, value in defaults.items():
            self._defaults[self.optionxform(key)] = value

    def _handle_error(self, exc, fpname, lineno, line):
        exc = exc or ParsingError(fpname)
        exc.append(lineno, repr(line))
        return exc

    def _unify_values(self, section, vars):
        """What options are looked up in."""
        options = {}
        try:
            options = self._sections[section]
        except KeyError:
            if section != self.default_section:
                raise NoSectionError(section) from None
        given = {self.optionxform(key): value if value is None else str(value)
                 for key, value in (vars or {}).items()}
        return _ChainMap(given, options, self._defaults)

    def _convert_to_boolean(self, value):
        if value.lower() not in self.BOOLEAN_STATES:
            raise ValueError(f'Not a boolean: {value}')
        return self.BOOLEAN_STATES[value.lower()]

    def _validate_value_types(self, *, section="", option="", value=""):
        """Raise for what is no text; a value can be None if options need none."""
        if not isinstance(section, str):
            raise TypeError("section names must be strings")
        if not isinstance(option, str):
            raise TypeError("option keys must be strings")
        if (not self._allow_no_value or value) and not isinstance(value, str):
            raise TypeError("option values must be strings")

    @property
    def converters(self):
        return self._converters


class ConfigParser(RawConfigParser):
    """A parser whose values can refer to others."""

    _DEFAULT_INTERPOLATION = BasicInterpolation()

    def set(self, section, option, value=None):
        """Set an option, whose value must be text."""
        self._validate_value_types(option=option, value=value)
        super().set(section, option, value)

    def add_section(self, section):
        """Add a section, whose name must be text."""
        self._validate_value_types(section=section)
        super().add_section(section)

    def _read_defaults(self, defaults):
        held = self._interpolation
        self._interpolation = Interpolation()
        try:
            self.read_dict({self.default_section: defaults})
        finally:
            self._interpolation = held


class SectionProxy(MutableMapping):
    """A section of a parser as a mapping."""

    def __init__(self, parser, name):
        self._parser = parser
        self._name = name
        for conv in parser.converters:
            key = 'get' + conv
            setattr(self, key, functools.partial(self.get, _impl=getattr(parser, key)))

    def __repr__(self):
        return f'<Section: {self._name}>'

    def __getitem__(self, key):
        if key not in self:
            raise KeyError(key)
        return self._parser.get(self._name, key)

    def __setitem__(self, key, value):
        parser = self._parser
        parser._validate_value_types(option=key, value=value)
        parser.set(self._name, key, value)

    def __delitem__(self, key):
        if key not in self or not self._parser.remove_option(self._name, key):
            raise KeyError(key)

    def __contains__(self, key):
        return self._parser.has_option(self._name, key)

    def __len__(self):
        return len(self._options())

    def __iter__(self):
        return iter(self._options())

    def _options(self):
        parser = self._parser
        is_default = self._name == parser.default_section
        return parser.defaults() if is_default else parser.options(self._name)

    @property
    def parser(self):
        return self._parser

    @property
    def name(self):
        return self._name

    def get(self, option, fallback=None, *, raw=False, vars=None, _impl=None, **kwargs):
        """The value of an option, or `fallback`."""
        return (_impl or self._parser.get)(self._name, option, raw=raw, vars=vars,
                                           fallback=fallback, **kwargs)


class ConverterMapping(MutableMapping):
    """What values can be converted to: each name has a get*() of the parser and its sections.

    The value is the function that converts; None where the parser's class has the method.
    """

    GETTERCRE = re.compile(r"^get(?P<name>.+)$")

    def __init__(self, parser):
        self._parser = parser
        self._data = {}
        for getter in dir(parser):
            match = self.GETTERCRE.match(getter)
            if match and callable(getattr(parser, getter)):
                self._data[match['name']] = None

    def __getitem__(self, key):
        return self._data[key]

    def __setitem__(self, key, value):
        try:
            name = 'get' + key
        except TypeError:
            raise ValueError(f'Incompatible key: {key} (type: {type(key)})')
        if name == 'get':
            raise ValueError('Incompatible key: cannot use "" as a name')
        self._data[key] = value
        getter = functools.partial(self._parser._get_conv, conv=value)
        getter.converter = value
        setattr(self._parser, name, getter)
        for proxy in self._parser.values():
            setattr(proxy, name, functools.partial(proxy.get, _impl=getter))

    def __delitem__(self, key):
        try:
            name = 'get' + (key or None)
        except TypeError:
            raise KeyError(key)
        del self._data[key]
        for owner in itertools.chain((self._parser,), self._parser.values()):
            # The methods of the class stay.
            owner.__dict__.pop(name, None)

    def __iter__(self):
        return iter(self._data)

    def __len__(self):
        return len(self._data)
