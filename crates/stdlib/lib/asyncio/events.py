"""Event loop and event loop policy."""

__all__ = (
    'AbstractEventLoopPolicy',
    'AbstractEventLoop', 'AbstractServer',
    'Handle', 'TimerHandle',
    'get_event_loop_policy', 'set_event_loop_policy',
    'get_event_loop', 'set_event_loop', 'new_event_loop',
    'get_child_watcher', 'set_child_watcher',
    '_set_running_loop', 'get_running_loop',
    '_get_running_loop',
)

import os
import sys
import threading

from _contextvars import copy_context as _copy_context

from . import format_helpers


class Handle:
    """A callback that the loop is going to call, as call_soon() and the like return it."""

    __slots__ = ('_callback', '_args', '_cancelled', '_loop',
                 '_source_traceback', '_repr', '__weakref__', '_context')

    def __init__(self, callback, args, loop, context=None):
        self._callback = callback
        self._args = args
        self._loop = loop
        self._context = _copy_context() if context is None else context
        self._cancelled = False
        # How it was shown before it was cancelled.
        self._repr = None
        self._source_traceback = (
            format_helpers.extract_stack(sys._getframe(1)) if loop.get_debug() else None)

    def _repr_info(self):
        info = [type(self).__name__]
        if self._cancelled:
            info.append('cancelled')
        if self._callback is not None:
            info.append(format_helpers._format_callback_source(self._callback, self._args))
        if self._source_traceback:
            path, line = self._source_traceback[-1][:2]
            info.append(f'created at {path}:{line}')
        return info

    def __repr__(self):
        return self._repr if self._repr is not None else f"<{' '.join(self._repr_info())}>"

    def get_context(self):
        """The context that the callback runs in."""
        return self._context

    def cancel(self):
        """Do not call the callback."""
        if self._cancelled:
            return
        self._cancelled = True
        if self._loop.get_debug():
            self._repr = repr(self)
        # What they refer to may be large.
        self._callback = self._args = None

    def cancelled(self):
        """Whether the callback was cancelled."""
        return self._cancelled

    def _run(self):
        try:
            self._context.run(self._callback, *self._args)
        except BaseException as exc:
            if isinstance(exc, (SystemExit, KeyboardInterrupt)):
                raise
            shown = format_helpers._format_callback_source(self._callback, self._args)
            report = {'message': f'Exception in callback {shown}',
                      'exception': exc, 'handle': self}
            if self._source_traceback:
                report['source_traceback'] = self._source_traceback
            self._loop.call_exception_handler(report)
        # The exception's traceback refers to this frame.
        self = None


class TimerHandle(Handle):
    """A callback that the loop is going to call at a time; handles are ordered by that."""

    # `_scheduled`: whether it is in the loop's heap.
    __slots__ = ['_scheduled', '_when']

    def __init__(self, when, callback, args, loop, context=None):
        super().__init__(callback, args, loop, context)
        if self._source_traceback:
            self._source_traceback.pop()
        self._when = when
        self._scheduled = False

    def _repr_info(self):
        kind, *rest = super()._repr_info()
        rest.insert(1 if self._cancelled else 0, f'when={self._when}')
        return [kind, *rest]

    def __hash__(self):
        return hash(self._when)

    def __eq__(self, other):
        if not isinstance(other, TimerHandle):
            return NotImplemented
        return self._sameness() == other._sameness()

    def _sameness(self):
        return self._when, self._callback, self._args, self._cancelled

    def __lt__(self, other):
        return self._when < other._when if isinstance(other, TimerHandle) else NotImplemented

    def __gt__(self, other):
        return self._when > other._when if isinstance(other, TimerHandle) else NotImplemented

    def __le__(self, other):
        if not isinstance(other, TimerHandle):
            return NotImplemented
        return self < other or self == other

    def __ge__(self, other):
        if not isinstance(other, TimerHandle):
            return NotImplemented
        return self > other or self == other

    def cancel(self):
        if not self._cancelled:
            # The loop counts those that its heap keeps in vain.
            self._loop._timer_handle_cancelled(self)
        super().cancel()

    def when(self):
        """The time, of the loop's clock, at which the callback is to be called."""
        return self._when


def _signature(text):
    """What tells inspect a signature, whose defaults may be constants of sockets."""
    def tell():
        import socket
        return text
    return tell


def _abstract(cls, methods, is_async=False):
    """Give a class methods that raise NotImplementedError.

    Each line has a method with its parameters, and behind a colon what it is for.
    """
    for line in methods.strip().splitlines():
        head, _, doc = line.strip().partition(': ')
        name, _, params = head.partition('(')
        if is_async:
            async def method(self, *args, **kwargs):
                raise NotImplementedError
        else:
            def method(self, *args, **kwargs):
                raise NotImplementedError
        method.__name__ = name
        method.__qualname__ = f'{cls.__name__}.{name}'
        method.__doc__ = doc or None
        method.__signature__ = _signature(f"(self{', ' if params != ')' else ''}{params}")
        setattr(cls, name, method)


class AbstractServer:
    """What create_server() would return."""

    async def __aenter__(self):
        return self

    async def __aexit__(self, *exc):
        self.close()
        await self.wait_closed()


_abstract(AbstractServer, '''
    close(): Stop listening; connections that there are stay open.
    get_loop(): The event loop that the server belongs to.
    is_serving(): Whether new connections are accepted.
''')
_abstract(AbstractServer, '''
    start_serving(): Accept connections; nothing happens if that is so already.
    serve_forever(): Accept connections until the coroutine is cancelled, which closes the server.
    wait_closed(): Wait until the server is closed and its connections have ended.
''', is_async=True)


class AbstractEventLoop:
    """What an event loop can do; every method raises NotImplementedError here."""


_abstract(AbstractEventLoop, '''
    run_forever(): Run until stop() is called.
    run_until_complete(future): Run until a future is done; its result.
    stop(): End the run after what is ready.
    is_running(): Whether the loop runs.
    is_closed(): Whether the loop was closed.
    close(): Release what the loop holds; it must not run.
    _timer_handle_cancelled(handle): A timer that waits was cancelled.
    call_soon(callback, *args, context=None): Call a function in the next round.
    call_later(delay, callback, *args, context=None): Call a function after so many seconds.
    call_at(when, callback, *args, context=None): Call a function at a time of the loop's clock.
    time(): The time of the loop's clock, in seconds.
    create_future(): A future of this loop.
    create_task(coro, *, name=None, context=None): A task that runs a coroutine.
    call_soon_threadsafe(callback, *args, context=None): call_soon() for other threads.
    run_in_executor(executor, func, *args): Call a function in a thread; a future of its result.
    set_default_executor(executor): Set whose threads serve where none is named.
    add_reader(fd, callback, *args): Call a function whenever a file can be read.
    remove_reader(fd): Watch a file for reading no more.
    add_writer(fd, callback, *args): Call a function whenever a file can be written.
    remove_writer(fd): Watch a file for writing no more.
    add_signal_handler(sig, callback, *args): Call a function at each signal.
    remove_signal_handler(sig): Handle a signal no more.
    set_task_factory(factory): Set what makes tasks.
    get_task_factory(): What makes tasks, or None.
    get_exception_handler(): What is told of errors that nobody handles, or None.
    set_exception_handler(handler): Set what is told of errors that nobody handles.
    default_exception_handler(context): Log an error that nobody handles.
    call_exception_handler(context): Tell of an error that nobody handles.
    get_debug(): Whether the loop watches for mistakes.
    set_debug(enabled): Set whether the loop watches for mistakes.
''')
_abstract(AbstractEventLoop, '''
    shutdown_asyncgens(): Close asynchronous generators that have not ended.
    shutdown_default_executor(): Wait for the default executor's threads to end.
    getaddrinfo(host, port, *, family=0, type=0, proto=0, flags=0)
    getnameinfo(sockaddr, flags=0)
    create_connection(protocol_factory, host=None, port=None, *, ssl=None, family=0, proto=0, flags=0, sock=None, local_addr=None, server_hostname=None, ssl_handshake_timeout=None, ssl_shutdown_timeout=None, happy_eyeballs_delay=None, interleave=None)
    create_server(protocol_factory, host=None, port=None, *, family=socket.AF_UNSPEC, flags=socket.AI_PASSIVE, sock=None, backlog=100, ssl=None, reuse_address=None, reuse_port=None, ssl_handshake_timeout=None, ssl_shutdown_timeout=None, start_serving=True): A server that listens for TCP connections.
    start_tls(transport, protocol, sslcontext, *, server_side=False, server_hostname=None, ssl_handshake_timeout=None, ssl_shutdown_timeout=None): A transport that goes on encrypted where another was plain.
    create_unix_connection(protocol_factory, path=None, *, ssl=None, sock=None, server_hostname=None, ssl_handshake_timeout=None, ssl_shutdown_timeout=None)
    create_unix_server(protocol_factory, path=None, *, sock=None, backlog=100, ssl=None, ssl_handshake_timeout=None, ssl_shutdown_timeout=None, start_serving=True): A server that listens on a path.
    connect_accepted_socket(protocol_factory, sock, *, ssl=None, ssl_handshake_timeout=None, ssl_shutdown_timeout=None): A transport and a protocol for a connection that was accepted elsewhere.
    create_datagram_endpoint(protocol_factory, local_addr=None, remote_addr=None, *, family=0, proto=0, flags=0, reuse_address=None, reuse_port=None, allow_broadcast=None, sock=None): A transport and a protocol for datagrams.
    connect_read_pipe(protocol_factory, pipe): A transport and a protocol that read a pipe.
    connect_write_pipe(protocol_factory, pipe): A transport and a protocol that write a pipe.
    subprocess_shell(protocol_factory, cmd, *, stdin=-1, stdout=-1, stderr=-1, **kwargs)
    subprocess_exec(protocol_factory, *args, stdin=-1, stdout=-1, stderr=-1, **kwargs)
    sendfile(transport, file, offset=0, count=None, *, fallback=True): Send a file; how many bytes it was.
    sock_recv(sock, nbytes)
    sock_recv_into(sock, buf)
    sock_recvfrom(sock, bufsize)
    sock_recvfrom_into(sock, buf, nbytes=0)
    sock_sendall(sock, data)
    sock_sendto(sock, data, address)
    sock_connect(sock, address)
    sock_accept(sock)
    sock_sendfile(sock, file, offset=0, count=None, *, fallback=None)
''', is_async=True)


class AbstractEventLoopPolicy:
    """Knows which event loop belongs to whom, and how one is made.

    get_event_loop() never gives None; new_event_loop() does not set the loop it gives.
    """


_abstract(AbstractEventLoopPolicy, '''
    get_event_loop(): The event loop of the context that asks.
    set_event_loop(loop): Set the event loop of the context that asks.
    new_event_loop(): A new event loop by the policy's rules.
    get_child_watcher(): What watches child processes.
    set_child_watcher(watcher): Set what watches child processes.
''')


class BaseDefaultEventLoopPolicy(AbstractEventLoopPolicy):
    """A policy with one event loop for each thread, which the main thread gets by itself."""

    # What new_event_loop() calls.
    _loop_factory = None

    class _Local(threading.local):
        _loop = None
        # Who sets None wants no loop.
        _set_called = False

    def __init__(self):
        self._local = self._Local()

    def get_event_loop(self):
        """The thread's event loop; the main thread's is made if it was not set.

        RuntimeError where there is none.
        """
        mine = self._local
        thread = threading.current_thread()
        if mine._loop is None and not mine._set_called and thread is threading.main_thread():
            import warnings
            warnings.warn('There is no current event loop',
                          DeprecationWarning, stacklevel=_level_of_program())
            self.set_event_loop(self.new_event_loop())
        if mine._loop is None:
            raise RuntimeError(f'There is no current event loop in thread {thread.name!r}.')
        return mine._loop

    def set_event_loop(self, loop):
        """Set the thread's event loop, or None."""
        self._local._set_called = True
        if not (loop is None or isinstance(loop, AbstractEventLoop)):
            raise TypeError("loop must be an instance of AbstractEventLoop or None, "
                            f"not '{type(loop).__name__}'")
        self._local._loop = loop

    def new_event_loop(self):
        """A new event loop.  It must be set to be the thread's."""
        return self._loop_factory()


def _level_of_program():
    """As the stacklevel of a warning that the caller shows: the first frame, from the caller's
    caller on, that is not of this package."""
    level = 2
    frame = sys._getframe(2)
    while frame is not None:
        package = (frame.f_globals.get('__name__') or '').partition('.')[0]
        if package != 'asyncio':
            break
        frame = frame.f_back
        level += 1
    return level


# The running loop of each thread ------------------------------------------------------------

class _RunningLoop(threading.local):
    loop = None


_running_loop = _RunningLoop()


def _get_running_loop():
    """The event loop that runs in this thread, or None."""
    return _running_loop.loop


def get_running_loop():
    """The event loop that runs in this thread; RuntimeError if none does."""
    if (loop := _running_loop.loop) is None:
        raise RuntimeError('no running event loop')
    return loop


def _set_running_loop(loop):
    """Note which event loop runs in this thread, None when it ends."""
    _running_loop.loop = loop


def _forget_parent():
    """In a forked child no loop runs, and none is set: they are the parent's."""
    import signal
    if _event_loop_policy is not None:
        _event_loop_policy._local = BaseDefaultEventLoopPolicy._Local()
    _set_running_loop(None)
    signal.set_wakeup_fd(-1)


if hasattr(os, 'register_at_fork'):
    os.register_at_fork(after_in_child=_forget_parent)


# The policy ---------------------------------------------------------------------------------

# None until it is needed or set.
_event_loop_policy = None
_lock = threading.Lock()


def get_event_loop_policy():
    """The event loop policy."""
    if _event_loop_policy is None:
        _make_default_policy()
    return _event_loop_policy


def _make_default_policy():
    global _event_loop_policy
    from . import DefaultEventLoopPolicy
    with _lock:
        # Unless another thread was faster.
        if _event_loop_policy is None:
            _event_loop_policy = DefaultEventLoopPolicy()


def set_event_loop_policy(policy):
    """Set the event loop policy; None for a default one, made when it is needed."""
    global _event_loop_policy
    if not (policy is None or isinstance(policy, AbstractEventLoopPolicy)):
        raise TypeError("policy must be an instance of AbstractEventLoopPolicy or None, "
                        f"not '{type(policy).__name__}'")
    _event_loop_policy = policy


def get_event_loop():
    """The running event loop; where none runs, the policy's for this thread."""
    loop = _running_loop.loop
    return get_event_loop_policy().get_event_loop() if loop is None else loop


def set_event_loop(loop):
    """Have the policy set the event loop of this thread."""
    get_event_loop_policy().set_event_loop(loop)


def new_event_loop():
    """A new event loop of the policy's kind."""
    return get_event_loop_policy().new_event_loop()


def get_child_watcher():
    """The policy's watcher of child processes."""
    return get_event_loop_policy().get_child_watcher()


def set_child_watcher(watcher):
    """Set the policy's watcher of child processes."""
    return get_event_loop_policy().set_child_watcher(watcher)


# By these names the tests tell what is written in Python from what is not.
_py__get_running_loop = _get_running_loop
_py__set_running_loop = _set_running_loop
_py_get_running_loop = get_running_loop
_py_get_event_loop = get_event_loop
