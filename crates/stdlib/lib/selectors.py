"""Waiting for several files at once, by whatever the system has for that."""

import select
from _collections_abc import Mapping

__all__ = ['BaseSelector', 'DefaultSelector', 'EVENT_READ', 'EVENT_WRITE', 'PollSelector',
           'SelectSelector', 'SelectorKey']

EVENT_READ = 1
EVENT_WRITE = 2


def _fileobj_to_fd(fileobj):
    """The descriptor of a file: a number, or what its fileno() gives."""
    if isinstance(fileobj, int):
        fd = fileobj
    else:
        try:
            fd = int(fileobj.fileno())
        except (AttributeError, TypeError, ValueError):
            raise ValueError("Invalid file object: {!r}".format(fileobj)) from None
    if fd < 0:
        raise ValueError("Invalid file descriptor: {}".format(fd))
    return fd


class SelectorKey(tuple):
    """SelectorKey(fileobj, fd, events, data)

    A file, its descriptor, the events to wait for, and what belongs to it.
    """

    __slots__ = ()
    _fields = ('fileobj', 'fd', 'events', 'data')
    __match_args__ = _fields

    def __new__(cls, fileobj, fd, events, data):
        return tuple.__new__(cls, (fileobj, fd, events, data))

    fileobj = property(lambda self: self[0], doc='File object registered.')
    fd = property(lambda self: self[1], doc='Underlying file descriptor.')
    events = property(lambda self: self[2], doc='Events that must be waited for on this file object.')
    data = property(lambda self: self[3], doc='Optional opaque data associated to this file object.\n'
                    'For example, this could be used to store a per-client session ID.')

    def _asdict(self):
        return dict(zip(self._fields, self))

    def _replace(self, /, **changes):
        return type(self)(**{**self._asdict(), **changes})

    def __getnewargs__(self):
        return tuple(self)

    def __repr__(self):
        return (f'SelectorKey(fileobj={self[0]!r}, fd={self[1]!r}, '
                f'events={self[2]!r}, data={self[3]!r})')


class _SelectorMapping(Mapping):
    """The keys of a selector, by file."""

    def __init__(self, selector):
        self._selector = selector

    def __len__(self):
        return len(self._selector._fd_to_key)

    def get(self, fileobj, default=None):
        fd = self._selector._fileobj_lookup(fileobj)
        return self._selector._fd_to_key.get(fd, default)

    def __getitem__(self, fileobj):
        fd = self._selector._fileobj_lookup(fileobj)
        key = self._selector._fd_to_key.get(fd)
        if key is None:
            raise KeyError("{!r} is not registered".format(fileobj))
        return key

    def __iter__(self):
        return iter(self._selector._fd_to_key)


class BaseSelector:
    """What selectors of all kinds can do."""

    def register(self, fileobj, events, data=None):
        """Watch a file; its key."""
        raise NotImplementedError

    def unregister(self, fileobj):
        """Do not watch a file any more; the key it had."""
        raise NotImplementedError

    def modify(self, fileobj, events, data=None):
        """Watch a file for other events, or with other data; its new key."""
        self.unregister(fileobj)
        return self.register(fileobj, events, data)

    def select(self, timeout=None):
        """Wait until a file is ready, or for the time; a list of keys and events.

        At once where the time is not positive.
        """
        raise NotImplementedError

    def close(self):
        """Close the selector; the resources it holds are released."""

    def get_key(self, fileobj):
        """The key of a file; KeyError if it is not watched."""
        mapping = self.get_map()
        if mapping is None:
            raise RuntimeError('Selector is closed')
        try:
            return mapping[fileobj]
        except KeyError:
            raise KeyError("{!r} is not registered".format(fileobj)) from None

    def get_map(self):
        """A mapping of files to keys."""
        raise NotImplementedError

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()


class _BaseSelectorImpl(BaseSelector):
    """The register of keys."""

    def __init__(self):
        self._fd_to_key = {}
        self._map = _SelectorMapping(self)

    def _fileobj_lookup(self, fileobj):
        try:
            return _fileobj_to_fd(fileobj)
        except ValueError:
            # It may be closed, and is to be unregistered.
            for key in self._fd_to_key.values():
                if key.fileobj is fileobj:
                    return key.fd
            raise

    def register(self, fileobj, events, data=None):
        if (not events) or (events & ~(EVENT_READ | EVENT_WRITE)):
            raise ValueError("Invalid events: {!r}".format(events))
        key = SelectorKey(fileobj, self._fileobj_lookup(fileobj), events, data)
        if key.fd in self._fd_to_key:
            raise KeyError("{!r} (FD {}) is already registered".format(fileobj, key.fd))
        self._fd_to_key[key.fd] = key
        return key

    def unregister(self, fileobj):
        try:
            return self._fd_to_key.pop(self._fileobj_lookup(fileobj))
        except KeyError:
            raise KeyError("{!r} is not registered".format(fileobj)) from None

    def modify(self, fileobj, events, data=None):
        try:
            key = self._fd_to_key[self._fileobj_lookup(fileobj)]
        except KeyError:
            raise KeyError("{!r} is not registered".format(fileobj)) from None
        if events != key.events:
            self.unregister(fileobj)
            key = self.register(fileobj, events, data)
        elif data != key.data:
            key = key._replace(data=data)
            self._fd_to_key[key.fd] = key
        return key

    def close(self):
        self._fd_to_key.clear()
        self._map = None

    def get_map(self):
        return self._map


class SelectSelector(_BaseSelectorImpl):
    """By select()."""

    def __init__(self):
        super().__init__()
        self._readers = set()
        self._writers = set()

    def register(self, fileobj, events, data=None):
        key = super().register(fileobj, events, data)
        if events & EVENT_READ:
            self._readers.add(key.fd)
        if events & EVENT_WRITE:
            self._writers.add(key.fd)
        return key

    def unregister(self, fileobj):
        key = super().unregister(fileobj)
        self._readers.discard(key.fd)
        self._writers.discard(key.fd)
        return key

    def select(self, timeout=None):
        timeout = None if timeout is None else max(timeout, 0)
        try:
            readers, writers, _ = select.select(self._readers, self._writers, [], timeout)
        except InterruptedError:
            return []
        readers, writers = frozenset(readers), frozenset(writers)
        ready = []
        for fd in readers | writers:
            key = self._fd_to_key.get(fd)
            if key:
                events = (fd in readers and EVENT_READ) | (fd in writers and EVENT_WRITE)
                ready.append((key, events & key.events))
        return ready


class PollSelector(_BaseSelectorImpl):
    """By poll()."""

    def __init__(self):
        super().__init__()
        self._selector = select.poll()

    @staticmethod
    def _mask(events):
        return ((events & EVENT_READ and select.POLLIN) |
                (events & EVENT_WRITE and select.POLLOUT))

    def register(self, fileobj, events, data=None):
        key = super().register(fileobj, events, data)
        try:
            self._selector.register(key.fd, self._mask(events))
        except:
            super().unregister(fileobj)
            raise
        return key

    def unregister(self, fileobj):
        key = super().unregister(fileobj)
        try:
            self._selector.unregister(key.fd)
        except (OSError, KeyError):
            # It was closed.
            pass
        return key

    def select(self, timeout=None):
        if timeout is not None:
            # Rounded up: it must not return too early.
            timeout = 0 if timeout <= 0 else -int(-timeout * 1e3 // 1)
        try:
            found = self._selector.poll(timeout)
        except InterruptedError:
            return []
        ready = []
        for fd, event in found:
            key = self._fd_to_key.get(fd)
            if key:
                # Errors and ends are told to both sides.
                events = ((event & ~select.POLLIN and EVENT_WRITE) |
                          (event & ~select.POLLOUT and EVENT_READ))
                ready.append((key, events & key.events))
        return ready


DefaultSelector = PollSelector
