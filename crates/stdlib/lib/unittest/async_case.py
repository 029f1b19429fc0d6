"""Test cases whose methods may be coroutines.

One event loop and one context serve a test from asyncSetUp to the last cleanup, so that context
variables set early are seen later.
"""

import inspect
import warnings
from asyncio import Runner
from contextvars import copy_context

from .case import TestCase


class IsolatedAsyncioTestCase(TestCase):
    """A TestCase with an event loop of its own for each test."""

    # The runner has the loop; it is there while the test runs.
    _asyncioRunner = None

    def __init__(self, methodName='runTest'):
        super().__init__(methodName)
        self._asyncioTestContext = copy_context()

    async def asyncSetUp(self):
        """Prepare the test, after setUp."""

    async def asyncTearDown(self):
        """Clean up after the test, before tearDown."""

    def addAsyncCleanup(self, func, /, *args, **kwargs):
        """Add a coroutine function to be called after asyncTearDown."""
        self.addCleanup(func, *args, **kwargs)

    async def enterAsyncContext(self, cm):
        """Enter the asynchronous context manager and leave it after the test.

        Gives what its __aenter__ gives.
        """
        cls = type(cm)
        try:
            enter, leave = cls.__aenter__, cls.__aexit__
        except AttributeError:
            raise TypeError(f"'{cls.__module__}.{cls.__qualname__}' object does "
                            f"not support the asynchronous context manager protocol") from None
        result = await enter(cm)
        self.addAsyncCleanup(leave, cm, None, None, None)
        return result

    def _callSetUp(self):
        # setUp may ask for the loop, so it must exist by then.
        self._asyncioRunner.get_loop()
        self._call_in_context(self.setUp)
        self._callAsync(self.asyncSetUp)

    def _callTestMethod(self, method):
        outcome = self._callMaybeAsync(method)
        if outcome is not None:
            warnings.warn('It is deprecated to return a value that is not None from a '
                          f'test case ({method})', DeprecationWarning, stacklevel=5)

    def _callTearDown(self):
        self._callAsync(self.asyncTearDown)
        self._call_in_context(self.tearDown)

    def _callCleanup(self, function, *args, **kwargs):
        self._callMaybeAsync(function, *args, **kwargs)

    def _call_in_context(self, func, /, *args, **kwargs):
        return self._asyncioTestContext.run(func, *args, **kwargs)

    def _callAsync(self, func, /, *args, **kwargs):
        runner = self._asyncioRunner
        assert runner is not None, 'asyncio runner is not initialized'
        assert inspect.iscoroutinefunction(func), f'{func!r} is not an async function'
        return runner.run(func(*args, **kwargs), context=self._asyncioTestContext)

    def _callMaybeAsync(self, func, /, *args, **kwargs):
        assert self._asyncioRunner is not None, 'asyncio runner is not initialized'
        is_async = inspect.iscoroutinefunction(func)
        call = self._callAsync if is_async else self._call_in_context
        return call(func, *args, **kwargs)

    def _setupAsyncioRunner(self):
        assert self._asyncioRunner is None, 'asyncio runner is already initialized'
        self._asyncioRunner = Runner(debug=True)

    def _tearDownAsyncioRunner(self):
        self._asyncioRunner.close()

    def run(self, result=None):
        self._setupAsyncioRunner()
        try:
            result = super().run(result)
        finally:
            self._tearDownAsyncioRunner()
        return result

    def debug(self):
        # Where it raises, the loop is left as it was then.
        self._setupAsyncioRunner()
        super().debug()
        self._tearDownAsyncioRunner()

    def __del__(self):
        # Of a test that debug() has left so.
        if self._asyncioRunner is not None:
            self._tearDownAsyncioRunner()
