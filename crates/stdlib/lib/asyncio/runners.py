"""Running a program's main coroutine."""

__all__ = ('Runner', 'run')

import enum
import functools
import signal
import threading

from _contextvars import copy_context

from . import constants, coroutines, events, exceptions, tasks


class _State(enum.Enum):
    CREATED = "created"
    INITIALIZED = "initialized"
    CLOSED = "closed"


class Runner:
    """A context manager that controls event loop life cycle.

    The loop is made when it is first needed.  run() may be called several times, for coroutines
    that share loop and context.  At the end remaining tasks are cancelled, asynchronous
    generators and the default executor are shut down, and the loop is closed.
    """

    def __init__(self, *, debug=None, loop_factory=None):
        self._debug = debug
        self._loop_factory = loop_factory
        self._state = _State.CREATED
        self._loop = None
        self._context = None
        # How often Ctrl-C came during this run().
        self._interrupt_count = 0
        # Whether the loop was made the thread's one.
        self._set_event_loop = False

    def __enter__(self):
        self._lazy_init()
        return self

    def __exit__(self, exc_type, exc_val, exc_tb):
        self.close()

    def close(self):
        """End what still goes on in the loop, and close it."""
        if self._state is not _State.INITIALIZED:
            return
        loop = self._loop
        finish = loop.run_until_complete
        try:
            _cancel_all_tasks(loop)
            finish(loop.shutdown_asyncgens())
            finish(loop.shutdown_default_executor(constants.THREAD_JOIN_TIMEOUT))
        finally:
            if self._set_event_loop:
                events.set_event_loop(None)
            loop.close()
            self._state = _State.CLOSED
            self._loop = None

    def get_loop(self):
        """The event loop."""
        self._lazy_init()
        return self._loop

    def run(self, coro, *, context=None):
        """Run a coroutine in the loop, in the context given or the runner's; its result."""
        if not coroutines.iscoroutine(coro):
            raise ValueError(f"a coroutine was expected, got {coro!r}")
        if events._get_running_loop() is not None:
            raise RuntimeError("Runner.run() cannot be called from a running event loop")
        self._lazy_init()
        task = self._loop.create_task(coro, context=self._context if context is None else context)
        self._interrupt_count = 0
        restore_sigint = self._take_sigint(task)
        try:
            return self._loop.run_until_complete(task)
        except exceptions.CancelledError:
            # Of Ctrl-C alone, nobody else having cancelled the task.
            if self._interrupt_count and getattr(task, "uncancel", lambda: None)() == 0:
                raise KeyboardInterrupt()
            raise
        finally:
            restore_sigint()

    def _lazy_init(self):
        if self._state is _State.CLOSED:
            raise RuntimeError("Runner is closed")
        if self._state is _State.INITIALIZED:
            return
        if self._loop_factory is not None:
            self._loop = self._loop_factory()
        else:
            self._loop = events.new_event_loop()
            if not self._set_event_loop:
                # Child watchers are attached to the loop that is set.
                events.set_event_loop(self._loop)
                self._set_event_loop = True
        if self._debug is not None:
            self._loop.set_debug(self._debug)
        self._context = copy_context()
        self._state = _State.INITIALIZED

    def _take_sigint(self, task):
        """Have Ctrl-C cancel the task, if it is Python's to handle; what undoes that."""
        default = signal.default_int_handler
        if (threading.current_thread() is not threading.main_thread()
                or signal.getsignal(signal.SIGINT) is not default):
            return lambda: None
        ours = functools.partial(self._on_sigint, main_task=task)
        try:
            signal.signal(signal.SIGINT, ours)
        except ValueError:
            # The main thread, but not of the main interpreter.
            return lambda: None

        def restore():
            if signal.getsignal(signal.SIGINT) is ours:
                signal.signal(signal.SIGINT, default)

        return restore

    def _on_sigint(self, signum, frame, main_task):
        self._interrupt_count += 1
        if self._interrupt_count > 1 or main_task.done():
            raise KeyboardInterrupt()
        main_task.cancel()
        # In case the loop sleeps.
        self._loop.call_soon_threadsafe(lambda: None)


def run(main, *, debug=None, loop_factory=None):
    """Run a program's main coroutine in an event loop made for it, which is closed at the end;
    its result.

    RuntimeError where a loop runs in this thread already.
    """
    if events._get_running_loop() is not None:
        raise RuntimeError("asyncio.run() cannot be called from a running event loop")
    with Runner(debug=debug, loop_factory=loop_factory) as runner:
        return runner.run(main)


def _cancel_all_tasks(loop):
    left = tasks.all_tasks(loop)
    if not left:
        return
    for task in left:
        task.cancel()
    loop.run_until_complete(tasks.gather(*left, return_exceptions=True))
    for task in left:
        error = None if task.cancelled() else task.exception()
        if error is not None:
            loop.call_exception_handler({
                'message': 'unhandled exception during asyncio.run() shutdown',
                'exception': error,
                'task': task,
            })
