"""Calendars: which days a month has, as data, as text and as HTML.

Weeks begin on Monday, unless a calendar's `firstweekday` says otherwise.
"""

import datetime
from enum import IntEnum, global_enum
from itertools import repeat

__all__ = [
    'IllegalMonthError', 'IllegalWeekdayError', 'setfirstweekday', 'firstweekday', 'isleap',
    'leapdays', 'weekday', 'monthrange', 'monthcalendar', 'prmonth', 'month', 'prcal', 'calendar',
    'timegm', 'month_name', 'month_abbr', 'day_name', 'day_abbr', 'Calendar', 'TextCalendar',
    'HTMLCalendar', 'LocaleTextCalendar', 'LocaleHTMLCalendar', 'weekheader', 'Day', 'Month',
    'JANUARY', 'FEBRUARY', 'MARCH', 'APRIL', 'MAY', 'JUNE', 'JULY', 'AUGUST', 'SEPTEMBER',
    'OCTOBER', 'NOVEMBER', 'DECEMBER', 'MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY',
    'SATURDAY', 'SUNDAY',
]

error = ValueError


class IllegalMonthError(ValueError):
    """A month that is not 1 to 12."""

    def __init__(self, month):
        self.month = month

    def __str__(self):
        return f"bad month number {self.month!r}; must be 1-12"


class IllegalWeekdayError(ValueError):
    """A day of the week that is not 0 to 6."""

    def __init__(self, weekday):
        self.weekday = weekday

    def __str__(self):
        return f"bad weekday number {self.weekday!r}; must be 0 (Monday) to 6 (Sunday)"


def __getattr__(name):
    number = {'January': 1, 'February': 2}.get(name)
    if number is None:
        raise AttributeError(f"module '{__name__}' has no attribute '{name}'")
    import warnings
    warnings.warn(f"The '{name}' attribute is deprecated, use '{name.upper()}' instead",
                  DeprecationWarning, stacklevel=2)
    return number


@global_enum
class Month(IntEnum):
    JANUARY, FEBRUARY, MARCH, APRIL, MAY, JUNE = range(1, 7)
    JULY, AUGUST, SEPTEMBER, OCTOBER, NOVEMBER, DECEMBER = range(7, 13)


@global_enum
class Day(IntEnum):
    MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)


# How many days a month has, in years that are no leap years; months count from 1.
mdays = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]


class _Names:
    """A sequence of names which the locale gives, asked for anew each time."""

    def __init__(self, format):
        self.format = format

    def __getitem__(self, index):
        found = self._dates[index]
        if isinstance(index, slice):
            return [self._name(date) for date in found]
        return self._name(found)

    def __len__(self):
        return len(self._dates)

    def _name(self, date):
        return '' if date is None else date.strftime(self.format)


class _localized_month(_Names):
    _dates = [None] + [datetime.date(2001, month, 1) for month in range(1, 13)]


class _localized_day(_Names):
    # That January began with a Monday.
    _dates = [datetime.date(2001, 1, day) for day in range(1, 8)]


day_name = _localized_day('%A')
day_abbr = _localized_day('%a')
month_name = _localized_month('%B')
month_abbr = _localized_month('%b')


def isleap(year):
    """Whether a year is a leap year."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def leapdays(y1, y2):
    """How many leap years there are from one year up to another one, without that."""
    def before(year):
        return (year - 1) // 4 - (year - 1) // 100 + (year - 1) // 400
    return before(y2) - before(y1)


def weekday(year, month, day):
    """The day of the week of a date: 0 is Monday."""
    if not datetime.MINYEAR <= year <= datetime.MAXYEAR:
        # The calendar repeats itself after 400 years.
        year = 2000 + year % 400
    return Day(datetime.date(year, month, day).weekday())


def monthrange(year, month):
    """The day of the week a month begins with, and how many days it has."""
    if not 1 <= month <= 12:
        raise IllegalMonthError(month)
    return weekday(year, month, 1), _monthlen(year, month)


def _monthlen(year, month):
    return mdays[month] + (month == FEBRUARY and isleap(year))


def _prevmonth(year, month):
    return (year - 1, 12) if month == 1 else (year, month - 1)


def _nextmonth(year, month):
    return (year + 1, 1) if month == 12 else (year, month + 1)


def _rows(items, width):
    """A list cut into lists of `width` items."""
    return [items[start:start + width] for start in range(0, len(items), width)]


class Calendar:
    """Gives the days of months and years as data. What is iterated over are whole weeks."""

    def __init__(self, firstweekday=0):
        self.firstweekday = firstweekday

    @property
    def firstweekday(self):
        """The day weeks begin with, as a number from 0, which is Monday, to 6."""
        return self._firstweekday % 7

    @firstweekday.setter
    def firstweekday(self, number):
        self._firstweekday = number

    # The same under the names that the module's functions have.

    def getfirstweekday(self):
        """The day weeks begin with."""
        return self.firstweekday

    def setfirstweekday(self, firstweekday):
        """Set the day weeks begin with."""
        self.firstweekday = firstweekday

    def iterweekdays(self):
        """Iterate over the numbers of the days of a week, from the first one on."""
        first = self.firstweekday
        for number in range(first, first + 7):
            yield number % 7

    def _outside(self, year, month):
        """How many days a month has, and how many of others stand before and after them."""
        first, length = monthrange(year, month)
        before = (first - self.firstweekday) % 7
        after = (self.firstweekday - first - length) % 7
        return length, before, after

    def itermonthdates(self, year, month):
        """Iterate over the days of a month as dates, of the months around it too."""
        for y, m, d in self.itermonthdays3(year, month):
            yield datetime.date(y, m, d)

    def itermonthdays(self, year, month):
        """Iterate over the days of a month as numbers: 0 for days of other months."""
        length, before, after = self._outside(year, month)
        yield from repeat(0, before)
        yield from range(1, length + 1)
        yield from repeat(0, after)

    def itermonthdays2(self, year, month):
        """Iterate over the days of a month as (day, weekday): day 0 for days of other months."""
        for place, day in enumerate(self.itermonthdays(year, month), self.firstweekday):
            yield day, place % 7

    def itermonthdays3(self, year, month):
        """Iterate over the days of a month as (year, month, day), of those around it too."""
        length, before, after = self._outside(year, month)
        y, m = _prevmonth(year, month)
        end = _monthlen(y, m) + 1
        for day in range(end - before, end):
            yield y, m, day
        for day in range(1, length + 1):
            yield year, month, day
        y, m = _nextmonth(year, month)
        for day in range(1, after + 1):
            yield y, m, day

    def itermonthdays4(self, year, month):
        """Iterate over the days of a month as (year, month, day, weekday)."""
        first = self.firstweekday
        for place, (y, m, d) in enumerate(self.itermonthdays3(year, month)):
            yield y, m, d, (first + place) % 7

    def monthdatescalendar(self, year, month):
        """The weeks of a month, each a list of dates."""
        return _rows(list(self.itermonthdates(year, month)), 7)

    def monthdays2calendar(self, year, month):
        """The weeks of a month, each a list of (day, weekday)."""
        return _rows(list(self.itermonthdays2(year, month)), 7)

    def monthdayscalendar(self, year, month):
        """The weeks of a month, each a list of days."""
        return _rows(list(self.itermonthdays(year, month)), 7)

    def yeardatescalendar(self, year, width=3):
        """The months of a year, as monthdatescalendar() gives them, in rows of `width`."""
        return _rows([self.monthdatescalendar(year, m) for m in Month], width)

    def yeardays2calendar(self, year, width=3):
        """The months of a year, as monthdays2calendar() gives them, in rows of `width`."""
        return _rows([self.monthdays2calendar(year, m) for m in Month], width)

    def yeardayscalendar(self, year, width=3):
        """The months of a year, as monthdayscalendar() gives them, in rows of `width`."""
        return _rows([self.monthdayscalendar(year, m) for m in Month], width)


class TextCalendar(Calendar):
    """Writes calendars as plain text."""

    def prweek(self, theweek, width):
        """Print a week, without a newline."""
        print(self.formatweek(theweek, width), end='')

    def formatday(self, day, weekday, width):
        """A day, centred in `width` columns."""
        return ('' if day == 0 else f'{day:2d}').center(width)

    def formatweek(self, theweek, width):
        """A week as a line, without a newline."""
        return ' '.join([self.formatday(day, number, width) for day, number in theweek])

    def formatweekday(self, day, width):
        """The name of a day of the week, short if there is little space."""
        names = day_name if width >= 9 else day_abbr
        return names[day][:width].center(width)

    def formatweekheader(self, width):
        """The names of the days of a week as a line."""
        return ' '.join([self.formatweekday(number, width) for number in self.iterweekdays()])

    def formatmonthname(self, theyear, themonth, width, withyear=True):
        """The name of a month, with the year unless that is not wanted."""
        name = month_name[themonth]
        if withyear:
            name = f"{name} {theyear!r}"
        return name.center(width)

    def prmonth(self, theyear, themonth, w=0, l=0):
        """Print a month."""
        print(self.formatmonth(theyear, themonth, w, l), end='')

    def formatmonth(self, theyear, themonth, w=0, l=0):
        """A month as lines; days have `w` columns and weeks `l` lines."""
        w = max(2, w)
        lines = [self.formatmonthname(theyear, themonth, 7 * (w + 1) - 1),
                 self.formatweekheader(w)]
        lines += [self.formatweek(week, w) for week in self.monthdays2calendar(theyear, themonth)]
        end = '\n' * max(1, l)
        return ''.join([line.rstrip() + end for line in lines])

    def formatyear(self, theyear, w=2, l=1, c=6, m=3):
        """A year as lines: `m` months beside each other, with `c` columns between them."""
        w = max(2, w)
        c = max(2, c)
        end = '\n' * max(1, l)
        width = (w + 1) * 7 - 1
        parts = [repr(theyear).center(width * m + c * (m - 1)).rstrip(), end]

        def add(cells):
            parts.append(formatstring(cells, width, c).rstrip())
            parts.append(end)

        header = self.formatweekheader(w)
        for place, row in enumerate(self.yeardays2calendar(theyear, m)):
            months = range(m * place + 1, min(m * (place + 1) + 1, 13))
            parts.append(end)
            add([self.formatmonthname(theyear, number, width, False) for number in months])
            add([header for _ in months])
            for line in range(max(map(len, row))):
                add([self.formatweek(weeks[line], w) if line < len(weeks) else ''
                     for weeks in row])
        return ''.join(parts)

    def pryear(self, theyear, w=0, l=0, c=6, m=3):
        """Print a year."""
        print(self.formatyear(theyear, w, l, c, m), end='')


class HTMLCalendar(Calendar):
    """Writes calendars as HTML. The names of the CSS classes are attributes."""

    cssclasses = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
    cssclasses_weekday_head = cssclasses
    cssclass_noday = 'noday'
    cssclass_month_head = 'month'
    cssclass_month = 'month'
    cssclass_year_head = 'year'
    cssclass_year = 'year'

    def formatday(self, day, weekday):
        """A day as a cell of a table."""
        if day == 0:
            return f'<td class="{self.cssclass_noday}">&nbsp;</td>'
        return f'<td class="{self.cssclasses[weekday]}">{day:d}</td>'

    def formatweek(self, theweek):
        """A week as a row of a table."""
        cells = ''.join([self.formatday(day, number) for day, number in theweek])
        return f'<tr>{cells}</tr>'

    def formatweekday(self, day):
        """The name of a day of the week as a cell of a table's head."""
        return f'<th class="{self.cssclasses_weekday_head[day]}">{day_abbr[day]}</th>'

    def formatweekheader(self):
        """The names of the days of a week as a row of a table."""
        cells = ''.join([self.formatweekday(number) for number in self.iterweekdays()])
        return f'<tr>{cells}</tr>'

    def formatmonthname(self, theyear, themonth, withyear=True):
        """The name of a month as a row of a table."""
        name = month_name[themonth]
        if withyear:
            name = f'{name} {theyear}'
        return f'<tr><th colspan="7" class="{self.cssclass_month_head}">{name}</th></tr>'

    def formatmonth(self, theyear, themonth, withyear=True):
        """A month as a table."""
        lines = ['<table border="0" cellpadding="0" cellspacing="0" '
                 f'class="{self.cssclass_month}">',
                 self.formatmonthname(theyear, themonth, withyear=withyear),
                 self.formatweekheader()]
        lines += [self.formatweek(week) for week in self.monthdays2calendar(theyear, themonth)]
        lines.append('</table>')
        return '\n'.join(lines) + '\n'

    def formatyear(self, theyear, width=3):
        """A year as a table of tables, `width` months in a row."""
        width = max(width, 1)
        parts = ['<table border="0" cellpadding="0" cellspacing="0" '
                 f'class="{self.cssclass_year}">\n'
                 f'<tr><th colspan="{width:d}" class="{self.cssclass_year_head}">'
                 f'{theyear}</th></tr>']
        for first in range(1, 13, width):
            parts.append('<tr>')
            for number in range(first, min(first + width, 13)):
                month = self.formatmonth(theyear, number, withyear=False)
                parts.append(f'<td>{month}</td>')
            parts.append('</tr>')
        parts.append('</table>')
        return ''.join(parts)

    def formatyearpage(self, theyear, width=3, css='calendar.css', encoding=None):
        """A year as a whole page, encoded."""
        if encoding is None:
            import sys
            encoding = sys.getdefaultencoding()
        lines = [f'<?xml version="1.0" encoding="{encoding}"?>',
                 '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" '
                 '"http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">',
                 '<html>',
                 '<head>',
                 f'<meta http-equiv="Content-Type" content="text/html; charset={encoding}" />']
        if css is not None:
            lines.append(f'<link rel="stylesheet" type="text/css" href="{css}" />')
        lines += [f'<title>Calendar for {theyear:d}</title>', '</head>', '<body>',
                  self.formatyear(theyear, width) + '</body>', '</html>', '']
        return '\n'.join(lines).encode(encoding, 'xmlcharrefreplace')


class different_locale:
    """A context in which dates are written as in another locale."""

    def __init__(self, locale):
        self.locale = locale
        self.oldlocale = None

    def __enter__(self):
        import locale
        self.oldlocale = locale.setlocale(locale.LC_TIME, None)
        locale.setlocale(locale.LC_TIME, self.locale)

    def __exit__(self, *args):
        if self.oldlocale is not None:
            import locale
            locale.setlocale(locale.LC_TIME, self.oldlocale)


def _get_default_locale():
    """The locale of dates: what is set, or else what the user prefers."""
    import locale
    found = locale.setlocale(locale.LC_TIME, None)
    if found == "C":
        with different_locale(""):
            found = locale.setlocale(locale.LC_TIME, None)
    return found


class _InLocale:
    """What calendars with the names of a locale have in common: they switch to it for each name."""

    def __init__(self, firstweekday=0, locale=None):
        super().__init__(firstweekday)
        self.locale = _get_default_locale() if locale is None else locale

    def _localized(self, method, *args):
        with different_locale(self.locale):
            return method(*args)


class LocaleTextCalendar(_InLocale, TextCalendar):
    """A TextCalendar with the names of a given locale."""

    def formatweekday(self, day, width):
        return self._localized(super().formatweekday, day, width)

    def formatmonthname(self, theyear, themonth, width, withyear=True):
        return self._localized(super().formatmonthname, theyear, themonth, width, withyear)


class LocaleHTMLCalendar(_InLocale, HTMLCalendar):
    """An HTMLCalendar with the names of a given locale."""

    def formatweekday(self, day):
        return self._localized(super().formatweekday, day)

    def formatmonthname(self, theyear, themonth, withyear=True):
        return self._localized(super().formatmonthname, theyear, themonth, withyear)


# The functions of the module are methods of one calendar.
c = TextCalendar()

firstweekday = c.getfirstweekday


def setfirstweekday(firstweekday):
    """Set the day weeks begin with in what the functions of this module give."""
    if not MONDAY <= firstweekday <= SUNDAY:
        raise IllegalWeekdayError(firstweekday)
    c.firstweekday = firstweekday


monthcalendar = c.monthdayscalendar
weekheader, week, month, calendar = (
    c.formatweekheader, c.formatweek, c.formatmonth, c.formatyear)
prweek, prmonth, prcal = c.prweek, c.prmonth, c.pryear

_colwidth = 7 * 3 - 1
_spacing = 6


def format(cols, colwidth=_colwidth, spacing=_spacing):
    """Print cells of a line."""
    print(formatstring(cols, colwidth, spacing))


def formatstring(cols, colwidth=_colwidth, spacing=_spacing):
    """A line of cells, each centred in `colwidth` columns, with `spacing` between them."""
    return (' ' * spacing).join([cell.center(colwidth) for cell in cols])


EPOCH = 1970
_EPOCH_ORD = datetime.date(EPOCH, 1, 1).toordinal()


def timegm(tuple):
    """The seconds since 1970 of a time in UTC, which is given as time.gmtime() gives it."""
    year, month, day, hour, minute, second = tuple[:6]
    days = datetime.date(year, month, 1).toordinal() - _EPOCH_ORD + day - 1
    return ((days * 24 + hour) * 60 + minute) * 60 + second


def _command_line():
    import argparse

    parser = argparse.ArgumentParser()
    text = parser.add_argument_group('text only arguments')
    html = parser.add_argument_group('html only arguments')
    text.add_argument('-w', '--width', type=int, default=2,
                      help="width of date column (default 2)")
    text.add_argument('-l', '--lines', type=int, default=1,
                      help="number of lines for each week (default 1)")
    text.add_argument('-s', '--spacing', type=int, default=6,
                      help="spacing between months (default 6)")
    text.add_argument('-m', '--months', type=int, default=3, help="months per row (default 3)")
    html.add_argument('-c', '--css', default='calendar.css', help="CSS to use for page")
    parser.add_argument('-L', '--locale', default=None,
                        help="locale to use for month and weekday names")
    parser.add_argument('-e', '--encoding', default=None, help="encoding to use for output")
    parser.add_argument('-t', '--type', default='text', choices=('text', 'html'),
                        help="output type (text or html)")
    parser.add_argument('year', nargs='?', type=int, help="year number (1-9999)")
    parser.add_argument('month', nargs='?', type=int, help="month number (1-12, text only)")
    return parser


def main(args):
    """Write a calendar to the standard output as the command line says."""
    import sys

    parser = _command_line()
    options = parser.parse_args(args[1:])
    if options.locale and not options.encoding:
        parser.error("if --locale is specified --encoding is required")
    locale = options.locale, options.encoding
    year = datetime.date.today().year if options.year is None else options.year
    if options.type == 'html':
        if options.year is not None and options.month is not None:
            parser.error("incorrect number of arguments")
        cal = LocaleHTMLCalendar(locale=locale) if options.locale else HTMLCalendar()
        encoding = options.encoding or sys.getdefaultencoding()
        sys.stdout.buffer.write(cal.formatyearpage(year, encoding=encoding, css=options.css))
        return
    cal = LocaleTextCalendar(locale=locale) if options.locale else TextCalendar()
    if options.year is None or options.month is None:
        result = cal.formatyear(year, w=options.width, l=options.lines,
                                c=options.spacing, m=options.months)
    else:
        result = cal.formatmonth(year, options.month, w=options.width, l=options.lines)
    if options.encoding:
        sys.stdout.buffer.write(result.encode(options.encoding))
    else:
        sys.stdout.write(result)


if __name__ == '__main__':
    import sys
    main(sys.argv)
