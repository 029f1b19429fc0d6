"""Which machine, system and interpreter the program runs on.

Answers come from `uname`, from `sys` and from what the C library says of itself; each is found
once.
"""

import collections
import os
import sys

__version__ = "1.0.8"

_uname_cache = None
_platform_cache = {}
_os_release_cache = None


# The system --------------------------------------------------------------------------------

class uname_result(collections.namedtuple("uname_result_base",
                                          "system node release version machine")):
    """What uname() gives: a named tuple of six, the last of which, `processor`, is found when it
    is asked for."""

    _fields = ("system", "node", "release", "version", "machine", "processor")

    @property
    def processor(self):
        found = self.__dict__.get("_processor")
        if found is None:
            found = self.__dict__["_processor"] = _processor()
        return found

    def _known(self):
        """The five that were given."""
        return tuple(super().__iter__())

    @classmethod
    def _make(cls, iterable):
        # The five, as for the class itself; with the processor there are six.
        made = cls.__new__(cls, *iterable)
        if len(made) != len(cls._fields):
            raise TypeError(f"Expected {len(cls._fields) - 1} arguments, got {len(made)}")
        return made

    def __iter__(self):
        yield from self._known()
        yield self.processor

    def __len__(self):
        return len(self._known()) + 1

    def __getitem__(self, key):
        return tuple(self)[key]

    def __reduce__(self):
        return uname_result, self._known()


def _processor():
    """What `uname -p` prints, unless that is nothing."""
    try:
        import subprocess
        text = subprocess.check_output(["uname", "-p"], stderr=subprocess.DEVNULL, text=True)
    except Exception:
        return ""
    text = text.strip()
    return "" if text == "unknown" else text


def uname():
    """The system's names for itself, as a uname_result; '' stands for what is not known."""
    global _uname_cache
    if _uname_cache is None:
        try:
            values = os.uname()
        except AttributeError:
            values = sys.platform, "", "", "", ""
        _uname_cache = uname_result(*["" if value == "unknown" else value for value in values])
    return _uname_cache


def system():
    """The name of the system, such as 'Linux'; '' if it is not known."""
    return uname().system


def node():
    """The computer's name in the network; '' if it is not known."""
    return uname().node


def release():
    """The release of the system, such as '6.1.0'; '' if it is not known."""
    return uname().release


def version():
    """The version of the release, often with its date; '' if it is not known."""
    return uname().version


def machine():
    """The kind of machine, such as 'x86_64'; '' if it is not known."""
    return uname().machine


def processor():
    """The name of the processor; often the same as machine(), or ''."""
    return uname().processor


def system_alias(system, release, version):
    """The three as the makers of a system call it: Solaris is what SunOS 5 is sold as."""
    if system == "SunOS":
        if release < "5":
            return system, release, version
        major, *rest = release.split(".")
        try:
            number = int(major)
        except ValueError:
            pass
        else:
            release = ".".join([str(number - 3), *rest])
        system = "Solaris"
    elif system in ("win32", "win16"):
        system = "Windows"
    return system, release, version


def _joined(*args):
    """The parts as one name without characters that file names cannot have."""
    name = "-".join([part for part in map(str.strip, args) if part])
    name = name.replace(" ", "_")
    for char in "/\\:;\"()":
        name = name.replace(char, "-")
    name = name.replace("unknown", "")
    while "--" in name:
        name = name.replace("--", "-")
    return name.rstrip("-")


def platform(aliased=False, terse=False):
    """System, release, machine and libc in one string, for people to read.

    With `aliased` the system is called as by system_alias(); `terse` leaves out what may be left
    out.
    """
    found = _platform_cache.get((aliased, terse))
    if found is not None:
        return found
    system, _, release, version, machine = uname()[:5]
    processor_name = "" if terse else uname().processor
    if machine == processor_name:
        processor_name = ""
    if aliased:
        system, release, version = system_alias(system, release, version)
    if system == "Linux":
        libc, libc_version = libc_ver()
        found = _joined(system, release, machine, processor_name, "with", libc + libc_version)
    elif terse:
        found = _joined(system, release)
    else:
        found = _joined(system, release, machine, processor_name)
    _platform_cache[aliased, terse] = found
    return found


def libc_ver(executable=None, lib="", version="", chunksize=16384):
    """Name and version of the C library that an executable uses, by default this program.

    They are found by the names of symbols in the file; what is not found is as given.
    `chunksize` has no meaning any more, as the whole file is searched.
    """
    if not executable:
        try:
            name = os.confstr("CS_GNU_LIBC_VERSION")
            parts = name.split(maxsplit=1)
            if len(parts) == 2:
                return tuple(parts)
        except (AttributeError, ValueError, OSError):
            pass
        executable = sys.executable
        if not executable:
            return lib, version
    import re
    pattern = re.compile(rb"(__libc_init)|(GLIBC_([0-9.]+))|(libc(_\w+)?\.so(?:\.(\d[0-9.]*))?)",
                         re.ASCII)
    highest = ()
    with open(os.path.realpath(executable), "rb") as file:
        data = file.read()
    for match in pattern.finditer(data):
        init, glibc, number, soname, threads, so_version = [
            None if part is None else part.decode("latin-1") for part in match.groups()]
        if init and not lib:
            lib = "libc"
        elif glibc:
            parts = tuple([int(part) for part in number.split(".") if part])
            if lib != "glibc" or parts > highest:
                lib, version, highest = "glibc", number, parts
        elif soname and lib != "glibc":
            lib = "libc"
            if so_version and (not version or so_version > version):
                version = so_version
            if threads and not version.endswith(threads):
                version += threads
    return lib, version


def architecture(executable=sys.executable, bits="", linkage=""):
    """The size of pointers, such as '64bit', and the format of an executable, such as 'ELF'.

    By default it is this program; what is not found is as given.
    """
    if not bits:
        bits = "64bit" if sys.maxsize > 2 ** 32 else "32bit"
    try:
        with open(os.path.realpath(executable), "rb") as file:
            head = file.read(5)
    except (OSError, TypeError):
        return bits, linkage
    if head[:4] == b"\x7fELF":
        return {1: "32bit", 2: "64bit"}.get(head[4], bits), "ELF"
    return bits, linkage


def freedesktop_os_release():
    """What the file os-release says of the distribution, as a dictionary."""
    global _os_release_cache
    if _os_release_cache is None:
        import errno
        for name in ("/etc/os-release", "/usr/lib/os-release"):
            try:
                with open(name, encoding="utf-8") as file:
                    _os_release_cache = _parse_os_release(file)
                break
            except OSError as error:
                last = error
        else:
            raise OSError(errno.ENOENT, "Unable to read files /etc/os-release, "
                          "/usr/lib/os-release") from last
    return _os_release_cache.copy()


def _parse_os_release(lines):
    info = {"NAME": "Linux", "ID": "linux", "PRETTY_NAME": "Linux"}
    for line in lines:
        name, equals, value = line.strip().partition("=")
        if not equals or name.startswith("#") or not name.replace("_", "a").isalnum():
            continue
        if value[:1] in ("'", '"') and value[-1:] == value[:1] and len(value) > 1:
            value = value[1:-1]
        plain, place = "", 0
        while place < len(value):
            if value[place] == "\\" and value[place + 1:place + 2] in ("\\", "$", '"', "'", "`"):
                place += 1
            plain += value[place:place + 1]
            place += 1
        info[name] = plain
    return info


# Systems that this is not ------------------------------------------------------------------

def mac_ver(release="", versioninfo=("", "", ""), machine=""):
    """The version of macOS, where there is one: release, three versions, machine."""
    return release, versioninfo, machine


def java_ver(release="", vendor="", vminfo=("", "", ""), osinfo=("", "", "")):
    """The version of Jython, where it is that: release, vendor, virtual machine, system."""
    return release, vendor, vminfo, osinfo


def win32_ver(release="", version="", csd="", ptype=""):
    """Version of Windows, where there is one."""
    return release, version, csd, ptype


def win32_edition():
    """Edition of Windows, or None."""
    return None


def win32_is_iot():
    """Whether this is an edition of Windows for small devices."""
    return False


# The interpreter ---------------------------------------------------------------------------

def _build():
    """The parts of `sys.version`: number, build number, date, time, compiler."""
    number, _, rest = sys.version.partition(" ")
    inner, _, compiler = rest.strip().lstrip("(").partition(")")
    compiler = compiler.strip().strip("[]")
    parts = [part.strip() for part in inner.split(",")] + ["", "", ""]
    build, date, time = parts[:3]
    return number, build, f"{date} {time}".strip(), compiler


def python_implementation():
    """The name of the interpreter."""
    name = sys.implementation.name
    return "CPython" if name == "cpython" else name[:1].upper() + name[1:]


def python_version():
    """The version of the language as 'major.minor.micro'."""
    return "%d.%d.%d" % sys.version_info[:3]


def python_version_tuple():
    """The version of the language as three strings."""
    return tuple(python_version().split("."))


def python_branch():
    """The branch that the interpreter was built from, or ''."""
    return getattr(sys, "_git", ("", "", ""))[1]


def python_revision():
    """The revision that the interpreter was built from, or ''."""
    return getattr(sys, "_git", ("", "", ""))[2]


def python_build():
    """Number and date of the build, as strings."""
    return _build()[1:3]


def python_compiler():
    """What the interpreter was compiled with."""
    return _build()[3]


if __name__ == "__main__":
    is_terse = "terse" in sys.argv or "--terse" in sys.argv
    is_aliased = "nonaliased" not in sys.argv and "--nonaliased" not in sys.argv
    print(platform(is_aliased, is_terse))
