"""How functions, arguments and stacks are shown."""

import functools
import reprlib
import sys

from . import constants


def _unwrap(func):
    while hasattr(func, '__wrapped__'):
        func = func.__wrapped__
    return func


def _get_function_source(func):
    func = _unwrap(func)
    code = getattr(func, '__code__', None)
    if code is not None and hasattr(code, 'co_firstlineno'):
        return code.co_filename, code.co_firstlineno
    if isinstance(func, (functools.partial, functools.partialmethod)):
        return _get_function_source(func.func)
    method = getattr(func, '__func__', None)
    if method is not None:
        return _get_function_source(method)
    return None


def _format_callback_source(func, args):
    func_repr = _format_callback(func, args, None)
    source = _get_function_source(func)
    if source:
        func_repr += f' at {source[0]}:{source[1]}'
    return func_repr


def _format_args_and_kwargs(args, kwargs):
    items = []
    if args:
        items.extend(reprlib.repr(arg) for arg in args)
    if kwargs:
        items.extend(f'{name}={reprlib.repr(value)}' for name, value in kwargs.items())
    return '({})'.format(', '.join(items))


def _format_callback(func, args, kwargs, suffix=''):
    if isinstance(func, functools.partial):
        suffix = _format_args_and_kwargs(args, kwargs) + suffix
        return _format_callback(func.func, func.args, func.keywords, suffix)
    if hasattr(func, '__qualname__') and func.__qualname__:
        func_repr = func.__qualname__
    elif hasattr(func, '__name__') and func.__name__:
        func_repr = func.__name__
    else:
        func_repr = repr(func)
    func_repr += _format_args_and_kwargs(args, kwargs)
    return func_repr + suffix


def extract_stack(f=None, limit=None):
    """The stack from the frame (the caller's), at most `limit` entries of it, for debugging."""
    import traceback
    if f is None:
        f = sys._getframe().f_back
    if limit is None:
        limit = constants.DEBUG_STACK_DEPTH
    stack = traceback.StackSummary.extract(
        traceback.walk_stack(f), limit=limit, lookup_lines=False)
    stack.reverse()
    return stack
