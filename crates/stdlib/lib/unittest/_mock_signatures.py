"""Mocks that check their arguments as what they stand for would, and functions over mocks."""

__name__ = "unittest.mock"

import inspect
from functools import partial

from ._mock_calls import _CallList
from .mock import FunctionTypes, _coroutine_mark, _is_instance_mock, _missing


def _get_signature_object(func, as_instance, eat_self):
    """Give (function, signature) for a call of the object; None if there is no signature.

    `as_instance` takes a class as one of its instances, `eat_self` leaves out the first
    parameter.
    """
    if isinstance(func, type) and not as_instance:
        func = func.__init__
        eat_self = True
    elif isinstance(func, (classmethod, staticmethod)):
        if isinstance(func, classmethod):
            eat_self = True
        func = func.__func__
    elif not isinstance(func, FunctionTypes):
        try:
            func = func.__call__
        except AttributeError:
            return None
    try:
        return func, inspect.signature(partial(func, None) if eat_self else func)
    except ValueError:
        return None


def _check_signature(func, mock, skipfirst, instance=False):
    """Make calls of the mock check their arguments against func's parameters."""
    found = _get_signature_object(func, instance, skipfirst)
    if found is None:
        return
    func, sig = found

    def check(self, /, *args, **kwargs):
        sig.bind(*args, **kwargs)

    _copy_func_details(func, check)
    own_class = type(mock)
    own_class._mock_check_sig, own_class.__signature__ = check, sig


def _copy_func_details(func, funcopy):
    # Not the attributes in __dict__: those are mocked.
    for name in ('__name__', '__doc__', '__text_signature__', '__module__',
                 '__defaults__', '__kwdefaults__'):
        found = getattr(func, name, _missing)
        if found is not _missing:
            try:
                setattr(funcopy, name, found)
            except AttributeError:
                pass


def _set_signature(mock, original, instance=False):
    """Give a function that checks its arguments against the original's and calls the mock."""
    found = _get_signature_object(original, instance, isinstance(original, type))
    if found is None:
        return mock
    func, sig = found

    def checksig(*args, **kwargs):
        sig.bind(*args, **kwargs)
    _copy_func_details(func, checksig)

    # Its name shows in tracebacks, so the function is compiled under it.
    name = original.__name__
    if not name.isidentifier():
        name = 'funcopy'
    context = {'_checksig_': checksig, 'mock': mock}
    exec(f"def {name}(*args, **kwargs):\n"
         f"    _checksig_(*args, **kwargs)\n"
         f"    return mock(*args, **kwargs)", context)
    funcopy = context[name]
    _setup_func(funcopy, mock, sig)
    return funcopy


def _setup_func(funcopy, mock, sig):
    """Give a function the attributes of the mock behind it."""
    funcopy.mock = mock

    def reset_mock():
        funcopy.method_calls = _CallList()
        funcopy.mock_calls = _CallList()
        mock.reset_mock()
        ret = funcopy.return_value
        if _is_instance_mock(ret) and ret is not mock:
            ret.reset_mock()

    def forward(name):
        def method(*args, **kwargs):
            return getattr(mock, name)(*args, **kwargs)
        method.__name__ = name
        return method

    # The mock's own properties look here.
    vars(funcopy).update(
        called=False, call_count=0, call_args=None, call_args_list=_CallList(),
        method_calls=_CallList(), mock_calls=_CallList(),
        return_value=mock.return_value, side_effect=mock.side_effect,
        _mock_children=mock._mock_children)
    for name in ('assert_called_with', 'assert_called_once_with', 'assert_has_calls',
                 'assert_any_call', 'assert_called', 'assert_not_called',
                 'assert_called_once'):
        setattr(funcopy, name, forward(name))
    funcopy.reset_mock = reset_mock
    funcopy.__signature__ = sig
    mock._mock_delegate = funcopy


def _setup_async_mock(mock):
    """Give a function the attributes of the AsyncMock behind it."""
    mock._is_coroutine = _coroutine_mark()
    mock.await_count = 0
    mock.await_args = None
    mock.await_args_list = _CallList()

    def forward(name, /, *args, **kwargs):
        return getattr(mock.mock, name)(*args, **kwargs)

    for name in ('assert_awaited', 'assert_awaited_once', 'assert_awaited_with',
                 'assert_awaited_once_with', 'assert_any_await', 'assert_has_awaits',
                 'assert_not_awaited'):
        setattr(mock, name, partial(forward, name))
