"""A process that removes what others leave: semaphores and shared memory that have names.

Names stay when a process is killed before it removes them.  So each program that uses some has a
tracker, which is told by a pipe what is made and what is removed.  All processes of the program hold
the writing end; when the last one is gone the tracker removes what is left.
"""

import os
import signal
import sys
import threading
import warnings

import _multiprocessing
import _posixshmem

from . import spawn, util

__all__ = ['ensure_running', 'register', 'unregister']

# These would end the tracker before its work is done.
_IGNORED_SIGNALS = signal.SIGINT, signal.SIGTERM
_HAVE_SIGMASK = hasattr(signal, 'pthread_sigmask')

# How things are removed, by their kind.
_CLEANUP_FUNCS = {
    'noop': lambda: None,
    'semaphore': _multiprocessing.sem_unlink,
    'shared_memory': _posixshmem.shm_unlink,
}

# What a pipe takes in one piece, whoever else writes.
_LONGEST_MESSAGE = 512


class ReentrantCallError(RuntimeError):
    """A finalizer came to the tracker while the tracker was being started."""


class ResourceTracker:
    """This process's side: the tracker's pipe, and its number if this process has started it."""

    def __init__(self):
        self._lock = threading.RLock()
        self._fd = self._pid = None

    def _reentrant_call_error(self):
        raise ReentrantCallError("Reentrant call into the multiprocessing resource tracker")

    def _refuse_nested(self):
        if self._lock._recursion_count() > 1:
            self._reentrant_call_error()

    def _stop(self):
        with self._lock:
            self._refuse_nested()
            if self._fd is not None:
                os.close(self._fd)
                os.waitpid(self._pid, 0)
                self._fd = self._pid = None

    def getfd(self):
        """The descriptor by which the tracker is told."""
        self.ensure_running()
        return self._fd

    def ensure_running(self):
        """Start a tracker unless there is one."""
        with self._lock:
            self._refuse_nested()
            if self._fd is not None:
                if self._check_alive():
                    return
                self._bury()
                warnings.warn('resource_tracker: process died unexpectedly, '
                              'relaunching.  Some resources might leak.')
            self._launch()

    def _check_alive(self):
        try:
            # The tracker makes nothing of this; a pipe that nobody reads is an error.
            os.write(self._fd, b'PROBE:0:noop\n')
        except OSError:
            return False
        return True

    def _bury(self):
        os.close(self._fd)
        pid, self._fd, self._pid = self._pid, None, None
        if pid is not None:
            try:
                os.waitpid(pid, 0)
            except ChildProcessError:
                # Somebody else has waited for it.
                pass

    def _launch(self):
        reader, writer = os.pipe()
        passed = [reader]
        try:
            passed.append(sys.stderr.fileno())
        except Exception:
            # There is none, or it is no file.
            pass
        exe = spawn.get_executable()
        command = [exe, *util._args_from_interpreter_flags(), '-c',
                   f'from multiprocessing.resource_tracker import main;main({reader})']
        try:
            # The tracker inherits what is blocked, until it can ignore signals.
            signal.pthread_sigmask(signal.SIG_BLOCK, _IGNORED_SIGNALS)
            try:
                pid = util.spawnv_passfds(exe, command, passed)
            finally:
                signal.pthread_sigmask(signal.SIG_UNBLOCK, _IGNORED_SIGNALS)
        except BaseException:
            os.close(writer)
            raise
        finally:
            os.close(reader)
        self._fd, self._pid = writer, pid

    def register(self, name, rtype):
        """Tell that something was made that must be removed."""
        self._send('REGISTER', name, rtype)

    def unregister(self, name, rtype):
        """Tell that something was removed."""
        self._send('UNREGISTER', name, rtype)

    def _send(self, cmd, name, rtype):
        self.ensure_running()
        message = f'{cmd}:{name}:{rtype}\n'.encode('ascii')
        if len(message) > _LONGEST_MESSAGE:
            raise ValueError('msg too long')
        written = os.write(self._fd, message)
        assert written == len(message), f'nbytes {written:n} but len(msg) {len(message):n}'


# The module's functions are those of one object.
_resource_tracker = ResourceTracker()
getfd, ensure_running = _resource_tracker.getfd, _resource_tracker.ensure_running
register, unregister = _resource_tracker.register, _resource_tracker.unregister


def main(fd):
    """Be the tracker, until nobody has the pipe open for writing."""
    for number in _IGNORED_SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _IGNORED_SIGNALS)
    for stream in sys.stdin, sys.stdout:
        try:
            stream.close()
        except Exception:
            pass
    left = {kind: set() for kind in _CLEANUP_FUNCS}
    try:
        with open(fd, 'rb') as told:
            for line in told:
                try:
                    _note(left, *line.strip().decode('ascii').split(':'))
                except Exception:
                    try:
                        sys.excepthook(*sys.exc_info())
                    except Exception:
                        pass
    finally:
        for kind, names in left.items():
            _remove(kind, names)


def _note(left, command, name, kind):
    if _CLEANUP_FUNCS.get(kind) is None:
        raise ValueError(f'Cannot register {name} for automatic cleanup: '
                         f'unknown resource type {kind}')
    if command == 'REGISTER':
        left[kind].add(name)
    elif command == 'UNREGISTER':
        left[kind].remove(name)
    elif command != 'PROBE':
        raise RuntimeError('unrecognized command %r' % command)


def _remove(kind, names):
    if not names:
        return
    _warn(f'resource_tracker: There appear to be {len(names)} leaked {kind} '
          'objects to clean up at shutdown')
    for name in names:
        # Each for itself: one may be gone.
        try:
            _CLEANUP_FUNCS[kind](name)
        except Exception as error:
            _warn('resource_tracker: %r: %s' % (name, error))


def _warn(text):
    try:
        warnings.warn(text)
    except Exception:
        # Warnings may be errors here.
        pass
