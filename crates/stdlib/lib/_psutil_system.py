"""What psutil tells about the system as a whole: memory, CPUs, disks and who uses it, from /proc."""

import os
import time
from collections import namedtuple

_PAGE = os.sysconf("SC_PAGE_SIZE")
_TICKS = os.sysconf("SC_CLK_TCK")

svmem = namedtuple("svmem", "total available percent used free active inactive buffers cached "
                            "shared slab")
sswap = namedtuple("sswap", "total used free percent sin sout")
scpustats = namedtuple("scpustats", "ctx_switches interrupts soft_interrupts syscalls")
scpufreq = namedtuple("scpufreq", "current min max")
sdiskusage = namedtuple("sdiskusage", "total used free percent")
sdiskpart = namedtuple("sdiskpart", "device mountpoint fstype opts")
sdiskio = namedtuple("sdiskio", "read_count write_count read_bytes write_bytes read_time "
                                "write_time read_merged_count write_merged_count busy_time")
suser = namedtuple("suser", "name terminal host started pid")
scputimes = namedtuple("scputimes", "user nice system idle iowait irq softirq steal guest "
                                    "guest_nice")


def _read(path):
    """A file of /proc as bytes."""
    fd = os.open(path, os.O_RDONLY)
    try:
        parts = []
        while part := os.read(fd, 65536):
            parts.append(part)
        return b"".join(parts)
    finally:
        os.close(fd)


def _numbers(path):
    """The lines `name: number [kB]` of a file, in bytes."""
    result = {}
    for line in _read(path).decode().splitlines():
        name, _, rest = line.partition(":")
        fields = rest.split()
        if fields and fields[0].isdigit():
            scale = 1024 if fields[-1] == "kB" else 1
            # Files with one block for each mapping are added up.
            result[name] = result.get(name, 0) + int(fields[0]) * scale
    return result


def virtual_memory():
    """Return statistics about system memory usage as a namedtuple."""
    info = _numbers("/proc/meminfo")
    total, free = info["MemTotal"], info["MemFree"]
    buffers = info.get("Buffers", 0)
    cached = info.get("Cached", 0) + info.get("SReclaimable", 0)
    used = total - free - cached - buffers
    if used < 0:
        used = total - free
    available = min(info.get("MemAvailable", free), total)
    percent = round((total - available) / total * 100, 1)
    return svmem(total, available, percent, used, free, info.get("Active", 0),
                 info.get("Inactive", 0), buffers, cached, info.get("Shmem", 0),
                 info.get("Slab", 0))


def swap_memory():
    """Return system swap memory statistics as a namedtuple."""
    info = _numbers("/proc/meminfo")
    total, free = info.get("SwapTotal", 0), info.get("SwapFree", 0)
    moved = {}
    for line in _read("/proc/vmstat").decode().splitlines():
        name, _, value = line.partition(" ")
        if name in ("pswpin", "pswpout"):
            moved[name] = int(value) * 4096
    used = total - free
    percent = round(used / total * 100, 1) if total else 0.0
    return sswap(total, used, free, percent, moved.get("pswpin", 0), moved.get("pswpout", 0))


def cpu_count(logical=True):
    """Return the number of logical CPUs in the system; physical cores only if logical is False."""
    if logical:
        return os.cpu_count()
    cores = set()
    package = None
    for line in _read("/proc/cpuinfo").decode().splitlines():
        name, _, value = line.partition(":")
        name = name.strip()
        if name == "physical id":
            package = value.strip()
        elif name == "core id":
            cores.add((package, value.strip()))
    return len(cores) or None


def cpu_times(percpu=False):
    """Return system-wide CPU times as a namedtuple."""
    result = []
    for line in _read("/proc/stat").decode().splitlines():
        name, *fields = line.split()
        if not name.startswith("cpu"):
            break
        times = [int(field) / _TICKS for field in fields[:10]]
        result.append(scputimes(*times, *[0.0] * (10 - len(times))))
    return result[1:] if percpu else result[0]


# What the last call of each kind saw.
_last_times = {}


def _times_between(kind, interval, percpu):
    """CPU times before and after an interval, or at the last call of this kind and now."""
    if interval is not None and interval < 0:
        raise ValueError(f"interval is not positive (got {interval})")
    if interval:
        before = cpu_times(percpu)
        time.sleep(interval)
    else:
        before = _last_times.get((kind, percpu))
    after = _last_times[kind, percpu] = cpu_times(percpu)
    if before is None:
        before = after
    return list(zip(before, after)) if percpu else [(before, after)]


def cpu_percent(interval=None, percpu=False):
    """How busy the CPU was in percent since the last call, or over an interval; one number, or a
    list with one for each CPU."""
    busy = []
    for before, after in _times_between("percent", interval, percpu):
        idle = after.idle - before.idle + after.iowait - before.iowait
        total = sum(after[:8]) - sum(before[:8])
        busy.append(round((total - idle) / total * 100, 1) if total > 0 else 0.0)
    return busy if percpu else busy[0]


def getloadavg():
    """Return the average system load over the last 1, 5 and 15 minutes as a tuple."""
    return os.getloadavg()


def boot_time():
    """Return the system boot time expressed in seconds since the epoch."""
    for line in _read("/proc/stat").decode().splitlines():
        if line.startswith("btime"):
            return float(line.split()[1])
    raise RuntimeError("line 'btime' not found in /proc/stat")


def cpu_times_percent(interval=None, percpu=False):
    """The shares of the CPU's time in percent since the last call, or over an interval."""
    shares = []
    for before, after in _times_between("shares", interval, percpu):
        spent = [max(0, now - then) for then, now in zip(before, after)]
        # The time of guests is part of the user's.
        total = sum(spent[:8]) or 1
        shares.append(scputimes(*(min(100.0, round(100 * part / total, 1)) for part in spent)))
    return shares if percpu else shares[0]


def cpu_stats():
    """How often the system switched contexts and was interrupted."""
    counts = {}
    for line in _read("/proc/stat").decode().splitlines():
        name, *rest = line.split()
        counts[name] = rest
    return scpustats(int(counts["ctxt"][0]), int(counts["intr"][0]), int(counts["softirq"][0]), 0)


def cpu_freq(percpu=False):
    """The CPU's frequency in MHz, None where the system does not tell."""
    found = []
    for line in _read("/proc/cpuinfo").decode().splitlines():
        if line.lower().startswith("cpu mhz"):
            found.append(scpufreq(float(line.partition(":")[2]), 0.0, 0.0))
    if percpu:
        return found
    if not found:
        return None
    return scpufreq(sum(freq.current for freq in found) / len(found), 0.0, 0.0)


def disk_usage(path):
    """How full the file system of a path is."""
    system = os.statvfs(path)
    total = system.f_blocks * system.f_frsize
    used = (system.f_blocks - system.f_bfree) * system.f_frsize
    free = system.f_bavail * system.f_frsize
    percent = round(100 * used / (used + free), 1) if used + free else 0.0
    return sdiskusage(total, used, free, percent)


def disk_partitions(all=False):
    """The mounted file systems; those of devices, or all."""
    kinds = {line.split()[-1] for line in _read("/proc/filesystems").decode().splitlines()
             if not line.startswith("nodev")}
    found = []
    for line in _read("/proc/self/mounts").decode().splitlines():
        device, place, kind, options = line.split()[:4]
        place = place.replace("\\040", " ")
        if all or device not in ("", "none") and kind in kinds:
            found.append(sdiskpart(device, place, kind, options))
    return found


def disk_io_counters(perdisk=False, nowrap=True):
    """What was read from and written to disks."""
    disks = {}
    names = set(os.listdir("/sys/block")) if os.path.isdir("/sys/block") else set()
    for line in _read("/proc/diskstats").decode().splitlines():
        fields = line.split()
        name, numbers = fields[2], [int(field) for field in fields[3:]]
        reads, reads_merged, read, read_time, writes, writes_merged, written, write_time = numbers[:8]
        if perdisk or name in names:
            disks[name] = sdiskio(reads, writes, read * 512, written * 512, read_time, write_time,
                                  reads_merged, writes_merged, numbers[9])
    if perdisk:
        return disks
    return sdiskio(*map(sum, zip(*disks.values()))) if disks else None


def users():
    """Who is logged in: what the system's record of sessions says."""
    import struct
    # The layout of a struct utmp: type, pid, line, id, user, host, exit, session, seconds, …
    form = struct.Struct("hi32s4s32s256shhiii4i20x")
    try:
        record = _read("/var/run/utmp")
    except OSError:
        return []
    found = []
    for place in range(0, len(record) - form.size + 1, form.size):
        kind, pid, line, _, user, host, *_, seconds, _, _, _, _, _ = form.unpack_from(record, place)
        if kind == 7:
            text = [part.split(b"\0")[0].decode(errors="replace") for part in (user, line, host)]
            found.append(suser(text[0], text[1] or None, text[2], float(seconds), pid))
    return found
