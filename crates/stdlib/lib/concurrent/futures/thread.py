"""An executor whose calls run in threads.

Threads are made when there is work and none of them is idle; they take work from one queue.  None
in the queue makes a thread look whether it should end, and tell the next.
"""

import itertools
import os
import threading
import types
import weakref
from _queue import Empty, SimpleQueue

from . import _base

# The queue that each thread takes work from.
_threads_queues = weakref.WeakKeyDictionary()
_shutdown = False
# Taken while threads are made, so that none comes into being at the program's end.
_global_shutdown_lock = threading.Lock()


def _python_exit():
    """Let all threads end when the work is done, and wait for them."""
    global _shutdown
    with _global_shutdown_lock:
        _shutdown = True
    ending = list(_threads_queues.items())
    for _, queue in ending:
        queue.put(None)
    for thread, _ in ending:
        thread.join()


threading._register_atexit(_python_exit)

if hasattr(os, 'register_at_fork'):
    os.register_at_fork(before=_global_shutdown_lock.acquire,
                        after_in_child=_global_shutdown_lock._at_fork_reinit,
                        after_in_parent=_global_shutdown_lock.release)


class _WorkItem:
    """A call and its future."""

    def __init__(self, future, fn, args, kwargs):
        self.future = future
        self.fn, self.args, self.kwargs = fn, args, kwargs

    def run(self):
        """Make the call, unless it was cancelled."""
        if self.future.set_running_or_notify_cancel():
            try:
                value = self.fn(*self.args, **self.kwargs)
            except BaseException as error:
                self.future.set_exception(error)
                # The exception's traceback refers to this frame.
                self = None
            else:
                self.future.set_result(value)

    __class_getitem__ = classmethod(types.GenericAlias)


def _worker(executor_reference, work_queue, initializer, initargs):
    """What a thread does.  Between calls it refers to neither the executor nor a call."""
    if initializer is not None:
        try:
            initializer(*initargs)
        except BaseException:
            _base._log("critical", 'Exception in initializer:', exc_info=True)
            if (executor := executor_reference()) is not None:
                executor._initializer_failed()
            return
    try:
        while _do_next(work_queue, executor_reference):
            pass
    except BaseException:
        _base._log("critical", 'Exception in worker', exc_info=True)


def _do_next(work_queue, executor_reference):
    """Take something from the queue and do it; whether the thread goes on."""
    try:
        work = work_queue.get_nowait()
    except Empty:
        # While it waits, submit() need not make another thread.
        if (executor := executor_reference()) is not None:
            executor._idle_semaphore.release()
        del executor
        work = work_queue.get(block=True)
    if work is not None:
        work.run()
        return True
    # It ends with the program, with its executor, and when that was shut down.
    executor = executor_reference()
    if executor is not None:
        if not (_shutdown or executor._shutdown):
            return True
        executor._shutdown = True
    # The next thread is told.
    work_queue.put(None)
    return False


class BrokenThreadPool(_base.BrokenExecutor):
    """The initializer of a thread has failed."""


class ThreadPoolExecutor(_base.Executor):
    """Runs calls in a pool of threads."""

    _counter = itertools.count().__next__

    def __init__(self, max_workers=None, thread_name_prefix='', initializer=None, initargs=()):
        """At most `max_workers` threads (the number of processors and 4 unless given, at most
        32), named with a prefix, each of which first calls `initializer`."""
        if max_workers is None:
            max_workers = min(32, 4 + (os.cpu_count() or 1))
        if max_workers <= 0:
            raise ValueError("max_workers must be greater than 0")
        if not (initializer is None or callable(initializer)):
            raise TypeError("initializer must be a callable")
        self._max_workers = max_workers
        self._initializer, self._initargs = initializer, initargs
        self._thread_name_prefix = thread_name_prefix or f"ThreadPoolExecutor-{self._counter()}"
        self._threads = set()
        self._work_queue = SimpleQueue()
        # Counts the threads that wait for work.
        self._idle_semaphore = threading.Semaphore(0)
        self._shutdown_lock = threading.Lock()
        self._shutdown = self._broken = False

    def submit(self, fn, /, *args, **kwargs):
        with self._shutdown_lock, _global_shutdown_lock:
            if self._broken:
                raise BrokenThreadPool(self._broken)
            if self._shutdown or _shutdown:
                what = 'interpreter shutdown' if not self._shutdown else 'shutdown'
                raise RuntimeError(f'cannot schedule new futures after {what}')
            future = _base.Future()
            self._work_queue.put(_WorkItem(future, fn, args, kwargs))
            self._adjust_thread_count()
        return future

    submit.__doc__ = _base.Executor.submit.__doc__

    def _adjust_thread_count(self):
        """Make a thread, if no thread waits for work and there may be more."""
        count = len(self._threads)
        if self._idle_semaphore.acquire(timeout=0) or count >= self._max_workers:
            return
        queue = self._work_queue
        # When the executor dies, its threads look whether they should end.
        executor = weakref.ref(self, lambda _: queue.put(None))
        thread = threading.Thread(name=f"{self._thread_name_prefix or self}_{count}",
                                  target=_worker,
                                  args=(executor, queue, self._initializer, self._initargs))
        thread.start()
        self._threads.add(thread)
        _threads_queues[thread] = queue

    def _drain(self):
        """The calls that have not begun; none is left in the queue."""
        while True:
            try:
                work_item = self._work_queue.get_nowait()
            except Empty:
                return
            if work_item is not None:
                yield work_item

    def _initializer_failed(self):
        with self._shutdown_lock:
            self._broken = 'A thread initializer failed, the thread pool is not usable anymore'
            for work_item in self._drain():
                work_item.future.set_exception(BrokenThreadPool(self._broken))

    def shutdown(self, wait=True, *, cancel_futures=False):
        with self._shutdown_lock:
            self._shutdown = True
            if cancel_futures:
                for work_item in self._drain():
                    work_item.future.cancel()
            # One thread that waits looks, and tells the others.
            self._work_queue.put(None)
        if wait:
            for thread in self._threads:
                thread.join()

    shutdown.__doc__ = _base.Executor.shutdown.__doc__
