"""The kinds of mocks beyond the plain one: with magic methods, asynchronous, and for properties."""

__name__ = "unittest.mock"

import inspect
from types import CodeType

from ._mock_calls import DEFAULT, _Call, _CallList
from ._mock_magics import _async_method_magics, _magics, _set_return_value
from .mock import (
    Base, Mock, NonCallableMock, _callable, _coroutine_mark, _delegating_property, _first_error,
    _is_exception, _remove_all, _safe_super, _sequence_problem, iscoroutinefunction)


class MagicMixin(Base):
    def __init__(self, /, *args, **kw):
        # Before, as keywords may configure magic methods, and after, as the spec is known.
        self._mock_set_magics()
        _safe_super(MagicMixin, self).__init__(*args, **kw)
        self._mock_set_magics()

    def _mock_set_magics(self):
        wanted = supported = _magics | _async_method_magics
        own_class = type(self)
        if getattr(self, "_mock_methods", None) is not None:
            wanted = supported.intersection(self._mock_methods)
            for name in supported - wanted:
                if name in own_class.__dict__:
                    delattr(self, name)
        for name in wanted - set(own_class.__dict__):
            setattr(own_class, name, MagicProxy(name, self))


class NonCallableMagicMock(MagicMixin, NonCallableMock):
    """A version of `MagicMock` that isn't callable."""

    def mock_add_spec(self, spec, spec_set=False):
        """Add a spec to a mock, as Mock.mock_add_spec does; only magic methods that are on the
        spec stay."""
        self._mock_add_spec(spec, spec_set)
        self._mock_set_magics()


class AsyncMagicMixin(MagicMixin):
    pass


class MagicMock(MagicMixin, Mock):
    """MagicMock is a subclass of Mock with default implementations of most of the magic
    methods. With a spec, only magic methods that exist in the spec are created.

    Attributes and the return value of a `MagicMock` will also be `MagicMocks`.
    """

    def mock_add_spec(self, spec, spec_set=False):
        """Add a spec to a mock, as Mock.mock_add_spec does; only magic methods that are on the
        spec stay."""
        self._mock_add_spec(spec, spec_set)
        self._mock_set_magics()


class MagicProxy(Base):
    """Makes the mock of a magic method when it is first looked up."""

    def __init__(self, name, parent):
        self.name = name
        self.parent = parent

    def create_mock(self):
        name, parent = self.name, self.parent
        method = parent._get_child_mock(name=name, _new_name=name, _new_parent=parent)
        setattr(parent, name, method)
        _set_return_value(parent, method, name)
        return method

    def __get__(self, obj, _type=None):
        return self.create_mock()


_CODE_ATTRS = dir(CodeType)


class AsyncMockMixin(Base):
    await_count = _delegating_property('await_count')
    await_args = _delegating_property('await_args')
    await_args_list = _delegating_property('await_args_list')

    def __init__(self, /, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Through __dict__, as a spec_set may not have these names.
        own = self.__dict__
        own['_is_coroutine'] = _coroutine_mark()
        own['_mock_await_count'] = 0
        own['_mock_await_args'] = None
        own['_mock_await_args_list'] = _CallList()
        code = NonCallableMock(spec_set=_CODE_ATTRS)
        code.__dict__["_spec_class"] = CodeType
        code.__dict__["_spec_signature"] = inspect.Signature([
            inspect.Parameter('args', inspect.Parameter.VAR_POSITIONAL),
            inspect.Parameter('kwargs', inspect.Parameter.VAR_KEYWORD)])
        code.co_flags = inspect.CO_COROUTINE + inspect.CO_VARARGS + inspect.CO_VARKEYWORDS
        code.co_argcount = 0
        code.co_varnames = ('args', 'kwargs')
        code.co_posonlyargcount = 0
        code.co_kwonlyargcount = 0
        own['__code__'] = code
        own['__name__'] = 'AsyncMock'
        own['__defaults__'] = ()
        own['__kwdefaults__'] = {}
        own['__annotations__'] = None

    async def _execute_mock_call(self, /, *args, **kwargs):
        awaited = _Call((args, kwargs), two=True)
        self.await_count += 1
        self.await_args = awaited
        self.await_args_list.append(awaited)
        effect = self.side_effect
        if effect is not None:
            if _is_exception(effect):
                raise effect
            if not _callable(effect):
                try:
                    result = next(effect)
                except StopIteration:
                    # A coroutine cannot raise StopIteration.
                    raise StopAsyncIteration
                if _is_exception(result):
                    raise result
            elif iscoroutinefunction(effect):
                result = await effect(*args, **kwargs)
            else:
                result = effect(*args, **kwargs)
            if result is not DEFAULT:
                return result
        result = self._own_result(args, kwargs)
        if self._mock_return_value is DEFAULT and iscoroutinefunction(self._mock_wraps):
            # That of the wrapped function.
            return await result
        return result

    def assert_awaited(self):
        """Assert that the mock was awaited at least once."""
        if self.await_count == 0:
            raise AssertionError(
                f"Expected {self._mock_name or 'mock'} to have been awaited.")

    def assert_awaited_once(self):
        """Assert that the mock was awaited exactly once."""
        if self.await_count != 1:
            self._raise_await_count('to have been awaited once')

    def _raise_await_count(self, expectation):
        raise AssertionError(f"Expected {self._mock_name or 'mock'} {expectation}."
                             f" Awaited {self.await_count} times.")

    def assert_awaited_with(self, /, *args, **kwargs):
        """Assert that the last await was with the specified arguments."""
        if self.await_args is None:
            expected = self._format_mock_call_signature(args, kwargs)
            raise AssertionError(f'Expected await: {expected}\nNot awaited')
        expected = self._call_matcher(_Call((args, kwargs), two=True))
        if self._call_matcher(self.await_args) != expected:
            cause = expected if isinstance(expected, Exception) else None
            raise AssertionError(self._format_mock_failure_message(
                args, kwargs, action='await')) from cause

    def assert_awaited_once_with(self, /, *args, **kwargs):
        """Assert that the mock was awaited exactly once and with the specified arguments."""
        self.assert_awaited_once()
        return self.assert_awaited_with(*args, **kwargs)

    def assert_any_await(self, /, *args, **kwargs):
        """Assert the mock has ever been awaited with the specified arguments."""
        self._assert_any(self.await_args_list, 'await', args, kwargs)

    def assert_has_awaits(self, calls, any_order=False):
        """Assert the mock has been awaited with the specified calls, in this order and without
        others between them, unless `any_order` is true."""
        expected = [self._call_matcher(wanted) for wanted in calls]
        recorded = _CallList(self._call_matcher(done) for done in self.await_args_list)
        cause = _first_error(expected)
        if not any_order:
            if expected not in recorded:
                problem = _sequence_problem(expected, cause, "awaits")
                raise AssertionError(f'{problem}\n'
                                     f'Expected: {_CallList(calls)}\n'
                                     f'Actual: {self.await_args_list}') from cause
            return
        not_found = _remove_all(expected, list(recorded))
        if not_found:
            raise AssertionError(f'{not_found!r} not all found in await list') from cause

    def assert_not_awaited(self):
        """Assert that the mock was never awaited."""
        if self.await_count != 0:
            self._raise_await_count('to not have been awaited')

    def reset_mock(self, /, *args, **kwargs):
        """See :func:`.Mock.reset_mock()`"""
        super().reset_mock(*args, **kwargs)
        self.await_count = 0
        self.await_args = None
        self.await_args_list = _CallList()


class AsyncMock(AsyncMockMixin, AsyncMagicMixin, Mock):
    """A mock of an async function: calling it gives something to be awaited.

    The result of awaiting is what `side_effect`, `return_value` or `wraps` of a Mock would
    give; a side effect or wrapped object that is an async function is awaited too. An
    iterable side effect that is exhausted raises StopAsyncIteration.
    """


class PropertyMock(Mock):
    """A mock intended to be used as a property, or other descriptor, on a class.

    Fetching a `PropertyMock` instance from an object calls the mock, with no args. Setting it
    calls the mock with the value being set.
    """

    def _get_child_mock(self, /, **kwargs):
        return MagicMock(**kwargs)

    def __get__(self, obj, obj_type=None):
        return self()

    def __set__(self, obj, val):
        self(val)


class _AsyncIterator:
    """An asynchronous iterator over a plain one."""

    def __init__(self, iterator):
        self.iterator = iterator
        code = NonCallableMock(spec_set=CodeType)
        code.co_flags = inspect.CO_ITERABLE_COROUTINE
        self.__dict__['__code__'] = code

    async def __anext__(self):
        try:
            return next(self.iterator)
        except StopIteration:
            pass
        raise StopAsyncIteration
