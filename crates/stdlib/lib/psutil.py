"""What the system tells about processes, and about itself (_psutil_system): psutil by /proc."""

import os
import sys
import time
from collections import namedtuple

from _psutil_system import (
    _PAGE, _TICKS, _numbers, _read, boot_time, cpu_count, cpu_freq, cpu_percent, cpu_stats,
    cpu_times, cpu_times_percent, disk_io_counters, disk_partitions, disk_usage, getloadavg,
    scpufreq, scpustats, scputimes, sdiskio, sdiskpart, sdiskusage, sswap, suser, svmem,
    swap_memory, users, virtual_memory,
)

__all__ = [
    "AccessDenied", "Error", "NoSuchProcess", "Process", "TimeoutExpired", "ZombieProcess",
    "boot_time", "cpu_count", "cpu_percent", "cpu_times", "getloadavg", "pid_exists", "pids",
    "process_iter", "swap_memory", "virtual_memory", "version_info", "LINUX", "POSIX", "WINDOWS",
    "MACOS", "STATUS_RUNNING", "STATUS_SLEEPING", "STATUS_DISK_SLEEP", "STATUS_STOPPED",
    "STATUS_ZOMBIE", "STATUS_DEAD", "STATUS_IDLE", "STATUS_LOCKED", "STATUS_WAITING",
    "STATUS_WAKING", "STATUS_PARKED", "STATUS_TRACING_STOP", "Popen", "wait_procs",
    "cpu_times_percent", "cpu_stats", "cpu_freq", "disk_usage", "disk_partitions",
    "disk_io_counters", "users", "PROCFS_PATH", "IOPRIO_CLASS_NONE", "IOPRIO_CLASS_RT",
    "IOPRIO_CLASS_BE", "IOPRIO_CLASS_IDLE",
]

version_info = (6, 0, 0)
__version__ = ".".join(map(str, version_info))

LINUX = sys.platform.startswith("linux")
POSIX = os.name == "posix"
WINDOWS = MACOS = OSX = BSD = FREEBSD = NETBSD = OPENBSD = SUNOS = AIX = False

PROCFS_PATH = "/proc"
IOPRIO_CLASS_NONE, IOPRIO_CLASS_RT, IOPRIO_CLASS_BE, IOPRIO_CLASS_IDLE = range(4)

STATUS_RUNNING = "running"
STATUS_SLEEPING = "sleeping"
STATUS_DISK_SLEEP = "disk-sleep"
STATUS_STOPPED = "stopped"
STATUS_TRACING_STOP = "tracing-stop"
STATUS_ZOMBIE = "zombie"
STATUS_DEAD = "dead"
STATUS_IDLE = "idle"
STATUS_LOCKED = "locked"
STATUS_WAITING = "waiting"
STATUS_WAKING = "waking"
STATUS_PARKED = "parked"

_STATES = {
    "R": STATUS_RUNNING, "S": STATUS_SLEEPING, "D": STATUS_DISK_SLEEP, "T": STATUS_STOPPED,
    "t": STATUS_TRACING_STOP, "Z": STATUS_ZOMBIE, "X": STATUS_DEAD, "I": STATUS_IDLE,
}

pmem = namedtuple("pmem", "rss vms shared text lib data dirty")
pfullmem = namedtuple("pfullmem", pmem._fields + ("uss", "pss", "swap"))
pcputimes = namedtuple("pcputimes", "user system children_user children_system iowait")
pthread = namedtuple("pthread", "id user_time system_time")
pctxsw = namedtuple("pctxsw", "voluntary involuntary")
pio = namedtuple("pio", "read_count write_count read_bytes write_bytes read_chars write_chars")
puids = namedtuple("puids", "real effective saved")
pgids = namedtuple("pgids", "real effective saved")
popenfile = namedtuple("popenfile", "path fd")
pmmap_grouped = namedtuple(
    "pmmap_grouped",
    "path rss size pss shared_clean shared_dirty private_clean private_dirty referenced anonymous "
    "swap")
pmmap_ext = namedtuple("pmmap_ext", ("addr", "perms") + pmmap_grouped._fields)
pionice = namedtuple("pionice", "ioclass value")


class Error(Exception):
    """What all errors here have in common."""

    _shown = "pid", "name"

    def __init__(self, msg=""):
        super().__init__(msg)
        self.msg = msg

    def _details(self, names):
        known = ((name, getattr(self, name, None)) for name in names)
        return ", ".join(f"{name}={value!r}" for name, value in known if value)

    def __str__(self):
        details = self._details(self._shown)
        return " ".join(filter(None, (self.msg, details and f"({details})")))

    def __repr__(self):
        kind = type(self)
        details = self._details((*self._shown, *(("seconds",) * hasattr(self, "seconds")), "msg"))
        return f"{kind.__module__}.{kind.__qualname__}({details})"


class NoSuchProcess(Error):
    """There is no process of that number, or not any more."""

    _default = "process no longer exists"

    def __init__(self, pid, name=None, msg=None):
        super().__init__(msg or self._default)
        self.pid = pid
        self.name = name


class ZombieProcess(NoSuchProcess):
    """The process has ended, but its parent did not ask for its status yet."""

    _default = "PID still exists but it's a zombie"
    _shown = "pid", "ppid", "name"

    def __init__(self, pid, name=None, ppid=None, msg=None):
        super().__init__(pid, name, msg)
        self.ppid = ppid


class AccessDenied(Error):
    """The system does not allow it."""

    def __init__(self, pid=None, name=None, msg=None):
        super().__init__(msg or "")
        self.pid = pid
        self.name = name


class TimeoutExpired(Error):
    """The process still runs after the time that was given to wait for it."""

    def __init__(self, seconds, pid=None, name=None):
        super().__init__(f"timeout after {seconds} seconds")
        self.seconds = seconds
        self.pid = pid
        self.name = name


# What `Process.as_dict` can show.
_TOLD = frozenset((
    "cmdline", "cpu_affinity", "cpu_num", "cpu_percent", "cpu_times", "create_time", "cwd", "environ", "exe", "gids",
    "io_counters", "memory_full_info", "memory_info", "memory_maps", "memory_percent", "name", "nice",
    "num_ctx_switches", "num_fds", "num_threads", "open_files", "pid", "ppid", "status", "terminal", "threads",
    "uids", "username"))


class Process:
    """Represents an OS process with the given PID; without one, the current process."""

    def __init__(self, pid=None):
        if pid is None:
            pid = os.getpid()
        elif not isinstance(pid, int):
            raise TypeError(f"pid must be an integer (got {pid!r})")
        elif pid < 0:
            raise ValueError(f"pid must be a positive integer (got {pid})")
        self._pid = pid
        self._last_times = None
        try:
            self._created = self.create_time()
        except NoSuchProcess:
            raise NoSuchProcess(pid, msg="process PID not found") from None
        self._hash = hash((pid, self._created))

    @property
    def pid(self):
        """The process PID."""
        return self._pid

    def __repr__(self):
        parts = [f"pid={self._pid}"]
        try:
            parts.append(f"name={self.name()!r}")
            parts.append(f"status={self.status()!r}")
        except NoSuchProcess:
            parts.append("status='terminated'")
        started = time.localtime(self._created)
        today = time.localtime()[:3] == started[:3]
        layout = "%H:%M:%S" if today else "%Y-%m-%d %H:%M:%S"
        parts.append(f"started={time.strftime(layout, started)!r}")
        return f"psutil.Process({', '.join(parts)})"

    def __eq__(self, other):
        if not isinstance(other, Process):
            return NotImplemented
        return (self._pid, self._created) == (other._pid, other._created)

    def __hash__(self):
        return self._hash

    def _path(self, name):
        return f"/proc/{self._pid}/{name}"

    def _asked(self, function, *args):
        """Calls a function that reads about the process, with psutil's errors."""
        try:
            return function(*args)
        except PermissionError:
            raise AccessDenied(self._pid) from None
        except (FileNotFoundError, ProcessLookupError):
            raise NoSuchProcess(self._pid) from None

    def _stat(self):
        """Name and the fields that follow it."""
        text = self._asked(_read, self._path("stat")).decode("utf-8", "surrogateescape")
        # The name is in brackets and may contain some.
        start, end = text.index("("), text.rindex(")")
        return text[start + 1:end], text[end + 2:].split()

    def oneshot(self):
        """Utility context manager which considerably speeds up the
        retrieval of multiple process information at the same time.
        """
        from contextlib import nullcontext
        return nullcontext()

    def is_running(self):
        """Return whether this process is running."""
        try:
            return Process(self._pid) == self
        except NoSuchProcess:
            return False

    def name(self):
        """The process name."""
        return self._stat()[0]

    def ppid(self):
        """The process parent PID."""
        return int(self._stat()[1][1])

    def parent(self):
        """Return the parent process as a Process object or None."""
        try:
            return Process(self.ppid()) if self.ppid() else None
        except NoSuchProcess:
            return None

    def parents(self):
        """The parents of this process, the nearest first."""
        found = []
        parent = self.parent()
        while parent is not None:
            found.append(parent)
            parent = parent.parent()
        return found

    def terminal(self):
        """The terminal of this process, None if it has none."""
        number = int(self._stat()[1][4])
        if number == 0:
            return None
        for folder in ("/dev/pts", "/dev"):
            try:
                names = os.listdir(folder)
            except OSError:
                continue
            for name in names:
                path = f"{folder}/{name}"
                try:
                    if os.stat(path).st_rdev == number:
                        return path
                except OSError:
                    pass
        return None

    def rlimit(self, resource, limits=None):
        """Get or set a limit of the process: a pair (soft, hard)."""
        import resource as limits_of
        if limits is not None and len(limits) != 2:
            raise ValueError("second argument must be a (soft, hard) tuple, "
                             f"got {limits!r}")
        args = () if limits is None else (limits,)
        result = self._asked(limits_of.prlimit, self.pid, resource, *args)
        return result if limits is None else None

    def memory_maps(self, grouped=True):
        """What is mapped into the process's memory: one entry a file, or one a mapping."""
        maps = []
        for line in self._asked(_read, self._path("smaps")).decode(errors="replace").splitlines():
            head = line.split(None, 5)
            if "-" in head[0] and not head[0].endswith(":"):
                path = head[5] if len(head) > 5 else "[anon]"
                maps.append((head[0], head[1], path, {}))
            elif len(head) > 1 and head[1].isdigit():
                maps[-1][3][head[0][:-1]] = int(head[1]) * 1024
        rows = ("Rss", "Size", "Pss", "Shared_Clean", "Shared_Dirty", "Private_Clean",
                "Private_Dirty", "Referenced", "Anonymous", "Swap")
        exact = [pmmap_ext(address, perms, path, *(sizes.get(row, 0) for row in rows))
                 for address, perms, path, sizes in maps]
        if not grouped:
            return exact
        sums = {}
        for mapping in exact:
            sizes = sums.setdefault(mapping.path, [0] * len(rows))
            for index, size in enumerate(mapping[3:]):
                sizes[index] += size
        return [pmmap_grouped(path, *sizes) for path, sizes in sums.items()]

    def children(self, recursive=False):
        """Return the children of this process as a list of Process instances."""
        parents = {}
        for process in process_iter():
            try:
                parents.setdefault(process.ppid(), []).append(process)
            except NoSuchProcess:
                pass
        found, todo = [], [self._pid]
        while todo:
            below = parents.get(todo.pop(0), [])
            found += below
            if not recursive:
                break
            todo += [process.pid for process in below]
        return found

    def exe(self):
        """The process executable as an absolute path."""
        return self._asked(os.readlink, self._path("exe"))

    def cwd(self):
        """Process current working directory as an absolute path."""
        return self._asked(os.readlink, self._path("cwd"))

    def cmdline(self):
        """The command line this process has been called with."""
        data = self._asked(_read, self._path("cmdline")).decode("utf-8", "surrogateescape")
        return data.rstrip("\0").split("\0") if data else []

    def environ(self):
        """The environment variables of the process as a dict."""
        data = self._asked(_read, self._path("environ")).decode("utf-8", "surrogateescape")
        pairs = (entry.partition("=") for entry in data.split("\0") if "=" in entry)
        return {name: value for name, _, value in pairs}

    def status(self):
        """One of the STATUS_* constants."""
        if self._pid == os.getpid():
            # Who asks runs, in whichever thread of the process.
            return STATUS_RUNNING
        return _STATES.get(self._stat()[1][0], "?")

    def create_time(self):
        """The process creation time as a floating point number
        expressed in seconds since the epoch.
        """
        return int(self._stat()[1][19]) / _TICKS + boot_time()

    def _status_fields(self):
        text = self._asked(_read, self._path("status")).decode("utf-8", "surrogateescape")
        return {name: rest.split() for name, _, rest in
                (line.partition(":") for line in text.splitlines())}

    def uids(self):
        """Return process UIDs as a (real, effective, saved) namedtuple."""
        return puids(*map(int, self._status_fields()["Uid"][:3]))

    def gids(self):
        """Return process GIDs as a (real, effective, saved) namedtuple."""
        return pgids(*map(int, self._status_fields()["Gid"][:3]))

    def username(self):
        """The name of the user that owns the process."""
        uid = str(self.uids().real)
        for line in _read("/etc/passwd").decode("utf-8", "surrogateescape").splitlines():
            fields = line.split(":")
            if len(fields) > 2 and fields[2] == uid:
                return fields[0]
        return uid

    def nice(self, value=None):
        """Get process niceness (priority)."""
        if value is not None:
            raise NotImplementedError("Process.nice() with a value")
        return int(self._stat()[1][16])

    def num_threads(self):
        """Return the number of threads used by this process."""
        return int(self._stat()[1][17])

    def threads(self):
        """Return threads opened by process as a list of
        (id, user_time, system_time) namedtuples representing
        thread id and thread CPU times (user/system).
        """
        result = []
        for number in self._asked(os.listdir, self._path("task")):
            try:
                text = _read(self._path(f"task/{number}/stat")).decode("utf-8", "surrogateescape")
            except (FileNotFoundError, ProcessLookupError):
                continue
            fields = text[text.rindex(")") + 2:].split()
            result.append(pthread(int(number), int(fields[11]) / _TICKS, int(fields[12]) / _TICKS))
        return result

    def num_fds(self):
        """Return the number of file descriptors opened by this
        process (POSIX only).
        """
        return len(self._asked(os.listdir, self._path("fd")))

    def open_files(self):
        """Return files opened by process as a list of
        (path, fd) namedtuples including the absolute file name
        and file descriptor number.
        """
        found = []
        for number in self._asked(os.listdir, self._path("fd")):
            try:
                target = os.readlink(self._path(f"fd/{number}"))
            except OSError:
                continue
            if target.startswith("/") and os.path.isfile(target):
                found.append(popenfile(target, int(number)))
        return found

    def num_ctx_switches(self):
        """Return the number of voluntary and involuntary context
        switches performed by this process.
        """
        fields = self._status_fields()
        return pctxsw(int(fields["voluntary_ctxt_switches"][0]),
                      int(fields["nonvoluntary_ctxt_switches"][0]))

    def io_counters(self):
        """Return process I/O statistics as a namedtuple."""
        counts = self._asked(_numbers, self._path("io"))
        return pio(counts["syscr"], counts["syscw"], counts["read_bytes"], counts["write_bytes"],
                   counts["rchar"], counts["wchar"])

    def cpu_times(self):
        """Return a (user, system, children_user, children_system)
        namedtuple representing the accumulated process time, in
        seconds.
        """
        fields = self._stat()[1]
        times = [int(fields[place]) / _TICKS for place in (11, 12, 13, 14)]
        return pcputimes(*times, int(fields[39]) / _TICKS)

    def cpu_num(self):
        """Return what CPU this process is currently running on."""
        return int(self._stat()[1][36])

    def cpu_affinity(self):
        """Get process CPU affinity as a list of CPU numbers."""
        return sorted(os.sched_getaffinity(self._pid))

    def cpu_percent(self, interval=None):
        """Return a float representing the current process CPU
        utilization as a percentage.
        """
        if interval is not None and interval < 0:
            raise ValueError(f"interval is not positive (got {interval})")

        def now():
            times = self.cpu_times()
            return time.monotonic(), times.user + times.system
        if interval:
            before = now()
            time.sleep(interval)
        else:
            before = self._last_times
        after = self._last_times = now()
        if before is None or after[0] <= before[0]:
            return 0.0
        return round((after[1] - before[1]) / (after[0] - before[0]) * 100, 1)

    def memory_info(self):
        """Return a namedtuple with variable fields depending on the
        platform, representing memory information about the process.
        """
        size, resident, shared, text, lib, data, dirty = (
            int(field) * _PAGE for field in self._asked(_read, self._path("statm")).split())
        return pmem(resident, size, shared, text, lib, data, dirty)

    def memory_full_info(self):
        """This method returns the same information as memory_info(),
        plus, on some platform (Linux, macOS, Windows), also provides
        additional metrics (USS, PSS and swap).
        """
        try:
            sums = self._asked(_numbers, self._path("smaps_rollup"))
        except NoSuchProcess:
            sums = self._asked(_numbers, self._path("smaps"))
        uss = sums.get("Private_Clean", 0) + sums.get("Private_Dirty", 0)
        uss += sums.get("Private_Hugetlb", 0)
        return pfullmem(*self.memory_info(), uss, sums.get("Pss", 0), sums.get("Swap", 0))

    def memory_percent(self, memtype="rss"):
        """Compare process memory to total physical system memory and
        calculate process memory utilization as a percentage.
        """
        if memtype not in pfullmem._fields:
            raise ValueError(f"invalid memtype {memtype!r}; valid types are "
                             f"{pfullmem._fields!r}")
        info = self.memory_info() if memtype in pmem._fields else self.memory_full_info()
        return getattr(info, memtype) / virtual_memory().total * 100

    def as_dict(self, attrs=None, ad_value=None):
        """What the methods named in *attrs* tell (all that tell something, if None), as a dict."""
        if attrs is None:
            names = _TOLD
        elif isinstance(attrs, (list, tuple, set, frozenset)):
            names = set(attrs)
            if unknown := names.difference(_TOLD):
                plural = "s" if len(unknown) > 1 else ""
                raise ValueError(f"invalid attr name{plural} " + ", ".join(map(repr, sorted(unknown))))
        else:
            raise TypeError(f"invalid attrs type {type(attrs)}")
        result = {}
        for name in names:
            try:
                value = getattr(self, name)
                result[name] = value() if callable(value) else value
            except (AccessDenied, ZombieProcess):
                result[name] = ad_value
        return result

    def send_signal(self, sig):
        """Send a signal *sig* to process."""
        self._asked(os.kill, self._pid, sig)

    def suspend(self):
        """Suspend process execution with SIGSTOP."""
        self.send_signal(19)

    def resume(self):
        """Resume process execution with SIGCONT."""
        self.send_signal(18)

    def terminate(self):
        """Terminate the process with SIGTERM."""
        self.send_signal(15)

    def kill(self):
        """Kill the current process with SIGKILL."""
        self.send_signal(9)

    def wait(self, timeout=None):
        """Wait for process to terminate, and if process is a children
        of os.getpid(), also return its exit code, else None.
        """
        deadline = None if timeout is None else time.monotonic() + timeout
        while True:
            try:
                pid, status = os.waitpid(self._pid, os.WNOHANG)
                if pid:
                    return os.waitstatus_to_exitcode(status)
            except ChildProcessError:
                if not self.is_running():
                    return None
            if deadline is not None and time.monotonic() >= deadline:
                raise TimeoutExpired(timeout, pid=self._pid)
            time.sleep(0.005)


def pids():
    """Return a list of current running PIDs."""
    return sorted(int(name) for name in os.listdir("/proc") if name.isdigit())


def pid_exists(pid):
    """Return True if given PID exists in the current process list."""
    return pid >= 0 and os.path.exists(f"/proc/{pid}")


def process_iter(attrs=None, ad_value=None):
    """Return a generator yielding a Process instance for all
    running processes.
    """
    for pid in pids():
        try:
            process = Process(pid)
            if attrs is not None:
                process.info = process.as_dict(attrs, ad_value)
        except NoSuchProcess:
            continue
        yield process


class Popen(Process):
    """A child process that is started as by subprocess.Popen and asked as a Process."""

    def __init__(self, *args, **kwargs):
        import subprocess
        self._started = subprocess.Popen(*args, **kwargs)
        super().__init__(self._started.pid)

    def __getattr__(self, name):
        if name == "_started":
            raise AttributeError(name)
        return getattr(self._started, name)

    def __enter__(self):
        self._started.__enter__()
        return self

    def __exit__(self, *args):
        return self._started.__exit__(*args)

    def wait(self, timeout=None):
        """Wait for the process to end; its exit code."""
        import subprocess
        try:
            return self._started.wait(timeout)
        except subprocess.TimeoutExpired:
            raise TimeoutExpired(timeout, self.pid, None) from None


def wait_procs(procs, timeout=None, callback=None):
    """Wait for processes to end: the lists of those that are gone and of those that live on."""
    if timeout is not None and timeout < 0:
        raise ValueError(f"timeout must be a positive integer, got {timeout}")
    end = None if timeout is None else time.monotonic() + timeout
    gone, alive = [], list(dict.fromkeys(procs))
    while alive:
        for proc in list(alive):
            left = 0.02 if end is None else max(0, min(0.02, end - time.monotonic()))
            try:
                proc.returncode = proc.wait(timeout=left)
            except TimeoutExpired:
                continue
            except AttributeError:
                pass
            alive.remove(proc)
            gone.append(proc)
            if callback is not None:
                callback(proc)
        if end is not None and time.monotonic() >= end:
            break
    return gone, alive


def __getattr__(name):
    # The limits are those of the module resource.
    if name.startswith(("RLIMIT_", "RLIM_")):
        import resource
        return getattr(resource, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
