"""Threads, and what they use to wait for each other.

A Thread object goes through three registers: `_limbo` between start() and the first step of the new
thread, `_active` (by identity) while it runs, and none afterwards.  Its end is told by a lock that
the thread takes when it begins and that the interpreter releases when the thread's state is gone;
join() waits for that lock.
"""

import functools
import os as _os
import sys as _sys
from _weakrefset import WeakSet
from itertools import count as _count

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
from _threading_locks import (
    Barrier, BoundedSemaphore, BrokenBarrierError, Condition, Event, Lock, RLock, Semaphore,
    _PyRLock, _RLock, _deprecated)

__all__ = [
    'Barrier', 'BoundedSemaphore', 'BrokenBarrierError', 'Condition', 'Event',
    'ExceptHookArgs', 'Lock', 'RLock', 'Semaphore', 'TIMEOUT_MAX', 'Thread', 'ThreadError',
    'Timer', 'active_count', 'current_thread', 'enumerate', 'excepthook', 'get_ident',
    'get_native_id', 'getprofile', 'gettrace', 'local', 'main_thread', 'setprofile',
    'setprofile_all_threads', 'settrace', 'settrace_all_threads', 'stack_size',
]

_HAVE_THREAD_NATIVE_ID = True
# Some programs replace `_thread` by modules that do not have it.
_is_main_interpreter = getattr(_thread, "_is_main_interpreter", lambda: True)
ThreadError = _thread.error
__excepthook__ = excepthook


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
        begun = False
        with _active_limbo_lock:
            _limbo[self] = self
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
    exc_info, show = _sys.exc_info, print
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
                show("Exception in threading.excepthook:", file=stderr, flush=True)
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
        if not self.finished.wait(self.interval):
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
