"""Rows of comma separated values: read, written, and their dialect guessed.

`_csv` reads and writes; here are the dialects that are always there, readers and writers of rows
as dicts, and the Sniffer, which finds out the dialect of a sample.
"""

from _csv import (Error, __doc__, __version__, writer, reader, register_dialect,
                  unregister_dialect, get_dialect, list_dialects, field_size_limit,
                  QUOTE_MINIMAL, QUOTE_ALL, QUOTE_NONNUMERIC, QUOTE_NONE, QUOTE_STRINGS,
                  QUOTE_NOTNULL)
from _csv import Dialect as _Dialect
from types import GenericAlias as _GenericAlias

__all__ = ['QUOTE_MINIMAL', 'QUOTE_ALL', 'QUOTE_NONNUMERIC', 'QUOTE_NONE', 'QUOTE_STRINGS',
           'QUOTE_NOTNULL', 'Error', 'Dialect', '__doc__', 'excel', 'excel_tab',
           'field_size_limit', 'reader', 'writer', 'register_dialect', 'get_dialect',
           'list_dialects', 'Sniffer', 'unregister_dialect', '__version__', 'DictReader',
           'DictWriter', 'unix_dialect']


class Dialect:
    """Describes a dialect by the attributes of a subclass.

    They are: delimiter, quotechar, escapechar, doublequote, skipinitialspace, lineterminator and
    quoting. Making an instance checks them.
    """

    _name = ''
    _valid = False
    delimiter = quotechar = escapechar = lineterminator = None
    doublequote = skipinitialspace = quoting = None

    def __init__(self):
        self._valid = self.__class__ is not Dialect
        self._validate()

    def _validate(self):
        try:
            _Dialect(self)
        except TypeError as error:
            raise Error(str(error))


class excel(Dialect):
    """What Excel writes as CSV."""

    delimiter, quotechar, lineterminator = ',', '"', '\r\n'
    doublequote, skipinitialspace = True, False
    quoting = QUOTE_MINIMAL


class excel_tab(excel):
    """What Excel writes with tabs as delimiters."""

    delimiter = '\t'


class unix_dialect(Dialect):
    """What Unix programs write: lines end in a newline, and all fields are quoted."""

    delimiter, quotechar, lineterminator = ',', '"', '\n'
    doublequote, skipinitialspace = True, False
    quoting = QUOTE_ALL


register_dialect('excel', excel)
register_dialect('excel-tab', excel_tab)
register_dialect('unix', unix_dialect)


def _lasting(names):
    """Names that can be asked for more than once."""
    if names is not None and iter(names) is names:
        return list(names)
    return names


class DictReader:
    """Iterates over rows as dicts, whose keys are `fieldnames` or else the first row.

    Fields that are too many become a list under `restkey`; missing ones are `restval`.
    """

    def __init__(self, f, fieldnames=None, restkey=None, restval=None, dialect='excel', *args,
                 **kwds):
        self.reader = reader(f, dialect, *args, **kwds)
        self.dialect, self.line_num = dialect, 0
        self.restkey, self.restval = restkey, restval
        self._fieldnames = _lasting(fieldnames)

    def __iter__(self):
        return self

    @property
    def fieldnames(self):
        if self._fieldnames is None:
            self._fieldnames = next(self.reader, None)
        self.line_num = self.reader.line_num
        return self._fieldnames

    @fieldnames.setter
    def fieldnames(self, value):
        self._fieldnames = value

    def __next__(self):
        if self.line_num == 0:
            # Reads the first row if that has the names.
            self.fieldnames
        row = next(self.reader)
        self.line_num = self.reader.line_num
        while row == []:
            row = next(self.reader)
        names = self.fieldnames
        result = dict(zip(names, row))
        if len(names) < len(row):
            result[self.restkey] = row[len(names):]
        else:
            for name in names[len(row):]:
                result[name] = self.restval
        return result

    __class_getitem__ = classmethod(_GenericAlias)


class DictWriter:
    """Writes rows that are dicts; `fieldnames` says in which order.

    Missing keys are written as `restval`. A key that is no field name raises ValueError, unless
    `extrasaction` is 'ignore'.
    """

    def __init__(self, f, fieldnames, restval='', extrasaction='raise',
                 dialect='excel', *args, **kwds):
        self.fieldnames = _lasting(fieldnames)
        self.restval = restval
        extrasaction = extrasaction.lower()
        if extrasaction not in ('raise', 'ignore'):
            raise ValueError(f"extrasaction ({extrasaction}) must be 'raise' or 'ignore'")
        self.extrasaction = extrasaction
        self.writer = writer(f, dialect, *args, **kwds)

    def writeheader(self):
        """Write the names of the fields as a row."""
        return self.writerow(dict(zip(self.fieldnames, self.fieldnames)))

    def _dict_to_list(self, rowdict):
        if self.extrasaction == 'raise':
            wrong = rowdict.keys() - self.fieldnames
            if wrong:
                raise ValueError("dict contains fields not in fieldnames: "
                                 + ', '.join([repr(name) for name in wrong]))
        return (rowdict.get(name, self.restval) for name in self.fieldnames)

    def writerow(self, rowdict):
        """Write a row."""
        return self.writer.writerow(self._dict_to_list(rowdict))

    def writerows(self, rowdicts):
        """Write rows."""
        return self.writer.writerows(map(self._dict_to_list, rowdicts))

    __class_getitem__ = classmethod(_GenericAlias)


# How quoted fields look: between delimiters, at the beginning of a line, at its end, alone in it.
_QUOTED_FIELDS = (
    r'(?P<delim>[^\w\n"\'])(?P<space> ?)(?P<quote>["\']).*?(?P=quote)(?P=delim)',
    r'(?:^|\n)(?P<quote>["\']).*?(?P=quote)(?P<delim>[^\w\n"\'])(?P<space> ?)',
    r'(?P<delim>[^\w\n"\'])(?P<space> ?)(?P<quote>["\']).*?(?P=quote)(?:$|\n)',
    r'(?:^|\n)(?P<quote>["\']).*?(?P=quote)(?:$|\n)',
)


def _count(counts, key):
    counts[key] = counts.get(key, 0) + 1


class Sniffer:
    """Guesses the dialect of a sample, and whether it begins with a header."""

    def __init__(self):
        # What is chosen of several possible delimiters.
        self.preferred = [',', '\t', ';', ' ', ':']

    def sniff(self, sample, delimiters=None):
        """A dialect, as a class, that fits the sample; only `delimiters` are tried."""
        quotechar, doublequote, delimiter, skipinitialspace = \
            self._guess_quote_and_delimiter(sample, delimiters)
        if not delimiter:
            # Nothing is quoted.
            delimiter, skipinitialspace = self._guess_delimiter(sample, delimiters)
            if not delimiter:
                raise Error("Could not determine delimiter")
        return type('dialect', (Dialect,), dict(
            _name='sniffed', delimiter=delimiter, quotechar=quotechar or '"',
            doublequote=doublequote, skipinitialspace=skipinitialspace, lineterminator='\r\n',
            quoting=QUOTE_MINIMAL))

    def _guess_quote_and_delimiter(self, data, delimiters):
        """Guess by what stands around quoted text; the delimiter is '' or None if unknown."""
        import re

        for expression in _QUOTED_FIELDS:
            regexp = re.compile(expression, re.DOTALL | re.MULTILINE)
            matches = [match.groupdict() for match in regexp.finditer(data)]
            if matches:
                break
        else:
            return '', False, None, 0
        quotes = {}
        delims = {}
        spaces = 0
        for match in matches:
            _count(quotes, match['quote'])
            delimiter = match.get('delim')
            if delimiter and (delimiters is None or delimiter in delimiters):
                _count(delims, delimiter)
            if match.get('space'):
                spaces += 1
        quotechar = max(quotes, key=quotes.get)
        if delims:
            delimiter = max(delims, key=delims.get)
            skipinitialspace = delims[delimiter] == spaces
            if delimiter == '\n':
                delimiter = ''
        else:
            # All is quoted in a single column.
            delimiter = ''
            skipinitialspace = 0
        # A quote more within a quoted field is a doubled one.
        inside = f"[^{re.escape(delimiter)}\\n]*"
        outside = re.escape(delimiter)
        doubled = re.search(
            rf"(({outside})|^)\W*{quotechar}{inside}{quotechar}{inside}{quotechar}\W*(({outside})|$)",
            data, re.MULTILINE)
        return quotechar, doubled is not None, delimiter, skipinitialspace

    def _guess_delimiter(self, data, delimiters):
        """Guess by which character is as often in all lines.

        For each character, how often it is in a line is counted; the count most lines have is
        what is expected, and how many have it, less those that do not, says how consistent it is.
        Ten lines more are looked at until one character is left.
        """
        lines = [line for line in data.split('\n') if line]
        chunk = min(10, len(lines))
        counts = {chr(code): {} for code in range(127)}
        modes = {}
        delims = {}
        seen = 0
        rounds = 0
        while seen < len(lines):
            rounds += 1
            for line in lines[seen:seen + chunk]:
                for char, frequencies in counts.items():
                    _count(frequencies, line.count(char))
            for char, frequencies in counts.items():
                if len(frequencies) == 1 and 0 in frequencies:
                    continue
                often = max(frequencies, key=frequencies.get)
                rest = sum(frequencies.values()) - frequencies[often]
                modes[char] = often, frequencies[often] - rest
            total = float(min(chunk * rounds, len(lines)))
            consistency = 1.0
            while not delims and consistency >= 0.9:
                for char, (often, having) in modes.items():
                    if (often > 0 and having > 0 and having / total >= consistency
                            and (delimiters is None or char in delimiters)):
                        delims[char] = often, having
                consistency -= 0.01
            if len(delims) == 1:
                return self._with_space(next(iter(delims)), lines)
            seen += chunk
        if not delims:
            return '', 0
        for char in self.preferred:
            if char in delims:
                return self._with_space(char, lines)
        return self._with_space(max(delims, key=lambda char: (delims[char], char)), lines)

    @staticmethod
    def _with_space(delimiter, lines):
        """A delimiter, and whether a space always follows it."""
        return delimiter, lines[0].count(delimiter) == lines[0].count(delimiter + ' ')

    def has_header(self, sample):
        """Whether the first row looks unlike the others.

        Each column whose other fields are all numbers, or all of the same length, votes: for a
        header if the first field is not so.
        """
        from io import StringIO

        rows = reader(StringIO(sample), self.sniff(sample))
        header = next(rows)
        kinds = dict.fromkeys(range(len(header)))
        checked = 0
        for row in rows:
            if checked > 20:
                break
            checked += 1
            if len(row) != len(header):
                continue
            for column in list(kinds):
                kind = complex
                try:
                    complex(row[column])
                except (ValueError, OverflowError):
                    kind = len(row[column])
                if kinds[column] is None:
                    kinds[column] = kind
                elif kind != kinds[column]:
                    del kinds[column]
        votes = 0
        for column, kind in kinds.items():
            if isinstance(kind, int):
                differs = len(header[column]) != kind
            else:
                try:
                    kind(header[column])
                    differs = False
                except (ValueError, TypeError):
                    differs = True
            votes += 1 if differs else -1
        return votes > 0
