"""A server that forks: a process with one thread and few resources, whose copies are the children.

Who wants a child connects to the server and sends descriptors beside one byte: the child's ends of
two pipes, what keeps the server alive, the tracker's pipe, and what the process object needs.  The
server forks and writes to the first pipe the child's number, and its status when it has ended; by the
second the child gets its work, as a spawned one does.
"""

import os
import signal
import socket
import struct
import sys
import threading
import warnings

from . import connection, process, reduction, resource_tracker, spawn, util

__all__ = ['ensure_running', 'get_inherited_fds', 'connect_to_new_process',
           'set_forkserver_preload']

# No more can be sent at once.
MAXFDS_TO_SEND = 256
# What every child gets: two ends of pipes, the server's life, and the tracker's pipe.
_ALWAYS_SENT = 4

SIGNED_STRUCT = struct.Struct('q')


class ForkServer:
    """The server that this process knows, and what a child of it has got."""

    def __init__(self):
        self._lock = threading.Lock()
        self._preload_modules = ['__main__']
        self._inherited_fds = None
        self._forget()

    def _forget(self):
        self._forkserver_address = self._forkserver_alive_fd = self._forkserver_pid = None

    def _stop(self):
        with self._lock:
            self._stop_unlocked()

    def _stop_unlocked(self):
        if self._forkserver_pid is None:
            return
        # The server ends when nobody has this open any more.
        os.close(self._forkserver_alive_fd)
        os.waitpid(self._forkserver_pid, 0)
        if not util.is_abstract_socket_namespace(self._forkserver_address):
            os.unlink(self._forkserver_address)
        self._forget()

    def set_forkserver_preload(self, modules_names):
        """Set the names of the modules that the server tries to import first."""
        if any(type(name) is not str for name in modules_names):
            raise TypeError('module_names must be a list of strings')
        self._preload_modules = modules_names

    def get_inherited_fds(self):
        """The descriptors that this child of the server has got; None in other processes."""
        return self._inherited_fds

    def connect_to_new_process(self, fds):
        """Have a child forked that gets some descriptors.

        Gives a descriptor to read the child's number and status from, and one to write its work to.
        """
        self.ensure_running()
        if len(fds) + _ALWAYS_SENT >= MAXFDS_TO_SEND:
            raise ValueError('too many fds')
        with socket.socket(socket.AF_UNIX) as client:
            client.connect(self._forkserver_address)
            status_read, status_write = os.pipe()
            work_read, work_write = os.pipe()
            try:
                reduction.sendfds(client, [work_read, status_write, self._forkserver_alive_fd,
                                           resource_tracker.getfd(), *fds])
            except BaseException:
                util.close_fds(status_read, work_write)
                raise
            finally:
                util.close_fds(work_read, status_write)
        return status_read, work_write

    def ensure_running(self):
        """Start a server unless there is one: a child of the server uses the same."""
        with self._lock:
            resource_tracker.ensure_running()
            if self._forkserver_pid is not None:
                ended, _ = os.waitpid(self._forkserver_pid, os.WNOHANG)
                if not ended:
                    return
                os.close(self._forkserver_alive_fd)
                self._forget()
            self._launch()

    def _launch(self):
        known = {}
        if self._preload_modules:
            prepared = spawn.get_preparation_data('ignore')
            known = {item: prepared[item] for item in _SENT if item in prepared}
        address = connection.arbitrary_address('AF_UNIX')
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(address)
            if os.path.exists(address):
                # For this user alone.
                os.chmod(address, 0o600)
            listener.listen()
            alive_read, alive_write = os.pipe()
            program = ('from multiprocessing.forkserver import main; '
                       f'main({listener.fileno()}, {alive_read}, {self._preload_modules!r}, '
                       f'**{known!r})')
            exe = spawn.get_executable()
            try:
                pid = util.spawnv_passfds(
                    exe, [exe, *util._args_from_interpreter_flags(), '-c', program],
                    [listener.fileno(), alive_read])
            except BaseException:
                os.close(alive_write)
                raise
            finally:
                os.close(alive_read)
        self._forkserver_address, self._forkserver_pid = address, pid
        self._forkserver_alive_fd = alive_write


# What main() is told of what a spawned process would be.
_SENT = 'main_path', 'sys_path'


def main(listener_fd, alive_r, preload, main_path=None, sys_path=None):
    """Run the server, until nobody has the other end of `alive_r` open."""
    _preload(preload, main_path, sys_path)
    util._close_stdin()
    _Server(listener_fd, alive_r).run()


def _preload(names, main_path, sys_path):
    if '__main__' in names and main_path is not None:
        this = process.current_process()
        this._inheriting = True
        try:
            spawn.import_main_path(main_path)
        finally:
            del this._inheriting
    for name in names:
        try:
            __import__(name)
        except ImportError:
            # The children will tell who needs it.
            pass


class _Server:
    """The server's own side."""

    def __init__(self, listener_fd, alive):
        self.alive = alive
        # Where the status of each child is written, by its number.
        self.reports = {}
        # Signals wake the server up: children have ended.
        self.rung, self.bell = os.pipe()
        for end in self.rung, self.bell:
            os.set_blocking(end, False)
        self.handlers_before = {
            number: signal.signal(number, handler)
            for number, handler in ((signal.SIGCHLD, lambda *_: None),
                                    # Who presses Ctrl-C means the program.
                                    (signal.SIGINT, signal.SIG_IGN))}
        signal.set_wakeup_fd(self.bell)
        self.listener = socket.socket(fileno=listener_fd)
        _forkserver._forkserver_address = self.listener.getsockname()

    def run(self):
        """Answer until all who know the server are gone."""
        import select
        # The same in each turn, so that nothing grows; a child closes it by ending.
        self.poller = select.poll()
        for fd in self.listener.fileno(), self.alive, self.rung:
            self.poller.register(fd, select.POLLIN)
        while True:
            ready = {fd for fd, _ in self.poller.poll()}
            if self.alive in ready:
                assert os.read(self.alive, 1) == b'', "Not at EOF?"
                raise SystemExit
            if self.rung in ready:
                os.read(self.rung, 65536)
                self._report_ends()
            if self.listener.fileno() in ready:
                try:
                    self._serve()
                except ConnectionAbortedError:
                    # The one who asked has gone.
                    pass

    def _report_ends(self):
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if not pid:
                return
            report = self.reports.pop(pid, None)
            if report is None:
                warnings.warn('forkserver: waitpid returned unexpected pid %d' % pid)
                continue
            _write_if_read(report, os.waitstatus_to_exitcode(status))
            os.close(report)

    def _serve(self):
        accepted, _ = self.listener.accept()
        with accepted:
            sent = reduction.recvfds(accepted, MAXFDS_TO_SEND + 1)
        if len(sent) > MAXFDS_TO_SEND:
            raise RuntimeError('Too many ({0:n}) fds to send'.format(len(sent)))
        work, report, *fds = sent
        pid = os.fork()
        if not pid:
            self._run_child(work, report, fds)
        _write_if_read(report, pid)
        self.reports[pid] = report
        util.close_fds(work, *fds)

    def _run_child(self, work, report, fds):
        status = 1
        try:
            self.listener.close()
            status = _serve_one(work, fds, [self.alive, report, self.rung, self.bell,
                                            *self.reports.values()], self.handlers_before)
        except Exception:
            sys.excepthook(*sys.exc_info())
            sys.stderr.flush()
        finally:
            os._exit(status)


def _serve_one(child_r, fds, unused_fds, handlers):
    """Be the child; its status."""
    signal.set_wakeup_fd(-1)
    for number, handler in handlers.items():
        signal.signal(number, handler)
    util.close_fds(*unused_fds)
    (_forkserver._forkserver_alive_fd, resource_tracker._resource_tracker._fd,
     *_forkserver._inherited_fds) = fds
    return spawn._main(child_r, os.dup(child_r))


def read_signed(fd):
    """Read a number from a descriptor."""
    data = b''
    while (left := SIGNED_STRUCT.size - len(data)) > 0:
        part = os.read(fd, left)
        if not part:
            raise EOFError('unexpected EOF')
        data += part
    return SIGNED_STRUCT.unpack(data)[0]


def write_signed(fd, n):
    """Write a number to a descriptor."""
    left = memoryview(SIGNED_STRUCT.pack(n))
    while left:
        written = os.write(fd, left)
        if not written:
            raise RuntimeError('should not get here')
        left = left[written:]


def _write_if_read(fd, number):
    try:
        write_signed(fd, number)
    except BrokenPipeError:
        # Nobody wants to know.
        pass


_forkserver = ForkServer()
ensure_running = _forkserver.ensure_running
get_inherited_fds = _forkserver.get_inherited_fds
connect_to_new_process = _forkserver.connect_to_new_process
set_forkserver_preload = _forkserver.set_forkserver_preload
