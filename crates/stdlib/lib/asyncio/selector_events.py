"""An event loop that watches descriptors, and its transports for sockets.

A loop that watches nothing sleeps in a `_Sleeper`, which waits for a lock.  When a descriptor is
first to be watched a selector takes its place, and a pair of sockets by which other threads and
signals wake it.
"""

__all__ = ('BaseSelectorEventLoop',)

import collections
import errno
import itertools
import os
import sys
import weakref
from functools import partial

import _thread

from . import (base_events, constants, events, futures, protocols, sslproto, transports, trsock)
from ._late import LateModule
from .log import logger

socket = LateModule('socket')
ssl = sslproto.ssl

# The events of selectors.
_READ, _WRITE = 1, 2

# Most systems can send several buffers at once, so many at most.
_HAS_SENDMSG = hasattr(os, 'sysconf')
if _HAS_SENDMSG:
    try:
        SC_IOV_MAX = os.sysconf('SC_IOV_MAX')
    except OSError:
        _HAS_SENDMSG = False

_NOT_READY = (BlockingIOError, InterruptedError)
_ENDS_PROGRAM = (SystemExit, KeyboardInterrupt)
# What accept() fails with when the system has too little of something.
_SCARCITY = (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM)


def _test_selector_event(selector, fd, event):
    """Whether the selector watches the descriptor for the event."""
    try:
        return bool(selector.get_key(fd).events & event)
    except KeyError:
        return False


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


class _SelectorTransport(transports._FlowControlMixin, transports.Transport):
    """What transports over sockets have in common."""

    # How much is received at once.
    max_size = 256 * 1024

    # None from the end of the connection on, and before its beginning.
    _sock = None

    def __init__(self, loop, sock, protocol, extra=None, server=None):
        super().__init__(extra, loop)
        self._extra['socket'] = trsock.TransportSocket(sock)
        self._learn_address('sockname', sock.getsockname)
        if 'peername' not in self._extra:
            self._learn_address('peername', sock.getpeername)
        self._sock = sock
        self._sock_fd = sock.fileno()
        self._protocol_connected = False
        self.set_protocol(protocol)
        self._server = server
        # What is to be written.
        self._buffer = collections.deque()
        # More than 0 when the protocol has been told of the end, or is about to.
        self._conn_lost = 0
        self._closing = False
        self._paused = False
        if server is not None:
            server._attach()
        loop._transports[self._sock_fd] = self

    def _learn_address(self, name, find):
        try:
            self._extra[name] = find()
        except OSError:
            self._extra[name] = None

    def _begin(self, waiter):
        """Connect the protocol; read, and tell the waiter, when that is done."""
        loop = self._loop
        loop.call_soon(self._protocol.connection_made, self)
        loop.call_soon(self._add_reader, self._sock_fd, self._read_ready)
        if waiter is not None:
            loop.call_soon(futures._set_result_unless_cancelled, waiter, None)

    def __repr__(self):
        shown = [type(self).__name__]
        if self._sock is None:
            shown.append('closed')
        elif self._closing:
            shown.append('closing')
        shown.append(f'fd={self._sock_fd}')
        loop = self._loop
        if loop is not None and not loop.is_closed():
            reading, writing = (
                'polling' if _test_selector_event(loop._selector, self._sock_fd, event)
                else 'idle' for event in (_READ, _WRITE))
            shown.append(f'read={reading}')
            shown.append(f'write=<{writing}, bufsize={self.get_write_buffer_size()}>')
        return f"<{' '.join(shown)}>"

    def __del__(self):
        if self._sock is not None:
            import warnings
            warnings.warn(f"unclosed transport {self!r}", ResourceWarning, source=self)
            self._sock.close()

    def set_protocol(self, protocol):
        """Have another protocol receive the events."""
        self._protocol = protocol
        self._protocol_connected = True

    def get_protocol(self):
        """The protocol that receives the events."""
        return self._protocol

    # Reading.

    def is_reading(self):
        """Whether what comes is received."""
        return not self._closing and not self._paused

    def _add_reader(self, fd, callback, *args):
        if self.is_reading():
            self._loop._add_reader(fd, callback, *args)

    def pause_reading(self):
        """Receive nothing until resume_reading()."""
        if self.is_reading():
            self._paused = True
            self._loop._remove_reader(self._sock_fd)
            self._log_if_debugged("%r pauses reading")

    def resume_reading(self):
        """Receive again."""
        if self._paused and not self._closing:
            self._paused = False
            self._add_reader(self._sock_fd, self._read_ready)
            self._log_if_debugged("%r resumes reading")

    def _log_if_debugged(self, message):
        if self._loop.get_debug():
            logger.debug(message, self)

    def get_write_buffer_size(self):
        """How many bytes are still to be written."""
        return sum(map(len, self._buffer))

    def _drop_if_lost(self):
        """Whether there is no use in writing; said now and then."""
        if self._conn_lost >= constants.LOG_THRESHOLD_FOR_CONNLOST_WRITES:
            logger.warning('socket.send() raised exception.')
        self._conn_lost += bool(self._conn_lost)
        return bool(self._conn_lost)

    # Ending.

    def is_closing(self):
        """Whether the transport is closed, or about to be."""
        return self._closing

    def close(self):
        """Close the connection when all is written."""
        if self._closing:
            return
        self._stop_reading()
        if not self._buffer:
            self._loop._remove_writer(self._sock_fd)
            self._lose_connection(None)

    def _stop_reading(self):
        self._closing = True
        self._loop._remove_reader(self._sock_fd)

    def _lose_connection(self, exc):
        """Tell the protocol, and close the socket, in the loop's next round."""
        self._conn_lost += 1
        self._loop.call_soon(self._call_connection_lost, exc)

    def abort(self):
        """Close the connection at once."""
        self._force_close(None)

    def _fatal_error(self, exc, message='Fatal error on transport'):
        """To be called while the exception is being handled."""
        if not isinstance(exc, OSError):
            transports._report_error(self, exc, message)
        elif self._loop.get_debug():
            logger.debug("%r: %s", self, message, exc_info=True)
        self._force_close(exc)

    def _force_close(self, exc):
        if self._conn_lost:
            return
        if self._buffer:
            self._buffer.clear()
            self._loop._remove_writer(self._sock_fd)
        if not self._closing:
            self._stop_reading()
        self._lose_connection(exc)

    def _call_connection_lost(self, exc):
        try:
            if self._protocol_connected:
                self._protocol.connection_lost(exc)
        finally:
            self._sock.close()
            self._sock = self._protocol = self._loop = None
            server, self._server = self._server, None
            if server is not None:
                server._detach()


class _SelectorSocketTransport(_SelectorTransport):
    """Carries a stream over a socket."""

    _start_tls_compatible = True
    _sendfile_compatible = constants._SendfileMode.TRY_NATIVE

    def __init__(self, loop, sock, protocol, waiter=None, extra=None, server=None):
        self._read_ready_cb = None
        super().__init__(loop, sock, protocol, extra, server)
        self._eof = False
        # Done when all is written, for who sends a file past the buffer.
        self._empty_waiter = None
        self._write_ready = self._write_sendmsg if _HAS_SENDMSG else self._write_send
        base_events._set_nodelay(sock)
        self._begin(waiter)

    def set_protocol(self, protocol):
        buffered = isinstance(protocol, protocols.BufferedProtocol)
        self._read_ready_cb = (self._read_ready__get_buffer if buffered
                               else self._read_ready__data_received)
        super().set_protocol(protocol)

    # Reading.

    def _read_ready(self):
        self._read_ready_cb()

    def _read_ready__get_buffer(self):
        """Read into a buffer of the protocol's."""
        if self._conn_lost:
            return
        try:
            buffer = self._protocol.get_buffer(-1)
            if len(buffer) == 0:
                raise RuntimeError('get_buffer() returned an empty buffer')
        except _ENDS_PROGRAM:
            raise
        except BaseException as exc:
            return self._fatal_error(exc, 'Fatal error: protocol.get_buffer() call failed.')
        self._receive(partial(self._sock.recv_into, buffer), 'buffer_updated')

    def _read_ready__data_received(self):
        if not self._conn_lost:
            self._receive(partial(self._sock.recv, self.max_size), 'data_received')

    def _receive(self, read, tell):
        """Read, and give what was read to a method of the protocol."""
        try:
            found = read()
        except _NOT_READY:
            return
        except _ENDS_PROGRAM:
            raise
        except BaseException as exc:
            return self._fatal_error(exc, 'Fatal read error on socket transport')
        if not found:
            return self._read_ready__on_eof()
        try:
            getattr(self._protocol, tell)(found)
        except _ENDS_PROGRAM:
            raise
        except BaseException as exc:
            self._fatal_error(exc, f'Fatal error: protocol.{tell}() call failed.')

    def _read_ready__on_eof(self):
        self._log_if_debugged("%r received EOF")
        try:
            stays_open = self._protocol.eof_received()
        except _ENDS_PROGRAM:
            raise
        except BaseException as exc:
            return self._fatal_error(exc, 'Fatal error: protocol.eof_received() call failed.')
        if stays_open:
            # The protocol may still write, but nothing more will come.
            self._loop._remove_reader(self._sock_fd)
        else:
            self.close()

    # Writing.

    def write(self, data):
        """Write bytes, now or when the socket has room for them."""
        if not isinstance(data, (bytes, bytearray, memoryview)):
            raise TypeError('data argument must be a bytes-like object, '
                            f'not {type(data).__name__!r}')
        self._check_writable('write', 'Cannot call write() after write_eof()')
        if not data or self._conn_lost and self._drop_if_lost():
            return
        if not self._buffer:
            try:
                sent = self._sock.send(data)
            except _NOT_READY:
                pass
            except _ENDS_PROGRAM:
                raise
            except BaseException as exc:
                return self._fatal_error(exc, 'Fatal write error on socket transport')
            else:
                if sent == len(data):
                    return
                data = memoryview(data)[sent:]
                if not data:
                    return
            self._loop._add_writer(self._sock_fd, self._write_ready)
        self._buffer.append(data)
        self._maybe_pause_protocol()

    def writelines(self, list_of_data):
        """Write several pieces of bytes."""
        self._check_writable('writelines', 'Cannot call writelines() after write_eof()')
        if not list_of_data:
            return
        self._buffer.extend(map(memoryview, list_of_data))
        self._write_ready()
        if self._buffer:
            self._loop._add_writer(self._sock_fd, self._write_ready)

    def _check_writable(self, what, at_eof):
        if self._eof:
            raise RuntimeError(at_eof)
        if self._empty_waiter is not None:
            raise RuntimeError(f'unable to {what}; sendfile is in progress')

    def _write_sendmsg(self):
        """Write as much of the buffer as fits, many pieces at once."""
        self._write_by(self._send_pieces)

    def _write_send(self):
        """Write a piece of the buffer."""
        self._write_by(self._send_piece)

    def _send_pieces(self):
        self._adjust_leftover_buffer(self._sock.sendmsg(self._get_sendmsg_buffer()))

    def _get_sendmsg_buffer(self):
        return itertools.islice(self._buffer, SC_IOV_MAX)

    def _adjust_leftover_buffer(self, nbytes):
        """Take so many bytes from the buffer."""
        buffer = self._buffer
        while nbytes:
            piece = buffer.popleft()
            if len(piece) > nbytes:
                buffer.appendleft(piece[nbytes:])
                return
            nbytes -= len(piece)

    def _send_piece(self):
        sent = self._sock.send(self._buffer[0])
        piece = self._buffer.popleft()
        if sent != len(piece):
            self._buffer.appendleft(piece[sent:])

    def _write_by(self, send):
        assert self._buffer, 'Data should not be empty'
        if self._conn_lost:
            return
        try:
            send()
        except _NOT_READY:
            return
        except _ENDS_PROGRAM:
            raise
        except BaseException as exc:
            self._buffer.clear()
            self._loop._remove_writer(self._sock_fd)
            self._fatal_error(exc, 'Fatal write error on socket transport')
            self._tell_empty_waiter(exc)
            return
        # The protocol may write more then.
        self._maybe_resume_protocol()
        if self._buffer:
            return
        self._loop._remove_writer(self._sock_fd)
        self._tell_empty_waiter(None)
        if self._closing:
            self._call_connection_lost(None)
        else:
            self._end_output_if_asked()

    def _end_output_if_asked(self):
        if self._eof and not self._buffer:
            self._sock.shutdown(socket.SHUT_WR)

    def can_write_eof(self):
        """Sockets can."""
        return True

    def write_eof(self):
        """Tell the other side, when all is written, that no more will come."""
        if not self._closing and not self._eof:
            self._eof = True
            self._end_output_if_asked()

    # Somebody may wait until all is written, and write to the socket itself then.

    def _make_empty_waiter(self):
        if self._empty_waiter is not None:
            raise RuntimeError("Empty waiter is already set")
        waiter = self._empty_waiter = self._loop.create_future()
        if not self._buffer:
            self._tell_empty_waiter(None)
        return waiter

    def _reset_empty_waiter(self):
        self._empty_waiter = None

    def _tell_empty_waiter(self, error):
        if self._empty_waiter is not None:
            futures._settle(self._empty_waiter, error)

    # Ending.

    def close(self):
        # They refer to the transport itself.
        self._read_ready_cb = self._write_ready = None
        super().close()

    def _call_connection_lost(self, exc):
        super()._call_connection_lost(exc)
        self._tell_empty_waiter(ConnectionError("Connection is closed by peer"))


class _SelectorDatagramTransport(_SelectorTransport, transports.DatagramTransport):
    """Carries datagrams over a socket."""

    _buffer_factory = collections.deque

    def __init__(self, loop, sock, protocol, address=None, waiter=None, extra=None):
        super().__init__(loop, sock, protocol, extra)
        self._address = address
        self._buffer_size = 0
        self._begin(waiter)

    def get_write_buffer_size(self):
        return self._buffer_size

    def _read_ready(self):
        if self._conn_lost:
            return
        try:
            data, address = self._sock.recvfrom(self.max_size)
        except _NOT_READY:
            pass
        except OSError as exc:
            self._protocol.error_received(exc)
        except _ENDS_PROGRAM:
            raise
        except BaseException as exc:
            self._fatal_error(exc, 'Fatal read error on datagram transport')
        else:
            self._protocol.datagram_received(data, address)

    def sendto(self, data, addr=None):
        """Send a datagram to an address; to a connected transport's own if None is given."""
        if not isinstance(data, (bytes, bytearray, memoryview)):
            raise TypeError('data argument must be a bytes-like object, '
                            f'not {type(data).__name__!r}')
        if not data:
            return
        if self._address:
            if addr not in (None, self._address):
                raise ValueError(f'Invalid address: must be None or {self._address}')
            addr = self._address
            if self._conn_lost and self._drop_if_lost():
                return
        if not self._buffer:
            try:
                if self._send(data, addr):
                    return
            except _NOT_READY:
                self._loop._add_writer(self._sock_fd, self._sendto_ready)
        # A copy, as the caller's buffer may change.
        self._buffer.append((bytes(data), addr))
        self._buffer_size += len(data)
        self._maybe_pause_protocol()

    def _send(self, data, address):
        """Send a datagram, or tell that it failed; true then too, as it is dealt with."""
        try:
            if self._extra['peername']:
                self._sock.send(data)
            else:
                self._sock.sendto(data, address)
        except _NOT_READY:
            raise
        except OSError as exc:
            self._protocol.error_received(exc)
        except _ENDS_PROGRAM:
            raise
        except BaseException as exc:
            self._fatal_error(exc, 'Fatal write error on datagram transport')
        return True

    def _sendto_ready(self):
        while self._buffer:
            data, address = self._buffer[0]
            try:
                self._send(data, address)
            except _NOT_READY:
                break
            if not self._buffer:
                # A fatal error has cleared it.
                return
            self._buffer.popleft()
            self._buffer_size -= len(data)
        self._maybe_resume_protocol()
        if not self._buffer:
            self._loop._remove_writer(self._sock_fd)
            if self._closing:
                self._call_connection_lost(None)
