"""Addresses and control messages of sockets, between Python's forms and the system's bytes."""

__name__ = "_socket"

import os as _os
import sys as _sys

import _sockets

# What it knows of the families.
AF_INET, AF_INET6, AF_NETLINK, AF_UNIX = (
    _sockets.constants[_name] for _name in ("AF_INET", "AF_INET6", "AF_NETLINK", "AF_UNIX"))


class herror(OSError):
    __module__ = "socket"


class gaierror(OSError):
    __module__ = "socket"


_BIG = 2 ** 31 - 1
_ORDER = _sys.byteorder

# The longest path of a Unix socket, with the null that ends it.
_PATH_ROOM = 108


def _native(number, size):
    return number.to_bytes(size, _ORDER)


def _as_host_bytes(host):
    """A host's name as the system takes it."""
    if isinstance(host, str):
        try:
            return host.encode("ascii")
        except UnicodeEncodeError:
            return host.encode("idna")
    if isinstance(host, (bytes, bytearray)):
        return bytes(host)
    raise TypeError(f"str, bytes or bytearray expected, not {type(host).__name__}")


def _resolve(host, family):
    """The packed address of a host of a family."""
    size = 4 if family == AF_INET else 16
    if not host:
        return bytes(size)
    if host in ("<broadcast>", b"<broadcast>", "255.255.255.255"):
        if family != AF_INET:
            raise OSError("address family mismatched")
        return b"\xff" * 4
    name = _as_host_bytes(host)
    if b"\0" in name:
        raise ValueError("embedded null character")
    packed = _sockets.packed(family, name.decode("latin-1"))
    if packed is not None:
        return packed
    found = _found(_sockets.look_up(name, None, family, 0, 0, 0))
    address = found[0][4]
    return address[4:8] if family == AF_INET else address[8:24]


def _port_bytes(port, caller):
    if not isinstance(port, int):
        if not hasattr(port, "__index__"):
            raise TypeError(f"'{type(port).__name__}' object cannot be interpreted as an integer")
        port = port.__index__()
    if not 0 <= port <= 0xFFFF:
        raise OverflowError(f"{caller}(): port must be 0-65535.")
    return port.to_bytes(2, "big")


def _pack_path(address):
    path = _os.fsencode(address) if isinstance(address, str) else bytes(memoryview(address))
    if path[:1] == b"\0":
        if len(path) > _PATH_ROOM:
            raise OSError("AF_UNIX path too long")
    elif len(path) >= _PATH_ROOM:
        raise OSError("AF_UNIX path too long")
    elif path:
        path += b"\0"
    return path


def _pack_address(family, address, caller):
    """An address as the system lays it out."""
    head = _native(family, 2)
    if family == AF_UNIX:
        if not isinstance(address, str):
            try:
                memoryview(address).release()
            except TypeError:
                raise TypeError(f"a bytes-like object is required, not "
                                f"'{type(address).__name__}'") from None
        return head + _pack_path(address)
    names = {AF_INET: "AF_INET", AF_INET6: "AF_INET6", AF_NETLINK: "AF_NETLINK"}
    if family not in names:
        raise OSError(f"{caller}(): bad family")
    if not isinstance(address, tuple):
        raise TypeError(f"{caller}(): {names[family]} address must be tuple, "
                        f"not {type(address).__name__}")
    if family == AF_INET:
        if len(address) != 2:
            raise TypeError("AF_INET address must be a pair (host, port)")
        port = _port_bytes(address[1], caller)
        return head + port + _resolve(address[0], family) + bytes(8)
    if family == AF_INET6:
        if not 2 <= len(address) <= 4:
            raise TypeError("AF_INET6 address must be a tuple "
                            "(host, port[, flowinfo[, scopeid]])")
        host, port, flow, scope = address + (0, 0)[len(address) - 2:]
        port = _port_bytes(port, caller)
        if not 0 <= flow <= 0xFFFFF:
            raise OverflowError(f"{caller}(): flowinfo must be 0-1048575.")
        return head + port + flow.to_bytes(4, "big") + _resolve(host, family) + _native(scope, 4)
    pid, groups = address
    return head + bytes(2) + _native(pid, 4) + _native(groups, 4)


def _unpack_address(address):
    """The Python form of an address of the system's."""
    if len(address) < 2:
        return None
    family = int.from_bytes(address[:2], _ORDER)
    if family == AF_INET:
        return _sockets.presented(address[4:8]), int.from_bytes(address[2:4], "big")
    if family == AF_INET6:
        return (_sockets.presented(address[8:24]), int.from_bytes(address[2:4], "big"),
                int.from_bytes(address[4:8], "big"), int.from_bytes(address[24:28], _ORDER))
    if family == AF_UNIX:
        path = address[2:]
        if path[:1] == b"\0":
            return path
        return _os.fsdecode(path.partition(b"\0")[0])
    if family == AF_NETLINK:
        return int.from_bytes(address[4:8], _ORDER), int.from_bytes(address[8:12], _ORDER)
    return family, address[2:]


_HEADER = 16


def _aligned(length):
    return (length + 7) & ~7


def CMSG_LEN(length, /):
    """The total length, without padding, of a control message with data of the given length."""
    if not 0 <= length <= _BIG - _HEADER:
        raise OverflowError("CMSG_LEN() argument out of range")
    return _HEADER + length


def CMSG_SPACE(length, /):
    """The room a control message needs with data of the given length, padding included."""
    if not 0 <= length <= _BIG - _HEADER - 8:
        raise OverflowError("CMSG_SPACE() argument out of range")
    return _HEADER + _aligned(length)


def _pack_control(messages):
    packed = bytearray()
    for message in messages:
        level, kind, data = message
        data = bytes(memoryview(data))
        packed += _native(_HEADER + len(data), 8) + level.to_bytes(4, _ORDER, signed=True)
        packed += kind.to_bytes(4, _ORDER, signed=True) + data
        packed += bytes(_aligned(len(data)) - len(data))
    return packed


def _unpack_control(packed):
    messages = []
    at = 0
    while at + _HEADER <= len(packed):
        length = int.from_bytes(packed[at:at + 8], _ORDER)
        if length < _HEADER:
            break
        level = int.from_bytes(packed[at + 8:at + 12], _ORDER, signed=True)
        kind = int.from_bytes(packed[at + 12:at + 16], _ORDER, signed=True)
        messages.append((level, kind, packed[at + _HEADER:at + length]))
        at += _aligned(length)
    return messages


def _found(answer):
    if isinstance(answer, int):
        raise gaierror(answer, _sockets.look_up_message(answer))
    return answer
