"""Operations on paths that do not depend on how paths are written."""

import stat

__all__ = ["commonprefix", "exists", "getatime", "getctime", "getmtime", "getsize", "isdir",
           "isfile", "islink", "samefile", "sameopenfile", "samestat"]


def _status(function, path):
    try:
        return function(path)
    except (OSError, ValueError):
        return None


def exists(path):
    """Whether there is something at a path; a link that leads nowhere is nothing."""
    return _status(os.stat, path) is not None


def isfile(path):
    """Whether a path leads to a regular file."""
    found = _status(os.stat, path)
    return found is not None and stat.S_ISREG(found.st_mode)


def isdir(s):
    """Whether a path leads to a folder."""
    found = _status(os.stat, s)
    return found is not None and stat.S_ISDIR(found.st_mode)


def islink(path):
    """Whether a path is a symbolic link."""
    found = _status(os.lstat, path)
    return found is not None and stat.S_ISLNK(found.st_mode)


def getsize(filename):
    """The size of a file in bytes."""
    return os.stat(filename).st_size


def getmtime(filename):
    """When a file was last changed, in seconds since 1970."""
    return os.stat(filename).st_mtime


def getatime(filename):
    """When a file was last read, in seconds since 1970."""
    return os.stat(filename).st_atime


def getctime(filename):
    """When what is known of a file last changed, in seconds since 1970."""
    return os.stat(filename).st_ctime


def commonprefix(m):
    """The longest text that all paths begin with, which may end within a name."""
    if not m:
        return ""
    # A list of lists is compared item by item, for those who split paths first.
    if not isinstance(m[0], (list, tuple)):
        m = tuple(map(os.fspath, m))
    shortest, longest = min(m), max(m)
    for i, c in enumerate(shortest):
        if c != longest[i]:
            return shortest[:i]
    return shortest


def samestat(s1, s2):
    """Whether two results of os.stat() are about the same file."""
    return s1.st_ino == s2.st_ino and s1.st_dev == s2.st_dev


def samefile(f1, f2):
    """Whether two paths lead to the same file, or folder; both must exist."""
    return samestat(os.stat(f1), os.stat(f2))


def sameopenfile(fp1, fp2):
    """Whether two descriptors are open on the same file."""
    return samestat(os.fstat(fp1), os.fstat(fp2))


def _splitext(p, sep, altsep, extsep):
    """The name without its extension, and the extension: from the last dot on, or empty.

    Dots at the beginning of the name are no extension's.
    """
    name_start = p.rfind(sep) + 1
    if altsep:
        name_start = max(name_start, p.rfind(altsep) + 1)
    dot = p.rfind(extsep)
    if dot < name_start:
        return p, p[:0]
    name = p[name_start:dot]
    if name.strip(extsep):
        return p[:dot], p[dot:]
    return p, p[:0]


def _check_arg_types(funcname, *args):
    has_str = has_bytes = False
    for s in args:
        if isinstance(s, str):
            has_str = True
        elif isinstance(s, bytes):
            has_bytes = True
        else:
            raise TypeError(f"{funcname}() argument must be str, bytes, or "
                            f"os.PathLike object, not {s.__class__.__name__!r}") from None
    if has_str and has_bytes:
        raise TypeError("Can't mix strings and bytes in path components") from None


# `os` needs all of this for its `path`, also where this module is the first to be imported.
import os
