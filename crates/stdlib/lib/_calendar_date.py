"""Days: the class date of datetime."""

__name__ = "datetime"

import time as _time
from _library import leave_untracked as _leave_untracked
from operator import itemgetter as _itemgetter

from _datetime_fields import (
    _DAYNAMES, _MAXORDINAL, _MONTHNAMES, _TWO_DIGITS, _build_struct_time, _check_date_fields, _class_name,
    _cmp, _iso_text, _isoweek1monday, _isoweek_to_gregorian, _not_iso, _ord2ymd,
    _parse_isoformat_date, _refuse_missing, _unpickling_bytes, _wrap_strftime, _ymd2ord)
from _timedelta import timedelta


class date:
    """A day: date(year, month, day)."""

    __slots__ = '_year', '_month', '_day', '_hashcode'

    def __new__(cls, year=None, month=None, day=None):
        if (month is None and isinstance(year, (bytes, str)) and len(year) == 4
                and 1 <= ord(year[2:3]) <= 12):
            self = object.__new__(cls)
            self.__setstate(_unpickling_bytes(year, "date"))
        else:
            if day is None:
                _refuse_missing(year, month)
            year, month, day = _check_date_fields(year, month, day)
            self = object.__new__(cls)
            self._year, self._month, self._day = year, month, day
        self._hashcode = -1
        return self

    @classmethod
    def fromtimestamp(cls, t):
        """The local day of a time as time.time() counts it."""
        return cls(*_time.localtime(t)[:3])

    @classmethod
    def today(cls):
        """The current local day."""
        return cls.fromtimestamp(_time.time())

    @classmethod
    def fromordinal(cls, n):
        """The day with a number, where 1 January of year 1 is 1."""
        if n < 1:
            raise ValueError("ordinal must be >= 1")
        return cls(*_ord2ymd(n))

    @classmethod
    def fromisoformat(cls, date_string):
        """The day that a text such as 2024-02-29, 20240229 or 2024-W09-4 names."""
        text = _iso_text(date_string, 7)
        try:
            if len(text) in (7, 8, 10):
                return cls(*_parse_isoformat_date(text))
        except Exception:
            raise _not_iso(text)
        raise _not_iso(text)

    @classmethod
    def fromisocalendar(cls, year, week, day):
        """The day with an ISO year, number of week and number of day in the week."""
        return cls(*_isoweek_to_gregorian(year, week, day))

    def __repr__(self):
        return f"{_class_name(self)}({self._year}, {self._month}, {self._day})"

    def ctime(self):
        """A text like `Thu Feb 29 00:00:00 2024`."""
        weekday = self.toordinal() % 7 or 7
        return (f"{_DAYNAMES[weekday]} {_MONTHNAMES[self._month]} {self._day:2d} 00:00:00 "
                f"{self._year:04d}")

    def strftime(self, format):
        """The day as a format like `%d/%m/%Y` tells."""
        return _wrap_strftime(self, format, self.timetuple())

    def __format__(self, fmt):
        if not isinstance(fmt, str):
            raise TypeError(f"must be str, not {type(fmt).__name__}")
        return self.strftime(fmt) if fmt else str(self)

    def isoformat(self):
        """The day as YYYY-MM-DD."""
        return f"{self._year:04d}-{_TWO_DIGITS[self._month]}-{_TWO_DIGITS[self._day]}"

    __str__ = isoformat

    @property
    def year(self):
        """The year, 1 to 9999."""
        return self._year

    @property
    def month(self):
        """The month, 1 to 12."""
        return self._month

    @property
    def day(self):
        """The day of the month, from 1."""
        return self._day

    def timetuple(self):
        """A time.struct_time of the day's start."""
        return _build_struct_time(self._year, self._month, self._day, 0, 0, 0, -1)

    def toordinal(self):
        """The number of the day, where 1 January of year 1 is 1."""
        return _ymd2ord(self._year, self._month, self._day)

    def replace(self, year=None, month=None, day=None):
        """The same day but for the given fields."""
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
        if self._hashcode == -1:
            self._hashcode = hash(self._getstate())
        return self._hashcode

    def __add__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        n = self.toordinal() + other.days
        if not 0 < n <= _MAXORDINAL:
            raise OverflowError("date value out of range")
        return type(self).fromordinal(n)

    __radd__ = __add__

    def __sub__(self, other):
        if isinstance(other, _datetime_class):
            return NotImplemented
        if isinstance(other, date):
            return timedelta(self.toordinal() - other.toordinal())
        if isinstance(other, timedelta):
            return self + timedelta(-other.days)
        return NotImplemented

    def weekday(self):
        """The day of the week: Monday is 0, Sunday 6."""
        return (_ymd2ord(self._year, self._month, self._day) + 6) % 7

    def isoweekday(self):
        """The day of the week: Monday is 1, Sunday 7."""
        return _ymd2ord(self._year, self._month, self._day) % 7 or 7

    def isocalendar(self):
        """ISO year, number of week and number of day in the week, as a named tuple."""
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
# Days are not subtracted from moments; the class is known later.
_datetime_class = ()

date.min = date(1, 1, 1)
date.max = date(9999, 12, 31)
date.resolution = timedelta(days=1)
_leave_untracked(date)


class IsoCalendarDate(tuple):
    def __new__(cls, year, week, weekday, /):
        return super().__new__(cls, (year, week, weekday))

    year = property(_itemgetter(0))
    week = property(_itemgetter(1))
    weekday = property(_itemgetter(2))

    def __reduce__(self):
        # As a plain tuple: other versions have no such class.
        return tuple, (tuple(self),)

    def __repr__(self):
        year, week, weekday = self
        return f'{_class_name(self)}(year={year}, week={week}, weekday={weekday})'


_IsoCalendarDate = IsoCalendarDate
del IsoCalendarDate
