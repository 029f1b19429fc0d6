"""What becomes of records: filters, and the handlers that write them."""

__name__ = "logging"

import io
import logging
import os
import sys
import threading
import traceback
import weakref
from types import GenericAlias

from ._formatting import _defaultFormatter
from ._levels import (
    NOTSET, _acquireLock, _checkLevel, _lock, _register_at_fork_reinit_lock, _releaseLock,
    getLevelName)


class Filter:
    """Lets records of a logger and of those below it through; all, without a name."""

    def __init__(self, name=''):
        self.name = name
        self.nlen = len(name)

    def filter(self, record):
        """Tell whether the record is wanted. A subclass may also give a record to be used
        instead."""
        if not self.nlen or record.name == self.name:
            return True
        return record.name.startswith(self.name + '.')


class Filterer:
    """What loggers and handlers share: a list of filters."""

    def __init__(self):
        self.filters = []

    def addFilter(self, filter):
        """Add a filter: an object with a method `filter`, or a function."""
        if filter not in self.filters:
            self.filters.append(filter)

    def removeFilter(self, filter):
        """Remove a filter."""
        if filter in self.filters:
            self.filters.remove(filter)

    def filter(self, record):
        """Ask all filters; give false, or the record to go on with."""
        for one in self.filters:
            result = one.filter(record) if hasattr(one, 'filter') else one(record)
            if not result:
                return False
            if isinstance(result, logging.LogRecord):
                record = result
        return record


# Handlers by name, and all handlers in the order they were made, for shutdown.
_handlers = weakref.WeakValueDictionary()
_handlerList = []


def _removeHandlerRef(wr):
    # May be called at shutdown, when globals are gone.
    if _acquireLock and _releaseLock and _handlerList:
        with _lock:
            if wr in _handlerList:
                _handlerList.remove(wr)


def _addHandlerRef(handler):
    with _lock:
        _handlerList.append(weakref.ref(handler, _removeHandlerRef))


def getHandlerByName(name):
    """Give the handler with that name, or None."""
    return _handlers.get(name)


def getHandlerNames():
    """Give the names of all handlers that have one."""
    return frozenset(_handlers.keys())


class Handler(Filterer):
    """Does something with records; a subclass defines `emit`."""

    def __init__(self, level=NOTSET):
        Filterer.__init__(self)
        self._name = None
        self.level = _checkLevel(level)
        self.formatter = None
        self._closed = False
        _addHandlerRef(self)
        self.createLock()

    def get_name(self):
        return self._name

    def set_name(self, name):
        with _lock:
            if self._name in _handlers:
                del _handlers[self._name]
            self._name = name
            if name:
                _handlers[name] = self

    name = property(get_name, set_name)

    def createLock(self):
        """Make the lock that keeps the output of threads apart."""
        self.lock = threading.RLock()
        _register_at_fork_reinit_lock(self)

    def _at_fork_reinit(self):
        self.lock._at_fork_reinit()

    def acquire(self):
        """Acquire the handler's lock."""
        if self.lock:
            self.lock.acquire()

    def release(self):
        """Release the handler's lock."""
        if self.lock:
            self.lock.release()

    def setLevel(self, level):
        """Set the level below which records are ignored: a number or a name."""
        self.level = _checkLevel(level)

    def format(self, record):
        """Give the record as text."""
        return (self.formatter or _defaultFormatter).format(record)

    def emit(self, record):
        """Do with the record what the handler is for."""
        raise NotImplementedError('emit must be implemented by Handler subclasses')

    def handle(self, record):
        """Emit the record, if the filters let it through; gives false if they do not."""
        result = self.filter(record)
        if isinstance(result, logging.LogRecord):
            record = result
        if result:
            self.acquire()
            try:
                self.emit(record)
            finally:
                self.release()
        return result

    def setFormatter(self, fmt):
        """Set the formatter."""
        self.formatter = fmt

    def flush(self):
        """Make sure all output is written."""

    def close(self):
        """Let go of what the handler uses."""
        with _lock:
            self._closed = True
            if self._name and self._name in _handlers:
                del _handlers[self._name]

    def handleError(self, record):
        """Report the current exception, which emit raised, on standard error."""
        if not logging.raiseExceptions or not sys.stderr:
            return
        kind, value, tb = sys.exc_info()
        write = sys.stderr.write
        try:
            write('--- Logging error ---\n')
            traceback.print_exception(kind, value, tb, None, sys.stderr)
            write('Call stack:\n')
            # Where the program is, without this package's frames.
            frame = tb.tb_frame
            while frame and os.path.dirname(frame.f_code.co_filename) == logging.__path__[0]:
                frame = frame.f_back
            if frame:
                traceback.print_stack(frame, file=sys.stderr)
            else:
                write(f'Logged from file {record.filename}, line {record.lineno}\n')
            try:
                write(f'Message: {record.msg!r}\nArguments: {record.args}\n')
            except RecursionError:
                raise
            except Exception:
                write('Unable to print the message and arguments'
                      ' - possible formatting error.\nUse the'
                      ' traceback above to help find the error.\n')
        except OSError:
            pass
        finally:
            del kind, value, tb

    def __repr__(self):
        return f'<{self.__class__.__name__} ({getLevelName(self.level)})>'


class StreamHandler(Handler):
    """Writes records to a stream, standard error by default; does not close it."""

    terminator = '\n'

    def __init__(self, stream=None):
        Handler.__init__(self)
        self.stream = sys.stderr if stream is None else stream

    def flush(self):
        self.acquire()
        try:
            flush = getattr(self.stream, "flush", None) if self.stream else None
            if flush is not None:
                flush()
        finally:
            self.release()

    def emit(self, record):
        try:
            text = self.format(record)
            # In one piece, as another process may write to the same stream.
            self.stream.write(text + self.terminator)
            self.flush()
        except Exception as error:
            # Reporting that would recurse again.
            if isinstance(error, RecursionError):
                raise
            self.handleError(record)

    def setStream(self, stream):
        """Write to another stream from now on; gives the old one, or None if it is the same.
        """
        if stream is self.stream:
            return None
        old = self.stream
        self.acquire()
        try:
            self.flush()
            self.stream = stream
        finally:
            self.release()
        return old

    def __repr__(self):
        name = str(getattr(self.stream, 'name', ''))
        if name:
            name += ' '
        return f'<{self.__class__.__name__} {name}({getLevelName(self.level)})>'

    __class_getitem__ = classmethod(GenericAlias)


class FileHandler(StreamHandler):
    """Writes records to a file; with `delay`, opens it when the first one comes."""

    def __init__(self, filename, mode='a', encoding=None, delay=False, errors=None):
        # Absolute, as the working directory may change.
        self.baseFilename = os.path.abspath(os.fspath(filename))
        self.mode = mode
        self.encoding = encoding if "b" in mode else io.text_encoding(encoding)
        self.errors = errors
        self.delay = delay
        # At shutdown the builtin may be gone.
        self._builtin_open = open
        if delay:
            Handler.__init__(self)
            self.stream = None
        else:
            StreamHandler.__init__(self, self._open())

    def close(self):
        """Close the file."""
        self.acquire()
        try:
            try:
                if self.stream:
                    try:
                        self.flush()
                    finally:
                        stream, self.stream = self.stream, None
                        if hasattr(stream, "close"):
                            stream.close()
            finally:
                StreamHandler.close(self)
        finally:
            self.release()

    def _open(self):
        return self._builtin_open(self.baseFilename, self.mode, encoding=self.encoding,
                                  errors=self.errors)

    def emit(self, record):
        # A file opened with 'w' again would lose what was written.
        if self.stream is None and (self.mode != 'w' or not self._closed):
            self.stream = self._open()
        if self.stream:
            StreamHandler.emit(self, record)

    def __repr__(self):
        return (f'<{self.__class__.__name__} {self.baseFilename} '
                f'({getLevelName(self.level)})>')


class _StderrHandler(StreamHandler):
    """Writes to whatever sys.stderr is at the time."""

    def __init__(self, level=NOTSET):
        Handler.__init__(self, level)

    @property
    def stream(self):
        return sys.stderr


class NullHandler(Handler):
    """Does nothing; for libraries, so that their records are not reported as unhandled."""

    def handle(self, record):
        """Do nothing."""

    def emit(self, record):
        """Do nothing."""

    def createLock(self):
        self.lock = None

    def _at_fork_reinit(self):
        pass
