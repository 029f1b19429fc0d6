"""The event loop of Unix systems: with signals, Unix sockets, pipes and child processes."""

__all__ = (
    'SelectorEventLoop',
    'AbstractChildWatcher', 'SafeChildWatcher',
    'FastChildWatcher', 'PidfdChildWatcher',
    'MultiLoopChildWatcher', 'ThreadedChildWatcher',
    'DefaultEventLoopPolicy',
)

import errno
import os
import signal
import sys
import threading

from . import base_events, base_subprocess, coroutines, events, exceptions, selector_events
from ._connections import _check_ssl_arguments, _remove_stale_socket
from ._late import LateModule
from .log import logger
from ._child_watchers import (
    AbstractChildWatcher, BaseChildWatcher, FastChildWatcher, MultiLoopChildWatcher,
    PidfdChildWatcher, SafeChildWatcher, ThreadedChildWatcher, _warn_of_watcher, can_use_pidfd)
from ._unix_pipes import _UnixReadPipeTransport, _UnixWritePipeTransport

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


class _UnixSubprocessTransport(base_subprocess.BaseSubprocessTransport):
    """Belongs to a child process."""

    def _start(self, args, shell, stdin, stdout, stderr, bufsize, **kwargs):
        self._proc = subprocess.Popen(
            args, shell=shell, stdin=stdin, stdout=stdout, stderr=stderr,
            universal_newlines=False, bufsize=bufsize, **kwargs)


SelectorEventLoop = _UnixSelectorEventLoop


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
