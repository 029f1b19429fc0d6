"""The event loop of Unix systems: with signals, Unix sockets, pipes and child processes."""

__all__ = (
    'SelectorEventLoop',
    'AbstractChildWatcher', 'SafeChildWatcher',
    'FastChildWatcher', 'PidfdChildWatcher',
    'MultiLoopChildWatcher', 'ThreadedChildWatcher',
    'DefaultEventLoopPolicy',
)

import errno
import itertools
import os
import signal
import stat
import sys
import threading

from . import (base_events, base_subprocess, constants, coroutines, events, exceptions, futures,
               selector_events, transports)
from ._connections import _check_ssl_arguments, _remove_stale_socket
from ._late import LateModule
from .log import logger

socket = LateModule('socket')
subprocess = LateModule('subprocess')
warnings = LateModule('warnings')

_NOT_READY = (BlockingIOError, InterruptedError)
_ENDS_PROGRAM = (SystemExit, KeyboardInterrupt)


def _sighandler_noop(signum, frame):
    """What handles signals of a loop: all is done by the number that is written to its socket."""


def waitstatus_to_exitcode(status):
    """The exit code of a child; the status itself if that tells none."""
    try:
        return os.waitstatus_to_exitcode(status)
    except ValueError:
        return status


def _set_wakeup_fd_off():
    try:
        signal.set_wakeup_fd(-1)
    except (ValueError, OSError) as exc:
        logger.info('set_wakeup_fd(-1) failed: %s', exc)


class _UnixSelectorEventLoop(selector_events.BaseSelectorEventLoop):
    """An event loop with signal handlers, Unix sockets, pipes and child processes."""

    def __init__(self, selector=None):
        super().__init__(selector)
        # Handles by signals.
        self._signal_handlers = {}

    def close(self):
        super().close()
        if not self._signal_handlers:
            return
        if sys.is_finalizing():
            warnings.warn(f"Closing the loop {self!r} on interpreter shutdown stage, skipping "
                          "signal handlers removal", ResourceWarning, source=self)
            self._signal_handlers.clear()
        for sig in list(self._signal_handlers):
            self.remove_signal_handler(sig)

    # Signals.

    def _process_self_data(self, data):
        for number in data:
            # Other threads wake the loop with zeros.
            if number:
                self._handle_signal(number)

    def add_signal_handler(self, sig, callback, *args):
        """Call a callback in the loop when a signal arrives.

        ValueError for a wrong signal number, RuntimeError if it cannot be handled.
        """
        if coroutines.iscoroutine(callback) or coroutines.iscoroutinefunction(callback):
            raise TypeError("coroutines cannot be used with add_signal_handler()")
        self._check_signal(sig)
        self._check_closed()
        self._watch()
        try:
            # Fails in other threads than the main one, before anything has changed.
            signal.set_wakeup_fd(self._csock.fileno())
        except (ValueError, OSError) as exc:
            raise RuntimeError(str(exc))
        self._signal_handlers[sig] = events.Handle(callback, args, self, None)
        try:
            signal.signal(sig, _sighandler_noop)
            # System calls that it interrupts go on.
            signal.siginterrupt(sig, False)
        except OSError as exc:
            del self._signal_handlers[sig]
            if not self._signal_handlers:
                _set_wakeup_fd_off()
            self._raise_uncatchable(sig, exc)

    def _raise_uncatchable(self, sig, exc):
        if exc.errno == errno.EINVAL:
            raise RuntimeError(f'sig {sig} cannot be caught')
        raise exc

    def _handle_signal(self, sig):
        handle = self._signal_handlers.get(sig)
        if handle is None:
            # It has been removed meanwhile.
            return
        if handle._cancelled:
            self.remove_signal_handler(sig)
        else:
            self._add_callback_signalsafe(handle)

    def remove_signal_handler(self, sig):
        """Handle a signal as by default; whether there was a callback."""
        self._check_signal(sig)
        if self._signal_handlers.pop(sig, None) is None:
            return False
        try:
            signal.signal(sig, signal.default_int_handler if sig == signal.SIGINT
                          else signal.SIG_DFL)
        except OSError as exc:
            self._raise_uncatchable(sig, exc)
        if not self._signal_handlers:
            _set_wakeup_fd_off()
        return True

    def _check_signal(self, sig):
        if not isinstance(sig, int):
            raise TypeError(f'sig must be an int, not {sig!r}')
        if sig not in signal.valid_signals():
            raise ValueError(f'invalid signal number {sig}')

    # Pipes and child processes.

    def _make_read_pipe_transport(self, pipe, protocol, waiter=None, extra=None):
        return _UnixReadPipeTransport(self, pipe, protocol, waiter, extra)

    def _make_write_pipe_transport(self, pipe, protocol, waiter=None, extra=None):
        return _UnixWritePipeTransport(self, pipe, protocol, waiter, extra)

    async def _make_subprocess_transport(self, protocol, args, shell, stdin, stdout, stderr,
                                         bufsize, extra=None, **kwargs):
        with warnings.catch_warnings():
            warnings.simplefilter('ignore', DeprecationWarning)
            watcher = events.get_child_watcher()
        with watcher:
            if not watcher.is_active():
                # Before there is a child that nobody would wait for.
                raise RuntimeError("asyncio.get_child_watcher() is not activated, "
                                   "subprocess support is not installed.")
            waiter = self.create_future()
            transport = _UnixSubprocessTransport(
                self, protocol, args, shell, stdin, stdout, stderr, bufsize,
                waiter=waiter, extra=extra, **kwargs)
            watcher.add_child_handler(transport.get_pid(), self._child_watcher_callback,
                                      transport)
            try:
                await waiter
            except _ENDS_PROGRAM:
                raise
            except BaseException:
                transport.close()
                await transport._wait()
                raise
        return transport

    def _child_watcher_callback(self, pid, returncode, transp):
        self.call_soon_threadsafe(transp._process_exited, returncode)

    # Unix sockets.

    async def create_unix_connection(
            self, protocol_factory, path=None, *, ssl=None, sock=None, server_hostname=None,
            ssl_handshake_timeout=None, ssl_shutdown_timeout=None):
        """Connect to a server at a path; gives a transport and a protocol."""
        assert server_hostname is None or isinstance(server_hostname, str)
        if ssl and server_hostname is None:
            raise ValueError('you have to pass server_hostname when using ssl')
        _check_ssl_arguments(ssl, server_hostname=server_hostname,
                             ssl_handshake_timeout=ssl_handshake_timeout,
                             ssl_shutdown_timeout=ssl_shutdown_timeout)
        if path is None:
            if sock is None:
                raise ValueError('no path and sock were specified')
            _check_unix_stream(sock)
            sock.setblocking(False)
        elif sock is not None:
            raise ValueError('path and sock can not be specified at the same time')
        else:
            path = os.fspath(path)
            sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, 0)
            try:
                sock.setblocking(False)
                await self.sock_connect(sock, path)
            except BaseException:
                sock.close()
                raise
        return await self._create_connection_transport(
            sock, protocol_factory, ssl, server_hostname,
            ssl_handshake_timeout=ssl_handshake_timeout,
            ssl_shutdown_timeout=ssl_shutdown_timeout)

    async def create_unix_server(
            self, protocol_factory, path=None, *, sock=None, backlog=100, ssl=None,
            ssl_handshake_timeout=None, ssl_shutdown_timeout=None, start_serving=True):
        """Make a server that listens at a path, or at a socket; gives a Server."""
        if isinstance(ssl, bool):
            raise TypeError('ssl argument must be an SSLContext or None')
        _check_ssl_arguments(ssl, ssl_handshake_timeout=ssl_handshake_timeout,
                             ssl_shutdown_timeout=ssl_shutdown_timeout)
        if path is None:
            if sock is None:
                raise ValueError('path was not specified, and no sock specified')
            _check_unix_stream(sock)
        elif sock is not None:
            raise ValueError('path and sock can not be specified at the same time')
        else:
            sock = self._bound_unix_socket(os.fspath(path))
        sock.setblocking(False)
        server = base_events.Server(self, [sock], protocol_factory, ssl, backlog,
                                    ssl_handshake_timeout, ssl_shutdown_timeout)
        if start_serving:
            await server.start_serving()
        return server

    def _bound_unix_socket(self, path):
        sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        # An abstract name, which begins with a null, is not in the file system.
        if path[0] not in (0, '\x00'):
            _remove_stale_socket(path)
        try:
            sock.bind(path)
        except BaseException as exc:
            sock.close()
            if isinstance(exc, OSError) and exc.errno == errno.EADDRINUSE:
                raise OSError(errno.EADDRINUSE, f'Address {path!r} is already in use') from None
            raise
        return sock

    # Sending files.

    async def _sock_sendfile_native(self, sock, file, offset, count):
        if not hasattr(os, 'sendfile'):
            raise exceptions.SendfileNotAvailableError("os.sendfile() is not available")
        import io
        try:
            fileno = file.fileno()
            size = os.fstat(fileno).st_size
        except (AttributeError, io.UnsupportedOperation, OSError):
            raise exceptions.SendfileNotAvailableError("not a regular file")
        block = count if count else size
        if not block:
            return 0
        done = self.create_future()
        self._sock_sendfile_native_impl(done, None, sock, fileno, offset, count, block, 0)
        return await done

    def _sock_sendfile_native_impl(self, fut, registered_fd, sock, fileno, offset, count,
                                   blocksize, total_sent):
        """Send a block; called again when the socket has room for the next one."""
        fd = sock.fileno()
        if registered_fd is not None:
            self.remove_writer(registered_fd)
        if fut.cancelled():
            self._sock_sendfile_update_filepos(fileno, offset, total_sent)
            return
        if count:
            blocksize = count - total_sent
            if blocksize <= 0:
                return self._end_sendfile(fut, fileno, offset, total_sent)
        try:
            sent = os.sendfile(fd, fileno, offset, blocksize)
        except _NOT_READY:
            pass
        except _ENDS_PROGRAM:
            raise
        except BaseException as exc:
            if isinstance(exc, OSError):
                exc = self._sendfile_error(exc, registered_fd, total_sent)
            return self._end_sendfile(fut, fileno, offset, total_sent, exc)
        else:
            if sent == 0:
                return self._end_sendfile(fut, fileno, offset, total_sent)
            offset += sent
            total_sent += sent
        if registered_fd is None:
            self._sock_add_cancellation_callback(fut, sock)
        self.add_writer(fd, self._sock_sendfile_native_impl, fut, fd, sock, fileno, offset,
                        count, blocksize, total_sent)

    def _sendfile_error(self, exc, registered_fd, total_sent):
        """What an error of os.sendfile() means to the caller."""
        if total_sent == 0:
            # Perhaps it is not that kind of file.
            return exceptions.SendfileNotAvailableError("os.sendfile call failed")
        if (registered_fd is not None and exc.errno == errno.ENOTCONN
                and type(exc) is not ConnectionError):
            # The other side has closed the connection meanwhile.
            error = ConnectionError("socket is not connected", errno.ENOTCONN)
            error.__cause__ = exc
            return error
        return exc

    def _end_sendfile(self, fut, fileno, offset, total_sent, error=None):
        self._sock_sendfile_update_filepos(fileno, offset, total_sent)
        if error is None:
            fut.set_result(total_sent)
        else:
            fut.set_exception(error)

    def _sock_sendfile_update_filepos(self, fileno, offset, total_sent):
        if total_sent > 0:
            os.lseek(fileno, offset, os.SEEK_SET)

    def _sock_add_cancellation_callback(self, fut, sock):
        def stop_watching(future):
            if future.cancelled() and (fd := sock.fileno()) != -1:
                self.remove_writer(fd)

        fut.add_done_callback(stop_watching)


def _check_unix_stream(sock):
    if sock.family != socket.AF_UNIX or sock.type != socket.SOCK_STREAM:
        raise ValueError(f'A UNIX Domain Stream Socket was expected, got {sock!r}')


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
            logger.debug("%r: %s", self, message, exc_info=True)
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
        self._log_if_debugged(logger.info, "%r was closed by peer")
        self._closing = True
        self._loop._remove_reader(self._fileno)
        self._loop.call_soon(self._protocol.eof_received)
        self._loop.call_soon(self._call_connection_lost, None)

    def pause_reading(self):
        """Read nothing until resume_reading()."""
        if self.is_reading():
            self._paused = True
            self._loop._remove_reader(self._fileno)
            self._log_if_debugged(logger.debug, "%r pauses reading")

    def resume_reading(self):
        """Read again."""
        if self._paused and not self._closing:
            self._paused = False
            self._loop._add_reader(self._fileno, self._read_ready)
            self._log_if_debugged(logger.debug, "%r resumes reading")

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
        self._log_if_debugged(logger.info, "%r was closed by peer")
        self._close(BrokenPipeError() if self._buffer else None)

    def write(self, data):
        """Write bytes, now or when the pipe has room for them."""
        assert isinstance(data, (bytes, bytearray, memoryview)), repr(data)
        if not data:
            return
        if self._conn_lost or self._closing:
            if self._conn_lost >= constants.LOG_THRESHOLD_FOR_CONNLOST_WRITES:
                logger.warning('pipe closed by peer or os.write(pipe, data) raised exception.')
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


class _UnixSubprocessTransport(base_subprocess.BaseSubprocessTransport):
    """Belongs to a child process."""

    def _start(self, args, shell, stdin, stdout, stderr, bufsize, **kwargs):
        self._proc = subprocess.Popen(
            args, shell=shell, stdin=stdin, stdout=stdout, stderr=stderr,
            universal_newlines=False, bufsize=bufsize, **kwargs)


SelectorEventLoop = _UnixSelectorEventLoop


def _warn_of_watcher(name):
    """Child watchers are going to be removed."""
    warnings._deprecated(name, "{name!r} is deprecated as of Python 3.12 and will be "
                         "removed in Python {remove}.", remove=(3, 14))


class AbstractChildWatcher:
    """Watches child processes, and tells when one of them has ended.

    A child is started, and its callback registered, inside of a `with` statement: a watcher may
    need to know that there is a child that it does not know yet.  Watchers are to be thread-safe.
    Some of them handle SIGCHLD, so there can be only one of these at a time.
    """

    def __init_subclass__(cls):
        if cls.__module__ != __name__:
            _warn_of_watcher("AbstractChildWatcher")

    def add_child_handler(self, pid, callback, *args):
        """Have callback(pid, returncode, *args) called when the child has ended; it replaces the
        callback that the child had."""
        raise NotImplementedError()

    def remove_child_handler(self, pid):
        """Take back the callback of a child; whether there was one."""
        raise NotImplementedError()

    def attach_loop(self, loop):
        """Work with a loop from now on, and no longer with another one; None for none."""
        raise NotImplementedError()

    def close(self):
        """Give back what the watcher uses."""
        raise NotImplementedError()

    def is_active(self):
        """Whether the ends of children would be noticed."""
        raise NotImplementedError()

    def __enter__(self):
        raise NotImplementedError()

    def __exit__(self, a, b, c):
        raise NotImplementedError()


class _PlainContext:
    """Of watchers that take no part in the start of children."""

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_value, exc_traceback):
        pass


class _OwnWay:
    """Of watchers that need neither signals nor the loop of the policy."""

    def is_active(self):
        return True

    def close(self):
        pass

    def attach_loop(self, loop):
        pass

    def remove_child_handler(self, pid):
        # Nobody needs it: who waits for a child waits until it has ended.
        return True


def _reap(pid, options, lost):
    """Wait for a child; its number, 0 if it runs, and its exit code, 255 if somebody else has
    waited for it (which is logged, as the text `lost` says)."""
    try:
        ended, status = os.waitpid(pid, options)
    except ChildProcessError:
        logger.warning(lost, pid)
        return pid, 255, False
    return ended, waitstatus_to_exitcode(status) if ended else None, True


_UNKNOWN = "Unknown child process pid %d, will report returncode 255"


def _log_exit(loop, pid, returncode):
    if loop.get_debug():
        logger.debug('process %s exited with returncode %s', pid, returncode)


class PidfdChildWatcher(_OwnWay, _PlainContext, AbstractChildWatcher):
    """Watches children by descriptors that stand for them, which Linux has.

    It needs no signals and no threads, and does not mind children that others start.
    """

    def add_child_handler(self, pid, callback, *args):
        loop = events.get_running_loop()
        fd = os.pidfd_open(pid)
        loop._add_reader(fd, self._do_wait, pid, fd, callback, args)

    def _do_wait(self, pid, pidfd, callback, args):
        events.get_running_loop()._remove_reader(pidfd)
        _, returncode, _ = _reap(
            pid, 0, "child process pid %d exit status already read:  will report returncode 255")
        os.close(pidfd)
        callback(pid, returncode, *args)


class BaseChildWatcher(AbstractChildWatcher):
    """What the watchers that handle SIGCHLD in a loop have in common."""

    def __init__(self):
        self._loop = None
        # Callbacks and their arguments, by children.
        self._callbacks = {}

    def close(self):
        self.attach_loop(None)

    def is_active(self):
        return self._loop is not None and self._loop.is_running()

    def remove_child_handler(self, pid):
        return self._callbacks.pop(pid, None) is not None

    def _do_waitpid_all(self):
        raise NotImplementedError()

    def _do_waitpid(self, expected_pid):
        raise NotImplementedError()

    def attach_loop(self, loop):
        assert loop is None or isinstance(loop, events.AbstractEventLoop)
        if self._loop is not None:
            if loop is None and self._callbacks:
                warnings.warn('A loop is being detached '
                              'from a child watcher with pending handlers', RuntimeWarning)
            self._loop.remove_signal_handler(signal.SIGCHLD)
        self._loop = loop
        if loop is not None:
            loop.add_signal_handler(signal.SIGCHLD, self._sig_chld)
            # Children may have ended while nobody handled the signal.
            self._do_waitpid_all()

    def _sig_chld(self):
        try:
            self._do_waitpid_all()
        except _ENDS_PROGRAM:
            raise
        except BaseException as exc:
            self._loop.call_exception_handler({
                'message': 'Unknown exception in SIGCHLD handler',
                'exception': exc,
            })


class SafeChildWatcher(_PlainContext, BaseChildWatcher):
    """Looks after each known child when the signal comes, and leaves others alone."""

    def __init__(self):
        super().__init__()
        _warn_of_watcher("SafeChildWatcher")

    def close(self):
        self._callbacks.clear()
        super().close()

    def add_child_handler(self, pid, callback, *args):
        self._callbacks[pid] = (callback, args)
        # It may have ended already.
        self._do_waitpid(pid)

    def _do_waitpid_all(self):
        for pid in list(self._callbacks):
            self._do_waitpid(pid)

    def _do_waitpid(self, expected_pid):
        assert expected_pid > 0
        pid, returncode, known = _reap(expected_pid, os.WNOHANG, _UNKNOWN)
        if pid == 0:
            return
        if known:
            _log_exit(self._loop, expected_pid, returncode)
        found = self._callbacks.pop(pid, None)
        if found is not None:
            callback, args = found
            callback(pid, returncode, *args)
        elif self._loop.get_debug():
            logger.warning("Child watcher got an unexpected pid: %r", pid)


class FastChildWatcher(BaseChildWatcher):
    """Waits for any child when the signal comes, also for those that others have started."""

    def __init__(self):
        super().__init__()
        self._lock = threading.Lock()
        # Exit codes of children that ended before their callbacks were registered.
        self._zombies = {}
        # How many `with` statements are being executed.
        self._forks = 0
        _warn_of_watcher("FastChildWatcher")

    def close(self):
        for known in (self._callbacks, self._zombies):
            known.clear()
        super().close()

    def __enter__(self):
        with self._lock:
            self._forks += 1
        return self

    def __exit__(self, a, b, c):
        with self._lock:
            self._forks -= 1
            if self._forks or not self._zombies:
                return
            victims = str(self._zombies)
            self._zombies.clear()
        logger.warning("Caught subprocesses termination from unknown pids: %s", victims)

    def add_child_handler(self, pid, callback, *args):
        assert self._forks, "Must use the context manager"
        with self._lock:
            if pid not in self._zombies:
                self._callbacks[pid] = callback, args
                return
            returncode = self._zombies.pop(pid)
        callback(pid, returncode, *args)

    def _do_waitpid_all(self):
        # One signal may stand for several children.
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            self._ended(pid, waitstatus_to_exitcode(status))

    def _ended(self, pid, returncode):
        with self._lock:
            found = self._callbacks.pop(pid, None)
            if found is not None:
                _log_exit(self._loop, pid, returncode)
            elif self._forks:
                # Perhaps it is about to be registered.
                self._zombies[pid] = returncode
                if self._loop.get_debug():
                    logger.debug('unknown process %s exited with returncode %s', pid, returncode)
                return
        if found is None:
            logger.warning("Caught subprocess termination from unknown pid: %d -> %d",
                           pid, returncode)
        else:
            callback, args = found
            callback(pid, returncode, *args)


class MultiLoopChildWatcher(_PlainContext, AbstractChildWatcher):
    """Handles SIGCHLD itself, and tells the loops in which children were registered."""

    def __init__(self):
        # Loop, callback and arguments by children.
        self._callbacks = {}
        self._saved_sighandler = None
        _warn_of_watcher("MultiLoopChildWatcher")

    def is_active(self):
        return self._saved_sighandler is not None

    def close(self):
        self._callbacks.clear()
        saved, self._saved_sighandler = self._saved_sighandler, None
        if saved is None:
            return
        if signal.getsignal(signal.SIGCHLD) != self._sig_chld:
            logger.warning("SIGCHLD handler was changed by outside code")
        else:
            signal.signal(signal.SIGCHLD, saved)

    def add_child_handler(self, pid, callback, *args):
        self._callbacks[pid] = (events.get_running_loop(), callback, args)
        # It may have ended already.
        self._do_waitpid(pid)

    def remove_child_handler(self, pid):
        return self._callbacks.pop(pid, None) is not None

    def attach_loop(self, loop):
        # Any loop will do: the policy calls it in the main thread, which may handle signals.
        if self.is_active():
            return
        before = signal.signal(signal.SIGCHLD, self._sig_chld)
        signal.siginterrupt(signal.SIGCHLD, False)
        if before is None:
            before = signal.SIG_DFL
            logger.warning("Previous SIGCHLD handler was set by non-Python code, "
                           "restore to default handler on watcher close.")
        self._saved_sighandler = before

    def _do_waitpid_all(self):
        for pid in list(self._callbacks):
            self._do_waitpid(pid)

    def _do_waitpid(self, expected_pid):
        assert expected_pid > 0
        pid, returncode, known = _reap(expected_pid, os.WNOHANG, _UNKNOWN)
        if pid == 0:
            return
        found = self._callbacks.pop(pid, None)
        if found is None:
            logger.warning("Child watcher got an unexpected pid: %r", pid)
            return
        loop, callback, args = found
        if loop.is_closed():
            logger.warning("Loop %r that handles pid %r is closed", loop, pid)
            return
        if known:
            _log_exit(loop, expected_pid, returncode)
        loop.call_soon_threadsafe(callback, pid, returncode, *args)

    def _sig_chld(self, signum, frame):
        try:
            self._do_waitpid_all()
        except _ENDS_PROGRAM:
            raise
        except BaseException:
            logger.warning('Unknown exception in SIGCHLD handler', exc_info=True)


class ThreadedChildWatcher(_OwnWay, _PlainContext, AbstractChildWatcher):
    """Waits for each child in a thread of its own."""

    def __init__(self):
        self._pid_counter = itertools.count(0)
        self._threads = {}

    def __del__(self):
        if any(thread.is_alive() for thread in list(self._threads.values())):
            warnings.warn(f"{self.__class__} has registered but not finished child processes",
                          ResourceWarning, source=self)

    def add_child_handler(self, pid, callback, *args):
        loop = events.get_running_loop()
        thread = self._threads[pid] = threading.Thread(
            target=self._do_waitpid, name=f"asyncio-waitpid-{next(self._pid_counter)}",
            args=(loop, pid, callback, args), daemon=True)
        thread.start()

    def _do_waitpid(self, loop, expected_pid, callback, args):
        assert expected_pid > 0
        pid, returncode, known = _reap(expected_pid, 0, _UNKNOWN)
        if known:
            _log_exit(loop, expected_pid, returncode)
        if loop.is_closed():
            logger.warning("Loop %r that handles pid %r is closed", loop, pid)
        else:
            loop.call_soon_threadsafe(callback, pid, returncode, *args)
        self._threads.pop(expected_pid)


def can_use_pidfd():
    """Whether the system has descriptors for processes, and lets us use them."""
    if not hasattr(os, 'pidfd_open'):
        return False
    try:
        os.close(os.pidfd_open(os.getpid(), 0))
    except OSError:
        return False
    return True


class _UnixDefaultEventLoopPolicy(events.BaseDefaultEventLoopPolicy):
    """UNIX event loop policy, with a watcher for child processes."""

    _loop_factory = _UnixSelectorEventLoop

    def __init__(self):
        super().__init__()
        # Made when it is first needed, or set.
        self._watcher = None

    def _init_watcher(self):
        with events._lock:
            if self._watcher is None:
                self._watcher = (PidfdChildWatcher() if can_use_pidfd()
                                 else ThreadedChildWatcher())

    def set_event_loop(self, loop):
        """Set the thread's event loop, or None; in the main thread the watcher of children is
        attached to it."""
        super().set_event_loop(loop)
        if (self._watcher is not None
                and threading.current_thread() is threading.main_thread()):
            self._watcher.attach_loop(loop)

    def get_child_watcher(self):
        """The watcher of child processes."""
        if self._watcher is None:
            self._init_watcher()
        _warn_of_watcher("get_child_watcher")
        return self._watcher

    def set_child_watcher(self, watcher):
        """Set the watcher of child processes, or None; the one before is closed."""
        assert watcher is None or isinstance(watcher, AbstractChildWatcher)
        if self._watcher is not None:
            self._watcher.close()
        self._watcher = watcher
        _warn_of_watcher("set_child_watcher")


DefaultEventLoopPolicy = _UnixDefaultEventLoopPolicy
