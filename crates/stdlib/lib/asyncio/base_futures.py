"""What futures of all kinds share."""

__all__ = ()

import reprlib

from . import format_helpers

_PENDING = 'PENDING'
_CANCELLED = 'CANCELLED'
_FINISHED = 'FINISHED'


def isfuture(obj):
    """Return True if obj is a Future.

    A class says so by an attribute _asyncio_future_blocking whose value is not None.  It is
    looked for in the class, as mocks have all attributes.
    """
    return (hasattr(obj.__class__, '_asyncio_future_blocking') and
            obj._asyncio_future_blocking is not None)


def _format_callbacks(cb):
    """How the callbacks of a future are shown: at most the first and the last one."""
    size = len(cb)
    if not size:
        return 'cb=[]'

    def show(callback):
        return format_helpers._format_callback_source(callback, ())

    if size == 1:
        shown = show(cb[0][0])
    elif size == 2:
        shown = '{}, {}'.format(show(cb[0][0]), show(cb[1][0]))
    else:
        shown = '{}, <{} more>, {}'.format(show(cb[0][0]), size - 2, show(cb[-1][0]))
    return f'cb=[{shown}]'


def _future_repr_info(future):
    info = [future._state.lower()]
    if future._state == _FINISHED:
        if future._exception is not None:
            info.append(f'exception={future._exception!r}')
        else:
            # Long results are cut short.
            info.append(f'result={reprlib.repr(future._result)}')
    if future._callbacks:
        info.append(_format_callbacks(future._callbacks))
    if future._source_traceback:
        frame = future._source_traceback[-1]
        info.append(f'created at {frame[0]}:{frame[1]}')
    return info


@reprlib.recursive_repr()
def _future_repr(future):
    info = ' '.join(_future_repr_info(future))
    return f'<{type(future).__name__} {info}>'
