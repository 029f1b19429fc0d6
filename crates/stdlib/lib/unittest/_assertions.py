"""The assertions of TestCase and the context managers that some of them give."""

import collections
import sys
import types

from .util import (safe_repr, _common_shorten_repr, _count_diff_all_purpose,
                   _count_diff_hashable)

__unittest = True

DIFF_OMITTED = '\nDiff is %s characters long. Set self.maxDiff to None to see it.'


def _is_subtype(expected, basetype):
    if isinstance(expected, tuple):
        return all(_is_subtype(item, basetype) for item in expected)
    return isinstance(expected, type) and issubclass(expected, basetype)


def _pretty_diff(first, second):
    """Give the differences of two objects as they are pretty-printed."""
    import difflib
    import pprint
    return '\n' + '\n'.join(difflib.ndiff(pprint.pformat(first).splitlines(),
                                          pprint.pformat(second).splitlines()))


class _BaseTestCaseContext:
    def __init__(self, test_case):
        self.test_case = test_case

    def _raiseFailure(self, standardMsg):
        msg = self.test_case._formatMessage(self.msg, standardMsg)
        raise self.test_case.failureException(msg)


class _AssertRaisesBaseContext(_BaseTestCaseContext):
    """What assertRaises and assertWarns share: they check a call, or a with block."""

    def __init__(self, expected, test_case, expected_regex=None):
        super().__init__(test_case)
        self.expected = expected
        if expected_regex is not None:
            import re
            expected_regex = re.compile(expected_regex)
        self.expected_regex = expected_regex
        self.obj_name = None
        self.msg = None

    def handle(self, name, args, kwargs):
        """Check the call that args and kwargs describe, or give the context manager."""
        try:
            if not _is_subtype(self.expected, self._base_type):
                raise TypeError(f'{name}() arg 1 must be {self._base_type_str}')
            if not args:
                self.msg = kwargs.pop('msg', None)
                if kwargs:
                    raise TypeError(f'{next(iter(kwargs))!r} is an invalid keyword argument '
                                    'for this function')
                return self
            function, *args = args
            try:
                self.obj_name = function.__name__
            except AttributeError:
                self.obj_name = str(function)
            with self:
                function(*args, **kwargs)
        finally:
            # The frame is in the exception's traceback, and the exception is in self.
            self = None

    def _expected_name(self):
        try:
            return self.expected.__name__
        except AttributeError:
            return str(self.expected)

    def _raise_missing(self, what):
        text = f"{self._expected_name()} not {what}"
        self._raiseFailure(f"{text} by {self.obj_name}" if self.obj_name else text)

    def _raise_mismatch(self, found):
        self._raiseFailure(f'"{self.expected_regex.pattern}" does not match "{found}"')


class _AssertRaisesContext(_AssertRaisesBaseContext):
    """A context manager used to implement TestCase.assertRaises* methods."""

    _base_type = BaseException
    _base_type_str = 'an exception type or tuple of exception types'

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_value, tb):
        if exc_type is None:
            self._raise_missing("raised")
        # What the frames hold should not live as long as the kept exception.
        while tb is not None:
            try:
                tb.tb_frame.clear()
            except RuntimeError:
                # Still running.
                pass
            tb = tb.tb_next
        if not issubclass(exc_type, self.expected):
            return False
        self.exception = exc_value.with_traceback(None)
        if self.expected_regex is not None:
            if not self.expected_regex.search(str(exc_value)):
                self._raise_mismatch(exc_value)
        return True

    __class_getitem__ = classmethod(types.GenericAlias)


class _AssertWarnsContext(_AssertRaisesBaseContext):
    """A context manager used to implement TestCase.assertWarns* methods."""

    _base_type = Warning
    _base_type_str = 'a warning type or tuple of warning types'

    def __enter__(self):
        import warnings
        # A warning that a module has given before must be given again.
        for module in list(sys.modules.values()):
            if getattr(module, '__warningregistry__', None):
                module.__warningregistry__ = {}
        self.warnings_manager = warnings.catch_warnings(record=True)
        self.warnings = self.warnings_manager.__enter__()
        warnings.simplefilter("always", self.expected)
        return self

    def __exit__(self, exc_type, exc_value, tb):
        self.warnings_manager.__exit__(exc_type, exc_value, tb)
        if exc_type is not None:
            return
        first = None
        for record in self.warnings:
            message = record.message
            if not isinstance(message, self.expected):
                continue
            if first is None:
                first = message
            if self.expected_regex is None or self.expected_regex.search(str(message)):
                self.warning = message
                self.filename = record.filename
                self.lineno = record.lineno
                return
        if first is not None:
            self._raise_mismatch(first)
        self._raise_missing("triggered")


class _Assertions:
    """The assert methods; TestCase adds what runs them."""

    failureException = AssertionError
    longMessage = True
    maxDiff = 80 * 8

    # Longer texts are compared without a diff, which would take too long.
    _diffThreshold = 2 ** 16

    def addTypeEqualityFunc(self, typeobj, function):
        """Add a type specific assertEqual style function to compare a type.

        The function, or the method of that name, gets both objects and msg, and raises
        failureException with a helpful message. It is used if both are exactly of the type.
        """
        self._type_equality_funcs[typeobj] = function

    def fail(self, msg=None):
        """Fail immediately, with the given message."""
        raise self.failureException(msg)

    def _report(self, msg, template, *objects):
        """Fail with the template, filled with the objects' representations."""
        standard = template % tuple(map(safe_repr, objects))
        raise self.failureException(self._formatMessage(msg, standard))

    def _formatMessage(self, msg, standardMsg):
        """Join the caller's message and the assertion's own, as longMessage says."""
        if not self.longMessage:
            return msg or standardMsg
        if msg is None:
            return standardMsg
        try:
            return f'{standardMsg!s} : {msg!s}'
        except UnicodeDecodeError:
            return f'{safe_repr(standardMsg)} : {safe_repr(msg)}'

    def _truncateMessage(self, message, diff):
        if self.maxDiff is None or len(diff) <= self.maxDiff:
            return message + diff
        return message + (DIFF_OMITTED % len(diff))

    def assertFalse(self, expr, msg=None):
        """Check that the expression is false."""
        if expr:
            self._report(msg, "%s is not false", expr)

    def assertTrue(self, expr, msg=None):
        """Check that the expression is true."""
        if not expr:
            self._report(msg, "%s is not true", expr)

    def assertRaises(self, expected_exception, *args, **kwargs):
        """Fail unless an exception of class expected_exception is raised by the callable when
        invoked with specified positional and keyword arguments.

        Without a callable, gives a context manager that checks its block and then has the
        exception as `exception`; `msg` is the message on failure.
        """
        context = _AssertRaisesContext(expected_exception, self)
        try:
            return context.handle('assertRaises', args, kwargs)
        finally:
            context = None

    def assertWarns(self, expected_warning, *args, **kwargs):
        """Fail unless a warning of class warnClass is triggered by the callable when invoked
        with specified positional and keyword arguments.

        Without a callable, gives a context manager that checks its block and then has the
        attributes `warning`, `filename` and `lineno`.
        """
        context = _AssertWarnsContext(expected_warning, self)
        return context.handle('assertWarns', args, kwargs)

    def assertRaisesRegex(self, expected_exception, expected_regex, *args, **kwargs):
        """Asserts that the message in a raised exception matches a regex."""
        context = _AssertRaisesContext(expected_exception, self, expected_regex)
        return context.handle('assertRaisesRegex', args, kwargs)

    def assertWarnsRegex(self, expected_warning, expected_regex, *args, **kwargs):
        """Asserts that the message in a triggered warning matches a regexp."""
        context = _AssertWarnsContext(expected_warning, self, expected_regex)
        return context.handle('assertWarnsRegex', args, kwargs)

    def assertLogs(self, logger=None, level=None):
        """Fail unless a log message of level *level* or higher is emitted on *logger_name* or
        its children in the block; gives an object with `records` and `output`.
        """
        from ._log import _AssertLogsContext
        return _AssertLogsContext(self, logger, level, no_logs=False)

    def assertNoLogs(self, logger=None, level=None):
        """Fail if a log message of the level or higher is emitted on the logger in the block."""
        from ._log import _AssertLogsContext
        return _AssertLogsContext(self, logger, level, no_logs=True)

    def _getAssertEqualityFunc(self, first, second):
        # Objects of different classes, even if one is a subclass, are compared plainly.
        if type(first) is type(second):
            asserter = self._type_equality_funcs.get(type(first))
            if asserter is not None:
                return getattr(self, asserter) if isinstance(asserter, str) else asserter
        return self._baseAssertEqual

    def _baseAssertEqual(self, first, second, msg=None):
        if not first == second:
            standard = '%s != %s' % _common_shorten_repr(first, second)
            raise self.failureException(self._formatMessage(msg, standard))

    def assertEqual(self, first, second, msg=None):
        """Fail if the two objects are unequal as determined by the '==' operator."""
        self._getAssertEqualityFunc(first, second)(first, second, msg=msg)

    def assertNotEqual(self, first, second, msg=None):
        """Fail if the two objects are equal as determined by the '!=' operator."""
        if not first != second:
            self._report(msg, '%s == %s', first, second)

    def assertAlmostEqual(self, first, second, places=None, msg=None, delta=None):
        """Fail if the two objects are unequal as determined by their difference rounded to the
        given number of decimal places (default 7) and comparing to zero, or by comparing that
        the difference between the two objects is more than the given delta.
        """
        if first == second:
            return
        if delta is not None and places is not None:
            raise TypeError("specify delta or places not both")
        diff = abs(first - second)
        if delta is not None:
            if diff <= delta:
                return
            self._report(msg, '%s != %s within %s delta (%s difference)',
                         first, second, delta, diff)
        if places is None:
            places = 7
        if round(diff, places) != 0:
            self._report(msg, '%s != %s within %s places (%s difference)',
                         first, second, places, diff)

    def assertNotAlmostEqual(self, first, second, places=None, msg=None, delta=None):
        """Fail if the two objects are equal as determined by their difference rounded to the
        given number of decimal places (default 7) and comparing to zero, or by comparing that
        the difference between the two objects is less than the given delta.
        """
        if delta is not None and places is not None:
            raise TypeError("specify delta or places not both")
        diff = abs(first - second)
        if delta is not None:
            if not first == second and diff > delta:
                return
            self._report(msg, '%s == %s within %s delta (%s difference)',
                         first, second, delta, diff)
        if places is None:
            places = 7
        if first == second or round(diff, places) == 0:
            self._report(msg, '%s == %s within %s places', first, second, places)

    def assertSequenceEqual(self, seq1, seq2, msg=None, seq_type=None):
        """An equality assertion for ordered sequences (like lists and tuples).

        With seq_type, both must be of that type.
        """
        kind = "sequence"
        if seq_type is not None:
            kind = seq_type.__name__
            for which, seq in ('First', seq1), ('Second', seq2):
                if not isinstance(seq, seq_type):
                    raise self.failureException(
                        f'{which} sequence is not a {kind}: {safe_repr(seq)}')
        lengths = []
        for which, seq in ('First', seq1), ('Second', seq2):
            try:
                lengths.append(len(seq))
            except (TypeError, NotImplementedError):
                report = f'{which} {kind} has no length.    Non-sequence?'
                break
        else:
            if seq1 == seq2:
                return
            report = self._describe_difference(kind, seq_type, seq1, seq2, *lengths)
            if report is None:
                return
        report = self._truncateMessage(report, _pretty_diff(seq1, seq2))
        self.fail(self._formatMessage(msg, report))

    @staticmethod
    def _describe_difference(kind, seq_type, seq1, seq2, len1, len2):
        """Say where two sequences differ; None if only their types do and that is fine."""
        unreadable = TypeError, IndexError, NotImplementedError
        report = '%ss differ: %s != %s\n' % (
            (kind.capitalize(),) + _common_shorten_repr(seq1, seq2))
        for at in range(min(len1, len2)):
            which = 'first'
            try:
                item1 = seq1[at]
                which = 'second'
                item2 = seq2[at]
            except unreadable:
                report += f'\nUnable to index element {at} of {which} {kind}\n'
                break
            if item1 != item2:
                report += '\nFirst differing element %d:\n%s\n%s\n' % (
                    (at,) + _common_shorten_repr(item1, item2))
                break
        else:
            if len1 == len2 and seq_type is None and type(seq1) != type(seq2):
                return None
        if len1 != len2:
            which, longer = ('First', seq1) if len1 > len2 else ('Second', seq2)
            shared = min(len1, len2)
            report += (f'\n{which} {kind} contains {abs(len1 - len2)} additional '
                       'elements.\n')
            try:
                report += f'First extra element {shared}:\n{safe_repr(longer[shared])}\n'
            except unreadable:
                report += f'Unable to index element {shared} of {which.lower()} {kind}\n'
        return report

    def assertListEqual(self, list1, list2, msg=None):
        """A list-specific equality assertion."""
        self.assertSequenceEqual(list1, list2, msg, seq_type=list)

    def assertTupleEqual(self, tuple1, tuple2, msg=None):
        """A tuple-specific equality assertion."""
        self.assertSequenceEqual(tuple1, tuple2, msg, seq_type=tuple)

    def assertSetEqual(self, set1, set2, msg=None):
        """A set-specific equality assertion; anything with a difference method will do."""
        differences = []
        for which, one, other in ('first', set1, set2), ('second', set2, set1):
            try:
                differences.append(one.difference(other))
            except TypeError as error:
                self.fail(f'invalid type when attempting set difference: {error}')
            except AttributeError as error:
                self.fail(f'{which} argument does not support set difference: {error}')
        only_first, only_second = differences
        if not (only_first or only_second):
            return
        lines = []
        if only_first:
            lines.append('Items in the first set but not the second:')
            lines += map(repr, only_first)
        if only_second:
            lines.append('Items in the second set but not the first:')
            lines += map(repr, only_second)
        self.fail(self._formatMessage(msg, '\n'.join(lines)))

    def assertIn(self, member, container, msg=None):
        """Just like self.assertTrue(a in b), but with a nicer default message."""
        if member not in container:
            self._report(msg, '%s not found in %s', member, container)

    def assertNotIn(self, member, container, msg=None):
        """Just like self.assertTrue(a not in b), but with a nicer default message."""
        if member in container:
            self._report(msg, '%s unexpectedly found in %s', member, container)

    def assertIs(self, expr1, expr2, msg=None):
        """Just like self.assertTrue(a is b), but with a nicer default message."""
        if expr1 is not expr2:
            self._report(msg, '%s is not %s', expr1, expr2)

    def assertIsNot(self, expr1, expr2, msg=None):
        """Just like self.assertTrue(a is not b), but with a nicer default message."""
        if expr1 is expr2:
            self._report(msg, 'unexpectedly identical: %s', expr1)

    def assertDictEqual(self, d1, d2, msg=None):
        """A dict-specific equality assertion."""
        self.assertIsInstance(d1, dict, 'First argument is not a dictionary')
        self.assertIsInstance(d2, dict, 'Second argument is not a dictionary')
        if d1 != d2:
            report = '%s != %s' % _common_shorten_repr(d1, d2)
            report = self._truncateMessage(report, _pretty_diff(d1, d2))
            self.fail(self._formatMessage(msg, report))

    def assertCountEqual(self, first, second, msg=None):
        """Asserts that two iterables have the same elements, the same number of times, without
        regard to order.
        """
        first_items, second_items = list(first), list(second)
        try:
            if collections.Counter(first_items) == collections.Counter(second_items):
                return
        except TypeError:
            differences = _count_diff_all_purpose(first_items, second_items)
        else:
            differences = _count_diff_hashable(first_items, second_items)
        if differences:
            lines = ['First has %d, Second has %d:  %r' % diff for diff in differences]
            report = self._truncateMessage('Element counts were not equal:\n',
                                           '\n'.join(lines))
            self.fail(self._formatMessage(msg, report))

    def assertMultiLineEqual(self, first, second, msg=None):
        """Assert that two multi-line strings are equal."""
        self.assertIsInstance(first, str, "First argument is not a string")
        self.assertIsInstance(second, str, "Second argument is not a string")
        if first == second:
            return
        if max(len(first), len(second)) > self._diffThreshold:
            self._baseAssertEqual(first, second, msg)
        # End both texts with a line end if one of them lacks it, so that the diff shows lines
        # that differ and not line ends; an empty text stays empty.
        texts = [first, second]
        if any(text and not text.endswith('\n') for text in texts):
            texts = [text and text + '\n' for text in texts]
        import difflib
        diff = '\n' + ''.join(difflib.ndiff(*(text.splitlines(keepends=True)
                                              for text in texts)))
        report = '%s != %s' % _common_shorten_repr(first, second)
        self.fail(self._formatMessage(msg, self._truncateMessage(report, diff)))

    def assertLess(self, a, b, msg=None):
        """Just like self.assertTrue(a < b), but with a nicer default message."""
        if not a < b:
            self._report(msg, '%s not less than %s', a, b)

    def assertLessEqual(self, a, b, msg=None):
        """Just like self.assertTrue(a <= b), but with a nicer default message."""
        if not a <= b:
            self._report(msg, '%s not less than or equal to %s', a, b)

    def assertGreater(self, a, b, msg=None):
        """Just like self.assertTrue(a > b), but with a nicer default message."""
        if not a > b:
            self._report(msg, '%s not greater than %s', a, b)

    def assertGreaterEqual(self, a, b, msg=None):
        """Just like self.assertTrue(a >= b), but with a nicer default message."""
        if not a >= b:
            self._report(msg, '%s not greater than or equal to %s', a, b)

    def assertIsNone(self, obj, msg=None):
        """Same as self.assertTrue(obj is None), with a nicer default message."""
        if obj is not None:
            self._report(msg, '%s is not None', obj)

    def assertIsNotNone(self, obj, msg=None):
        """Included for symmetry with assertIsNone."""
        if obj is None:
            self._report(msg, 'unexpectedly None')

    def assertIsInstance(self, obj, cls, msg=None):
        """Same as self.assertTrue(isinstance(obj, cls)), with a nicer default message."""
        if not isinstance(obj, cls):
            standard = f'{safe_repr(obj)} is not an instance of {cls!r}'
            self.fail(self._formatMessage(msg, standard))

    def assertNotIsInstance(self, obj, cls, msg=None):
        """Included for symmetry with assertIsInstance."""
        if isinstance(obj, cls):
            standard = f'{safe_repr(obj)} is an instance of {cls!r}'
            self.fail(self._formatMessage(msg, standard))

    def assertRegex(self, text, expected_regex, msg=None):
        """Fail the test unless the text matches the regular expression."""
        if isinstance(expected_regex, (str, bytes)):
            assert expected_regex, "expected_regex must not be empty."
            import re
            expected_regex = re.compile(expected_regex)
        if not expected_regex.search(text):
            standard = f"Regex didn't match: {expected_regex.pattern!r} not found in {text!r}"
            raise self.failureException(self._formatMessage(msg, standard))

    def assertNotRegex(self, text, unexpected_regex, msg=None):
        """Fail the test if the text matches the regular expression."""
        if isinstance(unexpected_regex, (str, bytes)):
            import re
            unexpected_regex = re.compile(unexpected_regex)
        match = unexpected_regex.search(text)
        if match:
            standard = (f'Regex matched: {text[match.start():match.end()]!r} matches '
                        f'{unexpected_regex.pattern!r} in {text!r}')
            raise self.failureException(self._formatMessage(msg, standard))
