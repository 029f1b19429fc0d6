"""asyncio exceptions."""

__all__ = ('BrokenBarrierError', 'CancelledError', 'InvalidStateError', 'TimeoutError',
           'IncompleteReadError', 'LimitOverrunError', 'SendfileNotAvailableError')


# The builtin one, which once was a class of its own.
TimeoutError = TimeoutError


class CancelledError(BaseException):
    """What was waited for was cancelled."""


class InvalidStateError(Exception):
    """A future is done, or is not, as the operation would need it."""


class BrokenBarrierError(RuntimeError):
    """The barrier was broken while tasks waited."""


class SendfileNotAvailableError(RuntimeError):
    """The system cannot send this kind of file by this kind of socket."""


class IncompleteReadError(EOFError):
    """A read ended before all was there.

    `partial` is what was read, `expected` how much it should have been, None if that is unknown.
    """

    def __init__(self, partial, expected):
        wanted = 'undefined' if expected is None else repr(expected)
        super().__init__(f'{len(partial)} bytes read on a total of {wanted} expected bytes')
        self.partial = partial
        self.expected = expected

    def __reduce__(self):
        return type(self), (self.partial, self.expected)


class LimitOverrunError(Exception):
    """The buffer limit was reached while looking for a separator; `consumed` bytes were seen."""

    def __init__(self, message, consumed):
        self.consumed = consumed
        super().__init__(message)

    def __reduce__(self):
        message, = self.args
        return type(self), (message, self.consumed)
