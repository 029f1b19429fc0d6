"""Connections between threads: pairs of queues."""

from queue import Queue

__all__ = ['Client', 'Listener', 'Pipe']

families = [None]


class _Closable:
    """Something to be used with `with`."""

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_value, exc_tb):
        self.close()


class Connection(_Closable):
    """An end of a connection between threads."""

    def __init__(self, _in, _out):
        self._in = _in
        self._out = _out
        self.send = self.send_bytes = _out.put
        self.recv = self.recv_bytes = _in.get

    def poll(self, timeout=0.0):
        arrived = self._in.not_empty
        if timeout > 0.0 and self._in.empty():
            with arrived:
                arrived.wait(timeout)
        return not self._in.empty()

    def close(self):
        pass


def Pipe(duplex=True):
    a, b = Queue(), Queue()
    return Connection(a, b), Connection(b, a)


class Listener(_Closable):
    """Waits for clients, which come through a queue: the address."""

    def __init__(self, address=None, family=None, backlog=1):
        self._backlog_queue = Queue(backlog)

    @property
    def address(self):
        return self._backlog_queue

    def accept(self):
        return Connection(*self._backlog_queue.get())

    def close(self):
        self._backlog_queue = None


def Client(address):
    """A connection to the listener with an address."""
    ours, theirs = Queue(), Queue()
    address.put((theirs, ours))
    return Connection(ours, theirs)
