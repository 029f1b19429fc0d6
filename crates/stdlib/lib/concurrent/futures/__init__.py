"""Calls that are made at the same time, by threads or processes, and their futures."""

from ._base import (ALL_COMPLETED, FIRST_COMPLETED, FIRST_EXCEPTION, BrokenExecutor, CancelledError,
                    Executor, Future, InvalidStateError, TimeoutError, as_completed, wait)

# Whose interface it is.
__author__ = 'Brian Quinlan (brian@sweetapp.com)'

__all__ = ('FIRST_COMPLETED', 'FIRST_EXCEPTION', 'ALL_COMPLETED', 'CancelledError', 'TimeoutError',
           'BrokenExecutor', 'Future', 'Executor', 'wait', 'as_completed',
           'ProcessPoolExecutor', 'ThreadPoolExecutor')


def __dir__():
    return __all__ + ('__author__', '__doc__')


def __getattr__(name):
    # The executors are imported when they are wanted.
    if name == 'ProcessPoolExecutor':
        from . import process as home
    elif name == 'ThreadPoolExecutor':
        from . import thread as home
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = executor = getattr(home, name)
    return executor
