"""Operators of dates, times and durations: usual operands, derived classes, zones, the calendar's ends."""
import operator
from datetime import MAXYEAR, MINYEAR, date, datetime, timedelta, timezone, tzinfo


class Day(date):
    pass


class Moment(datetime):
    pass


class Span(timedelta):
    pass


class Own(timedelta):
    def __radd__(self, other):
        return "radd", type(other).__name__

    def __rsub__(self, other):
        return "rsub", type(other).__name__

    def __rmul__(self, other):
        return "rmul", other


class Odd:
    def __repr__(self):
        return "Odd()"

    def __add__(self, other):
        return "odd add"

    __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __add__

    def __eq__(self, other):
        return "odd eq"

    def __lt__(self, other):
        return "odd lt"

    def __gt__(self, other):
        return "odd gt"


class Zone(tzinfo):
    def __repr__(self):
        return "Zone()"

    def utcoffset(self, moment):
        return timedelta(hours=1 + (moment is not None and moment.month > 6))

    def dst(self, moment):
        return timedelta(0)

    def tzname(self, moment):
        return "zone"


zone = Zone()
utc = timezone.utc
east = timezone(timedelta(hours=5, minutes=30), "east")
values = [
    date(2024, 2, 29), date(2023, 12, 31), date.min, date.max, Day(2024, 3, 1),
    datetime(2024, 2, 29, 23, 59, 59, 999999), datetime(2024, 3, 1), datetime.min, datetime.max, Moment(2024, 2, 28, 12),
    datetime(2024, 2, 29, 12, fold=1), datetime(2024, 2, 29, 12, tzinfo=utc), datetime(2024, 2, 29, 12, tzinfo=east),
    datetime(2024, 7, 1, tzinfo=zone), datetime(2024, 1, 1, tzinfo=zone), Moment(2024, 1, 1, tzinfo=zone),
    timedelta(0), timedelta(1), timedelta(-1), timedelta(microseconds=1), timedelta(microseconds=-1), timedelta(365, 86399, 999999),
    timedelta.max, timedelta.min, Span(2, 3), Own(1), Odd(), 0, 3, -7, True, 2.5, None, "x", 2**70,
]
names = "+ - * < == // / %".split()
operators = [operator.add, operator.sub, operator.mul, operator.lt, operator.eq, operator.floordiv, operator.truediv, operator.mod]
for left in values:
    for right in values:
        if not (isinstance(left, (date, timedelta)) or isinstance(right, (date, timedelta))):
            continue
        row = []
        for name, apply in zip(names, operators):
            try:
                result = apply(left, right)
                row.append(f"{name} {result!r}")
            except TypeError as error:
                # What has no meaning has it nowhere.
                row.append(f"{name} T" if "unsupported" in str(error) or "not supported" in str(error) else f"{name} {error}")
            except (OverflowError, ZeroDivisionError, ValueError) as error:
                row.append(f"{name} {type(error).__name__}: {error}")
        print(repr(left), repr(right), "|", "; ".join(row))

print([bool(value) for value in values if isinstance(value, timedelta)])
for a, b in ((datetime(2024, 2, 29, 12, fold=1), datetime(2024, 2, 29, 12)), (datetime(2024, 2, 29, 12, tzinfo=utc), datetime(2024, 2, 29, 17, 30, tzinfo=east)),
             (Day(2024, 1, 1), date(2024, 1, 1)), (Moment(2024, 1, 1), datetime(2024, 1, 1)), (Span(1), timedelta(1)), (timedelta(hours=24), timedelta(1))):
    print(a == b, hash(a) == hash(b), hash(a) == hash(a), {a: 1}.get(b), len({a, b}))

# What makes them.
for make in (lambda: date(2024, 2, 30), lambda: date(2023, 2, 29), lambda: date(0, 1, 1), lambda: date(10000, 1, 1), lambda: date(1, 13, 1), lambda: date(1, 1),
             lambda: date(True, True, True), lambda: date(2024.0, 1, 1), lambda: date(year=2024, month=2, day=3), lambda: date(2024, 1, 1, 1),
             lambda: datetime(2024, 1, 1, 24), lambda: datetime(2024, 1, 1, 23, 60), lambda: datetime(2024, 1, 1, 0, 0, 60), lambda: datetime(2024, 1, 1, 0, 0, 0, 10**6),
             lambda: datetime(2024, 1, 1, 0, 0, 0, -1), lambda: datetime(2024, 1), lambda: datetime(2024, 1, 1, 1, 2, 3, 4, utc), lambda: datetime(2024, 1, 1, 1, 2, 3, 4, None),
             lambda: datetime(2024, 1, 1, tzinfo=utc, fold=1), lambda: datetime(2024, 1, 1, 1, 2, 3, 4, 5), lambda: datetime(2024, 1, "1"), lambda: datetime(2024, 1, 1, fold=2),
             lambda: timedelta(), lambda: timedelta(1, 2, 3, 4, 5, 6, 7), lambda: timedelta(1, 2, 3, 4, 5, 6, 7, 8), lambda: timedelta(weeks=1, days=-7), lambda: timedelta(1, days=1),
             lambda: timedelta(minutes=90, hours=-1.5), lambda: timedelta(milliseconds=1.5), lambda: timedelta(days=10**9), lambda: timedelta(days=999999999, hours=24),
             lambda: timedelta(seconds=-1), lambda: timedelta(microseconds=10**18), lambda: timedelta(years=1), lambda: timedelta("1"), lambda: timedelta(days=10**30),
             lambda: timedelta(seconds=True), lambda: Day(2024, 1, 1), lambda: Moment(2024, 1, 1), lambda: Span(hours=25), lambda: date.__new__(Day, 2024, 1, 1),
             lambda: date(2024, 1, 1, x=1), lambda: date(2024, 1, x=1), lambda: date(x=1), lambda: datetime(), lambda: datetime(1, 2, 3, day=3), lambda: datetime(1, 2, 3, x=3),
             lambda: datetime(1, 2, 3, 4, 5, 6, 7, None, 9, 10), lambda: Day(1, 2, 3, 4), lambda: Moment(1, 2, 3, x=4), lambda: Span(1, x=4), lambda: timedelta(1, x=3, days=2),
             lambda: timedelta(hours=2**41), lambda: timedelta(days=-999999999), lambda: timedelta(days=-999999999, microseconds=-1)):
    try:
        made = make()
        print(type(made).__name__, made, repr(made))
    except (TypeError, ValueError, OverflowError) as error:
        print(type(error).__name__, error)

# All days of some years, and the ends of all years.
day = date(1999, 12, 28)
for _ in range(800):
    day += timedelta(1)
    assert date.fromordinal(day.toordinal()) == day and (day.weekday() + 1) % 7 == day.isoweekday() % 7 == day.toordinal() % 7
print(day)
one = timedelta(1)
total = 0
for year in range(MINYEAR, MAXYEAR):
    last = date(year, 12, 31)
    first = last + one
    assert (first.year, first.month, first.day) == (year + 1, 1, 1) and first - one == last and (first - last).days == 1
    march = date(year, 2, 28) + one
    total += march.day
    moment = datetime(year, 12, 31, 23, 59, 59, 999999) + timedelta(microseconds=1)
    assert moment == datetime(year + 1, 1, 1) and (moment - timedelta(0, 0, 1)).microsecond == 999999
print(total)

# Texts.
for text in ("2024-02-29", "2024-02-29T12:30", "2024-02-29 12:30:45", "2024-02-29x12:30:45.123456", "2024-02-30", "2024-13-01", "0000-01-01", "2024-02-29T24:00",
             "2024-02-29T12:60:00", "2024-02-29T12:30:45,123456", "2024-02-29T12-30-45", "2024/02/29", "2024-02-2é", "２０２４-02-29", "2024-02-29T12:30:45.12345x", "+024-02-29",
             "2024-W09-4", "20240229", "2024-02-29T12:30:45+01:00", "2024-02-29T12:30:45Z", "2024-02-29é12:30:45"):
    for cls in datetime, Moment:
        try:
            print(text.isascii(), repr(cls.fromisoformat(text)))
        except ValueError as error:
            print(ascii(str(error)))
for moment in (datetime(5, 1, 2, 3, 4, 5), datetime(2024, 2, 29, 12, 30, 45, 7), datetime(2024, 2, 29, tzinfo=east)):
    print(moment.isoformat(), moment.isoformat(" "), [moment.isoformat(timespec=spec) for spec in ("hours", "minutes", "seconds", "milliseconds", "microseconds", "auto")])
    print(moment, moment.date(), moment.time(), moment.ctime(), moment.weekday(), moment.isocalendar())
for wrong in (lambda: datetime(1, 1, 1).isoformat(5), lambda: datetime(1, 1, 1).isoformat("ab"), lambda: datetime(1, 1, 1).isoformat(timespec="x")):
    try:
        print(wrong())
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
print([delta.total_seconds() for delta in (timedelta(1), timedelta(-1, 5, 7), timedelta.max, timedelta.min, timedelta(microseconds=1))])

# As time.time() counts; the tests' zone is UTC.
for moment in (datetime(1970, 1, 1), datetime(2024, 2, 29, 12, 30, 45, 250000), datetime(1900, 1, 1), datetime(2024, 2, 29, tzinfo=east), datetime(2038, 1, 19, 3, 14, 8, fold=1)):
    stamp = moment.timestamp()
    print(stamp, datetime.fromtimestamp(stamp), datetime.fromtimestamp(stamp, utc), datetime.fromtimestamp(stamp, east))
for bad in (datetime.min, datetime.max):
    try:
        print(bad.timestamp())
    except ValueError as error:
        print(error)
print(Moment(2024, 1, 1) + timedelta(1), type(Moment(2024, 1, 1) + timedelta(1)).__name__, type(timedelta(1) + Day(2024, 1, 1)).__name__, type(Span(1) + Span(1)).__name__)
