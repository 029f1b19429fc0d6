"""A forked process."""

import os
import signal

from . import util

__all__ = ['Popen']


class Popen:
    """What is known of a process that was forked."""

    method = 'fork'
    returncode = None
    finalizer = None

    def __init__(self, process_obj):
        # What is buffered would be written twice.
        util._flush_std_streams()
        self._launch(process_obj)

    def duplicate_for_child(self, fd):
        """A descriptor's number in the child: the same."""
        return fd

    def poll(self, flag=os.WNOHANG):
        """The exit code, None if the process has not ended."""
        if self.returncode is not None:
            return self.returncode
        try:
            pid, status = os.waitpid(self.pid, flag)
        except OSError:
            # Somebody else waited for it.
            return None
        if pid == self.pid:
            self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode

    def wait(self, timeout=None):
        """Wait until it has ended, or for the time; the exit code."""
        if self.returncode is None and timeout is not None:
            from .connection import wait
            if not wait([self.sentinel], timeout):
                return None
        # The descriptor can be read a moment before the process can be waited for.
        return self.poll(os.WNOHANG if timeout == 0.0 else 0)

    def _send_signal(self, sig):
        if self.returncode is None:
            try:
                os.kill(self.pid, sig)
            except ProcessLookupError:
                pass
            except OSError:
                # No matter, if it is ending anyway.
                if self.wait(timeout=0.1) is None:
                    raise

    def terminate(self):
        """Send SIGTERM."""
        self._send_signal(signal.SIGTERM)

    def kill(self):
        """Send SIGKILL."""
        self._send_signal(signal.SIGKILL)

    def _launch(self, process_obj):
        # Each side keeps one end of a pipe open as long as it lives; the other side sees by its
        # own end when it is gone.
        (childs_end_seen, child_lives), (parents_end_seen, parent_lives) = os.pipe(), os.pipe()
        self.pid = os.fork()
        if not self.pid:
            status = 1
            try:
                util.close_fds(childs_end_seen, parent_lives)
                status = process_obj._bootstrap(parent_sentinel=parents_end_seen)
            finally:
                os._exit(status)
        util.close_fds(child_lives, parents_end_seen)
        self.sentinel = childs_end_seen
        self.finalizer = util.Finalize(self, util.close_fds, (childs_end_seen, parent_lives))

    def close(self):
        """Release the descriptors."""
        if self.finalizer is not None:
            self.finalizer()
