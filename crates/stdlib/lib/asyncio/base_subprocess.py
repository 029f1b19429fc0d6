"""The transport of a child process, and the protocols of the pipes to it."""

__all__ = ()

import collections

from . import futures, protocols, transports
from .log import logger

_PIPE = -1


class BaseSubprocessTransport(transports.SubprocessTransport):
    """Belongs to a child process; subclasses start it, in _start()."""

    def __init__(self, loop, protocol, args, shell, stdin, stdout, stderr, bufsize,
                 waiter=None, extra=None, **kwargs):
        super().__init__(extra)
        self._closed = False
        self._protocol = protocol
        self._loop = loop
        self._proc = self._pid = self._returncode = None
        # Futures of _wait().
        self._exit_waiters = []
        # Calls of the protocol, until it is connected; None from then on.
        self._pending_calls = collections.deque()
        # The protocols of the pipes, None as long as they are not connected.
        self._pipes = {fd: None for fd, kind in enumerate((stdin, stdout, stderr))
                       if kind == _PIPE}
        self._finished = False
        try:
            self._start(args=args, shell=shell, stdin=stdin, stdout=stdout, stderr=stderr,
                        bufsize=bufsize, **kwargs)
        except BaseException:
            self.close()
            raise
        self._pid = self._proc.pid
        self._extra['subprocess'] = self._proc
        if loop.get_debug():
            program = args if isinstance(args, (bytes, str)) else args[0]
            logger.debug('process %r created: pid %s', program, self._pid)
        loop.create_task(self._connect_pipes(waiter))

    def __repr__(self):
        shown = [type(self).__name__]
        if self._closed:
            shown.append('closed')
        if self._pid is not None:
            shown.append(f'pid={self._pid}')
        if self._returncode is not None:
            shown.append(f'returncode={self._returncode}')
        else:
            shown.append('not started' if self._pid is None else 'running')
        stdin, stdout, stderr = map(self._pipes.get, range(3))
        if stdout is not None and stdout is stderr:
            labelled = {'stdin': stdin, 'stdout=stderr': stdout}
        else:
            labelled = {'stdin': stdin, 'stdout': stdout, 'stderr': stderr}
        shown += [f'{label}={protocol.pipe}' for label, protocol in labelled.items()
                  if protocol is not None]
        return f"<{' '.join(shown)}>"

    def __del__(self):
        if not self._closed:
            import warnings
            warnings.warn(f"unclosed transport {self!r}", ResourceWarning, source=self)
            self.close()

    def _start(self, args, shell, stdin, stdout, stderr, bufsize, **kwargs):
        """Start the child: set `_proc`."""
        raise NotImplementedError

    def set_protocol(self, protocol):
        """Have another protocol receive the events."""
        self._protocol = protocol

    def get_protocol(self):
        """The protocol that receives the events."""
        return self._protocol

    def is_closing(self):
        """Whether the transport is closed."""
        return self._closed

    def close(self):
        """Close the pipes, and kill the child if it runs."""
        if self._closed:
            return
        self._closed = True
        for protocol in self._pipes.values():
            if protocol is not None:
                protocol.pipe.close()
        child = self._proc
        # It may have ended, but that is not known here yet.
        if child is not None and self._returncode is None and child.poll() is None:
            if self._loop.get_debug():
                logger.warning('Close running child process: kill %r', self)
            try:
                child.kill()
            except ProcessLookupError:
                pass

    # The child.

    def get_pid(self):
        """The child's number."""
        return self._pid

    def get_returncode(self):
        """The child's exit code, None as long as it runs."""
        return self._returncode

    def get_pipe_transport(self, fd):
        """The transport of the pipe that is the child's descriptor 0, 1 or 2; None without it."""
        return self._pipes[fd].pipe if fd in self._pipes else None

    def _check_proc(self):
        if self._proc is None:
            raise ProcessLookupError()

    def send_signal(self, signal):
        """Send the child a signal."""
        self._check_proc()
        self._proc.send_signal(signal)

    def terminate(self):
        """Ask the child to end."""
        self._check_proc()
        self._proc.terminate()

    def kill(self):
        """End the child."""
        self._check_proc()
        self._proc.kill()

    # Events.

    async def _connect_pipes(self, waiter):
        error = None
        try:
            await self._make_pipe_transports()
            self._connect_protocol()
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as exc:
            error = exc
        if waiter is not None and not waiter.cancelled():
            futures._settle(waiter, error)

    async def _make_pipe_transports(self):
        loop, child = self._loop, self._proc
        for fd, pipe, connect, make in (
                (0, child.stdin, loop.connect_write_pipe, WriteSubprocessPipeProto),
                (1, child.stdout, loop.connect_read_pipe, ReadSubprocessPipeProto),
                (2, child.stderr, loop.connect_read_pipe, ReadSubprocessPipeProto)):
            if pipe is not None:
                _, self._pipes[fd] = await connect(
                    lambda make=make, fd=fd: make(self, fd), pipe)

    def _connect_protocol(self):
        """Tell the protocol that it is connected, and what has happened since."""
        earlier, self._pending_calls = self._pending_calls, None
        self._loop.call_soon(self._protocol.connection_made, self)
        for callback, data in earlier:
            self._loop.call_soon(callback, *data)

    def _call(self, cb, *data):
        """Call a method of the protocol, not before it is connected."""
        if self._pending_calls is None:
            self._loop.call_soon(cb, *data)
        else:
            self._pending_calls.append((cb, data))

    def _pipe_data_received(self, fd, data):
        self._call(self._protocol.pipe_data_received, fd, data)

    def _pipe_connection_lost(self, fd, exc):
        self._call(self._protocol.pipe_connection_lost, fd, exc)
        self._try_finish()

    def _process_exited(self, returncode):
        assert None is self._returncode is not returncode, (self._returncode, returncode)
        if self._loop.get_debug():
            logger.info('%r exited with return code %r', self, returncode)
        self._returncode = returncode
        if self._proc.returncode is None:
            # It is not the one who has waited for the child.
            self._proc.returncode = returncode
        self._call(self._protocol.process_exited)
        self._try_finish()

    async def _wait(self):
        """Wait for the child's end; its exit code."""
        if self._returncode is None:
            waiter = self._loop.create_future()
            self._exit_waiters.append(waiter)
            return await waiter
        return self._returncode

    def _try_finish(self):
        """End, if the child has ended and the pipes are closed."""
        assert not self._finished
        if self._returncode is not None and all(
                protocol is not None and protocol.disconnected
                for protocol in self._pipes.values()):
            self._finished = True
            self._call(self._call_connection_lost, None)

    def _call_connection_lost(self, exc):
        try:
            self._protocol.connection_lost(exc)
        finally:
            waiters, self._exit_waiters = self._exit_waiters, None
            for waiter in waiters:
                if not waiter.cancelled():
                    waiter.set_result(self._returncode)
            self._loop = self._proc = self._protocol = None


class WriteSubprocessPipeProto(protocols.BaseProtocol):
    """The protocol of a pipe to the child."""

    def __init__(self, proc, fd):
        self.proc = proc
        self.fd = fd
        self.pipe = None
        self.disconnected = False

    def __repr__(self):
        return f'<{type(self).__name__} fd={self.fd} pipe={self.pipe!r}>'

    def connection_made(self, transport):
        self.pipe = transport

    def connection_lost(self, exc):
        self.disconnected = True
        owner, self.proc = self.proc, None
        owner._pipe_connection_lost(self.fd, exc)

    def pause_writing(self):
        self.proc._protocol.pause_writing()

    def resume_writing(self):
        self.proc._protocol.resume_writing()


class ReadSubprocessPipeProto(WriteSubprocessPipeProto, protocols.Protocol):
    """The protocol of a pipe from the child."""

    def data_received(self, data):
        self.proc._pipe_data_received(self.fd, data)
