"""Queues that threads hand items through: first in first out, last in first out, by priority."""

import threading
import types
from _collections import deque
from heapq import heappop, heappush
from time import monotonic as time

try:
    from _queue import SimpleQueue
except ImportError:
    SimpleQueue = None

__all__ = ["Empty", "Full", "Queue", "PriorityQueue", "LifoQueue", "SimpleQueue"]


try:
    from _queue import Empty
except ImportError:
    class Empty(Exception):
        'Exception raised by Queue.get(block=0)/get_nowait().'


class Full(Exception):
    """Raised by Queue.put(block=0) and put_nowait() when there is no room."""


class Queue:
    """A queue of at most `maxsize` items; without limit if that is not positive.

    One mutex guards it; three conditions on it tell of items, of room, and of all tasks done.
    """

    def __init__(self, maxsize=0):
        self.maxsize = maxsize
        self._init(maxsize)
        self.mutex = threading.Lock()
        self.not_empty = threading.Condition(self.mutex)
        self.not_full = threading.Condition(self.mutex)
        self.all_tasks_done = threading.Condition(self.mutex)
        self.unfinished_tasks = 0

    def task_done(self):
        """Tell that the work on an item got from the queue is finished.

        When it was the last one, those who wait in join() go on.  Raises ValueError if called
        more often than items were put.
        """
        with self.all_tasks_done:
            left = self.unfinished_tasks - 1
            if left < 0:
                raise ValueError("task_done() called too many times")
            if left == 0:
                self.all_tasks_done.notify_all()
            self.unfinished_tasks = left

    def join(self):
        """Wait until the work on all items that were put is finished."""
        with self.all_tasks_done:
            while self.unfinished_tasks:
                self.all_tasks_done.wait()

    def qsize(self):
        """About how many items there are (not reliable)."""
        with self.mutex:
            return self._qsize()

    def empty(self):
        """Whether there are no items (not reliable)."""
        with self.mutex:
            return not self._qsize()

    def full(self):
        """Whether there is no room (not reliable)."""
        with self.mutex:
            return 0 < self.maxsize <= self._qsize()

    def put(self, item, block=True, timeout=None):
        """Put an item in.

        Where there is no room, wait for it (at most `timeout` seconds, if given); raise Full when
        the time is over, or at once if not to block.
        """
        with self.not_full:
            if 0 < self.maxsize:
                self._await(self.not_full, lambda: self._qsize() < self.maxsize,
                            block, timeout, Full)
            self._put(item)
            self.unfinished_tasks += 1
            self.not_empty.notify()

    def _await(self, condition, met, block, timeout, error):
        """Wait until something is met, as block and timeout say, or raise the error."""
        if not block:
            if not met():
                raise error
        elif timeout is None:
            while not met():
                condition.wait()
        elif timeout < 0:
            raise ValueError("'timeout' must be a non-negative number")
        else:
            end = time() + timeout
            while not met():
                left = end - time()
                if left <= 0.0:
                    raise error
                condition.wait(left)

    def get(self, block=True, timeout=None):
        """Take an item out.

        Where there is none, wait for one (at most `timeout` seconds, if given); raise Empty when
        the time is over, or at once if not to block.
        """
        with self.not_empty:
            # Most often there is something.
            if not self._qsize() or timeout is not None:
                self._await(self.not_empty, self._qsize, block, timeout, Empty)
            item = self._get()
            self.not_full.notify()
            return item

    def put_nowait(self, item):
        """put() without waiting."""
        return self.put(item, block=False)

    def get_nowait(self):
        """get() without waiting."""
        return self.get(block=False)

    # What subclasses override; called with the mutex held.

    def _init(self, maxsize):
        self.queue = deque()

    def _qsize(self):
        return len(self.queue)

    def _put(self, item):
        self.queue.append(item)

    def _get(self):
        return self.queue.popleft()

    __class_getitem__ = classmethod(types.GenericAlias)


class PriorityQueue(Queue):
    """A queue that hands out its smallest item first; items are often (priority, data)."""

    def _init(self, maxsize):
        self.queue = []

    def _get(self):
        return heappop(self.queue)

    def _put(self, item):
        heappush(self.queue, item)


class LifoQueue(Queue):
    """A queue that hands out the newest item first."""

    def _init(self, maxsize):
        self.queue = []

    def _get(self):
        return self.queue.pop()


class _PySimpleQueue:
    """A queue without limits, where there is none that is not written in Python."""

    def __init__(self):
        self._queue = deque()
        self._count = threading.Semaphore(0)

    def put(self, item, block=True, timeout=None):
        """Put an item in; the other arguments are those of Queue."""
        self._queue.append(item)
        self._count.release()

    def get(self, block=True, timeout=None):
        """Take an item out, see Queue.get()."""
        if (timeout or 0) < 0:
            raise ValueError("'timeout' must be a non-negative number")
        # Each item has a unit of the semaphore.
        if self._count.acquire(block, timeout):
            return self._queue.popleft()
        raise Empty

    def put_nowait(self, item):
        """put()."""
        return self.put(item, block=False)

    def get_nowait(self):
        """get() without waiting."""
        return self.get(block=False)

    def empty(self):
        """Whether there are no items (not reliable)."""
        return len(self._queue) == 0

    def qsize(self):
        """About how many items there are (not reliable)."""
        return len(self._queue)

    __class_getitem__ = classmethod(types.GenericAlias)


if SimpleQueue is None:
    SimpleQueue = _PySimpleQueue
