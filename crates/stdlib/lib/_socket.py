"""Sockets: the class that `socket.socket` extends, name look-ups and conversions of numbers.

The system calls are those of `_sockets`, which knows addresses as bytes only; `_socket_addresses`
makes them of the tuples and paths of Python. Timeouts are kept by waiting until a call cannot block.
"""

import errno as _errno
import os as _os
import sys as _sys
from _warnings import warn as _warn
from operator import index as _index
from time import monotonic as _now

import _sockets
from _socket_addresses import (
    CMSG_LEN, CMSG_SPACE, _BIG, _ORDER, _as_host_bytes, _found, _native, _pack_address,
    _pack_control, _resolve, _unpack_address, _unpack_control, gaierror, herror)

globals().update(_sockets.constants)

error = OSError
timeout = TimeoutError
has_ipv6 = True

_default_timeout = None

# Timeouts

def _checked_timeout(value):
    if value is None:
        return None
    if isinstance(value, float):
        if value != value:
            raise ValueError("Invalid value NaN (not a number)")
    else:
        value = float(_index(value))
    if value < 0:
        raise ValueError("Timeout value out of range")
    if value >= 2 ** 63 / 1e9:
        raise OverflowError("timeout doesn't fit into C timeval")
    return value


def getdefaulttimeout():
    """The timeout of new sockets in seconds, None if they have none."""
    return _default_timeout


def setdefaulttimeout(timeout, /):
    """Sets the timeout of new sockets in seconds; None means none."""
    global _default_timeout
    _default_timeout = _checked_timeout(timeout)


def _until_ready(fd, writing, deadline):
    """Waits for a descriptor; TimeoutError when the time is over."""
    from select import POLLIN, POLLOUT, poll
    poller = poll()
    poller.register(fd, POLLOUT if writing else POLLIN)
    left = max(0.0, deadline - _now())
    if not poller.poll(-(-left * 1000 // 1)):
        raise TimeoutError("timed out")


def _size_of(size, caller):
    size = size.__index__()
    if size < 0:
        raise ValueError(f"negative buffersize in {caller}")
    return size


class socket:
    """socket(family=AF_INET, type=SOCK_STREAM, proto=0) -> socket object
socket(family=-1, type=-1, proto=-1, fileno=None) -> socket object

An endpoint of communication; with fileno, one over an existing descriptor, from which what is not
given is found out.
"""

    __slots__ = ("_fd", "_family", "_type", "_proto", "_timeout")

    def __new__(cls, *args, **kwargs):
        self = object.__new__(cls)
        self._fd = -1
        self._family = self._type = self._proto = 0
        self._timeout = None
        return self

    def __init__(self, family=-1, type=-1, proto=-1, fileno=None):
        _sys.audit("socket.__new__", self, family, type, proto)
        if fileno is not None:
            fd = self._adopt(fileno)
            if family == -1:
                address = _sockets.name(fd, False)
                family = int.from_bytes(address[:2], _ORDER)
            else:
                _sockets.name(fd, False)
            if type == -1:
                type = self._int_option(fd, SO_TYPE)
            if proto == -1:
                proto = self._int_option(fd, SO_PROTOCOL)
        else:
            family = AF_INET if family == -1 else family
            type = SOCK_STREAM if type == -1 else type
            proto = 0 if proto == -1 else proto
            fd = _sockets.open(family, type, proto)
        self._take(fd, family, type, proto)

    @staticmethod
    def _adopt(fileno):
        if isinstance(fileno, float):
            raise TypeError("integer argument expected, got float")
        fd = _index(fileno)
        if fd < 0:
            raise ValueError("negative file descriptor")
        return fd

    @staticmethod
    def _int_option(fd, name):
        return int.from_bytes(_sockets.option(fd, SOL_SOCKET, name, 4), _ORDER, signed=True)

    def _take(self, fd, family, type, proto):
        self._fd = fd
        self._family = family
        self._type = type & ~(SOCK_CLOEXEC | SOCK_NONBLOCK)
        self._proto = proto
        self._timeout = 0.0 if type & SOCK_NONBLOCK else _default_timeout
        if not type & SOCK_NONBLOCK and _default_timeout is not None:
            _os.set_blocking(fd, False)

    def __del__(self):
        if self._fd >= 0:
            _warn(f"unclosed {self!r}", ResourceWarning, source=self)
            fd, self._fd = self._fd, -1
            try:
                _os.close(fd)
            except OSError:
                pass

    def __repr__(self):
        return (f"<socket object, fd={self._fd}, family={self._family}, type={self._type}, "
                f"proto={self._proto}>")

    def __reduce__(self):
        raise TypeError(f"cannot pickle '{type(self).__name__}' object")

    @property
    def family(self):
        "the socket family"
        return self._family

    @property
    def type(self):
        "the socket type"
        return self._type

    @property
    def proto(self):
        "the socket protocol"
        return self._proto

    @property
    def timeout(self):
        "the socket timeout"
        return self._timeout

    def _call(self, call, *args, writing=False, deadline=None):
        """Makes a call that may block, within the timeout."""
        if not self._timeout:
            return call(self._fd, *args)
        if self._fd < 0:
            raise OSError(_errno.EBADF, _os.strerror(_errno.EBADF))
        if deadline is None:
            deadline = _now() + self._timeout
        while True:
            _until_ready(self._fd, writing, deadline)
            try:
                return call(self._fd, *args)
            except BlockingIOError:
                pass

    def fileno(self):
        """The descriptor, -1 once closed."""
        return self._fd

    def detach(self):
        """Gives the descriptor away and is closed without closing it."""
        fd, self._fd = self._fd, -1
        return fd

    def close(self):
        """Closes the socket: what is done with it from now on fails."""
        fd, self._fd = self._fd, -1
        if fd >= 0:
            try:
                _os.close(fd)
            except ConnectionResetError:
                pass

    def _accept(self):
        """The descriptor of a new connection and the address of the other end."""
        fd, address = self._call(_sockets.accept)
        return fd, _unpack_address(address)

    def bind(self, address, /):
        """Binds the socket to a local address."""
        packed = _pack_address(self._family, address, "bind")
        _sys.audit("socket.bind", self, address)
        _sockets.bind(self._fd, packed)

    def _connect(self, packed):
        try:
            _sockets.connect(self._fd, packed)
        except (BlockingIOError, InterruptedError) as problem:
            interrupted = problem.errno == _errno.EINTR
            if self._timeout == 0 or (self._timeout is None and not interrupted):
                raise
            limit = 1e9 if self._timeout is None else self._timeout
            _until_ready(self._fd, True, _now() + limit)
            code = self._int_option(self._fd, SO_ERROR)
            if code and code != _errno.EISCONN:
                raise OSError(code, _os.strerror(code)) from None

    def connect(self, address, /):
        """Connects the socket to an address."""
        packed = _pack_address(self._family, address, "connect")
        _sys.audit("socket.connect", self, address)
        self._connect(packed)

    def connect_ex(self, address, /):
        """Connects the socket to an address; returns the error number instead of raising."""
        packed = _pack_address(self._family, address, "connect_ex")
        _sys.audit("socket.connect", self, address)
        try:
            self._connect(packed)
        except TimeoutError as problem:
            return problem.errno or _errno.EAGAIN
        except OSError as problem:
            return problem.errno
        return 0

    def getsockname(self):
        """The address of this end."""
        return _unpack_address(_sockets.name(self._fd, False))

    def getpeername(self):
        """The address of the other end."""
        return _unpack_address(_sockets.name(self._fd, True))

    def listen(self, backlog=None, /):
        """Lets others connect; backlog is how many connections may wait to be accepted."""
        backlog = min(SOMAXCONN, 128) if backlog is None else max(backlog.__index__(), 0)
        if backlog > _BIG:
            raise OverflowError("Python int too large to convert to C int")
        _sockets.listen(self._fd, backlog)

    def getsockopt(self, level, optname, buflen=0, /):
        """The value of an option: an integer, or bytes if their number is given."""
        if buflen == 0:
            value = _sockets.option(self._fd, level, optname, 4)
            return int.from_bytes(value, _ORDER, signed=True)
        if not 0 < buflen <= 1024:
            raise OSError("getsockopt buflen out of range")
        return _sockets.option(self._fd, level, optname, buflen)

    def setsockopt(self, level, optname, value, optlen=None, /):
        """Sets an option to an integer, to bytes, or with None to nothing of a length."""
        if value is None:
            if optlen is None:
                raise TypeError("setsockopt() requires 4 arguments when the third argument is None")
            _sockets.set_option(self._fd, level, optname, None, optlen)
            return
        if optlen is not None:
            raise TypeError("setsockopt() only takes 4 arguments when the third argument is None")
        if hasattr(value, "__index__"):
            value = value.__index__()
            if not -_BIG - 1 <= value <= _BIG:
                raise OverflowError("Python int too large to convert to C int")
            value = value.to_bytes(4, _ORDER, signed=True)
        _sockets.set_option(self._fd, level, optname, value, 0)

    def shutdown(self, how, /):
        """Ends the reading side, the writing side or both of a connection."""
        _sockets.shutdown(self._fd, how)

    def getblocking(self):
        """True if calls wait."""
        return self._timeout != 0

    def setblocking(self, flag, /):
        """Makes calls wait, or not."""
        self.__set_timeout(None if flag else 0.0)

    def gettimeout(self):
        """The timeout in seconds, None if there is none."""
        return self._timeout

    def settimeout(self, timeout, /):
        """Sets the timeout in seconds; None waits for ever, zero not at all."""
        self.__set_timeout(_checked_timeout(timeout))

    def __set_timeout(self, value):
        _os.set_blocking(self._fd, value is None)
        self._timeout = value

    def recv(self, bufsize, flags=0, /):
        """Receives up to so many bytes."""
        size = _size_of(bufsize, "recv")
        return self._call(_sockets.receive, size, flags)[0]

    def recvfrom(self, bufsize, flags=0, /):
        """Receives up to so many bytes; returns them and the address they came from."""
        size = _size_of(bufsize, "recvfrom")
        data, address = self._call(_sockets.receive, size, flags)
        return data, _unpack_address(address)

    def __receive_into(self, buffer, nbytes, flags, caller):
        nbytes = _size_of(nbytes, caller)
        with memoryview(buffer) as view, view.cast("B") as room:
            if nbytes > len(room):
                raise ValueError("buffer too small for requested bytes")
            data, address = self._call(_sockets.receive, nbytes or len(room), flags)
            room[:len(data)] = data
        return len(data), address

    def recv_into(self, buffer, nbytes=0, flags=0):
        """Receives bytes into a buffer, as many as fit unless told; returns their number."""
        return self.__receive_into(buffer, nbytes, flags, "recv_into")[0]

    def recvfrom_into(self, buffer, nbytes=0, flags=0):
        """Receives bytes into a buffer; returns their number and the address they came from."""
        count, address = self.__receive_into(buffer, nbytes, flags, "recvfrom_into")
        return count, _unpack_address(address)

    def recvmsg(self, bufsize, ancbufsize=0, flags=0, /):
        """Receives bytes and control messages: (data, ancdata, msg_flags, address)."""
        size = bufsize.__index__()
        if size < 0:
            raise ValueError("negative buffer size in recvmsg()")
        if not 0 <= ancbufsize <= _BIG:
            raise ValueError("invalid ancillary data buffer length")
        data, control, flags, address = self._call(
            _sockets.receive_message, size, ancbufsize, flags)
        return data, _unpack_control(control), flags, _unpack_address(address)

    def recvmsg_into(self, buffers, ancbufsize=0, flags=0, /):
        """Receives into buffers one after the other: (nbytes, ancdata, msg_flags, address)."""
        try:
            buffers = list(buffers)
        except TypeError:
            raise TypeError("recvmsg_into() argument 1 must be an iterable") from None
        views = [memoryview(buffer).cast("B") for buffer in buffers]
        if any(view.readonly for view in views):
            raise TypeError("recvmsg_into() argument 1 must be an iterable of single-segment "
                            "read-write buffers")
        data, *rest = self.recvmsg(sum(map(len, views)), ancbufsize, flags)
        at = 0
        for view in views:
            part = data[at:at + len(view)]
            view[:len(part)] = part
            at += len(part)
        return len(data), *rest

    def send(self, data, flags=0, /):
        """Sends bytes; returns how many were taken, which may be fewer than there are."""
        return self._call(_sockets.send, data, flags, None, writing=True)

    def sendall(self, data, flags=0, /):
        """Sends all bytes, or raises an error, when it is not known how many were sent."""
        deadline = None if not self._timeout else _now() + self._timeout
        with memoryview(data) as view, view.cast("B") as rest:
            at = 0
            while at < len(rest):
                with rest[at:at + 0x40000] as part:
                    at += self._call(_sockets.send, part, flags, None, writing=True,
                                     deadline=deadline)

    def sendto(self, data, *args):
        """sendto(data[, flags], address) -> count: sends bytes to an address."""
        if not 1 <= len(args) <= 2:
            raise TypeError(f"sendto() takes 2 or 3 arguments ({len(args) + 1} given)")
        flags = args[0] if len(args) == 2 else 0
        memoryview(data).release()
        packed = _pack_address(self._family, args[-1], "sendto")
        _sys.audit("socket.sendto", self, args[-1])
        return self._call(_sockets.send, data, flags, packed, writing=True)

    def sendmsg(self, buffers, ancdata=(), flags=0, address=None, /):
        """Sends the bytes of buffers with control messages, to an address if one is given."""
        try:
            buffers = list(buffers)
        except TypeError:
            raise TypeError("sendmsg() argument 1 must be an iterable") from None
        data = b"".join(memoryview(buffer) for buffer in buffers)
        try:
            ancdata = list(ancdata)
        except TypeError:
            raise TypeError("sendmsg() argument 2 must be an iterable") from None
        control = _pack_control(ancdata)
        packed = None if address is None else _pack_address(self._family, address, "sendmsg")
        _sys.audit("socket.sendmsg", self, address)
        return self._call(_sockets.send_message, data, control, flags, packed, writing=True)


SocketType = socket


def socketpair(family=AF_UNIX, type=SOCK_STREAM, proto=0, /):
    """Two sockets that are connected to each other."""
    ends = []
    for fd in _sockets.pair(family, type, proto):
        end = socket.__new__(socket)
        end._take(fd, family, type, proto)
        ends.append(end)
    return tuple(ends)


def close(fd, /):
    """Closes the descriptor of a socket."""
    try:
        _os.close(fd)
    except ConnectionResetError:
        pass


def dup(fd, /):
    """A descriptor of the same socket."""
    return _os.dup(fd)


# Look-ups

def getaddrinfo(host, port, family=0, type=0, proto=0, flags=0):
    """The addresses of a host and a port: tuples of family, type, proto, canonname and address."""
    if host is not None:
        if not isinstance(host, (str, bytes)):
            raise TypeError("getaddrinfo() argument 1 must be string or None")
        host = _as_host_bytes(host)
    if isinstance(port, int):
        service = str(port).encode()
    elif isinstance(port, str):
        service = port.encode()
    elif isinstance(port, bytes) or port is None:
        service = port
    else:
        raise OSError("Int or String expected")
    _sys.audit("socket.getaddrinfo", host, port, family, type, proto)
    found = _found(_sockets.look_up(host, service, family, type, proto, flags))
    return [(family, type, proto, canonical.decode("utf-8"), _unpack_address(address))
            for family, type, proto, canonical, address in found]


def getnameinfo(sockaddr, flags, /):
    """The names of the host and the service of an address."""
    if not isinstance(sockaddr, tuple):
        raise TypeError("getnameinfo() argument 1 must be a tuple")
    if not 2 <= len(sockaddr) <= 4:
        raise TypeError("getnameinfo(): illegal sockaddr argument")
    host, port = sockaddr[:2]
    if not isinstance(host, str):
        raise TypeError(f"getnameinfo() argument 1 must be str, not {type(host).__name__}")
    if len(sockaddr) > 2 and not 0 <= sockaddr[2] <= 0xFFFFF:
        raise OverflowError("getnameinfo(): flowinfo must be 0-1048575.")
    _sys.audit("socket.getnameinfo", sockaddr)
    found = _found(_sockets.look_up(_as_host_bytes(host), str(port).encode(), 0, SOCK_DGRAM, 0,
                                    AI_NUMERICHOST))
    if len(found) > 1:
        raise OSError("sockaddr resolved to multiple addresses")
    family, address = found[0][0], found[0][4]
    if family == AF_INET and len(sockaddr) != 2:
        raise OSError("IPv4 sockaddr must be 2 tuple")
    if family == AF_INET6:
        flow, scope = (sockaddr[2:] + (0, 0))[:2]
        address = address[:4] + flow.to_bytes(4, "big") + address[8:24] + _native(scope, 4)
    host, service = _found_names(_sockets.names(address, flags))
    return host.decode(), service.decode()


def _found_names(answer):
    if isinstance(answer, int):
        raise gaierror(answer, _sockets.look_up_message(answer))
    return answer


def gethostbyname(hostname, /):
    """The IPv4 address of a host."""
    _sys.audit("socket.gethostbyname", hostname)
    return _sockets.presented(_resolve(hostname, AF_INET))


def _host_entry(name, family, addresses):
    return name, [], list(dict.fromkeys(addresses))


def gethostbyname_ex(hostname, /):
    """The true name, the aliases and the IPv4 addresses of a host."""
    _sys.audit("socket.gethostbyname", hostname)
    found = _found(_sockets.look_up(_as_host_bytes(hostname), None, AF_INET, SOCK_STREAM, 0,
                                    AI_CANONNAME))
    name = found[0][3].decode() or hostname
    return _host_entry(name, AF_INET, [_unpack_address(entry[4])[0] for entry in found])


def gethostbyaddr(host, /):
    """The true name, the aliases and the addresses of a host, by its address or name."""
    _sys.audit("socket.gethostbyaddr", host)
    found = _found(_sockets.look_up(_as_host_bytes(host), None, 0, SOCK_STREAM, 0, 0))
    family, address = found[0][0], found[0][4]
    answer = _sockets.names(address, NI_NAMEREQD)
    if isinstance(answer, int):
        raise herror(1, "Unknown host")
    return _host_entry(answer[0].decode(), family, [_unpack_address(address)[0]])


def gethostname():
    """The name of this host."""
    _sys.audit("socket.gethostname")
    return _os.uname().nodename


def sethostname(name, /):
    """Sets the name of this host."""
    _sys.audit("socket.sethostname", name)
    raise PermissionError(_errno.EPERM, _os.strerror(_errno.EPERM))


def getservbyname(servicename, protocolname=None, /):
    """The port of a service of a protocol, "tcp" or "udp"; of either if none is given."""
    _sys.audit("socket.getservbyname", servicename, protocolname)
    port = _sockets.service_port(servicename, protocolname)
    if port is None:
        raise OSError("service/proto not found")
    return port


def getservbyport(port, protocolname=None, /):
    """The name of the service at a port of a protocol."""
    if not 0 <= port <= 0xFFFF:
        raise OverflowError("getservbyport: port must be 0-65535.")
    _sys.audit("socket.getservbyport", port, protocolname)
    name = _sockets.service_name(port, protocolname)
    if name is None:
        raise OSError("port/proto not found")
    return name


def getprotobyname(name, /):
    """The number of a protocol."""
    number = _sockets.protocol_number(name)
    if number is None:
        raise OSError("protocol not found")
    return number


# Conversions

def _unsigned(value, bits, caller):
    if not isinstance(value, int):
        raise TypeError(f"expected int, {type(value).__name__} found"
                        if bits == 32 else
                        f"'{type(value).__name__}' object cannot be interpreted as an integer")
    if value < 0:
        raise OverflowError(f"{caller}: can't convert negative Python int to C {bits}-bit "
                            "unsigned integer" if bits == 16 else
                            "can't convert negative value to unsigned int")
    if value >> bits:
        raise OverflowError(f"{caller}: Python int too large to convert to C {bits}-bit "
                            "unsigned integer" if bits == 16 else "int larger than 32 bits")
    return value


def _swapped(value, size):
    return int.from_bytes(value.to_bytes(size, _ORDER), "big")


def ntohs(x, /):
    """A 16-bit integer from network to host byte order."""
    return _swapped(_unsigned(x, 16, "ntohs"), 2)


def htons(x, /):
    """A 16-bit integer from host to network byte order."""
    return _swapped(_unsigned(x, 16, "htons"), 2)


def ntohl(x, /):
    """A 32-bit integer from network to host byte order."""
    return _swapped(_unsigned(x, 32, "ntohl"), 4)


def htonl(x, /):
    """A 32-bit integer from host to network byte order."""
    return _swapped(_unsigned(x, 32, "htonl"), 4)


def inet_aton(ip_addr, /):
    """The packed form of an IPv4 address, which may be written with fewer than four numbers."""
    try:
        numbers = [int(part, 16 if part[:2] in ("0x", "0X") else 8 if part[:1] == "0" else 10)
                   if part != "0" else 0 for part in ip_addr.split()[0].split(".")]
        *first, last = numbers
        if len(first) > 3 or any(not 0 <= part < 256 for part in first) or last < 0:
            raise ValueError
        return bytes(first) + last.to_bytes(4 - len(first), "big")
    except (ValueError, IndexError, OverflowError):
        raise OSError("illegal IP address string passed to inet_aton") from None


def inet_ntoa(packed_ip, /):
    """The text of a packed IPv4 address."""
    packed = bytes(memoryview(packed_ip))
    if len(packed) != 4:
        raise OSError("packed IP wrong length")
    return _sockets.presented(packed)


def inet_pton(af, ip, /):
    """The packed form of an address of a family."""
    packed = _sockets.packed(af, ip)
    if packed is None:
        raise OSError("illegal IP address string passed to inet_pton")
    return packed


def inet_ntop(af, packed_ip, /):
    """The text of a packed address of a family."""
    size = {AF_INET: 4, AF_INET6: 16}.get(af)
    if size is None:
        raise ValueError(f"unknown address family {af}")
    packed = bytes(memoryview(packed_ip))
    if len(packed) != size:
        raise ValueError("invalid length of packed IP address string")
    return _sockets.presented(packed)


# Interfaces

def if_nametoindex(oname, /):
    """The number of a network interface."""
    try:
        return _sockets.interface_index(oname)
    except OSError:
        raise OSError("no interface with this name") from None


def if_indextoname(if_index, /):
    """The name of a network interface."""
    if if_index < 0:
        raise OverflowError("can't convert negative value to unsigned int")
    return _sockets.interface_name(if_index)


def if_nameindex():
    """Numbers and names of the network interfaces."""
    names = _os.listdir("/sys/class/net")
    return sorted((if_nametoindex(name), name) for name in names)
