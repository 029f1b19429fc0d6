"""What programs see of the sockets of transports."""

__all__ = ()


class TransportSocket:
    """A socket that belongs to a transport: it can be asked and tuned, not used or closed."""

    __slots__ = ('_sock',)

    def __init__(self, sock):
        self._sock = sock

    family = property(lambda self: self._sock.family)
    type = property(lambda self: self._sock.type)
    proto = property(lambda self: self._sock.proto)

    def __repr__(self):
        shown = [f'fd={self.fileno()}', f'family={self.family!s}', f'type={self.type!s}',
                 f'proto={self.proto}']
        if self.fileno() != -1:
            for label, find in (('laddr', self.getsockname), ('raddr', self.getpeername)):
                try:
                    address = find()
                except OSError:
                    # It is not connected.
                    continue
                if address:
                    shown.append(f'{label}={address}')
        return f"<asyncio.TransportSocket {', '.join(shown)}>"

    def __getstate__(self):
        raise TypeError("Cannot serialize asyncio.TransportSocket object")

    def settimeout(self, value):
        """Only 0 is allowed: transports do not block."""
        if value != 0:
            raise ValueError('settimeout(): only 0 timeout is allowed on transport sockets')

    def gettimeout(self):
        """Transports do not block."""
        return 0

    def setblocking(self, flag):
        """Only false is allowed: transports do not block."""
        if flag:
            raise ValueError('setblocking(): transport sockets cannot be blocking')


def _forward(name):
    def method(self, *args, **kwargs):
        return getattr(self._sock, name)(*args, **kwargs)
    method.__name__ = name
    method.__qualname__ = f'TransportSocket.{name}'
    method.__doc__ = f"The socket's {name}()."
    setattr(TransportSocket, name, method)


for _name in ('fileno', 'dup', 'get_inheritable', 'shutdown', 'getsockopt', 'setsockopt',
              'getpeername', 'getsockname', 'getsockbyname'):
    _forward(_name)
del _name, _forward
