"""Threads, and what they use to wait for each other.

A Thread object goes through three registers: `_limbo` between start() and the first step of the new
thread, `_active` (by identity) while it runs, and none afterwards.  Its end is told by a lock that
the thread takes when it begins and that the interpreter releases when the thread's state is gone;
join() waits for that lock.
"""

import functools
import os as _os
import sys as _sys
from _collections import deque as _deque
from _weakrefset import WeakSet
from itertools import count as _count
from time import monotonic as _time

import _thread
from _thread import (
    RLock as _CRLock,
    TIMEOUT_MAX,
    _count as _thread_count,
    _excepthook as excepthook,
    _ExceptHookArgs as ExceptHookArgs,
    _local as local,
    _set_sentinel,
    allocate_lock as _allocate_lock,
    daemon_threads_allowed as _daemon_threads_allowed,
    get_ident,
    get_native_id,
    stack_size,
    start_new_thread as _start_new_thread,
)

__all__ = ['get_ident', 'active_count', 'Condition', 'current_thread',
           'enumerate', 'main_thread', 'TIMEOUT_MAX',
           'Event', 'Lock', 'RLock', 'Semaphore', 'BoundedSemaphore', 'Thread',
           'Barrier', 'BrokenBarrierError', 'Timer', 'ThreadError',
           'setprofile', 'settrace', 'local', 'stack_size',
           'excepthook', 'ExceptHookArgs', 'gettrace', 'getprofile',
           'setprofile_all_threads', 'settrace_all_threads', 'get_native_id']

_HAVE_THREAD_NATIVE_ID = True
# Some programs replace `_thread` by modules that do not have it.
_is_main_interpreter = getattr(_thread, "_is_main_interpreter", lambda: True)
ThreadError = _thread.error
__excepthook__ = excepthook
Lock = _allocate_lock


# Tracing ------------------------------------------------------------------------------------

_trace_hook = None
_profile_hook = None


def settrace(func):
    """Set a trace function for all threads started from the threading module."""
    global _trace_hook
    _trace_hook = func


def settrace_all_threads(func):
    """Set a trace function for all threads, those that run already included."""
    settrace(func)
    _sys._settraceallthreads(func)


def gettrace():
    """Get the trace function as set by threading.settrace()."""
    return _trace_hook


def setprofile(func):
    """Set a profile function for all threads started from the threading module."""
    global _profile_hook
    _profile_hook = func


def setprofile_all_threads(func):
    """Set a profile function for all threads, those that run already included."""
    setprofile(func)
    _sys._setprofileallthreads(func)


def getprofile():
    """Get the profiler function as set by threading.setprofile()."""
    return _profile_hook


# Locks --------------------------------------------------------------------------------------

class _PyRLock:
    """A lock that its holder can take again, in terms of a plain one."""

    # The thread that holds it, and how often it has taken it.
    _owner = None
    _count = 0

    def __init__(self):
        self._block = _allocate_lock()

    def __repr__(self):
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
        if parties < 1:
            raise ValueError("parties must be > 0")
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


# Threads ------------------------------------------------------------------------------------

_counter = _count(1).__next__


def _newname(name_template):
    return name_template % _counter()


def _name_for(target):
    """The name of a thread that was given none."""
    name = _newname("Thread-%d")
    called = getattr(target, "__name__", None)
    return name if called is None else f"{name} ({called})"


_active_limbo_lock = RLock()
_active = {}
_limbo = {}
# All Thread objects there are, for forks and for tests.
_dangling = WeakSet()

# The end locks of threads that the program's end waits for.
_shutdown_locks_lock = _allocate_lock()
_shutdown_locks = set()


def _maintain_shutdown_locks():
    """Forget the end locks of threads that have ended; called with the lock of the set held."""
    _shutdown_locks.difference_update([lock for lock in _shutdown_locks if not lock.locked()])


class Thread:
    """A thread: what it runs is given to the constructor, or by a subclass's run()."""

    _initialized = False
    # Known once the thread runs.
    _ident = None
    _native_id = None
    # Held until the thread's end.
    _tstate_lock = None
    # Whether that end was noticed.
    _is_stopped = False

    def __init__(self, group=None, target=None, name=None,
                 args=(), kwargs=None, *, daemon=None):
        """Arguments are to be given by keyword.

        `group` must be None.  `target` is what run() calls, with `args` and `kwargs`.  `name` is
        "Thread-N" unless given.  Daemon threads do not keep the program from ending; a thread is
        one if its creator is, unless `daemon` says so.
        """
        assert group is None, "group argument must be None for now"
        self._name = str(name) if name else _name_for(target)
        self._target, self._args = target, args
        self._kwargs = {} if kwargs is None else kwargs
        if daemon and not _daemon_threads_allowed():
            raise RuntimeError('daemon threads are disabled in this (sub)interpreter')
        self._daemonic = current_thread().daemon if daemon is None else daemon
        self._started = Event()
        # The stream that there is now, for when there is none in the end.
        self._stderr = _sys.stderr
        self._invoke_excepthook = _make_invoke_excepthook()
        self._initialized = True
        _dangling.add(self)

    def _checked(self):
        """The thread, if a subclass has not forgotten to initialise it."""
        assert self._initialized, "Thread.__init__() not called"
        return self

    def _reset_internal_locks(self, is_alive):
        self._started._at_fork_reinit()
        if not is_alive:
            self._tstate_lock, self._is_stopped = None, True
        elif self._tstate_lock is not None:
            self._tstate_lock._at_fork_reinit()
            self._tstate_lock.acquire()

    def __repr__(self):
        begun = self._checked()._started.is_set()
        # Asking notices the end.
        self.is_alive()
        words = ["stopped" if self._is_stopped else "started" if begun else "initial"]
        if self._daemonic:
            words.append("daemon")
        if self._ident is not None:
            words.append(str(self._ident))
        return f"<{type(self).__name__}({self._name}, {' '.join(words)})>"

    def start(self):
        """Let the thread begin: its run() is called there.

        RuntimeError if it was called before.
        """
        if not self._initialized:
            raise RuntimeError("thread.__init__() not called")
        if self._started.is_set():
            raise RuntimeError("threads can only be started once")
        with _active_limbo_lock:
            _limbo[self] = self
        begun = False
        try:
            _start_new_thread(self._bootstrap, ())
            begun = True
        finally:
            if not begun:
                with _active_limbo_lock:
                    del _limbo[self]
        self._started.wait()

    def run(self):
        """What the thread does: call the target.  Subclasses may override it."""
        try:
            if self._target is not None:
                self._target(*self._args, **self._kwargs)
        finally:
            # The arguments may refer to the thread.
            del self._target, self._args, self._kwargs

    def _bootstrap(self):
        try:
            self._bootstrap_inner()
        except:
            # A daemon thread that outlives the modules it uses should not complain.
            if self._daemonic and _sys is None:
                return
            raise

    def _set_ident(self):
        self._ident = get_ident()

    def _set_native_id(self):
        self._native_id = get_native_id()

    def _set_tstate_lock(self):
        """Make the lock that tells of the thread's end; the thread itself must do so."""
        lock = self._tstate_lock = _set_sentinel()
        lock.acquire()
        if not self.daemon:
            with _shutdown_locks_lock:
                _maintain_shutdown_locks()
                _shutdown_locks.add(lock)

    def _register(self):
        """Be the running thread from now on."""
        self._set_ident()
        self._set_native_id()
        self._started.set()
        with _active_limbo_lock:
            _active[self._ident] = self
            _limbo.pop(self, None)

    def _bootstrap_inner(self):
        try:
            self._set_tstate_lock()
            self._register()
            for set_hook, hook in (_sys.settrace, _trace_hook), (_sys.setprofile, _profile_hook):
                if hook:
                    set_hook(hook)
            try:
                self.run()
            except:
                self._invoke_excepthook(self)
        finally:
            self._delete()

    def _delete(self):
        with _active_limbo_lock:
            del _active[get_ident()]

    def _stop(self):
        """Note that the thread has ended: its lock is released."""
        ended = self._tstate_lock
        assert ended is None or not ended.locked()
        self._tstate_lock, self._is_stopped = None, True
        if not self.daemon:
            with _shutdown_locks_lock:
                _maintain_shutdown_locks()

    def join(self, timeout=None):
        """Wait until the thread has ended, or for the time.

        It may be called often.  Use is_alive() to see whether the time ran out.  RuntimeError if
        the thread was not started, or is this one.
        """
        if not self._initialized:
            raise RuntimeError("Thread.__init__() not called")
        if not self._started.is_set():
            raise RuntimeError("cannot join thread before it is started")
        if current_thread() is self:
            raise RuntimeError("cannot join current thread")
        # To the lock -1 is "for ever", and other negative times are errors.
        self._wait_for_tstate_lock(timeout=-1 if timeout is None else max(timeout, 0))

    def _wait_for_tstate_lock(self, block=True, timeout=-1):
        lock = self._tstate_lock
        if lock is None:
            assert self._is_stopped
            return
        ended = False
        try:
            ended = lock.acquire(block, timeout)
        except:
            # The interrupt may have come when the lock was ours already: a thread that is gone
            # holds none.
            ended = lock.locked() and self._ident not in _active
            raise
        finally:
            if ended:
                lock.release()
                self._stop()

    def is_alive(self):
        """Whether the thread has begun and not ended."""
        if not self._checked()._started.is_set():
            return False
        if not self._is_stopped:
            self._wait_for_tstate_lock(False)
        return not self._is_stopped

    @property
    def name(self):
        """A string that is used for identification only."""
        return self._checked()._name

    @name.setter
    def name(self, name):
        self._checked()._name = str(name)

    @property
    def ident(self):
        """The thread's identity (see get_ident()); None if it was not started."""
        return self._checked()._ident

    @property
    def native_id(self):
        """The system's number for the thread; None if it was not started."""
        return self._checked()._native_id

    @property
    def daemon(self):
        """Whether the program may end while the thread runs."""
        return self._checked()._daemonic

    @daemon.setter
    def daemon(self, daemonic):
        if not self._initialized:
            raise RuntimeError("Thread.__init__() not called")
        if daemonic and not _daemon_threads_allowed():
            raise RuntimeError('daemon threads are disabled in this interpreter')
        if self._started.is_set():
            raise RuntimeError("cannot set daemon status of active thread")
        self._daemonic = daemonic

    def isDaemon(self):
        """Deprecated: read the attribute daemon."""
        _deprecated('isDaemon() is deprecated, get the daemon attribute instead')
        return self.daemon

    def setDaemon(self, daemonic):
        """Deprecated: set the attribute daemon."""
        _deprecated('setDaemon() is deprecated, set the daemon attribute instead')
        self.daemon = daemonic

    def getName(self):
        """Deprecated: read the attribute name."""
        _deprecated('getName() is deprecated, get the name attribute instead')
        return self.name

    def setName(self, name):
        """Deprecated: set the attribute name."""
        _deprecated('setName() is deprecated, set the name attribute instead')
        self.name = name


def _make_invoke_excepthook():
    """What reports the exception that ends a thread.  The functions it needs are looked up now:
    in the end there may be none."""
    first_hook = excepthook
    first_sys_hook = _sys.excepthook
    if first_hook is None:
        raise RuntimeError("threading.excepthook is None")
    if first_sys_hook is None:
        raise RuntimeError("sys.excepthook is None")
    exc_info = _sys.exc_info
    module_sys = _sys

    def invoke_excepthook(thread):
        global excepthook
        try:
            hook = excepthook
            if hook is None:
                hook = first_hook
            args = ExceptHookArgs([*exc_info(), thread])
            hook(args)
        except Exception as error:
            error.__suppress_context__ = True
            del error
            stderr = getattr(module_sys, "stderr", None) or thread._stderr
            if stderr is not None:
                print("Exception in threading.excepthook:", file=stderr, flush=True)
            sys_hook = getattr(module_sys, "excepthook", None) or first_sys_hook
            sys_hook(*exc_info())
        finally:
            # The exception refers to this frame.
            args = None

    return invoke_excepthook


class Timer(Thread):
    """A thread that calls a function after a time, unless it is cancelled before."""

    def __init__(self, interval, function, args=None, kwargs=None):
        super().__init__()
        self.interval, self.function = interval, function
        self.args = [] if args is None else args
        self.kwargs = {} if kwargs is None else kwargs
        # Set when there is nothing more to do.
        self.finished = Event()

    def cancel(self):
        """Do not call the function, if that has not happened yet."""
        self.finished.set()

    def run(self):
        self.finished.wait(self.interval)
        if not self.finished.is_set():
            self.function(*self.args, **self.kwargs)
            self.finished.set()


class _MainThread(Thread):
    """The thread that the program began with."""

    def __init__(self):
        super().__init__(name="MainThread", daemon=False)
        self._set_tstate_lock()
        self._register()


class _DummyThread(Thread):
    """Stands for a running thread that this module did not start, and whose end it cannot see."""

    def __init__(self):
        super().__init__(name=_newname("Dummy-%d"), daemon=_daemon_threads_allowed())
        self._register()

    def _stop(self):
        pass

    def is_alive(self):
        if self._started.is_set() and not self._is_stopped:
            return True
        raise RuntimeError("thread is not alive")

    def join(self, timeout=None):
        raise RuntimeError("cannot join a dummy thread")


def current_thread():
    """The Thread object of this thread; a dummy if it was not started by this module."""
    try:
        return _active[get_ident()]
    except KeyError:
        return _DummyThread()


def currentThread():
    """Deprecated: the same as current_thread()."""
    _deprecated('currentThread() is deprecated, use current_thread() instead')
    return current_thread()


def active_count():
    """How many threads are alive."""
    with _active_limbo_lock:
        return len(_active) + len(_limbo)


def activeCount():
    """Deprecated: the same as active_count()."""
    _deprecated('activeCount() is deprecated, use active_count() instead')
    return active_count()


def _enumerate():
    # For those that hold the lock.
    return list(_active.values()) + list(_limbo.values())


def enumerate():
    """A list of the threads that are alive."""
    with _active_limbo_lock:
        return list(_active.values()) + list(_limbo.values())


# The end ------------------------------------------------------------------------------------

_threading_atexits = []
_SHUTTING_DOWN = False


def _register_atexit(func, *arg, **kwargs):
    """Call a function before the program's end waits for threads, the latest first."""
    if _SHUTTING_DOWN:
        raise RuntimeError("can't register atexit after shutdown")
    _threading_atexits.append(functools.partial(func, *arg, **kwargs))


_main_thread = _MainThread()


def _shutdown():
    """Wait for all threads that are no daemons; the interpreter calls it at the program's end."""
    if _main_thread._is_stopped and _is_main_interpreter():
        return
    global _SHUTTING_DOWN
    _SHUTTING_DOWN = True
    for call in reversed(_threading_atexits):
        call()
    if _main_thread.ident == get_ident():
        lock = _main_thread._tstate_lock
        # The main thread's state goes later, but nobody may wait for it any longer.
        assert lock is not None
        assert lock.locked()
        lock.release()
        _main_thread._stop()
    # Threads that end may have started others.
    while locks := _take_shutdown_locks():
        for lock in locks:
            with lock:
                pass


def _take_shutdown_locks():
    with _shutdown_locks_lock:
        taken = list(_shutdown_locks)
        _shutdown_locks.clear()
        return taken


def main_thread():
    """The Thread object of the thread that the program began with, or that forked it."""
    return _main_thread


def _after_fork():
    """Make the state that of a process with one thread, the one that forked."""
    global _active_limbo_lock, _main_thread, _shutdown_locks_lock, _shutdown_locks
    _active_limbo_lock = RLock()
    remaining = {}
    try:
        current = _active[get_ident()]
    except KeyError:
        current = _MainThread()
    _main_thread = current
    _shutdown_locks_lock = _allocate_lock()
    _shutdown_locks = set()
    with _active_limbo_lock:
        threads = set(_enumerate())
        threads.update(_dangling)
        for thread in threads:
            if thread is current:
                thread._reset_internal_locks(True)
                ident = get_ident()
                if isinstance(thread, _DummyThread):
                    thread.__class__ = _MainThread
                    thread._name = 'MainThread'
                    thread._daemonic = False
                    thread._set_tstate_lock()
                thread._ident = ident
                remaining[ident] = thread
            else:
                thread._reset_internal_locks(False)
                thread._stop()
        _limbo.clear()
        _active.clear()
        _active.update(remaining)
        assert len(_active) == 1


if hasattr(_os, "register_at_fork"):
    _os.register_at_fork(after_in_child=_after_fork)
