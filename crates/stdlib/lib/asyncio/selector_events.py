"""An event loop that watches descriptors, once it is asked to."""

__all__ = ('BaseSelectorEventLoop',)

import os

from . import base_events, events


class _Watcher:
    """What a loop sleeps in that watches descriptors: a selector, and a pipe to wake it by."""

    def __init__(self, selector):
        import selectors
        self.selector = selectors.DefaultSelector() if selector is None else selector
        self._read, self._write = os.pipe()
        os.set_blocking(self._read, False)
        os.set_blocking(self._write, False)
        self.selector.register(self._read, selectors.EVENT_READ, None)

    def select(self, timeout):
        found = self.selector.select(timeout)
        for key, _ in found:
            if key.fd == self._read:
                try:
                    while os.read(self._read, 4096):
                        pass
                except (BlockingIOError, InterruptedError):
                    pass
        return [pair for pair in found if pair[0].data is not None]

    def wake(self):
        try:
            os.write(self._write, b'\0')
        except OSError:
            # It is full, or closed: either way nobody is to be woken.
            pass

    def close(self):
        self.selector.close()
        os.close(self._read)
        os.close(self._write)


class BaseSelectorEventLoop(base_events.BaseEventLoop):
    """An event loop with add_reader() and add_writer()."""

    def __init__(self, selector=None):
        super().__init__()
        if selector is not None:
            self._selector = _Watcher(selector)

    def close(self):
        if self.is_running():
            raise RuntimeError("Cannot close a running event loop")
        if self.is_closed():
            return
        super().close()
        if self._selector is not None:
            self._selector.close()
            self._selector = None

    def _write_to_self(self):
        selector = self._selector
        if selector is not None:
            selector.wake()

    def _watcher(self):
        if not isinstance(self._selector, _Watcher):
            sleeper = self._selector
            self._selector = _Watcher(None)
            # Whoever woke the old one means the new one.
            self._selector.wake()
            sleeper.wake()
        return self._selector.selector

    def _process_events(self, event_list):
        for key, mask in event_list:
            reader, writer = key.data
            if mask & 1 and reader is not None:
                if reader._cancelled:
                    self._remove(key.fileobj, 1)
                else:
                    self._add_callback(reader)
            if mask & 2 and writer is not None:
                if writer._cancelled:
                    self._remove(key.fileobj, 2)
                else:
                    self._add_callback(writer)

    def _add(self, fd, event, callback, args):
        self._check_closed()
        handle = events.Handle(callback, args, self, None)
        selector = self._watcher()
        try:
            key = selector.get_key(fd)
        except KeyError:
            data = (handle, None) if event == 1 else (None, handle)
            selector.register(fd, event, data)
        else:
            reader, writer = key.data
            old = reader if event == 1 else writer
            data = (handle, writer) if event == 1 else (reader, handle)
            selector.modify(fd, key.events | event, data)
            if old is not None:
                old.cancel()
        return handle

    def _remove(self, fd, event):
        if self.is_closed():
            return False
        selector = self._watcher()
        try:
            key = selector.get_key(fd)
        except KeyError:
            return False
        reader, writer = key.data
        left = key.events & ~event
        if left:
            selector.modify(fd, left, (None, writer) if event == 1 else (reader, None))
        else:
            selector.unregister(fd)
        old = reader if event == 1 else writer
        if old is None:
            return False
        old.cancel()
        return True

    def add_reader(self, fd, callback, *args):
        """Call a callback whenever the descriptor can be read."""
        self._add(fd, 1, callback, args)

    def remove_reader(self, fd):
        """Do not watch whether the descriptor can be read; whether that was watched."""
        return self._remove(fd, 1)

    def add_writer(self, fd, callback, *args):
        """Call a callback whenever the descriptor can be written."""
        self._add(fd, 2, callback, args)

    def remove_writer(self, fd):
        """Do not watch whether the descriptor can be written; whether that was watched."""
        return self._remove(fd, 2)
