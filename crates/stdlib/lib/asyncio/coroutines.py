"""What is a coroutine, and how one is shown."""

__all__ = ('iscoroutinefunction', 'iscoroutine')

import os
import sys
import types

# Functions that give coroutines without being declared so carry this mark.
_is_coroutine = object()


def _is_debug_mode():
    if sys.flags.dev_mode:
        return True
    return not sys.flags.ignore_environment and bool(os.environ.get('PYTHONASYNCIODEBUG'))


def iscoroutinefunction(func):
    """Whether a function gives coroutines."""
    if getattr(func, "_is_coroutine", None) is _is_coroutine:
        return True
    # Whoever has marked a function in inspect's way has imported it.
    inspect = sys.modules.get("inspect")
    return (_is_async_def if inspect is None else inspect.iscoroutinefunction)(func)


def _is_async_def(func):
    import functools
    while isinstance(func, (types.MethodType, functools.partial)):
        func = func.__func__ if isinstance(func, types.MethodType) else func.func
    return isinstance(func, types.FunctionType) and bool(func.__code__.co_flags & 0x80)


# Types whose objects are known to be coroutines; the abstract base class is slow to ask.
_iscoroutine_typecache = {types.CoroutineType}
# A program that makes types all the time does not fill the memory.
_MOST_CACHED = 100


def iscoroutine(obj):
    """Whether an object is a coroutine."""
    kind = type(obj)
    if kind in _iscoroutine_typecache:
        return True
    from _collections_abc import Coroutine
    found = isinstance(obj, (types.CoroutineType, Coroutine))
    if found and len(_iscoroutine_typecache) < _MOST_CACHED:
        _iscoroutine_typecache.add(kind)
    return found


def _first_true(obj, *names):
    """The first of the attributes that is there and true, or None."""
    for name in names:
        if value := getattr(obj, name, None):
            return value
    return None


def _format_coroutine(coro):
    """How a coroutine is shown; those by compilers of others may lack any attribute."""
    assert iscoroutine(coro)
    name = _first_true(coro, '__qualname__', '__name__')
    if name is None:
        name = f'<{type(coro).__name__} without __name__>'
    name += '()'
    code = _first_true(coro, 'cr_code', 'gi_code')
    if code is None:
        running = getattr(coro, 'cr_running', None)
        if running is None:
            running = getattr(coro, 'gi_running', False)
        return f'{name} running' if running else name
    path = code.co_filename or '<empty co_filename>'
    frame = _first_true(coro, 'gi_frame', 'cr_frame')
    if frame is None:
        return f'{name} done, defined at {path}:{code.co_firstlineno}'
    return f'{name} running at {path}:{frame.f_lineno}'
