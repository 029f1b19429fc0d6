"""Pickling for other processes."""

import abc
import copyreg
import functools
import io
import pickle
import sys

from . import context

__all__ = ['send_handle', 'recv_handle', 'ForkingPickler', 'register', 'dump']


class ForkingPickler(pickle.Pickler):
    """A pickler that knows how to pickle what register() told."""

    _extra_reducers = {}
    _copyreg_dispatch = copyreg.dispatch_table

    def __init__(self, *args):
        super().__init__(*args)
        if 'socket' in sys.modules:
            # Nobody else has sockets to pickle.
            self._extra_reducers.setdefault(sys.modules['socket'].socket, _reduce_socket)
        self.dispatch_table = {**self._copyreg_dispatch, **self._extra_reducers}

    @classmethod
    def register(cls, type, reduce):
        """Register a reduce function for a type."""
        cls._extra_reducers[type] = reduce

    @classmethod
    def dumps(cls, obj, protocol=None):
        """The pickled object, in a buffer."""
        pickled = io.BytesIO()
        cls(pickled, protocol).dump(obj)
        return pickled.getbuffer()

    loads = pickle.loads


register = ForkingPickler.register


def dump(obj, file, protocol=None):
    """Pickle an object to a file."""
    ForkingPickler(file, protocol).dump(obj)


# Descriptors travel beside the bytes of a socket of this machine.

HAVE_SEND_HANDLE = True
# Only where the kernel may lose descriptors does the receiver say that it has them.
ACKNOWLEDGE = sys.platform == 'darwin'


def sendfds(sock, fds):
    """Send descriptors over a socket."""
    import socket
    import array
    beside = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array('i', fds))]
    sock.sendmsg([bytes([len(fds) % 256])], beside)
    if ACKNOWLEDGE and sock.recv(1) != b'A':
        raise RuntimeError('did not receive acknowledgement of fd')


def recvfds(sock, size):
    """Receive so many descriptors from a socket."""
    import socket
    import array
    numbers = array.array('i')
    room = numbers.itemsize * size
    message, beside, _, _ = sock.recvmsg(1, socket.CMSG_SPACE(room))
    if not message and not beside:
        raise EOFError
    if ACKNOWLEDGE:
        sock.send(b'A')
    if len(beside) != 1:
        raise RuntimeError('received %d items of ancdata' % len(beside))
    level, kind, data = beside[0]
    if (level, kind) != (socket.SOL_SOCKET, socket.SCM_RIGHTS) or len(data) % numbers.itemsize:
        raise RuntimeError('Invalid data received')
    numbers.frombytes(data)
    if len(numbers) % 256 != message[0]:
        raise AssertionError('Len is {0:n} but msg[0] is {1!r}'.format(len(numbers), message[0]))
    return list(numbers)


def _socket_of(conn):
    import socket
    return socket.fromfd(conn.fileno(), socket.AF_UNIX, socket.SOCK_STREAM)


def send_handle(conn, handle, destination_pid):
    """Send a descriptor over a local connection."""
    with _socket_of(conn) as sock:
        sendfds(sock, [handle])


def recv_handle(conn):
    """Receive a descriptor over a local connection."""
    with _socket_of(conn) as sock:
        return recvfds(sock, 1)[0]


def DupFd(fd):
    """What a descriptor is pickled as: its detach() gives the descriptor in the other process."""
    popen = context.get_spawning_popen()
    if popen is not None:
        # It goes with the process.
        return popen.DupFd(popen.duplicate_for_child(fd))
    from . import resource_sharer
    return resource_sharer.DupFd(fd)


def _reduce_socket(sock):
    return _rebuild_socket, (DupFd(sock.fileno()), sock.family, sock.type, sock.proto)


def _rebuild_socket(df, family, type, proto):
    import socket
    return socket.socket(family, type, proto, fileno=df.detach())


class AbstractReducer(metaclass=abc.ABCMeta):
    """What replaces this module by `set_reducer`: a class with the same functions."""

    ForkingPickler = ForkingPickler
    register, dump = register, dump
    send_handle, recv_handle = send_handle, recv_handle
    DupFd = DupFd

    def __init__(self, *args):
        for examples, reduce in _METHOD_REDUCERS:
            for example in examples:
                register(type(example), reduce)


# How methods and partial functions are pickled.

class _Sample:
    def method(self):
        pass

    @classmethod
    def class_method(cls):
        pass


def _reduce_method(method):
    owner = type(method) if method.__self__ is None else method.__self__
    return getattr, (owner, method.__func__.__name__)


def _reduce_method_descriptor(descriptor):
    return getattr, (descriptor.__objclass__, descriptor.__name__)


def _rebuild_partial(func, args, keywords):
    return functools.partial(func, *args, **keywords)


def _reduce_partial(partial):
    return _rebuild_partial, (partial.func, partial.args, partial.keywords or {})


_METHOD_REDUCERS = (
    ((_Sample().method, _Sample.class_method), _reduce_method),
    ((list.append, int.__add__), _reduce_method_descriptor),
    ((functools.partial(int),), _reduce_partial),
)
AbstractReducer()
