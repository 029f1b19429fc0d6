"""Connections between processes: pipes and sockets that carry messages.

A message is its length, four bytes in network order (or -1 and eight bytes, for long ones), and
its bytes.
"""

__all__ = ['Client', 'Listener', 'Pipe', 'wait']

import os
import time

from .context import AuthenticationError, BufferTooShort

BUFSIZE = 8192

_LONGEST = 0x7fffffff


def _int(data, signed=False):
    return int.from_bytes(data, 'big', signed=signed)


class _ConnectionBase:
    """An end of a connection, to read from, to write to, or both."""

    # None when it is closed.
    _handle = None

    def __init__(self, handle, readable=True, writable=True):
        handle = handle.__index__()
        if handle < 0:
            raise ValueError("invalid handle")
        if not (readable or writable):
            raise ValueError("at least one of `readable` and `writable` must be True")
        self._handle, self._readable, self._writable = handle, readable, writable

    def __del__(self):
        if self._handle is not None:
            self._close()

    def _check(self, reading=False, writing=False):
        if self._handle is None:
            raise OSError("handle is closed")
        if reading and not self._readable:
            raise OSError("connection is write-only")
        if writing and not self._writable:
            raise OSError("connection is read-only")

    @property
    def closed(self):
        """Whether this end is closed."""
        return self._handle is None

    readable = property(lambda self: self._readable, doc="Whether it can be read from.")
    writable = property(lambda self: self._writable, doc="Whether it can be written to.")

    def fileno(self):
        """The descriptor."""
        self._check()
        return self._handle

    def close(self):
        """Close this end."""
        if not self.closed:
            try:
                self._close()
            finally:
                self._handle = None

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_value, exc_tb):
        self.close()

    def send(self, obj):
        """Send an object, pickled."""
        self._check(writing=True)
        from .reduction import ForkingPickler
        self._send_bytes(ForkingPickler.dumps(obj))

    def send_bytes(self, buf, offset=0, size=None):
        """Send bytes of a buffer: `size` from `offset`, or all from there."""
        self._check(writing=True)
        data = memoryview(buf)
        if data.itemsize > 1:
            data = data.cast('B')
        if offset < 0:
            raise ValueError("offset is negative")
        room = data.nbytes - offset
        if room < 0:
            raise ValueError("buffer length < offset")
        if size is not None:
            if size < 0:
                raise ValueError("size is negative")
            if size > room:
                raise ValueError("buffer length < offset + size")
            room = size
        self._send_bytes(data[offset:offset + room])

    def recv(self):
        """Receive an object."""
        self._check(reading=True)
        message = self._recv_bytes()
        from .reduction import ForkingPickler
        return ForkingPickler.loads(message)

    def recv_bytes(self, maxlength=None):
        """Receive a message as bytes.  One that is longer than `maxlength` makes the connection
        useless."""
        self._check(reading=True)
        if maxlength is not None and maxlength < 0:
            raise ValueError("negative maxlength")
        message = self._recv_bytes(maxlength)
        if message is None:
            # What comes next is the middle of a message.
            if self._writable:
                self._readable = False
            else:
                self.close()
            raise OSError("bad message length")
        return message

    def recv_bytes_into(self, buf, offset=0):
        """Receive a message into a buffer; its length.  BufferTooShort has a message for which
        there is no room."""
        self._check(reading=True)
        with memoryview(buf) as target:
            room = target.itemsize * len(target)
            if offset < 0:
                raise ValueError("negative offset")
            if room < offset:
                raise ValueError("offset too large")
            message = self._recv_bytes()
            end = offset + len(message)
            if end > room:
                raise BufferTooShort(message)
            target.cast('B')[offset:end] = message
        return len(message)

    def poll(self, timeout=0.0):
        """Whether there is something to be read, waiting for the time if there is not."""
        self._check(reading=True)
        return bool(wait([self], timeout))


class Connection(_ConnectionBase):
    """An end of a connection over a descriptor."""

    # At the program's end the module may be gone before its connections.
    _close_handle = staticmethod(os.close)

    def _close(self):
        self._close_handle(self._handle)

    def __reduce__(self):
        from .reduction import DupFd
        return rebuild_connection, (DupFd(self.fileno()), self._readable, self._writable)

    def _send(self, data):
        data = memoryview(data)
        while data:
            data = data[os.write(self._handle, data):]

    def _read(self, size):
        parts = []
        left = size
        while left > 0:
            chunk = os.read(self._handle, min(left, 1 << 20))
            if not chunk:
                if left == size:
                    raise EOFError
                raise OSError("got end of file during message")
            parts.append(chunk)
            left -= len(chunk)
        return parts[0] if len(parts) == 1 else b''.join(parts)

    def _send_bytes(self, buf):
        n = len(buf)
        if n > _LONGEST:
            self._send((-1).to_bytes(4, 'big', signed=True) + n.to_bytes(8, 'big'))
            self._send(buf)
        elif n > 16384:
            self._send(n.to_bytes(4, 'big'))
            self._send(buf)
        else:
            # At once: the other side wakes up once.
            self._send(n.to_bytes(4, 'big') + bytes(buf))

    def _recv_bytes(self, maxsize=None):
        size = _int(self._read(4), signed=True)
        if size == -1:
            size = _int(self._read(8))
        if maxsize is not None and size > maxsize:
            return None
        return self._read(size) if size else b''


def rebuild_connection(df, readable, writable):
    """What a pickled connection becomes."""
    return Connection(df.detach(), readable, writable)


def reduce_connection(conn):
    """How a connection is pickled."""
    return conn.__reduce__()


def Pipe(duplex=True):
    """Returns pair of connection objects at either end of a pipe"""
    if not duplex:
        reader, writer = os.pipe()
        return Connection(reader, writable=False), Connection(writer, readable=False)
    import socket
    ends = socket.socketpair()
    for end in ends:
        end.setblocking(True)
    return tuple([Connection(end.detach()) for end in ends])


# Listeners and clients ------------------------------------------------------------------------

default_family = 'AF_UNIX'
families = ['AF_INET', 'AF_UNIX']

# How long a client tries to reach a listener that refuses.
CONNECTION_TIMEOUT = 20.


def arbitrary_address(family):
    """A free address of a family."""
    if family == 'AF_INET':
        return 'localhost', 0
    if family == 'AF_UNIX':
        import tempfile
        from .util import get_temp_dir
        return tempfile.mktemp(prefix='listener-', dir=get_temp_dir())
    raise ValueError('unrecognized family')


def address_type(address):
    """The family that an address belongs to."""
    if isinstance(address, tuple):
        return 'AF_INET'
    if isinstance(address, str):
        # Windows' pipes have names like folders of another machine.
        return 'AF_PIPE' if address.startswith('\\\\') else 'AF_UNIX'
    from .util import is_abstract_socket_namespace
    if is_abstract_socket_namespace(address):
        return 'AF_UNIX'
    raise ValueError('address type of %r unrecognized' % address)


def _check_family(family):
    import socket
    if not hasattr(socket, family):
        raise ValueError('Family %s is not recognized.' % family)


def _check_key(authkey):
    if authkey is not None and not isinstance(authkey, bytes):
        raise TypeError('authkey should be a byte string')


class Listener:
    """A bound socket (of the internet or of this machine) that waits for connections."""

    def __init__(self, address=None, family=None, backlog=1, authkey=None):
        family = family or (address_type(address) if address else default_family)
        address = address or arbitrary_address(family)
        _check_family(family)
        self._listener = SocketListener(address, family, backlog)
        _check_key(authkey)
        self._authkey = authkey

    def accept(self):
        """The next connection, once its other side has proved that it knows the key."""
        if self._listener is None:
            raise OSError('listener is closed')
        connection = self._listener.accept()
        if self._authkey:
            _prove(connection, self._authkey, deliver_challenge, answer_challenge)
        return connection

    def close(self):
        """Close the socket."""
        listener, self._listener = self._listener, None
        if listener is not None:
            listener.close()

    @property
    def address(self):
        return self._listener._address

    @property
    def last_accepted(self):
        return self._listener._last_accepted

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_value, exc_tb):
        self.close()


def Client(address, family=None, authkey=None):
    """A connection to the listener with an address."""
    family = family or address_type(address)
    _check_family(family)
    connection = SocketClient(address)
    _check_key(authkey)
    if authkey is not None:
        _prove(connection, authkey, answer_challenge, deliver_challenge)
    return connection


def _prove(connection, authkey, *steps):
    try:
        for step in steps:
            step(connection, authkey)
    except BaseException:
        connection.close()
        raise


class SocketListener:
    """What a Listener has: the socket, and whom it heard from last."""

    def __init__(self, address, family, backlog=1):
        import socket
        self._socket = socket.socket(getattr(socket, family))
        try:
            # A restarted server finds its port free.
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            self._socket.setblocking(True)
            self._socket.bind(address)
            self._socket.listen(backlog)
            self._address = self._socket.getsockname()
        except OSError:
            self._socket.close()
            raise
        self._family = family
        self._last_accepted = None
        self._unlink = None
        from .util import Finalize, is_abstract_socket_namespace
        if family == 'AF_UNIX' and not is_abstract_socket_namespace(address):
            # The file of the socket goes with the listener, or with the process.
            self._unlink = Finalize(self, os.unlink, args=(address,), exitpriority=0)

    def accept(self):
        accepted, self._last_accepted = self._socket.accept()
        accepted.setblocking(True)
        return Connection(accepted.detach())

    def close(self):
        try:
            self._socket.close()
        finally:
            unlink, self._unlink = self._unlink, None
            if unlink is not None:
                unlink()


def SocketClient(address):
    """A connection to a socket that listens."""
    import socket
    with socket.socket(getattr(socket, address_type(address))) as opened:
        opened.setblocking(True)
        opened.connect(address)
        return Connection(opened.detach())


# Proving that both sides know the same key, without telling it: each sends bytes that the other
# signs.  The name of the digest stands before bytes and signature; without a name it is md5, as
# Pythons before 3.12 do it.

MESSAGE_LENGTH = 40
_CHALLENGE, _WELCOME, _FAILURE = b'#CHALLENGE#', b'#WELCOME#', b'#FAILURE#'
_LONGEST_ANSWER = 256
_UNNAMED_LENGTHS = 16, 20
_DIGESTS = b'md5', b'sha256', b'sha384', b'sha3_256', b'sha3_384'


def _split_digest(message):
    """The name of the digest (empty: none is given) and what it stands before."""
    if len(message) in _UNNAMED_LENGTHS:
        return '', message
    name, brace, rest = message[1:].partition(b'}')
    if message[:1] != b'{' or not brace or name not in _DIGESTS:
            raise AuthenticationError('unsupported message length, missing digest prefix, '
                                  f'or unsupported digest: {message=}')
    return name.decode('ascii'), rest


def _sign(authkey, message, digest_name):
    import hmac
    if not isinstance(authkey, bytes):
        raise ValueError('Authkey must be bytes, not {0!s}'.format(type(authkey)))
    return hmac.new(authkey, message, digest_name or 'md5').digest()


def _create_response(authkey, message):
    """The answer to a challenge, signed by the digest that it names."""
    name, _ = _split_digest(message)
    prefix = b'{%s}' % name.encode('ascii') if name else b''
    return prefix + _sign(authkey, message, name)


def _verify_challenge(authkey, message, response):
    """AuthenticationError unless the answer shows that the other side knows the key."""
    import hmac
    name, signature = _split_digest(response)
    if not hmac.compare_digest(signature, _sign(authkey, message, name)):
        raise AuthenticationError('digest received was wrong')


def deliver_challenge(connection, authkey, digest_name='sha256'):
    """Have the other side prove that it knows the key."""
    if not isinstance(authkey, bytes):
        raise ValueError('Authkey must be bytes, not {0!s}'.format(type(authkey)))
    message = b'{%s}' % digest_name.encode('ascii') + os.urandom(MESSAGE_LENGTH)
    connection.send_bytes(_CHALLENGE + message)
    answer = connection.recv_bytes(_LONGEST_ANSWER)
    wrong = None
    try:
        _verify_challenge(authkey, message, answer)
    except AuthenticationError as error:
        wrong = error
    connection.send_bytes(_WELCOME if wrong is None else _FAILURE)
    if wrong is not None:
        raise wrong


def answer_challenge(connection, authkey):
    """Prove to the other side that this one knows the key."""
    if not isinstance(authkey, bytes):
        raise ValueError('Authkey must be bytes, not {0!s}'.format(type(authkey)))
    message = connection.recv_bytes(_LONGEST_ANSWER)
    if not message.startswith(_CHALLENGE):
        raise AuthenticationError(f'Protocol error, expected challenge: {message=}')
    message = message[len(_CHALLENGE):]
    if len(message) < min(_UNNAMED_LENGTHS):
        raise AuthenticationError(f'challenge too short: {len(message)} bytes')
    connection.send_bytes(_create_response(authkey, message))
    if connection.recv_bytes(_LONGEST_ANSWER) != _WELCOME:
        raise AuthenticationError('digest sent was rejected')


# Connections whose messages are XML, as in remote calls.

def _to_xml(obj):
    from xmlrpc.client import dumps
    return dumps((obj,), allow_none=True).encode('utf-8')


def _from_xml(message):
    from xmlrpc.client import loads
    return loads(message.decode('utf-8'))[0][0]


class ConnectionWrapper:
    """A connection whose objects are made messages, and back, by two functions."""

    def __init__(self, conn, dumps, loads):
        self._conn, self._dumps, self._loads = conn, dumps, loads

    def __getattr__(self, name):
        if name in ('fileno', 'close', 'poll', 'recv_bytes', 'send_bytes'):
            return getattr(self._conn, name)
        raise AttributeError(f'{type(self).__name__!r} object has no attribute {name!r}')

    def send(self, obj):
        """Send an object."""
        self._conn.send_bytes(self._dumps(obj))

    def recv(self):
        """Receive an object."""
        return self._loads(self._conn.recv_bytes())


class XmlListener(Listener):
    """A listener whose connections speak XML."""

    def accept(self):
        return ConnectionWrapper(super().accept(), _to_xml, _from_xml)


def XmlClient(*args, **kwds):
    """A connection that speaks XML to an XmlListener."""
    return ConnectionWrapper(Client(*args, **kwds), _to_xml, _from_xml)


def wait(object_list, timeout=None):
    """Wait until one of some objects can be read from; the list of all that can then."""
    import select
    poller = select.poll()
    numbers = {}
    for obj in object_list:
        try:
            number = obj if isinstance(obj, int) else int(obj.fileno())
        except (AttributeError, TypeError, ValueError):
            raise ValueError(f'Invalid file object: {obj!r}') from None
        numbers.setdefault(number, []).append(obj)
        poller.register(number, select.POLLIN)
    if timeout is not None:
        deadline = time.monotonic() + timeout
    while True:
        left = None if timeout is None else max(deadline - time.monotonic(), 0) * 1000
        ready = poller.poll(left)
        if ready:
            return [obj for number, _ in ready for obj in numbers[number]]
        if timeout is not None and time.monotonic() >= deadline:
            return []
