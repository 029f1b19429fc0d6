"""Dates, times, durations and time zones."""

from _pydatetime import *
from _pydatetime import __doc__

__all__ = ("date", "datetime", "time", "timedelta", "timezone", "tzinfo", "MINYEAR", "MAXYEAR",
           "UTC")


def _like_c():
    # These classes are in C in CPython, which shows in messages.
    from _dates import shorten
    from _library import native_class
    shorten(date, datetime, timedelta)
    for cls in (date, datetime, time, timedelta, timezone, tzinfo):
        native_class(cls)


_like_c()
del _like_c
