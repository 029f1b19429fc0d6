"""Child watchers: how a loop learns of the ends of processes."""

# Programs know these classes, and replace the logger, by that name.
__name__ = "asyncio.unix_events"

import itertools
import os
import signal
import threading

from . import events, unix_events
from ._late import LateModule

warnings = LateModule('warnings')

_ENDS_PROGRAM = (SystemExit, KeyboardInterrupt)


def _warn_of_watcher(name):
    """Child watchers are going to be removed."""
    warnings._deprecated(name, "{name!r} is deprecated as of Python 3.12 and will be "
                         "removed in Python {remove}.", remove=(3, 14))


class AbstractChildWatcher:
    """Watches child processes, and tells when one of them has ended.

    A child is started, and its callback registered, inside of a `with` statement: a watcher may
    need to know that there is a child that it does not know yet.  Watchers are to be thread-safe.
    Some of them handle SIGCHLD, so there can be only one of these at a time.
    """

    def __init_subclass__(cls):
        if cls.__module__ != __name__:
            _warn_of_watcher("AbstractChildWatcher")

    def add_child_handler(self, pid, callback, *args):
        """Have callback(pid, returncode, *args) called when the child has ended; it replaces the
        callback that the child had."""
        raise NotImplementedError()

    def remove_child_handler(self, pid):
        """Take back the callback of a child; whether there was one."""
        raise NotImplementedError()

    def attach_loop(self, loop):
        """Work with a loop from now on, and no longer with another one; None for none."""
        raise NotImplementedError()

    def close(self):
        """Give back what the watcher uses."""
        raise NotImplementedError()

    def is_active(self):
        """Whether the ends of children would be noticed."""
        raise NotImplementedError()

    def __enter__(self):
        raise NotImplementedError()

    def __exit__(self, a, b, c):
        raise NotImplementedError()


class _PlainContext:
    """Of watchers that take no part in the start of children."""

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_value, exc_traceback):
        pass


class _OwnWay:
    """Of watchers that need neither signals nor the loop of the policy."""

    def is_active(self):
        return True

    def close(self):
        pass

    def attach_loop(self, loop):
        pass

    def remove_child_handler(self, pid):
        # Nobody needs it: who waits for a child waits until it has ended.
        return True


def _reap(pid, options, lost):
    """Wait for a child; its number, 0 if it runs, and its exit code, 255 if somebody else has
    waited for it (which is logged, as the text `lost` says)."""
    try:
        ended, status = os.waitpid(pid, options)
    except ChildProcessError:
        unix_events.logger.warning(lost, pid)
        return pid, 255, False
    return ended, unix_events.waitstatus_to_exitcode(status) if ended else None, True


_UNKNOWN = "Unknown child process pid %d, will report returncode 255"


def _log_exit(loop, pid, returncode):
    if loop.get_debug():
        unix_events.logger.debug('process %s exited with returncode %s', pid, returncode)


class PidfdChildWatcher(_OwnWay, _PlainContext, AbstractChildWatcher):
    """Watches children by descriptors that stand for them, which Linux has.

    It needs no signals and no threads, and does not mind children that others start.
    """

    def add_child_handler(self, pid, callback, *args):
        loop = events.get_running_loop()
        fd = os.pidfd_open(pid)
        loop._add_reader(fd, self._do_wait, pid, fd, callback, args)

    def _do_wait(self, pid, pidfd, callback, args):
        events.get_running_loop()._remove_reader(pidfd)
        _, returncode, _ = _reap(
            pid, 0, "child process pid %d exit status already read:  will report returncode 255")
        os.close(pidfd)
        callback(pid, returncode, *args)


class BaseChildWatcher(AbstractChildWatcher):
    """What the watchers that handle SIGCHLD in a loop have in common."""

    def __init__(self):
        self._loop = None
        # Callbacks and their arguments, by children.
        self._callbacks = {}

    def close(self):
        self.attach_loop(None)

    def is_active(self):
        return self._loop is not None and self._loop.is_running()

    def remove_child_handler(self, pid):
        return self._callbacks.pop(pid, None) is not None

    def _do_waitpid_all(self):
        raise NotImplementedError()

    def _do_waitpid(self, expected_pid):
        raise NotImplementedError()

    def attach_loop(self, loop):
        assert loop is None or isinstance(loop, events.AbstractEventLoop)
        if self._loop is not None:
            if loop is None and self._callbacks:
                warnings.warn('A loop is being detached '
                              'from a child watcher with pending handlers', RuntimeWarning)
            self._loop.remove_signal_handler(signal.SIGCHLD)
        self._loop = loop
        if loop is not None:
            loop.add_signal_handler(signal.SIGCHLD, self._sig_chld)
            # Children may have ended while nobody handled the signal.
            self._do_waitpid_all()

    def _sig_chld(self):
        try:
            self._do_waitpid_all()
        except _ENDS_PROGRAM:
            raise
        except BaseException as exc:
            self._loop.call_exception_handler({
                'message': 'Unknown exception in SIGCHLD handler',
                'exception': exc,
            })


class SafeChildWatcher(_PlainContext, BaseChildWatcher):
    """Looks after each known child when the signal comes, and leaves others alone."""

    def __init__(self):
        super().__init__()
        _warn_of_watcher("SafeChildWatcher")

    def close(self):
        self._callbacks.clear()
        super().close()

    def add_child_handler(self, pid, callback, *args):
        self._callbacks[pid] = (callback, args)
        # It may have ended already.
        self._do_waitpid(pid)

    def _do_waitpid_all(self):
        for pid in list(self._callbacks):
            self._do_waitpid(pid)

    def _do_waitpid(self, expected_pid):
        assert expected_pid > 0
        pid, returncode, known = _reap(expected_pid, os.WNOHANG, _UNKNOWN)
        if pid == 0:
            return
        if known:
            _log_exit(self._loop, expected_pid, returncode)
        found = self._callbacks.pop(pid, None)
        if found is not None:
            callback, args = found
            callback(pid, returncode, *args)
        elif self._loop.get_debug():
            unix_events.logger.warning("Child watcher got an unexpected pid: %r", pid)


class FastChildWatcher(BaseChildWatcher):
    """Waits for any child when the signal comes, also for those that others have started."""

    def __init__(self):
        super().__init__()
        self._lock = threading.Lock()
        # Exit codes of children that ended before their callbacks were registered.
        self._zombies = {}
        # How many `with` statements are being executed.
        self._forks = 0
        _warn_of_watcher("FastChildWatcher")

    def close(self):
        for known in (self._callbacks, self._zombies):
            known.clear()
        super().close()

    def __enter__(self):
        with self._lock:
            self._forks += 1
        return self

    def __exit__(self, a, b, c):
        with self._lock:
            self._forks -= 1
            if self._forks or not self._zombies:
                return
            victims = str(self._zombies)
            self._zombies.clear()
        unix_events.logger.warning("Caught subprocesses termination from unknown pids: %s", victims)

    def add_child_handler(self, pid, callback, *args):
        assert self._forks, "Must use the context manager"
        with self._lock:
            if pid not in self._zombies:
                self._callbacks[pid] = callback, args
                return
            returncode = self._zombies.pop(pid)
        callback(pid, returncode, *args)

    def _do_waitpid_all(self):
        # One signal may stand for several children.
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            self._ended(pid, unix_events.waitstatus_to_exitcode(status))

    def _ended(self, pid, returncode):
        with self._lock:
            found = self._callbacks.pop(pid, None)
            if found is not None:
                _log_exit(self._loop, pid, returncode)
            elif self._forks:
                # Perhaps it is about to be registered.
                self._zombies[pid] = returncode
                if self._loop.get_debug():
                    unix_events.logger.debug('unknown process %s exited with returncode %s', pid, returncode)
                return
        if found is None:
            unix_events.logger.warning("Caught subprocess termination from unknown pid: %d -> %d",
                           pid, returncode)
        else:
            callback, args = found
            callback(pid, returncode, *args)


class MultiLoopChildWatcher(_PlainContext, AbstractChildWatcher):
    """Handles SIGCHLD itself, and tells the loops in which children were registered."""

    def __init__(self):
        # Loop, callback and arguments by children.
        self._callbacks = {}
        self._saved_sighandler = None
        _warn_of_watcher("MultiLoopChildWatcher")

    def is_active(self):
        return self._saved_sighandler is not None

    def close(self):
        self._callbacks.clear()
        saved, self._saved_sighandler = self._saved_sighandler, None
        if saved is None:
            return
        if signal.getsignal(signal.SIGCHLD) != self._sig_chld:
            unix_events.logger.warning("SIGCHLD handler was changed by outside code")
        else:
            signal.signal(signal.SIGCHLD, saved)

    def add_child_handler(self, pid, callback, *args):
        self._callbacks[pid] = (events.get_running_loop(), callback, args)
        # It may have ended already.
        self._do_waitpid(pid)

    def remove_child_handler(self, pid):
        return self._callbacks.pop(pid, None) is not None

    def attach_loop(self, loop):
        # Any loop will do: the policy calls it in the main thread, which may handle signals.
        if self.is_active():
            return
        before = signal.signal(signal.SIGCHLD, self._sig_chld)
        signal.siginterrupt(signal.SIGCHLD, False)
        if before is None:
            before = signal.SIG_DFL
            unix_events.logger.warning("Previous SIGCHLD handler was set by non-Python code, "
                           "restore to default handler on watcher close.")
        self._saved_sighandler = before

    def _do_waitpid_all(self):
        for pid in list(self._callbacks):
            self._do_waitpid(pid)

    def _do_waitpid(self, expected_pid):
        assert expected_pid > 0
        pid, returncode, known = _reap(expected_pid, os.WNOHANG, _UNKNOWN)
        if pid == 0:
            return
        found = self._callbacks.pop(pid, None)
        if found is None:
            unix_events.logger.warning("Child watcher got an unexpected pid: %r", pid)
            return
        loop, callback, args = found
        if loop.is_closed():
            unix_events.logger.warning("Loop %r that handles pid %r is closed", loop, pid)
            return
        if known:
            _log_exit(loop, expected_pid, returncode)
        loop.call_soon_threadsafe(callback, pid, returncode, *args)

    def _sig_chld(self, signum, frame):
        try:
            self._do_waitpid_all()
        except _ENDS_PROGRAM:
            raise
        except BaseException:
            unix_events.logger.warning('Unknown exception in SIGCHLD handler', exc_info=True)


class ThreadedChildWatcher(_OwnWay, _PlainContext, AbstractChildWatcher):
    """Waits for each child in a thread of its own."""

    def __init__(self):
        self._pid_counter = itertools.count(0)
        self._threads = {}

    def __del__(self):
        if any(thread.is_alive() for thread in list(self._threads.values())):
            warnings.warn(f"{self.__class__} has registered but not finished child processes",
                          ResourceWarning, source=self)

    def add_child_handler(self, pid, callback, *args):
        loop = events.get_running_loop()
        thread = self._threads[pid] = threading.Thread(
            target=self._do_waitpid, name=f"asyncio-waitpid-{next(self._pid_counter)}",
            args=(loop, pid, callback, args), daemon=True)
        thread.start()

    def _do_waitpid(self, loop, expected_pid, callback, args):
        assert expected_pid > 0
        pid, returncode, known = _reap(expected_pid, 0, _UNKNOWN)
        if known:
            _log_exit(loop, expected_pid, returncode)
        if loop.is_closed():
            unix_events.logger.warning("Loop %r that handles pid %r is closed", loop, pid)
        else:
            loop.call_soon_threadsafe(callback, pid, returncode, *args)
        self._threads.pop(expected_pid)


def can_use_pidfd():
    """Whether the system has descriptors for processes, and lets us use them."""
    if not hasattr(os, 'pidfd_open'):
        return False
    try:
        os.close(os.pidfd_open(os.getpid(), 0))
    except OSError:
        return False
    return True
