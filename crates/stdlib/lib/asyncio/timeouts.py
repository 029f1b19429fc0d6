"""Time limits for parts of coroutines."""

import enum

from . import events, exceptions, tasks

__all__ = ("Timeout", "timeout", "timeout_at")


class _State(enum.Enum):
    CREATED = "created"
    ENTERED = "active"
    EXPIRING = "expiring"
    EXPIRED = "expired"
    EXITED = "finished"


class Timeout:
    """Asynchronous context manager that cancels its block when a time comes, and then raises
    TimeoutError.  timeout() and timeout_at() make it."""

    def __init__(self, when):
        """`when` is the time by the loop's clock; None for never."""
        self._when = when
        self._state = _State.CREATED
        # The task whose block this is, and how often it was cancelled before.
        self._task = None
        self._cancelling = 0
        self._timeout_handler = None

    def __repr__(self):
        shown = f'Timeout [{self._state.value}]'
        if self._state is _State.ENTERED:
            shown += f" when={None if self._when is None else round(self._when, 3)}"
        return f"<{shown}>"

    def when(self):
        """The time at which the block is cancelled; None for never."""
        return self._when

    def expired(self):
        """Whether the time was over while the block ran."""
        return self._state in (_State.EXPIRING, _State.EXPIRED)

    def reschedule(self, when):
        """Set another time."""
        if self._state is _State.CREATED:
            raise RuntimeError("Timeout has not been entered")
        if self._state is not _State.ENTERED:
            raise RuntimeError(f"Cannot change state of {self._state.value} Timeout")
        self._when = when
        self._disarm()
        if when is None:
            return
        loop = events.get_running_loop()
        if loop.time() < when:
            self._timeout_handler = loop.call_at(when, self._on_timeout)
        else:
            self._timeout_handler = loop.call_soon(self._on_timeout)

    def _disarm(self):
        handle, self._timeout_handler = self._timeout_handler, None
        if handle is not None:
            handle.cancel()

    async def __aenter__(self):
        if self._state is not _State.CREATED:
            raise RuntimeError("Timeout has already been entered")
        self._task = tasks.current_task()
        if self._task is None:
            raise RuntimeError("Timeout should be used inside a task")
        self._cancelling = self._task.cancelling()
        self._state = _State.ENTERED
        self.reschedule(self._when)
        return self

    async def __aexit__(self, exc_type, exc_val, exc_tb):
        self._disarm()
        if self._state is _State.ENTERED:
            self._state = _State.EXITED
            return
        assert self._state is _State.EXPIRING
        self._state = _State.EXPIRED
        # Where others have cancelled the task, too, it must not go on.
        left = self._task.uncancel()
        if exc_type is exceptions.CancelledError and left <= self._cancelling:
            raise TimeoutError from exc_val

    def _on_timeout(self):
        assert self._state is _State.ENTERED
        self._state = _State.EXPIRING
        self._task.cancel()
        # The handle refers to this object.
        self._timeout_handler = None


def timeout(delay):
    """Limit a block of `async with` to so many seconds, after which it is cancelled and
    TimeoutError is raised; None for no limit."""
    now = events.get_running_loop().time()
    return Timeout(None if delay is None else now + delay)


def timeout_at(when):
    """Like timeout(), with a time of the loop's clock."""
    return Timeout(when)
