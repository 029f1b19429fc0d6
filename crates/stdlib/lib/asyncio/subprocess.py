"""Child processes, with streams for their standard input and outputs."""

__all__ = ('create_subprocess_exec', 'create_subprocess_shell')

from . import events, futures, protocols, streams, tasks
from .log import logger

# The values that the module of that name has.
PIPE = -1
STDOUT = -2
DEVNULL = -3


class SubprocessStreamProtocol(streams.FlowControlMixin, protocols.SubprocessProtocol):
    """Fills the streams of a child."""

    def __init__(self, limit, loop):
        super().__init__(loop=loop)
        self._limit = limit
        self._transport = self.stdin = self.stdout = self.stderr = None
        # The descriptors from which more may come.
        self._pipe_fds = []
        self._stdin_closed = self._loop.create_future()
        self._process_exited = False

    def __repr__(self):
        shown = [type(self).__name__]
        shown += [f'{name}={stream!r}' for name in ('stdin', 'stdout', 'stderr')
                  if (stream := getattr(self, name)) is not None]
        return f"<{' '.join(shown)}>"

    def _reader(self, fd):
        return {1: self.stdout, 2: self.stderr}.get(fd)

    def connection_made(self, transport):
        self._transport = transport
        for fd, name in ((1, 'stdout'), (2, 'stderr')):
            pipe = transport.get_pipe_transport(fd)
            if pipe is not None:
                reader = streams.StreamReader(limit=self._limit, loop=self._loop)
                reader.set_transport(pipe)
                setattr(self, name, reader)
                self._pipe_fds.append(fd)
        pipe = transport.get_pipe_transport(0)
        if pipe is not None:
            self.stdin = streams.StreamWriter(pipe, protocol=self, reader=None, loop=self._loop)

    def pipe_data_received(self, fd, data):
        reader = self._reader(fd)
        if reader is not None:
            reader.feed_data(data)

    def pipe_connection_lost(self, fd, exc):
        if fd == 0:
            return self._lose_stdin(exc)
        if fd in self._pipe_fds:
            self._pipe_fds.remove(fd)
        reader = self._reader(fd)
        if reader is not None and exc is None:
            reader.feed_eof()
        elif reader is not None:
            reader.set_exception(exc)
        self._maybe_close_transport()

    def _lose_stdin(self, exc):
        if self.stdin is not None:
            self.stdin.close()
        self.connection_lost(exc)
        futures._settle(self._stdin_closed, exc)
        # Nobody needs to wait for it, so it is no fault if nobody asks.
        self._stdin_closed._log_traceback = False

    def process_exited(self):
        self._process_exited = True
        self._maybe_close_transport()

    def _maybe_close_transport(self):
        if self._process_exited and not self._pipe_fds:
            self._transport.close()
            self._transport = None

    def _get_close_waiter(self, stream):
        return self._stdin_closed if stream is self.stdin else None


class Process:
    """A child process: its streams `stdin`, `stdout` and `stderr` (None without a pipe), and its
    `pid`."""

    def __init__(self, transport, protocol, loop):
        self._loop = loop
        self._protocol = protocol
        self._transport = transport
        self.pid = transport.get_pid()
        self.stdin, self.stdout, self.stderr = protocol.stdin, protocol.stdout, protocol.stderr

    def __repr__(self):
        return f'<{type(self).__name__} {self.pid}>'

    @property
    def returncode(self):
        """The exit code, None as long as the child runs."""
        return self._transport.get_returncode()

    async def wait(self):
        """Wait for the child's end; its exit code."""
        return await self._transport._wait()

    def send_signal(self, signal):
        """Send the child a signal."""
        self._transport.send_signal(signal)

    def terminate(self):
        """Ask the child to end."""
        self._transport.terminate()

    def kill(self):
        """End the child."""
        self._transport.kill()

    def _log(self, message, *args):
        if self._loop.get_debug():
            logger.debug('%r communicate: ' + message, self, *args)

    async def _feed_stdin(self, input):
        try:
            if input is not None:
                self.stdin.write(input)
                self._log('feed stdin (%s bytes)', len(input))
            await self.stdin.drain()
        except (BrokenPipeError, ConnectionResetError) as exc:
            # The child does not read it all.
            self._log('stdin got %r', exc)
        self._log('close stdin')
        self.stdin.close()

    async def _read_stream(self, fd):
        name = 'stdout' if fd == 1 else 'stderr'
        self._log(f'read {name}')
        output = await getattr(self, name).read()
        self._log(f'close {name}')
        self._transport.get_pipe_transport(fd).close()
        return output

    async def _noop(self):
        return None

    async def communicate(self, input=None):
        """Write `input` to the child's standard input, read its outputs to their ends, and wait
        for it; what was read, None for outputs without a pipe."""
        _, stdout, stderr = await tasks.gather(
            self._noop() if self.stdin is None else self._feed_stdin(input),
            self._noop() if self.stdout is None else self._read_stream(1),
            self._noop() if self.stderr is None else self._read_stream(2))
        await self.wait()
        return stdout, stderr


async def _run(limit, start, *args, **options):
    loop = events.get_running_loop()
    transport, protocol = await getattr(loop, start)(
        lambda: SubprocessStreamProtocol(limit=limit, loop=loop), *args, **options)
    return Process(transport, protocol, loop)


async def create_subprocess_shell(cmd, stdin=None, stdout=None, stderr=None,
                                  limit=streams._DEFAULT_LIMIT, **kwds):
    """Run a command of the shell; gives a Process."""
    return await _run(limit, 'subprocess_shell', cmd, stdin=stdin, stdout=stdout, stderr=stderr,
                      **kwds)


async def create_subprocess_exec(program, *args, stdin=None, stdout=None, stderr=None,
                                 limit=streams._DEFAULT_LIMIT, **kwds):
    """Run a program with arguments; gives a Process."""
    return await _run(limit, 'subprocess_exec', program, *args, stdin=stdin, stdout=stdout,
                      stderr=stderr, **kwds)
