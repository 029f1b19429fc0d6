"""What several classes have in common."""

import threading

from . import events

_global_lock = threading.Lock()


class _LoopBoundMixin:
    """Belongs to the event loop that runs when it is first waited for."""

    _loop = None

    def _get_loop(self):
        running = events._get_running_loop()
        if self._loop is None:
            self._bind(running)
        if self._loop is not running:
            raise RuntimeError(f'{self!r} is bound to a different event loop')
        return running

    def _bind(self, loop):
        # Two threads may try; the first one wins.
        with _global_lock:
            if self._loop is None:
                self._loop = loop
