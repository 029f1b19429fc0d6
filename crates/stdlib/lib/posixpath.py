"""Paths of POSIX systems as strings or bytes; there it is what `os.path` is.

All but a few functions only compute, so that they work on any system, with parts of URLs too.
"""

curdir = "."
pardir = ".."
extsep = "."
sep = "/"
pathsep = ":"
defpath = "/bin:/usr/bin"
altsep = None
devnull = "/dev/null"

import errno
import os
import stat
import genericpath
from genericpath import *

__all__ = ["normcase", "isabs", "join", "splitdrive", "splitroot", "split", "splitext",
           "basename", "dirname", "commonprefix", "getsize", "getmtime",
           "getatime", "getctime", "islink", "exists", "lexists", "isdir", "isfile",
           "ismount", "expanduser", "expandvars", "normpath", "abspath",
           "samefile", "sameopenfile", "samestat",
           "curdir", "pardir", "sep", "pathsep", "defpath", "altsep", "extsep",
           "devnull", "realpath", "supports_unicode_filenames", "relpath",
           "commonpath", "isjunction"]

supports_unicode_filenames = False


def _get_sep(path):
    return b"/" if isinstance(path, bytes) else "/"


def normcase(s):
    """The path as it is: case counts on POSIX systems."""
    return os.fspath(s)


def isabs(s):
    """Whether a path starts at the root."""
    s = os.fspath(s)
    return s.startswith(_get_sep(s))


def join(a, *p):
    """Append paths to a path, with slashes between them.

    An absolute one takes the place of all before; an empty one at the end leaves a slash there.
    """
    path = a = os.fspath(a)
    slash = _get_sep(a)
    try:
        if not p:
            path[:0] + slash  # Raises where the types do not fit.
        for part in map(os.fspath, p):
            if part.startswith(slash):
                path = part
            elif path and not path.endswith(slash):
                path += slash + part
            else:
                path += part
    except (TypeError, AttributeError, BytesWarning):
        genericpath._check_arg_types("join", a, *p)
        raise
    return path


def split(p):
    """Split before the last part: what leads to it, without slashes at its end, and the part.

    Either may be empty.
    """
    path = os.fspath(p)
    slash = _get_sep(path)
    end = path.rfind(slash) + 1
    # Slashes alone are the root, and stay.
    return path[:end].rstrip(slash) or path[:end], path[end:]


def splitext(p):
    p = os.fspath(p)
    if isinstance(p, bytes):
        return genericpath._splitext(p, b"/", None, b".")
    return genericpath._splitext(p, "/", None, ".")


splitext.__doc__ = genericpath._splitext.__doc__


def splitdrive(p):
    """Split off the drive, which is always empty here."""
    path = os.fspath(p)
    return path[:0], path


def splitroot(p):
    """Split into drive, which is always empty here, root and the rest.

    The root is '/' of any path that starts with that, but '//' if exactly two slashes do:
    '//a' gives ('', '//', 'a'), '///a' gives ('', '/', '//a').
    """
    path = os.fspath(p)
    slash, empty = _get_sep(path), path[:0]
    slashes = len(path) - len(path.lstrip(slash))
    end = slashes if slashes <= 2 else 1
    return empty, path[:end], path[end:]


def basename(p):
    """The last part of a path."""
    p = os.fspath(p)
    return p[p.rfind(_get_sep(p)) + 1:]


def dirname(p):
    """What leads to the last part of a path."""
    return split(p)[0]


def isjunction(path):
    """Whether a path is a junction; only Windows has them."""
    os.fspath(path)
    return False


def lexists(path):
    """Whether a path exists; also of a symbolic link that leads nowhere."""
    try:
        os.lstat(path)
        return True
    except (OSError, ValueError):
        return False


def ismount(path):
    """Whether another file system begins at a path."""
    try:
        here = os.lstat(path)
    except (OSError, ValueError):
        return False
    if stat.S_ISLNK(here.st_mode):
        return False
    path = os.fspath(path)
    parent = realpath(join(path, b".." if isinstance(path, bytes) else ".."))
    try:
        above = os.lstat(parent)
    except OSError:
        return False
    return here.st_dev != above.st_dev or here.st_ino == above.st_ino


def _home_of(name):
    """The home folder of a user, by the system's list; None if there is no such user."""
    try:
        with open("/etc/passwd", encoding="utf-8", errors="surrogateescape") as users:
            for line in users:
                fields = line.rstrip("\n").split(":")
                if len(fields) >= 6 and name in (fields[0], int(fields[2])):
                    return fields[5]
    except (OSError, ValueError):
        pass
    return None


def expanduser(path):
    """Replace ~ or ~user at the start by a home directory, if that is known."""
    path = os.fspath(path)
    is_bytes = isinstance(path, bytes)
    if not path.startswith(b"~" if is_bytes else "~"):
        return path
    sep = _get_sep(path)
    end = path.find(sep, 1)
    if end < 0:
        end = len(path)
    if end == 1:
        home = os.environ.get("HOME")
        if home is None:
            home = _home_of(os.getuid())
    else:
        name = path[1:end]
        home = _home_of(os.fsdecode(name))
    if home is None:
        return path
    if is_bytes:
        home = os.fsencode(home)
    home = home.rstrip(sep)
    return (home + path[end:]) or sep


def _variable_at(path, i):
    """Name and end of the variable whose dollar sign is before place i, or None."""
    if path[i:i + 1] == "{":
        end = path.find("}", i + 1)
        if end < 0:
            return None
        return path[i + 1:end], end + 1
    end = i
    while end < len(path) and (path[end] == "_" or path[end].isascii() and path[end].isalnum()):
        end += 1
    return (path[i:end], end) if end > i else None


def expandvars(path):
    """Replace $name and ${name} by environment variables; unknown ones stay."""
    path = os.fspath(path)
    if isinstance(path, bytes):
        return os.fsencode(expandvars(os.fsdecode(path)))
    parts = []
    place = 0
    while True:
        dollar = path.find("$", place)
        if dollar < 0:
            break
        found = _variable_at(path, dollar + 1)
        if found is None:
            parts.append(path[place:dollar + 1])
            place = dollar + 1
            continue
        name, end = found
        parts.append(path[place:dollar])
        parts.append(os.environ.get(name, path[dollar:end]))
        place = end
    parts.append(path[place:])
    return "".join(parts)


def normpath(path):
    """The path without '.', '..' and needless slashes, as if there were no links."""
    path = os.fspath(path)
    if isinstance(path, bytes):
        sep, dot, dotdot = b"/", b".", b".."
    else:
        sep, dot, dotdot = "/", ".", ".."
    if not path:
        return dot
    _, root, path = splitroot(path)
    parts = []
    for part in path.split(sep):
        if not part or part == dot:
            continue
        if part != dotdot or (not root and not parts) or (parts and parts[-1] == dotdot):
            parts.append(part)
        elif parts:
            parts.pop()
    return root + sep.join(parts) or dot


def abspath(path):
    """The path from the root on, normalized."""
    path = os.fspath(path)
    if not isabs(path):
        folder = os.getcwdb() if isinstance(path, bytes) else os.getcwd()
        path = join(folder, path)
    return normpath(path)


def realpath(filename, *, strict=False):
    """The path from the root on, with all symbolic links followed.

    If `strict`, all of it must exist.
    """
    filename = os.fspath(filename)
    path, _ = _joinrealpath(filename[:0], filename, strict, {})
    return abspath(path)


def _joinrealpath(path, rest, strict, seen):
    """Walks `rest` from `path`, following links; gives the path and whether all went well.

    `seen` maps links to what they led to; None while that is being found out."""
    if isinstance(path, bytes):
        sep, dot, dotdot = b"/", b".", b".."
    else:
        sep, dot, dotdot = "/", ".", ".."
    if isabs(rest):
        rest = rest[1:]
        path = sep
    while rest:
        name, _, rest = rest.partition(sep)
        if not name or name == dot:
            continue
        if name == dotdot:
            if path:
                path, name = split(path)
                if name == dotdot:
                    path = join(path, dotdot, dotdot)
            else:
                path = dotdot
            continue
        new = join(path, name)
        try:
            is_link = stat.S_ISLNK(os.lstat(new).st_mode)
        except OSError:
            if strict:
                raise
            is_link = False
        if not is_link:
            path = new
            continue
        if new in seen:
            path = seen[new]
            if path is not None:
                continue
            if strict:
                os.stat(new)  # Raises: the link leads to itself.
            return join(new, rest), False
        seen[new] = None
        path, ok = _joinrealpath(path, os.readlink(new), strict, seen)
        if not ok:
            return join(path, rest), False
        seen[new] = path
    return path, True


def relpath(path, start=None):
    """The way to a path from a directory, by default the working directory."""
    if not path:
        raise ValueError("no path specified")
    path = os.fspath(path)
    here, slash, up = (b".", b"/", b"..") if isinstance(path, bytes) else (".", "/", "..")
    start = here if start is None else os.fspath(start)
    try:
        begin, end = [[part for part in abspath(place).split(slash) if part]
                      for place in (start, path)]
        shared = len(commonprefix([begin, end]))
        steps = [up] * (len(begin) - shared) + end[shared:]
        return join(*steps) if steps else here
    except (TypeError, AttributeError, BytesWarning, DeprecationWarning):
        genericpath._check_arg_types("relpath", path, start)
        raise


def commonpath(paths):
    """The longest path that all of these start with."""
    paths = tuple(map(os.fspath, paths))
    if not paths:
        raise ValueError("commonpath() arg is an empty sequence")
    if isinstance(paths[0], bytes):
        sep, curdir = b"/", b"."
    else:
        sep, curdir = "/", "."
    try:
        absolute = {path.startswith(sep) for path in paths}
        if len(absolute) != 1:
            raise ValueError("Can't mix absolute and relative paths") from None
        split_paths = [[part for part in path.split(sep) if part and part != curdir]
                       for path in paths]
        common = commonprefix(split_paths)
        return (sep if absolute.pop() else sep[:0]) + sep.join(common)
    except (TypeError, AttributeError):
        genericpath._check_arg_types("commonpath", *paths)
        raise
