"""An executor whose calls run in processes.

A manager thread hands calls to the workers through one queue, takes results from a pipe, and
watches whether workers have died.  Workers are started when there is work: all at once where they are
forked, since that must be done before there are threads, else one for each call that finds none idle.
"""

import itertools
import multiprocessing as mp
import os
import queue
import threading
import weakref
from multiprocessing.connection import wait
from multiprocessing.queues import Queue

from . import _base

# The wakeup of each manager thread.
_threads_wakeups = weakref.WeakKeyDictionary()
_global_shutdown = False

# Calls that wait in the queue besides those that run.
EXTRA_QUEUED_CALLS = 1


def _python_exit():
    """Let all manager threads end when the work is done, and wait for them."""
    global _global_shutdown
    _global_shutdown = True
    ending = list(_threads_wakeups.items())
    for _, bell in ending:
        bell.wakeup()
    for thread, _ in ending:
        thread.join()


threading._register_atexit(_python_exit)


class _ThreadWakeup:
    """A pipe by which the manager thread is woken."""

    def __init__(self):
        self._reader, self._writer = mp.Pipe(duplex=False)
        self._closed = False
        self._lock = threading.Lock()

    def wakeup(self):
        with self._lock:
            if not self._closed:
                self._writer.send_bytes(b"")

    def clear(self):
        with self._lock:
            while not self._closed and self._reader.poll():
                self._reader.recv_bytes()

    def close(self):
        with self._lock:
            if not self._closed:
                self._writer.close()
                self._reader.close()
                self._closed = True


class _RemoteTraceback(Exception):
    """The traceback of an exception in a worker, as a text."""

    def __init__(self, tb):
        self.tb = tb

    def __str__(self):
        return self.tb


def _traceback_text(exc):
    import traceback
    lines = traceback.format_exception(type(exc), exc, exc.__traceback__)
    return '\n"""\n' + ''.join(lines) + '"""'


class _ExceptionWithTraceback:
    """An exception that is pickled with the text of its traceback."""

    def __init__(self, exc):
        self.tb = _traceback_text(exc)
        # The traceback refers to frames, and those to much else.
        self.exc = exc.with_traceback(None)

    def __reduce__(self):
        return _rebuild_exc, (self.exc, self.tb)


def _rebuild_exc(exc, tb):
    exc.__cause__ = _RemoteTraceback(tb)
    return exc


class _WorkItem:
    """A call and its future, in the parent."""

    def __init__(self, future, fn, args, kwargs):
        self.future = future
        self.fn, self.args, self.kwargs = fn, args, kwargs


class _CallItem:
    """A call, as a worker gets it."""

    def __init__(self, work_id, fn, args, kwargs):
        self.work_id = work_id
        self.fn, self.args, self.kwargs = fn, args, kwargs


class _ResultItem:
    """What a worker sends back; `exit_pid` is its number if it ends now."""

    def __init__(self, work_id, exception=None, result=None, exit_pid=None):
        self.work_id, self.exit_pid = work_id, exit_pid
        self.exception, self.result = exception, result


class _SafeQueue(Queue):
    """The queue of calls: one that cannot be pickled fails, the others go on."""

    # Of workers that have ended the manager thread knows.
    _ignore_epipe = True

    def __init__(self, max_size=0, *, ctx, pending_work_items, shutdown_lock, thread_wakeup):
        super().__init__(max_size, ctx=ctx)
        self.pending_work_items = pending_work_items
        self.shutdown_lock = shutdown_lock
        self.thread_wakeup = thread_wakeup

    def _on_queue_feeder_error(self, e, obj):
        if not isinstance(obj, _CallItem):
            super()._on_queue_feeder_error(e, obj)
            return
        e.__cause__ = _RemoteTraceback(_traceback_text(e))
        failed = self.pending_work_items.pop(obj.work_id, None)
        self.thread_wakeup.wakeup()
        if failed is not None:
            failed.future.set_exception(e)


# In a worker.

def _process_worker(call_queue, result_queue, initializer, initargs, max_tasks=None):
    if initializer is not None:
        try:
            initializer(*initargs)
        except BaseException:
            _base._log("critical", 'Exception in initializer:', exc_info=True)
            # The parent sees that this process has died.
            return
    done = 0
    while (call := call_queue.get(block=True)) is not None:
        done += 1
        exit_pid = os.getpid() if done == max_tasks else None
        _answer(call, result_queue, exit_pid)
        if exit_pid is not None:
            return
        # No reference is kept while waiting.
        call = None
    # The parent counts the workers that have ended so.
    result_queue.put(os.getpid())


def _answer(call, result_queue, exit_pid):
    """Make a call and send what comes of it; if that cannot be sent, why not."""
    try:
        outcome = {'result': call.fn(*call.args, **call.kwargs)}
    except BaseException as exc:
        outcome = {'exception': _ExceptionWithTraceback(exc)}
    try:
        result_queue.put(_ResultItem(call.work_id, exit_pid=exit_pid, **outcome))
    except BaseException as exc:
        instead = _ExceptionWithTraceback(exc)
        result_queue.put(_ResultItem(call.work_id, exception=instead, exit_pid=exit_pid))


def _process_chunk(fn, chunk):
    return [fn(*args) for args in chunk]


class BrokenProcessPool(_base.BrokenExecutor):
    """A worker has died while there were calls to be made."""


# What the queue of calls may need.
_LEAST_SEMAPHORES = 256


def _check_system_limits():
    """NotImplementedError where the system has too few semaphores."""
    available = os.sysconf("SC_SEM_NSEMS_MAX")
    # -1: as many as there is memory for.
    if 0 <= available < _LEAST_SEMAPHORES:
        raise NotImplementedError("system provides too few semaphores (%d available, %d necessary)"
                                  % (available, _LEAST_SEMAPHORES))


class _ExecutorManagerThread(threading.Thread):
    """Hands out calls and takes results; refers to the executor only weakly."""

    def __init__(self, executor):
        super().__init__()
        bell = self.thread_wakeup = executor._executor_manager_thread_wakeup
        # When the executor dies the thread looks whether it should end.
        self.executor_reference = weakref.ref(executor, lambda _: bell.wakeup())
        self.shutdown_lock = executor._shutdown_lock
        # By number, the calls that have no result yet; the numbers of those not handed out yet.
        self.pending_work_items = executor._pending_work_items
        self.work_ids_queue = executor._work_ids
        self.call_queue, self.result_queue = executor._call_queue, executor._result_queue
        self.processes = executor._processes

    def run(self):
        while True:
            self._hand_out_calls()
            news, death = self._await_news()
            if death is not None:
                self._give_up(death)
                return
            if news is not None:
                self._take(news)
                # No reference is kept while waiting.
                del news
            if self._should_end():
                self._cancel_if_asked()
                self._hand_out_calls()
                if not self.pending_work_items:
                    self._dismiss_workers()
                    self._release()
                    return

    def _hand_out_calls(self):
        """Fill the queue of calls with those that were not cancelled."""
        while not self.call_queue.full():
            try:
                number = self.work_ids_queue.get_nowait()
            except queue.Empty:
                break
            work = self.pending_work_items[number]
            if work.future.set_running_or_notify_cancel():
                self.call_queue.put(_CallItem(number, work.fn, work.args, work.kwargs))
            else:
                del self.pending_work_items[number]

    def _await_news(self):
        """Wait for a result, the bell, or a worker's death.

        Gives the result if that is what came, and in case of death the lines that tell what broke
        the pipe, if something did.
        """
        results, bell = self.result_queue._reader, self.thread_wakeup._reader
        ready = wait([results, bell, *(p.sentinel for p in list(self.processes.values()))])
        news = death = None
        if results in ready:
            try:
                news = results.recv()
            except BaseException as exc:
                import traceback
                death = traceback.format_exception(type(exc), exc, exc.__traceback__)
        elif bell not in ready:
            death = []
        self.thread_wakeup.clear()
        return news, death

    def _take(self, news):
        """Give a result to the one who waits, and have a worker for the next call."""
        # A bare number is that of a worker which was told to end.
        ended = news if isinstance(news, int) else news.exit_pid
        if not isinstance(news, int):
            work = self.pending_work_items.pop(news.work_id, None)
            if work is not None:
                if news.exception is None:
                    work.future.set_result(news.result)
                else:
                    work.future.set_exception(news.exception)
            del work
        if ended:
            self.processes.pop(ended).join()
        executor = self.executor_reference()
        if executor is None:
            return
        if ended and not isinstance(news, int):
            with self.shutdown_lock:
                executor._adjust_process_count()
        else:
            executor._idle_worker_semaphore.release()

    def _should_end(self):
        executor = self.executor_reference()
        return _global_shutdown or executor is None or executor._shutdown_thread

    def _cancel_if_asked(self):
        """The executor is being shut down; cancel the calls that were not handed out, if that was
        asked for."""
        executor = self.executor_reference()
        if executor is None:
            return
        executor._shutdown_thread = True
        if executor._cancel_pending_futures:
            executor._cancel_pending_futures = False
            for number, work in list(self.pending_work_items.items()):
                if work.future.cancel():
                    del self.pending_work_items[number]
            while not self.work_ids_queue.empty():
                self.work_ids_queue.get_nowait()

    def _give_up(self, lines):
        """A worker has died: nobody knows what it had, so all calls fail."""
        executor = self.executor_reference()
        if executor is not None:
            executor._broken = ('A child process terminated '
                                'abruptly, the process pool is not '
                                'usable anymore')
            executor._shutdown_thread = True
            executor = None
        broken = BrokenProcessPool("A process in the process pool was "
                                   "terminated abruptly while the future was "
                                   "running or pending.")
        if lines:
            broken.__cause__ = _RemoteTraceback(f"\n'''\n{''.join(lines)}'''")
        for number in list(self.pending_work_items):
            work = self.pending_work_items.pop(number)
            try:
                work.future.set_exception(broken)
            except _base.InvalidStateError:
                # It was cancelled.
                pass
            del work
        for process in self.processes.values():
            process.terminate()
        self.call_queue._terminate_broken()
        self._release()

    def _dismiss_workers(self):
        """Tell each worker to end; the queue may have room for some of these messages only."""
        to_tell = self._alive()
        while to_tell > 0 and self._alive():
            try:
                self.call_queue.put_nowait(None)
                to_tell -= 1
            except queue.Full:
                pass

    def _alive(self):
        return sum(process.is_alive() for process in self.processes.values())

    def _release(self):
        self.call_queue.close()
        self.call_queue.join_thread()
        with self.shutdown_lock:
            self.thread_wakeup.close()
        for process in self.processes.values():
            process.join()


class ProcessPoolExecutor(_base.Executor):
    """Runs calls in a pool of processes."""

    def __init__(self, max_workers=None, mp_context=None,
                 initializer=None, initargs=(), *, max_tasks_per_child=None):
        """At most `max_workers` processes (the number of processors unless given), each of
        which first calls `initializer`, and ends after `max_tasks_per_child` calls."""
        _check_system_limits()
        if max_workers is None:
            max_workers = os.cpu_count() or 1
        elif max_workers <= 0:
            raise ValueError("max_workers must be greater than 0")
        self._max_workers = max_workers
        if mp_context is None:
            # Forked workers cannot be replaced: by then there are threads.
            mp_context = mp.get_context(None if max_tasks_per_child is None else "spawn")
        self._mp_context = context = mp_context
        self._safe_to_dynamically_spawn_children = (
            context.get_start_method(allow_none=False) != "fork")
        if not (initializer is None or callable(initializer)):
            raise TypeError("initializer must be a callable")
        self._initializer, self._initargs = initializer, initargs
        if max_tasks_per_child is not None:
            if not isinstance(max_tasks_per_child, int):
                raise TypeError("max_tasks_per_child must be an integer")
            if max_tasks_per_child <= 0:
                raise ValueError("max_tasks_per_child must be >= 1")
            if context.get_start_method(allow_none=False) == "fork":
                raise ValueError("max_tasks_per_child is incompatible with"
                                 " the 'fork' multiprocessing start method;"
                                 " supply a different mp_context.")
        self._max_tasks_per_child = max_tasks_per_child
        self._broken = self._shutdown_thread = self._cancel_pending_futures = False
        self._shutdown_lock = threading.Lock()
        # The calls that were submitted, by number; how many there were.
        self._pending_work_items = {}
        self._work_ids = queue.Queue()
        self._queue_count = 0
        # By number of the system; how many of them wait for a call.
        self._processes = {}
        self._idle_worker_semaphore = threading.Semaphore(0)
        self._executor_manager_thread = None
        self._executor_manager_thread_wakeup = _ThreadWakeup()
        self._result_queue = context.SimpleQueue()
        self._call_queue = _SafeQueue(
            max_workers + EXTRA_QUEUED_CALLS, ctx=context,
            pending_work_items=self._pending_work_items, shutdown_lock=self._shutdown_lock,
            thread_wakeup=self._executor_manager_thread_wakeup)

    def _start_executor_manager_thread(self):
        if self._executor_manager_thread is not None:
            return
        if not self._safe_to_dynamically_spawn_children:
            self._launch_processes()
        manager = self._executor_manager_thread = _ExecutorManagerThread(self)
        manager.start()
        _threads_wakeups[manager] = self._executor_manager_thread_wakeup

    def _launch_processes(self):
        assert self._executor_manager_thread is None, (
            'Processes cannot be fork()ed after the thread has started, '
            'deadlock in the child processes could result.')
        while len(self._processes) < self._max_workers:
            self._spawn_process()

    def _adjust_process_count(self):
        """Start a worker, if none is idle and there may be more."""
        idle = self._idle_worker_semaphore.acquire(blocking=False)
        if not idle and len(self._processes) < self._max_workers:
            self._spawn_process()

    def _spawn_process(self):
        worker = self._mp_context.Process(
            target=_process_worker,
            args=(self._call_queue, self._result_queue, self._initializer, self._initargs,
                  self._max_tasks_per_child))
        worker.start()
        self._processes[worker.pid] = worker

    def submit(self, fn, /, *args, **kwargs):
        with self._shutdown_lock:
            if self._broken:
                raise BrokenProcessPool(self._broken)
            if self._shutdown_thread or _global_shutdown:
                what = 'shutdown' if self._shutdown_thread else 'interpreter shutdown'
                raise RuntimeError(f'cannot schedule new futures after {what}')
            number, self._queue_count = self._queue_count, self._queue_count + 1
            future = _base.Future()
            self._pending_work_items[number] = _WorkItem(future, fn, args, kwargs)
            self._work_ids.put(number)
            self._executor_manager_thread_wakeup.wakeup()
            if self._safe_to_dynamically_spawn_children:
                self._adjust_process_count()
            self._start_executor_manager_thread()
        return future

    submit.__doc__ = _base.Executor.submit.__doc__

    def map(self, fn, *iterables, timeout=None, chunksize=1):
        """Like the builtin map(), but the calls begin now.

        The arguments are sent to the processes `chunksize` at a time.
        """
        if chunksize < 1:
            raise ValueError("chunksize must be >= 1.")
        import functools
        arguments = zip(*iterables)
        chunks = iter(lambda: tuple(itertools.islice(arguments, chunksize)), ())
        return _flattened(super().map(functools.partial(_process_chunk, fn), chunks,
                                      timeout=timeout))

    def shutdown(self, wait=True, *, cancel_futures=False):
        bell = self._executor_manager_thread_wakeup
        with self._shutdown_lock:
            self._cancel_pending_futures = cancel_futures
            self._shutdown_thread = True
            if bell is not None:
                bell.wakeup()
        if wait:
            if self._executor_manager_thread is not None:
                self._executor_manager_thread.join()
            if self._result_queue is not None:
                self._result_queue.close()
        # What is open is closed with the thread, which refers to it, too.
        self._executor_manager_thread = self._executor_manager_thread_wakeup = None
        self._call_queue = self._result_queue = self._processes = None

    shutdown.__doc__ = _base.Executor.shutdown.__doc__


def _flattened(lists):
    """The elements of lists; no reference is kept to those that were given."""
    for elements in lists:
        elements.reverse()
        while elements:
            yield elements.pop()
