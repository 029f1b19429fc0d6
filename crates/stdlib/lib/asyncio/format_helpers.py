"""How functions, arguments and stacks are shown."""

import functools
import reprlib
import sys
import types

from . import constants


def _get_function_source(func):
    """Where a function was defined, (file, line), looking through wrappers; None if unknown."""
    while func is not None:
        while hasattr(func, '__wrapped__'):
            func = func.__wrapped__
        if isinstance(func, types.FunctionType):
            code = func.__code__
            return code.co_filename, code.co_firstlineno
        # Methods are not looked into.
        partial = isinstance(func, (functools.partial, functools.partialmethod))
        func = func.func if partial else None
    return None


def _format_callback_source(func, args):
    where = _get_function_source(func)
    call = _format_callback(func, args, None)
    return call if where is None else f'{call} at {where[0]}:{where[1]}'


def _format_args_and_kwargs(args, kwargs):
    """Arguments as they are written, long ones cut short."""
    shown = [reprlib.repr(arg) for arg in args or ()]
    for name, value in (kwargs or {}).items():
        shown.append(f'{name}={reprlib.repr(value)}')
    return f"({', '.join(shown)})"


def _format_callback(func, args, kwargs, suffix=''):
    # The arguments of nested partials stand in the order in which they are applied, the
    # innermost first.
    calls = [_format_args_and_kwargs(args, kwargs)]
    while isinstance(func, functools.partial):
        calls.append(_format_args_and_kwargs(func.args, func.keywords))
        func = func.func
    name = getattr(func, '__qualname__', None) or getattr(func, '__name__', None) or repr(func)
    return name + ''.join(reversed(calls)) + suffix


def extract_stack(f=None, limit=None):
    """The stack from the frame (the caller's), at most `limit` entries of it, for debugging."""
    import traceback
    frames = traceback.walk_stack(sys._getframe(1) if f is None else f)
    stack = traceback.StackSummary.extract(
        frames, limit=constants.DEBUG_STACK_DEPTH if limit is None else limit,
        lookup_lines=False)
    stack.reverse()
    return stack
