"""Descriptors that are pickled: another process fetches them from this one.

A thread of this process listens; who unpickles connects to it and says which descriptor it wants.
Each can be fetched once.
"""

import os
import signal
import sys
import threading

from . import process, reduction, util

__all__ = ['stop', 'DupFd']


class DupFd:
    """A copy of a descriptor, to be pickled and fetched by detach()."""

    def __init__(self, fd):
        copy = os.dup(fd)
        self._id = _resource_sharer.register(
            lambda conn, pid: reduction.send_handle(conn, copy, pid), lambda: os.close(copy))

    def detach(self):
        """Fetch the descriptor: once."""
        with _resource_sharer.get_connection(self._id) as conn:
            return reduction.recv_handle(conn)


class _ResourceSharer:
    """What others may fetch from this process, and the thread that gives it to them."""

    def __init__(self):
        self._lock = threading.Lock()
        self._begin()
        util.register_after_fork(self, _ResourceSharer._afterfork)

    def _begin(self):
        self._key = 0
        # How to send and how to close, by key.
        self._cache = {}
        self._listener = self._address = self._thread = None

    def register(self, send, close):
        """Offer something; what says where and which it is."""
        with self._lock:
            if self._address is None:
                self._start()
            self._key += 1
            self._cache[self._key] = send, close
            return self._address, self._key

    @staticmethod
    def get_connection(ident):
        """A connection by which something that was offered comes."""
        from .connection import Client
        address, key = ident
        conn = Client(address, authkey=process.current_process().authkey)
        conn.send((key, os.getpid()))
        return conn

    def stop(self, timeout=None):
        """End the thread, and close what nobody has fetched."""
        from .connection import Client
        with self._lock:
            if self._address is None:
                return
            with Client(self._address, authkey=process.current_process().authkey) as conn:
                conn.send(None)
            self._thread.join(timeout)
            if self._thread.is_alive():
                util.sub_warning('_ResourceSharer thread did not stop when asked')
            self._listener.close()
            self._close_offered()
            self._begin()

    def _close_offered(self):
        for _, close in self._cache.values():
            close()

    def _afterfork(self):
        self._close_offered()
        self._lock._at_fork_reinit()
        if self._listener is not None:
            self._listener.close()
        self._begin()

    def _start(self):
        from .connection import Listener
        assert self._listener is None, "Already have Listener"
        util.debug('starting listener and thread for sending handles')
        self._listener = Listener(authkey=process.current_process().authkey, backlog=128)
        self._address = self._listener.address
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self):
        # Signals are for the other threads.
        signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
        while True:
            try:
                with self._listener.accept() as conn:
                    wanted = conn.recv()
                    if wanted is None:
                        return
                    key, receiver = wanted
                    send, close = self._cache.pop(key)
                    try:
                        send(conn, receiver)
                    finally:
                        close()
            except Exception:
                if not util.is_exiting():
                    sys.excepthook(*sys.exc_info())


_resource_sharer = _ResourceSharer()
stop = _resource_sharer.stop
