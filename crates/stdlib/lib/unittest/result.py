"""Collect the outcomes of tests."""

import io
import sys
import traceback
from functools import wraps

from . import util

__unittest = True

STDOUT_LINE = "\nStdout:\n%s"
STDERR_LINE = "\nStderr:\n%s"


def failfast(method):
    """Make a method that reports a failure stop the run if the result is to fail fast."""
    @wraps(method)
    def inner(self, *args, **kw):
        if getattr(self, "failfast", False):
            self.stop()
        return method(self, *args, **kw)
    return inner


def _whole_lines(text):
    return text if text.endswith("\n") else text + "\n"


class TestResult:
    """Holder of test results: which tests ran, failed, raised or were skipped, and why.

    Errors and failures are pairs of the test and its traceback as text.
    """

    # How far a suite is: the class of its last test, whether one runs, what has failed.
    _previousTestClass = None
    _moduleSetUpFailed = _testRunEntered = False
    shouldStop = False
    testsRun = 0
    # While a test's output is buffered; whether the test failed, and it is to be shown.
    _stdout_buffer = _stderr_buffer = None
    _mirrorOutput = False

    def __init__(self, stream=None, descriptions=None, verbosity=None):
        # Options, which the runner sets.
        self.failfast = self.buffer = self.tb_locals = False
        self._original_stdout, self._original_stderr = sys.stdout, sys.stderr
        self.errors, self.failures = [], []
        self.skipped, self.expectedFailures, self.unexpectedSuccesses = [], [], []
        self.collectedDurations = []

    def printErrors(self):
        """Called by a runner after the last test."""

    def startTest(self, test):
        """Called when a test is about to run."""
        self._mirrorOutput = False
        self.testsRun += 1
        self._setupStdout()

    def _setupStdout(self):
        if self.buffer:
            if self._stdout_buffer is None:
                self._stdout_buffer, self._stderr_buffer = io.StringIO(), io.StringIO()
            sys.stdout, sys.stderr = self._stdout_buffer, self._stderr_buffer

    def startTestRun(self):
        """Called once before any tests are executed."""

    def stopTest(self, test):
        """Called when the given test has been run."""
        self._restoreStdout()
        self._mirrorOutput = False

    def _restoreStdout(self):
        if not self.buffer:
            return
        if self._mirrorOutput:
            output, error = sys.stdout.getvalue(), sys.stderr.getvalue()
            if output:
                self._original_stdout.write(STDOUT_LINE % _whole_lines(output))
            if error:
                self._original_stderr.write(STDERR_LINE % _whole_lines(error))
        sys.stdout = self._original_stdout
        sys.stderr = self._original_stderr
        for buffer in self._stdout_buffer, self._stderr_buffer:
            if buffer is not None:
                buffer.seek(0)
                buffer.truncate()

    def stopTestRun(self):
        """Called once after all tests are executed."""

    @failfast
    def addError(self, test, err):
        """Called when an error has occurred; err is what sys.exc_info() gives."""
        self.errors.append((test, self._exc_info_to_string(err, test)))
        self._mirrorOutput = True

    @failfast
    def addFailure(self, test, err):
        """Called when a test has failed; err is what sys.exc_info() gives."""
        self.failures.append((test, self._exc_info_to_string(err, test)))
        self._mirrorOutput = True

    def addSubTest(self, test, subtest, err):
        """Called at the end of a subtest; err is None if it passed."""
        if err is None:
            return
        if getattr(self, "failfast", False):
            self.stop()
        outcome = self.failures if issubclass(err[0], test.failureException) else self.errors
        outcome.append((subtest, self._exc_info_to_string(err, test)))
        self._mirrorOutput = True

    def addSuccess(self, test):
        """Called when a test has passed."""

    def addSkip(self, test, reason):
        """Called when a test is skipped."""
        self.skipped.append((test, reason))

    def addExpectedFailure(self, test, err):
        """Called when an expected failure or error occurred."""
        self.expectedFailures.append((test, self._exc_info_to_string(err, test)))

    @failfast
    def addUnexpectedSuccess(self, test):
        """Called when a test was expected to fail, but succeeded."""
        self.unexpectedSuccesses.append(test)

    def addDuration(self, test, elapsed):
        """Called when a test finished to run, regardless of its outcome."""
        # A subclass need not have called our __init__. The text, not the test, so that the
        # test's resources can go.
        if hasattr(self, "collectedDurations"):
            self.collectedDurations.append((str(test), elapsed))

    def wasSuccessful(self):
        """Tells whether or not this result was a success."""
        return not (self.failures or self.errors or getattr(self, "unexpectedSuccesses", ()))

    def stop(self):
        """Indicates that the tests should be aborted."""
        self.shouldStop = True

    def _exc_info_to_string(self, err, test):
        """Turn what sys.exc_info() gave into text, without the framework's own frames."""
        exctype, value, tb = err
        tb = self._clean_tracebacks(exctype, value, tb, test)
        report = traceback.TracebackException(
            exctype, value, tb, capture_locals=self.tb_locals, compact=True)
        lines = list(report.format())
        if self.buffer:
            output, error = sys.stdout.getvalue(), sys.stderr.getvalue()
            if output:
                lines.append(STDOUT_LINE % _whole_lines(output))
            if error:
                lines.append(STDERR_LINE % _whole_lines(error))
        return "".join(lines)

    def _clean_tracebacks(self, exctype, value, tb, test):
        """Cut the framework's frames from the exception and those it is chained to.

        Gives the traceback of the first; the others' are replaced in place.
        """
        cleaned = None
        pending = [(exctype, value, tb)]
        seen = {id(value)}
        first = True
        while pending:
            exctype, value, tb = pending.pop()
            while tb and self._is_relevant_tb_level(tb):
                tb = tb.tb_next
            if exctype is test.failureException:
                self._remove_unittest_tb_frames(tb)
            if first:
                cleaned = tb
                first = False
            else:
                value.__traceback__ = tb
            if value is not None:
                for chained in value.__cause__, value.__context__:
                    if chained is not None and id(chained) not in seen:
                        seen.add(id(chained))
                        pending.append((type(chained), chained, chained.__traceback__))
        return cleaned

    def _is_relevant_tb_level(self, tb):
        return "__unittest" in tb.tb_frame.f_globals

    def _remove_unittest_tb_frames(self, tb):
        """Cut a traceback before its first frame of the framework, unless it starts with one."""
        last = None
        while tb and not self._is_relevant_tb_level(tb):
            last, tb = tb, tb.tb_next
        if last is not None:
            last.tb_next = None

    def __repr__(self):
        return "<%s run=%i errors=%i failures=%i>" % (
            util.strclass(type(self)), self.testsRun, len(self.errors), len(self.failures))
