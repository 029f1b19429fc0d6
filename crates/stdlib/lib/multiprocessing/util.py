"""What several modules share: logging, finalizers, what is done in children."""

import atexit
import itertools
import os
import sys
import threading
import weakref

from . import process

__all__ = ['sub_debug', 'debug', 'info', 'sub_warning', 'warn', 'get_logger', 'log_to_stderr',
           'get_temp_dir', 'register_after_fork', 'is_exiting', 'Finalize', 'ForkAwareThreadLock',
           'ForkAwareLocal', 'close_all_fds_except', 'SUBDEBUG', 'SUBWARNING']

# Levels of logging's, and two between them.
NOTSET = 0
SUBDEBUG, DEBUG = 5, 10
INFO, SUBWARNING = 20, 25

LOGGER_NAME = 'multiprocessing'
DEFAULT_LOGGING_FORMAT = '[%(levelname)s/%(processName)s] %(message)s'

# Nothing is logged until somebody asks for the logger.
_logger = None
_log_to_stderr = False


def _logs(level):
    def log(msg, *args):
        if _logger:
            _logger.log(level, msg, *args)
    return log


sub_debug = _logs(SUBDEBUG)
debug = _logs(DEBUG)
info = _logs(INFO)
warn = sub_warning = _logs(SUBWARNING)


def get_logger():
    """The logger of multiprocessing."""
    global _logger
    import logging
    if not _logger:
        _logger = logging.getLogger(LOGGER_NAME)
        _logger.propagate = 0
        atexit.unregister(_exit_function)
        atexit.register(_exit_function)
    return _logger


def log_to_stderr(level=None):
    """Let the logger write to standard error; the logger."""
    global _log_to_stderr
    import logging
    logger = get_logger()
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter(DEFAULT_LOGGING_FORMAT))
    logger.addHandler(handler)
    if level:
        logger.setLevel(level)
    _log_to_stderr = True
    return _logger


def get_temp_dir():
    """A folder that is removed with the process."""
    tempdir = process.current_process()._config.get('tempdir')
    if tempdir is None:
        import shutil
        import tempfile
        tempdir = tempfile.mkdtemp(prefix='pymp-')
        Finalize(None, shutil.rmtree, args=(tempdir,), kwargs={'ignore_errors': True},
                 exitpriority=-100)
        process.current_process()._config['tempdir'] = tempdir
    return tempdir


# What objects do in a new process.

# By number (the functions are called in the order in which they were registered), identity of the
# object, and function.
_afterfork_registry = weakref.WeakValueDictionary()
_afterfork_counter = itertools.count()


def register_after_fork(obj, func):
    """Let a function be called with the object in new processes."""
    _afterfork_registry[next(_afterfork_counter), id(obj), func] = obj


def _run_after_forkers():
    for (*_, func), obj in sorted(_afterfork_registry.items(), key=lambda entry: entry[0][:2]):
        try:
            func(obj)
        except Exception as exc:
            info('after forker raised exception %s', exc)


# What is done when objects go, or at the end.

# By priority and number.
_finalizer_registry = {}
_finalizer_counter = itertools.count()


class Finalize:
    """A function that is called when an object goes, and perhaps at the process's end: those
    with the highest priority first."""

    _weakref = None

    def __init__(self, obj, callback, args=(), kwargs=None, exitpriority=None):
        if not isinstance(exitpriority, (int, type(None))):
            raise TypeError(f"Exitpriority ({exitpriority!r}) must be None or int, "
                            f"not {type(exitpriority)!s}")
        if obj is None and exitpriority is None:
            raise ValueError("Without object, exitpriority cannot be None")
        self._call = callback, args, kwargs or {}
        # Processes that are forked leave it to this one.
        self._pid = os.getpid()
        self._key = exitpriority, next(_finalizer_counter)
        _finalizer_registry[self._key] = self
        if obj is not None:
            self._weakref = weakref.ref(obj, self)

    def _retire(self):
        """Be done; whether that is news."""
        if _finalizer_registry.pop(self._key, None) is None:
            return False
        self._weakref = self._key = None
        return True

    def __call__(self, wr=None):
        """Call the function, unless that was done or cancelled."""
        if self._retire():
            (callback, args, kwargs), self._call = self._call, None
            if self._pid == os.getpid():
                return callback(*args, **kwargs)
        return None

    def cancel(self):
        """Do not call the function."""
        if self._retire():
            self._call = None

    def still_active(self):
        """Whether the function is still to be called."""
        return self._key in _finalizer_registry

    def __repr__(self):
        name = type(self).__name__
        if self._weakref is None or self._weakref() is None:
            return f'<{name} object, dead>'
        callback, args, kwargs = self._call
        shown = f"<{name} object, callback={getattr(callback, '__name__', callback)}"
        for label, value in ('args', args), ('kwargs', kwargs):
            if value:
                shown += f', {label}={value}'
        if self._key[0] is not None:
            shown += f', exitpriority={self._key[0]}'
        return shown + '>'


def _run_finalizers(minpriority=None):
    """Call those that have at least that priority, or any, the highest first."""
    if _finalizer_registry is None:
        # The interpreter has come to this module already.
        return
    least = float('-inf') if minpriority is None else minpriority
    due = [key for key in list(_finalizer_registry) if key[0] is not None and key[0] >= least]
    for key in sorted(due, reverse=True):
        # One may have called or cancelled another.
        if (finalizer := _finalizer_registry.get(key)) is not None:
            try:
                finalizer()
            except Exception:
                _report_exception()
    if minpriority is None:
        _finalizer_registry.clear()


def _report_exception():
    import traceback
    traceback.print_exc()


_exiting = False


def is_exiting():
    """Whether the process ends."""
    return _exiting or _exiting is None


def _exit_function():
    """End what the process still has: finalizers, children (daemons are told to end), and
    finalizers without priority."""
    global _exiting
    if _exiting:
        return
    _exiting = True
    _run_finalizers(0)
    if process.current_process() is not None:
        for child in process.active_children():
            if child.daemon:
                child._popen.terminate()
        for child in process.active_children():
            child.join()
    _run_finalizers()


atexit.register(_exit_function)


class _Locked:
    """Has a lock, `_lock`, and is one by it."""

    def _adopt(self, lock):
        self._lock = lock
        self.acquire, self.release = lock.acquire, lock.release

    def __enter__(self):
        return self._lock.__enter__()

    def __exit__(self, *args):
        return self._lock.__exit__(*args)


class ForkAwareThreadLock(_Locked):
    """A lock that is free in new processes."""

    def __init__(self):
        self._adopt(threading.Lock())
        register_after_fork(self, ForkAwareThreadLock._at_fork_reinit)

    def _at_fork_reinit(self):
        self._lock._at_fork_reinit()


class ForkAwareLocal(threading.local):
    """Thread-local data that new processes do not have."""

    def __init__(self):
        register_after_fork(self, lambda obj: obj.__dict__.clear())

    def __reduce__(self):
        return type(self), ()


# There are none above.
try:
    MAXFD = os.sysconf("SC_OPEN_MAX")
except Exception:
    MAXFD = 256


def _wait_for(condition, predicate, timeout):
    """Wait with a condition until `predicate` gives something true, or for the time; what it gave."""
    import time
    end = None if timeout is None else time.monotonic() + timeout
    left = None
    while not (found := predicate()):
        if end is not None and (left := end - time.monotonic()) <= 0:
            break
        condition.wait(left)
    return found


def close_all_fds_except(fds):
    """Close all descriptors but some."""
    fds = sorted([*fds, -1, MAXFD])
    for low, high in zip(fds, fds[1:]):
        os.closerange(low + 1, high)


def spawnv_passfds(path, args, passfds):
    """Start a program that gets some of this process's descriptors; its number."""
    import _posixsubprocess
    check, report = os.pipe()
    try:
        return _posixsubprocess.fork_exec(
            args, [path], True, tuple(sorted(map(int, passfds))), None, None,
            -1, -1, -1, -1, -1, -1, check, report, False, False, -1, None, None, None, -1, None,
            False)
    finally:
        close_fds(check, report)


def close_fds(*fds):
    """Close descriptors."""
    for fd in fds:
        os.close(fd)


def _args_from_interpreter_flags():
    """The switches by which another interpreter is as this one."""
    import subprocess
    return subprocess._args_from_interpreter_flags()


# Sockets in no folder: where Linux knows them they are used.
abstract_sockets_supported = sys.platform == 'linux'


def is_abstract_socket_namespace(address):
    """Whether a socket's address is in no folder."""
    if not address:
        return False
    if isinstance(address, (str, bytes)):
        return address[0] in (0, '\0')
    raise TypeError(f'address type of {address!r} unrecognized')


def _attempt(action, *errors):
    """Do something that need not succeed."""
    try:
        action()
    except errors:
        pass


def _close_stdin():
    """Let standard input be empty: it is the parent's."""
    if sys.stdin is not None:
        _attempt(sys.stdin.close, OSError, ValueError)
        _attempt(_empty_stdin, OSError, ValueError)


def _empty_stdin():
    empty = os.open(os.devnull, os.O_RDONLY)
    try:
        sys.stdin = open(empty, encoding="utf-8", closefd=False)
    except BaseException:
        os.close(empty)
        raise


def _flush_std_streams():
    for stream in sys.stdout, sys.stderr:
        # Either may be missing, or closed.
        _attempt(lambda: stream.flush(), AttributeError, ValueError)


def _cleanup_tests():
    """End what tests may have left: for test suites."""
    for child in process.active_children():
        child.terminate()
        child.join()
    from . import forkserver, resource_tracker
    forkserver._forkserver._stop()
    resource_tracker._resource_tracker._stop()
    import gc
    gc.collect()
