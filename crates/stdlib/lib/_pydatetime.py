"""Dates and times: what `datetime` gives.

Times with a tzinfo are compared and subtracted as UTC.  Each class keeps its fields in slots, and
its hash once that is asked for.  Durations are in `_timedelta`; what does not need the classes is
in `_datetime_fields`.
"""

__all__ = ("date", "datetime", "time", "timedelta", "timezone", "tzinfo", "MINYEAR", "MAXYEAR",
           "UTC")
__name__ = "datetime"

import sys
import time as _time
import math as _math
import _calendar_date
from _dates import clock_fields as _clock_fields, iso_fields as _iso_fields
from _library import leave_untracked as _leave_untracked

from _calendar_date import _IsoCalendarDate, _date_class, date
from _datetime_fields import (
    MAXYEAR, MINYEAR, _DAYNAMES, _MAXORDINAL, _MONTHNAMES, _TWO_DIGITS, _build_struct_time,
    _check_date_fields, _check_time_fields, _class_name, _cmp, _cmperror, _divide_and_round,
    _find_isoformat_datetime_separator, _format_offset, _format_time, _iso_text,
    _isoweek1monday, _isoweek_to_gregorian, _not_iso, _ord2ymd, _parse_isoformat_date,
    _parse_isoformat_time, _refuse_missing, _type_name, _unpickling_bytes, _wrap_strftime,
    _ymd2ord)
from _timedelta import timedelta


_EPOCH_DAY = _ymd2ord(1970, 1, 1)


def _local_offset(seconds):
    """Give the offset of local time from UTC, in seconds, at a time as time.time() counts it."""
    known = _clock_fields(seconds, True)
    if known is not None:
        return known[0]
    local = _time.localtime(seconds)
    if not MINYEAR <= local.tm_year <= MAXYEAR:
        raise ValueError(f"year {local.tm_year} is out of range")
    return local.tm_gmtoff


def _check_tzinfo_arg(tz):
    if tz is not None and not isinstance(tz, tzinfo):
        raise TypeError("tzinfo argument must be None or of a tzinfo subclass, "
                        f"not type '{type(tz).__name__}'")


def _checked_offset(method, offset):
    """Give what the method of a tzinfo answered, if it may answer that."""
    if offset is None:
        return None
    if not isinstance(offset, timedelta):
        raise TypeError(f"tzinfo.{method}() must return None or timedelta, "
                        f"not '{type(offset)}'")
    if not timezone._minoffset <= offset <= timezone._maxoffset:
        raise ValueError(f"{method}()={offset}, must be strictly between "
                         "-timedelta(hours=24) and timedelta(hours=24)")
    return offset


def _checked_name(name):
    if name is None or isinstance(name, str):
        return name
    raise TypeError(f"tzinfo.tzname() must return None or string, not '{type(name)}'")


def _parse_iso_time(text):
    """Give hour, minute, second, microsecond and tzinfo of an ISO text."""
    fields, offset = _parse_isoformat_time(text)
    if offset is None:
        zone = None
    else:
        zone = timezone(timedelta(microseconds=offset)) if offset else timezone.utc
    return *fields, zone


class tzinfo:
    """A time zone; subclasses define utcoffset(), dst() and tzname()."""

    __slots__ = ()

    def __new__(cls, *args, **kwargs):
        # What is given is for __init__ of subclasses.
        return object.__new__(cls)

    def tzname(self, dt):
        """The name of the zone at a local datetime."""
        raise NotImplementedError("tzinfo subclass must override tzname()")

    def utcoffset(self, dt):
        """What is added to UTC at a local datetime, as a timedelta."""
        raise NotImplementedError("tzinfo subclass must override utcoffset()")

    def dst(self, dt):
        """How much of the offset is due to summer time, as a timedelta."""
        raise NotImplementedError("tzinfo subclass must override dst()")

    def fromutc(self, dt):
        """The local datetime of one in UTC; that has this zone as tzinfo already."""
        if not isinstance(dt, datetime):
            raise TypeError("fromutc() requires a datetime argument")
        if dt.tzinfo is not self:
            raise ValueError("dt.tzinfo is not self")
        offset = self._required(dt.utcoffset(), "utcoffset")
        standard = offset - self._required(dt.dst(), "dst")
        if not standard:
            return dt + offset
        # The standard offset does not change; the other part may, at the time it leads to.
        dt += standard
        dst = dt.dst()
        if dst is None:
            raise ValueError("fromutc(): dt.dst gave inconsistent results; cannot convert")
        return dt + dst

    @staticmethod
    def _required(answer, method):
        if answer is None:
            raise ValueError(f"fromutc() requires a non-None {method}() result")
        return answer

    def __reduce__(self):
        getinitargs = getattr(self, "__getinitargs__", None)
        args = getinitargs() if getinitargs else ()
        return self.__class__, args, self.__getstate__()


_tzinfo_class = tzinfo


class time:
    """A time of day: time(hour, minute, second, microsecond, tzinfo), all optional.

    `fold` is 1 for the second of two equal times, when clocks are put back.
    """

    __slots__ = ('_hour', '_minute', '_second', '_microsecond', '_tzinfo', '_hashcode',
                 '_fold')

    def __new__(cls, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0):
        self = object.__new__(cls)
        self._hashcode = -1
        if isinstance(hour, (bytes, str)) and len(hour) == 6 and ord(hour[0:1]) & 0x7F < 24:
            self.__setstate(_unpickling_bytes(hour, "time"), minute or None)
        else:
            self._hour, self._minute, self._second, self._microsecond, self._fold = \
                _check_time_fields(hour, minute, second, microsecond, fold)
            _check_tzinfo_arg(tzinfo)
            self._tzinfo = tzinfo
        return self

    @property
    def hour(self):
        """The hour, 0 to 23."""
        return self._hour

    @property
    def minute(self):
        """The minute, 0 to 59."""
        return self._minute

    @property
    def second(self):
        """The second, 0 to 59."""
        return self._second

    @property
    def microsecond(self):
        """The microsecond, 0 to 999999."""
        return self._microsecond

    @property
    def tzinfo(self):
        """The time zone or None."""
        return self._tzinfo

    @property
    def fold(self):
        """1 for the second of two times with equal fields, else 0."""
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
        if self._hashcode == -1:
            self._hashcode = self._make_hash()
        return self._hashcode

    def _make_hash(self):
        """Give times that are equal in UTC the same hash."""
        moment = self.replace(fold=0) if self.fold else self
        offset = moment.utcoffset()
        if not offset:
            return hash(moment._getstate()[0])
        in_utc = timedelta(hours=self.hour, minutes=self.minute) - offset
        hour, rest = divmod(in_utc, timedelta(hours=1))
        fields = hour, rest // timedelta(minutes=1), self.second, self.microsecond
        # Elsewhere it may be another day, which no time can be in.
        return hash(time(*fields) if 0 <= hour < 24 else fields)

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
        """The time as HH:MM:SS.ffffff+HH:MM, as far as it has that or `timespec` says."""
        return _format_time(*self._fields(), timespec) + self._tzstr()

    __str__ = isoformat

    @classmethod
    def fromisoformat(cls, time_string):
        """The time that a text such as 12:30, T123045.5 or 12:30+01:00 names."""
        text = _iso_text(time_string)
        try:
            return cls(*_parse_iso_time(text.removeprefix('T')))
        except Exception:
            raise _not_iso(text)

    def strftime(self, format):
        """The time as a format like `%H:%M` tells; what asks for a date gets 1 January 1900."""
        # A year that all systems know.
        timetuple = (1900, 1, 1, self._hour, self._minute, self._second, 0, 1, -1)
        return _wrap_strftime(self, format, timetuple)

    def __format__(self, fmt):
        if not isinstance(fmt, str):
            raise TypeError(f"must be str, not {type(fmt).__name__}")
        return self.strftime(fmt) if fmt else str(self)

    def utcoffset(self):
        """The zone's offset from UTC, positive to the east; None without a zone."""
        if self._tzinfo is not None:
            return _checked_offset("utcoffset", self._tzinfo.utcoffset(None))

    def tzname(self):
        """The zone's name, or None."""
        if self._tzinfo is not None:
            return _checked_name(self._tzinfo.tzname(None))

    def dst(self):
        """How much of the offset is due to summer time, or None."""
        if self._tzinfo is not None:
            return _checked_offset("dst", self._tzinfo.dst(None))

    def replace(self, hour=None, minute=None, second=None, microsecond=None, tzinfo=True, *,
                fold=None):
        """The same time but for the given fields."""
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
    """A day and a time of it: datetime(year, month, day), and then as for time."""

    __slots__ = time.__slots__

    def __new__(cls, year=None, month=None, day=None, hour=0, minute=0, second=0, microsecond=0,
                tzinfo=None, *, fold=0):
        self = object.__new__(cls)
        self._hashcode = -1
        if (isinstance(year, (bytes, str)) and len(year) == 10
                and 1 <= ord(year[2:3]) & 0x7F <= 12):
            self.__setstate(_unpickling_bytes(year, "datetime"), month)
        else:
            if day is None:
                _refuse_missing(year, month)
            self._year, self._month, self._day = _check_date_fields(year, month, day)
            self._hour, self._minute, self._second, self._microsecond, self._fold = \
                _check_time_fields(hour, minute, second, microsecond, fold)
            _check_tzinfo_arg(tzinfo)
            self._tzinfo = tzinfo
        return self

    hour = time.hour
    minute = time.minute
    second = time.second
    microsecond = time.microsecond
    tzinfo = time.tzinfo
    fold = time.fold

    @classmethod
    def _fromtimestamp(cls, t, utc, tz):
        fraction, whole = _math.modf(t)
        if whole != whole:
            raise ValueError("Invalid value NaN (not a number)")
        if _math.isinf(whole):
            raise OverflowError("timestamp out of range for platform time_t")
        more, us = divmod(round(fraction * 1e6), 1000000)
        seconds = int(whole) + more
        read_clock = _time.gmtime if utc else _time.localtime

        def at(seconds):
            *day_and_hour, second = read_clock(seconds)[:6]
            # There may be a leap second.
            return cls(*day_and_hour, min(second, 59), us, tz)

        known = _clock_fields(seconds, not utc)
        result = at(seconds) if known is None else cls(*known[1:], us, tz)
        if tz is not None:
            return tz.fromutc(result)
        # Only where clocks were put back within a day there can have been the same time.
        if (not utc and _local_offset(seconds - 24 * 3600) > _local_offset(seconds)
                and cls._was_there_before(result, seconds, at)):
            result._fold = 1
        return result

    @staticmethod
    def _was_there_before(moment, seconds, at):
        """Tell whether clocks had shown this local time already when they were put back."""
        # Time zones change by at most a day.
        day = 24 * 3600
        if seconds < day and sys.platform.startswith("win"):
            return False
        change = moment - at(seconds - day) - timedelta(0, day)
        return change.days < 0 and at(seconds + change // timedelta(0, 1)) == moment

    @classmethod
    def fromtimestamp(cls, timestamp, tz=None):
        """The datetime of a time as time.time() counts it: local, or in a zone."""
        _check_tzinfo_arg(tz)
        return cls._fromtimestamp(timestamp, tz is not None, tz)

    @classmethod
    def utcfromtimestamp(cls, t):
        """The datetime in UTC, without a tzinfo, of a time as time.time() counts it."""
        import warnings
        warnings.warn("datetime.utcfromtimestamp() is deprecated and scheduled for removal in "
                      "a future version. Use timezone-aware objects to represent datetimes in "
                      "UTC: datetime.fromtimestamp(t, datetime.UTC).",
                      DeprecationWarning, stacklevel=2)
        return cls._fromtimestamp(t, True, None)

    @classmethod
    def now(cls, tz=None):
        """The current datetime: local, or in a zone."""
        return cls.fromtimestamp(_time.time(), tz)

    @classmethod
    def utcnow(cls):
        """The current datetime in UTC, without a tzinfo."""
        import warnings
        warnings.warn("datetime.utcnow() is deprecated and scheduled for removal in a future "
                      "version. Use timezone-aware objects to represent datetimes in UTC: "
                      "datetime.now(datetime.UTC).",
                      DeprecationWarning, stacklevel=2)
        return cls._fromtimestamp(_time.time(), True, None)

    @classmethod
    def combine(cls, date, time, tzinfo=True):
        """A day and a time in one; `tzinfo` takes the place of the time's."""
        for part, wanted, name in (date, _date_class, "date"), (time, _time_class, "time"):
            if not isinstance(part, wanted):
                raise TypeError(f"{name} argument must be a {name} instance")
        zone = time.tzinfo if tzinfo is True else tzinfo
        return cls(date.year, date.month, date.day, time.hour, time.minute, time.second,
                   time.microsecond, zone, fold=time.fold)

    @classmethod
    def fromisoformat(cls, date_string):
        """The datetime that a text such as 2024-02-29T12:30+01:00 names; any character may stand
        for the T, and the time may be left out."""
        text = _iso_text(date_string, 7)
        known = _iso_fields(text)
        if known is not None:
            return cls(*known)
        try:
            end = _find_isoformat_datetime_separator(text)
            fields = _parse_isoformat_date(text[:end])
            if len(text) > end + 1:
                fields.extend(_parse_iso_time(text[end + 1:]))
        except ValueError:
            raise _not_iso(text) from None
        return cls(*fields)

    def timetuple(self):
        """A time.struct_time of the fields."""
        dst = self.dst()
        return _build_struct_time(self.year, self.month, self.day, self.hour, self.minute,
                                  self.second, -1 if dst is None else 1 if dst else 0)

    def _mktime(self):
        """Give the seconds since the epoch of a local time."""
        day = 24 * 3600
        t = (((_ymd2ord(self._year, self._month, self._day) - _EPOCH_DAY) * 24 + self._hour) * 60
             + self._minute) * 60 + self._second

        def local(u):
            return u + _local_offset(u)

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
        """The time as time.time() counts it; without a tzinfo the datetime is local."""
        if self._tzinfo is None:
            return self._mktime() + self.microsecond / 1e6
        return (self - _EPOCH).total_seconds()

    def utctimetuple(self):
        """A time.struct_time of the datetime in UTC."""
        offset = self.utcoffset()
        moment = self - offset if offset else self
        return _build_struct_time(moment.year, moment.month, moment.day, moment.hour,
                                  moment.minute, moment.second, 0)

    def date(self):
        """The day."""
        return _date_class(self._year, self._month, self._day)

    def time(self):
        """The time of the day without a tzinfo."""
        return _time_class(self.hour, self.minute, self.second, self.microsecond,
                           fold=self.fold)

    def timetz(self):
        """The time of the day with the tzinfo."""
        return _time_class(self.hour, self.minute, self.second, self.microsecond,
                           self._tzinfo, fold=self.fold)

    def replace(self, year=None, month=None, day=None, hour=None, minute=None, second=None,
                microsecond=None, tzinfo=True, *, fold=None):
        """The same datetime but for the given fields."""
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
        """The same moment in another zone, by default the system's; without a tzinfo it is
        local."""
        if tz is None:
            tz = self._local_timezone()
        elif not isinstance(tz, tzinfo):
            raise TypeError("tz argument must be an instance of tzinfo")
        own, offset = self.tzinfo, None
        if own is not None:
            if tz is own:
                return self
            offset = _checked_offset("utcoffset", own.utcoffset(self))
        if offset is None:
            # Naive, or as good as.
            own = self.replace(tzinfo=None)._local_timezone()
            if tz is own:
                return self
            offset = own.utcoffset(self)
        return tz.fromutc((self - offset).replace(tzinfo=tz))

    def ctime(self):
        """A text like `Thu Feb 29 12:30:45 2024`."""
        weekday = self.toordinal() % 7 or 7
        return (f"{_DAYNAMES[weekday]} {_MONTHNAMES[self._month]} {self._day:2d} "
                f"{self._hour:02d}:{self._minute:02d}:{self._second:02d} {self._year:04d}")

    def isoformat(self, sep='T', timespec='auto'):
        """Day and time as ISO writes them, with `sep` between them; see date and time."""
        clock = _format_time(self._hour, self._minute, self._second, self._microsecond,
                             timespec)
        if not isinstance(sep, str) or len(sep) != 1:
            raise TypeError(f"isoformat() argument 1 must be a unicode character, not "
                            f"{type(sep).__name__}")
        zone = "" if self._tzinfo is None else _format_offset(self.utcoffset())
        return (f"{self._year:04d}-{_TWO_DIGITS[self._month]}-{_TWO_DIGITS[self._day]}{sep}{clock}"
                f"{zone}")

    def __repr__(self):
        fields = [*self._fields()]
        # Seconds and microseconds only where there are some.
        while len(fields) > 5 and not fields[-1]:
            fields.pop()
        if self._fold:
            fields.append("fold=1")
        if self._tzinfo is not None:
            fields.append(f"tzinfo={self._tzinfo!r}")
        return f"{_class_name(self)}({', '.join(map(str, fields))})"

    def __str__(self):
        return self.isoformat(' ')

    @classmethod
    def strptime(cls, date_string, format):
        """The datetime that a text shows in a format; see time.strptime()."""
        import _strptime
        return _strptime._strptime_datetime(cls, date_string, format)

    def utcoffset(self):
        """The zone's offset from UTC, positive to the east; None without a zone."""
        if self._tzinfo is not None:
            return _checked_offset("utcoffset", self._tzinfo.utcoffset(self))

    def tzname(self):
        """The zone's name, or None."""
        if self._tzinfo is not None:
            return _checked_name(self._tzinfo.tzname(self))

    def dst(self):
        """How much of the offset is due to summer time, or None."""
        if self._tzinfo is not None:
            return _checked_offset("dst", self._tzinfo.dst(self))

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
        if not isinstance(other, timedelta):
            return NotImplemented
        return self._moved(other, 1)

    def _moved(self, delta, sign):
        """Give the moment later by the duration, or earlier if the sign is -1."""
        us = self._microsecond + sign * delta._microseconds
        seconds = ((self._hour * 60 + self._minute) * 60 + self._second + sign * delta._seconds
                   + us // 1000000)
        days = (_ymd2ord(self._year, self._month, self._day) + sign * delta._days
                + seconds // 86400)
        if not 0 < days <= _MAXORDINAL:
            raise OverflowError("date value out of range")
        minutes, second = divmod(seconds % 86400, 60)
        return type(self)(*_ord2ymd(days), *divmod(minutes, 60), second, us % 1000000,
                          self._tzinfo)

    __radd__ = __add__

    def __sub__(self, other):
        if isinstance(other, timedelta):
            return self._moved(other, -1)
        if not isinstance(other, datetime):
            return NotImplemented

        def seconds(moment):
            return moment._second + moment._minute * 60 + moment._hour * 3600

        difference = timedelta(
            self.toordinal() - other.toordinal(), seconds(self) - seconds(other),
            self._microsecond - other._microsecond)
        if self._tzinfo is not other._tzinfo:
            own_offset, other_offset = self.utcoffset(), other.utcoffset()
            if own_offset != other_offset:
                if own_offset is None or other_offset is None:
                    raise TypeError("can't subtract offset-naive and offset-aware datetimes")
                difference += other_offset - own_offset
        return difference

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


_calendar_date._datetime_class = datetime
datetime.min = datetime(1, 1, 1)
datetime.max = datetime(9999, 12, 31, 23, 59, 59, 999999)
datetime.resolution = timedelta(microseconds=1)


class timezone(tzinfo):
    """A zone with a fixed offset from UTC, and maybe a name."""

    __slots__ = '_offset', '_name'

    _Omitted = object()

    def __new__(cls, offset, name=_Omitted):
        if not isinstance(offset, timedelta):
            raise TypeError("timezone() argument 1 must be datetime.timedelta, "
                            f"not {_type_name(offset)}")
        is_named = name is not cls._Omitted
        if is_named and not isinstance(name, str):
            raise TypeError(f"timezone() argument 2 must be str, not {_type_name(name)}")
        if not (is_named or offset):
            return cls.utc
        if cls._minoffset <= offset <= cls._maxoffset:
            return cls._create(offset, name if is_named else None)
        raise ValueError("offset must be a timedelta strictly between "
                         f"-timedelta(hours=24) and timedelta(hours=24), not {offset!r}.")

    def __init_subclass__(cls):
        raise TypeError("type 'datetime.timezone' is not an acceptable base type")

    @classmethod
    def _create(cls, offset, name=None):
        self = tzinfo.__new__(cls)
        self._offset, self._name = offset, name
        return self

    def __getinitargs__(self):
        """What to call the class with, for pickle."""
        return (self._offset,) if self._name is None else (self._offset, self._name)

    def __eq__(self, other):
        return self._offset == other._offset if isinstance(other, timezone) else NotImplemented

    def __hash__(self):
        return hash(self._offset)

    def __repr__(self):
        if self is self.utc:
            return 'datetime.timezone.utc'
        return f"{_class_name(self)}({', '.join(map(repr, self.__getinitargs__()))})"

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

# As in CPython the collector does not know dates and times, but it knows instances of subclasses, and those that
# the classes refer to.
for _class in time, datetime, tzinfo, timezone:
    _leave_untracked(_class)
del _class
