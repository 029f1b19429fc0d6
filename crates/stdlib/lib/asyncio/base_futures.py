"""What futures of all kinds share."""

__all__ = ()

import reprlib

from . import format_helpers

_PENDING = 'PENDING'
_CANCELLED = 'CANCELLED'
_FINISHED = 'FINISHED'


def isfuture(obj):
    """Whether an object is a future, of this package or one that behaves like it.

    It says so by an attribute _asyncio_future_blocking that is not None.  The class must have it,
    as mocks have all attributes.
    """
    return (hasattr(obj.__class__, '_asyncio_future_blocking')
            and obj._asyncio_future_blocking is not None)


def _format_callbacks(cb):
    """How the callbacks of a future are shown: the first, the last, and how many are between."""
    shown = [format_helpers._format_callback_source(callback, ())
             for callback, _ in (cb if len(cb) <= 2 else (cb[0], cb[-1]))]
    if len(cb) > 2:
        shown.insert(1, f'<{len(cb) - 2} more>')
    return f"cb=[{', '.join(shown)}]"


def _future_repr_info(future):
    info = [future._state.lower()]
    if future._state == _FINISHED:
        error = future._exception
        # Results may be long; they are cut short.
        info.append(f'result={reprlib.repr(future._result)}' if error is None
                    else f'exception={error!r}')
    if future._callbacks:
        info.append(_format_callbacks(future._callbacks))
    if future._source_traceback:
        path, line = future._source_traceback[-1][:2]
        info.append(f'created at {path}:{line}')
    return info


@reprlib.recursive_repr()
def _future_repr(future):
    return f"<{type(future).__name__} {' '.join(_future_repr_info(future))}>"
