"""Connections between processes: pipes that carry messages.

A message is its length, four bytes in network order (or -1 and eight bytes, for long ones), and
its bytes.
"""

__all__ = ['Client', 'Listener', 'Pipe', 'wait']

import os
import time

from .context import BufferTooShort

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
    """An end of a connection over one descriptor, or over one for each direction."""

    _second = None

    def __init__(self, handle, readable=True, writable=True, *, write_handle=None):
        super().__init__(handle, readable, writable)
        self._second = write_handle

    def _close(self):
        os.close(self._handle)
        if self._second is not None:
            os.close(self._second)
            self._second = None

    def __reduce__(self):
        from . import context
        context.assert_spawning(self)
        return object.__reduce__(self)

    def _send(self, data):
        handle = self._handle if self._second is None else self._second
        data = memoryview(data)
        while data:
            data = data[os.write(handle, data):]

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


def Pipe(duplex=True):
    """Returns pair of connection objects at either end of a pipe"""
    first_r, first_w = os.pipe()
    if not duplex:
        return Connection(first_r, writable=False), Connection(first_w, readable=False)
    second_r, second_w = os.pipe()
    return (Connection(first_r, write_handle=second_w),
            Connection(second_r, write_handle=first_w))


class Listener:
    """Not supported."""

    def __init__(self, *args, **kwargs):
        raise NotImplementedError("multiprocessing.connection.Listener")


def Client(*args, **kwargs):
    """Not supported."""
    raise NotImplementedError("multiprocessing.connection.Client")


def wait(object_list, timeout=None):
    """Wait till an object in object_list is ready/readable.

    Returns list of those objects in object_list which are ready/readable.
    """
    import select
    poller = select.poll()
    numbers = {}
    for obj in object_list:
        number = obj if isinstance(obj, int) else obj.fileno()
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
