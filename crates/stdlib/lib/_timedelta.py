"""The durations of `datetime`."""

__name__ = "datetime"

import math as _math
from _library import leave_untracked as _leave_untracked

from _datetime_fields import _class_name, _divide_and_round


class timedelta:
    """A duration: days, seconds (0 to 86399) and microseconds (0 to 999999).

    The arguments may be ints or floats, negative too.
    """

    __slots__ = '_days', '_seconds', '_microseconds', '_hashcode'

    def __new__(cls, days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0,
                weeks=0):
        try:
            days += weeks * 7
            seconds += minutes * 60 + hours * 3600
            microseconds += milliseconds * 1000
        except TypeError:
            for name, part in (("microseconds", microseconds), ("milliseconds", milliseconds),
                               ("seconds", seconds), ("minutes", minutes), ("hours", hours),
                               ("days", days), ("weeks", weeks)):
                if not isinstance(part, (int, float)):
                    raise TypeError(f"unsupported type for timedelta {name} component: "
                                    f"{type(part).__name__}") from None
            raise
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
        self._days, self._seconds, self._microseconds, self._hashcode = d, s, us, -1
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
        """The whole duration in seconds."""
        return ((self._days * 86400 + self._seconds) * 1000000 + self._microseconds) / 1000000

    @property
    def days(self):
        """Whole days, maybe negative."""
        return self._days

    @property
    def seconds(self):
        """Whole seconds beyond the days: 0 to 86399."""
        return self._seconds

    @property
    def microseconds(self):
        """Microseconds beyond the seconds: 0 to 999999."""
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
        if isinstance(other, (int, float)):
            # A float is a fraction too, and so nothing is lost before the rounding.
            numerator, denominator = other.as_integer_ratio()
            return timedelta(0, 0, _divide_and_round(us * denominator, numerator))
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

# As in CPython the collector does not know durations, but it knows instances of subclasses, and those the class itself
# refers to: it could not find that cycle without them.
_leave_untracked(timedelta)
