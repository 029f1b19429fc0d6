"""Futures, and waiting for them.

A future is guarded by its condition.  Who waits for several futures adds a waiter to each, which
gathers those that finish.
"""

import threading
import time
import types

# What wait() waits for.
FIRST_COMPLETED = 'FIRST_COMPLETED'
FIRST_EXCEPTION = 'FIRST_EXCEPTION'
ALL_COMPLETED = 'ALL_COMPLETED'

# The states of a future, and how they are shown.  One that is cancelled is CANCELLED until an
# executor has told its waiters.
_STATE_TO_DESCRIPTION_MAP = {
    (PENDING := 'PENDING'): "pending",
    (RUNNING := 'RUNNING'): "running",
    (CANCELLED := 'CANCELLED'): "cancelled",
    (CANCELLED_AND_NOTIFIED := 'CANCELLED_AND_NOTIFIED'): "cancelled",
    (FINISHED := 'FINISHED'): "finished",
}
_FUTURE_STATES = list(_STATE_TO_DESCRIPTION_MAP)
_ANY_CANCELLED = (CANCELLED, CANCELLED_AND_NOTIFIED)
# Those that waiters know of.
_DONE = (CANCELLED_AND_NOTIFIED, FINISHED)
_DONE_OR_CANCELLED = (*_ANY_CANCELLED, FINISHED)


def __getattr__(name):
    if name == "LOGGER":
        import logging
        global LOGGER
        LOGGER = logging.getLogger("concurrent.futures")
        return LOGGER
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def _log(method, *args, **kwargs):
    import logging
    getattr(logging.getLogger("concurrent.futures"), method)(*args, **kwargs)


class Error(Exception):
    """Base class of the package's errors."""


class CancelledError(Error):
    """The call was cancelled."""


class InvalidStateError(Error):
    """The future is done already."""


class BrokenExecutor(RuntimeError):
    """The executor has failed, and cannot be used any more."""


# The builtin one, which once was a class of its own.
TimeoutError = TimeoutError


class _Waiter:
    """Gathers futures that finish.  Its event is set when there are as many as are waited for, or
    perhaps one that raised."""

    def __init__(self, wanted, stop_on_exception=False):
        self.event = threading.Event()
        self.finished_futures = []
        self._wanted = wanted
        self._stop_on_exception = stop_on_exception
        self._lock = threading.Lock()

    def add_result(self, future):
        self._add(future, False)

    def add_exception(self, future):
        self._add(future, self._stop_on_exception)

    def add_cancelled(self, future):
        self._add(future, False)

    def _add(self, future, enough):
        with self._lock:
            self.finished_futures.append(future)
            self._wanted -= 1
            if enough or self._wanted <= 0:
                self.event.set()

    def take(self):
        """What has come since the last time."""
        with self._lock:
            taken, self.finished_futures = self.finished_futures, []
            self.event.clear()
        return taken

    def leave(self, future):
        """Do not wait for a future any longer."""
        with future._condition:
            future._waiters.remove(self)


class _AcquireFutures:
    """Holds the conditions of several futures, taken in one order so that nobody deadlocks."""

    def __init__(self, futures):
        self._conditions = [future._condition for future in sorted(futures, key=id)]

    def __enter__(self):
        for condition in self._conditions:
            condition.acquire()

    def __exit__(self, *args):
        for condition in self._conditions:
            condition.release()


def as_completed(fs, timeout=None):
    """An iterator over futures that gives them as they finish; each once, finished ones first.

    TimeoutError if not all are there when `timeout` seconds are over.
    """
    end = None if timeout is None else time.monotonic() + timeout
    # Those that were not given yet.  No reference is kept to those that were.
    missing = set(fs)
    total = len(missing)
    waiter = _Waiter(1)
    with _AcquireFutures(missing):
        finished = [future for future in missing if future._state in _DONE]
        for future in missing:
            future._waiters.append(waiter)
    # The loop has kept the last one.
    future = None
    try:
        while True:
            while finished:
                waiter.leave(finished[-1])
                missing.remove(finished[-1])
                yield finished.pop()
            if not missing:
                return
            left = None if end is None else end - time.monotonic()
            if left is not None and left < 0:
                raise TimeoutError('%d (of %d) futures unfinished' % (len(missing), total))
            waiter.event.wait(left)
            # They are given from the end.
            finished = waiter.take()[::-1]
    finally:
        for future in missing:
            waiter.leave(future)


class DoneAndNotDoneFutures(tuple):
    """What wait() gives: the sets `done` and `not_done`."""

    __slots__ = ()
    _fields = ('done', 'not_done')
    __match_args__ = _fields

    def __new__(_cls, done, not_done):
        """Create new instance of DoneAndNotDoneFutures(done, not_done)"""
        return tuple.__new__(_cls, (done, not_done))

    done = property(lambda self: self[0], doc="Alias for field number 0")
    not_done = property(lambda self: self[1], doc="Alias for field number 1")

    @classmethod
    def _make(cls, iterable):
        return cls(*iterable)

    def _asdict(self):
        return dict(zip(self._fields, self))

    def _replace(self, /, **changes):
        return type(self)(**{**self._asdict(), **changes})

    def __getnewargs__(self):
        return tuple(self)

    def __repr__(self):
        return f"{type(self).__name__}(done={self[0]!r}, not_done={self[1]!r})"


def wait(fs, timeout=None, return_when=ALL_COMPLETED):
    """Wait until the futures are done, as `return_when` says, or for the time.

    FIRST_COMPLETED waits for any of them, FIRST_EXCEPTION for one that raised or all of them,
    ALL_COMPLETED for all.  Gives the sets of those that are done and those that are not.
    """
    fs = set(fs)
    with _AcquireFutures(fs):
        done = {future for future in fs if future._state in _DONE}
        missing = len(fs) - len(done)
        if not missing or _suffices(done, return_when):
            return DoneAndNotDoneFutures(done, fs - done)
        if return_when == FIRST_COMPLETED:
            waiter = _Waiter(1)
        elif return_when in (FIRST_EXCEPTION, ALL_COMPLETED):
            waiter = _Waiter(missing, stop_on_exception=return_when == FIRST_EXCEPTION)
        else:
            raise ValueError("Invalid return condition: %r" % return_when)
        for future in fs:
            future._waiters.append(waiter)
    waiter.event.wait(timeout)
    for future in fs:
        waiter.leave(future)
    done.update(waiter.finished_futures)
    return DoneAndNotDoneFutures(done, fs - done)


def _suffices(done, return_when):
    """Whether futures that are done end a wait() for more of them."""
    if return_when == FIRST_COMPLETED:
        return bool(done)
    return return_when == FIRST_EXCEPTION and any(
        not future.cancelled() and future.exception() is not None for future in done)


def _result_or_cancel(fut, timeout=None):
    """The result; where it does not come in time, nobody wants it any more."""
    try:
        return fut.result(timeout)
    finally:
        fut.cancel()
        # The exception's traceback refers to this frame.
        del fut


class Future:
    """The result of a call that an executor makes."""

    _state = PENDING
    _result = None
    _exception = None

    def __init__(self):
        """Executors make futures, and nobody else but tests."""
        self._condition = threading.Condition()
        self._waiters = []
        self._done_callbacks = []

    def __repr__(self):
        with self._condition:
            outcome = ''
            if self._state == FINISHED:
                if self._exception:
                    outcome = f" raised {type(self._exception).__name__}"
                else:
                    outcome = f" returned {type(self._result).__name__}"
            return (f"<{type(self).__name__} at {id(self):#x} "
                    f"state={_STATE_TO_DESCRIPTION_MAP[self._state]}{outcome}>")

    def _is_in(self, *states):
        with self._condition:
            return self._state in states

    def cancelled(self):
        """Whether the call was cancelled."""
        return self._is_in(*_ANY_CANCELLED)

    def running(self):
        """Whether the call is being made."""
        return self._is_in(RUNNING)

    def done(self):
        """Whether the call has ended or was cancelled."""
        return self._is_in(*_DONE_OR_CANCELLED)

    def cancel(self):
        """Cancel the call, if it has not begun; whether it is cancelled."""
        with self._condition:
            if self._state != PENDING:
                return self._state in _ANY_CANCELLED
            self._state = CANCELLED
            self._condition.notify_all()
        self._invoke_callbacks()
        return True

    def add_done_callback(self, fn):
        """Have a function called with the future when it is done, in the thread that does that;
        at once if it is.  Functions are called in the order in which they were added."""
        with self._condition:
            early = self._state not in _DONE_OR_CANCELLED
            if early:
                self._done_callbacks.append(fn)
        if not early:
            self._invoke(fn)

    def _invoke_callbacks(self):
        for callback in self._done_callbacks:
            self._invoke(callback)

    def _invoke(self, callback):
        try:
            callback(self)
        except Exception:
            _log("exception", 'exception calling callback for %r', self)

    def _outcome(self, timeout):
        """What the call raised and what it gave, waiting for it."""
        with self._condition:
            if self._state not in _DONE_OR_CANCELLED:
                self._condition.wait(timeout)
            if self._state == FINISHED:
                return self._exception, self._result
            raise CancelledError() if self._state in _ANY_CANCELLED else TimeoutError()

    def result(self, timeout=None):
        """What the call gave.

        Waits for it, at most `timeout` seconds, after which TimeoutError is raised.  Raises
        CancelledError if the call was cancelled, and what it raised.
        """
        error = None
        try:
            error, value = self._outcome(timeout)
            if error:
                raise error
            return value
        finally:
            # The exception's traceback refers to this frame.
            self = error = None

    def exception(self, timeout=None):
        """What the call raised, or None.  Waits, and raises errors of its own, as result()."""
        return self._outcome(timeout)[0]

    # What executors and tests call.

    def set_running_or_notify_cancel(self):
        """The call is about to be made.

        False if it was cancelled: those that wait know then, and it is not to be made.
        """
        with self._condition:
            state = self._state
            if state == PENDING:
                self._state = RUNNING
            elif state == CANCELLED:
                self._state = CANCELLED_AND_NOTIFIED
                for waiter in self._waiters:
                    waiter.add_cancelled(self)
            else:
                _log("critical", 'Future %s in unexpected state: %s', id(self), state)
                raise RuntimeError('Future in unexpected state')
            return state == PENDING

    def set_result(self, result):
        """The call has given something."""
        with self._condition:
            self._finish()
            self._result = result
            for waiter in self._waiters:
                waiter.add_result(self)
            self._condition.notify_all()
        self._invoke_callbacks()

    def set_exception(self, exception):
        """The call has raised something."""
        with self._condition:
            self._finish()
            self._exception = exception
            for waiter in self._waiters:
                waiter.add_exception(self)
            self._condition.notify_all()
        self._invoke_callbacks()

    def _finish(self):
        if self._state in _DONE_OR_CANCELLED:
            raise InvalidStateError(f'{self._state}: {self!r}')
        self._state = FINISHED

    __class_getitem__ = classmethod(types.GenericAlias)


class Executor:
    """Makes calls at the same time; what executors have in common."""

    def submit(self, fn, /, *args, **kwargs):
        """Have a function called; the future of the call."""
        raise NotImplementedError()

    def map(self, fn, *iterables, timeout=None, chunksize=1):
        """Like the builtin map(), but the calls begin now.

        TimeoutError if a result is not there `timeout` seconds after the call of map().
        `chunksize` is used by executors of processes.
        """
        end = None if timeout is None else time.monotonic() + timeout
        # From the end, so that none is kept that was asked for.
        awaited = [self.submit(fn, *args) for args in zip(*iterables)][::-1]

        # A generator of its own, so that the calls begin before the first result is asked for.
        def results():
            try:
                while awaited:
                    left = None if end is None else end - time.monotonic()
                    yield _result_or_cancel(awaited.pop(), left)
            finally:
                for future in awaited:
                    future.cancel()
        return results()

    def shutdown(self, wait=True, *, cancel_futures=False):
        """Free the executor's resources once the calls are done; no more may be submitted.

        With `wait` it returns when that has happened; `cancel_futures` cancels calls that have
        not begun.
        """

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_val, exc_tb):
        self.shutdown(wait=True)
        return False
