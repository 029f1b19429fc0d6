"""What carries data for protocols: the interfaces only, there are none of these here."""

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
          get_write_buffer_limits write writelines write_eof can_write_eof abort''')
_abstract(DatagramTransport, 'sendto abort')
_abstract(SubprocessTransport,
          'get_pid get_returncode get_pipe_transport send_signal terminate kill')
