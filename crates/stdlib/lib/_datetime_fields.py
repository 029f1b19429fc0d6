"""What dates and times are made of, without the classes: days, fields, texts.

Days are counted from 1 January of year 1 in the calendar of today, extended both ways.
"""

import time as _time
from _dates import ordinal as _ymd2ord
from operator import index as _index

MINYEAR = 1
MAXYEAR = 9999
_MAXORDINAL = 3652059

_DAYS_IN_MONTH = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_DAYS_BEFORE_MONTH = (0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)
_MONTHNAMES = (None, "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct",
               "Nov", "Dec")
_DAYNAMES = (None, "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def _refuse_missing(year, month):
    """The error for a date without a day."""
    missing = 1 if year is None else 2 if month is None else 3
    name = ("year", "month", "day")[missing - 1]
    raise TypeError(f"function missing required argument '{name}' (pos {missing})")


def _type_name(value):
    """What an argument is, as errors of native functions say."""
    return "None" if value is None else type(value).__name__


_DI4Y = 4 * 365 + 1
_DI100Y = 25 * _DI4Y - 1
_DI400Y = 4 * _DI100Y + 1


def _cmp(x, y):
    return (x > y) - (x < y)


def _class_name(obj):
    """Give the name that a repr begins with: derived classes have no module there."""
    cls = obj.__class__
    own = cls.__module__ in ("datetime", "_pydatetime")
    return f"datetime.{cls.__qualname__}" if own else cls.__name__


def _is_leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _days_before_year(year):
    y = year - 1
    return y * 365 + y // 4 - y // 100 + y // 400


def _days_in_month(year, month):
    return 29 if month == 2 and _is_leap(year) else _DAYS_IN_MONTH[month]


def _days_before_month(year, month):
    return _DAYS_BEFORE_MONTH[month] + (month > 2 and _is_leap(year))


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


_TWO_DIGITS = tuple(f"{n:02d}" for n in range(60))


def _format_time(hh, mm, ss, us, timespec='auto'):
    if timespec == 'auto':
        text = f'{_TWO_DIGITS[hh]}:{_TWO_DIGITS[mm]}:{_TWO_DIGITS[ss]}'
        return f'{text}.{us:06d}' if us else text
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


def _number(text):
    """Give the number that some digits are; int() would take signs and blanks as well."""
    if not (text.isascii() and text.isdigit()):
        raise ValueError("not a number")
    return int(text)


def _parse_isoformat_date(dtstr):
    year = _number(dtstr[0:4])
    has_sep = dtstr[4] == '-'
    pos = 4 + has_sep

    def check_separator():
        nonlocal pos
        if (dtstr[pos:pos + 1] == '-') != has_sep:
            raise ValueError("Inconsistent use of dash separator")
        pos += has_sep

    if dtstr[pos:pos + 1] == "W":
        week = _number(dtstr[pos + 1:pos + 3])
        pos += 3
        day = 1
        if len(dtstr) > pos:
            check_separator()
            day = _number(dtstr[pos:pos + 1])
        return list(_isoweek_to_gregorian(year, week, day))
    month = _number(dtstr[pos:pos + 2])
    pos += 2
    check_separator()
    return [year, month, _number(dtstr[pos:pos + 2])]


def _parse_hh_mm_ss_ff(tstr):
    size = len(tstr)
    parts = [0, 0, 0, 0]
    pos = 0
    has_sep = False
    for part in range(3):
        if size - pos < 2:
            raise ValueError("Incomplete time component")
        parts[part] = _number(tstr[pos:pos + 2])
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
        parts[3] = _number(digits[:6]) * 10 ** max(6 - len(digits), 0)
        if not all(map(_is_ascii_digit, digits[6:])):
            raise ValueError("Non-digit values in unparsed fraction")
    return parts


def _isoweek1monday(year):
    """Give the number of the Monday of ISO week 1: the week with 4 January."""
    first = _ymd2ord(year, 1, 1)
    weekday = (first + 6) % 7
    return first - weekday + (7 if weekday > 3 else 0)


def _isoweek_to_gregorian(year, week, day):
    year, week, day = _index(year), _index(week), _index(day)
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


def _parse_isoformat_time(tstr):
    """Give hour, minute, second and microsecond of an ISO text, and its offset from UTC in
    microseconds or None."""
    if len(tstr) < 2:
        raise ValueError("Isoformat time too short")
    at = next((at for at in map(tstr.find, '-+Z') if at >= 0), None)
    parts = _parse_hh_mm_ss_ff(tstr[:at])
    if at is None:
        return parts, None
    text = tstr[at + 1:]
    if tstr[at] == 'Z' and not text:
        return parts, 0
    if len(text) in (0, 1, 3):
        raise ValueError("Malformed time zone string")
    hours, minutes, seconds, microseconds = _parse_hh_mm_ss_ff(text)
    offset = ((hours * 60 + minutes) * 60 + seconds) * 1000000 + microseconds
    return parts, -offset if tstr[at] == '-' else offset


def _iso_text(text, shortest=0):
    """Check the argument of a fromisoformat()."""
    if not isinstance(text, str):
        raise TypeError('fromisoformat: argument must be str')
    if len(text) < shortest:
        raise _not_iso(text)
    return text


def _not_iso(text):
    return ValueError(f'Invalid isoformat string: {text!r}')
