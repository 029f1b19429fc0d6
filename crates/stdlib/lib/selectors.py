"""Waiting for several files at once, by whatever the system has for that."""

import select
from _collections_abc import Mapping

__all__ = ['BaseSelector', 'DefaultSelector', 'EVENT_READ', 'EVENT_WRITE', 'EpollSelector',
           'PollSelector', 'SelectSelector', 'SelectorKey']

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


def _unknown(fileobj):
    return KeyError(f"{fileobj!r} is not registered")


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
        key = self.get(fileobj)
        if key is None:
            raise _unknown(fileobj)
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
        keys = self.get_map()
        if keys is None:
            raise RuntimeError('Selector is closed')
        key = keys.get(fileobj)
        if key is None:
            raise _unknown(fileobj)
        return key

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

    def get_map(self):
        return self._map

    def _known(self, fileobj):
        key = self._fd_to_key.get(self._fileobj_lookup(fileobj))
        if key is None:
            raise _unknown(fileobj)
        return key

    def register(self, fileobj, events, data=None):
        if events & ~(EVENT_READ | EVENT_WRITE) or not events:
            raise ValueError(f"Invalid events: {events!r}")
        fd = self._fileobj_lookup(fileobj)
        key = SelectorKey(fileobj, fd, events, data)
        if self._fd_to_key.setdefault(fd, key) is not key:
            raise KeyError(f"{fileobj!r} (FD {fd}) is already registered")
        return key

    def unregister(self, fileobj):
        key = self._known(fileobj)
        del self._fd_to_key[key.fd]
        return key

    def modify(self, fileobj, events, data=None):
        key = self._known(fileobj)
        if events != key.events:
            # The system is to know, too.
            self.unregister(fileobj)
            return self.register(fileobj, events, data)
        if data != key.data:
            key = self._fd_to_key[key.fd] = key._replace(data=data)
        return key

    def close(self):
        self._map = None
        self._fd_to_key.clear()

    def _ready(self, found):
        """The keys of descriptors, each with those of the events that were asked for."""
        known = [(self._fd_to_key.get(fd), events) for fd, events in found]
        return [(key, events & key.events) for key, events in known if key is not None]


class SelectSelector(_BaseSelectorImpl):
    """By select()."""

    def __init__(self):
        super().__init__()
        # The descriptors that are watched for each event.
        self._readers, self._writers = set(), set()

    def register(self, fileobj, events, data=None):
        key = super().register(fileobj, events, data)
        for event, watched in (EVENT_READ, self._readers), (EVENT_WRITE, self._writers):
            if events & event:
                watched.add(key.fd)
        return key

    def unregister(self, fileobj):
        key = super().unregister(fileobj)
        for watched in self._readers, self._writers:
            watched.discard(key.fd)
        return key

    def select(self, timeout=None):
        timeout = None if timeout is None else max(timeout, 0)
        try:
            readers, writers, _ = select.select(self._readers, self._writers, [], timeout)
        except InterruptedError:
            return []
        found = dict.fromkeys(readers, EVENT_READ)
        for fd in writers:
            found[fd] = found.get(fd, 0) | EVENT_WRITE
        return self._ready(found.items())


class _PollLikeSelector(_BaseSelectorImpl):
    """By an object that keeps the descriptors: `_selector_cls` makes it, and the flags are its."""

    _selector_cls = None
    _EVENT_READ = _EVENT_WRITE = None

    def __init__(self):
        super().__init__()
        self._selector = self._selector_cls()

    def _tell(self, method, key):
        """Tell the system what a descriptor is watched for; on errors it is not watched."""
        mask = ((self._EVENT_READ if key.events & EVENT_READ else 0) |
                (self._EVENT_WRITE if key.events & EVENT_WRITE else 0))
        try:
            method(key.fd, mask)
        except BaseException:
            del self._fd_to_key[key.fd]
            raise

    def register(self, fileobj, events, data=None):
        key = super().register(fileobj, events, data)
        self._tell(self._selector.register, key)
        return key

    def modify(self, fileobj, events, data=None):
        known = self._known(fileobj)
        key = self._fd_to_key[known.fd] = known._replace(events=events, data=data)
        if events != known.events:
            self._tell(self._selector.modify, key)
        return key

    def unregister(self, fileobj):
        key = super().unregister(fileobj)
        try:
            self._selector.unregister(key.fd)
        except (OSError, KeyError):
            # It was closed.
            pass
        return key

    def _poll(self, milliseconds):
        return self._selector.poll(milliseconds)

    def select(self, timeout=None):
        if timeout is not None:
            # Rounded up: it must not return too early.
            timeout = 0 if timeout <= 0 else -int(-timeout * 1e3 // 1)
        try:
            found = self._poll(timeout)
        except InterruptedError:
            return []
        # Errors and ends are told to both sides.
        return self._ready(
            (fd, (EVENT_WRITE if event & ~self._EVENT_READ else 0) |
                 (EVENT_READ if event & ~self._EVENT_WRITE else 0))
            for fd, event in found)


class PollSelector(_PollLikeSelector):
    """By poll()."""

    _selector_cls = select.poll
    _EVENT_READ, _EVENT_WRITE = select.POLLIN, select.POLLOUT


class EpollSelector(_PollLikeSelector):
    """By epoll(): the system keeps the descriptors, so that it costs little to watch many."""

    _selector_cls = select.epoll
    _EVENT_READ, _EVENT_WRITE = select.EPOLLIN, select.EPOLLOUT

    def fileno(self):
        return self._selector.fileno()

    def _poll(self, milliseconds):
        seconds = None if milliseconds is None else milliseconds / 1e3
        return self._selector.poll(seconds, max(len(self._fd_to_key), 1))

    def close(self):
        self._selector.close()
        super().close()


DefaultSelector = EpollSelector
