"""An event loop that watches descriptors, and its transports for sockets.

A loop that watches nothing sleeps in a `_Sleeper`, which waits for a lock.  When a descriptor is
first to be watched a selector takes its place, and a pair of sockets by which other threads and
signals wake it.
"""

__all__ = ('BaseSelectorEventLoop',)

import errno
import sys
import weakref
from functools import partial

import _thread

from . import base_events, constants, events, sslproto, trsock
from ._late import LateModule
from .log import logger
from ._selector_transports import (
    SC_IOV_MAX, _ENDS_PROGRAM, _HAS_SENDMSG, _NOT_READY, _READ, _SelectorDatagramTransport,
    _SelectorSocketTransport, _SelectorTransport, _WRITE, _test_selector_event)

socket = LateModule('socket')
ssl = sslproto.ssl

# What accept() fails with when the system has too little of something.
_SCARCITY = (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM)


class _Sleeper:
    """What a loop sleeps in that watches no descriptors."""

    def __init__(self):
        self._lock = _thread.allocate_lock()
        self._lock.acquire()

    def select(self, timeout):
        """Sleep until woken, or for the time; what happened to descriptors: nothing."""
        if timeout is None:
            self._lock.acquire()
        elif timeout > 0:
            self._lock.acquire(True, timeout)
        else:
            self._lock.acquire(False)
        return ()

    def wake(self):
        """End the sleep, or the next one."""
        try:
            self._lock.release()
        except RuntimeError:
            # It is woken already.
            pass

    def get_key(self, fd):
        """No descriptor is watched."""
        raise KeyError(f'{fd!r} is not registered')

    def close(self):
        """Nothing is to be done."""


class BaseSelectorEventLoop(base_events.BaseEventLoop):
    """An event loop around a selector."""

    # The two ends by which the loop is woken, as long as there are.
    _ssock = _csock = None

    def __init__(self, selector=None):
        super().__init__()
        # The transports by the descriptors they use.
        self._transports = weakref.WeakValueDictionary()
        if 'logging' in sys.modules and logger.isEnabledFor(10):
            import selectors
            kind = selectors.DefaultSelector if selector is None else type(selector)
            logger.debug('Using selector: %s', kind.__name__)
        if selector is None:
            self._selector = _Sleeper()
        else:
            self._selector = selector
            self._make_self_pipe()

    def close(self):
        if self.is_running():
            raise RuntimeError("Cannot close a running event loop")
        if self.is_closed():
            return
        if self._csock is not None:
            self._close_self_pipe()
        super().close()
        if self._selector is not None:
            self._selector.close()
            self._selector = None

    # Waking the loop.

    def _watch(self):
        """The selector, made if there is none yet."""
        if type(self._selector) is _Sleeper:
            import selectors
            sleeper, self._selector = self._selector, selectors.DefaultSelector()
            self._make_self_pipe()
            # Whoever woke the old one means the new one.
            sleeper.wake()
            self._write_to_self()
        return self._selector

    def _make_self_pipe(self):
        self._ssock, self._csock = socket.socketpair()
        self._ssock.setblocking(False)
        self._csock.setblocking(False)
        self._internal_fds += 1
        self._add_reader(self._ssock.fileno(), self._read_from_self)

    def _close_self_pipe(self):
        self._remove_reader(self._ssock.fileno())
        for end in (self._ssock, self._csock):
            end.close()
        self._ssock = self._csock = None
        self._internal_fds -= 1

    def _read_from_self(self):
        while True:
            try:
                data = self._ssock.recv(4096)
            except InterruptedError:
                continue
            except BlockingIOError:
                return
            if not data:
                return
            self._process_self_data(data)

    def _process_self_data(self, data):
        """Act on bytes that have woken the loop."""

    def _write_to_self(self):
        # Other threads may come here while the loop is being closed.
        end, selector = self._csock, self._selector
        if end is not None:
            try:
                end.send(b'\0')
            except OSError:
                if self._debug:
                    logger.debug("Fail to write a null byte into the self-pipe socket",
                                 exc_info=True)
        elif type(selector) is _Sleeper:
            selector.wake()

    # Watching descriptors.

    def _process_events(self, event_list):
        for key, mask in event_list:
            reader, writer = key.data
            if mask & _READ and reader is not None:
                if reader._cancelled:
                    self._remove_reader(key.fileobj)
                else:
                    self._add_callback(reader)
            if mask & _WRITE and writer is not None:
                if writer._cancelled:
                    self._remove_writer(key.fileobj)
                else:
                    self._add_callback(writer)

    def _ensure_fd_no_transport(self, fd):
        if isinstance(fd, int):
            number = fd
        else:
            try:
                number = int(fd.fileno())
            except (AttributeError, TypeError, ValueError):
                raise ValueError(f"Invalid file object: {fd!r}") from None
        transport = self._transports.get(number)
        if transport is not None and not transport.is_closing():
            raise RuntimeError(f'File descriptor {fd!r} is used by transport {transport!r}')

    def _add_handle(self, fd, place, callback, args):
        """Watch a descriptor for reading (place 0) or writing (1)."""
        self._check_closed()
        handle = events.Handle(callback, args, self, None)
        selector = self._watch()
        try:
            key = selector.get_key(fd)
        except KeyError:
            handles = (None, handle) if place else (handle, None)
            selector.register(fd, 1 << place, handles)
            return handle
        handles = list(key.data)
        replaced, handles[place] = handles[place], handle
        selector.modify(fd, key.events | 1 << place, tuple(handles))
        if replaced is not None:
            replaced.cancel()
        return handle

    def _remove_handle(self, fd, place):
        if self._closed:
            return False
        try:
            key = self._selector.get_key(fd)
        except KeyError:
            return False
        handles = list(key.data)
        removed, handles[place] = handles[place], None
        left = key.events & ~(1 << place)
        if left:
            self._selector.modify(fd, left, tuple(handles))
        else:
            self._selector.unregister(fd)
        if removed is None:
            return False
        removed.cancel()
        return True

    def _add_reader(self, fd, callback, *args):
        return self._add_handle(fd, 0, callback, args)

    def _remove_reader(self, fd):
        return self._remove_handle(fd, 0)

    def _add_writer(self, fd, callback, *args):
        return self._add_handle(fd, 1, callback, args)

    def _remove_writer(self, fd):
        return self._remove_handle(fd, 1)

    def add_reader(self, fd, callback, *args):
        """Call a callback whenever the descriptor can be read."""
        self._ensure_fd_no_transport(fd)
        self._add_reader(fd, callback, *args)

    def remove_reader(self, fd):
        """Do not watch whether the descriptor can be read; whether that was watched."""
        self._ensure_fd_no_transport(fd)
        return self._remove_reader(fd)

    def add_writer(self, fd, callback, *args):
        """Call a callback whenever the descriptor can be written."""
        self._ensure_fd_no_transport(fd)
        self._add_writer(fd, callback, *args)

    def remove_writer(self, fd):
        """Do not watch whether the descriptor can be written; whether that was watched."""
        self._ensure_fd_no_transport(fd)
        return self._remove_writer(fd)

    # Operations on sockets.

    def _check_sock(self, sock):
        base_events._check_ssl_socket(sock)
        if self._debug and sock.gettimeout() != 0:
            raise ValueError("the socket must be non-blocking")

    async def _sock_wait(self, sock, writing, attempt):
        """Call a function whenever the socket is ready, until it does not fail for that it is not;
        its result."""
        future = self.create_future()
        fd = sock.fileno()
        self._ensure_fd_no_transport(fd)
        add = self._add_writer if writing else self._add_reader
        handle = add(fd, _attempt, future, attempt)
        done = self._sock_write_done if writing else self._sock_read_done
        future.add_done_callback(partial(done, fd, handle=handle))
        try:
            return await future
        finally:
            # An error's traceback refers to this frame.
            future = None

    def _sock_read_done(self, fd, fut, handle=None):
        if handle is None or not handle.cancelled():
            self.remove_reader(fd)

    def _sock_write_done(self, fd, fut, handle=None):
        if handle is None or not handle.cancelled():
            self.remove_writer(fd)

    async def _sock_do(self, sock, writing, attempt):
        """The result of a function, now or when the socket is ready."""
        self._check_sock(sock)
        try:
            return attempt()
        except _NOT_READY:
            pass
        return await self._sock_wait(sock, writing, attempt)

    async def sock_recv(self, sock, n):
        """Receive up to n bytes from a socket."""
        return await self._sock_do(sock, False, lambda: sock.recv(n))

    async def sock_recv_into(self, sock, buf):
        """Receive bytes into a buffer; how many."""
        return await self._sock_do(sock, False, lambda: sock.recv_into(buf))

    async def sock_recvfrom(self, sock, bufsize):
        """Receive a datagram of up to so many bytes, and where it came from."""
        return await self._sock_do(sock, False, lambda: sock.recvfrom(bufsize))

    async def sock_recvfrom_into(self, sock, buf, nbytes=0):
        """Receive a datagram into a buffer; how many bytes, and where they came from."""
        size = nbytes or len(buf)
        return await self._sock_do(sock, False, lambda: sock.recvfrom_into(buf, size))

    async def sock_sendall(self, sock, data):
        """Send bytes, all of them unless there is an error; it is not told how many then."""
        self._check_sock(sock)
        try:
            sent = sock.send(data)
        except _NOT_READY:
            sent = 0
        if sent == len(data):
            return
        rest = memoryview(data)

        def send_more():
            nonlocal sent
            sent += sock.send(rest[sent:])
            if sent < len(rest):
                # Called again when there is room.
                raise BlockingIOError

        await self._sock_wait(sock, True, send_more)

    async def sock_sendto(self, sock, data, address):
        """Send a datagram to an address; how many bytes were sent."""
        return await self._sock_do(sock, True, lambda: sock.sendto(data, address))

    async def sock_connect(self, sock, address):
        """Connect a socket to an address."""
        self._check_sock(sock)
        if sock.family in (socket.AF_INET, socket.AF_INET6):
            found = await self._ensure_resolved(address, family=sock.family, type=sock.type,
                                                proto=sock.proto, loop=self)
            address = found[0][4]
        try:
            sock.connect(address)
            return
        except _NOT_READY:
            # It goes on in the background; the socket can be written when that has ended.
            pass

        def outcome():
            error = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
            if error:
                raise OSError(error, f'Connect call failed {address}')

        await self._sock_wait(sock, True, outcome)

    async def sock_accept(self, sock):
        """Accept a connection at a listening socket; its socket, and the other end's address."""
        def accept():
            connection, address = sock.accept()
            connection.setblocking(False)
            return connection, address

        return await self._sock_do(sock, False, accept)

    async def _sendfile_native(self, transp, file, offset, count):
        del self._transports[transp._sock_fd]
        was_reading = transp.is_reading()
        transp.pause_reading()
        await transp._make_empty_waiter()
        try:
            return await self.sock_sendfile(transp._sock, file, offset, count, fallback=False)
        finally:
            transp._reset_empty_waiter()
            if was_reading:
                transp.resume_reading()
            self._transports[transp._sock_fd] = transp

    # Servers.

    def _start_serving(self, protocol_factory, sock, sslcontext=None, server=None, backlog=100,
                       ssl_handshake_timeout=constants.SSL_HANDSHAKE_TIMEOUT,
                       ssl_shutdown_timeout=constants.SSL_SHUTDOWN_TIMEOUT):
        self._add_reader(sock.fileno(), self._accept_connection, protocol_factory, sock,
                         sslcontext, server, backlog, ssl_handshake_timeout,
                         ssl_shutdown_timeout)

    def _stop_serving(self, sock):
        self._remove_reader(sock.fileno())
        sock.close()

    def _accept_connection(self, protocol_factory, sock, sslcontext=None, server=None, backlog=100,
                           ssl_handshake_timeout=constants.SSL_HANDSHAKE_TIMEOUT,
                           ssl_shutdown_timeout=constants.SSL_SHUTDOWN_TIMEOUT):
        """Accept what waits, at most as many connections as the backlog holds."""
        timeouts = ssl_handshake_timeout, ssl_shutdown_timeout
        for _ in range(backlog):
            try:
                connection, address = sock.accept()
                if self._debug:
                    logger.debug("%r got a new connection from %r: %r",
                                 server, address, connection)
                connection.setblocking(False)
            except (*_NOT_READY, ConnectionAbortedError):
                return
            except OSError as exc:
                if exc.errno not in _SCARCITY:
                    raise
                # The socket stays readable, so it is let alone for a while.
                self._remove_reader(sock.fileno())
                self.call_exception_handler({
                    'message': 'socket.accept() out of system resource',
                    'exception': exc, 'socket': trsock.TransportSocket(sock)})
                self.call_later(constants.ACCEPT_RETRY_DELAY, self._start_serving,
                                protocol_factory, sock, sslcontext, server, backlog, *timeouts)
            else:
                self.create_task(self._accept_connection2(
                    protocol_factory, connection, {'peername': address}, sslcontext, server,
                    *timeouts))

    async def _accept_connection2(self, protocol_factory, conn, extra, sslcontext=None,
                                  server=None,
                                  ssl_handshake_timeout=constants.SSL_HANDSHAKE_TIMEOUT,
                                  ssl_shutdown_timeout=constants.SSL_SHUTDOWN_TIMEOUT):
        """Make protocol and transport of a connection."""
        made = {}
        try:
            protocol = made['protocol'] = protocol_factory()
            waiter = self.create_future()
            if sslcontext:
                transport = self._make_ssl_transport(
                    conn, protocol, sslcontext, waiter=waiter, server_side=True, extra=extra,
                    server=server, ssl_handshake_timeout=ssl_handshake_timeout,
                    ssl_shutdown_timeout=ssl_shutdown_timeout)
            else:
                transport = self._make_socket_transport(
                    conn, protocol, waiter=waiter, extra=extra, server=server)
            made['transport'] = transport
            await self._when_made(waiter, transport, protocol)
        except _ENDS_PROGRAM:
            raise
        except BaseException as exc:
            if self._debug:
                self.call_exception_handler({
                    'message': 'Error on transport creation for incoming connection',
                    'exception': exc,
                    **made,
                })

    # Transports.

    def _make_socket_transport(self, sock, protocol, waiter=None, *, extra=None, server=None):
        self._ensure_fd_no_transport(sock)
        return _SelectorSocketTransport(self, sock, protocol, waiter, extra, server)

    def _make_datagram_transport(self, sock, protocol, address=None, waiter=None, extra=None):
        self._ensure_fd_no_transport(sock)
        return _SelectorDatagramTransport(self, sock, protocol, address, waiter, extra)

    def _make_ssl_transport(
            self, rawsock, protocol, sslcontext, waiter=None, *, server_side=False,
            server_hostname=None, extra=None, server=None,
            ssl_handshake_timeout=constants.SSL_HANDSHAKE_TIMEOUT,
            ssl_shutdown_timeout=constants.SSL_SHUTDOWN_TIMEOUT):
        self._ensure_fd_no_transport(rawsock)
        return sslproto.SSLProtocol(
            self, protocol, sslcontext, waiter, server_side, server_hostname,
            ssl_handshake_timeout=ssl_handshake_timeout, ssl_shutdown_timeout=ssl_shutdown_timeout)


def _attempt(future, function):
    """A callback: try once more, and tell the future how it went."""
    if future.done():
        return
    try:
        result = function()
    except _NOT_READY:
        pass
    except _ENDS_PROGRAM:
        raise
    except BaseException as exc:
        future.set_exception(exc)
    else:
        future.set_result(result)
    finally:
        # An error's traceback refers to this frame.
        future = None
