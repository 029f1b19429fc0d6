"""Synchronization primitives.  They are not safe for threads: they serve the tasks of one loop.

A task that has to wait puts a future into a queue, and who lets it go on sets the future's result.
From then until the task runs again it may still be cancelled, and the turn must not be lost.
"""

__all__ = ('Lock', 'Event', 'Condition', 'Semaphore', 'BoundedSemaphore', 'Barrier')

import collections
import enum

from . import exceptions, mixins


class _ContextManagerMixin:
    """`async with`, by acquire() and release(); there is nothing to be got from `as`."""

    async def __aenter__(self):
        await self.acquire()

    async def __aexit__(self, exc_type, exc, tb):
        self.release()


class _Waiting(mixins._LoopBoundMixin):
    """Has tasks that wait."""

    def __init__(self):
        # Their futures, in the order in which they came.
        self._waiters = collections.deque()

    async def _queue_up(self, if_lost=None):
        """Wait for one's turn, and leave the queue whatever happens.

        Where the turn has come, but the task is cancelled before it can take it, `if_lost` is
        called.
        """
        turn = self._get_loop().create_future()
        self._waiters.append(turn)
        try:
            await turn
        except exceptions.CancelledError:
            if if_lost is not None and turn.done() and not turn.cancelled():
                if_lost()
            raise
        finally:
            self._waiters.remove(turn)

    def _waits_any(self):
        """Whether there is a task that waits and was not cancelled."""
        return any(not turn.cancelled() for turn in self._waiters)

    def _let_go_on(self, most=None):
        """Wake tasks that sleep, at most so many; how many these were."""
        woken = 0
        for turn in self._waiters:
            if woken == most:
                break
            if not turn.done():
                turn.set_result(True)
                woken += 1
        return woken

    def _describe(self):
        """The state, for the representation."""
        return 'locked' if self.locked() else 'unlocked'

    def __repr__(self):
        waiting = f', waiters:{len(self._waiters)}' if self._waiters else ''
        return f'<{object.__repr__(self)[1:-1]} [{self._describe()}{waiting}]>'


class Lock(_ContextManagerMixin, _Waiting):
    """A lock that one task holds at a time; tasks get it in the order in which they asked."""

    def __init__(self):
        super().__init__()
        self._locked = False

    def locked(self):
        """Whether a task holds the lock."""
        return self._locked

    async def acquire(self):
        """Take the lock, waiting until it is free; gives True."""
        # A free lock belongs to the first who waits, if there is one.
        if self._locked or (self._waiters and self._waits_any()):
            try:
                await self._queue_up()
            except exceptions.CancelledError:
                if not self._locked:
                    self._wake_up_first()
                raise
        self._locked = True
        return True

    def release(self):
        """Let go of the lock; RuntimeError if nobody holds it."""
        if not self._locked:
            raise RuntimeError('Lock is not acquired.')
        self._locked = False
        self._wake_up_first()

    def _wake_up_first(self):
        # If the first one is awake already, it is about to take the lock.
        if self._waiters and not self._waiters[0].done():
            self._waiters[0].set_result(True)


class Event(_Waiting):
    """A flag that tasks can wait for."""

    def __init__(self):
        super().__init__()
        self._value = False

    def _describe(self):
        return 'set' if self._value else 'unset'

    def is_set(self):
        """Whether the flag is set."""
        return self._value

    def set(self):
        """Set the flag; all tasks that wait go on."""
        if not self._value:
            self._value = True
            self._let_go_on()

    def clear(self):
        """Take the flag back."""
        self._value = False

    async def wait(self):
        """Wait until the flag is set; gives True."""
        if not self._value:
            await self._queue_up()
        return True


class Condition(_ContextManagerMixin, _Waiting):
    """Something that tasks wait for until another notifies them, with a lock that guards it."""

    def __init__(self, lock=None):
        super().__init__()
        self._lock = lock = Lock() if lock is None else lock
        self.locked, self.acquire, self.release = lock.locked, lock.acquire, lock.release

    async def wait(self):
        """Let go of the lock, wait until notified, and take it again; gives True.

        RuntimeError if the lock is not held.
        """
        if not self.locked():
            raise RuntimeError('cannot wait on un-acquired lock')
        self.release()
        try:
            await self._queue_up()
        finally:
            await self._acquire_anyway()
        return True

    async def _acquire_anyway(self):
        """Take the lock even if cancelled meanwhile, which is reported when it is taken."""
        cancelled = None
        while True:
            try:
                await self.acquire()
                break
            except exceptions.CancelledError as error:
                cancelled = error
        if cancelled is not None:
            try:
                raise cancelled
            finally:
                # Its traceback refers to this frame.
                cancelled = None

    async def wait_for(self, predicate):
        """Wait until `predicate` gives something true, and give that."""
        while not (found := predicate()):
            await self.wait()
        return found

    def notify(self, n=1):
        """Wake at most `n` of the tasks that wait; RuntimeError if the lock is not held."""
        if not self.locked():
            raise RuntimeError('cannot notify on un-acquired lock')
        self._let_go_on(max(n, 0))

    def notify_all(self):
        """Wake all tasks that wait."""
        self.notify(len(self._waiters))


class Semaphore(_ContextManagerMixin, _Waiting):
    """A counter that acquire() lowers, waiting while it is zero, and release() raises."""

    def __init__(self, value=1):
        if value < 0:
            raise ValueError("Semaphore initial value must be >= 0")
        super().__init__()
        self._value = value

    def _describe(self):
        return 'locked' if self.locked() else f'unlocked, value:{self._value}'

    def locked(self):
        """Whether acquire() would wait: the counter is zero, or there are others first."""
        return self._value == 0 or self._waits_any()

    async def acquire(self):
        """Lower the counter, waiting while it is zero; gives True."""
        if not self.locked():
            self._value -= 1
            return True
        try:
            await self._queue_up(self._take_back)
        finally:
            # There may be units for several: those released while only one was woken.
            while self._value > 0 and self._wake_up_next():
                pass
        return True

    def _take_back(self):
        self._value += 1

    def release(self):
        """Raise the counter and wake a task that waits for it."""
        self._value += 1
        self._wake_up_next()

    def _wake_up_next(self):
        """Give the first task that sleeps its unit of the counter; whether there was one."""
        if self._let_go_on(1):
            self._value -= 1
            return True
        return False


class BoundedSemaphore(Semaphore):
    """A semaphore whose counter may not exceed what it began with."""

    def __init__(self, value=1):
        super().__init__(value)
        self._bound_value = value

    def release(self):
        if self._value >= self._bound_value:
            raise ValueError('BoundedSemaphore released too many times')
        super().release()


class _BarrierState(enum.Enum):
    FILLING = 'filling'
    DRAINING = 'draining'
    RESETTING = 'resetting'
    BROKEN = 'broken'


# While those of one turn leave, nobody may come in for the next.
_LEAVING = (_BarrierState.DRAINING, _BarrierState.RESETTING)


class Barrier(mixins._LoopBoundMixin):
    """A place where a number of tasks wait for each other."""

    def __init__(self, parties):
        if parties < 1:
            raise ValueError('parties must be > 0')
        self._cond = Condition()
        self._parties = parties
        self._state = _BarrierState.FILLING
        # How many are inside.
        self._count = 0

    def __repr__(self):
        waiting = '' if self.broken else f', waiters:{self.n_waiting}/{self.parties}'
        return f'<{object.__repr__(self)[1:-1]} [{self._state.value}{waiting}]>'

    async def __aenter__(self):
        return await self.wait()

    async def __aexit__(self, *args):
        pass

    async def wait(self):
        """Wait until all have come; they get different numbers from 0."""
        async with self._cond:
            await self._block()
            place = self._count
            self._count = place + 1
            try:
                if self._count < self._parties:
                    await self._wait()
                else:
                    await self._release()
            finally:
                self._count -= 1
                self._exit()
            return place

    async def _block(self):
        """Wait until those of the turn before are gone."""
        await self._cond.wait_for(lambda: self._state not in _LEAVING)
        if self.broken:
            raise exceptions.BrokenBarrierError("Barrier aborted")

    async def _release(self):
        """Let all leave."""
        self._enter_state(_BarrierState.DRAINING)

    async def _wait(self):
        """Wait until all have come."""
        await self._cond.wait_for(lambda: self._state is not _BarrierState.FILLING)
        if self._state is not _BarrierState.DRAINING:
            raise exceptions.BrokenBarrierError("Abort or reset of barrier")

    def _exit(self):
        """The last who leaves opens the barrier for the next turn."""
        if self._count == 0:
            again = self._state in _LEAVING
            self._enter_state(_BarrierState.FILLING if again else self._state)

    def _enter_state(self, state):
        self._state = state
        self._cond.notify_all()

    async def reset(self):
        """Make the barrier empty; tasks that wait get BrokenBarrierError."""
        async with self._cond:
            self._enter_state(_BarrierState.RESETTING if self._count else _BarrierState.FILLING)

    async def abort(self):
        """Break the barrier; tasks that wait or come get BrokenBarrierError."""
        async with self._cond:
            self._enter_state(_BarrierState.BROKEN)

    @property
    def parties(self):
        """How many tasks wait for each other."""
        return self._parties

    @property
    def n_waiting(self):
        """How many tasks wait."""
        return self._count if self._state is _BarrierState.FILLING else 0

    @property
    def broken(self):
        """Whether the barrier is broken."""
        return self._state is _BarrierState.BROKEN
