"""Futures: results of what goes on in an event loop, and their ties to those of
concurrent.futures."""

__all__ = ('Future', 'wrap_future', 'isfuture')

import sys
from types import GenericAlias

from . import base_futures, events, exceptions, format_helpers

isfuture = base_futures.isfuture

_PENDING = base_futures._PENDING
_CANCELLED = base_futures._CANCELLED
_FINISHED = base_futures._FINISHED


class Future:
    """The result of something that goes on in an event loop.

    Unlike one of concurrent.futures it belongs to one thread, its result() and exception() do not
    wait, and the loop calls its callbacks.
    """

    _state = _PENDING
    _result = None
    _exception = None
    _loop = None
    _source_traceback = None
    _cancel_message = None
    # The error that cancelled a task, for the first who asks.
    _cancelled_exc = None
    # Set by `await`, and taken back by the task that then waits: so it sees that the future was
    # not just yielded.
    _asyncio_future_blocking = False
    # True as long as there is an exception that nobody has asked for.
    __log_traceback = False

    def __init__(self, *, loop=None):
        self._loop = events.get_event_loop() if loop is None else loop
        self._callbacks = []
        if self._loop.get_debug():
            self._source_traceback = format_helpers.extract_stack(sys._getframe(1))

    def __repr__(self):
        return base_futures._future_repr(self)

    def __del__(self):
        if self.__log_traceback:
            report = {
                'message': f'{type(self).__name__} exception was never retrieved',
                'exception': self._exception,
                'future': self,
            }
            if self._source_traceback:
                report['source_traceback'] = self._source_traceback
            self._loop.call_exception_handler(report)

    __class_getitem__ = classmethod(GenericAlias)

    @property
    def _log_traceback(self):
        return self.__log_traceback

    @_log_traceback.setter
    def _log_traceback(self, val):
        if val:
            raise ValueError('_log_traceback can only be set to False')
        self.__log_traceback = False

    def get_loop(self):
        """The event loop that the future belongs to."""
        if self._loop is None:
            raise RuntimeError("Future object is not initialized.")
        return self._loop

    # Asking.

    def done(self):
        """Whether there is a result or an exception, or the future was cancelled."""
        return self._state != _PENDING

    def cancelled(self):
        """Whether the future was cancelled."""
        return self._state == _CANCELLED

    def result(self):
        """The result; or else the exception is raised, CancelledError if the future was
        cancelled, InvalidStateError if it is not done."""
        if self._state != _FINISHED:
            raise self.__nothing_there('Result is not ready.')
        self.__log_traceback = False
        if self._exception is None:
            return self._result
        # As it was when it came here: each raising would add to its traceback.
        raise self._exception.with_traceback(self._exception_tb)

    def exception(self):
        """The exception, None if there is a result; CancelledError and InvalidStateError are
        raised as by result()."""
        if self._state != _FINISHED:
            raise self.__nothing_there('Exception is not set.')
        self.__log_traceback = False
        return self._exception

    def __nothing_there(self, message):
        if self._state == _CANCELLED:
            return self._make_cancelled_error()
        return exceptions.InvalidStateError(message)

    def _make_cancelled_error(self):
        """The CancelledError to raise.

        The saved one is handed out once: kept, it would form a cycle with its traceback.
        """
        saved = self._cancelled_exc
        if saved is not None:
            self._cancelled_exc = None
            return saved
        message = self._cancel_message
        return exceptions.CancelledError(*(() if message is None else (message,)))

    def __await__(self):
        if self._state == _PENDING:
            self._asyncio_future_blocking = True
            # To the task, which comes back when the future is done.
            yield self
            if self._state == _PENDING:
                raise RuntimeError("await wasn't used with future")
        return self.result()

    __iter__ = __await__

    # Becoming done.

    def cancel(self, msg=None):
        """Cancel the future, and have its callbacks called; False if it was done already."""
        self.__log_traceback = False
        if self._state != _PENDING:
            return False
        self._cancel_message = msg
        self.__become(_CANCELLED)
        return True

    def set_result(self, result):
        """Set the result; InvalidStateError if the future is done already."""
        if self._state != _PENDING:
            raise exceptions.InvalidStateError(f'{self._state}: {self!r}')
        self._result = result
        self.__become(_FINISHED)

    def set_exception(self, exception):
        """Set the exception, or a class of exceptions; InvalidStateError if the future is done
        already."""
        if self._state != _PENDING:
            raise exceptions.InvalidStateError(f'{self._state}: {self!r}')
        error = exception() if isinstance(exception, type) else exception
        if type(error) is StopIteration:
            # The coroutine that awaits would just seem to return.
            raise TypeError("StopIteration interacts badly with generators "
                            "and cannot be raised into a Future")
        self._exception_tb = error.__traceback__
        self._exception = error
        self.__become(_FINISHED)
        self.__log_traceback = True

    def __become(self, state):
        self._state = state
        if self._callbacks:
            callbacks, self._callbacks = self._callbacks, []
            for callback, context in callbacks:
                self._loop.call_soon(callback, self, context=context)

    def add_done_callback(self, fn, *, context=None):
        """Have the loop call fn(future) when the future is done; soon, if it is."""
        if self._state == _PENDING:
            self._callbacks.append((fn, events._copy_context() if context is None else context))
        else:
            self._loop.call_soon(fn, self, context=context)

    def remove_done_callback(self, fn):
        """Take a callback back, as often as it was added; how often that was."""
        before = len(self._callbacks)
        left = [entry for entry in self._callbacks if entry[0] != fn]
        # The comparisons may have changed the list.
        if len(left) != before:
            self._callbacks[:] = left
        return before - len(left)


# By this name the tests tell what is written in Python from what is not.
_PyFuture = Future


def _get_loop(fut):
    # Futures by others may not have the method.
    try:
        ask = fut.get_loop
    except AttributeError:
        return fut._loop
    return ask()


def _settle(future, error):
    """Make a future done: with an error, or without one for None."""
    if error is None:
        future.set_result(None)
    else:
        future.set_exception(error)


def _set_result_unless_cancelled(fut, result):
    """Set the result of a future that may have been cancelled since this was arranged for."""
    if not fut.cancelled():
        fut.set_result(result)


def _settle_like(future, source, translate=None):
    """Make a future of this package end as another did that is done; its exception may be
    translated."""
    if source.cancelled():
        future.cancel()
        return
    error = source.exception()
    if error is None:
        future.set_result(source.result())
    else:
        future.set_exception(translate(error) if translate else error)


def _convert_future_exc(exc):
    """For an exception of concurrent.futures, the one of this package with its name."""
    theirs = sys.modules.get('concurrent.futures._base')
    for name in ('CancelledError', 'InvalidStateError'):
        if theirs is not None and type(exc) is getattr(theirs, name):
            return getattr(exceptions, name)(*exc.args)
    return exc


def _copy_future_state(source, dest):
    """Make a future of this package end as another did, unless it was cancelled."""
    assert source.done()
    if not dest.cancelled():
        assert not dest.done()
        _settle_like(dest, source, _convert_future_exc)


def _set_concurrent_future_state(concurrent, source):
    """Make a future of concurrent.futures end as one of this package did."""
    assert source.done()
    if source.cancelled():
        concurrent.cancel()
    if concurrent.set_running_or_notify_cancel():
        error = source.exception()
        if error is None:
            concurrent.set_result(source.result())
        else:
            concurrent.set_exception(_convert_future_exc(error))


def _chain_future(source, destination):
    """Tie two futures, of this package or of concurrent.futures: the destination ends as the
    source does, and the source is cancelled with it."""
    from concurrent.futures import Future as ConcurrentFuture
    loops = []
    for future, role in (source, 'source'), (destination, 'destination'):
        if isfuture(future):
            loops.append(_get_loop(future))
        elif isinstance(future, ConcurrentFuture):
            # Belongs to no loop: anyone may act on it, from any thread.
            loops.append(None)
        else:
            raise TypeError(f'A future is required for {role} argument')
    source_loop, target_loop = loops
    if target_loop is None:
        def settle():
            _set_concurrent_future_state(destination, source)
    else:
        def settle():
            _copy_future_state(source, destination)

    def _call_check_cancel(destination):
        if not destination.cancelled():
            return
        if source_loop is None or source_loop is target_loop:
            source.cancel()
        else:
            source_loop.call_soon_threadsafe(source.cancel)

    def _call_set_state(source):
        if target_loop is None or target_loop is source_loop:
            if not (target_loop and destination.cancelled() and target_loop.is_closed()):
                settle()
        elif not target_loop.is_closed():
            target_loop.call_soon_threadsafe(settle)

    destination.add_done_callback(_call_check_cancel)
    source.add_done_callback(_call_set_state)


def wrap_future(future, *, loop=None):
    """A future of this package for one of concurrent.futures; one of this package as it is."""
    if isfuture(future):
        return future
    from concurrent.futures import Future as ConcurrentFuture
    assert isinstance(future, ConcurrentFuture), \
        f'concurrent.futures.Future is expected, got {future!r}'
    if loop is None:
        loop = events.get_event_loop()
    wrapper = loop.create_future()
    _chain_future(future, wrapper)
    return wrapper
