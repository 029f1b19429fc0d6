"""Pools of processes (and of threads) that calls are handed to.

Three threads serve a pool: one hands tasks to the workers, one takes their results, one replaces
workers that have ended.  A task is (job, place, function, arguments, keywords), a result (job,
place, (success, value)).
"""

__all__ = ['Pool', 'ThreadPool']

import collections
import functools
import itertools
import os
import queue
import threading
import time
import traceback
import types
import warnings

from . import get_context, util

INIT, RUN, CLOSE, TERMINATE = "INIT", "RUN", "CLOSE", "TERMINATE"

job_counter = itertools.count()


def mapstar(args):
    return list(map(*args))


def starmapstar(args):
    return list(itertools.starmap(args[0], args[1]))


class RemoteTraceback(Exception):
    """The traceback of an exception in a worker, as a text."""

    def __init__(self, tb):
        self.tb = tb

    def __str__(self):
        return self.tb


class ExceptionWithTraceback:
    """An exception that is pickled with the text of its traceback."""

    def __init__(self, exc, tb):
        lines = traceback.format_exception(type(exc), exc, tb)
        self.tb = '\n"""\n' + ''.join(lines) + '"""'
        self.exc = exc

    def __reduce__(self):
        return rebuild_exc, (self.exc, self.tb)


def rebuild_exc(exc, tb):
    exc.__cause__ = RemoteTraceback(tb)
    return exc


class MaybeEncodingError(Exception):
    """A result could not be sent; probably it cannot be pickled."""

    def __init__(self, exc, value):
        shown = repr(exc), repr(value)
        super().__init__(*shown)
        self.exc, self.value = shown

    def __str__(self):
        return f"Error sending result: '{self.value}'. Reason: '{self.exc}'"

    def __repr__(self):
        return f"<{type(self).__name__}: {self}>"


# In a worker.

def worker(inqueue, outqueue, initializer=None, initargs=(), maxtasks=None,
           wrap_exception=False):
    """What a worker does until it gets None, or has done `maxtasks` tasks."""
    if not (maxtasks is None or isinstance(maxtasks, int) and maxtasks >= 1):
        raise AssertionError(f"Maxtasks {maxtasks!r} is not valid")
    if hasattr(inqueue, '_writer'):
        # A worker that kept these ends open would not see the pool's end.
        inqueue._writer.close()
        outqueue._reader.close()
    if initializer is not None:
        initializer(*initargs)
    done = 0
    while done != maxtasks:
        try:
            task = inqueue.get()
        except (EOFError, OSError):
            why = 'EOFError or OSError'
            task = None
        else:
            why = 'sentinel'
        if task is None:
            util.debug(f'worker got {why} -- exiting')
            break
        _answer(outqueue.put, wrap_exception, *task)
        # No task is kept while waiting for the next.
        task = None
        done += 1
    util.debug('worker exiting after %d tasks' % done)


def _answer(put, wrap_exception, job, place, func, args, kwds):
    """Make the call, and send what comes of it."""
    try:
        outcome = True, func(*args, **kwds)
    except Exception as exc:
        # What only brings an error from the other side has its traceback from there.
        wrap = wrap_exception and func is not _helper_reraises_exception
        outcome = False, ExceptionWithTraceback(exc, exc.__traceback__) if wrap else exc
    try:
        put((job, place, outcome))
    except Exception as exc:
        instead = MaybeEncodingError(exc, outcome[1])
        util.debug("Possible encoding error while sending result: %s" % instead)
        put((job, place, (False, instead)))


def _helper_reraises_exception(ex):
    raise ex


# In the pool's threads.  None of them may refer to the pool: it ends when nobody else does.

class _Crew:
    """The workers, and what it takes to make more of them."""

    def __init__(self, pool):
        self.workers = pool._pool
        self._size = pool._processes
        self._make = functools.partial(
            pool.Process, pool._ctx, target=worker,
            args=(pool._inqueue, pool._outqueue, pool._initializer, pool._initargs,
                  pool._maxtasksperchild, pool._wrap_exception))

    def fill(self):
        """Start as many workers as are missing."""
        for _ in range(self._size - len(self.workers)):
            one = self._make()
            one.name = one.name.replace('Process', 'PoolWorker')
            one.daemon = True
            one.start()
            self.workers.append(one)
            util.debug('added worker')

    def dismiss_ended(self):
        """Forget the workers that have ended; whether there were any."""
        ended = [place for place, one in enumerate(self.workers) if one.exitcode is not None]
        for place in reversed(ended):
            util.debug('cleaning up worker %d' % place)
            self.workers.pop(place).join()
        return bool(ended)

    def terminate(self):
        """End those that can be ended; threads cannot."""
        for one in self.workers:
            if hasattr(one, 'terminate') and one.exitcode is None:
                one.terminate()

    def join(self):
        """Wait for those that were ended."""
        for one in self.workers:
            if hasattr(one, 'terminate') and one.is_alive():
                one.join()


def _keep_crew(crew, cache, taskqueue, wake):
    """Replace workers that end, until the pool is closed and all results are there, or it is
    terminated."""
    thread = threading.current_thread()
    while thread._state == RUN or (cache and thread._state != TERMINATE):
        if crew.dismiss_ended():
            crew.fill()
        wake.wait(0.1)
        wake.clear()
    # The thread that hands out tasks ends.
    taskqueue.put(None)
    util.debug('worker handler exiting')


def _hand_out(taskqueue, put, outqueue, workers, cache):
    """Give tasks to the workers, and then the signal to end."""
    thread = threading.current_thread()
    while True:
        batch = taskqueue.get()
        if batch is None:
            util.debug('task handler got sentinel')
            break
        if not _hand_out_batch(*batch, thread, put, cache):
            util.debug('task handler found thread._state != RUN')
            break
        batch = None
    try:
        # First to the thread that takes results, and then to the workers.
        outqueue.put(None)
        for _ in workers:
            put(None)
    except OSError:
        util.debug('task handler got OSError when sending sentinels')
    util.debug('task handler exiting')


def _hand_out_batch(tasks, set_length, thread, put, cache):
    last = -1
    for task in tasks:
        if thread._state != RUN:
            return False
        job, last = task[:2]
        try:
            put(task)
        except Exception as exc:
            _deliver(cache, job, last, (False, exc))
    if set_length is not None:
        util.debug('doing set_length()')
        set_length(last + 1)
    return True


def _take_results(get, cache, wake):
    """Give results to those that wait for them, until there are no more workers."""
    thread = threading.current_thread()
    # True after the last task was handed out.
    closing = False
    while not closing or (cache and thread._state != TERMINATE):
        try:
            result = get()
        except (OSError, EOFError):
            util.debug('result handler got EOFError/OSError -- exiting')
            return
        if thread._state == TERMINATE:
            break
        if result is None:
            closing = True
            continue
        _deliver(cache, *result)
        result = None
        if not cache:
            wake.set()
    wake.set()


def _deliver(cache, job, place, outcome):
    # Nobody may wait for it any longer.
    try:
        cache[job]._set(place, outcome)
    except KeyError:
        pass


class Pool:
    """A pool of processes, with functions like those of the builtin map."""

    _wrap_exception = True

    @staticmethod
    def Process(ctx, *args, **kwds):
        return ctx.Process(*args, **kwds)

    # Until everything is there, __del__ has nothing to do.
    _state = INIT

    def __init__(self, processes=None, initializer=None, initargs=(),
                 maxtasksperchild=None, context=None):
        self._pool = []
        self._ctx = context or get_context()
        self._setup_queues()
        self._taskqueue = queue.SimpleQueue()
        # By job, what waits for its results.
        self._cache = {}
        # Set when the thread that keeps the workers has something to look at.
        self._wake = threading.Event()
        self._processes = processes = os.cpu_count() or 1 if processes is None else processes
        if processes < 1:
            raise ValueError("Number of processes must be at least 1")
        if not (maxtasksperchild is None
                or isinstance(maxtasksperchild, int) and maxtasksperchild > 0):
            raise ValueError("maxtasksperchild must be a positive int or None")
        if not (initializer is None or callable(initializer)):
            raise TypeError('initializer must be a callable')
        self._maxtasksperchild = maxtasksperchild
        self._initializer, self._initargs = initializer, initargs
        crew = _Crew(self)
        try:
            crew.fill()
        except Exception:
            crew.terminate()
            for one in self._pool:
                one.join()
            raise
        self._worker_handler = _start_thread(
            _keep_crew, crew, self._cache, self._taskqueue, self._wake)
        self._task_handler = _start_thread(
            _hand_out, self._taskqueue, self._quick_put, self._outqueue, self._pool, self._cache)
        self._result_handler = _start_thread(
            _take_results, self._quick_get, self._cache, self._wake)
        self._terminate = util.Finalize(
            self, self._terminate_pool,
            args=(self._taskqueue, self._inqueue, self._outqueue, crew, self._wake,
                  self._worker_handler, self._task_handler, self._result_handler),
            exitpriority=15)
        self._state = RUN

    def _repopulate_pool(self):
        _Crew(self).fill()

    def __del__(self, _warn=warnings.warn, RUN=RUN):
        if self._state == RUN:
            _warn(f"unclosed running multiprocessing pool {self!r}",
                  ResourceWarning, source=self)
            self._wake.set()

    def __repr__(self):
        kind = type(self)
        return (f'<{kind.__module__}.{kind.__qualname__} '
                f'state={self._state} pool_size={len(self._pool)}>')

    def _setup_queues(self):
        new_queue = self._ctx.SimpleQueue
        self._inqueue, self._outqueue = new_queue(), new_queue()
        # Without the queues' locks: each of these ends has one user.
        self._quick_put = self._inqueue._writer.send
        self._quick_get = self._outqueue._reader.recv

    def _check_running(self):
        if self._state != RUN:
            raise ValueError("Pool not running")

    # Calls.

    def apply(self, func, args=(), kwds={}):
        """Equivalent of `func(*args, **kwds)`.  Pool must be running."""
        return self.apply_async(func, args, kwds).get()

    def map(self, func, iterable, chunksize=None):
        """Apply `func` to each element in `iterable`, collecting the results in a list that is
        returned."""
        return self._map_async(func, iterable, mapstar, chunksize).get()

    def starmap(self, func, iterable, chunksize=None):
        """Like `map()` method but the elements of the `iterable` are expected to be iterables
        as well and will be unpacked as arguments."""
        return self._map_async(func, iterable, starmapstar, chunksize).get()

    def starmap_async(self, func, iterable, chunksize=None, callback=None, error_callback=None):
        """Asynchronous version of `starmap()` method."""
        return self._map_async(func, iterable, starmapstar, chunksize, callback, error_callback)

    def _submit(self, result, func, items, set_length=None):
        """Have a function called with each of the items, for a result that is to come."""
        self._taskqueue.put((_tasks_of(result._job, func, items), set_length))
        return result

    def _imap(self, kind, func, iterable, chunksize):
        self._check_running()
        if chunksize == 1:
            result = kind(self)
            return self._submit(result, func, iterable, result._set_length)
        if chunksize < 1:
            raise ValueError("Chunksize must be 1+, not {0:n}".format(chunksize))
        result = kind(self)
        self._submit(result, mapstar, _chunks(func, iterable, chunksize), result._set_length)
        return (item for chunk in result for item in chunk)

    def imap(self, func, iterable, chunksize=1):
        """Equivalent of `map()` -- can be MUCH slower than `Pool.map()`."""
        return self._imap(IMapIterator, func, iterable, chunksize)

    def imap_unordered(self, func, iterable, chunksize=1):
        """Like `imap()` method but ordering of results is arbitrary."""
        return self._imap(IMapUnorderedIterator, func, iterable, chunksize)

    def apply_async(self, func, args=(), kwds={}, callback=None, error_callback=None):
        """Asynchronous version of `apply()` method."""
        self._check_running()
        result = ApplyResult(self, callback, error_callback)
        self._taskqueue.put(([(result._job, 0, func, args, kwds)], None))
        return result

    def map_async(self, func, iterable, chunksize=None, callback=None, error_callback=None):
        """Asynchronous version of `map()` method."""
        return self._map_async(func, iterable, mapstar, chunksize, callback, error_callback)

    def _map_async(self, func, iterable, mapper, chunksize=None, callback=None,
                   error_callback=None):
        self._check_running()
        items = iterable if hasattr(iterable, '__len__') else list(iterable)
        count = len(items)
        if chunksize is None:
            # About four chunks for each worker.
            chunksize = -(-count // (4 * len(self._pool)))
        if not count:
            chunksize = 0
        result = MapResult(self, chunksize, count, callback, error_callback=error_callback)
        return self._submit(result, mapper, _chunks(func, items, chunksize))

    # The end.

    def __reduce__(self):
        raise NotImplementedError(
            'pool objects cannot be passed between processes or pickled')

    def close(self):
        """No more calls may be made; the workers end when all is done."""
        util.debug('closing pool')
        if self._state == RUN:
            self._state = CLOSE
            self._worker_handler._state = CLOSE
            self._wake.set()

    def terminate(self):
        """End the workers at once."""
        util.debug('terminating pool')
        self._state = TERMINATE
        self._terminate()

    def join(self):
        """Wait until the workers have ended; after close() or terminate()."""
        util.debug('joining pool')
        if self._state == RUN:
            raise ValueError("Pool is still running")
        if self._state not in (CLOSE, TERMINATE):
            raise ValueError("In unknown state")
        for ending in self._worker_handler, self._task_handler, self._result_handler, *self._pool:
            ending.join()

    @classmethod
    def _terminate_pool(cls, taskqueue, inqueue, outqueue, crew, wake,
                        worker_handler, task_handler, result_handler):
        threads = worker_handler, task_handler, result_handler
        for thread in threads:
            thread._state = TERMINATE
        # Each of them may be waiting.
        wake.set()
        outqueue.put(None)
        taskqueue.put(None)
        # The call may come from the death of the pool, in any thread.
        others = [thread for thread in threads if thread is not threading.current_thread()]
        # Nobody makes workers any more when they are ended.
        if worker_handler in others:
            others.remove(worker_handler)
            worker_handler.join()
        crew.terminate()
        # It may be writing to a pipe that nobody reads now.
        cls._help_stuff_finish(inqueue, task_handler, len(crew.workers))
        for thread in others:
            thread.join()
        crew.join()

    @staticmethod
    def _help_stuff_finish(inqueue, task_handler, size):
        while task_handler.is_alive() and inqueue._reader.poll():
            try:
                os.read(inqueue._reader.fileno(), 1 << 16)
            except OSError:
                break
            time.sleep(0)

    def __enter__(self):
        self._check_running()
        return self

    def __exit__(self, exc_type, exc_val, exc_tb):
        self.terminate()


def _start_thread(target, *args):
    thread = threading.Thread(target=target, args=args, daemon=True)
    thread._state = RUN
    thread.start()
    return thread


def _tasks_of(job, func, items):
    """The tasks of a job, one for each item; where the items raise an error, that is the last."""
    place = -1
    try:
        for place, item in enumerate(items):
            yield job, place, func, (item,), {}
    except Exception as exc:
        yield job, place + 1, _helper_reraises_exception, (exc,), {}


def _chunks(func, items, size):
    """The function with each chunk of items: what mapstar() and starmapstar() take."""
    items = iter(items)
    while chunk := tuple(itertools.islice(items, size)):
        yield func, chunk


# What results are waited for with.

class _Awaited:
    """Is known to the pool by the number of its job, until all is there."""

    def __init__(self, pool):
        self._pool = pool
        self._cache = pool._cache
        self._job = next(job_counter)
        self._cache[self._job] = self

    def _forget(self):
        del self._cache[self._job]
        # Which may end with it.
        self._pool = None


class ApplyResult(_Awaited):
    """The result of a call that may not have been made yet."""

    def __init__(self, pool, callback, error_callback):
        super().__init__(pool)
        self._event = threading.Event()
        self._callback, self._error_callback = callback, error_callback

    def ready(self):
        """Whether the result is there."""
        return self._event.is_set()

    def successful(self):
        """Whether the call returned; ValueError if it has not ended."""
        if self.ready():
            return self._success
        raise ValueError(f"{self!r} not ready")

    def wait(self, timeout=None):
        """Wait until the result is there, or for the time."""
        self._event.wait(timeout)

    def get(self, timeout=None):
        """The result, waiting for it; what the call raised is raised."""
        self.wait(timeout)
        if not self.ready():
            from . import TimeoutError
            raise TimeoutError
        if not self._success:
            raise self._value
        return self._value

    def _set(self, i, obj):
        self._success, self._value = obj
        self._finish()

    def _finish(self):
        """Tell those that want to know: all is there."""
        tell = self._callback if self._success else self._error_callback
        if tell:
            tell(self._value)
        self._event.set()
        self._forget()

    __class_getitem__ = classmethod(types.GenericAlias)


AsyncResult = ApplyResult


class MapResult(ApplyResult):
    """The results of a map, which come in chunks."""

    def __init__(self, pool, chunksize, length, callback, error_callback):
        super().__init__(pool, callback, error_callback=error_callback)
        self._success, self._value = True, [None] * length
        self._chunksize = chunksize
        if chunksize > 0:
            self._number_left = -(-length // chunksize)
        else:
            self._number_left = 0
            self._event.set()
            del self._cache[self._job]

    def _set(self, i, success_result):
        self._number_left -= 1
        # After the first error nothing else counts.
        if self._success:
            self._success, result = success_result
            if self._success:
                start = i * self._chunksize
                self._value[start:start + self._chunksize] = result
            else:
                self._value = result
        if not self._number_left:
            self._finish()


class IMapIterator(_Awaited):
    """The results of imap(), in order."""

    def __init__(self, pool):
        self._cond = threading.Condition(threading.Lock())
        # Those that can be given, and by number those that have others before them.
        self._items = collections.deque()
        self._unsorted = {}
        # How many have come in order, of how many, once that is known.
        self._index = 0
        self._length = None
        super().__init__(pool)

    def __iter__(self):
        return self

    def next(self, timeout=None):
        """The next result, waiting for it; TimeoutError when the time is over."""
        with self._cond:
            if not self._items and self._index != self._length:
                self._cond.wait(timeout)
            if not self._items:
                if self._index != self._length:
                    from . import TimeoutError
                    raise TimeoutError
                self._pool = None
                raise StopIteration
            success, value = self._items.popleft()
        if success:
            return value
        raise value

    __next__ = next

    def _set(self, i, obj):
        with self._cond:
            self._unsorted[i] = obj
            while self._index in self._unsorted:
                self._give(self._unsorted.pop(self._index))
            self._forget_if_all()

    def _give(self, outcome):
        self._items.append(outcome)
        self._index += 1
        self._cond.notify()

    def _forget_if_all(self):
        if self._index == self._length:
            self._forget()

    def _set_length(self, length):
        with self._cond:
            self._length = length
            if self._index == length:
                # Whoever waits for one more need not.
                self._cond.notify()
                self._forget()


class IMapUnorderedIterator(IMapIterator):
    """The results of imap_unordered(), as they come."""

    def _set(self, i, obj):
        with self._cond:
            self._give(obj)
            self._forget_if_all()


class ThreadPool(Pool):
    """A pool of threads with the same functions."""

    _wrap_exception = False

    @staticmethod
    def Process(ctx, *args, **kwds):
        from .dummy import Process
        return Process(*args, **kwds)

    def __init__(self, processes=None, initializer=None, initargs=()):
        super().__init__(processes, initializer, initargs)

    def _setup_queues(self):
        self._inqueue, self._outqueue = queue.SimpleQueue(), queue.SimpleQueue()
        self._quick_put, self._quick_get = self._inqueue.put, self._outqueue.get

    @staticmethod
    def _help_stuff_finish(inqueue, task_handler, size):
        # What is left in the queue is not done.
        try:
            while True:
                inqueue.get(block=False)
        except queue.Empty:
            pass
        for _ in range(size):
            inqueue.put(None)
