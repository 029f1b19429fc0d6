"""What threads of threading wait with: locks, conditions, semaphores, events and barriers."""

__name__ = "threading"

from _collections import deque as _deque
from itertools import count as _count
from time import monotonic as _time

from _thread import RLock as _CRLock, allocate_lock as _allocate_lock, get_ident

Lock = _allocate_lock


class _PyRLock:
    """A lock that its holder can take again, in terms of a plain one."""

    # The thread that holds it, and how often it has taken it.
    _owner = None
    _count = 0

    def __init__(self):
        self._block = _allocate_lock()

    def __repr__(self):
        from threading import _active
        holder = _active.get(self._owner)
        owner = self._owner if holder is None else holder.name
        kind = type(self)
        state = "locked" if self._block.locked() else "unlocked"
        return (f"<{state} {kind.__module__}.{kind.__qualname__} object"
                f" owner={owner!r} count={self._count} at {hex(id(self))}>")

    def _at_fork_reinit(self):
        self._count, self._owner = 0, None
        self._block._at_fork_reinit()

    def acquire(self, blocking=True, timeout=-1):
        """Take the lock, waiting for it if another thread holds it.

        The holder only counts how often it has taken it.  True if the lock was taken; False if it
        was not to wait, or not any longer.
        """
        me = get_ident()
        if self._owner == me:
            self._count += 1
            return 1
        taken = self._block.acquire(blocking, timeout)
        if taken:
            self._count, self._owner = 1, me
        return taken

    __enter__ = acquire

    def release(self):
        """Undo one acquire(); the last one lets other threads have the lock."""
        if not self._is_owned():
            raise RuntimeError("cannot release un-acquired lock")
        if self._count > 1:
            self._count -= 1
        else:
            self._release_save()

    def __exit__(self, t, v, tb):
        self.release()

    # What conditions use.

    def _release_save(self):
        state = self._count, self._owner
        if not state[0]:
            raise RuntimeError("cannot release un-acquired lock")
        self._count, self._owner = 0, None
        self._block.release()
        return state

    def _acquire_restore(self, state):
        # Nobody else may see the new state before the lock is taken.
        self._block.acquire()
        self._count, self._owner = state

    def _is_owned(self):
        return self._owner == get_ident()

    def _recursion_count(self):
        return self._count if self._is_owned() else 0


_RLock = _PyRLock


def RLock(*args, **kwargs):
    """A new lock that its holder can take again, and must release as often."""
    return (_PyRLock if _CRLock is None else _CRLock)(*args, **kwargs)


def _identify(thing):
    kind = type(thing)
    return f"{kind.__module__}.{kind.__qualname__} at {id(thing):#x}"


def _deprecated(message):
    import warnings
    warnings.warn(message, DeprecationWarning, stacklevel=3)


class Condition:
    """Something that threads wait for until another tells them of it.

    It goes with a lock (a new RLock unless one is given) that guards what the condition is about.
    Each waiting thread sleeps on a lock of its own, which whoever notifies it releases.
    """

    def __init__(self, lock=None):
        self._lock = lock = RLock() if lock is None else lock
        # The locks that the waiting threads sleep on.
        self._waiters = _deque()
        self.acquire, self.release = lock.acquire, lock.release
        for name in ("_release_save", "_acquire_restore", "_is_owned"):
            if hasattr(lock, name):
                setattr(self, name, getattr(lock, name))

    def __repr__(self):
        return f"<Condition({self._lock}, {len(self._waiters)})>"

    def __enter__(self):
        return self._lock.__enter__()

    def __exit__(self, *args):
        return self._lock.__exit__(*args)

    def _at_fork_reinit(self):
        # The threads that waited are not there in the child.
        self._waiters.clear()
        self._lock._at_fork_reinit()

    # For locks that have none of these.

    def _release_save(self):
        self._lock.release()

    def _acquire_restore(self, state):
        self._lock.acquire()

    def _is_owned(self):
        # Whoever holds it, we hope it is this thread.
        if self._lock.acquire(False):
            self._lock.release()
            return False
        return True

    def wait(self, timeout=None):
        """Let go of the lock, sleep until notified or for the time, and take the lock again.

        True unless the time ran out.
        """
        if not self._is_owned():
            raise RuntimeError("cannot wait on un-acquired lock")
        bed = _allocate_lock()
        bed.acquire()
        self._waiters.append(bed)
        state = self._release_save()
        woken = False
        try:
            if timeout is None:
                bed.acquire()
                woken = True
            elif timeout > 0:
                woken = bed.acquire(True, timeout)
            else:
                woken = bed.acquire(False)
            return woken
        finally:
            self._acquire_restore(state)
            if not woken:
                try:
                    self._waiters.remove(bed)
                except ValueError:
                    pass

    def wait_for(self, predicate, timeout=None):
        """Wait until `predicate` gives something true, or for the time; what it gave last."""
        found = predicate()
        if found:
            return found
        left = timeout
        end = None if timeout is None else _time() + timeout
        while True:
            self.wait(left)
            found = predicate()
            if found:
                return found
            if end is not None and (left := end - _time()) <= 0:
                return found

    def notify(self, n=1):
        """Wake at most `n` of the threads that wait."""
        if not self._is_owned():
            raise RuntimeError("cannot notify on un-acquired lock")
        waiters = self._waiters
        while waiters and n > 0:
            bed = waiters[0]
            try:
                bed.release()
            except RuntimeError:
                # Its thread has stopped waiting, but has not taken it out yet.
                pass
            else:
                n -= 1
            try:
                waiters.remove(bed)
            except ValueError:
                pass

    def notify_all(self):
        """Wake all threads that wait."""
        self.notify(len(self._waiters))

    def notifyAll(self):
        """Deprecated: the same as notify_all()."""
        _deprecated('notifyAll() is deprecated, use notify_all() instead')
        self.notify_all()


class Semaphore:
    """A counter that acquire() lowers, waiting while it is zero, and release() raises."""

    # What the counter may not exceed.
    _initial_value = float('inf')

    def __init__(self, value=1):
        if value < 0:
            raise ValueError("semaphore initial value must be >= 0")
        self._value = value
        self._cond = Condition(Lock())

    def __repr__(self):
        return f"<{_identify(self)}: value={self._value}>"

    def acquire(self, blocking=True, timeout=None):
        """Lower the counter; True if that was done, False if the time ran out."""
        if timeout is not None and not blocking:
            raise ValueError("can't specify timeout for non-blocking acquire")
        with self._cond:
            if not self._value and not (blocking and self._wait_for_unit(timeout)):
                return False
            self._value -= 1
        return True

    def _wait_for_unit(self, timeout):
        return self._cond.wait_for(lambda: self._value, timeout)

    __enter__ = acquire

    def release(self, n=1):
        """Raise the counter by `n`, and wake as many threads that wait for it."""
        if n < 1:
            raise ValueError('n must be one or more')
        with self._cond:
            raised = self._value + n
            if raised > self._initial_value:
                raise ValueError("Semaphore released too many times")
            self._value = raised
            self._cond.notify(n)

    def __exit__(self, t, v, tb):
        self.release()


class BoundedSemaphore(Semaphore):
    """A semaphore whose counter may not exceed what it began with."""

    def __init__(self, value=1):
        super().__init__(value)
        self._initial_value = value

    def __repr__(self):
        return f"<{_identify(self)}: value={self._value}/{self._initial_value}>"


class Event:
    """A flag that threads can wait for."""

    def __init__(self):
        self._cond = Condition(Lock())
        self._flag = False

    def __repr__(self):
        return f"<{_identify(self)}: {'set' if self._flag else 'unset'}>"

    def _at_fork_reinit(self):
        self._cond._at_fork_reinit()

    def is_set(self):
        """Whether the flag is set."""
        return self._flag

    def isSet(self):
        """Deprecated: the same as is_set()."""
        _deprecated('isSet() is deprecated, use is_set() instead')
        return self.is_set()

    def set(self):
        """Set the flag and wake all threads that wait for it."""
        with self._cond:
            self._flag = True
            self._cond.notify_all()

    def clear(self):
        """Take the flag back."""
        with self._cond:
            self._flag = False

    def wait(self, timeout=None):
        """Wait until the flag is set, or for the time; whether it was set."""
        with self._cond:
            return self._flag or self._cond.wait(timeout)


class BrokenBarrierError(RuntimeError):
    """The barrier was reset or broken while threads waited."""


# The states of a barrier.
_FILLING, _LEAVING, _RESETTING, _BROKEN = 0, 1, -1, -2


class Barrier:
    """A place where a number of threads wait for each other.

    It fills until all have come, and lets nobody in while they leave.  reset() lets those that
    are in it leave with an error; abort() everybody, until it is reset.
    """

    _state = _FILLING
    # How many are in it.
    _count = 0

    def __init__(self, parties, action=None, timeout=None):
        self._parties = parties
        self._action = action
        self._timeout = timeout
        self._cond = Condition(Lock())

    def __repr__(self):
        state = "broken" if self.broken else f"waiters={self.n_waiting}/{self.parties}"
        return f"<{_identify(self)}: {state}>"

    def _change(self, state):
        self._state = state
        self._cond.notify_all()

    def wait(self, timeout=None):
        """Wait until all have come.

        The threads get different numbers from 0; the last one to come runs the action first.
        """
        with self._cond:
            while self._state in (_LEAVING, _RESETTING):
                self._cond.wait()
            if self._state == _BROKEN:
                raise BrokenBarrierError
            place = self._count
            self._count = place + 1
            try:
                if self._count == self._parties:
                    self._open()
                else:
                    self._await_others(self._timeout if timeout is None else timeout)
            finally:
                self._count -= 1
                if not self._count and self._state in (_LEAVING, _RESETTING):
                    self._change(_FILLING)
        return place

    def _open(self):
        try:
            if self._action:
                self._action()
        except:
            self._change(_BROKEN)
            raise
        self._change(_LEAVING)

    def _await_others(self, timeout):
        if not self._cond.wait_for(lambda: self._state != _FILLING, timeout):
            # They come too late.
            self._change(_BROKEN)
        if self._state != _LEAVING:
            raise BrokenBarrierError

    def reset(self):
        """Make the barrier empty; threads that wait get BrokenBarrierError."""
        with self._cond:
            if not self._count:
                self._change(_FILLING)
            else:
                self._change(_LEAVING if self._state == _LEAVING else _RESETTING)

    def abort(self):
        """Break the barrier; threads that wait or come get BrokenBarrierError."""
        with self._cond:
            self._change(_BROKEN)

    @property
    def parties(self):
        """How many threads wait for each other."""
        return self._parties

    @property
    def n_waiting(self):
        """How many threads wait."""
        return self._count if self._state == _FILLING else 0

    @property
    def broken(self):
        """Whether the barrier is broken."""
        return self._state == _BROKEN
