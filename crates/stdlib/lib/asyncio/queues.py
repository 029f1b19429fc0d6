"""Queues for the tasks of one loop."""

__all__ = ('Queue', 'PriorityQueue', 'LifoQueue', 'QueueFull', 'QueueEmpty')

import collections
import heapq
from types import GenericAlias

from . import locks, mixins


class QueueEmpty(Exception):
    """There is nothing that get_nowait() could give."""


class QueueFull(Exception):
    """There is no room for what put_nowait() was given."""


class Queue(mixins._LoopBoundMixin):
    """A queue of at most `maxsize` items, first in, first out; without limit if that is not
    positive."""

    def __init__(self, maxsize=0):
        self._maxsize = maxsize
        # How many items were put of which task_done() has not told, and whether there is none.
        self._unfinished_tasks = 0
        self._finished = locks.Event()
        self._finished.set()
        # The futures of tasks that wait for an item, or for room.
        self._getters = collections.deque()
        self._putters = collections.deque()
        self._init(maxsize)

    # Where the items are kept: for subclasses to override.

    def _init(self, maxsize):
        self._queue = collections.deque()

    def _get(self):
        return self._queue.popleft()

    def _put(self, item):
        self._queue.append(item)

    # How it is shown.

    def __repr__(self):
        return f'<{type(self).__name__} at {id(self):#x} {self._format()}>'

    def __str__(self):
        return f'<{type(self).__name__} {self._format()}>'

    __class_getitem__ = classmethod(GenericAlias)

    def _format(self):
        shown = [f'maxsize={self._maxsize!r}']
        # A subclass may keep its items elsewhere.
        if items := getattr(self, '_queue', None):
            shown.append(f'_queue={list(items)!r}')
        for name in '_getters', '_putters':
            if waiting := getattr(self, name):
                shown.append(f'{name}[{len(waiting)}]')
        if self._unfinished_tasks:
            shown.append(f'tasks={self._unfinished_tasks}')
        return ' '.join(shown)

    # How much is in it.

    def qsize(self):
        """How many items there are."""
        return len(self._queue)

    @property
    def maxsize(self):
        """How many items there may be; any number if it is not positive."""
        return self._maxsize

    def empty(self):
        """Whether there is no item."""
        return not self._queue

    def full(self):
        """Whether there is no room."""
        return self._maxsize > 0 and self.qsize() >= self._maxsize

    # Waiting.

    def _wakeup_next(self, waiters):
        """Let the first go on who was not cancelled; it leaves the queue of those that wait."""
        while waiters:
            turn = waiters.popleft()
            if not turn.done():
                turn.set_result(None)
                return

    async def _wait_in(self, waiters, in_vain):
        """Wait to be woken; `in_vain` tells whether there is nothing to go on for."""
        turn = self._get_loop().create_future()
        waiters.append(turn)
        try:
            await turn
        except BaseException:
            turn.cancel()
            if turn in waiters:
                waiters.remove(turn)
            if not (turn.cancelled() or in_vain()):
                # This task was woken but cannot use it: somebody else can.
                self._wakeup_next(waiters)
            raise

    # Items.

    async def put(self, item):
        """Put an item into the queue, waiting for room."""
        while self.full():
            await self._wait_in(self._putters, self.full)
        return self.put_nowait(item)

    def put_nowait(self, item):
        """Put an item into the queue; QueueFull where there is no room."""
        if self.full():
            raise QueueFull
        self._put(item)
        self._finished.clear()
        self._unfinished_tasks += 1
        self._wakeup_next(self._getters)

    async def get(self):
        """Remove and return an item from the queue, waiting for one."""
        while self.empty():
            await self._wait_in(self._getters, self.empty)
        return self.get_nowait()

    def get_nowait(self):
        """Remove and return an item from the queue; QueueEmpty where there is none."""
        if self.empty():
            raise QueueEmpty
        found = self._get()
        self._wakeup_next(self._putters)
        return found

    def task_done(self):
        """Tell that the work on an item is finished; ValueError if there was none left."""
        left = self._unfinished_tasks - 1
        if left < 0:
            raise ValueError('task_done() called too many times')
        self._unfinished_tasks = left
        if not left:
            self._finished.set()

    async def join(self):
        """Wait until the work on all items that were put is finished."""
        if self._unfinished_tasks:
            await self._finished.wait()


class PriorityQueue(Queue):
    """A queue that hands out its smallest item first; items are often (priority, data)."""

    def _init(self, maxsize):
        self._queue = []

    def _get(self):
        return heapq.heappop(self._queue)

    def _put(self, item):
        heapq.heappush(self._queue, item)


class LifoQueue(Queue):
    """A queue that hands out the newest item first."""

    def _init(self, maxsize):
        self._queue = []

    def _get(self):
        return self._queue.pop()
