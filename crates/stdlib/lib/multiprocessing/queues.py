"""Queues between processes: pipes whose ends several processes share.

A queue's put() hands the item to a thread of the process that writes it to the pipe, so that it
does not wait for readers.
"""

__all__ = ['Queue', 'SimpleQueue', 'JoinableQueue']

import collections
import errno
import os
import threading
import time
import types
import weakref
from queue import Empty, Full

from . import connection, context
from .reduction import ForkingPickler
from .util import Finalize, debug, info, is_exiting, register_after_fork

# Put into the buffer, it ends the thread.
_sentinel = object()


class Queue:
    """A queue of at most `maxsize` items."""

    # For executors, which do not want to hear of a reader's end.
    _ignore_epipe = False

    def __init__(self, maxsize=0, *, ctx):
        if maxsize <= 0:
            from .synchronize import SEM_VALUE_MAX as maxsize
        self._maxsize = maxsize
        self._opid = os.getpid()
        self._reader, self._writer = connection.Pipe(duplex=False)
        self._rlock, self._wlock = ctx.Lock(), ctx.Lock()
        # How much room there is.
        self._sem = ctx.BoundedSemaphore(maxsize)
        self._begin()
        register_after_fork(self, Queue._after_fork)

    # What processes share, in the order in which it is pickled.
    _SHARED = ('_ignore_epipe', '_maxsize', '_reader', '_writer', '_rlock', '_wlock', '_sem', '_opid')

    def __getstate__(self):
        context.assert_spawning(self)
        return tuple([getattr(self, name) for name in self._SHARED])

    def __setstate__(self, state):
        for name, value in zip(self._SHARED, state):
            setattr(self, name, value)
        self._begin()

    def _begin(self):
        self._recv_bytes, self._poll = self._reader.recv_bytes, self._reader.poll
        self._send_bytes = self._writer.send_bytes
        self._notempty = threading.Condition(threading.Lock())
        self._forget_thread()

    def _after_fork(self):
        debug('Queue._after_fork()')
        self._notempty._at_fork_reinit()
        self._forget_thread()

    def _forget_thread(self):
        """Have no thread, and nothing for it to write, as in the beginning of a process."""
        self._thread = None
        self._buffer = collections.deque()
        self._closed = self._joincancelled = False
        # What ends the thread, and what waits for its end.
        self._close = self._jointhread = None

    def _check_open(self):
        if self._closed:
            raise ValueError(f"Queue {self!r} is closed")

    def put(self, obj, block=True, timeout=None):
        """Put an item in; Full if there is no room (when the time is over)."""
        self._check_open()
        if not self._sem.acquire(block, timeout):
            raise Full
        with self._notempty:
            self._hand_over(obj)

    def _hand_over(self, obj):
        if self._thread is None:
            self._start_thread()
        self._buffer.append(obj)
        self._notempty.notify()

    def get(self, block=True, timeout=None):
        """Take an item out; Empty if there is none (when the time is over)."""
        self._check_open()
        for_ever = block and timeout is None
        end = time.monotonic() + timeout if block and not for_ever else None
        if not self._rlock.acquire(block, timeout):
            raise Empty
        try:
            if not (for_ever or self._poll(0.0 if end is None else end - time.monotonic())):
                raise Empty
            pickled = self._recv_bytes()
            self._sem.release()
        finally:
            self._rlock.release()
        # Others may read while this is unpickled.
        return ForkingPickler.loads(pickled)

    def get_nowait(self):
        """get() without waiting."""
        return self.get(False)

    def put_nowait(self, obj):
        """put() without waiting."""
        return self.put(obj, False)

    def qsize(self):
        """About how many items there are."""
        return self._maxsize - self._sem._semlock._get_value()

    def empty(self):
        """Whether there are no items (not reliable)."""
        return not self._poll()

    def full(self):
        """Whether there is no room (not reliable)."""
        return self._sem._semlock._is_zero()

    def close(self):
        """This process will put no more in."""
        self._closed = True
        end_thread, self._close = self._close, None
        if end_thread:
            end_thread()

    def join_thread(self):
        """Wait until what was put in is written; after close()."""
        debug('Queue.join_thread()')
        assert self._closed, f"Queue {self!r} not closed"
        if self._jointhread:
            self._jointhread()

    def cancel_join_thread(self):
        """Do not wait at the process's end until what was put in is written."""
        debug('Queue.cancel_join_thread()')
        self._joincancelled = True
        if self._jointhread is not None:
            self._jointhread.cancel()

    def _terminate_broken(self):
        # For executors whose workers have died: nobody reads any more.
        self.close()
        self._reader.close()
        self.join_thread()

    def _start_thread(self):
        debug('Queue._start_thread()')
        self._buffer.clear()
        self._thread = threading.Thread(target=_Feeder(self).run, name='QueueFeederThread',
                                        daemon=True)
        self._thread.start()
        if not self._joincancelled:
            self._jointhread = Finalize(self._thread, _join, [weakref.ref(self._thread)],
                                        exitpriority=-5)
        # When the queue goes or the process ends, before those that wait for the thread.
        self._close = Finalize(self, _end_feeding, [self._buffer, self._notempty],
                               exitpriority=10)

    @staticmethod
    def _on_queue_feeder_error(e, obj):
        """What is done about an item that cannot be pickled or written."""
        import traceback
        traceback.print_exc()

    __class_getitem__ = classmethod(types.GenericAlias)


def _join(thread_ref):
    thread = thread_ref()
    if thread is not None:
        thread.join()


def _end_feeding(buffer, notempty):
    with notempty:
        buffer.append(_sentinel)
        notempty.notify()


class _Feeder:
    """What a queue's thread needs, without the queue, which can go before it."""

    def __init__(self, queue):
        self._buffer, self._notempty = queue._buffer, queue._notempty
        self._ends = queue._reader, queue._writer
        self._send_bytes, self._write_lock = queue._send_bytes, queue._wlock
        self._room = queue._sem
        self._ignore_epipe = queue._ignore_epipe
        self._on_error = queue._on_queue_feeder_error

    def run(self):
        """Write what comes into the buffer to the pipe."""
        going = True
        while going:
            # No item is kept while waiting.
            item = None
            try:
                self._await_item()
                item = self._buffer.popleft()
                going = item is not _sentinel
                if going:
                    pickled = ForkingPickler.dumps(item)
                    with self._write_lock:
                        self._send_bytes(pickled)
                    pickled = None
                else:
                    debug('feeder thread got sentinel -- exiting')
                    for end in self._ends:
                        end.close()
            except Exception as exc:
                going = self._failed(exc, item)

    def _await_item(self):
        if not self._buffer:
            with self._notempty:
                while not self._buffer:
                    self._notempty.wait()

    def _failed(self, exc, item):
        """Report an error; whether the thread goes on."""
        if self._ignore_epipe and getattr(exc, 'errno', 0) == errno.EPIPE:
            return False
        if is_exiting():
            # What is used here may be gone already.
            info('error in queue thread: %s', exc)
            return False
        # The item does not get in: its room is free.
        self._room.release()
        self._on_error(exc, item)
        return True


class JoinableQueue(Queue):
    """A queue with task_done() and join()."""

    def __init__(self, maxsize=0, *, ctx):
        super().__init__(maxsize, ctx=ctx)
        # How many items there are that task_done() has not been called for.
        self._unfinished_tasks = ctx.Semaphore(0)
        self._cond = ctx.Condition()

    _SHARED = (*Queue._SHARED, '_cond', '_unfinished_tasks')

    def _hand_over(self, obj):
        with self._cond:
            super()._hand_over(obj)
            self._unfinished_tasks.release()

    def task_done(self):
        """Tell that the work on an item is finished; ValueError if there was none left."""
        with self._cond:
            was_one = self._unfinished_tasks.acquire(False)
            if not was_one:
                raise ValueError('task_done() called too many times')
            if self._all_done():
                self._cond.notify_all()

    def _all_done(self):
        return self._unfinished_tasks._semlock._is_zero()

    def join(self):
        """Wait until the work on all items that were put is finished."""
        with self._cond:
            if not self._all_done():
                self._cond.wait()


class SimpleQueue:
    """A pipe with locks."""

    def __init__(self, *, ctx):
        self._reader, self._writer = connection.Pipe(duplex=False)
        self._rlock, self._wlock = ctx.Lock(), ctx.Lock()
        self._poll = self._reader.poll

    def __getstate__(self):
        context.assert_spawning(self)
        return self._reader, self._writer, self._rlock, self._wlock

    def __setstate__(self, state):
        self._reader, self._writer, self._rlock, self._wlock = state
        self._poll = self._reader.poll

    def close(self):
        """Close both ends."""
        self._reader.close()
        self._writer.close()

    def empty(self):
        """Whether there are no items."""
        return not self._poll()

    def get(self):
        """Take an item out, waiting for one."""
        with self._rlock:
            pickled = self._reader.recv_bytes()
        # Others may read while this is unpickled.
        return ForkingPickler.loads(pickled)

    def put(self, obj):
        """Put an item in, waiting for room in the pipe."""
        pickled = ForkingPickler.dumps(obj)
        with self._wlock:
            self._writer.send_bytes(pickled)

    __class_getitem__ = classmethod(types.GenericAlias)
