"""The interface of multiprocessing over threads."""

__all__ = ['Process', 'current_process', 'active_children', 'freeze_support', 'Lock', 'RLock',
           'Semaphore', 'BoundedSemaphore', 'Condition', 'Event', 'Barrier', 'Queue', 'Pipe',
           'Pool', 'JoinableQueue', 'Value', 'Array', 'list', 'dict', 'Namespace', 'Manager']

import builtins
import threading
import weakref
from threading import (Barrier, BoundedSemaphore, Condition, Event, Lock, RLock, Semaphore,
                       current_thread as current_process)
from queue import Queue

from . import connection
from .connection import Pipe


class DummyProcess(threading.Thread):
    """A thread that looks like a process."""

    _pid = None
    _start_called = False

    def __init__(self, group=None, target=None, name=None, args=(), kwargs={}):
        super().__init__(group, target, name, args, kwargs)
        self._parent = current_process()
        # The ones that it starts; those that nobody else knows need not be counted.
        self._children = weakref.WeakKeyDictionary()

    def start(self):
        here = current_process()
        if here is not self._parent:
            raise RuntimeError(f"Parent is {self._parent!r} but current_process is {here!r}")
        # A thread that was started otherwise keeps no account.
        getattr(here, '_children', {})[self] = None
        self._start_called = True
        super().start()

    @property
    def exitcode(self):
        return 0 if self._start_called and not self.is_alive() else None


Process = DummyProcess
current_process()._children = weakref.WeakKeyDictionary()
JoinableQueue = Queue
dict, list = builtins.dict, builtins.list


def active_children():
    children = current_process()._children
    for child in builtins.list(children):
        if not child.is_alive():
            children.pop(child, None)
    return builtins.list(children)


def freeze_support():
    pass


class Namespace:
    """Attributes."""

    def __init__(self, /, **kwds):
        vars(self).update(kwds)

    def __repr__(self):
        shown = [f'{name}={value!r}' for name, value in vars(self).items()
                 if not name.startswith('_')]
        return f"{type(self).__name__}({', '.join(sorted(shown))})"


class Value:
    """A value."""

    def __init__(self, typecode, value, lock=True):
        # Any value will do, whatever the type; the property is for the interface.
        self._typecode, self._value = typecode, value

    value = property(lambda self: self._value, lambda self, value: setattr(self, '_value', value))

    def __repr__(self):
        return f'<{type(self).__name__}({self._typecode!r}, {self._value!r})>'


def Array(typecode, sequence, lock=True):
    import array
    return array.array(typecode, sequence)


def Manager():
    import sys
    return sys.modules[__name__]


def shutdown():
    pass


def Pool(processes=None, initializer=None, initargs=()):
    from ..pool import ThreadPool
    return ThreadPool(processes, initializer, initargs)
