"""Stop a test run in good order when Ctrl-C is pressed."""

import weakref
from functools import wraps

__unittest = True

_results = weakref.WeakKeyDictionary()
_interrupt_handler = None


class _InterruptHandler:
    """The first Ctrl-C tells all results to stop, the second does what it did before."""

    def __init__(self, default_handler):
        import signal
        self.called = False
        self.original_handler = default_handler
        if isinstance(default_handler, int):
            if default_handler == signal.SIG_DFL:
                default_handler = signal.default_int_handler
            elif default_handler == signal.SIG_IGN:
                def default_handler(unused_signum, unused_frame):
                    pass
            else:
                raise TypeError("expected SIGINT signal handler to be signal.SIG_IGN, "
                                "signal.SIG_DFL, or a callable object")
        self.default_handler = default_handler

    def __call__(self, signum, frame):
        import signal
        # Another handler may have taken over that calls this one: it is only passed on then.
        taken_over = signal.getsignal(signal.SIGINT) is not self
        for second in (taken_over, self.called):
            if second:
                self.default_handler(signum, frame)
        self.called = True
        for running in list(_results):
            running.stop()


def registerResult(result):
    """Have the result stopped by Ctrl-C while the handler is installed."""
    _results[result] = 1


def removeResult(result):
    """Forget a registered result; tell whether it was known."""
    return bool(_results.pop(result, None))


def installHandler():
    """Install the handler of Ctrl-C, once."""
    global _interrupt_handler
    if _interrupt_handler is None:
        import signal
        _interrupt_handler = _InterruptHandler(signal.getsignal(signal.SIGINT))
        signal.signal(signal.SIGINT, _interrupt_handler)


def removeHandler(method=None):
    """Restore the handler from before; as a decorator, only while the method runs."""
    import signal
    if method is not None:
        @wraps(method)
        def without_handler(*args, **kwargs):
            ours = signal.getsignal(signal.SIGINT)
            removeHandler()
            try:
                return method(*args, **kwargs)
            finally:
                signal.signal(signal.SIGINT, ours)
        return without_handler
    if _interrupt_handler is not None:
        signal.signal(signal.SIGINT, _interrupt_handler.original_handler)
