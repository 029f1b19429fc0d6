"""The transports of pipes."""

# Programs know these classes, and replace the logger, by that name.
__name__ = "asyncio.unix_events"

import errno
import os
import stat

from . import constants, futures, selector_events, transports, unix_events
from ._late import LateModule

warnings = LateModule('warnings')

_NOT_READY = (BlockingIOError, InterruptedError)
_ENDS_PROGRAM = (SystemExit, KeyboardInterrupt)


class _PipeBasics:
    """What transports over pipes have in common; `_event` is what the selector watches for them.
    """

    # None from the end of the connection on, and before its beginning.
    _pipe = None

    def _open(self, pipe, protocol, refusal):
        """Take a pipe, unless it is a plain file; the kind of file it is."""
        self._extra['pipe'] = pipe
        self._pipe = pipe
        self._fileno = pipe.fileno()
        self._protocol = protocol
        self._closing = False
        mode = os.fstat(self._fileno).st_mode
        if not (stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode) or stat.S_ISCHR(mode)):
            self._pipe = self._fileno = self._protocol = None
            raise ValueError(refusal)
        os.set_blocking(self._fileno, False)
        self._loop.call_soon(protocol.connection_made, self)
        return mode

    def _tell_waiter(self, waiter):
        if waiter is not None:
            self._loop.call_soon(futures._set_result_unless_cancelled, waiter, None)

    def __repr__(self):
        shown = [type(self).__name__]
        if self._pipe is None:
            shown.append('closed')
        elif self._closing:
            shown.append('closing')
        shown.append(f'fd={self._fileno}')
        selector = getattr(self._loop, '_selector', None)
        if self._pipe is None:
            shown.append('closed')
        elif selector is None:
            shown.append('open')
        else:
            watched = selector_events._test_selector_event(selector, self._fileno, self._event)
            shown.append('polling' if watched else 'idle')
            shown += self._more_info()
        return f"<{' '.join(shown)}>"

    def _more_info(self):
        return ()

    def __del__(self):
        if self._pipe is not None:
            warnings.warn(f"unclosed transport {self!r}", ResourceWarning, source=self)
            self._pipe.close()

    def set_protocol(self, protocol):
        """Have another protocol receive the events."""
        self._protocol = protocol

    def get_protocol(self):
        """The protocol that receives the events."""
        return self._protocol

    def is_closing(self):
        """Whether the transport is closed, or about to be."""
        return self._closing

    def _log_if_debugged(self, log, message):
        if self._loop.get_debug():
            log(message, self)

    def _fatal_error(self, exc, message='Fatal error on pipe transport'):
        if not self._is_expected(exc):
            transports._report_error(self, exc, message)
        elif self._loop.get_debug():
            unix_events.logger.debug("%r: %s", self, message, exc_info=True)
        self._close(exc)

    def _call_connection_lost(self, exc):
        try:
            self._protocol.connection_lost(exc)
        finally:
            self._pipe.close()
            self._pipe = self._protocol = self._loop = None


class _UnixReadPipeTransport(_PipeBasics, transports.ReadTransport):
    """Reads from a pipe."""

    # How much is read at once.
    max_size = 256 * 1024
    _event = 1

    def __init__(self, loop, pipe, protocol, waiter=None, extra=None):
        super().__init__(extra)
        self._loop = loop
        self._paused = False
        self._open(pipe, protocol, "Pipe transport is for pipes/sockets only.")
        loop.call_soon(self._add_reader, self._fileno, self._read_ready)
        self._tell_waiter(waiter)

    def is_reading(self):
        """Whether what comes is read."""
        return not self._paused and not self._closing

    def _add_reader(self, fd, callback):
        if self.is_reading():
            self._loop._add_reader(fd, callback)

    def _read_ready(self):
        try:
            data = os.read(self._fileno, self.max_size)
        except _NOT_READY:
            return
        except OSError as exc:
            return self._fatal_error(exc, 'Fatal read error on pipe transport')
        if data:
            self._protocol.data_received(data)
            return
        self._log_if_debugged(unix_events.logger.info, "%r was closed by peer")
        self._closing = True
        self._loop._remove_reader(self._fileno)
        self._loop.call_soon(self._protocol.eof_received)
        self._loop.call_soon(self._call_connection_lost, None)

    def pause_reading(self):
        """Read nothing until resume_reading()."""
        if self.is_reading():
            self._paused = True
            self._loop._remove_reader(self._fileno)
            self._log_if_debugged(unix_events.logger.debug, "%r pauses reading")

    def resume_reading(self):
        """Read again."""
        if self._paused and not self._closing:
            self._paused = False
            self._loop._add_reader(self._fileno, self._read_ready)
            self._log_if_debugged(unix_events.logger.debug, "%r resumes reading")

    def close(self):
        """Close the pipe."""
        if not self._closing:
            self._close(None)

    def _is_expected(self, exc):
        # So ends a terminal.
        return isinstance(exc, OSError) and exc.errno == errno.EIO

    def _close(self, exc):
        self._closing = True
        self._loop._remove_reader(self._fileno)
        self._loop.call_soon(self._call_connection_lost, exc)


class _UnixWritePipeTransport(_PipeBasics, transports._FlowControlMixin,
                              transports.WriteTransport):
    """Writes to a pipe."""

    _event = 2

    def __init__(self, loop, pipe, protocol, waiter=None, extra=None):
        super().__init__(extra, loop)
        self._buffer = bytearray()
        # How often there was nobody to write to.
        self._conn_lost = 0
        mode = self._open(pipe, protocol,
                          "Pipe transport is only for pipes, sockets and character devices")
        if not stat.S_ISCHR(mode):
            # It can be read when the other end has been closed.
            loop.call_soon(loop._add_reader, self._fileno, self._read_ready)
        self._tell_waiter(waiter)

    def _more_info(self):
        return (f'bufsize={self.get_write_buffer_size()}',)

    def get_write_buffer_size(self):
        return len(self._buffer)

    def _read_ready(self):
        self._log_if_debugged(unix_events.logger.info, "%r was closed by peer")
        self._close(BrokenPipeError() if self._buffer else None)

    def write(self, data):
        """Write bytes, now or when the pipe has room for them."""
        assert isinstance(data, (bytes, bytearray, memoryview)), repr(data)
        if not data:
            return
        if self._conn_lost or self._closing:
            if self._conn_lost >= constants.LOG_THRESHOLD_FOR_CONNLOST_WRITES:
                unix_events.logger.warning('pipe closed by peer or os.write(pipe, data) raised exception.')
            self._conn_lost += 1
            return
        if not self._buffer:
            try:
                written = os.write(self._fileno, data)
            except _NOT_READY:
                written = 0
            except _ENDS_PROGRAM:
                raise
            except BaseException as exc:
                self._conn_lost += 1
                return self._fatal_error(exc, 'Fatal write error on pipe transport')
            if written == len(data):
                return
            if written > 0:
                data = memoryview(data)[written:]
            self._loop._add_writer(self._fileno, self._write_ready)
        self._buffer += data
        self._maybe_pause_protocol()

    def _write_ready(self):
        assert self._buffer, 'Data should not be empty'
        try:
            written = os.write(self._fileno, self._buffer)
        except _NOT_READY:
            return
        except _ENDS_PROGRAM:
            raise
        except BaseException as exc:
            self._buffer.clear()
            self._conn_lost += 1
            self._loop._remove_writer(self._fileno)
            return self._fatal_error(exc, 'Fatal write error on pipe transport')
        if written < len(self._buffer):
            del self._buffer[:written]
            return
        self._buffer.clear()
        self._loop._remove_writer(self._fileno)
        # The protocol may write more then.
        self._maybe_resume_protocol()
        if self._closing:
            self._loop._remove_reader(self._fileno)
            self._call_connection_lost(None)

    def can_write_eof(self):
        """Pipes can."""
        return True

    def write_eof(self):
        """Close the pipe when all is written."""
        if self._closing:
            return
        assert self._pipe
        if self._buffer:
            self._closing = True
        else:
            self._stop(None)

    def _stop(self, exc):
        self._closing = True
        self._loop._remove_reader(self._fileno)
        self._loop.call_soon(self._call_connection_lost, exc)

    def close(self):
        """Close the pipe when all is written."""
        if self._pipe is not None and not self._closing:
            self.write_eof()

    def abort(self):
        """Close the pipe at once."""
        self._close(None)

    def _is_expected(self, exc):
        return isinstance(exc, OSError)

    def _close(self, exc=None):
        if self._buffer:
            self._loop._remove_writer(self._fileno)
            self._buffer.clear()
        self._stop(exc)
