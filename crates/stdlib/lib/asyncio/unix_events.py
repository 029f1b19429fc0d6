"""The event loop of Unix systems: with signals."""

__all__ = (
    'SelectorEventLoop',
    'AbstractChildWatcher', 'SafeChildWatcher',
    'FastChildWatcher', 'PidfdChildWatcher',
    'MultiLoopChildWatcher', 'ThreadedChildWatcher',
    'DefaultEventLoopPolicy',
)

import signal

from . import coroutines, events, selector_events


class _UnixSelectorEventLoop(selector_events.BaseSelectorEventLoop):
    """An event loop with add_signal_handler()."""

    def __init__(self, selector=None):
        super().__init__(selector)
        self._signal_handlers = {}

    def close(self):
        super().close()
        for sig in list(self._signal_handlers):
            self.remove_signal_handler(sig)

    def add_signal_handler(self, sig, callback, *args):
        """Call a callback in the loop when a signal arrives.

        ValueError for a wrong signal number, RuntimeError if it cannot be handled.
        """
        if (coroutines.iscoroutine(callback) or coroutines.iscoroutinefunction(callback)):
            raise TypeError("coroutines cannot be used with add_signal_handler()")
        self._check_signal(sig)
        self._check_closed()
        handle = events.Handle(callback, args, self, None)
        self._signal_handlers[sig] = handle
        try:
            signal.signal(sig, self._handle_signal)
            signal.siginterrupt(sig, False)
        except (OSError, ValueError) as exc:
            del self._signal_handlers[sig]
            raise RuntimeError(str(exc))

    def _handle_signal(self, sig, frame=None):
        if (handle := self._signal_handlers.get(sig)) is not None:
            if handle._cancelled:
                self.remove_signal_handler(sig)
            else:
                self._add_callback_signalsafe(handle)

    def remove_signal_handler(self, sig):
        """Handle a signal as before; whether there was a callback."""
        self._check_signal(sig)
        try:
            del self._signal_handlers[sig]
        except KeyError:
            return False
        handler = signal.default_int_handler if sig == signal.SIGINT else signal.SIG_DFL
        try:
            signal.signal(sig, handler)
        except OSError as exc:
            raise RuntimeError(str(exc))
        return True

    def _check_signal(self, sig):
        if not isinstance(sig, int):
            raise TypeError(f'sig must be an int, not {sig!r}')
        if sig not in signal.valid_signals():
            raise ValueError(f'invalid signal number {sig}')


SelectorEventLoop = _UnixSelectorEventLoop


class AbstractChildWatcher:
    """What would watch child processes of asyncio's own."""

    def __init__(self, *args, **kwargs):
        raise NotImplementedError(f"asyncio.{type(self).__name__}")


class PidfdChildWatcher(AbstractChildWatcher):
    """Not supported."""


class SafeChildWatcher(AbstractChildWatcher):
    """Not supported."""


class FastChildWatcher(AbstractChildWatcher):
    """Not supported."""


class MultiLoopChildWatcher(AbstractChildWatcher):
    """Not supported."""


class ThreadedChildWatcher(AbstractChildWatcher):
    """Not supported."""


class _UnixDefaultEventLoopPolicy(events.BaseDefaultEventLoopPolicy):
    """UNIX event loop policy."""

    _loop_factory = _UnixSelectorEventLoop

    def get_child_watcher(self):
        raise NotImplementedError("asyncio.get_child_watcher")

    def set_child_watcher(self, watcher):
        raise NotImplementedError("asyncio.set_child_watcher")


DefaultEventLoopPolicy = _UnixDefaultEventLoopPolicy
