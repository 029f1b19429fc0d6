"""Contexts: the functions of the package, bound to a way of starting processes."""

import os
import sys
import threading

from . import process

__all__ = ()


class ProcessError(Exception):
    """Base class of the package's errors."""


class BufferTooShort(ProcessError):
    """A message is longer than the buffer; it is the exception's argument."""


class TimeoutError(ProcessError):
    """The time ran out."""


class AuthenticationError(ProcessError):
    """The other side does not know the key."""


class BaseContext:
    """The functions of the package."""

    ProcessError, BufferTooShort = ProcessError, BufferTooShort
    TimeoutError, AuthenticationError = TimeoutError, AuthenticationError

    active_children = staticmethod(process.active_children)
    current_process = staticmethod(process.current_process)
    parent_process = staticmethod(process.parent_process)

    def cpu_count(self):
        """Returns the number of CPUs in the system"""
        num = os.cpu_count()
        if num is None:
            raise NotImplementedError('cannot determine number of cpus')
        return num

    def Manager(self):
        """Returns a manager associated with a running server process"""
        from .managers import SyncManager
        manager = SyncManager(ctx=self.get_context())
        manager.start()
        return manager

    def Pipe(self, duplex=True):
        """Returns two connection object connected by a pipe"""
        from .connection import Pipe
        return Pipe(duplex)

    def Lock(self):
        """Returns a non-recursive lock object"""
        from .synchronize import Lock
        return Lock(ctx=self.get_context())

    def RLock(self):
        """Returns a recursive lock object"""
        from .synchronize import RLock
        return RLock(ctx=self.get_context())

    def Condition(self, lock=None):
        """Returns a condition object"""
        from .synchronize import Condition
        return Condition(lock, ctx=self.get_context())

    def Semaphore(self, value=1):
        """Returns a semaphore object"""
        from .synchronize import Semaphore
        return Semaphore(value, ctx=self.get_context())

    def BoundedSemaphore(self, value=1):
        """Returns a bounded semaphore object"""
        from .synchronize import BoundedSemaphore
        return BoundedSemaphore(value, ctx=self.get_context())

    def Event(self):
        """Returns an event object"""
        from .synchronize import Event
        return Event(ctx=self.get_context())

    def Barrier(self, parties, action=None, timeout=None):
        """Returns a barrier object"""
        from .synchronize import Barrier
        return Barrier(parties, action, timeout, ctx=self.get_context())

    def Queue(self, maxsize=0):
        """Returns a queue object"""
        from .queues import Queue
        return Queue(maxsize, ctx=self.get_context())

    def JoinableQueue(self, maxsize=0):
        """Returns a queue object"""
        from .queues import JoinableQueue
        return JoinableQueue(maxsize, ctx=self.get_context())

    def SimpleQueue(self):
        """Returns a queue object"""
        from .queues import SimpleQueue
        return SimpleQueue(ctx=self.get_context())

    def Pool(self, processes=None, initializer=None, initargs=(), maxtasksperchild=None):
        """Returns a process pool object"""
        from .pool import Pool
        return Pool(processes, initializer, initargs, maxtasksperchild,
                    context=self.get_context())

    def RawValue(self, typecode_or_type, *args):
        """Returns a shared object"""
        from .sharedctypes import RawValue
        return RawValue(typecode_or_type, *args)

    def RawArray(self, typecode_or_type, size_or_initializer):
        """Returns a shared array"""
        from .sharedctypes import RawArray
        return RawArray(typecode_or_type, size_or_initializer)

    def Value(self, typecode_or_type, *args, lock=True):
        """Returns a synchronized shared object"""
        from .sharedctypes import Value
        return Value(typecode_or_type, *args, lock=lock, ctx=self.get_context())

    def Array(self, typecode_or_type, size_or_initializer, *, lock=True):
        """Returns a synchronized shared array"""
        from .sharedctypes import Array
        return Array(typecode_or_type, size_or_initializer, lock=lock, ctx=self.get_context())

    def freeze_support(self):
        """Run a child of a frozen program: that is Windows' business."""
        if sys.platform == 'win32' and getattr(sys, 'frozen', False):
            from .spawn import freeze_support
            freeze_support()

    def get_logger(self):
        """Return package logger -- if it does not already exist then it is created."""
        from .util import get_logger
        return get_logger()

    def log_to_stderr(self, level=None):
        """Turn on logging and add a handler which prints to stderr"""
        from .util import log_to_stderr
        return log_to_stderr(level)

    def allow_connection_pickling(self):
        """Let connections and sockets be pickled, which they always can be."""
        from . import connection

    def set_executable(self, executable):
        """Set the interpreter that children are started with which are not forked."""
        from .spawn import set_executable
        set_executable(executable)

    def set_forkserver_preload(self, module_names):
        """Set the names of the modules that the fork server imports."""
        from .forkserver import set_forkserver_preload
        set_forkserver_preload(module_names)

    def get_context(self, method=None):
        """The context of a way of starting processes."""
        if method is None:
            return self
        return _context_of(method)

    def get_start_method(self, allow_none=False):
        """The way processes are started."""
        return self._name

    def set_start_method(self, method, force=False):
        """Contexts have one way of their own."""
        raise ValueError('cannot set start method of concrete context')

    @property
    def reducer(self):
        """The module that says how objects are pickled."""
        return globals().get('reduction')

    @reducer.setter
    def reducer(self, reduction):
        globals()['reduction'] = reduction

    def _check_available(self):
        pass


def _context_of(method):
    context = _concrete_contexts.get(method)
    if context is None:
        raise ValueError('cannot find context for %r' % method) from None
    context._check_available()
    return context


class Process(process.BaseProcess):
    """A process of the default context."""

    _start_method = None

    @staticmethod
    def _Popen(process_obj):
        return _default_context.get_context().Process._Popen(process_obj)


class DefaultContext(BaseContext):
    """The package's own context."""

    Process = Process

    def __init__(self, context):
        self._default_context = context
        # The one that was set, or used first: from then on it stays.
        self._actual_context = None

    def get_context(self, method=None):
        if method is not None:
            return super().get_context(method)
        self._actual_context = self._actual_context or self._default_context
        return self._actual_context

    def set_start_method(self, method, force=False):
        """Set the way processes are started, once."""
        if not force and self._actual_context is not None:
            raise RuntimeError('context has already been set')
        undo = force and method is None
        self._actual_context = None if undo else self.get_context(method)

    def get_start_method(self, allow_none=False):
        """The way processes are started."""
        if allow_none and self._actual_context is None:
            return None
        return self.get_context()._name

    def get_all_start_methods(self):
        """The ways there are, the usual one first."""
        return list(_concrete_contexts)


class ForkProcess(process.BaseProcess):
    """A process that is forked."""

    _start_method = 'fork'

    @staticmethod
    def _Popen(process_obj):
        from .popen_fork import Popen
        return Popen(process_obj)


class ForkContext(BaseContext):
    """The context of forked processes."""

    _name = 'fork'
    Process = ForkProcess


class SpawnProcess(process.BaseProcess):
    """A process with a fresh interpreter."""

    _start_method = 'spawn'

    @staticmethod
    def _Popen(process_obj):
        from .popen_spawn_posix import Popen
        return Popen(process_obj)

    @staticmethod
    def _after_fork():
        # All there is, this process has made itself.
        pass


class SpawnContext(BaseContext):
    """The context of processes with fresh interpreters."""

    _name = 'spawn'
    Process = SpawnProcess


class ForkServerProcess(process.BaseProcess):
    """A process that the fork server forks."""

    _start_method = 'forkserver'

    @staticmethod
    def _Popen(process_obj):
        from .popen_forkserver import Popen
        return Popen(process_obj)


class ForkServerContext(BaseContext):
    """The context of processes that the fork server forks."""

    _name = 'forkserver'
    Process = ForkServerProcess

    def _check_available(self):
        from . import reduction
        if not reduction.HAVE_SEND_HANDLE:
            raise ValueError('forkserver start method not available')


# The usual one first.
_concrete_contexts = {made._name: made
                      for made in (ForkContext(), SpawnContext(), ForkServerContext())}
_default_context = DefaultContext(_concrete_contexts['fork'])


def _force_start_method(method):
    """Let a child start processes as it was started itself."""
    _default_context._actual_context = _concrete_contexts[method]


_tls = threading.local()


def get_spawning_popen():
    """What a process is being started by in this thread, or None."""
    return getattr(_tls, 'spawning_popen', None)


def set_spawning_popen(popen):
    """Set what a process is being started by in this thread."""
    _tls.spawning_popen = popen


def assert_spawning(obj):
    """RuntimeError unless a process is being started: the object is handed on by inheritance."""
    if get_spawning_popen() is None:
        raise RuntimeError(
            '%s objects should only be shared between processes'
            ' through inheritance' % type(obj).__name__)
