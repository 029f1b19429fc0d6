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


def _abstract(cls, names, is_async=False):
    """Give a class methods that raise NotImplementedError."""
    for name in names.split():
        if is_async:
            async def method(self, *args, **kwargs):
                raise NotImplementedError
        else:
            def method(self, *args, **kwargs):
                raise NotImplementedError
        method.__name__ = name
        method.__qualname__ = f'{cls.__name__}.{name}'
        setattr(cls, name, method)


class AbstractServer:
    """What create_server() would return."""

    async def __aenter__(self):
        return self

    async def __aexit__(self, *exc):
        self.close()
        await self.wait_closed()


_abstract(AbstractServer, 'close get_loop is_serving')
_abstract(AbstractServer, 'start_serving serve_forever wait_closed', is_async=True)


class AbstractEventLoop:
    """What an event loop can do; every method raises NotImplementedError here."""


_abstract(AbstractEventLoop, '''
    run_forever run_until_complete stop is_running is_closed close
    _timer_handle_cancelled call_soon call_later call_at time create_future create_task
    call_soon_threadsafe run_in_executor set_default_executor
    add_reader remove_reader add_writer remove_writer
    add_signal_handler remove_signal_handler set_task_factory get_task_factory
    get_exception_handler set_exception_handler default_exception_handler
    call_exception_handler get_debug set_debug''')
_abstract(AbstractEventLoop, '''
    shutdown_asyncgens shutdown_default_executor
    getaddrinfo getnameinfo create_connection create_server start_tls
    create_unix_connection create_unix_server connect_accepted_socket
    create_datagram_endpoint connect_read_pipe connect_write_pipe
    subprocess_shell subprocess_exec sendfile
    sock_recv sock_recv_into sock_recvfrom sock_recvfrom_into sock_sendall sock_sendto
    sock_connect sock_accept sock_sendfile''', is_async=True)


class AbstractEventLoopPolicy:
    """Knows which event loop belongs to whom, and how one is made.

    get_event_loop() never gives None; new_event_loop() does not set the loop it gives.
    """


_abstract(AbstractEventLoopPolicy,
          'get_event_loop set_event_loop new_event_loop get_child_watcher set_child_watcher')


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
