"""The event loop.

Callbacks that are due lie in `_ready`, those for later in the heap `_scheduled`.  One round takes
what is due, sleeping in the selector until something is, and calls what lay in `_ready` when the
round began.
"""

__all__ = ('BaseEventLoop', 'Server')

import collections
import heapq
import sys
import threading
import time
import weakref

from . import constants, coroutines, events, exceptions, futures, tasks
from ._late import LateModule
from .log import logger

# What makes connections asks for it here.
socket = LateModule('socket')
subprocess = LateModule('subprocess')

from . import _connections
from ._connections import (Server, _check_ssl_socket, _interleave_addrinfos, _ipaddr_info,
                           _SendfileFallbackProtocol, _set_nodelay, _set_reuseport)

_HAS_IPv6 = True

# Cancelled timers are taken out of the heap when it has more handles than this, and more than
# this part of them is cancelled.
_MIN_SCHEDULED_TIMER_HANDLES = 100
_MIN_CANCELLED_TIMER_HANDLES_FRACTION = 0.5

# A day, in seconds.  Selectors of some systems cannot sleep for longer than some weeks.
MAXIMUM_SELECT_TIMEOUT = 24 * 3600


def _run_until_complete_cb(future):
    """The last callback of what run_until_complete() runs."""
    if not future.cancelled() and isinstance(future.exception(), (SystemExit, KeyboardInterrupt)):
        # The error is leaving run_forever() itself; stop() would hold for the next run.
        return
    futures._get_loop(future).stop()


def _without_caller(thing):
    """The handle or task, its place of origin being one frame further out."""
    if thing._source_traceback:
        thing._source_traceback.pop()
    return thing


class BaseEventLoop(_connections.ConnectionMethods, events.AbstractEventLoop):
    """An event loop that leaves to subclasses how descriptors are watched."""

    _debug = False
    _closed = False
    # Whether this round is the last one.
    _stopping = False
    # The identity of the thread in which the loop runs.
    _thread_id = None
    # The handle that is being called, in debug mode.
    _current_handle = None
    # How long a callback may take in debug mode until it is logged, in seconds.
    slow_callback_duration = 0.1
    _exception_handler = None
    _task_factory = None
    _default_executor = None
    _executor_shutdown_called = False
    _asyncgens_shutdown_called = False
    _internal_fds = 0
    # Of the handles in the heap.
    _timer_cancelled_count = 0
    # What coroutine origin tracking was before, where it is on because of debug mode.
    _origin_depth_before = None

    def __init__(self):
        self._ready = collections.deque()
        self._scheduled = []
        self._clock_resolution = time.get_clock_info('monotonic').resolution
        # The asynchronous generators that have begun in this loop.
        self._asyncgens = weakref.WeakSet()
        self.set_debug(coroutines._is_debug_mode())

    def __repr__(self):
        return (f'<{type(self).__name__} running={self.is_running()} '
                f'closed={self.is_closed()} debug={self.get_debug()}>')

    # Futures and tasks.

    def create_future(self):
        """A new future of the loop."""
        return futures.Future(loop=self)

    def create_task(self, coro, *, name=None, context=None):
        """A new task of the loop, which runs the coroutine."""
        self._check_closed()
        if self._task_factory is None:
            return _without_caller(tasks.Task(coro, loop=self, name=name, context=context))
        # Factories by others may know neither of contexts nor of names.
        more = {} if context is None else {'context': context}
        task = self._task_factory(self, coro, **more)
        if name is not None and hasattr(task, 'set_name'):
            task.set_name(name)
        return task

    def set_task_factory(self, factory):
        """Set what create_task() makes tasks with: called with the loop, the coroutine, and
        perhaps a context by keyword; None for Task."""
        if not (factory is None or callable(factory)):
            raise TypeError('task factory must be a callable or None')
        self._task_factory = factory

    def get_task_factory(self):
        """The task factory, or None."""
        return self._task_factory

    # Running.

    def run_forever(self):
        """Run until stop() is called."""
        self._check_closed()
        self._check_running()
        self._set_coroutine_origin_tracking(self._debug)
        hooks_before = sys.get_asyncgen_hooks()
        try:
            self._thread_id = threading.get_ident()
            sys.set_asyncgen_hooks(firstiter=self._asyncgen_firstiter_hook,
                                   finalizer=self._asyncgen_finalizer_hook)
            events._set_running_loop(self)
            self._run_once()
            while not self._stopping:
                self._run_once()
        finally:
            self._stopping = False
            self._thread_id = None
            events._set_running_loop(None)
            self._set_coroutine_origin_tracking(False)
            sys.set_asyncgen_hooks(*hooks_before)

    def run_until_complete(self, future):
        """Run until a future is done; its result.  A coroutine becomes a task."""
        self._check_closed()
        self._check_running()
        awaited = tasks.ensure_future(future, loop=self)
        ours = awaited is not future
        if ours:
            # Nobody else can see what becomes of it.
            awaited._log_destroy_pending = False
        awaited.add_done_callback(_run_until_complete_cb)
        try:
            self.run_forever()
        except BaseException:
            if ours and awaited.done() and not awaited.cancelled():
                # Counts as retrieved: it is this very error.
                awaited.exception()
            raise
        finally:
            awaited.remove_done_callback(_run_until_complete_cb)
        if awaited.done():
            return awaited.result()
        raise RuntimeError('Event loop stopped before Future completed.')

    def stop(self):
        """Let this round be the last one."""
        self._stopping = True

    def is_running(self):
        """Whether the loop runs."""
        return self._thread_id is not None

    def close(self):
        """Close the event loop, which must not be running; what it still has to do is dropped."""
        if self.is_running():
            raise RuntimeError("Cannot close a running event loop")
        if self._closed:
            return
        if self._debug:
            logger.debug("Close %r", self)
        self._closed = self._executor_shutdown_called = True
        self._ready.clear()
        self._scheduled.clear()
        executor, self._default_executor = self._default_executor, None
        if executor is not None:
            executor.shutdown(wait=False)

    def is_closed(self):
        """Whether the loop is closed."""
        return self._closed

    def __del__(self):
        if not self.is_closed():
            import warnings
            warnings.warn(f"unclosed event loop {self!r}", ResourceWarning, source=self)
            if not self.is_running():
                self.close()

    def _check_closed(self):
        if self._closed:
            raise RuntimeError('Event loop is closed')

    def _check_running(self):
        if self.is_running():
            raise RuntimeError('This event loop is already running')
        if events._get_running_loop() is not None:
            raise RuntimeError('Cannot run the event loop while another loop is running')

    # Asynchronous generators.

    def _asyncgen_firstiter_hook(self, agen):
        if self._asyncgens_shutdown_called:
            import warnings
            warnings.warn(f"asynchronous generator {agen!r} was scheduled after "
                          "loop.shutdown_asyncgens() call", ResourceWarning, source=self)
        self._asyncgens.add(agen)

    def _asyncgen_finalizer_hook(self, agen):
        self._asyncgens.discard(agen)
        # It may die in any thread, by the collector.
        if not self._closed:
            self.call_soon_threadsafe(self.create_task, agen.aclose())

    async def shutdown_asyncgens(self):
        """Close all asynchronous generators that began in this loop and have not ended."""
        self._asyncgens_shutdown_called = True
        left = list(self._asyncgens)
        if not left:
            return
        self._asyncgens.clear()
        outcomes = await tasks.gather(*(agen.aclose() for agen in left), return_exceptions=True)
        for agen, outcome in zip(left, outcomes):
            if isinstance(outcome, Exception):
                self.call_exception_handler({
                    'message': 'an error occurred during closing of '
                               f'asynchronous generator {agen!r}',
                    'exception': outcome,
                    'asyncgen': agen,
                })

    # Callbacks.

    def time(self):
        """The time in seconds by the loop's clock."""
        return time.monotonic()

    def call_soon(self, callback, *args, context=None):
        """Arrange for a callback to be called as soon as possible; a handle to cancel it by.

        Callbacks are called in the order in which they were arranged for, each once.
        """
        self._check_call(callback, 'call_soon')
        handle = events.Handle(callback, args, self, context)
        if handle._source_traceback:
            handle._source_traceback.pop()
        self._ready.append(handle)
        return handle

    def call_soon_threadsafe(self, callback, *args, context=None):
        """Like call_soon(), but from any thread."""
        self._check_closed()
        if self._debug:
            self._check_callback(callback, 'call_soon_threadsafe')
        handle = _without_caller(events.Handle(callback, args, self, context))
        self._ready.append(handle)
        self._write_to_self()
        return handle

    def call_later(self, delay, callback, *args, context=None):
        """Arrange for a callback to be called after some seconds; a handle to cancel it by.

        Callbacks of the same time are called in any order.
        """
        if delay is None:
            raise TypeError('delay must not be None')
        due = self.time() + delay
        return _without_caller(self.call_at(due, callback, *args, context=context))

    def call_at(self, when, callback, *args, context=None):
        """Like call_later(), at a time of the loop's clock."""
        if when is None:
            raise TypeError("when cannot be None")
        self._check_call(callback, 'call_at')
        timer = _without_caller(events.TimerHandle(when, callback, args, self, context))
        heapq.heappush(self._scheduled, timer)
        timer._scheduled = True
        return timer

    def _check_call(self, callback, method):
        self._check_closed()
        if self._debug:
            self._check_thread()
            self._check_callback(callback, method)

    def _check_callback(self, callback, method):
        if coroutines.iscoroutine(callback) or coroutines.iscoroutinefunction(callback):
            raise TypeError(f"coroutines cannot be used with {method}()")
        if not callable(callback):
            raise TypeError(f'a callable object was expected by {method}(), got {callback!r}')

    def _check_thread(self):
        if self._thread_id not in (None, threading.get_ident()):
            raise RuntimeError("Non-thread-safe operation invoked on an event loop other "
                               "than the current one")

    def _write_to_self(self):
        """Wake the loop."""
        raise NotImplementedError

    # Executors.

    def run_in_executor(self, executor, func, *args):
        """Call a function in an executor, the loop's own if None is given; a future."""
        self._check_closed()
        if self._debug:
            self._check_callback(func, 'run_in_executor')
        if executor is None:
            executor = self._own_executor()
        return futures.wrap_future(executor.submit(func, *args), loop=self)

    def _own_executor(self):
        if self._executor_shutdown_called:
            raise RuntimeError('Executor shutdown has been called')
        if self._default_executor is None:
            from concurrent.futures import ThreadPoolExecutor
            self._default_executor = ThreadPoolExecutor(thread_name_prefix='asyncio')
        return self._default_executor

    def set_default_executor(self, executor):
        """Set the loop's own executor, a ThreadPoolExecutor."""
        from concurrent.futures import ThreadPoolExecutor
        if not isinstance(executor, ThreadPoolExecutor):
            raise TypeError('executor must be ThreadPoolExecutor instance')
        self._default_executor = executor

    async def shutdown_default_executor(self, timeout=None):
        """Wait for the default executor to end, at most `timeout` seconds, after which a
        RuntimeWarning is shown."""
        self._executor_shutdown_called = True
        executor = self._default_executor
        if executor is None:
            return
        ended = self.create_future()
        # A thread waits, as this one has the loop to run.
        closer = threading.Thread(target=self._do_shutdown, args=(ended,))
        closer.start()
        from .timeouts import timeout as limit
        try:
            async with limit(timeout):
                await ended
        except TimeoutError:
            import warnings
            warnings.warn("The executor did not finishing joining "
                          f"its threads within {timeout} seconds.",
                          RuntimeWarning, stacklevel=2)
            self._default_executor.shutdown(wait=False)
        else:
            closer.join()

    def _do_shutdown(self, future):
        try:
            self._default_executor.shutdown(wait=True)
            if not self._closed:
                self.call_soon_threadsafe(futures._set_result_unless_cancelled, future, None)
        except Exception as exc:
            if not (self._closed or future.cancelled()):
                self.call_soon_threadsafe(future.set_exception, exc)

    # Errors.

    def get_exception_handler(self):
        """What is called with errors of callbacks; None if that is the default handler."""
        return self._exception_handler

    def set_exception_handler(self, handler):
        """Set what is called with errors of callbacks: with the loop and a dict, for which see
        call_exception_handler(); None for the default handler."""
        if not (handler is None or callable(handler)):
            raise TypeError(f'A callable object or None is expected, got {handler!r}')
        self._exception_handler = handler

    def default_exception_handler(self, context):
        """Log an error: the message, what else is in the context, and the exception."""
        running = self._current_handle
        if 'source_traceback' not in context and running and running._source_traceback:
            context['handle_traceback'] = running._source_traceback
        lines = [context.get('message') or 'Unhandled exception in event loop']
        for key in sorted(context.keys() - {'message', 'exception'}):
            lines.append(f'{key}: {_describe(key, context[key])}')
        # logging takes an exception for itself with its type and traceback.
        logger.error('\n'.join(lines), exc_info=_exc_info(context.get('exception')))

    def call_exception_handler(self, context):
        """Have the handler of errors called, by default the one that logs them.

        The context is a dict with 'message' and perhaps 'exception', 'future', 'task', 'handle',
        'protocol', 'transport', 'socket', 'asyncgen' and further keys.
        """
        try:
            if self._exception_handler is None:
                self._log_error(context, 'Exception in default exception handler')
            else:
                self._call_custom_handler(context)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as exc:
            self._log_error({'message': 'Unhandled error in exception handler',
                             'exception': exc,
                             'context': context},
                            'Exception in default exception handler while handling an unexpected '
                            'error in custom exception handler')

    def _log_error(self, context, if_fails):
        try:
            self.default_exception_handler(context)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException:
            # There is no further handler: the method may be a subclass's, which failed.
            logger.error(if_fails, exc_info=True)

    def _call_custom_handler(self, context):
        # An error of a task or callback is handled in its context variables, if it has some.
        for origin in map(context.get, ('task', 'future', 'handle')):
            if origin is not None:
                own = origin.get_context() if hasattr(origin, 'get_context') else None
                if own is not None and hasattr(own, 'run'):
                    own.run(self._exception_handler, self, context)
                    return
                break
        self._exception_handler(self, context)

    # Rounds.

    def _process_events(self, event_list):
        """Act on what the selector tells."""
        raise NotImplementedError

    def _add_callback(self, handle):
        if not handle._cancelled:
            self._ready.append(handle)

    def _add_callback_signalsafe(self, handle):
        self._add_callback(handle)
        self._write_to_self()

    def _timer_handle_cancelled(self, handle):
        if handle._scheduled:
            self._timer_cancelled_count += 1

    def _drop_cancelled_timers(self):
        """Take the cancelled handles out of the heap: all if they are many, or else those that
        lie at its top."""
        timers = self._scheduled
        size = len(timers)
        many = size * _MIN_CANCELLED_TIMER_HANDLES_FRACTION
        if size > _MIN_SCHEDULED_TIMER_HANDLES and self._timer_cancelled_count > many:
            for handle in timers:
                handle._scheduled = not handle._cancelled
            self._scheduled = [handle for handle in timers if handle._scheduled]
            heapq.heapify(self._scheduled)
            self._timer_cancelled_count = 0
        else:
            while timers and timers[0]._cancelled:
                heapq.heappop(timers)._scheduled = False
                self._timer_cancelled_count -= 1

    def _run_once(self):
        """One round: sleep until something is due, and do all that is."""
        if self._scheduled:
            self._drop_cancelled_timers()
        ready = self._ready
        timers = self._scheduled
        if ready or self._stopping:
            sleep = 0
        elif timers:
            sleep = min(max(timers[0]._when - self.time(), 0), MAXIMUM_SELECT_TIMEOUT)
        else:
            sleep = None
        self._process_events(self._selector.select(sleep))
        if timers:
            # The clock may not tell it from now.
            horizon = self.time() + self._clock_resolution
            while timers and timers[0]._when < horizon:
                handle = heapq.heappop(timers)
                handle._scheduled = False
                ready.append(handle)
        # What the callbacks add is for the next round.
        for _ in range(len(ready)):
            handle = ready.popleft()
            if handle._cancelled:
                continue
            if self._debug:
                self._run_watched(handle)
            else:
                handle._run()

    def _run_watched(self, handle):
        """Call a handle; log it if that takes long."""
        self._current_handle = handle
        try:
            began = self.time()
            handle._run()
            took = self.time() - began
            if took >= self.slow_callback_duration:
                owner = getattr(handle._callback, '__self__', None)
                logger.warning('Executing %s took %.3f seconds',
                               repr(owner) if isinstance(owner, tasks.Task) else str(handle), took)
        finally:
            self._current_handle = None

    # Debug mode.

    def get_debug(self):
        """Whether the loop checks and logs more."""
        return self._debug

    def set_debug(self, enabled):
        """Set whether the loop checks and logs more."""
        self._debug = enabled
        if self.is_running():
            self.call_soon_threadsafe(self._set_coroutine_origin_tracking, enabled)

    def _set_coroutine_origin_tracking(self, enabled):
        """Have coroutines know where they were made, or as it was before."""
        tracks = self._origin_depth_before is not None
        if enabled and not tracks:
            self._origin_depth_before = sys.get_coroutine_origin_tracking_depth()
            sys.set_coroutine_origin_tracking_depth(constants.DEBUG_STACK_DEPTH)
        elif tracks and not enabled:
            sys.set_coroutine_origin_tracking_depth(self._origin_depth_before)
            self._origin_depth_before = None


def _exc_info(error):
    return False if error is None else (type(error), error, error.__traceback__)


def _describe(key, value):
    """An entry of an error's context as it is logged."""
    owner = {'source_traceback': 'Object', 'handle_traceback': 'Handle'}.get(key)
    if owner is None:
        return repr(value)
    import traceback
    stack = ''.join(traceback.format_list(value)).rstrip()
    return f'{owner} created at (most recent call last):\n{stack}'
