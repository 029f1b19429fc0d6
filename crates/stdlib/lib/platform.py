"""Which machine, system and interpreter the program runs on.

Answers come from `uname`, from `sys` and from what the C library says of itself; each is found once.
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
    """
    A uname_result that's largely compatible with a
    simple namedtuple except that 'processor' is
    resolved late and cached to avoid calling "uname"
    except when needed.
    """

    _fields = ("system", "node", "release", "version", "machine", "processor")

    @property
    def processor(self):
        found = self.__dict__.get("_processor")
        if found is None:
            found = self.__dict__["_processor"] = _processor()
        return found

    def __iter__(self):
        yield from super().__iter__()
        yield self.processor

    @classmethod
    def _make(cls, iterable):
        num_fields = len(cls._fields) - 1
        result = cls.__new__(cls, *iterable)
        if len(result) != num_fields + 1:
            raise TypeError(f"Expected {num_fields} arguments, got {len(result)}")
        return result

    def __getitem__(self, key):
        return tuple(self)[key]

    def __len__(self):
        return len(tuple(iter(self)))

    def __reduce__(self):
        return uname_result, tuple(self)[:len(self._fields) - 1]


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
    """ Fairly portable uname interface. Returns a tuple
        of strings (system, node, release, version, machine, processor)
        identifying the underlying platform.

        Note that unlike the os.uname function this also returns
        possible processor information as an additional tuple entry.

        Entries which cannot be determined are set to ''.

    """
    global _uname_cache
    if _uname_cache is None:
        try:
            values = list(os.uname())
        except AttributeError:
            values = [sys.platform, "", "", "", ""]
        _uname_cache = uname_result(*["" if value == "unknown" else value for value in values])
    return _uname_cache


def system():
    """ Returns the system/OS name, e.g. 'Linux', 'Windows' or 'Java'.

        An empty string is returned if the value cannot be determined.

    """
    return uname().system


def node():
    """ Returns the computer's network name (which may not be fully
        qualified)

        An empty string is returned if the value cannot be determined.

    """
    return uname().node


def release():
    """ Returns the system's release, e.g. '2.2.0' or 'NT'

        An empty string is returned if the value cannot be determined.

    """
    return uname().release


def version():
    """ Returns the system's release version, e.g. '#3 on degas'

        An empty string is returned if the value cannot be determined.

    """
    return uname().version


def machine():
    """ Returns the machine type, e.g. 'i386'

        An empty string is returned if the value cannot be determined.

    """
    return uname().machine


def processor():
    """ Returns the (true) processor name, e.g. 'amdk6'

        An empty string is returned if the value cannot be
        determined. Note that many platforms do not provide this
        information or simply return the same value as for machine(),
        e.g.  NetBSD does this.

    """
    return uname().processor


def system_alias(system, release, version):
    """ Returns (system, release, version) aliased to common
        marketing names used for some systems.

        It also does some reordering of the information in some cases
        where it would otherwise cause confusion.

    """
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
    """ Returns a single string identifying the underlying platform
        with as much useful information as possible (but no more :).

        The output is intended to be human readable rather than
        machine parseable. It may look different on different
        platforms and this is intended.

        If "aliased" is true, the function will use aliases for
        various platforms that report system names which differ from
        their common names, e.g. SunOS will be reported as
        Solaris. The system_alias() function is used to implement
        this.

        Setting terse to true causes the function to return only the
        absolute minimum information needed to identify the platform.

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
    """ Tries to determine the libc version that the file executable
        (which defaults to the Python interpreter) is linked against.

        Returns a tuple of strings (lib,version) which default to the
        given parameters in case the lookup fails.

        Note that the function has intimate knowledge of how different
        libc versions add symbols to the executable and thus is probably
        only usable for executables compiled using gcc.

        The file is read and scanned in chunks of chunksize bytes.

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
    """ Queries the given executable (defaults to the Python interpreter
        binary) for various architecture information.

        Returns a tuple (bits, linkage) which contains information about
        the bit architecture and the linkage format used for the
        executable. Both values are returned as strings.

        Values that cannot be determined are returned as given by the
        parameter presets. If bits is given as '', the sizeof(pointer)
        (or sizeof(long) on Python version < 1.5.2) is used as
        indicator for the supported pointer size.

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
    """Return operation system identification from freedesktop.org os-release
    """
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
    """ Get macOS version information and return it as tuple (release,
        versioninfo, machine) with versioninfo being a tuple (version,
        dev_stage, non_release_version).

        Entries which cannot be determined are set to the parameter values
        which default to ''. All tuple entries are strings.
    """
    return release, versioninfo, machine


def java_ver(release="", vendor="", vminfo=("", "", ""), osinfo=("", "", "")):
    """ Version interface for Jython.

        Returns a tuple (release, vendor, vminfo, osinfo) with vminfo being
        a tuple (vm_name, vm_release, vm_vendor) and osinfo being a
        tuple (os_name, os_version, os_arch).

        Values which cannot be determined are set to the defaults
        given as parameters (which all default to '').

    """
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
    """ Returns a string identifying the Python implementation.

        Currently, the following implementations are identified:
          'CPython' (C implementation of Python),
          'Jython' (Java implementation of Python),
          'PyPy' (Python implementation of Python).

    """
    name = sys.implementation.name
    return "CPython" if name == "cpython" else name[:1].upper() + name[1:]


def python_version():
    """ Returns the Python version as string 'major.minor.patchlevel'

        Note that unlike the Python sys.version, the returned value
        will always include the patchlevel (it defaults to 0).

    """
    return "%d.%d.%d" % sys.version_info[:3]


def python_version_tuple():
    """ Returns the Python version as tuple (major, minor, patchlevel)
        of strings.

        Note that unlike the Python sys.version, the returned value
        will always include the patchlevel (it defaults to 0).

    """
    return tuple(python_version().split("."))


def python_branch():
    """ Returns a string identifying the Python implementation
        branch.

        If not available, an empty string is returned.

    """
    return getattr(sys, "_git", ("", "", ""))[1]


def python_revision():
    """ Returns a string identifying the Python implementation
        revision.

        If not available, an empty string is returned.

    """
    return getattr(sys, "_git", ("", "", ""))[2]


def python_build():
    """ Returns a tuple (buildno, builddate) stating the Python
        build number and date as strings.

    """
    return _build()[1:3]


def python_compiler():
    """ Returns a string identifying the compiler used for compiling
        Python.

    """
    return _build()[3]


if __name__ == "__main__":
    is_terse = "terse" in sys.argv or "--terse" in sys.argv
    is_aliased = "nonaliased" not in sys.argv and "--nonaliased" not in sys.argv
    print(platform(is_aliased, is_terse))
