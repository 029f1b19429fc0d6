"""A process that the fork server forks."""

import os

from . import forkserver, popen_spawn_posix, util

__all__ = ['Popen']


class _DupFd:
    """A descriptor that the child gets: which one of those it gets."""

    def __init__(self, ind):
        self.ind = ind

    def detach(self):
        """The descriptor."""
        return forkserver.get_inherited_fds()[self.ind]


class Popen(popen_spawn_posix.Popen):
    """What is known of a process that the server has forked."""

    method, DupFd = 'forkserver', _DupFd

    def duplicate_for_child(self, fd):
        """Have the child get a descriptor; its place among them."""
        super().duplicate_for_child(fd)
        return len(self._fds) - 1

    def _launch(self, process_obj):
        message = popen_spawn_posix.pickled_for(self, process_obj)
        self.sentinel, writer = forkserver.connect_to_new_process(self._fds)
        # Open as long as this process lives: the child sees by it when that is over.
        alive = os.dup(writer)
        self.finalizer = util.Finalize(self, util.close_fds, (alive, self.sentinel))
        with open(writer, 'wb') as pipe:
            pipe.write(message)
        self.pid = forkserver.read_signed(self.sentinel)

    def poll(self, flag=os.WNOHANG):
        """The exit code, which the server tells; None if the process has not ended."""
        if self.returncode is None:
            from .connection import wait
            if not wait([self.sentinel], 0 if flag == os.WNOHANG else None):
                return None
            try:
                self.returncode = forkserver.read_signed(self.sentinel)
            except (OSError, EOFError):
                # The server went before it could tell.
                self.returncode = 255
        return self.returncode
