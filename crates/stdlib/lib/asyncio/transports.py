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


_abstract(BaseTransport, '''
    is_closing(): Whether the transport is closing, or closed.
    close(): Send what waits to be sent, then close; connection_lost(None) of the protocol is called.
    set_protocol(protocol): Give the transport another protocol.
    get_protocol(): The transport's protocol.
''')
_abstract(ReadTransport, '''
    is_reading(): Whether data is received.
    pause_reading(): Receive nothing until resume_reading() is called.
    resume_reading(): Receive again.
''')
_abstract(WriteTransport, '''
    set_write_buffer_limits(high=None, low=None): Set above how many waiting bytes the protocol is to pause, and below how many to resume.
    get_write_buffer_size(): How many bytes wait to be written.
    get_write_buffer_limits(): The low and the high mark of waiting bytes.
    write(data): Write bytes, now or when that is possible; nobody waits.
    write_eof(): Close the writing side after what waits; data can still be received.
    can_write_eof(): Whether write_eof() can be used.
    abort(): Close at once; what waits is lost.
''')
_abstract(DatagramTransport, '''
    sendto(data, addr=None): Send bytes as a datagram, to an address or the one connected with.
    abort(): Close at once; what waits is lost.
''')
_abstract(SubprocessTransport, '''
    get_pid(): The process's number.
    get_returncode(): How the process ended, or None while it runs.
    get_pipe_transport(fd): The transport of the pipe with this number in the process.
    send_signal(signal): Send the process a signal.
    terminate(): Ask the process to end: SIGTERM.
    kill(): Have the process ended: SIGKILL.
''')


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
