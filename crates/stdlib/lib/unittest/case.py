"""Test cases: how one test is set up, run, cleaned up and reported.

A test runs in parts (setUp, the method, tearDown, each cleanup). `_Outcome` runs each part and
turns what it raises into a call of the result; the assertions are in `_assertions`.
"""

import collections
import contextlib
import functools
import sys
import time
import types
import warnings

from . import result
from ._assertions import (DIFF_OMITTED, _Assertions, _AssertRaisesBaseContext,
                          _AssertRaisesContext, _AssertWarnsContext, _BaseTestCaseContext,
                          _is_subtype)
from .util import strclass, safe_repr

__unittest = True

_subtest_msg_sentinel = object()


class SkipTest(Exception):
    """Raise this exception in a test to skip it.

    Usually you can use TestCase.skipTest() or one of the skipping decorators instead of
    raising this directly.
    """


class _ShouldStop(Exception):
    """The test should stop here: nothing more can come of it."""


class _UnexpectedSuccess(Exception):
    """The test was supposed to fail, but it didn't!"""


class _Outcome:
    """What the parts of a test came to so far."""

    success = True
    # Whether the part that runs is supposed to fail; how it did so.
    expecting_failure = False
    expectedFailure = None

    def __init__(self, result=None):
        self.result = result
        self.result_supports_subtests = hasattr(result, "addSubTest")

    def testPartExecutor(self, test_case, subTest=False):
        """Give a context manager for one part, which reports what that raises."""
        return _Part(self, test_case, subTest)


class _Part:
    """A part of a test, while it runs.  `success` of the outcome is that of this part alone
    until its end."""

    def __init__(self, outcome, test_case, is_subtest):
        self._outcome, self._test, self._is_subtest = outcome, test_case, is_subtest

    def __enter__(self):
        self._success_before = self._outcome.success
        self._outcome.success = True

    def __exit__(self, kind, error, tb):
        outcome = self._outcome
        try:
            if kind is None:
                if self._is_subtest and outcome.success:
                    outcome.result.addSubTest(self._test.test_case, self._test, None)
                return False
            if issubclass(kind, KeyboardInterrupt):
                return False
            if issubclass(kind, SkipTest):
                outcome.success = False
                _addSkip(outcome.result, self._test, str(error))
            elif not issubclass(kind, _ShouldStop):
                self._failed((kind, error, tb))
            return True
        finally:
            outcome.success = outcome.success and self._success_before

    def _failed(self, exc_info):
        outcome, test = self._outcome, self._test
        if outcome.expecting_failure:
            outcome.expectedFailure = exc_info
            return
        outcome.success = False
        if self._is_subtest:
            outcome.result.addSubTest(test.test_case, test, exc_info)
        else:
            _addError(outcome.result, test, exc_info)


def _addSkip(result, test_case, reason):
    add_skip = getattr(result, 'addSkip', None)
    if add_skip is not None:
        add_skip(test_case, reason)
    else:
        warnings.warn("TestResult has no addSkip method, skips not reported",
                      RuntimeWarning, 2)
        result.addSuccess(test_case)


def _addError(result, test, exc_info):
    if result is not None and exc_info is not None:
        failed = issubclass(exc_info[0], test.failureException)
        (result.addFailure if failed else result.addError)(test, exc_info)


def _id(obj):
    return obj


def _enter_context(cm, addcleanup):
    """Enter a context manager and register its exit as a cleanup."""
    cls = type(cm)
    try:
        enter, leave = cls.__enter__, cls.__exit__
    except AttributeError:
        raise TypeError(f"'{cls.__module__}.{cls.__qualname__}' object does "
                        f"not support the context manager protocol") from None
    result = enter(cm)
    addcleanup(leave, cm, None, None, None)
    return result


_module_cleanups = []


def addModuleCleanup(function, /, *args, **kwargs):
    """Same as addCleanup, except the cleanup items are called even if setUpModule fails
    (unlike tearDownModule)."""
    _module_cleanups.append((function, args, kwargs))


def enterModuleContext(cm):
    """Same as enterContext, but module-wide."""
    return _enter_context(cm, addModuleCleanup)


def doModuleCleanups():
    """Execute all module cleanup functions. Normally called for you after tearDownModule."""
    errors = []
    while _module_cleanups:
        function, args, kwargs = _module_cleanups.pop()
        try:
            function(*args, **kwargs)
        except Exception as error:
            errors.append(error)
    if errors:
        raise errors[0]


def skip(reason):
    """Unconditionally skip a test."""
    if isinstance(reason, types.FunctionType):
        # A decorator without arguments.
        return _skipped(reason, '')
    return lambda test_item: _skipped(test_item, reason)


def _skipped(test_item, reason):
    if isinstance(test_item, type):
        marked = test_item
    else:
        @functools.wraps(test_item)
        def marked(*args, **kwargs):
            raise SkipTest(reason)
    marked.__unittest_skip__, marked.__unittest_skip_why__ = True, reason
    return marked


def skipIf(condition, reason):
    """Skip a test if the condition is true."""
    return skip(reason) if condition else _id


def skipUnless(condition, reason):
    """Skip a test unless the condition is true."""
    return _id if condition else skip(reason)


def expectedFailure(test_item):
    """Mark a test, or all tests of a class, as ones that are to fail."""
    test_item.__unittest_expecting_failure__ = True
    return test_item


class _OrderedChainMap(collections.ChainMap):
    """A ChainMap that gives keys from the innermost mapping first."""

    def __iter__(self):
        return iter(dict.fromkeys(key for mapping in self.maps for key in mapping))


class TestCase(_Assertions):
    """A class whose instances are single test cases.

    A test is a method whose name starts with 'test'. For each one an instance is made; setUp
    runs before it and tearDown, then the cleanups, after it. `failureException` is what a
    failed assertion raises; `longMessage` tells whether messages are added to the
    assertion's own; `maxDiff` limits the length of diffs in messages.
    """

    def __init_subclass__(cls, *args, **kwargs):
        # Each class has its own, also if its base class failed or had cleanups.
        cls._classSetupFailed = False
        cls._class_cleanups = []
        super().__init_subclass__(*args, **kwargs)

    def __init__(self, methodName='runTest'):
        self._testMethodName = methodName
        self._outcome = None
        self._testMethodDoc = 'No test'
        try:
            method = getattr(self, methodName)
        except AttributeError:
            # Without a runTest an instance can still be used for its assertions.
            if methodName != 'runTest':
                raise ValueError(f"no such test method in {self.__class__}: {methodName}")
        else:
            self._testMethodDoc = method.__doc__
        self._cleanups = []
        self._subtest = None
        self._type_equality_funcs = {}
        for kind, name in ((dict, 'assertDictEqual'), (list, 'assertListEqual'),
                           (tuple, 'assertTupleEqual'), (set, 'assertSetEqual'),
                           (frozenset, 'assertSetEqual'), (str, 'assertMultiLineEqual')):
            self.addTypeEqualityFunc(kind, name)

    def addCleanup(self, function, /, *args, **kwargs):
        """Add a function, with arguments, to be called when the test is completed. Functions
        added are called on a LIFO basis and are called after tearDown on test failure or
        success.
        """
        self._cleanups.append((function, args, kwargs))

    def enterContext(self, cm):
        """Enters the supplied context manager and leaves it as a cleanup; gives what its
        __enter__ method gives.
        """
        return _enter_context(cm, self.addCleanup)

    @classmethod
    def addClassCleanup(cls, function, /, *args, **kwargs):
        """Same as addCleanup, except the cleanup items are called even if setUpClass fails
        (unlike tearDownClass)."""
        cls._class_cleanups.append((function, args, kwargs))

    @classmethod
    def enterClassContext(cls, cm):
        """enterContext for the whole class: it is left after tearDownClass."""
        return _enter_context(cm, cls.addClassCleanup)

    # What subclasses override to prepare for tests and to clean up.

    @classmethod
    def setUpClass(cls):
        """Prepare what the tests of the class share."""

    def setUp(self):
        """Prepare a test."""

    def tearDown(self):
        """Clean up after a test that could be prepared, whatever came of it."""

    @classmethod
    def tearDownClass(cls):
        """Clean up what the tests of the class shared."""

    def defaultTestResult(self):
        return result.TestResult()

    def countTestCases(self):
        return 1

    def shortDescription(self):
        """Give the first line of the test method's docstring, or None."""
        doc = self._testMethodDoc
        return doc.strip().split("\n")[0].strip() if doc else None

    def id(self):
        return f"{strclass(self.__class__)}.{self._testMethodName}"

    def _identity(self):
        return type(self), self._testMethodName

    def __eq__(self, other):
        return self._identity() == other._identity() if type(self) is type(other) else NotImplemented

    def __hash__(self):
        return hash(self._identity())

    def __str__(self):
        name = self._testMethodName
        return f"{name} ({strclass(self.__class__)}.{name})"

    def __repr__(self):
        return f"<{strclass(self.__class__)} testMethod={self._testMethodName}>"

    @contextlib.contextmanager
    def subTest(self, msg=_subtest_msg_sentinel, **params):
        """Return a context manager that will return the enclosed block of code in a subtest
        identified by the optional message and keyword parameters. A failure in the subtest
        marks the test case as failed but resumes execution at the end of the enclosed block.
        """
        outcome, parent = self._outcome, self._subtest
        if outcome is None or not outcome.result_supports_subtests:
            yield
            return
        # Inside of another subtest its parameters are shown, too.
        chain = _OrderedChainMap() if parent is None else parent.params
        self._subtest = part = _SubTest(self, msg, chain.new_child(params))
        try:
            with outcome.testPartExecutor(part, subTest=True):
                yield
            if outcome.success:
                # An expected failure has come: the rest of the test cannot change that.
                stops = outcome.expectedFailure
            else:
                stops = outcome.result is not None and outcome.result.failfast
            if stops:
                raise _ShouldStop
        finally:
            self._subtest = parent

    def _addExpectedFailure(self, result, exc_info):
        add = getattr(result, 'addExpectedFailure', None)
        if add is None:
            warnings.warn("TestResult has no addExpectedFailure method, reporting as passes",
                          RuntimeWarning)
            result.addSuccess(self)
        else:
            add(self, exc_info)

    def _addUnexpectedSuccess(self, result):
        add = getattr(result, 'addUnexpectedSuccess', None)
        if add is not None:
            add(self)
            return
        warnings.warn("TestResult has no addUnexpectedSuccess method, reporting as failure",
                      RuntimeWarning)
        # A result that old wants a real exception with its traceback.
        try:
            raise _UnexpectedSuccess from None
        except _UnexpectedSuccess:
            result.addFailure(self, sys.exc_info())

    def _addDuration(self, result, elapsed):
        add = getattr(result, 'addDuration', None)
        if add is None:
            warnings.warn("TestResult has no addDuration method", RuntimeWarning)
        else:
            add(self, elapsed)

    def _callSetUp(self):
        self.setUp()

    def _callTestMethod(self, method):
        if method() is not None:
            warnings.warn(f'It is deprecated to return a value that is not None from a '
                          f'test case ({method})', DeprecationWarning, stacklevel=4)

    def _callTearDown(self):
        self.tearDown()

    def _callCleanup(self, function, /, *args, **kwargs):
        function(*args, **kwargs)

    def _skip_reason(self, method):
        """Give why the class or method is to be skipped; None if it is not."""
        cls = self.__class__
        if not (getattr(cls, "__unittest_skip__", False)
                or getattr(method, "__unittest_skip__", False)):
            return None
        return (getattr(cls, '__unittest_skip_why__', '')
                or getattr(method, '__unittest_skip_why__', ''))

    def run(self, result=None):
        """Run the test and report to the result, or to a new one; gives the result."""
        alone = result is None
        if alone:
            result = self.defaultTestResult()
            _call_hook(result, 'startTestRun')
        try:
            method = getattr(self, self._testMethodName)
            reason = self._skip_reason(method)
            if reason is None:
                result.startTest(self)
                self._run_parts(result, method)
            else:
                _addSkip(result, self, reason)
            return result
        finally:
            result.stopTest(self)
            if alone:
                _call_hook(result, 'stopTestRun')

    def _run_parts(self, result, method):
        expecting_failure = (getattr(self, "__unittest_expecting_failure__", False)
                             or getattr(method, "__unittest_expecting_failure__", False))
        self._outcome = outcome = _Outcome(result)
        part = outcome.testPartExecutor
        start = time.perf_counter()
        try:
            with part(self):
                self._callSetUp()
            prepared = outcome.success
            if prepared:
                outcome.expecting_failure = expecting_failure
                with part(self):
                    self._callTestMethod(method)
                outcome.expecting_failure = False
                with part(self):
                    self._callTearDown()
            self.doCleanups()
            self._addDuration(result, time.perf_counter() - start)
            if outcome.success:
                if not expecting_failure:
                    result.addSuccess(self)
                elif outcome.expectedFailure:
                    self._addExpectedFailure(result, outcome.expectedFailure)
                else:
                    self._addUnexpectedSuccess(result)
        finally:
            # The failure's traceback holds this frame, and it would hold the outcome.
            outcome.expectedFailure = None
            outcome = None
            self._outcome = None

    def doCleanups(self):
        """Execute all cleanup functions. Normally called for you after tearDown."""
        outcome = self._outcome or _Outcome()
        while self._cleanups:
            function, args, kwargs = self._cleanups.pop()
            with outcome.testPartExecutor(self):
                self._callCleanup(function, *args, **kwargs)
        return outcome.success

    @classmethod
    def doClassCleanups(cls):
        """Execute all class cleanup functions. Normally called for you after tearDownClass."""
        errors = cls.tearDown_exceptions = []
        while cls._class_cleanups:
            function, args, kwargs = cls._class_cleanups.pop()
            try:
                function(*args, **kwargs)
            except Exception:
                errors.append(sys.exc_info())

    def __call__(self, *args, **kwds):
        return self.run(*args, **kwds)

    def debug(self):
        """Run the test without collecting errors in a TestResult"""
        method = getattr(self, self._testMethodName)
        reason = self._skip_reason(method)
        if reason is not None:
            raise SkipTest(reason)
        self._callSetUp()
        self._callTestMethod(method)
        self._callTearDown()
        pending = self._cleanups
        while pending:
            function, args, kwargs = pending.pop()
            self._callCleanup(function, *args, **kwargs)

    def skipTest(self, reason):
        """Skip this test."""
        raise SkipTest(reason)


def _call_hook(result, name):
    # Results need not have it.
    getattr(result, name, lambda: None)()


class FunctionTestCase(TestCase):
    """A test case that wraps a test function.

    Optionally, functions for set-up and tear-down and a description are given as well.
    """

    def __init__(self, testFunc, setUp=None, tearDown=None, description=None):
        super().__init__()
        self._testFunc, self._description = testFunc, description
        self._setUpFunc, self._tearDownFunc = setUp, tearDown

    def setUp(self):
        if self._setUpFunc is not None:
            self._setUpFunc()

    def runTest(self):
        self._testFunc()

    def tearDown(self):
        if self._tearDownFunc is not None:
            self._tearDownFunc()

    def id(self):
        return self._testFunc.__name__

    def _parts(self):
        return self._setUpFunc, self._tearDownFunc, self._testFunc, self._description

    def __eq__(self, other):
        if not isinstance(other, self.__class__):
            return NotImplemented
        return self._parts() == other._parts()

    def __hash__(self):
        return hash((type(self), *self._parts()))

    def __str__(self):
        return f"{strclass(self.__class__)} ({self._testFunc.__name__})"

    def __repr__(self):
        return f"<{strclass(self.__class__)} tec={self._testFunc}>"

    def shortDescription(self):
        if self._description is None:
            doc = self._testFunc.__doc__
            return doc.split("\n")[0].strip() or None if doc else None
        return self._description


class _SubTest(TestCase):
    """What a result sees of a part of a test that subTest marks."""

    def __init__(self, test_case, message, params):
        super().__init__()
        self.test_case, self.params = test_case, params
        self._message = message
        self.failureException = test_case.failureException

    def runTest(self):
        raise NotImplementedError("subtests cannot be run directly")

    def _subDescription(self):
        parts = [] if self._message is _subtest_msg_sentinel else [f"[{self._message}]"]
        if self.params:
            params = ', '.join(f"{name}={value!r}" for name, value in self.params.items())
            parts.append(f"({params})")
        return " ".join(parts) or '(<subtest>)'

    def id(self):
        return f"{self.test_case.id()} {self._subDescription()}"

    def shortDescription(self):
        """Give the first line of the docstring of the test it is part of."""
        return self.test_case.shortDescription()

    def __str__(self):
        return f"{self.test_case} {self._subDescription()}"
