"""The transports of sockets that a selector watches."""

# Programs know these classes, and replace the logger, by that name.
__name__ = "asyncio.selector_events"

import collections
import itertools
import os
from functools import partial

from . import base_events, constants, futures, protocols, selector_events, transports, trsock
from ._late import LateModule

socket = LateModule('socket')

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


def _test_selector_event(selector, fd, event):
    """Whether the selector watches the descriptor for the event."""
    try:
        return bool(selector.get_key(fd).events & event)
    except KeyError:
        return False


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
            selector_events.logger.debug(message, self)

    def get_write_buffer_size(self):
        """How many bytes are still to be written."""
        return sum(map(len, self._buffer))

    def _drop_if_lost(self):
        """Whether there is no use in writing; said now and then."""
        if self._conn_lost >= constants.LOG_THRESHOLD_FOR_CONNLOST_WRITES:
            selector_events.logger.warning('socket.send() raised exception.')
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
            selector_events.logger.debug("%r: %s", self, message, exc_info=True)
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
