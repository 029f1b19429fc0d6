"""Suites: tests that are run together, with the fixtures of their classes and modules."""

import sys
from contextlib import contextmanager

from . import case
from . import util

__unittest = True


def _call_if_exists(parent, attr):
    getattr(parent, attr, lambda: None)()


# Given for a test whose fixtures have failed.
_NOT_RUN = object()


@contextmanager
def _captured(result):
    """Buffer the output of a fixture as that of a test, if the result does that."""
    _call_if_exists(result, '_setupStdout')
    try:
        yield
    finally:
        _call_if_exists(result, '_restoreStdout')


class BaseTestSuite:
    """A simple test suite that doesn't provide class or module shared fixtures."""

    _cleanup = True

    def __init__(self, tests=()):
        self._tests = []
        # How many tests those had that were dropped.
        self._removed_tests = 0
        self.addTests(tests)

    def __iter__(self):
        return iter(self._tests)

    def __eq__(self, other):
        same_kind = isinstance(other, self.__class__)
        return list(self) == list(other) if same_kind else NotImplemented

    def __repr__(self):
        return f"<{util.strclass(self.__class__)} tests={list(self)}>"

    def countTestCases(self):
        """Give the number of tests, those already run and dropped included."""
        return self._removed_tests + sum(test.countTestCases() for test in self if test)

    def addTest(self, test):
        """Add a test or a suite."""
        if not callable(test):
            raise TypeError(f"{test!r} is not callable")
        if isinstance(test, type) and issubclass(test, (case.TestCase, TestSuite)):
            raise TypeError("TestCases and TestSuites must be instantiated "
                            "before passing them to addTest()")
        self._tests.append(test)

    def addTests(self, tests):
        """Add all tests of an iterable."""
        if isinstance(tests, str):
            raise TypeError("tests must be an iterable of tests, not a string")
        for test in tests:
            self.addTest(test)

    def run(self, result):
        """Run the tests until the result says stop."""
        self._run_each(result, lambda test: test(result))
        return result

    def _run_each(self, result, run):
        """Run tests with a function until the result says stop, dropping those that have run."""
        for index, test in enumerate(self):
            if result.shouldStop:
                break
            if run(test) is not _NOT_RUN and self._cleanup:
                self._removeTestAtIndex(index)

    def _removeTestAtIndex(self, index):
        """Drop a test that has run, so that what it holds is freed."""
        try:
            test = self._tests[index]
        except TypeError:
            # A subclass keeps its tests otherwise.
            return
        # Anything that can be called may be a test.
        if hasattr(test, 'countTestCases'):
            self._removed_tests += test.countTestCases()
        self._tests[index] = None

    def __call__(self, *args, **kwds):
        return self.run(*args, **kwds)

    def debug(self):
        """Run the tests without collecting errors in a TestResult"""
        for test in self:
            test.debug()


class TestSuite(BaseTestSuite):
    """A test suite is a composite test consisting of a number of TestCases.

    Runs setUpModule and setUpClass when the first test of a module or class comes, and their
    counterparts when the first of another one does.
    """

    def run(self, result, debug=False):
        # Suites inside of others leave the last fixtures to them.
        outermost = not getattr(result, '_testRunEntered', False)
        if outermost:
            result._testRunEntered = True

        def run(test):
            if _isnotsuite(test) and not self._change_fixtures(test, result):
                return _NOT_RUN
            return test.debug() if debug else test(result)

        self._run_each(result, run)
        if outermost:
            self._tearDownPreviousClass(None, result)
            self._handleModuleTearDown(result)
            result._testRunEntered = False
        return result

    def _change_fixtures(self, test, result):
        """Prepare for a test, if it is of another class or module than the one before; whether
        it can be run."""
        self._tearDownPreviousClass(test, result)
        self._handleModuleFixture(test, result)
        self._handleClassSetUp(test, result)
        kind = result._previousTestClass = test.__class__
        return not (getattr(kind, '_classSetupFailed', False)
                    or getattr(result, '_moduleSetUpFailed', False))

    def debug(self):
        """Run the tests without collecting errors in a TestResult"""
        self.run(_DebugResult(), True)

    def _handleClassSetUp(self, test, result):
        current = test.__class__
        if current == getattr(result, '_previousTestClass', None):
            return
        if result._moduleSetUpFailed or getattr(current, "__unittest_skip__", False):
            return
        self._mark_setup_failed(current, False)
        set_up = getattr(current, 'setUpClass', None)
        if set_up is None:
            return
        cleanups = getattr(current, 'doClassCleanups', None)
        with _captured(result):
            failed = False
            try:
                set_up()
            except Exception as error:
                if isinstance(result, _DebugResult):
                    raise
                failed = True
                self._mark_setup_failed(current, True)
                self._createClassOrModuleLevelException(
                    result, error, 'setUpClass', util.strclass(current))
            if failed and cleanups is not None:
                cleanups()
                for exc_info in current.tearDown_exceptions:
                    self._createClassOrModuleLevelException(
                        result, exc_info[1], 'setUpClass', util.strclass(current),
                        info=exc_info)

    @staticmethod
    def _mark_setup_failed(cls, failed):
        try:
            cls._classSetupFailed = failed
        except TypeError:
            # A test may be a plain function; its class takes no attributes.
            pass

    def _get_previous_module(self, result):
        previous = getattr(result, '_previousTestClass', None)
        return None if previous is None else previous.__module__

    def _handleModuleFixture(self, test, result):
        current = test.__class__.__module__
        if current == self._get_previous_module(result):
            return
        self._handleModuleTearDown(result)
        result._moduleSetUpFailed = False
        module = sys.modules.get(current)
        set_up = getattr(module, 'setUpModule', None)
        if set_up is None:
            return
        with _captured(result):
            try:
                set_up()
            except Exception as error:
                if isinstance(result, _DebugResult):
                    raise
                result._moduleSetUpFailed = True
                self._createClassOrModuleLevelException(result, error, 'setUpModule', current)
            if result._moduleSetUpFailed:
                try:
                    case.doModuleCleanups()
                except Exception as error:
                    self._createClassOrModuleLevelException(
                        result, error, 'setUpModule', current)

    def _createClassOrModuleLevelException(self, result, exc, method_name, parent, info=None):
        self._addClassOrModuleLevelException(result, exc, f'{method_name} ({parent})', info)

    def _addClassOrModuleLevelException(self, result, exception, errorName, info=None):
        error = _ErrorHolder(errorName)
        add_skip = getattr(result, 'addSkip', None)
        if add_skip is not None and isinstance(exception, case.SkipTest):
            add_skip(error, str(exception))
        else:
            result.addError(error, info or sys.exc_info())

    def _handleModuleTearDown(self, result):
        previous = self._get_previous_module(result)
        if previous is None or result._moduleSetUpFailed or previous not in sys.modules:
            return
        with _captured(result):
            for step in getattr(sys.modules[previous], 'tearDownModule', None), \
                    case.doModuleCleanups:
                if step is None:
                    continue
                try:
                    step()
                except Exception as error:
                    if isinstance(result, _DebugResult):
                        raise
                    self._createClassOrModuleLevelException(
                        result, error, 'tearDownModule', previous)

    def _tearDownPreviousClass(self, test, result):
        previous = getattr(result, '_previousTestClass', None)
        if previous is None or previous == test.__class__:
            return
        if (getattr(previous, '_classSetupFailed', False)
                or getattr(result, '_moduleSetUpFailed', False)
                or getattr(previous, "__unittest_skip__", False)):
            return
        tear_down = getattr(previous, 'tearDownClass', None)
        cleanups = getattr(previous, 'doClassCleanups', None)
        if tear_down is None and cleanups is None:
            return
        with _captured(result):
            if tear_down is not None:
                try:
                    tear_down()
                except Exception as error:
                    if isinstance(result, _DebugResult):
                        raise
                    self._createClassOrModuleLevelException(
                        result, error, 'tearDownClass', util.strclass(previous))
            if cleanups is not None:
                cleanups()
                for exc_info in previous.tearDown_exceptions:
                    if isinstance(result, _DebugResult):
                        raise exc_info[1]
                    self._createClassOrModuleLevelException(
                        result, exc_info[1], 'tearDownClass', util.strclass(previous),
                        info=exc_info)


class _ErrorHolder:
    """What stands for the test in a result when a fixture of a class or module failed."""

    # Read when a result formats the traceback.
    failureException = None

    def __init__(self, description):
        self.description = description

    def shortDescription(self):
        return None

    def id(self):
        return self.description

    def __repr__(self):
        return f"<ErrorHolder description={self.description!r}>"

    def __str__(self):
        return self.id()

    def run(self, result):
        """Do nothing: the error is already reported."""

    def __call__(self, result):
        return self.run(result)

    def countTestCases(self):
        return 0


def _isnotsuite(test):
    """Tell a test from a suite, of whatever class: a suite can be iterated."""
    try:
        iter(test)
    except TypeError:
        return True
    return False


class _DebugResult:
    """Remembers the previous class while a suite runs without a result."""

    _previousTestClass = None
    _moduleSetUpFailed = False
    shouldStop = False
