"""Dates and times: what `datetime` gives.

Days are counted from 1 January of year 1 in the calendar of today, extended both ways. Times
with a tzinfo are compared and subtracted as UTC. Each class keeps its fields in slots and a hash
once it is asked for.
"""

__all__ = ("date", "datetime", "time", "timedelta", "timezone", "tzinfo", "MINYEAR", "MAXYEAR",
           "UTC")
__name__ = "datetime"

import sys
import time as _time
import math as _math
from operator import index as _index

MINYEAR = 1
MAXYEAR = 9999
_MAXORDINAL = 3652059

_DAYS_IN_MONTH = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_DAYS_BEFORE_MONTH = (0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)
_MONTHNAMES = (None, "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct",
               "Nov", "Dec")
_DAYNAMES = (None, "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

_DI4Y = 4 * 365 + 1
_DI100Y = 25 * _DI4Y - 1
_DI400Y = 4 * _DI100Y + 1


def _cmp(x, y):
    return (x > y) - (x < y)


def _class_name(obj):
    """Give the name that a repr begins with."""
    cls = obj.__class__
    module = "datetime" if cls.__module__ == "_pydatetime" else cls.__module__
    return f"{module}.{cls.__qualname__}"


def _is_leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _days_before_year(year):
    y = year - 1
    return y * 365 + y // 4 - y // 100 + y // 400


def _days_in_month(year, month):
    return 29 if month == 2 and _is_leap(year) else _DAYS_IN_MONTH[month]


def _days_before_month(year, month):
    return _DAYS_BEFORE_MONTH[month] + (month > 2 and _is_leap(year))


def _ymd2ord(year, month, day):
    """Give the number of a day; 1 January of year 1 is 1."""
    return _days_before_year(year) + _days_before_month(year, month) + day


def _ord2ymd(n):
    """Give year, month and day of a day's number."""
    n -= 1
    n400, n = divmod(n, _DI400Y)
    n100, n = divmod(n, _DI100Y)
    n4, n = divmod(n, _DI4Y)
    n1, n = divmod(n, 365)
    year = n400 * 400 + n100 * 100 + n4 * 4 + n1 + 1
    if n1 == 4 or n100 == 4:
        # The last day of a cycle belongs to its last year.
        return year - 1, 12, 31
    month = (n + 50) >> 5
    # Right, or one too many.
    if _days_before_month(year, month) > n:
        month -= 1
    return year, month, n - _days_before_month(year, month) + 1


def _build_struct_time(y, m, d, hh, mm, ss, dstflag):
    weekday = (_ymd2ord(y, m, d) + 6) % 7
    return _time.struct_time((y, m, d, hh, mm, ss, weekday, _days_before_month(y, m) + d,
                              dstflag))


def _format_time(hh, mm, ss, us, timespec='auto'):
    if timespec == 'auto':
        timespec = 'microseconds' if us else 'seconds'
    if timespec == 'hours':
        return f'{hh:02d}'
    if timespec == 'minutes':
        return f'{hh:02d}:{mm:02d}'
    text = f'{hh:02d}:{mm:02d}:{ss:02d}'
    if timespec == 'seconds':
        return text
    if timespec == 'milliseconds':
        return f'{text}.{us // 1000:03d}'
    if timespec == 'microseconds':
        return f'{text}.{us:06d}'
    raise ValueError('Unknown timespec value')


def _format_offset(off, sep=':'):
    if off is None:
        return ''
    sign = '+'
    if off.days < 0:
        sign, off = '-', -off
    minutes, seconds = divmod(off.seconds, 60)
    text = f'{sign}{off.days * 24 + minutes // 60:02d}{sep}{minutes % 60:02d}'
    if seconds or off.microseconds:
        text += f'{sep}{seconds:02d}'
        if off.microseconds:
            text += f'.{off.microseconds:06d}'
    return text


def _wrap_strftime(object, format, timetuple):
    """Fill in what time.strftime does not know: %f, %z, %:z and %Z."""
    def offset(sep):
        return _format_offset(object.utcoffset(), sep) if hasattr(object, "utcoffset") else ""

    out = []
    at, size = 0, len(format)
    while at < size:
        percent = format.find('%', at)
        if percent < 0:
            out.append(format[at:])
            break
        out.append(format[at:percent])
        code = format[percent + 1:percent + 2]
        at = percent + 2
        if code == 'f':
            out.append(f"{getattr(object, 'microsecond', 0):06d}")
        elif code == 'z':
            out.append(offset(""))
        elif code == ':' and format[at:at + 1] == 'z':
            at += 1
            out.append(offset(":"))
        elif code == 'Z':
            name = object.tzname() if hasattr(object, "tzname") else None
            out.append('' if name is None else name.replace('%', '%%'))
        else:
            out.append('%' + code)
    return _time.strftime("".join(out), timetuple)


def _is_ascii_digit(c):
    return c in "0123456789"


def _find_isoformat_datetime_separator(dtstr):
    """Give the length of the date at the start of an ISO text."""
    size = len(dtstr)
    if size == 7:
        return 7
    if dtstr[4] == "-":
        if dtstr[5] != "W":
            return 10
        if size < 8:
            raise ValueError("Invalid ISO string")
        if size > 8 and dtstr[8] == "-":
            if size == 9:
                raise ValueError("Invalid ISO string")
            # YYYY-Www-D, unless what follows is a time with '-' as the separator.
            return 8 if size > 10 and _is_ascii_digit(dtstr[10]) else 10
        return 8
    if dtstr[4] != "W":
        return 8
    at = 7
    while at < size and _is_ascii_digit(dtstr[at]):
        at += 1
    if at < 9:
        return at
    # Digits all the way: a time has an even number of them.
    return 7 if at % 2 == 0 else 8


def _parse_isoformat_date(dtstr):
    year = int(dtstr[0:4])
    has_sep = dtstr[4] == '-'
    pos = 4 + has_sep

    def check_separator():
        nonlocal pos
        if (dtstr[pos:pos + 1] == '-') != has_sep:
            raise ValueError("Inconsistent use of dash separator")
        pos += has_sep

    if dtstr[pos:pos + 1] == "W":
        week = int(dtstr[pos + 1:pos + 3])
        pos += 3
        day = 1
        if len(dtstr) > pos:
            check_separator()
            day = int(dtstr[pos:pos + 1])
        return list(_isoweek_to_gregorian(year, week, day))
    month = int(dtstr[pos:pos + 2])
    pos += 2
    check_separator()
    return [year, month, int(dtstr[pos:pos + 2])]


def _parse_hh_mm_ss_ff(tstr):
    size = len(tstr)
    parts = [0, 0, 0, 0]
    pos = 0
    has_sep = False
    for part in range(3):
        if size - pos < 2:
            raise ValueError("Incomplete time component")
        parts[part] = int(tstr[pos:pos + 2])
        pos += 2
        following = tstr[pos:pos + 1]
        if part == 0:
            has_sep = following == ':'
        if not following or part >= 2:
            break
        if has_sep and following != ':':
            raise ValueError(f"Invalid time separator: {following}")
        pos += has_sep
    if pos < size:
        if tstr[pos] not in '.,':
            raise ValueError("Invalid microsecond component")
        digits = tstr[pos + 1:]
        parts[3] = int(digits[:6]) * 10 ** max(6 - len(digits), 0)
        if not all(map(_is_ascii_digit, digits[6:])):
            raise ValueError("Non-digit values in unparsed fraction")
    return parts


def _parse_isoformat_time(tstr):
    """Give hour, minute, second, microsecond and tzinfo of an ISO text."""
    if len(tstr) < 2:
        raise ValueError("Isoformat time too short")
    zone_at = tstr.find('-') + 1 or tstr.find('+') + 1 or tstr.find('Z') + 1
    parts = _parse_hh_mm_ss_ff(tstr[:zone_at - 1] if zone_at else tstr)
    zone = None
    if zone_at == len(tstr) and tstr[-1] == 'Z':
        zone = timezone.utc
    elif zone_at:
        text = tstr[zone_at:]
        if len(text) in (0, 1, 3):
            raise ValueError("Malformed time zone string")
        offset = _parse_hh_mm_ss_ff(text)
        if any(offset):
            delta = timedelta(hours=offset[0], minutes=offset[1], seconds=offset[2],
                              microseconds=offset[3])
            zone = timezone(-delta if tstr[zone_at - 1] == '-' else delta)
        else:
            zone = timezone.utc
    return parts + [zone]


def _isoweek1monday(year):
    """Give the number of the Monday of ISO week 1: the week with 4 January."""
    first = _ymd2ord(year, 1, 1)
    weekday = (first + 6) % 7
    return first - weekday + (7 if weekday > 3 else 0)


def _isoweek_to_gregorian(year, week, day):
    if not MINYEAR <= year <= MAXYEAR:
        raise ValueError(f"Year is out of range: {year}")
    weeks = 52
    first_weekday = _ymd2ord(year, 1, 1) % 7
    if first_weekday == 4 or first_weekday == 3 and _is_leap(year):
        weeks = 53
    if not 0 < week <= weeks:
        raise ValueError(f"Invalid week: {week}")
    if not 0 < day < 8:
        raise ValueError(f"Invalid weekday: {day} (range is [1, 7])")
    return _ord2ymd(_isoweek1monday(year) + (week - 1) * 7 + day - 1)


def _check_tzname(name):
    if name is not None and not isinstance(name, str):
        raise TypeError("tzinfo.tzname() must return None or string, "
                        f"not '{type(name)}'")


def _check_utc_offset(name, offset):
    if offset is None:
        return
    if not isinstance(offset, timedelta):
        raise TypeError(f"tzinfo.{name}() must return None or timedelta, "
                        f"not '{type(offset)}'")
    if not -timedelta(1) < offset < timedelta(1):
        raise ValueError(f"{name}()={offset}, must be strictly between "
                         "-timedelta(hours=24) and timedelta(hours=24)")


def _check_date_fields(year, month, day):
    year, month, day = _index(year), _index(month), _index(day)
    if not MINYEAR <= year <= MAXYEAR:
        raise ValueError(f'year {year} is out of range')
    if not 1 <= month <= 12:
        raise ValueError('month must be in 1..12')
    if not 1 <= day <= _days_in_month(year, month):
        raise ValueError('day is out of range for month')
    return year, month, day


def _check_time_fields(hour, minute, second, microsecond, fold):
    fields = []
    for name, value, last in (('hour', hour, 23), ('minute', minute, 59),
                              ('second', second, 59), ('microsecond', microsecond, 999999)):
        value = _index(value)
        if not 0 <= value <= last:
            raise ValueError(f'{name} must be in 0..{last}')
        fields.append(value)
    if fold not in (0, 1):
        raise ValueError('fold must be either 0 or 1')
    return *fields, fold


def _check_tzinfo_arg(tz):
    if tz is not None and not isinstance(tz, tzinfo):
        raise TypeError("tzinfo argument must be None or of a tzinfo subclass, "
                        f"not type '{type(tz).__name__}'")


def _divide_and_round(a, b):
    """Give a / b, rounded to the nearest integer, halves to even ones."""
    q, r = divmod(a, b)
    r *= 2
    more_than_half = r > b if b > 0 else r < b
    return q + 1 if more_than_half or r == b and q % 2 == 1 else q


def _cmperror(x, y):
    raise TypeError(f"can't compare {_class_name(x)} to {_class_name(y)}")


def _unpickling_bytes(value, what):
    """Give the state that Python 2 pickled, which may come as text."""
    if isinstance(value, str):
        try:
            return value.encode('latin1')
        except UnicodeEncodeError:
            raise ValueError(
                f"Failed to encode latin1 string when unpickling a {what} object. "
                "pickle.load(data, encoding='latin1') is assumed.")
    return value


class timedelta:
    """A duration: days, seconds (0 to 86399) and microseconds (0 to 999999).

    The arguments may be ints or floats, negative too.
    """

    __slots__ = '_days', '_seconds', '_microseconds', '_hashcode'

    def __new__(cls, days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0,
                weeks=0):
        days += weeks * 7
        seconds += minutes * 60 + hours * 3600
        microseconds += milliseconds * 1000
        # Fractions go down to the next smaller unit, and are rounded once, in the last.
        d, s, fraction = days, 0, 0.0
        if isinstance(days, float):
            day_fraction, whole = _math.modf(days)
            fraction, day_seconds = _math.modf(day_fraction * 86400.0)
            d, s = int(whole), int(day_seconds)
        if isinstance(seconds, float):
            second_fraction, whole = _math.modf(seconds)
            seconds = int(whole)
            fraction += second_fraction
        more_days, seconds = divmod(seconds, 86400)
        d += more_days
        s += int(seconds)
        fraction_us = fraction * 1e6
        if isinstance(microseconds, float):
            us = round(microseconds + fraction_us)
        else:
            whole, us = divmod(int(microseconds), 1000000)
            more_days, whole = divmod(whole, 86400)
            d += more_days
            s += whole
            us = round(us + fraction_us)
        more_seconds, us = divmod(us, 1000000)
        more_days, s = divmod(s + more_seconds, 86400)
        d += more_days
        if abs(d) > 999999999:
            if abs(d) >= 2 ** 31:
                raise OverflowError("Python int too large to convert to C int")
            raise OverflowError(f"days={d}; must have magnitude <= 999999999")
        self = object.__new__(cls)
        self._days = d
        self._seconds = s
        self._microseconds = us
        self._hashcode = -1
        return self

    def __repr__(self):
        parts = [f"{name}={value}" for name, value in (
            ('days', self._days), ('seconds', self._seconds),
            ('microseconds', self._microseconds)) if value]
        return f"{_class_name(self)}({', '.join(parts) or '0'})"

    def __str__(self):
        minutes, seconds = divmod(self._seconds, 60)
        text = f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"
        if self._days:
            text = f"{self._days} day{'' if abs(self._days) == 1 else 's'}, {text}"
        if self._microseconds:
            text += f".{self._microseconds:06d}"
        return text

    def total_seconds(self):
        """Total seconds in the duration."""
        return self._to_microseconds() / 10 ** 6

    @property
    def days(self):
        """days"""
        return self._days

    @property
    def seconds(self):
        """seconds"""
        return self._seconds

    @property
    def microseconds(self):
        """microseconds"""
        return self._microseconds

    def _to_microseconds(self):
        return (self._days * 86400 + self._seconds) * 1000000 + self._microseconds

    def __add__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        return timedelta(self._days + other._days, self._seconds + other._seconds,
                         self._microseconds + other._microseconds)

    __radd__ = __add__

    def __sub__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        return timedelta(self._days - other._days, self._seconds - other._seconds,
                         self._microseconds - other._microseconds)

    def __rsub__(self, other):
        return -self + other if isinstance(other, timedelta) else NotImplemented

    def __neg__(self):
        return timedelta(-self._days, -self._seconds, -self._microseconds)

    def __pos__(self):
        return self

    def __abs__(self):
        return -self if self._days < 0 else self

    def __mul__(self, other):
        if isinstance(other, int):
            return timedelta(self._days * other, self._seconds * other,
                             self._microseconds * other)
        if isinstance(other, float):
            a, b = other.as_integer_ratio()
            return timedelta(0, 0, _divide_and_round(self._to_microseconds() * a, b))
        return NotImplemented

    __rmul__ = __mul__

    def __floordiv__(self, other):
        if isinstance(other, timedelta):
            return self._to_microseconds() // other._to_microseconds()
        if isinstance(other, int):
            return timedelta(0, 0, self._to_microseconds() // other)
        return NotImplemented

    def __truediv__(self, other):
        us = self._to_microseconds()
        if isinstance(other, timedelta):
            return us / other._to_microseconds()
        if isinstance(other, int):
            return timedelta(0, 0, _divide_and_round(us, other))
        if isinstance(other, float):
            a, b = other.as_integer_ratio()
            return timedelta(0, 0, _divide_and_round(b * us, a))
        return NotImplemented

    def __mod__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        return timedelta(0, 0, self._to_microseconds() % other._to_microseconds())

    def __divmod__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        q, r = divmod(self._to_microseconds(), other._to_microseconds())
        return q, timedelta(0, 0, r)

    def __eq__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        return self._getstate() == other._getstate()

    def __le__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        return self._getstate() <= other._getstate()

    def __lt__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        return self._getstate() < other._getstate()

    def __ge__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        return self._getstate() >= other._getstate()

    def __gt__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        return self._getstate() > other._getstate()

    def __hash__(self):
        if self._hashcode == -1:
            self._hashcode = hash(self._getstate())
        return self._hashcode

    def __bool__(self):
        return any(self._getstate())

    def _getstate(self):
        return self._days, self._seconds, self._microseconds

    def __reduce__(self):
        return self.__class__, self._getstate()


timedelta.min = timedelta(-999999999)
timedelta.max = timedelta(days=999999999, hours=23, minutes=59, seconds=59,
                          microseconds=999999)
timedelta.resolution = timedelta(microseconds=1)


class date:
    """A day: date(year, month, day)."""

    __slots__ = '_year', '_month', '_day', '_hashcode'

    def __new__(cls, year, month=None, day=None):
        if (month is None and isinstance(year, (bytes, str)) and len(year) == 4
                and 1 <= ord(year[2:3]) <= 12):
            self = object.__new__(cls)
            self.__setstate(_unpickling_bytes(year, "date"))
        else:
            year, month, day = _check_date_fields(year, month, day)
            self = object.__new__(cls)
            self._year, self._month, self._day = year, month, day
        self._hashcode = -1
        return self

    @classmethod
    def fromtimestamp(cls, t):
        "Construct a date from a POSIX timestamp (like time.time())."
        return cls(*_time.localtime(t)[:3])

    @classmethod
    def today(cls):
        "Construct a date from time.time()."
        return cls.fromtimestamp(_time.time())

    @classmethod
    def fromordinal(cls, n):
        """Construct a date from a proleptic Gregorian ordinal: January 1 of year 1 is day 1."""
        if n < 1:
            raise ValueError("ordinal must be >= 1")
        return cls(*_ord2ymd(n))

    @classmethod
    def fromisoformat(cls, date_string):
        """Construct a date from a string in ISO 8601 format."""
        if not isinstance(date_string, str):
            raise TypeError('fromisoformat: argument must be str')
        if len(date_string) not in (7, 8, 10):
            raise ValueError(f'Invalid isoformat string: {date_string!r}')
        try:
            return cls(*_parse_isoformat_date(date_string))
        except Exception:
            raise ValueError(f'Invalid isoformat string: {date_string!r}')

    @classmethod
    def fromisocalendar(cls, year, week, day):
        """Construct a date from the ISO year, week number and weekday."""
        return cls(*_isoweek_to_gregorian(year, week, day))

    def __repr__(self):
        return f"{_class_name(self)}({self._year}, {self._month}, {self._day})"

    def ctime(self):
        "Return ctime() style string."
        weekday = self.toordinal() % 7 or 7
        return (f"{_DAYNAMES[weekday]} {_MONTHNAMES[self._month]} {self._day:2d} 00:00:00 "
                f"{self._year:04d}")

    def strftime(self, format):
        """Format using strftime(): date.strftime("%d/%m/%Y")"""
        return _wrap_strftime(self, format, self.timetuple())

    def __format__(self, fmt):
        if not isinstance(fmt, str):
            raise TypeError(f"must be str, not {type(fmt).__name__}")
        return self.strftime(fmt) if fmt else str(self)

    def isoformat(self):
        """Return the date formatted according to ISO: YYYY-MM-DD."""
        return f"{self._year:04d}-{self._month:02d}-{self._day:02d}"

    __str__ = isoformat

    @property
    def year(self):
        """year (1-9999)"""
        return self._year

    @property
    def month(self):
        """month (1-12)"""
        return self._month

    @property
    def day(self):
        """day (1-31)"""
        return self._day

    def timetuple(self):
        "Return local time tuple compatible with time.localtime()."
        return _build_struct_time(self._year, self._month, self._day, 0, 0, 0, -1)

    def toordinal(self):
        """Return proleptic Gregorian ordinal for the year, month and day: January 1 of year 1
        is day 1."""
        return _ymd2ord(self._year, self._month, self._day)

    def replace(self, year=None, month=None, day=None):
        """Return a new date with new values for the specified fields."""
        return type(self)(self._year if year is None else year,
                          self._month if month is None else month,
                          self._day if day is None else day)

    def __eq__(self, other):
        return self._cmp(other) == 0 if isinstance(other, date) else NotImplemented

    def __le__(self, other):
        return self._cmp(other) <= 0 if isinstance(other, date) else NotImplemented

    def __lt__(self, other):
        return self._cmp(other) < 0 if isinstance(other, date) else NotImplemented

    def __ge__(self, other):
        return self._cmp(other) >= 0 if isinstance(other, date) else NotImplemented

    def __gt__(self, other):
        return self._cmp(other) > 0 if isinstance(other, date) else NotImplemented

    def _cmp(self, other):
        return _cmp((self._year, self._month, self._day),
                    (other._year, other._month, other._day))

    def __hash__(self):
        "Hash."
        if self._hashcode == -1:
            self._hashcode = hash(self._getstate())
        return self._hashcode

    def __add__(self, other):
        "Add a date to a timedelta."
        if not isinstance(other, timedelta):
            return NotImplemented
        n = self.toordinal() + other.days
        if not 0 < n <= _MAXORDINAL:
            raise OverflowError("date value out of range")
        return type(self).fromordinal(n)

    __radd__ = __add__

    def __sub__(self, other):
        """Subtract two dates, or a date and a timedelta."""
        if isinstance(other, timedelta):
            return self + timedelta(-other.days)
        if isinstance(other, date):
            return timedelta(self.toordinal() - other.toordinal())
        return NotImplemented

    def weekday(self):
        "Return day of the week, where Monday == 0 ... Sunday == 6."
        return (self.toordinal() + 6) % 7

    def isoweekday(self):
        "Return day of the week, where Monday == 1 ... Sunday == 7."
        return self.toordinal() % 7 or 7

    def isocalendar(self):
        """Return a named tuple containing ISO year, week number, and weekday."""
        year = self._year
        today = self.toordinal()
        week, day = divmod(today - _isoweek1monday(year), 7)
        if week < 0:
            year -= 1
            week, day = divmod(today - _isoweek1monday(year), 7)
        elif week >= 52 and today >= _isoweek1monday(year + 1):
            year += 1
            week = 0
        return _IsoCalendarDate(year, week + 1, day + 1)

    def _getstate(self):
        return bytes([*divmod(self._year, 256), self._month, self._day]),

    def __setstate(self, state):
        high, low, self._month, self._day = state
        self._year = high * 256 + low

    def __reduce__(self):
        return self.__class__, self._getstate()


_date_class = date

date.min = date(1, 1, 1)
date.max = date(9999, 12, 31)
date.resolution = timedelta(days=1)


class tzinfo:
    """Abstract base class for time zone info classes.

    Subclasses must override the tzname(), utcoffset() and dst() methods.
    """

    __slots__ = ()

    def tzname(self, dt):
        "datetime -> string name of time zone."
        raise NotImplementedError("tzinfo subclass must override tzname()")

    def utcoffset(self, dt):
        "datetime -> timedelta, positive for east of UTC, negative for west of UTC"
        raise NotImplementedError("tzinfo subclass must override utcoffset()")

    def dst(self, dt):
        """datetime -> DST offset as timedelta, positive for east of UTC."""
        raise NotImplementedError("tzinfo subclass must override dst()")

    def fromutc(self, dt):
        "datetime in UTC -> datetime in local time."
        if not isinstance(dt, datetime):
            raise TypeError("fromutc() requires a datetime argument")
        if dt.tzinfo is not self:
            raise ValueError("dt.tzinfo is not self")
        offset = dt.utcoffset()
        if offset is None:
            raise ValueError("fromutc() requires a non-None utcoffset() result")
        dst = dt.dst()
        if dst is None:
            raise ValueError("fromutc() requires a non-None dst() result")
        # The standard offset does not change; the other part may, at the time it leads to.
        delta = offset - dst
        if delta:
            dt += delta
            dst = dt.dst()
            if dst is None:
                raise ValueError("fromutc(): dt.dst gave inconsistent results; cannot convert")
        return dt + dst

    def __reduce__(self):
        getinitargs = getattr(self, "__getinitargs__", None)
        args = getinitargs() if getinitargs else ()
        return self.__class__, args, self.__getstate__()


class IsoCalendarDate(tuple):
    def __new__(cls, year, week, weekday, /):
        return super().__new__(cls, (year, week, weekday))

    @property
    def year(self):
        return self[0]

    @property
    def week(self):
        return self[1]

    @property
    def weekday(self):
        return self[2]

    def __reduce__(self):
        # As a plain tuple: other versions have no such class.
        return tuple, (tuple(self),)

    def __repr__(self):
        return f'{_class_name(self)}(year={self[0]}, week={self[1]}, weekday={self[2]})'


_IsoCalendarDate = IsoCalendarDate
del IsoCalendarDate
_tzinfo_class = tzinfo


class time:
    """A time of day: time(hour, minute, second, microsecond, tzinfo), all optional.

    `fold` is 1 for the second of two equal times, when clocks are put back.
    """

    __slots__ = ('_hour', '_minute', '_second', '_microsecond', '_tzinfo', '_hashcode',
                 '_fold')

    def __new__(cls, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0):
        if (isinstance(hour, (bytes, str)) and len(hour) == 6
                and ord(hour[0:1]) & 0x7F < 24):
            self = object.__new__(cls)
            self.__setstate(_unpickling_bytes(hour, "time"), minute or None)
            self._hashcode = -1
            return self
        hour, minute, second, microsecond, fold = _check_time_fields(
            hour, minute, second, microsecond, fold)
        _check_tzinfo_arg(tzinfo)
        self = object.__new__(cls)
        self._hour = hour
        self._minute = minute
        self._second = second
        self._microsecond = microsecond
        self._tzinfo = tzinfo
        self._hashcode = -1
        self._fold = fold
        return self

    @property
    def hour(self):
        """hour (0-23)"""
        return self._hour

    @property
    def minute(self):
        """minute (0-59)"""
        return self._minute

    @property
    def second(self):
        """second (0-59)"""
        return self._second

    @property
    def microsecond(self):
        """microsecond (0-999999)"""
        return self._microsecond

    @property
    def tzinfo(self):
        """timezone info object"""
        return self._tzinfo

    @property
    def fold(self):
        return self._fold

    def __eq__(self, other):
        if not isinstance(other, time):
            return NotImplemented
        return self._cmp(other, allow_mixed=True) == 0

    def __le__(self, other):
        return self._cmp(other) <= 0 if isinstance(other, time) else NotImplemented

    def __lt__(self, other):
        return self._cmp(other) < 0 if isinstance(other, time) else NotImplemented

    def __ge__(self, other):
        return self._cmp(other) >= 0 if isinstance(other, time) else NotImplemented

    def __gt__(self, other):
        return self._cmp(other) > 0 if isinstance(other, time) else NotImplemented

    def _fields(self):
        return self._hour, self._minute, self._second, self._microsecond

    def _cmp(self, other, allow_mixed=False):
        own_offset = other_offset = None
        if self._tzinfo is not other._tzinfo:
            own_offset, other_offset = self.utcoffset(), other.utcoffset()
        if own_offset == other_offset:
            return _cmp(self._fields(), other._fields())
        if own_offset is None or other_offset is None:
            if allow_mixed:
                return 2
            raise TypeError("can't compare offset-naive and offset-aware times")

        def in_utc(moment, offset):
            minutes = moment._hour * 60 + moment._minute - offset // timedelta(minutes=1)
            return minutes, moment._second, moment._microsecond
        return _cmp(in_utc(self, own_offset), in_utc(other, other_offset))

    def __hash__(self):
        """Hash."""
        if self._hashcode == -1:
            moment = self.replace(fold=0) if self.fold else self
            offset = moment.utcoffset()
            if not offset:
                self._hashcode = hash(moment._getstate()[0])
            else:
                h, m = divmod(timedelta(hours=self.hour, minutes=self.minute) - offset,
                              timedelta(hours=1))
                m //= timedelta(minutes=1)
                if 0 <= h < 24:
                    self._hashcode = hash(time(h, m, self.second, self.microsecond))
                else:
                    self._hashcode = hash((h, m, self.second, self.microsecond))
        return self._hashcode

    def _tzstr(self):
        return _format_offset(self.utcoffset())

    def __repr__(self):
        text = f"{self._hour}, {self._minute}"
        if self._second or self._microsecond:
            text += f", {self._second}"
        if self._microsecond:
            text += f", {self._microsecond}"
        if self._tzinfo is not None:
            text += f", tzinfo={self._tzinfo!r}"
        if self._fold:
            text += ", fold=1"
        return f"{_class_name(self)}({text})"

    def isoformat(self, timespec='auto'):
        """Return the time formatted according to ISO, as far as timespec says."""
        return _format_time(*self._fields(), timespec) + self._tzstr()

    __str__ = isoformat

    @classmethod
    def fromisoformat(cls, time_string):
        """Construct a time from a string in one of the ISO 8601 formats."""
        if not isinstance(time_string, str):
            raise TypeError('fromisoformat: argument must be str')
        try:
            return cls(*_parse_isoformat_time(time_string.removeprefix('T')))
        except Exception:
            raise ValueError(f'Invalid isoformat string: {time_string!r}')

    def strftime(self, format):
        """Format using strftime(). The date part of the timestamp passed to underlying
        strftime should not be used."""
        # A year that all systems know.
        timetuple = (1900, 1, 1, self._hour, self._minute, self._second, 0, 1, -1)
        return _wrap_strftime(self, format, timetuple)

    def __format__(self, fmt):
        if not isinstance(fmt, str):
            raise TypeError(f"must be str, not {type(fmt).__name__}")
        return self.strftime(fmt) if fmt else str(self)

    def utcoffset(self):
        """Return the timezone offset as timedelta, positive east of UTC (negative west of
        UTC)."""
        if self._tzinfo is None:
            return None
        offset = self._tzinfo.utcoffset(None)
        _check_utc_offset("utcoffset", offset)
        return offset

    def tzname(self):
        """Return the timezone name."""
        if self._tzinfo is None:
            return None
        name = self._tzinfo.tzname(None)
        _check_tzname(name)
        return name

    def dst(self):
        """Return 0 if DST is not in effect, or the DST offset (as timedelta positive eastward)
        if DST is in effect."""
        if self._tzinfo is None:
            return None
        offset = self._tzinfo.dst(None)
        _check_utc_offset("dst", offset)
        return offset

    def replace(self, hour=None, minute=None, second=None, microsecond=None, tzinfo=True, *,
                fold=None):
        """Return a new time with new values for the specified fields."""
        return type(self)(self._hour if hour is None else hour,
                          self._minute if minute is None else minute,
                          self._second if second is None else second,
                          self._microsecond if microsecond is None else microsecond,
                          self._tzinfo if tzinfo is True else tzinfo,
                          fold=self._fold if fold is None else fold)

    def _getstate(self, protocol=3):
        us2, us3 = divmod(self._microsecond, 256)
        us1, us2 = divmod(us2, 256)
        # The hour's highest bit is free.
        hour = self._hour + (128 if self._fold and protocol > 3 else 0)
        state = bytes([hour, self._minute, self._second, us1, us2, us3])
        return (state,) if self._tzinfo is None else (state, self._tzinfo)

    def __setstate(self, state, zone):
        if zone is not None and not isinstance(zone, _tzinfo_class):
            raise TypeError("bad tzinfo state arg")
        hour, self._minute, self._second, us1, us2, us3 = state
        self._fold, self._hour = divmod(hour, 128)
        self._microsecond = (us1 << 8 | us2) << 8 | us3
        self._tzinfo = zone

    def __reduce_ex__(self, protocol):
        return self.__class__, self._getstate(protocol)

    def __reduce__(self):
        return self.__reduce_ex__(2)


_time_class = time

time.min = time(0, 0, 0)
time.max = time(23, 59, 59, 999999)
time.resolution = timedelta(microseconds=1)


class datetime(date):
    """datetime(year, month, day[, hour[, minute[, second[, microsecond[,tzinfo]]]]])

    The year, month and day arguments are required. tzinfo may be None, or an instance of a
    tzinfo subclass. The remaining arguments may be ints.
    """

    __slots__ = time.__slots__

    def __new__(cls, year, month=None, day=None, hour=0, minute=0, second=0, microsecond=0,
                tzinfo=None, *, fold=0):
        if (isinstance(year, (bytes, str)) and len(year) == 10
                and 1 <= ord(year[2:3]) & 0x7F <= 12):
            self = object.__new__(cls)
            self.__setstate(_unpickling_bytes(year, "datetime"), month)
            self._hashcode = -1
            return self
        year, month, day = _check_date_fields(year, month, day)
        hour, minute, second, microsecond, fold = _check_time_fields(
            hour, minute, second, microsecond, fold)
        _check_tzinfo_arg(tzinfo)
        self = object.__new__(cls)
        self._year = year
        self._month = month
        self._day = day
        self._hour = hour
        self._minute = minute
        self._second = second
        self._microsecond = microsecond
        self._tzinfo = tzinfo
        self._hashcode = -1
        self._fold = fold
        return self

    hour = time.hour
    minute = time.minute
    second = time.second
    microsecond = time.microsecond
    tzinfo = time.tzinfo
    fold = time.fold

    @classmethod
    def _fromtimestamp(cls, t, utc, tz):
        fraction, t = _math.modf(t)
        us = round(fraction * 1e6)
        if us >= 1000000:
            t += 1
            us -= 1000000
        elif us < 0:
            t -= 1
            us += 1000000
        converter = _time.gmtime if utc else _time.localtime
        y, m, d, hh, mm, ss, *_ = converter(t)
        # There may be a leap second.
        ss = min(ss, 59)
        result = cls(y, m, d, hh, mm, ss, us, tz)
        if tz is None and not utc:
            # Clocks may have been put back: look whether this time was there before. Time
            # zones change by at most a day.
            max_fold_seconds = 24 * 3600
            if t < max_fold_seconds and sys.platform.startswith("win"):
                return result
            y, m, d, hh, mm, ss = converter(t - max_fold_seconds)[:6]
            earlier = cls(y, m, d, hh, mm, ss, us, tz)
            change = result - earlier - timedelta(0, max_fold_seconds)
            if change.days < 0:
                y, m, d, hh, mm, ss = converter(t + change // timedelta(0, 1))[:6]
                if cls(y, m, d, hh, mm, ss, us, tz) == result:
                    result._fold = 1
        elif tz is not None:
            result = tz.fromutc(result)
        return result

    @classmethod
    def fromtimestamp(cls, timestamp, tz=None):
        """Construct a datetime from a POSIX timestamp (like time.time()).

        A timezone info object may be passed in as well.
        """
        _check_tzinfo_arg(tz)
        return cls._fromtimestamp(timestamp, tz is not None, tz)

    @classmethod
    def utcfromtimestamp(cls, t):
        """Construct a naive UTC datetime from a POSIX timestamp."""
        import warnings
        warnings.warn("datetime.utcfromtimestamp() is deprecated and scheduled for removal in "
                      "a future version. Use timezone-aware objects to represent datetimes in "
                      "UTC: datetime.fromtimestamp(t, datetime.UTC).",
                      DeprecationWarning, stacklevel=2)
        return cls._fromtimestamp(t, True, None)

    @classmethod
    def now(cls, tz=None):
        "Construct a datetime from time.time() and optional time zone info."
        return cls.fromtimestamp(_time.time(), tz)

    @classmethod
    def utcnow(cls):
        "Construct a UTC datetime from time.time()."
        import warnings
        warnings.warn("datetime.utcnow() is deprecated and scheduled for removal in a future "
                      "version. Use timezone-aware objects to represent datetimes in UTC: "
                      "datetime.now(datetime.UTC).",
                      DeprecationWarning, stacklevel=2)
        return cls._fromtimestamp(_time.time(), True, None)

    @classmethod
    def combine(cls, date, time, tzinfo=True):
        "Construct a datetime from a given date and a given time."
        if not isinstance(date, _date_class):
            raise TypeError("date argument must be a date instance")
        if not isinstance(time, _time_class):
            raise TypeError("time argument must be a time instance")
        return cls(date.year, date.month, date.day, time.hour, time.minute, time.second,
                   time.microsecond, time.tzinfo if tzinfo is True else tzinfo,
                   fold=time.fold)

    @classmethod
    def fromisoformat(cls, date_string):
        """Construct a datetime from a string in one of the ISO 8601 formats."""
        if not isinstance(date_string, str):
            raise TypeError('fromisoformat: argument must be str')
        if len(date_string) < 7:
            raise ValueError(f'Invalid isoformat string: {date_string!r}')
        try:
            end = _find_isoformat_datetime_separator(date_string)
            parts = _parse_isoformat_date(date_string[:end])
            # Any character may separate them.
            text = date_string[end + 1:]
            parts += _parse_isoformat_time(text) if text else [0, 0, 0, 0, None]
        except ValueError:
            raise ValueError(f'Invalid isoformat string: {date_string!r}') from None
        return cls(*parts)

    def timetuple(self):
        "Return local time tuple compatible with time.localtime()."
        dst = self.dst()
        return _build_struct_time(self.year, self.month, self.day, self.hour, self.minute,
                                  self.second, -1 if dst is None else 1 if dst else 0)

    def _mktime(self):
        """Give the seconds since the epoch of a local time."""
        epoch = datetime(1970, 1, 1)
        day = 24 * 3600
        t = (self - epoch) // timedelta(0, 1)

        def local(u):
            return (datetime(*_time.localtime(u)[:6]) - epoch) // timedelta(0, 1)

        # Find u with local(u) == t: near t the offset is that of t, or that of a day away.
        a = local(t) - t
        u1 = t - a
        t1 = local(u1)
        if t1 == t:
            # Right, but it may be the other one of two.
            u2 = u1 + (day if self.fold else -day)
            b = local(u2) - u2
            if a == b:
                return u1
        else:
            b = t1 - u1
        u2 = t - b
        if local(u2) == t:
            return u2
        if t1 == t:
            return u1
        # A time that was left out.
        return (min if self.fold else max)(u1, u2)

    def timestamp(self):
        "Return POSIX timestamp as float"
        if self._tzinfo is None:
            return self._mktime() + self.microsecond / 1e6
        return (self - _EPOCH).total_seconds()

    def utctimetuple(self):
        "Return UTC time tuple compatible with time.gmtime()."
        offset = self.utcoffset()
        moment = self - offset if offset else self
        return _build_struct_time(moment.year, moment.month, moment.day, moment.hour,
                                  moment.minute, moment.second, 0)

    def date(self):
        "Return the date part."
        return _date_class(self._year, self._month, self._day)

    def time(self):
        "Return the time part, with tzinfo None."
        return _time_class(self.hour, self.minute, self.second, self.microsecond,
                           fold=self.fold)

    def timetz(self):
        "Return the time part, with same tzinfo."
        return _time_class(self.hour, self.minute, self.second, self.microsecond,
                           self._tzinfo, fold=self.fold)

    def replace(self, year=None, month=None, day=None, hour=None, minute=None, second=None,
                microsecond=None, tzinfo=True, *, fold=None):
        """Return a new datetime with new values for the specified fields."""
        return type(self)(self.year if year is None else year,
                          self.month if month is None else month,
                          self.day if day is None else day,
                          self.hour if hour is None else hour,
                          self.minute if minute is None else minute,
                          self.second if second is None else second,
                          self.microsecond if microsecond is None else microsecond,
                          self.tzinfo if tzinfo is True else tzinfo,
                          fold=self.fold if fold is None else fold)

    def _local_timezone(self):
        if self.tzinfo is None:
            seconds = self._mktime()
            # A time that was left out, or was there twice, has another reading.
            other = self.replace(fold=1 - self.fold)._mktime()
            if other != seconds and (other > seconds) == bool(self.fold):
                seconds = other
        else:
            seconds = (self - _EPOCH) // timedelta(seconds=1)
        local = _time.localtime(seconds)
        return timezone(timedelta(seconds=local.tm_gmtoff), local.tm_zone)

    def astimezone(self, tz=None):
        """Convert to local time in new timezone tz, by default that of the system."""
        if tz is None:
            tz = self._local_timezone()
        elif not isinstance(tz, tzinfo):
            raise TypeError("tz argument must be an instance of tzinfo")
        own = self.tzinfo
        offset = None
        if own is not None:
            if tz is own:
                return self
            offset = own.utcoffset(self)
            if offset is not None:
                _check_utc_offset("utcoffset", offset)
        if offset is None:
            # Naive, or as good as.
            own = self.replace(tzinfo=None)._local_timezone()
            if tz is own:
                return self
            offset = own.utcoffset(self)
        return tz.fromutc((self - offset).replace(tzinfo=tz))

    def ctime(self):
        "Return ctime() style string."
        weekday = self.toordinal() % 7 or 7
        return (f"{_DAYNAMES[weekday]} {_MONTHNAMES[self._month]} {self._day:2d} "
                f"{self._hour:02d}:{self._minute:02d}:{self._second:02d} {self._year:04d}")

    def isoformat(self, sep='T', timespec='auto'):
        """Return the time formatted according to ISO, with `sep` between date and time, and as
        far as timespec says."""
        clock = _format_time(self._hour, self._minute, self._second, self._microsecond,
                             timespec)
        if not isinstance(sep, str) or len(sep) != 1:
            raise TypeError(f"isoformat() argument 1 must be a unicode character, not "
                            f"{type(sep).__name__}")
        return (f"{self._year:04d}-{self._month:02d}-{self._day:02d}{sep}{clock}"
                f"{_format_offset(self.utcoffset())}")

    def __repr__(self):
        """Convert to formal string, for repr()."""
        fields = [self._year, self._month, self._day, self._hour, self._minute, self._second,
                  self._microsecond]
        for _ in range(2):
            if fields[-1] == 0:
                del fields[-1]
            else:
                break
        text = ", ".join(map(str, fields))
        if self._tzinfo is not None:
            text += f", tzinfo={self._tzinfo!r}"
        if self._fold:
            text += ", fold=1"
        return f"{_class_name(self)}({text})"

    def __str__(self):
        "Convert to string, for str()."
        return self.isoformat(sep=' ')

    @classmethod
    def strptime(cls, date_string, format):
        'string, format -> new datetime parsed from a string (like time.strptime()).'
        import _strptime
        return _strptime._strptime_datetime(cls, date_string, format)

    def utcoffset(self):
        """Return the timezone offset as timedelta positive east of UTC (negative west of
        UTC)."""
        if self._tzinfo is None:
            return None
        offset = self._tzinfo.utcoffset(self)
        _check_utc_offset("utcoffset", offset)
        return offset

    def tzname(self):
        """Return the timezone name."""
        if self._tzinfo is None:
            return None
        name = self._tzinfo.tzname(self)
        _check_tzname(name)
        return name

    def dst(self):
        """Return 0 if DST is not in effect, or the DST offset (as timedelta positive eastward)
        if DST is in effect."""
        if self._tzinfo is None:
            return None
        offset = self._tzinfo.dst(self)
        _check_utc_offset("dst", offset)
        return offset

    def __eq__(self, other):
        if isinstance(other, datetime):
            return self._cmp(other, allow_mixed=True) == 0
        return False if isinstance(other, date) else NotImplemented

    def _compare(self, other):
        if isinstance(other, datetime):
            return self._cmp(other)
        if not isinstance(other, date):
            return None
        _cmperror(self, other)

    def __le__(self, other):
        result = self._compare(other)
        return NotImplemented if result is None else result <= 0

    def __lt__(self, other):
        result = self._compare(other)
        return NotImplemented if result is None else result < 0

    def __ge__(self, other):
        result = self._compare(other)
        return NotImplemented if result is None else result >= 0

    def __gt__(self, other):
        result = self._compare(other)
        return NotImplemented if result is None else result > 0

    def _fields(self):
        return (self._year, self._month, self._day, self._hour, self._minute, self._second,
                self._microsecond)

    def _cmp(self, other, allow_mixed=False):
        own_offset = other_offset = None
        same_zone = self._tzinfo is other._tzinfo
        if not same_zone:
            own_offset, other_offset = self.utcoffset(), other.utcoffset()
            # A time whose offset depends on fold equals none in another zone.
            if allow_mixed:
                for moment, offset in (self, own_offset), (other, other_offset):
                    if offset != moment.replace(fold=not moment.fold).utcoffset():
                        return 2
        if own_offset == other_offset:
            return _cmp(self._fields(), other._fields())
        if own_offset is None or other_offset is None:
            if allow_mixed:
                return 2
            raise TypeError("can't compare offset-naive and offset-aware datetimes")
        difference = self - other
        if difference.days < 0:
            return -1
        return 1 if difference else 0

    def __add__(self, other):
        "Add a datetime and a timedelta."
        if not isinstance(other, timedelta):
            return NotImplemented
        delta = timedelta(self.toordinal(), hours=self._hour, minutes=self._minute,
                          seconds=self._second, microseconds=self._microsecond) + other
        if not 0 < delta.days <= _MAXORDINAL:
            raise OverflowError("date value out of range")
        minutes, second = divmod(delta.seconds, 60)
        hour, minute = divmod(minutes, 60)
        return type(self).combine(
            _date_class.fromordinal(delta.days),
            _time_class(hour, minute, second, delta.microseconds, tzinfo=self._tzinfo))

    __radd__ = __add__

    def __sub__(self, other):
        "Subtract two datetimes, or a datetime and a timedelta."
        if not isinstance(other, datetime):
            if isinstance(other, timedelta):
                return self + -other
            return NotImplemented

        def seconds(moment):
            return moment._second + moment._minute * 60 + moment._hour * 3600

        base = timedelta(self.toordinal() - other.toordinal(), seconds(self) - seconds(other),
                         self._microsecond - other._microsecond)
        if self._tzinfo is other._tzinfo:
            return base
        own_offset, other_offset = self.utcoffset(), other.utcoffset()
        if own_offset == other_offset:
            return base
        if own_offset is None or other_offset is None:
            raise TypeError("can't subtract offset-naive and offset-aware datetimes")
        return base + other_offset - own_offset

    def __hash__(self):
        if self._hashcode == -1:
            moment = self.replace(fold=0) if self.fold else self
            offset = moment.utcoffset()
            if offset is None:
                self._hashcode = hash(moment._getstate()[0])
            else:
                days = self.toordinal()
                seconds = self.hour * 3600 + self.minute * 60 + self.second
                self._hashcode = hash(timedelta(days, seconds, self.microsecond) - offset)
        return self._hashcode

    def _getstate(self, protocol=3):
        us2, us3 = divmod(self._microsecond, 256)
        us1, us2 = divmod(us2, 256)
        # The month's highest bit is free.
        month = self._month + (128 if self._fold and protocol > 3 else 0)
        state = bytes([*divmod(self._year, 256), month, self._day, self._hour, self._minute,
                       self._second, us1, us2, us3])
        return (state,) if self._tzinfo is None else (state, self._tzinfo)

    def __setstate(self, state, zone):
        if zone is not None and not isinstance(zone, _tzinfo_class):
            raise TypeError("bad tzinfo state arg")
        (high, low, month, self._day, self._hour, self._minute, self._second, us1, us2,
         us3) = state
        self._fold, self._month = divmod(month, 128)
        self._year = high * 256 + low
        self._microsecond = (us1 << 8 | us2) << 8 | us3
        self._tzinfo = zone

    def __reduce_ex__(self, protocol):
        return self.__class__, self._getstate(protocol)

    def __reduce__(self):
        return self.__reduce_ex__(2)


datetime.min = datetime(1, 1, 1)
datetime.max = datetime(9999, 12, 31, 23, 59, 59, 999999)
datetime.resolution = timedelta(microseconds=1)


class timezone(tzinfo):
    """Fixed offset from UTC implementation of tzinfo."""

    __slots__ = '_offset', '_name'

    _Omitted = object()

    def __new__(cls, offset, name=_Omitted):
        if not isinstance(offset, timedelta):
            raise TypeError("offset must be a timedelta")
        if name is cls._Omitted:
            if not offset:
                return cls.utc
            name = None
        elif not isinstance(name, str):
            raise TypeError("name must be a string")
        if not cls._minoffset <= offset <= cls._maxoffset:
            raise ValueError("offset must be a timedelta strictly between "
                             f"-timedelta(hours=24) and timedelta(hours=24), not {offset!r}.")
        return cls._create(offset, name)

    def __init_subclass__(cls):
        raise TypeError("type 'datetime.timezone' is not an acceptable base type")

    @classmethod
    def _create(cls, offset, name=None):
        self = tzinfo.__new__(cls)
        self._offset = offset
        self._name = name
        return self

    def __getinitargs__(self):
        """pickle support"""
        return (self._offset,) if self._name is None else (self._offset, self._name)

    def __eq__(self, other):
        return self._offset == other._offset if isinstance(other, timezone) else NotImplemented

    def __hash__(self):
        return hash(self._offset)

    def __repr__(self):
        """Convert to formal string, for repr()."""
        if self is self.utc:
            return 'datetime.timezone.utc'
        args = repr(self._offset) + ('' if self._name is None else f', {self._name!r}')
        return f"{_class_name(self)}({args})"

    def __str__(self):
        return self.tzname(None)

    def _check(self, dt, name):
        if not isinstance(dt, datetime) and dt is not None:
            raise TypeError(f"{name}() argument must be a datetime instance or None")

    def utcoffset(self, dt):
        self._check(dt, "utcoffset")
        return self._offset

    def tzname(self, dt):
        self._check(dt, "tzname")
        return self._name_from_offset(self._offset) if self._name is None else self._name

    def dst(self, dt):
        self._check(dt, "dst")
        return None

    def fromutc(self, dt):
        if not isinstance(dt, datetime):
            raise TypeError("fromutc() argument must be a datetime instance or None")
        if dt.tzinfo is not self:
            raise ValueError("fromutc: dt.tzinfo is not self")
        return dt + self._offset

    _maxoffset = timedelta(hours=24, microseconds=-1)
    _minoffset = -_maxoffset

    @staticmethod
    def _name_from_offset(delta):
        return f'UTC{_format_offset(delta)}' if delta else 'UTC'


UTC = timezone.utc = timezone._create(timedelta(0))
timezone.min = timezone._create(-timedelta(hours=23, minutes=59))
timezone.max = timezone._create(timedelta(hours=23, minutes=59))
_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
