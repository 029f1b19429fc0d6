"""What carries data for protocols: the interfaces, and the flow control that transports share."""

__all__ = ('BaseTransport', 'ReadTransport', 'WriteTransport', 'Transport', 'DatagramTransport',
           'SubprocessTransport')

from .events import _abstract


class BaseTransport:
    """What transports of all kinds can do."""

    __slots__ = ('_extra',)

    def __init__(self, extra=None):
        self._extra = {} if extra is None else extra

    def get_extra_info(self, name, default=None):
        """What is known about the transport by a name, such as 'peername'."""
        return self._extra.get(name, default)


class ReadTransport(BaseTransport):
    """Interface for read-only transports."""

    __slots__ = ()


class WriteTransport(BaseTransport):
    """Interface for write-only transports."""

    __slots__ = ()

    def writelines(self, list_of_data):
        """Write several pieces of bytes."""
        self.write(b''.join(list_of_data))


class Transport(ReadTransport, WriteTransport):
    """Interface for transports that read and write."""

    __slots__ = ()


class DatagramTransport(BaseTransport):
    """Interface for datagrams."""

    __slots__ = ()


class SubprocessTransport(BaseTransport):
    """Interface for child processes."""

    __slots__ = ()


_abstract(BaseTransport, 'is_closing close set_protocol get_protocol')
_abstract(ReadTransport, 'is_reading pause_reading resume_reading')
_abstract(WriteTransport, '''set_write_buffer_limits get_write_buffer_size
          get_write_buffer_limits write write_eof can_write_eof abort''')
_abstract(DatagramTransport, 'sendto abort')
_abstract(SubprocessTransport,
          'get_pid get_returncode get_pipe_transport send_signal terminate kill')


def _report_error(transport, exc, message):
    """Have the loop's handler of errors called, for an error of a transport or its protocol."""
    transport._loop.call_exception_handler({
        'message': message, 'exception': exc, 'transport': transport,
        'protocol': transport._protocol})


class _FlowControlMixin(Transport):
    """Tells the protocol to pause when much waits to be written, and to resume when little does.

    Transports add get_write_buffer_size(), have their protocol in `_protocol`, and call
    _maybe_pause_protocol() and _maybe_resume_protocol() when the buffer has grown or shrunk.
    """

    __slots__ = ('_loop', '_protocol_paused', '_high_water', '_low_water')

    def __init__(self, extra=None, loop=None):
        assert loop is not None
        self._protocol_paused = False
        self._loop = loop
        super().__init__(extra)
        self._set_write_buffer_limits()

    def _tell_protocol(self, method):
        try:
            getattr(self._protocol, method)()
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as exc:
            _report_error(self, exc, f'protocol.{method}() failed')

    def _maybe_pause_protocol(self):
        if not self._protocol_paused and self.get_write_buffer_size() > self._high_water:
            self._protocol_paused = True
            self._tell_protocol('pause_writing')

    def _maybe_resume_protocol(self):
        if self._protocol_paused and self.get_write_buffer_size() <= self._low_water:
            self._protocol_paused = False
            self._tell_protocol('resume_writing')

    def get_write_buffer_limits(self):
        """The sizes of the buffer at which writing is resumed and paused."""
        return self._low_water, self._high_water

    def _set_write_buffer_limits(self, high=None, low=None):
        if high is None:
            high = 64 * 1024 if low is None else 4 * low
        if low is None:
            low = high // 4
        if not high >= low >= 0:
            raise ValueError(f'high ({high!r}) must be >= low ({low!r}) must be >= 0')
        self._low_water, self._high_water = low, high

    def set_write_buffer_limits(self, high=None, low=None):
        """Set the sizes of the buffer at which writing is paused and resumed; by default 64 KiB,
        and a quarter of the upper one."""
        self._set_write_buffer_limits(high=high, low=low)
        self._maybe_pause_protocol()

    def get_write_buffer_size(self):
        raise NotImplementedError
