"""A forked process."""

import os
import signal

from . import util

__all__ = ['Popen']


class Popen:
    """What is known of a process that was forked."""

    method = 'fork'

    def __init__(self, process_obj):
        util._flush_std_streams()
        self.returncode = None
        self.finalizer = None
        self._launch(process_obj)

    def duplicate_for_child(self, fd):
        """A descriptor's number in the child: the same."""
        return fd

    def poll(self, flag=os.WNOHANG):
        """The exit code, None if the process has not ended."""
        if self.returncode is None:
            try:
                pid, sts = os.waitpid(self.pid, flag)
            except OSError:
                # Somebody else waited for it.
                return None
            if pid == self.pid:
                self.returncode = os.waitstatus_to_exitcode(sts)
        return self.returncode

    def wait(self, timeout=None):
        """Wait until it has ended, or for the time; the exit code."""
        if self.returncode is None:
            if timeout is not None:
                from multiprocessing.connection import wait
                if not wait([self.sentinel], timeout):
                    return None
            # The descriptor can be read a moment before the process can be waited for.
            return self.poll(os.WNOHANG if timeout == 0.0 else 0)
        return self.returncode

    def _send_signal(self, sig):
        if self.returncode is None:
            try:
                os.kill(self.pid, sig)
            except ProcessLookupError:
                pass
            except OSError:
                if self.wait(timeout=0.1) is None:
                    raise

    def terminate(self):
        """Send SIGTERM."""
        self._send_signal(signal.SIGTERM)

    def kill(self):
        """Send SIGKILL."""
        self._send_signal(signal.SIGKILL)

    def _launch(self, process_obj):
        code = 1
        # The child's end of the first pipe is closed with the child, the parent's end of the
        # second one with the parent: so each can see the other's end.
        parent_r, child_w = os.pipe()
        child_r, parent_w = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            try:
                os.close(parent_r)
                os.close(parent_w)
                code = process_obj._bootstrap(parent_sentinel=child_r)
            finally:
                os._exit(code)
        else:
            os.close(child_w)
            os.close(child_r)
            self.finalizer = util.Finalize(self, _close_all, (parent_r, parent_w))
            self.sentinel = parent_r

    def close(self):
        """Release the descriptors."""
        if self.finalizer is not None:
            self.finalizer()


def _close_all(*fds):
    for fd in fds:
        os.close(fd)
