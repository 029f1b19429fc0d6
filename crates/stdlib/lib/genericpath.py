"""Path operations common to more than one operating system."""

import os
import stat

__all__ = ["commonprefix", "exists", "getatime", "getctime", "getmtime", "getsize", "isdir",
           "isfile", "islink", "samefile", "sameopenfile", "samestat"]


def _status(function, path):
    try:
        return function(path)
    except (OSError, ValueError):
        return None


def exists(path):
    """Test whether a path exists.  Returns False for broken symbolic links"""
    return _status(os.stat, path) is not None


def isfile(path):
    """Test whether a path is a regular file"""
    found = _status(os.stat, path)
    return found is not None and stat.S_ISREG(found.st_mode)


def isdir(s):
    """Return true if the pathname refers to an existing directory."""
    found = _status(os.stat, s)
    return found is not None and stat.S_ISDIR(found.st_mode)


def islink(path):
    """Test whether a path is a symbolic link"""
    found = _status(os.lstat, path)
    return found is not None and stat.S_ISLNK(found.st_mode)


def getsize(filename):
    """Return the size of a file, reported by os.stat()."""
    return os.stat(filename).st_size


def getmtime(filename):
    """Return the last modification time of a file, reported by os.stat()."""
    return os.stat(filename).st_mtime


def getatime(filename):
    """Return the last access time of a file, reported by os.stat()."""
    return os.stat(filename).st_atime


def getctime(filename):
    """Return the metadata change time of a file, reported by os.stat()."""
    return os.stat(filename).st_ctime


def commonprefix(m):
    "Given a list of pathnames, returns the longest common leading component"
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
    """Test whether two stat buffers reference the same file"""
    return s1.st_ino == s2.st_ino and s1.st_dev == s2.st_dev


def samefile(f1, f2):
    """Test whether two pathnames reference the same actual file or directory

    This is determined by the device number and i-node number and
    raises an exception if an os.stat() call on either pathname fails.
    """
    return samestat(os.stat(f1), os.stat(f2))


def sameopenfile(fp1, fp2):
    """Test whether two open file objects reference the same file"""
    return samestat(os.fstat(fp1), os.fstat(fp2))


def _splitext(p, sep, altsep, extsep):
    """Split the extension from a pathname.

    Extension is everything from the last dot to the end, ignoring
    leading dots.  Returns "(root, ext)"; ext may be empty."""
    name_start = p.rfind(sep) + 1
    if altsep:
        name_start = max(name_start, p.rfind(altsep) + 1)
    dot = p.rfind(extsep)
    if dot < name_start:
        return p, p[:0]
    # Dots at the beginning of the name belong to the name.
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
