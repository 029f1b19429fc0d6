"""Tasks, and waiting for them.

A task drives its coroutine in steps, each of them a callback of the loop.  What the coroutine
yields says when the next step is due: a future (marked as awaited) when that is done, None at
once.
"""

__all__ = (
    'Task', 'create_task',
    'FIRST_COMPLETED', 'FIRST_EXCEPTION', 'ALL_COMPLETED',
    'wait', 'wait_for', 'as_completed', 'sleep',
    'gather', 'shield', 'ensure_future', 'run_coroutine_threadsafe',
    'current_task', 'all_tasks',
    'create_eager_task_factory', 'eager_task_factory',
    '_register_task', '_unregister_task', '_enter_task', '_leave_task',
)

import itertools
import types
import weakref
from types import GenericAlias

from _contextvars import copy_context as _copy_context

from . import base_tasks, coroutines, events, exceptions, futures, timeouts

# Which tasks there are ----------------------------------------------------------------------

# Those that wait, or have a step to come.
_scheduled_tasks = weakref.WeakSet()
# Eager ones, in their first step.
_eager_tasks = set()
# For each loop the task whose step is being run.
_current_tasks = {}


def _register_task(task):
    """Let all_tasks() know of a task; it is forgotten when nobody else refers to it."""
    _scheduled_tasks.add(task)


def _unregister_task(task):
    """Take back _register_task()."""
    _scheduled_tasks.discard(task)


def _register_eager_task(task):
    """Let all_tasks() know of a task that begins at once."""
    _eager_tasks.add(task)


def _unregister_eager_task(task):
    """Take back _register_eager_task()."""
    _eager_tasks.discard(task)


def _enter_task(loop, task):
    running = _current_tasks.get(loop)
    if running is not None:
        raise RuntimeError(f"Cannot enter into task {task!r} while another "
                           f"task {running!r} is being executed.")
    _current_tasks[loop] = task


def _leave_task(loop, task):
    running = _current_tasks.get(loop)
    if running is not task:
        raise RuntimeError(f"Leaving task {task!r} does not match the current task {running!r}.")
    del _current_tasks[loop]


def _swap_current_task(loop, task):
    """Make another task, or none, the loop's current one; which it was."""
    previous = _current_tasks.pop(loop, None)
    if task is not None:
        _current_tasks[loop] = task
    return previous


def current_task(loop=None):
    """The task that the loop (the running one) runs just now; None outside of tasks."""
    return _current_tasks.get(events.get_running_loop() if loop is None else loop)


def all_tasks(loop=None):
    """The tasks of the loop (the running one) that are not done, as a set."""
    if loop is None:
        loop = events.get_running_loop()
    known = [*_snapshot(_scheduled_tasks), *_eager_tasks]
    return {task for task in known if futures._get_loop(task) is loop and not task.done()}


def _snapshot(tasks):
    # While the weak set is read, other threads may add members, which breaks the iteration.
    for _ in range(1000):
        try:
            return list(tasks)
        except RuntimeError:
            continue
    return list(tasks)


# Tasks --------------------------------------------------------------------------------------

_task_name_counter = itertools.count(1).__next__


class Task(futures.Future):
    """A coroutine that the event loop runs, and the future of its result."""

    # Whether it is reported if the task dies before it is done.
    _log_destroy_pending = True
    # What is asked of the task that it has not seen yet: CancelledError in the next step.
    _must_cancel = False
    _num_cancels_requested = 0
    # The future that the next step waits for.
    _fut_waiter = None

    def __init__(self, coro, *, loop=None, name=None, context=None, eager_start=False):
        super().__init__(loop=loop)
        if self._source_traceback:
            self._source_traceback.pop()
        if not coroutines.iscoroutine(coro):
            # An object that never was a task does not die as one.
            self._log_destroy_pending = False
            raise TypeError(f"a coroutine was expected, got {coro!r}")
        self._coro = coro
        self._name = f'Task-{_task_name_counter()}' if name is None else str(name)
        self._context = _copy_context() if context is None else context
        if eager_start and self._loop.is_running():
            self.__start_now()
        else:
            self._loop.call_soon(self.__step, context=self._context)
            _scheduled_tasks.add(self)

    def __del__(self):
        if self._log_destroy_pending and self._state == futures._PENDING:
            report = {'task': self, 'message': 'Task was destroyed but it is pending!'}
            if self._source_traceback:
                report['source_traceback'] = self._source_traceback
            self._loop.call_exception_handler(report)
        super().__del__()

    __class_getitem__ = classmethod(GenericAlias)

    def __repr__(self):
        return base_tasks._task_repr(self)

    def get_coro(self):
        """The coroutine."""
        return self._coro

    def get_context(self):
        """The context that the coroutine runs in."""
        return self._context

    def get_name(self):
        """The task's name."""
        return self._name

    def set_name(self, value):
        """Set the task's name, a string."""
        self._name = str(value)

    def set_result(self, result):
        raise RuntimeError('Task does not support set_result operation')

    def set_exception(self, exception):
        raise RuntimeError('Task does not support set_exception operation')

    def get_stack(self, *, limit=None):
        """A list of frames: where the suspended coroutine is, or of the traceback of the
        exception that ended it.  Empty for one that ended otherwise.

        With `limit`, so many of them: the newest of a stack, the oldest of a traceback.
        """
        return base_tasks._task_get_stack(self, limit)

    def print_stack(self, *, limit=None, file=None):
        """Print what get_stack() gives, as tracebacks are."""
        return base_tasks._task_print_stack(self, limit, file)

    def cancel(self, msg=None):
        """Request that this task cancel itself.

        CancelledError is raised in the coroutine the next time it runs, which may catch it and
        even go on.  False if the task is done, otherwise True.
        """
        self._log_traceback = False
        if self._state != futures._PENDING:
            return False
        self._num_cancels_requested += 1
        waits_for = self._fut_waiter
        # Where what it waits for can be cancelled, the next step learns of it from there.
        if waits_for is None or not waits_for.cancel(msg=msg):
            self._must_cancel = True
            self._cancel_message = msg
        return True

    def cancelling(self):
        """How many requests to cancel the task there are that uncancel() has not taken back."""
        return self._num_cancels_requested

    def uncancel(self):
        """Take a request to cancel the task back; how many there are now."""
        self._num_cancels_requested = max(self._num_cancels_requested - 1, 0)
        return self._num_cancels_requested

    def __start_now(self):
        """Run the first step inside of whatever runs now."""
        interrupted = _swap_current_task(self._loop, self)
        _eager_tasks.add(self)
        try:
            self._context.run(self.__advance, None)
        finally:
            _eager_tasks.discard(self)
            stepped = _swap_current_task(self._loop, interrupted)
            if self._state == futures._PENDING:
                _scheduled_tasks.add(self)
            else:
                self._coro = None
            assert stepped is self
            # An exception's traceback would keep the task alive by this frame.
            self = stepped = None

    def __step(self, error=None):
        """Run the coroutine for a while, raising the error in it if there is one."""
        if self._state != futures._PENDING:
            raise exceptions.InvalidStateError(f'_step(): already done: {self!r}, {error!r}')
        if self._must_cancel:
            self._must_cancel = False
            if not isinstance(error, exceptions.CancelledError):
                error = self._make_cancelled_error()
        self._fut_waiter = None
        loop = self._loop
        _enter_task(loop, self)
        try:
            self.__advance(error)
        finally:
            _leave_task(loop, self)
            self = None

    def __advance(self, error):
        coro = self._coro
        try:
            awaited = coro.send(None) if error is None else coro.throw(error)
        except StopIteration as end:
            if self._must_cancel:
                # It was cancelled in its last step: too late to tell the coroutine.
                self._must_cancel = False
                super().cancel(msg=self._cancel_message)
            else:
                super().set_result(end.value)
        except exceptions.CancelledError as cancelled:
            # Whoever awaits the task gets this one, with its traceback.
            self._cancelled_exc = cancelled
            super().cancel()
        except BaseException as raised:
            super().set_exception(raised)
            if isinstance(raised, (KeyboardInterrupt, SystemExit)):
                # The program is to end, too.
                raise
        else:
            self.__suspend(awaited)
        finally:
            self = None

    def __suspend(self, awaited):
        """Arrange for the next step, when what the coroutine yielded is there."""
        marked = getattr(awaited, '_asyncio_future_blocking', None)
        if marked and futures._get_loop(awaited) is self._loop and awaited is not self:
            awaited._asyncio_future_blocking = False
            awaited.add_done_callback(self.__wakeup, context=self._context)
            self._fut_waiter = awaited
            if self._must_cancel and awaited.cancel(msg=self._cancel_message):
                self._must_cancel = False
        elif awaited is None:
            self._loop.call_soon(self.__step, context=self._context)
        else:
            mistake = RuntimeError(self.__complaint(awaited, marked))
            self._loop.call_soon(self.__step, mistake, context=self._context)

    def __complaint(self, awaited, marked):
        """Why the task cannot wait for what the coroutine yielded."""
        if marked is None:
            if isinstance(awaited, types.GeneratorType):
                return ('yield was used instead of yield from for '
                        f'generator in task {self!r} with {awaited!r}')
            return f'Task got bad yield: {awaited!r}'
        if futures._get_loop(awaited) is not self._loop:
            return f'Task {self!r} got Future {awaited!r} attached to a different loop'
        if not marked:
            return f'yield was used instead of yield from in task {self!r} with {awaited!r}'
        return f'Task cannot await on itself: {self!r}'

    def __wakeup(self, future):
        # The coroutine asks the future itself for its value; errors are thrown in.
        try:
            future.result()
        except BaseException as error:
            self.__step(error)
        else:
            self.__step()
        self = None


def create_task(coro, *, name=None, context=None):
    """Make a task of the running loop for a coroutine."""
    loop = events.get_running_loop()
    # Loops by others may not know of contexts.
    more = {} if context is None else {'context': context}
    return loop.create_task(coro, name=name, **more)


def create_eager_task_factory(custom_task_constructor):
    """A task factory for event loops, whose tasks begin to run when they are made; only those
    that have to wait are scheduled."""

    def factory(loop, coro, *, name=None, context=None):
        return custom_task_constructor(
            coro, loop=loop, name=name, context=context, eager_start=True)

    return factory


eager_task_factory = create_eager_task_factory(Task)


async def _wrap_awaitable(awaitable):
    return await awaitable


def ensure_future(coro_or_future, *, loop=None):
    """A future as it is; for a coroutine or another awaitable, a task of the loop."""
    if futures.isfuture(coro_or_future):
        if loop is not None and futures._get_loop(coro_or_future) is not loop:
            raise ValueError('The future belongs to a different loop than '
                             'the one specified as the loop argument')
        return coro_or_future
    if coroutines.iscoroutine(coro_or_future):
        coro, theirs = coro_or_future, True
    elif hasattr(type(coro_or_future), '__await__'):
        coro, theirs = _wrap_awaitable(coro_or_future), False
    else:
        raise TypeError('An asyncio.Future, a coroutine or an awaitable is required')
    if loop is None:
        loop = events.get_event_loop()
    try:
        return loop.create_task(coro)
    except RuntimeError:
        # The loop is closed.  Theirs is not to be reported as never awaited.
        if theirs:
            coro.close()
        raise


def run_coroutine_threadsafe(coro, loop):
    """Run a coroutine in a loop of another thread; a future of concurrent.futures."""
    if not coroutines.iscoroutine(coro):
        raise TypeError('A coroutine object is required')
    from concurrent.futures import Future
    promise = Future()

    def start():
        try:
            futures._chain_future(ensure_future(coro, loop=loop), promise)
        except BaseException as exc:
            if (not isinstance(exc, (SystemExit, KeyboardInterrupt))
                    and promise.set_running_or_notify_cancel()):
                promise.set_exception(exc)
            raise

    loop.call_soon_threadsafe(start)
    return promise


# Waiting ------------------------------------------------------------------------------------

FIRST_COMPLETED = 'FIRST_COMPLETED'
FIRST_EXCEPTION = 'FIRST_EXCEPTION'
ALL_COMPLETED = 'ALL_COMPLETED'

# For each kind of wait(), whether one future that is done ends it.
_ENDS_WAIT = {
    FIRST_COMPLETED: lambda future: True,
    FIRST_EXCEPTION: lambda future: not future.cancelled() and future.exception() is not None,
    ALL_COMPLETED: lambda future: False,
}


def _wake(waiter, *_):
    if not waiter.done():
        waiter.set_result(None)


async def wait(fs, *, timeout=None, return_when=ALL_COMPLETED):
    """Wait for futures and tasks, at most so many seconds; the set of those that are done, and
    that of the others.

    `return_when` tells what is waited for: all of them, the first, or the first that fails.
    """
    if futures.isfuture(fs) or coroutines.iscoroutine(fs):
        raise TypeError(f"expect a list of futures, not {type(fs).__name__}")
    if not fs:
        raise ValueError('Set of Tasks/Futures is empty.')
    if return_when not in tuple(_ENDS_WAIT):
        raise ValueError(f'Invalid return_when value: {return_when}')
    fs = set(fs)
    if any(map(coroutines.iscoroutine, fs)):
        raise TypeError("Passing coroutines is forbidden, use tasks explicitly.")
    return await _wait(fs, timeout, return_when, events.get_running_loop())


async def _wait(fs, timeout, return_when, loop):
    assert fs, 'Set of Futures is empty.'
    ends_wait = _ENDS_WAIT[return_when]
    missing = set(fs)
    waiter = loop.create_future()
    alarm = None if timeout is None else loop.call_later(timeout, _wake, waiter)

    def on_completion(future):
        missing.discard(future)
        if not missing or ends_wait(future):
            if alarm is not None:
                alarm.cancel()
            _wake(waiter)

    for future in fs:
        future.add_done_callback(on_completion)
    try:
        await waiter
    finally:
        if alarm is not None:
            alarm.cancel()
        for future in fs:
            future.remove_done_callback(on_completion)
    done = {future for future in fs if future.done()}
    return done, fs - done


async def wait_for(fut, timeout):
    """Wait for one future or coroutine, at most so many seconds; its result.

    When the time is over it is cancelled, and TimeoutError is raised once it has ended.  Where
    this call is cancelled, so is the future.
    """
    if timeout is None or timeout > 0:
        async with timeouts.timeout(timeout):
            return await fut
    fut = ensure_future(fut)
    if not fut.done():
        await _cancel_and_wait(fut)
        if fut.cancelled():
            try:
                fut.result()
            except exceptions.CancelledError as exc:
                raise TimeoutError from exc
    return fut.result()


async def _cancel_and_wait(fut):
    """Cancel a future and wait until it has ended.

    The future itself is not awaited: its being cancelled could not be told from ours.
    """
    waiter = events.get_running_loop().create_future()

    def ended(_):
        _wake(waiter)

    fut.add_done_callback(ended)
    try:
        fut.cancel()
        await waiter
    finally:
        fut.remove_done_callback(ended)


def as_completed(fs, *, timeout=None):
    """An iterator of awaitables: the first gives the result of the future that is done first,
    and so on.  Those that have none when the time is over raise TimeoutError.
    """
    if futures.isfuture(fs) or coroutines.iscoroutine(fs):
        raise TypeError(f"expect an iterable of futures, not {type(fs).__name__}")
    from .queues import Queue
    finished = Queue()
    loop = events.get_event_loop()
    running = {ensure_future(future, loop=loop) for future in set(fs)}
    alarm = None

    def on_completion(future):
        if future in running:
            running.remove(future)
            finished.put_nowait(future)
            if alarm is not None and not running:
                alarm.cancel()

    def on_timeout():
        while running:
            running.pop().remove_done_callback(on_completion)
            # In the place of each of them, for the awaitable that waits for it.
            finished.put_nowait(None)

    async def next_result():
        future = await finished.get()
        if future is None:
            raise exceptions.TimeoutError
        return future.result()

    for future in running:
        future.add_done_callback(on_completion)
    if timeout is not None and running:
        alarm = loop.call_later(timeout, on_timeout)
    for _ in range(len(running)):
        yield next_result()


@types.coroutine
def _yield_once():
    # Gives others a turn, at less cost than a future.
    yield


async def sleep(delay, result=None):
    """Wait for so many seconds, and give `result`.  With 0 or less others get a turn."""
    if delay <= 0:
        await _yield_once()
        return result
    loop = events.get_running_loop()
    wakeup = loop.create_future()
    alarm = loop.call_later(delay, futures._set_result_unless_cancelled, wakeup, result)
    try:
        return await wakeup
    finally:
        alarm.cancel()


class _GatheringFuture(futures.Future):
    """What gather() gives: the results of its children, in their order.

    To cancel it is to cancel the children; it is done only when they are.
    """

    _cancel_requested = False

    def __init__(self, children, *, loop, missing, return_exceptions):
        super().__init__(loop=loop)
        self._children = children
        self._return_exceptions = return_exceptions
        # How many are not done.  Fewer than there are children, if one was given twice.
        self._missing = missing

    def cancel(self, msg=None):
        if self.done():
            return False
        # All of them, not only up to the first that agrees.
        agreed = [child.cancel(msg=msg) for child in self._children]
        if any(agreed):
            # To be remembered in case the children end otherwise.
            self._cancel_requested = True
            return True
        return False

    def _child_done(self, child):
        self._missing -= 1
        if self.done():
            if not child.cancelled():
                # Nobody will ask for this one: it counts as retrieved.
                child.exception()
            return
        if not self._return_exceptions:
            failure = child._make_cancelled_error() if child.cancelled() else child.exception()
            if failure is not None:
                self.set_exception(failure)
                return
        if self._missing:
            return
        results = [_outcome(child) for child in self._children]
        if self._cancel_requested:
            self.set_exception(child._make_cancelled_error())
        else:
            self.set_result(results)


def _outcome(child):
    """The result of a future that is done, or what it raised, as an object."""
    if child.cancelled():
        message = child._cancel_message
        return exceptions.CancelledError('' if message is None else message)
    error = child.exception()
    return child.result() if error is None else error


def gather(*coros_or_futures, return_exceptions=False):
    """A future of the results of several awaitables, a list in the order of the arguments.

    Coroutines become tasks.  With `return_exceptions`, exceptions are results; otherwise the
    first one that a child raises is raised at once, while the others go on.  To cancel the future
    is to cancel all children that are not done; a child that is cancelled counts as if it raised
    CancelledError.
    """
    if not coros_or_futures:
        nothing = events.get_event_loop().create_future()
        nothing.set_result([])
        return nothing

    def _done_callback(child):
        outer._child_done(child)

    loop = None
    tasks = {}
    for arg in coros_or_futures:
        if arg in tasks:
            continue
        task = tasks[arg] = ensure_future(arg, loop=loop)
        if loop is None:
            loop = futures._get_loop(task)
        if task is not arg:
            # Made here: nobody else can see what becomes of it.
            task._log_destroy_pending = False
    outer = _GatheringFuture([tasks[arg] for arg in coros_or_futures], loop=loop,
                             missing=len(tasks), return_exceptions=return_exceptions)
    # Those that are done already, as eager tasks may be, are not worth a callback; they count
    # when the others have theirs.
    ended = []
    for task in tasks.values():
        if task.done():
            ended.append(task)
        else:
            task.add_done_callback(_done_callback)
    for task in ended:
        outer._child_done(task)
    return outer


def shield(arg):
    """Wait for a future in such a way that it goes on if the waiting is cancelled.

    Keep a reference to it: the loop has only weak ones.
    """
    inner = ensure_future(arg)
    if inner.done():
        return inner
    outer = futures._get_loop(inner).create_future()

    def _inner_done_callback(inner):
        if not outer.cancelled():
            futures._settle_like(outer, inner)
        elif not inner.cancelled():
            # Nobody will ask for its exception: it counts as retrieved.
            inner.exception()

    def _outer_done_callback(outer):
        if not inner.done():
            inner.remove_done_callback(_inner_done_callback)

    inner.add_done_callback(_inner_done_callback)
    outer.add_done_callback(_outer_done_callback)
    return outer


# By these names the tests tell what is written in Python from what is not.
_PyTask = Task
for _function in (current_task, _register_task, _register_eager_task, _unregister_task,
                  _unregister_eager_task, _enter_task, _leave_task, _swap_current_task):
    globals()['_py_' + _function.__name__.removeprefix('_')] = _function
del _function
