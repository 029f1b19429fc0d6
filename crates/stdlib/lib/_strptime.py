"""Times read from text by a format: strptime() of `time` and of `datetime`.

A format is turned into a regular expression with a group for each directive, and what the groups
hold into fields. The names of days and months are those of the locale, which TimeRE asks
`time.strftime` for; the composite directives (%c, %x, %X) are found out by writing a known time
with them and looking where its parts stand.
"""

import re
import time
from _thread import allocate_lock as _allocate_lock
from datetime import date as _date, timedelta as _timedelta, timezone as _timezone

__all__ = []

# How many regular expressions are kept.
_CACHE_MAX_SIZE = 5

# A Wednesday in March whose parts are all different numbers.
_SAMPLE = time.struct_time((1999, 3, 17, 22, 44, 55, 2, 76, 0))
# A Sunday before the first Monday of a year: tells weeks from Sunday on from weeks from Monday on.
_FIRST_SUNDAY = time.struct_time((1999, 1, 3, 1, 1, 1, 6, 3, 0))

_DEFAULT_FORMAT = "%a %b %d %H:%M:%S %Y"


def _written(directive, **fields):
    """What a directive writes, in small letters, of a date in 1999."""
    parts = (1999, fields.get('month', 1), 1, fields.get('hour', 0), 44, 55,
             fields.get('weekday', 0), 76, 0)
    return time.strftime(directive, time.struct_time(parts)).lower()


class LocaleTime:
    """What the locale and the time zone call things, in small letters.

    f_weekday, a_weekday: the days of the week, in full and short, from Monday on;
    f_month, a_month: the months, with an empty text before January;
    am_pm: the two halves of the day; timezone: the names of the zone, without and with daylight
    saving time, in a set each; LC_date_time, LC_date, LC_time: formats for %c, %x and %X.
    """

    def __init__(self):
        days, months = range(7), range(1, 13)
        # The number of a day of the week counts from Monday here and in struct_time.
        self.f_weekday = [_written('%A', weekday=day) for day in days]
        self.a_weekday = [_written('%a', weekday=day) for day in days]
        self.f_month = [''] + [_written('%B', month=month) for month in months]
        self.a_month = [''] + [_written('%b', month=month) for month in months]
        self.am_pm = [_written('%p', hour=1), _written('%p', hour=22)]
        time.tzset()
        self.tzname = time.tzname
        self.daylight = time.daylight
        saving = {self.tzname[1].lower()} if self.daylight else ()
        self.timezone = (frozenset({'utc', 'gmt', self.tzname[0].lower()}), frozenset(saving))
        self.LC_date_time = self._format_of('%c')
        self.LC_date = self._format_of('%x')
        self.LC_time = self._format_of('%X')

    def _format_of(self, directive):
        """The format that a composite directive stands for."""
        pairs = [('%', '%%'), (self.f_weekday[2], '%A'), (self.f_month[3], '%B'),
                 (self.a_weekday[2], '%a'), (self.a_month[3], '%b'), (self.am_pm[1], '%p'),
                 ('1999', '%Y'), ('99', '%y'), ('22', '%H'), ('44', '%M'), ('55', '%S'),
                 ('76', '%j'), ('17', '%d'), ('03', '%m'), ('3', '%m'), ('2', '%w'), ('10', '%I')]
        pairs += [(name, '%Z') for names in self.timezone for name in names]
        text = time.strftime(directive, _SAMPLE).lower()
        for part, stands_for in pairs:
            if part:
                text = text.replace(part, stands_for)
        week = '%W' if '00' in time.strftime(directive, _FIRST_SUNDAY) else '%U'
        return text.replace('11', week)


def _number(directive, forms):
    """The group of a directive that is a number, in the forms it may have."""
    return f'(?P<{directive}>{forms})'


class TimeRE(dict):
    """The regular expression of each directive."""

    def __init__(self, locale_time=None):
        names = self.locale_time = locale_time or LocaleTime()
        super().__init__({
            # The day may be filled up with a space, as %c of C does.
            'd': _number('d', r'3[0-1]|[1-2]\d|0[1-9]|[1-9]| [1-9]'),
            'm': _number('m', r'1[0-2]|0[1-9]|[1-9]'),
            'y': _number('y', r'\d\d'),
            'Y': _number('Y', r'\d\d\d\d'),
            'G': _number('G', r'\d\d\d\d'),
            'j': _number('j', r'36[0-6]|3[0-5]\d|[1-2]\d\d|0[1-9]\d|00[1-9]|[1-9]\d|0[1-9]|[1-9]'),
            'U': _number('U', r'5[0-3]|[0-4]\d|\d'),
            'W': _number('W', r'5[0-3]|[0-4]\d|\d'),
            'V': _number('V', r'5[0-3]|0[1-9]|[1-4]\d|\d'),
            'w': _number('w', '[0-6]'),
            'u': _number('u', '[1-7]'),
            'H': _number('H', r'2[0-3]|[0-1]\d|\d'),
            'I': _number('I', '1[0-2]|0[1-9]|[1-9]'),
            'M': _number('M', r'[0-5]\d|\d'),
            'S': _number('S', r'6[0-1]|[0-5]\d|\d'),
            'f': _number('f', '[0-9]{1,6}'),
            'z': r"(?P<z>[+-]\d\d:?[0-5]\d(:?[0-5]\d(\.\d{1,6})?)?|(?-i:Z))",
            'A': self._any_of(names.f_weekday, 'A'),
            'a': self._any_of(names.a_weekday, 'a'),
            'B': self._any_of(names.f_month[1:], 'B'),
            'b': self._any_of(names.a_month[1:], 'b'),
            'p': self._any_of(names.am_pm, 'p'),
            'Z': self._any_of([name for zone in names.timezone for name in zone], 'Z'),
            '%': '%',
        })
        self['c'] = self.pattern(names.LC_date_time)
        self['x'] = self.pattern(names.LC_date)
        self['X'] = self.pattern(names.LC_time)

    @staticmethod
    def _any_of(names, directive):
        """A group that matches one of the names: longer ones first, they may begin alike."""
        names = sorted(names, key=len, reverse=True)
        if not any(names):
            return ''
        return f"(?P<{directive}>{'|'.join(map(re.escape, names))})"

    def pattern(self, format):
        """The regular expression of a format, as text."""
        # Only what is special in expressions is escaped; spaces match any white space.
        format = re.sub(r"([\\.^$*+?\(\){}\[\]|])", r"\\\1", format)
        format = re.sub(r'\s+', r'\\s+', format)
        parts = []
        start = 0
        while (percent := format.find('%', start)) >= 0:
            parts.append(format[start:percent])
            parts.append(self[format[percent + 1]])
            start = percent + 2
        parts.append(format[start:])
        return ''.join(parts)

    def compile(self, format):
        """The regular expression of a format."""
        return re.compile(self.pattern(format), re.IGNORECASE)


# Both are only changed with the lock held.
_cache_lock = _allocate_lock()
_TimeRE_cache = TimeRE()
_regex_cache = {}


def _expression_of(format):
    """The regular expression of a format, and the names it was made with."""
    global _TimeRE_cache
    with _cache_lock:
        names = _TimeRE_cache.locale_time
        if time.tzname != names.tzname or time.daylight != names.daylight:
            _TimeRE_cache = TimeRE()
            _regex_cache.clear()
            names = _TimeRE_cache.locale_time
        if len(_regex_cache) > _CACHE_MAX_SIZE:
            _regex_cache.clear()
        expression = _regex_cache.get(format)
        if expression is None:
            try:
                expression = _TimeRE_cache.compile(format)
            except KeyError as error:
                # The backslash escapes what follows a percent sign that stands for nothing.
                bad = '%' if error.args[0] == '\\' else error.args[0]
                raise ValueError(f"'{bad}' is a bad directive in format '{format}'") from None
            except IndexError:
                raise ValueError(f"stray % in format '{format}'") from None
            _regex_cache[format] = expression
        return expression, names


def _calc_julian_from_U_or_W(year, week_of_year, day_of_week, week_starts_Mon):
    """The day of the year of a day in a week; not above 0 for days of the year before."""
    first = _date(year, 1, 1).weekday()
    if not week_starts_Mon:
        first = (first + 1) % 7
        day_of_week = (day_of_week + 1) % 7
    # Days before the first whole week are in week 0.
    if week_of_year == 0:
        return 1 + day_of_week - first
    return 1 + (7 - first) % 7 + 7 * (week_of_year - 1) + day_of_week


def _offset(text):
    """The seconds and microseconds of an offset from UTC."""
    if text == 'Z':
        return 0, 0
    digits = text
    if digits[3] == ':':
        digits = digits[:3] + digits[4:]
        if len(digits) > 5:
            if digits[5] != ':':
                raise ValueError(f"Inconsistent use of : in {text}")
            digits = digits[:5] + digits[6:]
    seconds = int(digits[1:3]) * 3600 + int(digits[3:5]) * 60 + int(digits[5:7] or 0)
    micros = int(digits[8:].ljust(6, '0'))
    return (-seconds, -micros) if digits[0] == '-' else (seconds, micros)


def _hour_of(found, names):
    """The hour of the day."""
    if found.get('I') is None:
        return int(found.get('H') or 0)
    hour = int(found['I']) % 12
    if (found.get('p') or '').lower() == names.am_pm[1] != '':
        hour += 12
    return hour


def _weekday_of(found, names):
    """The day of the week, from Monday on, or None if it is not given."""
    weekday = None
    for directive, text in found.items():
        if directive == 'A':
            weekday = names.f_weekday.index(text.lower())
        elif directive == 'a':
            weekday = names.a_weekday.index(text.lower())
        elif directive == 'w':
            # Sunday is 0 there.
            weekday = (int(text) - 1) % 7
        elif directive == 'u':
            weekday = int(text) - 1
    return weekday


def _saving_of(found, names):
    """Whether a zone is one with daylight saving time: 1, 0, or -1 if unknown."""
    zone = found.get('Z')
    if zone is None:
        return -1
    zone = zone.lower()
    for value, zones in enumerate(names.timezone):
        if zone in zones:
            # One name for both does not tell which it is.
            ambiguous = (time.tzname[0] == time.tzname[1] and time.daylight
                         and zone not in ('utc', 'gmt'))
            return -1 if ambiguous else value
    return -1


def _year_month_day(found, names):
    """The year, or None, the month and the day as they are given."""
    year, month, day = None, 1, 1
    for directive, text in found.items():
        if directive == 'y':
            year = int(text)
            # Two digits are a year from 1969 to 2068.
            year += 2000 if year <= 68 else 1900
        elif directive == 'Y':
            year = int(text)
        elif directive == 'm':
            month = int(text)
        elif directive == 'B':
            month = names.f_month.index(text.lower())
        elif directive == 'b':
            month = names.a_month.index(text.lower())
        elif directive == 'd':
            day = int(text)
    return year, month, day


def _check_iso(year, iso_year, iso_week, week, weekday, julian):
    """Raise if an ISO year or week is given without what it needs."""
    if year is None and iso_year is not None:
        if iso_week is None or weekday is None:
            raise ValueError("ISO year directive '%G' must be used with the ISO week directive "
                             "'%V' and a weekday directive ('%A', '%a', '%w', or '%u').")
        if julian is not None:
            raise ValueError("Day of the year directive '%j' is not compatible with ISO year "
                             "directive '%G'. Use '%Y' instead.")
    elif week is None and iso_week is not None:
        if weekday is None:
            raise ValueError("ISO week directive '%V' must be used with the ISO year directive "
                             "'%G' and a weekday directive ('%A', '%a', '%w', or '%u').")
        raise ValueError("ISO week directive '%V' is incompatible with the year directive '%Y'. "
                         "Use the ISO year '%G' instead.")


def _strptime(data_string, format=_DEFAULT_FORMAT):
    """Read a time: the fields of struct_time as a tuple, microseconds, those of the offset."""
    for index, argument in enumerate((data_string, format)):
        if not isinstance(argument, str):
            raise TypeError(f"strptime() argument {index} must be str, not {type(argument)}")
    expression, names = _expression_of(format)
    match = expression.match(data_string)
    if not match:
        raise ValueError(f"time data {data_string!r} does not match format {format!r}")
    if match.end() != len(data_string):
        raise ValueError(f"unconverted data remains: {data_string[match.end():]}")
    found = match.groupdict()

    gmtoff, gmtoff_fraction = None, 0
    if 'z' in found:
        gmtoff, gmtoff_fraction = _offset(found['z'])
    year, month, day = _year_month_day(found, names)
    weekday = _weekday_of(found, names)
    julian = int(found['j']) if 'j' in found else None
    iso_year = int(found['G']) if 'G' in found else None
    iso_week = int(found['V']) if 'V' in found else None
    # Whichever of the two comes last in the format counts.
    weeks = [directive for directive in found if directive in 'UW']
    week = int(found[weeks[-1]]) if weeks else None
    _check_iso(year, iso_year, iso_week, week, weekday, julian)

    # Without a year it is 1900, but 29 February needs a leap year to be a date at all.
    leap_day = False
    if year is None:
        leap_day = month == 2 and day == 29
        year = 1904 if leap_day else 1900

    if julian is None and weekday is not None:
        if week is not None:
            julian = _calc_julian_from_U_or_W(year, week, weekday, weeks[-1] == 'W')
        elif iso_year is not None and iso_week is not None:
            date = _date.fromisocalendar(iso_year, iso_week, weekday + 1)
            year, month, day = date.year, date.month, date.day
        if julian is not None and julian <= 0:
            year -= 1
            julian += 366 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 365
    before = _date(year, 1, 1).toordinal() - 1
    if julian is None:
        julian = _date(year, month, day).toordinal() - before
    else:
        date = _date.fromordinal(julian + before)
        year, month, day = date.year, date.month, date.day
    if weekday is None:
        weekday = _date(year, month, day).weekday()
    if leap_day:
        year = 1900

    fraction = int(found['f'].ljust(6, '0')) if 'f' in found else 0
    fields = (year, month, day, _hour_of(found, names), int(found.get('M', 0)),
              int(found.get('S', 0)), weekday, julian, _saving_of(found, names),
              found.get('Z'), gmtoff)
    return fields, fraction, gmtoff_fraction


def _strptime_time(data_string, format=_DEFAULT_FORMAT):
    """time.strptime()."""
    fields = _strptime(data_string, format)[0]
    return time.struct_time(fields[:time._STRUCT_TM_ITEMS])


def _strptime_datetime(cls, data_string, format=_DEFAULT_FORMAT):
    """datetime.strptime()."""
    for position, argument in enumerate((data_string, format), 1):
        if not isinstance(argument, str):
            raise TypeError(f"strptime() argument {position} must be str, "
                            f"not {type(argument).__name__}")
    fields, fraction, gmtoff_fraction = _strptime(data_string, format)
    name, gmtoff = fields[-2:]
    if gmtoff is None:
        return cls(*fields[:6], fraction)
    offset = _timedelta(seconds=gmtoff, microseconds=gmtoff_fraction)
    zone = _timezone(offset, name) if name else _timezone(offset)
    return cls(*fields[:6], fraction, zone)
