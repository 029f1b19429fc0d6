"""Connections as streams: a reader whose methods are awaited, and a writer."""

__all__ = (
    'StreamReader', 'StreamWriter', 'StreamReaderProtocol',
    'open_connection', 'start_server', 'open_unix_connection', 'start_unix_server')

import collections
import sys
import weakref

from . import coroutines, events, exceptions, format_helpers, futures, protocols
from ._late import LateModule
from .log import logger
from .tasks import sleep

socket = LateModule('socket')
warnings = LateModule('warnings')

# 64 KiB
_DEFAULT_LIMIT = 2 ** 16


async def _open(limit, connect, *args, **kwds):
    """A reader and a writer for a connection that a method of the loop makes."""
    loop = events.get_running_loop()
    reader = StreamReader(limit=limit, loop=loop)
    protocol = StreamReaderProtocol(reader, loop=loop)
    transport, _ = await getattr(loop, connect)(lambda: protocol, *args, **kwds)
    return reader, StreamWriter(transport, protocol, reader, loop)


async def _serve(limit, make, client_connected_cb, *args, **kwds):
    """A server that a method of the loop makes."""
    loop = events.get_running_loop()

    def factory():
        return StreamReaderProtocol(StreamReader(limit=limit, loop=loop), client_connected_cb,
                                    loop=loop)

    return await getattr(loop, make)(factory, *args, **kwds)


async def open_connection(host=None, port=None, *, limit=_DEFAULT_LIMIT, **kwds):
    """Connect to a server; gives a StreamReader and a StreamWriter.

    `limit` is the reader's; the further arguments are those of the loop's create_connection().
    """
    return await _open(limit, 'create_connection', host, port, **kwds)


async def start_server(client_connected_cb, host=None, port=None, *, limit=_DEFAULT_LIMIT,
                       **kwds):
    """Start a server; for each connection a function or coroutine function is called, with a
    StreamReader and a StreamWriter.

    `limit` is the readers'; the further arguments, and the result, are those of the loop's
    create_server().
    """
    return await _serve(limit, 'create_server', client_connected_cb, host, port, **kwds)


async def open_unix_connection(path=None, *, limit=_DEFAULT_LIMIT, **kwds):
    """As open_connection(), by a Unix socket."""
    return await _open(limit, 'create_unix_connection', path, **kwds)


async def start_unix_server(client_connected_cb, path=None, *, limit=_DEFAULT_LIMIT, **kwds):
    """As start_server(), by a Unix socket."""
    return await _serve(limit, 'create_unix_server', client_connected_cb, path, **kwds)


class FlowControlMixin(protocols.Protocol):
    """Lets writers wait while the transport has too much to write."""

    def __init__(self, loop=None):
        self._loop = events.get_event_loop() if loop is None else loop
        self._paused = False
        # Futures of those that wait.
        self._drain_waiters = collections.deque()
        self._connection_lost = False

    def _log_if_debugged(self, message):
        if self._loop.get_debug():
            logger.debug(message, self)

    def pause_writing(self):
        assert not self._paused
        self._paused = True
        self._log_if_debugged("%r pauses writing")

    def resume_writing(self):
        assert self._paused
        self._paused = False
        self._log_if_debugged("%r resumes writing")
        self._wake_waiters(None)

    def connection_lost(self, exc):
        self._connection_lost = True
        if self._paused:
            self._wake_waiters(exc)

    def _wake_waiters(self, exc):
        for waiter in self._drain_waiters:
            if not waiter.done():
                futures._settle(waiter, exc)

    async def _drain_helper(self):
        if self._connection_lost:
            raise ConnectionResetError('Connection lost')
        if not self._paused:
            return
        room = self._loop.create_future()
        try:
            self._drain_waiters.append(room)
            await room
        finally:
            self._drain_waiters.remove(room)

    def _get_close_waiter(self, stream):
        raise NotImplementedError


class StreamReaderProtocol(FlowControlMixin, protocols.Protocol):
    """Fills a StreamReader with what comes from a transport."""

    _source_traceback = None

    def __init__(self, stream_reader, client_connected_cb=None, loop=None):
        super().__init__(loop=loop)
        # Weak, so that a reader that nobody has any more does not live on.
        self._stream_reader_wr = None
        if stream_reader is not None:
            self._stream_reader_wr = weakref.ref(stream_reader)
            self._source_traceback = stream_reader._source_traceback
        if client_connected_cb is not None:
            # A server's: nobody has it before the connection is made.
            self._strong_reader = stream_reader
        self._client_connected_cb = client_connected_cb
        self._closed = self._loop.create_future()
        self._reject_connection = self._over_ssl = False
        self._stream_writer = self._task = self._transport = None

    @property
    def _stream_reader(self):
        return None if self._stream_reader_wr is None else self._stream_reader_wr()

    def _replace_writer(self, writer):
        self._stream_writer = writer
        self._take(writer.transport)

    def _take(self, transport):
        self._transport = transport
        self._over_ssl = transport.get_extra_info('sslcontext') is not None

    def connection_made(self, transport):
        if self._reject_connection:
            report = {'message': 'An open stream was garbage collected prior to '
                                 'establishing network connection; '
                                 'call "stream.close()" explicitly.'}
            if self._source_traceback:
                report['source_traceback'] = self._source_traceback
            self._loop.call_exception_handler(report)
            transport.abort()
            return
        self._take(transport)
        reader = self._stream_reader
        if reader is not None:
            reader.set_transport(transport)
        if self._client_connected_cb is not None:
            self._stream_writer = StreamWriter(transport, self, reader, self._loop)
            result = self._client_connected_cb(reader, self._stream_writer)
            if coroutines.iscoroutine(result):
                self._task = self._loop.create_task(result)
                self._task.add_done_callback(self._closer_of(transport))
            self._strong_reader = None

    def _closer_of(self, transport):
        """What is called when the task of a connection has ended."""
        def callback(task):
            error = task.exception()
            if error is not None:
                self._loop.call_exception_handler({
                    'message': 'Unhandled exception in client_connected_cb',
                    'exception': error,
                    'transport': transport,
                })
                transport.close()

        return callback

    def connection_lost(self, exc):
        reader = self._stream_reader
        closed = self._closed
        if reader is not None:
            if exc is None:
                reader.feed_eof()
            else:
                reader.set_exception(exc)
        if not closed.done():
            futures._settle(closed, exc)
        super().connection_lost(exc)
        self._stream_reader_wr = self._stream_writer = self._task = self._transport = None

    def data_received(self, data):
        if (reader := self._stream_reader) is not None:
            reader.feed_data(data)

    def eof_received(self):
        if (reader := self._stream_reader) is not None:
            reader.feed_eof()
        # An encrypted connection cannot be half closed.
        return not self._over_ssl

    def _get_close_waiter(self, stream):
        return self._closed

    def __del__(self):
        closed = getattr(self, '_closed', None)
        if closed is not None and closed.done() and not closed.cancelled():
            # Counts as retrieved: nobody needs to wait for the end.
            closed.exception()


class StreamWriter:
    """Writes to a transport; drain() waits while that has too much to write."""

    def __init__(self, transport, protocol, reader, loop):
        # drain() asks the reader for its exception.
        assert reader is None or isinstance(reader, StreamReader)
        self._transport = transport
        self._protocol = protocol
        self._reader = reader
        self._loop = loop
        self._complete_fut = loop.create_future()
        self._complete_fut.set_result(None)

    def __repr__(self):
        shown = [type(self).__name__, f'transport={self._transport!r}']
        if self._reader is not None:
            shown.append(f'reader={self._reader!r}')
        return f"<{' '.join(shown)}>"

    @property
    def transport(self):
        """The transport that is written to."""
        return self._transport

    def write(self, data):
        """Write bytes, now or when there is room for them."""
        self._transport.write(data)

    def writelines(self, data):
        """Write several pieces of bytes."""
        self._transport.writelines(data)

    def write_eof(self):
        """Close the writing end when all is written."""
        return self._transport.write_eof()

    def can_write_eof(self):
        """Whether the transport has write_eof()."""
        return self._transport.can_write_eof()

    def close(self):
        """Close the transport when all is written."""
        return self._transport.close()

    def is_closing(self):
        """Whether the transport is closed, or about to be."""
        return self._transport.is_closing()

    async def wait_closed(self):
        """Wait until the transport is closed."""
        await self._protocol._get_close_waiter(self)

    def get_extra_info(self, name, default=None):
        """What is known about the transport by a name."""
        return self._transport.get_extra_info(name, default)

    async def drain(self):
        """Wait until writing may go on: await it after write()."""
        error = None if self._reader is None else self._reader.exception()
        if error is not None:
            raise error
        if self._transport.is_closing():
            # The protocol learns of the end in the loop's next round; who only writes and drains
            # would never give it one.
            await sleep(0)
        await self._protocol._drain_helper()

    async def start_tls(self, sslcontext, *, server_hostname=None, ssl_handshake_timeout=None,
                        ssl_shutdown_timeout=None):
        """Encrypt the connection from now on."""
        protocol = self._protocol
        await self.drain()
        self._transport = await self._loop.start_tls(
            self._transport, protocol, sslcontext,
            server_side=protocol._client_connected_cb is not None,
            server_hostname=server_hostname, ssl_handshake_timeout=ssl_handshake_timeout,
            ssl_shutdown_timeout=ssl_shutdown_timeout)
        protocol._replace_writer(self)

    def __del__(self):
        if self._transport.is_closing():
            return
        if self._loop.is_closed():
            complaint = "loop is closed"
        else:
            self.close()
            complaint = f"unclosed {self!r}"
        warnings.warn(complaint, ResourceWarning)


class StreamReader:
    """Keeps what has come until somebody reads it.

    When more than twice `limit` bytes wait, the transport is paused.  Lines must not be longer
    than `limit`.
    """

    _source_traceback = None

    def __init__(self, limit=_DEFAULT_LIMIT, loop=None):
        if limit <= 0:
            raise ValueError('Limit cannot be <= 0')
        self._limit = limit
        self._loop = events.get_event_loop() if loop is None else loop
        self._buffer = bytearray()
        self._eof = False
        # The future of who waits for more.
        self._waiter = None
        self._exception = None
        self._transport = None
        self._paused = False
        if self._loop.get_debug():
            self._source_traceback = format_helpers.extract_stack(sys._getframe(1))

    def __repr__(self):
        shown = ['StreamReader']
        if self._buffer:
            shown.append(f'{len(self._buffer)} bytes')
        if self._eof:
            shown.append('eof')
        if self._limit != _DEFAULT_LIMIT:
            shown.append(f'limit={self._limit}')
        for label in ('waiter', 'exception', 'transport'):
            value = getattr(self, '_' + label)
            if value:
                shown.append(f'{label}={value!r}')
        if self._paused:
            shown.append('paused')
        return f"<{' '.join(shown)}>"

    # For the protocol.

    def exception(self):
        """The error that the connection ended with, or None."""
        return self._exception

    def set_exception(self, exc):
        """Have who reads get an error."""
        self._exception = exc
        waiter, self._waiter = self._waiter, None
        if waiter is not None and not waiter.cancelled():
            waiter.set_exception(exc)

    def _wakeup_waiter(self):
        waiter, self._waiter = self._waiter, None
        if waiter is not None and not waiter.cancelled():
            waiter.set_result(None)

    def set_transport(self, transport):
        """Set the transport that is paused when too much waits."""
        assert self._transport is None, 'Transport already set'
        self._transport = transport

    def _maybe_resume_transport(self):
        if self._paused and len(self._buffer) <= self._limit:
            self._resume()

    def _resume(self):
        self._paused = False
        self._transport.resume_reading()

    def feed_eof(self):
        """Note that nothing more will come."""
        self._eof = True
        self._wakeup_waiter()

    def feed_data(self, data):
        """Add bytes that have come."""
        assert not self._eof, 'feed_data after feed_eof'
        if not data:
            return
        self._buffer.extend(data)
        self._wakeup_waiter()
        if (self._transport is None or self._paused
                or len(self._buffer) <= 2 * self._limit):
            return
        try:
            self._transport.pause_reading()
        except NotImplementedError:
            # It cannot be paused; there is no use in trying again.
            self._transport = None
        else:
            self._paused = True

    # Reading.

    def at_eof(self):
        """Whether all has been read, and nothing more will come."""
        return self._eof and not self._buffer

    async def _wait_for_data(self, func_name):
        """Wait for more, or for the end."""
        if self._waiter is not None:
            raise RuntimeError(f'{func_name}() called while another coroutine is '
                               'already waiting for incoming data')
        assert not self._eof, '_wait_for_data after EOF'
        if self._paused:
            # Else nothing would come.
            self._resume()
        self._waiter = self._loop.create_future()
        try:
            await self._waiter
        finally:
            self._waiter = None

    def _take(self, size):
        """Take bytes out of the buffer."""
        if size >= len(self._buffer):
            taken = bytes(self._buffer)
            self._buffer.clear()
        else:
            with memoryview(self._buffer) as view:
                taken = bytes(view[:size])
            del self._buffer[:size]
        return taken

    async def readline(self):
        """Read a line, with its newline; at the end what there is, perhaps nothing.

        ValueError if the line is longer than the limit: it is dropped then, or, if its end has not
        come yet, all that has.
        """
        try:
            return await self.readuntil(b'\n')
        except exceptions.IncompleteReadError as error:
            return error.partial
        except exceptions.LimitOverrunError as error:
            seen = error.consumed
            if self._buffer.startswith(b'\n', seen):
                del self._buffer[:seen + 1]
            else:
                self._buffer.clear()
            self._maybe_resume_transport()
            raise ValueError(error.args[0])

    async def readuntil(self, separator=b'\n'):
        """Read up to a separator, and that.

        IncompleteReadError, with what there was, if the end comes before it; LimitOverrunError,
        and the bytes can still be read, if there is more than the limit before it.
        """
        width = len(separator)
        if width == 0:
            raise ValueError('Separator should be at least one-byte string')
        if self._exception is not None:
            raise self._exception
        # The separator does not begin before this place.
        start = 0
        while True:
            size = len(self._buffer)
            if size - start >= width:
                found = self._buffer.find(separator, start)
                if found != -1:
                    break
                # The last bytes may be its first ones.
                start = size + 1 - width
                if start > self._limit:
                    raise exceptions.LimitOverrunError(
                        'Separator is not found, and chunk exceed the limit', start)
            if self._eof:
                raise exceptions.IncompleteReadError(self._take(size), None)
            await self._wait_for_data('readuntil')
        if found > self._limit:
            raise exceptions.LimitOverrunError(
                'Separator is found, but chunk is longer than limit', found)
        chunk = self._take(found + width)
        self._maybe_resume_transport()
        return chunk

    async def read(self, n=-1):
        """Read up to n bytes, waiting for at least one, nothing at the end; all up to the end if n
        is negative."""
        if self._exception is not None:
            raise self._exception
        if n == 0:
            return b''
        if n < 0:
            # In pieces, else the transport would stay paused.
            pieces = []
            while piece := await self.read(self._limit):
                pieces.append(piece)
            return b''.join(pieces)
        if not self._buffer and not self._eof:
            await self._wait_for_data('read')
        data = self._take(n)
        self._maybe_resume_transport()
        return data

    async def readexactly(self, n):
        """Read n bytes; IncompleteReadError, with what there was, if the end comes before."""
        if n < 0:
            raise ValueError('readexactly size can not be less than zero')
        if self._exception is not None:
            raise self._exception
        while (there := len(self._buffer)) < n:
            if self._eof:
                raise exceptions.IncompleteReadError(self._take(there), n)
            await self._wait_for_data('readexactly')
        data = self._take(n)
        self._maybe_resume_transport()
        return data

    def __aiter__(self):
        return self

    async def __anext__(self):
        line = await self.readline()
        if line == b'':
            raise StopAsyncIteration
        return line
