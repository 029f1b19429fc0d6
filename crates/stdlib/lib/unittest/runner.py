"""Run tests and print their outcomes as text."""

import sys
import time
import warnings

from . import result
from .case import _SubTest
from .signals import registerResult

__unittest = True


class _WritelnDecorator:
    """A stream with a method that ends the line."""

    def __init__(self, stream):
        self.stream = stream

    def __getattr__(self, attr):
        if attr in ('stream', '__getstate__'):
            raise AttributeError(attr)
        return getattr(self.stream, attr)

    def writeln(self, arg=None):
        """Write the text, if any, and a line end."""
        if arg:
            self.write(arg)
        self.write('\n')


class TextTestResult(result.TestResult):
    """A test result class that can print formatted text results to a stream.

    With verbosity 1 each test is one character, with 2 one line.
    """

    separator1 = '=' * 70
    separator2 = '-' * 70

    def __init__(self, stream, descriptions, verbosity, *, durations=None):
        super().__init__(stream, descriptions, verbosity)
        self.stream, self.descriptions, self.durations = stream, descriptions, durations
        self.dots, self.showAll = verbosity == 1, verbosity > 1
        # Whether what comes next is to be written on a line of its own.
        self._newline = True

    def getDescription(self, test):
        """Give the test's name and, if wanted, the first line of its docstring."""
        doc_first_line = test.shortDescription()
        if self.descriptions and doc_first_line:
            return f'{test}\n{doc_first_line}'
        return str(test)

    def startTest(self, test):
        super().startTest(test)
        if self.showAll:
            self._begin_line(test)
            self.stream.flush()

    def _begin_line(self, test, indent=""):
        self.stream.write(f"{indent}{self.getDescription(test)} ... ")
        self._newline = False

    def _write_status(self, test, status):
        """Write how a test ended, after its name where the line does not show it yet."""
        if isinstance(test, _SubTest):
            if not self._newline:
                # The test's own line ends unfinished.
                self.stream.writeln()
            self._begin_line(test, "  ")
        elif self._newline:
            self._begin_line(test)
        self._end_line(status)

    def _end_line(self, status=None):
        self.stream.writeln(status)
        self.stream.flush()
        self._newline = True

    def _show(self, test, status, mark):
        if self.showAll:
            self._write_status(test, status)
        elif self.dots:
            self._mark(mark)

    def _mark(self, mark):
        self.stream.write(mark)
        self.stream.flush()

    def addSubTest(self, test, subtest, err):
        if err is not None:
            if issubclass(err[0], subtest.failureException):
                self._show(subtest, "FAIL", 'F')
            else:
                self._show(subtest, "ERROR", 'E')
        super().addSubTest(test, subtest, err)

    def addSuccess(self, test):
        super().addSuccess(test)
        self._show(test, "ok", '.')

    def addError(self, test, err):
        super().addError(test, err)
        self._show(test, "ERROR", 'E')

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self._show(test, "FAIL", 'F')

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self._show(test, f"skipped {reason!r}", 's')

    def addExpectedFailure(self, test, err):
        super().addExpectedFailure(test, err)
        self._show_outcome("expected failure", 'x')

    def addUnexpectedSuccess(self, test):
        super().addUnexpectedSuccess(test)
        self._show_outcome("unexpected success", 'u')

    def _show_outcome(self, status, mark):
        if self.showAll:
            self.stream.writeln(status)
            self.stream.flush()
        elif self.dots:
            self._mark(mark)

    def printErrors(self):
        if self.showAll or self.dots:
            self.stream.writeln()
            self.stream.flush()
        for flavour, found in ('ERROR', self.errors), ('FAIL', self.failures):
            self.printErrorList(flavour, found)
        successes = getattr(self, 'unexpectedSuccesses', ())
        if successes:
            self.stream.writeln(self.separator1)
            for test in successes:
                self.stream.writeln(f"UNEXPECTED SUCCESS: {self.getDescription(test)}")
            self.stream.flush()

    def printErrorList(self, flavour, errors):
        """Print each test of the list with its traceback."""
        for test, err in errors:
            self.stream.writeln(self.separator1)
            self.stream.writeln(f"{flavour}: {self.getDescription(test)}")
            self.stream.writeln(self.separator2)
            self.stream.writeln("%s" % err)
            self.stream.flush()


class TextTestRunner:
    """A test runner class that displays results in textual form.

    Prints marks or names while the tests run, then the errors, then a summary.
    """

    resultclass = TextTestResult

    def __init__(self, stream=None, descriptions=True, verbosity=1, failfast=False,
                 buffer=False, resultclass=None, warnings=None, *, tb_locals=False,
                 durations=None):
        self.stream = _WritelnDecorator(sys.stderr if stream is None else stream)
        self.resultclass = self.resultclass if resultclass is None else resultclass
        self.descriptions, self.verbosity, self.durations = descriptions, verbosity, durations
        self.failfast, self.buffer, self.tb_locals = failfast, buffer, tb_locals
        self.warnings = warnings

    def _makeResult(self):
        try:
            return self.resultclass(self.stream, self.descriptions, self.verbosity,
                                    durations=self.durations)
        except TypeError:
            # A result class from before durations.
            return self.resultclass(self.stream, self.descriptions, self.verbosity)

    def _printDurations(self, result):
        if not result.collectedDurations:
            return
        slowest = sorted(result.collectedDurations, key=lambda pair: pair[1], reverse=True)
        if self.durations > 0:
            slowest = slowest[:self.durations]
        self.stream.writeln("Slowest test durations")
        if hasattr(result, 'separator2'):
            self.stream.writeln(result.separator2)
        shown = [pair for pair in slowest if self.verbosity >= 2 or pair[1] >= 0.001]
        for test, elapsed in shown:
            self.stream.writeln("%-10s %s" % ("%.3fs" % elapsed, test))
        if len(shown) < len(slowest):
            self.stream.writeln("\n(durations < 0.001s were hidden; "
                                "use -v to show these durations)")
        else:
            self.stream.writeln()

    def run(self, test):
        """Run a test case or suite; gives the result."""
        result = self._makeResult()
        registerResult(result)
        for option in 'failfast', 'buffer', 'tb_locals':
            setattr(result, option, getattr(self, option))
        with warnings.catch_warnings():
            if self.warnings:
                warnings.simplefilter(self.warnings)
            start = time.perf_counter()
            start_run = getattr(result, 'startTestRun', None)
            if start_run is not None:
                start_run()
            try:
                test(result)
            finally:
                stop_run = getattr(result, 'stopTestRun', None)
                if stop_run is not None:
                    stop_run()
            elapsed = time.perf_counter() - start
        result.printErrors()
        if self.durations is not None:
            self._printDurations(result)
        self._print_summary(result, elapsed)
        return result

    def _print_summary(self, result, elapsed):
        stream = self.stream
        if hasattr(result, 'separator2'):
            stream.writeln(result.separator2)
        run = result.testsRun
        stream.writeln("Ran %d test%s in %.3fs" % (run, "" if run == 1 else "s", elapsed))
        stream.writeln()
        try:
            counts = [("skipped", len(result.skipped)),
                      ("expected failures", len(result.expectedFailures)),
                      ("unexpected successes", len(result.unexpectedSuccesses))]
        except AttributeError:
            # A result class from before these outcomes.
            counts = []
        if not result.wasSuccessful():
            stream.write("FAILED")
            counts[:0] = [("failures", len(result.failures)), ("errors", len(result.errors))]
        elif run == 0:
            stream.write("NO TESTS RAN")
        else:
            stream.write("OK")
        details = ", ".join(f"{name}={count}" for name, count in counts if count)
        stream.writeln(f" ({details})" if details else None)
        stream.flush()
