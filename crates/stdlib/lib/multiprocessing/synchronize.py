"""Locks, semaphores, conditions, events and barriers that processes share."""

__all__ = ['Lock', 'RLock', 'Semaphore', 'BoundedSemaphore', 'Condition', 'Event', 'Barrier']

import threading

from _multiprocessing import SemLock as _SemLock, sem_unlink

from . import context, process, util

RECURSIVE_MUTEX, SEMAPHORE = 0, 1
SEM_VALUE_MAX = _SemLock.SEM_VALUE_MAX


class SemLock:
    """What locks and semaphores share."""

    # Ends of names.
    _rand = None

    def __init__(self, kind, value, maxvalue, *, ctx):
        method = (ctx or context._default_context.get_context()).get_start_method()
        # Forked processes have what this one has; others find it by its name.
        self._is_fork_ctx = method == 'fork'
        self._adopt(_named(kind, value, maxvalue, unlink=self._is_fork_ctx))
        util.debug('created semlock with handle %s', self._semlock.handle)
        util.register_after_fork(self, lambda obj: obj._semlock._after_fork())
        if self._semlock.name is not None:
            from .resource_tracker import register
            register(self._semlock.name, 'semaphore')
            util.Finalize(self, SemLock._cleanup, (self._semlock.name,), exitpriority=0)

    def _adopt(self, semlock):
        self._semlock = semlock
        self.acquire, self.release = semlock.acquire, semlock.release

    @staticmethod
    def _cleanup(name):
        from .resource_tracker import unregister
        sem_unlink(name)
        unregister(name, 'semaphore')

    @staticmethod
    def _make_name():
        if SemLock._rand is None:
            import tempfile
            SemLock._rand = tempfile._RandomNameSequence()
        prefix = process.current_process()._config['semprefix']
        return f'{prefix}-{next(SemLock._rand)}'

    def __enter__(self):
        return self._semlock.__enter__()

    def __exit__(self, *args):
        self._semlock.__exit__(*args)

    def _value_or(self, unknown):
        try:
            return self._semlock._get_value()
        except Exception:
            # Some systems cannot tell.
            return unknown

    def __getstate__(self):
        context.assert_spawning(self)
        if self._is_fork_ctx:
            raise RuntimeError('A SemLock created in a fork context is being '
                               'shared with a process in a spawn context. This is '
                               'not supported. Please use the same context to create '
                               'multiprocessing objects and Process.')
        own = self._semlock
        return own.handle, own.kind, own.maxvalue, own.name

    def __setstate__(self, state):
        self._adopt(_SemLock._rebuild(*state))
        util.debug('recreated blocker with handle %r', state[0])
        self._is_fork_ctx = False

    def _holder(self):
        """The process that holds it, and the thread unless that is the main one; or why nobody
        can be named."""
        try:
            if self._semlock._is_mine():
                name = process.current_process().name
                if threading.current_thread().name != 'MainThread':
                    name += '|' + threading.current_thread().name
                return name
            if self._semlock._get_value() == 1:
                return 'None'
            if self._semlock._count() > 0:
                return 'SomeOtherThread'
            return 'SomeOtherProcess'
        except Exception:
            return 'unknown'


def _named(kind, value, maxvalue, unlink):
    """A new semaphore, with a name that nobody else has."""
    for _ in range(100):
        try:
            return _SemLock(kind, value, maxvalue, SemLock._make_name(), unlink)
        except FileExistsError:
            continue
    raise FileExistsError('cannot find name for semaphore')


class Semaphore(SemLock):
    """A counter that acquire() lowers, waiting while it is zero, and release() raises."""

    def __init__(self, value=1, *, ctx):
        SemLock.__init__(self, SEMAPHORE, value, SEM_VALUE_MAX, ctx=ctx)

    def get_value(self):
        """The counter."""
        return self._semlock._get_value()

    def __repr__(self):
        return f"<{type(self).__name__}(value={self._value_or('unknown')}{self._bound()})>"

    def _bound(self):
        return ''


class BoundedSemaphore(Semaphore):
    """A semaphore whose counter may not exceed what it began with."""

    def __init__(self, value=1, *, ctx):
        SemLock.__init__(self, SEMAPHORE, value, maxvalue=value, ctx=ctx)

    def _bound(self):
        return f', maxvalue={self._semlock.maxvalue}'


class Lock(SemLock):
    """A lock that one thread of one process holds at a time."""

    def __init__(self, *, ctx):
        SemLock.__init__(self, SEMAPHORE, 1, 1, ctx=ctx)

    def __repr__(self):
        return '<%s(owner=%s)>' % (type(self).__name__, self._holder())


class RLock(SemLock):
    """A lock that its holder can take again."""

    def __init__(self, *, ctx):
        SemLock.__init__(self, RECURSIVE_MUTEX, 1, 1, ctx=ctx)

    def __repr__(self):
        name = self._holder()
        if self._semlock._is_mine():
            count = self._semlock._count()
        else:
            count = 0 if name == 'None' else 'nonzero'
        return '<%s(%s, %s)>' % (type(self).__name__, name, count)


class Condition(util._Locked):
    """Something that processes wait for until another notifies them.

    Those that wait count themselves in `_sleeping_count` and sleep on `_wait_semaphore`; each that
    was woken says so by `_woken_count`, by which the notifying one knows how many there are left.
    """

    def __init__(self, lock=None, *, ctx):
        self._adopt(lock or ctx.RLock())
        self._sleeping_count, self._woken_count, self._wait_semaphore = (
            ctx.Semaphore(0) for _ in range(3))

    def __getstate__(self):
        context.assert_spawning(self)
        return self._lock, self._sleeping_count, self._woken_count, self._wait_semaphore

    def __setstate__(self, state):
        lock, self._sleeping_count, self._woken_count, self._wait_semaphore = state
        self._adopt(lock)

    def __repr__(self):
        try:
            waiting = self._sleeping_count.get_value() - self._woken_count.get_value()
        except Exception:
            # Some systems cannot tell.
            waiting = 'unknown'
        return f'<{type(self).__name__}({self._lock}, {waiting})>'

    def wait(self, timeout=None):
        """Let go of the lock, sleep until notified or for the time, and take the lock again."""
        assert self._lock._semlock._is_mine(), \
            'must acquire() condition before using wait()'
        self._sleeping_count.release()
        count = self._lock._semlock._count()
        for _ in range(count):
            self._lock.release()
        try:
            return self._wait_semaphore.acquire(True, timeout)
        finally:
            self._woken_count.release()
            for _ in range(count):
                self._lock.acquire()

    def notify(self, n=1):
        """Wake at most `n` of those that wait."""
        assert self._lock._semlock._is_mine(), 'lock is not owned'
        assert not self._wait_semaphore.acquire(False), \
            'notify: Should not have been able to acquire _wait_semaphore'
        # Those whose time ran out do not sleep any more.
        while self._woken_count.acquire(False):
            res = self._sleeping_count.acquire(False)
            assert res, 'notify: Bug in sleeping_count.acquire - res should not be False'
        sleepers = 0
        while sleepers < n and self._sleeping_count.acquire(False):
            self._wait_semaphore.release()
            sleepers += 1
        if sleepers:
            for _ in range(sleepers):
                self._woken_count.acquire()
            # One whose time ran out at that moment has not taken its turn.
            while self._wait_semaphore.acquire(False):
                pass

    def notify_all(self):
        """Wake all that wait."""
        self.notify(n=SEM_VALUE_MAX)

    def wait_for(self, predicate, timeout=None):
        """Wait until `predicate` gives something true, or for the time; what it gave last."""
        return util._wait_for(self, predicate, timeout)


class Event:
    """A flag that processes can wait for."""

    def __init__(self, *, ctx):
        # The flag is set while the counter is 1; the condition's lock is held to look or change.
        self._flag = ctx.Semaphore(0)
        self._cond = ctx.Condition(ctx.Lock())

    def _holds(self):
        if not self._flag.acquire(False):
            return False
        self._flag.release()
        return True

    def is_set(self):
        """Whether the flag is set."""
        with self._cond:
            return self._holds()

    def set(self):
        """Set the flag and wake all that wait for it."""
        with self._cond:
            if not self._holds():
                self._flag.release()
            self._cond.notify_all()

    def clear(self):
        """Take the flag back."""
        with self._cond:
            self._flag.acquire(False)

    def wait(self, timeout=None):
        """Wait until the flag is set, or for the time; whether it was set."""
        with self._cond:
            if not self._holds():
                self._cond.wait(timeout)
            return self._holds()

    def __repr__(self):
        status = 'set' if self.is_set() else 'unset'
        return f"<{type(self).__qualname__} at {id(self):#x} {status}>"


class Barrier(threading.Barrier):
    """A place where a number of processes wait for each other."""

    def __init__(self, parties, action=None, timeout=None, *, ctx):
        from .heap import BufferWrapper
        # What a barrier of threads keeps as attributes, processes must share: two numbers.
        self.__setstate__((parties, action, timeout, ctx.Condition(), BufferWrapper(8)))
        self._state = self._count = 0

    def __getstate__(self):
        return self._parties, self._action, self._timeout, self._cond, self._wrapper

    def __setstate__(self, state):
        self._parties, self._action, self._timeout, self._cond, self._wrapper = state
        self._shared = self._wrapper.create_memoryview().cast('i')

    def _number(place):
        def read(self):
            return self._shared[place]

        def write(self, value):
            self._shared[place] = value

        return property(read, write)

    _state, _count = _number(0), _number(1)
    del _number
