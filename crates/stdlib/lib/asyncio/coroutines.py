"""What is a coroutine, and how one is shown."""

__all__ = ('iscoroutinefunction', 'iscoroutine')

import os
import sys
import types

_is_coroutine = object()


def _is_debug_mode():
    return sys.flags.dev_mode or (not sys.flags.ignore_environment and
                                  bool(os.environ.get('PYTHONASYNCIODEBUG')))


def iscoroutinefunction(func):
    """Whether a function gives coroutines."""
    if getattr(func, "_is_coroutine", None) is _is_coroutine:
        return True
    # Imported by whoever marks functions.
    inspect = sys.modules.get("inspect")
    if inspect is not None:
        return inspect.iscoroutinefunction(func)
    return _is_async_def(func)


def _is_async_def(func):
    import functools
    while True:
        if isinstance(func, types.MethodType):
            func = func.__func__
        elif isinstance(func, functools.partial):
            func = func.func
        else:
            break
    return isinstance(func, types.FunctionType) and bool(func.__code__.co_flags & 0x80)


_COROUTINE_TYPES = (types.CoroutineType,)
# Types that are known to be coroutines; those that are not must be asked each time.
_iscoroutine_typecache = {types.CoroutineType}


def iscoroutine(obj):
    """Whether an object is a coroutine."""
    if type(obj) in _iscoroutine_typecache:
        return True
    from _collections_abc import Coroutine
    if isinstance(obj, (types.CoroutineType, Coroutine)):
        if len(_iscoroutine_typecache) < 100:
            _iscoroutine_typecache.add(type(obj))
        return True
    return False


def _format_coroutine(coro):
    assert iscoroutine(coro)

    def get_name(coro):
        # Coroutines compiled by others may lack these.
        if hasattr(coro, '__qualname__') and coro.__qualname__:
            coro_name = coro.__qualname__
        elif hasattr(coro, '__name__') and coro.__name__:
            coro_name = coro.__name__
        else:
            coro_name = f'<{type(coro).__name__} without __name__>'
        return f'{coro_name}()'

    def is_running(coro):
        try:
            return coro.cr_running
        except AttributeError:
            try:
                return coro.gi_running
            except AttributeError:
                return False

    code = frame = None
    if hasattr(coro, 'cr_code') and coro.cr_code:
        code = coro.cr_code
    elif hasattr(coro, 'gi_code') and coro.gi_code:
        code = coro.gi_code
    coro_name = get_name(coro)
    if not code:
        return f'{coro_name} running' if is_running(coro) else coro_name
    if hasattr(coro, 'gi_frame') and coro.gi_frame:
        frame = coro.gi_frame
    elif hasattr(coro, 'cr_frame') and coro.cr_frame:
        frame = coro.cr_frame
    filename = code.co_filename or '<empty co_filename>'
    if frame is not None:
        return f'{coro_name} running at {filename}:{frame.f_lineno}'
    return f'{coro_name} done, defined at {filename}:{code.co_firstlineno}'
