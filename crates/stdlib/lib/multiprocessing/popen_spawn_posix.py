"""A process with a fresh interpreter."""

import io
import os

from . import popen_fork, reduction, spawn, util
from .context import set_spawning_popen

__all__ = ['Popen']


class _DupFd:
    """A descriptor that the child has under the same number."""

    def __init__(self, fd):
        self.fd = fd

    def detach(self):
        """The descriptor."""
        return self.fd


def pickled_for(popen, process_obj):
    """What a child is sent: how to set itself up, and the process object."""
    text = io.BytesIO()
    prepared = spawn.get_preparation_data(process_obj._name)
    set_spawning_popen(popen)
    try:
        for item in prepared, process_obj:
            reduction.dump(item, text)
    finally:
        set_spawning_popen(None)
    return text.getbuffer()


class Popen(popen_fork.Popen):
    """What is known of a process that was spawned."""

    method = 'spawn'
    DupFd = _DupFd

    def __init__(self, process_obj):
        # What the child gets besides its pipe.
        self._fds = []
        super().__init__(process_obj)

    def duplicate_for_child(self, fd):
        """Have the child get a descriptor; its number there."""
        self._fds.append(fd)
        return fd

    def _launch(self, process_obj):
        from . import resource_tracker
        tracker = self.duplicate_for_child(resource_tracker.getfd())
        message = pickled_for(self, process_obj)
        opened = []
        try:
            # The child holds the writing end of the first pipe as long as it lives, and sees by
            # the second when this process is gone.
            opened += os.pipe()
            opened += os.pipe()
            child_gone, child_lives, child_reads, parent_writes = opened
            command = spawn.get_command_line(tracker_fd=tracker, pipe_handle=child_reads)
            self._fds += child_reads, child_lives
            self.pid = util.spawnv_passfds(spawn.get_executable(), command, self._fds)
            self.sentinel = child_gone
            with open(parent_writes, 'wb', closefd=False) as pipe:
                pipe.write(message)
        finally:
            if len(opened) == 4:
                util.close_fds(opened[1], opened[2])
                kept = opened[0], opened[3]
            else:
                kept = tuple(opened)
            self.finalizer = util.Finalize(self, util.close_fds, kept)
