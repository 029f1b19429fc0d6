"""Execute computations asynchronously using threads or processes."""

from concurrent.futures._base import (
    ALL_COMPLETED,
    FIRST_COMPLETED,
    FIRST_EXCEPTION,
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    InvalidStateError,
    TimeoutError,
    as_completed,
    wait,
)

__author__ = 'Brian Quinlan (brian@sweetapp.com)'

__all__ = (
    'FIRST_COMPLETED',
    'FIRST_EXCEPTION',
    'ALL_COMPLETED',
    'CancelledError',
    'TimeoutError',
    'BrokenExecutor',
    'Future',
    'Executor',
    'wait',
    'as_completed',
    'ProcessPoolExecutor',
    'ThreadPoolExecutor',
)


def __dir__():
    return __all__ + ('__author__', '__doc__')


def __getattr__(name):
    # The executors are imported when they are wanted.
    global ProcessPoolExecutor, ThreadPoolExecutor
    if name == 'ProcessPoolExecutor':
        from .process import ProcessPoolExecutor as pool
        ProcessPoolExecutor = pool
        return pool
    if name == 'ThreadPoolExecutor':
        from .thread import ThreadPoolExecutor as pool
        ThreadPoolExecutor = pool
        return pool
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
