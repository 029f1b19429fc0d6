"""Sockets: communication over networks and between processes.

`socket` adds files, context management and duplication to the class of `_socket`, whose functions
and constants are all here too; families, kinds and flags are members of enumerations.
"""

import _socket
import errno as _errno
import io
import os
from _socket import *
from enum import IntEnum, IntFlag

EBADF = _errno.EBADF
EAGAIN = _errno.EAGAIN
EWOULDBLOCK = _errno.EWOULDBLOCK

__all__ = ["fromfd", "getfqdn", "create_connection", "create_server", "has_dualstack_ipv6",
           "AddressFamily", "SocketKind", "AddressInfo", "MsgFlag", "getaddrinfo", "send_fds",
           "recv_fds"]
__all__.extend(name for name in dir(_socket) if not name.startswith("_"))

# What has no upper-case name of its own there is kept as it is in the module.
SocketType = _socket.SocketType
has_ipv6 = _socket.has_ipv6

IntEnum._convert_("AddressFamily", __name__, lambda name: name.isupper() and name[:3] == "AF_")
IntEnum._convert_("SocketKind", __name__, lambda name: name.isupper() and name[:5] == "SOCK_")
IntFlag._convert_("MsgFlag", __name__, lambda name: name.isupper() and name[:4] == "MSG_")
IntFlag._convert_("AddressInfo", __name__, lambda name: name.isupper() and name[:3] == "AI_")

_LOCALHOST = "127.0.0.1"
_LOCALHOST_V6 = "::1"

_GLOBAL_DEFAULT_TIMEOUT = object()


def _intenum_converter(value, enum_class):
    """The member of a value, or the value if it has none."""
    try:
        return enum_class(value)
    except ValueError:
        return value


class _GiveupOnSendfile(Exception):
    """The system's sendfile() does not do for this file."""


class socket(_socket.socket):
    """A socket, made from a family, a kind and a protocol or over an open descriptor."""

    __slots__ = ["__weakref__", "_io_refs", "_closed"]

    def __init__(self, family=-1, type=-1, proto=-1, fileno=None):
        if fileno is None:
            family = AF_INET if family == -1 else family
            type = SOCK_STREAM if type == -1 else type
            proto = 0 if proto == -1 else proto
        super().__init__(family, type, proto, fileno)
        self._closed, self._io_refs = False, 0

    def __enter__(self):
        return self

    def __exit__(self, *args):
        if not self._closed:
            self.close()

    def __repr__(self):
        closed = getattr(self, "_closed", False)
        cls = self.__class__
        parts = [f"{cls.__module__}.{cls.__qualname__}{' [closed]' if closed else ''}",
                 f"fd={self.fileno()}", f"family={self.family!s}", f"type={self.type!s}",
                 f"proto={self.proto:d}"]
        text = f"<{parts[0]} {', '.join(parts[1:])}"
        if not closed:
            for label, find in ("laddr", self.getsockname), ("raddr", self.getpeername):
                try:
                    address = find()
                except (OSError, AttributeError):
                    continue
                if address:
                    text += f", {label}={address!s}"
        return text + ">"

    def __getstate__(self):
        raise TypeError(f"cannot pickle {self.__class__.__name__!r} object")

    def dup(self):
        """Another socket object over a duplicate of the descriptor."""
        twin = self.__class__(self.family, self.type, self.proto, fileno=dup(self.fileno()))
        twin.settimeout(self.gettimeout())
        return twin

    def accept(self):
        """Waits for a connection; returns its socket and the address of the other end."""
        fd, address = self._accept()
        connection = socket(self.family, self.type, self.proto, fileno=fd)
        # One that may not block says nothing about connections made from it.
        if getdefaulttimeout() is None and self.gettimeout():
            connection.setblocking(True)
        return connection, address

    def makefile(self, mode="r", buffering=None, *, encoding=None, errors=None, newline=None):
        """A file over the socket, by the modes r, w and b; the socket stays open as long as it."""
        if not set(mode) <= {"r", "w", "b"}:
            raise ValueError(f"invalid mode {mode!r} (only r, w, b allowed)")
        writing = "w" in mode
        reading = "r" in mode or not writing
        binary = "b" in mode
        raw = SocketIO(self, "r" * reading + "w" * writing)
        self._io_refs += 1
        size = io.DEFAULT_BUFFER_SIZE if buffering is None or buffering < 0 else buffering
        if size == 0:
            if binary:
                return raw
            raise ValueError("unbuffered streams must be binary")
        if not writing:
            buffer = io.BufferedReader(raw, size)
        elif not reading:
            buffer = io.BufferedWriter(raw, size)
        else:
            buffer = io.BufferedRWPair(raw, raw, size)
        if binary:
            return buffer
        text = io.TextIOWrapper(buffer, io.text_encoding(encoding), errors, newline)
        text.mode = mode
        return text

    def _check_sendfile_params(self, file, offset, count):
        if "b" not in getattr(file, "mode", "b"):
            raise ValueError("file should be opened in binary mode")
        if not self.type & SOCK_STREAM:
            raise ValueError("only SOCK_STREAM type sockets are supported")
        if count is not None:
            if not isinstance(count, int):
                raise TypeError(f"count must be a positive integer (got {count!r})")
            if count <= 0:
                raise ValueError(f"count must be a positive integer (got {count!r})")

    def _timeout_for_sendfile(self):
        """The timeout, which must let calls wait."""
        timeout = self.gettimeout()
        if timeout == 0:
            raise ValueError("non-blocking sockets are not supported")
        return timeout

    def _sendfile_use_sendfile(self, file, offset=0, count=None):
        self._check_sendfile_params(file, offset, count)
        try:
            source = file.fileno()
            size = os.fstat(source).st_size
        except (AttributeError, io.UnsupportedOperation, OSError) as problem:
            raise _GiveupOnSendfile(problem)
        if not size:
            return 0
        timeout = self._timeout_for_sendfile()
        import selectors
        target = self.fileno()
        block = min(count or size, 2 ** 30)
        sent = 0
        with selectors.PollSelector() as selector:
            selector.register(target, selectors.EVENT_WRITE)
            try:
                while True:
                    if timeout and not selector.select(timeout):
                        raise TimeoutError("timed out")
                    if count:
                        block = min(count - sent, block)
                        if block <= 0:
                            return sent
                    try:
                        step = os.sendfile(target, source, offset, block)
                    except BlockingIOError:
                        if not timeout:
                            selector.select()
                        continue
                    except OSError as problem:
                        if sent == 0:
                            raise _GiveupOnSendfile(problem)
                        raise
                    if step == 0:
                        return sent
                    offset += step
                    sent += step
            finally:
                if sent and hasattr(file, "seek"):
                    file.seek(offset)

    def _sendfile_use_send(self, file, offset=0, count=None):
        self._check_sendfile_params(file, offset, count)
        self._timeout_for_sendfile()
        if offset:
            file.seek(offset)
        sent = 0
        try:
            while count is None or sent < count:
                data = file.read(8192 if count is None else min(count - sent, 8192))
                if not data:
                    break
                rest = memoryview(data)
                while rest:
                    try:
                        step = self.send(rest)
                    except BlockingIOError:
                        continue
                    sent += step
                    rest = rest[step:]
            return sent
        finally:
            if sent and hasattr(file, "seek"):
                file.seek(offset + sent)

    def sendfile(self, file, offset=0, count=None):
        """Sends a binary file from an offset, all of it or count bytes; returns how many.

        The position of the file is behind what was sent. The system does it where it can.
        """
        try:
            return self._sendfile_use_sendfile(file, offset, count)
        except _GiveupOnSendfile:
            return self._sendfile_use_send(file, offset, count)

    def _decref_socketios(self):
        self._io_refs = max(self._io_refs - 1, 0)
        if self._closed:
            self.close()

    def _real_close(self, _ss=_socket.socket):
        _ss.close(self)

    def close(self):
        self._closed = True
        if self._io_refs <= 0:
            self._real_close()

    def detach(self):
        """Closes the object without its descriptor, which is returned."""
        self._closed = True
        return super().detach()

    @property
    def family(self):
        """The address family, a member of AddressFamily where it is known."""
        return _intenum_converter(super().family, AddressFamily)

    @property
    def type(self):
        """The kind, a member of SocketKind where it is known."""
        return _intenum_converter(super().type, SocketKind)

    def get_inheritable(self):
        """True if programs started from here inherit the descriptor."""
        return os.get_inheritable(self.fileno())

    def set_inheritable(self, inheritable):
        """Says whether programs started from here inherit the descriptor."""
        os.set_inheritable(self.fileno(), inheritable)


def fromfd(fd, family, type, proto=0):
    """A socket object over a duplicate of a descriptor."""
    return socket(family, type, proto, dup(fd))


def send_fds(sock, buffers, fds, flags=0, address=None):
    """Sends descriptors along with the bytes of buffers."""
    import array
    return sock.sendmsg(buffers, [(SOL_SOCKET, SCM_RIGHTS, array.array("i", fds))])


def recv_fds(sock, bufsize, maxfds, flags=0):
    """Receives bytes and at most so many descriptors: (data, fds, msg_flags, address)."""
    import array
    fds = array.array("i")
    data, ancillary, flags, address = sock.recvmsg(bufsize, CMSG_LEN(maxfds * fds.itemsize))
    for level, kind, part in ancillary:
        if level == SOL_SOCKET and kind == SCM_RIGHTS:
            fds.frombytes(part[:len(part) - len(part) % fds.itemsize])
    return data, list(fds), flags, address


def socketpair(family=None, type=SOCK_STREAM, proto=0):
    """Two sockets that are connected to each other, of the family AF_UNIX unless told."""
    if family is None:
        family = AF_UNIX
    ends = _socket.socketpair(family, type, proto)
    return tuple(socket(family, type, proto, end.detach()) for end in ends)


class SocketIO(io.RawIOBase):
    """The raw file over a stream socket, whose timeouts it reports."""

    def __init__(self, sock, mode):
        if mode not in ("r", "w", "rw", "rb", "wb", "rwb"):
            raise ValueError(f"invalid mode: {mode!r}")
        super().__init__()
        self._sock = sock
        self._mode = mode if "b" in mode else mode + "b"
        self._reading = "r" in mode
        self._writing = "w" in mode
        self._timeout_occurred = False

    def readinto(self, b):
        """Reads up to len(b) bytes; 0 at the end, None if the socket would have to wait."""
        self._checkClosed()
        self._checkReadable()
        if self._timeout_occurred:
            raise OSError("cannot read from timed out object")
        try:
            return self._sock.recv_into(b)
        except TimeoutError:
            self._timeout_occurred = True
            raise
        except BlockingIOError:
            return None

    def write(self, b):
        """Writes bytes; how many, or None if the socket would have to wait."""
        self._checkClosed()
        self._checkWritable()
        try:
            return self._sock.send(b)
        except BlockingIOError:
            return None

    def _open(self):
        if self.closed:
            raise ValueError("I/O operation on closed socket.")
        return True

    def readable(self):
        """True if the file is for reading."""
        return self._open() and self._reading

    def writable(self):
        """True if the file is for writing."""
        return self._open() and self._writing

    def seekable(self):
        """False: a connection has no positions."""
        self._open()
        return super().seekable()

    def fileno(self):
        """The descriptor of the socket."""
        self._checkClosed()
        return self._sock.fileno()

    @property
    def name(self):
        return -1 if self.closed else self.fileno()

    @property
    def mode(self):
        return self._mode

    def close(self):
        """Closes the file, and the socket if it waits for that."""
        if not self.closed:
            super().close()
            self._sock._decref_socketios()
            self._sock = None


def getfqdn(name=""):
    """The full name of a host, of this one if none is given."""
    name = name.strip()
    if name in ("", "0.0.0.0", "::"):
        name = gethostname()
    try:
        host, aliases, _ = gethostbyaddr(name)
    except error:
        return name
    return next((alias for alias in [host, *aliases] if "." in alias), host)


def create_connection(address, timeout=_GLOBAL_DEFAULT_TIMEOUT, source_address=None, *,
                      all_errors=False):
    """A socket connected to the first address that answers of those that (host, port) has.

    It is bound to source_address first, if one is given. If none answers the last error is raised,
    or with all_errors a group of all of them.
    """
    host, port = address
    problems = []
    for family, kind, proto, _, target in getaddrinfo(host, port, 0, SOCK_STREAM):
        sock = None
        try:
            sock = socket(family, kind, proto)
            if timeout is not _GLOBAL_DEFAULT_TIMEOUT:
                sock.settimeout(timeout)
            if source_address:
                sock.bind(source_address)
            sock.connect(target)
            problems.clear()
            return sock
        except error as problem:
            if not all_errors:
                problems.clear()
            problems.append(problem)
            if sock is not None:
                sock.close()
    try:
        if not problems:
            raise error("getaddrinfo returns an empty list")
        if not all_errors:
            raise problems[0]
        raise ExceptionGroup("create_connection failed", problems)
    finally:
        problems.clear()


def has_dualstack_ipv6():
    """True if one socket can take IPv4 and IPv6 connections."""
    if not has_ipv6:
        return False
    try:
        with socket(AF_INET6, SOCK_STREAM) as probe:
            probe.setsockopt(IPPROTO_IPV6, IPV6_V6ONLY, 0)
    except error:
        return False
    return True


def create_server(address, *, family=AF_INET, backlog=None, reuse_port=False,
                  dualstack_ipv6=False):
    """A listening TCP socket bound to an address; with dualstack_ipv6 for IPv4 and IPv6 at once."""
    if reuse_port and not hasattr(_socket, "SO_REUSEPORT"):
        raise ValueError("SO_REUSEPORT not supported on this platform")
    if dualstack_ipv6 and not has_dualstack_ipv6():
        raise ValueError("dualstack_ipv6 not supported on this platform")
    if dualstack_ipv6 and family != AF_INET6:
        raise ValueError("dualstack_ipv6 requires AF_INET6 family")
    sock = socket(family, SOCK_STREAM)
    try:
        try:
            sock.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
        except error:
            pass
        if reuse_port:
            sock.setsockopt(SOL_SOCKET, SO_REUSEPORT, 1)
        if has_ipv6 and family == AF_INET6:
            sock.setsockopt(IPPROTO_IPV6, IPV6_V6ONLY, 0 if dualstack_ipv6 else 1)
        try:
            sock.bind(address)
        except error as problem:
            message = f"{problem.strerror} (while attempting to bind on address {address!r})"
            raise error(problem.errno, message) from None
        if backlog is not None:
            sock.listen(backlog)
        else:
            sock.listen()
        return sock
    except error:
        sock.close()
        raise


def getaddrinfo(host, port, family=0, type=0, proto=0, flags=0):
    """Addresses for connecting to a host and a port: (family, type, proto, canonname, sockaddr).

    A host of None is this machine; a port may be a number or the name of a service. The other
    arguments narrow the list down.
    """
    return [(_intenum_converter(family, AddressFamily), _intenum_converter(type, SocketKind),
             proto, canonical, address)
            for family, type, proto, canonical, address
            in _socket.getaddrinfo(host, port, family, type, proto, flags)]
