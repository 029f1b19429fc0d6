"""Copy, move and remove files and whole trees; make and unpack archives.

Removing a tree goes by descriptors of directories where the system allows that, so that nobody
can turn it elsewhere by putting a symbolic link in the way.
"""

import collections
import errno
import fnmatch
import os
import stat
import sys
from _shutil_archives import (
    ReadError, RegistryError, _ARCHIVE_FORMATS, _BZ2_SUPPORTED, _LZMA_SUPPORTED,
    _UNPACK_FORMATS, _ZLIB_SUPPORTED, _ensure_directory, _find_unpack_format, _get_gid,
    _get_uid, _make_tarball, _make_zipfile, _unpack_tarfile, _unpack_zipfile,
    get_archive_formats, get_unpack_formats, make_archive, register_archive_format,
    register_unpack_format, unpack_archive, unregister_archive_format, unregister_unpack_format)

__all__ = ["copyfileobj", "copyfile", "copymode", "copystat", "copy", "copy2", "copytree",
           "move", "rmtree", "Error", "SpecialFileError", "ExecError", "make_archive",
           "get_archive_formats", "register_archive_format", "unregister_archive_format",
           "get_unpack_formats", "register_unpack_format", "unregister_unpack_format",
           "unpack_archive", "ignore_patterns", "chown", "which", "get_terminal_size",
           "SameFileError", "disk_usage"]

COPY_BUFSIZE = 64 * 1024
# Whether the system copies between descriptors.
_USE_CP_SENDFILE = hasattr(os, "sendfile") and sys.platform.startswith("linux")


class Error(OSError):
    """Copying or moving a tree failed; the argument may be a list of errors."""


class SameFileError(Error):
    """Raised when source and destination are the same file."""


class SpecialFileError(OSError):
    """Raised when trying to do a kind of operation (e.g. copying) which is not supported on a
    special file (e.g. a named pipe)"""


class ExecError(OSError):
    """Raised when a command could not be executed"""


class _GiveupOnFastCopy(Exception):
    """The system cannot copy between these files; copy through memory instead."""


def _fastcopy_sendfile(fsrc, fdst):
    """Copy a file by sendfile."""
    global _USE_CP_SENDFILE
    try:
        source, target = fsrc.fileno(), fdst.fileno()
    except Exception as error:
        raise _GiveupOnFastCopy(error)  # Not real files.
    try:
        # Mostly all at once; 128 MiB if the size is not known.
        blocksize = max(os.fstat(source).st_size, 1 << 23)
    except OSError:
        blocksize = 1 << 27
    offset = 0
    try:
        while sent := os.sendfile(target, source, offset, blocksize):
            offset += sent
    except OSError as error:
        error.filename, error.filename2 = fsrc.name, fdst.name
        if error.errno == errno.ENOTSOCK:
            # An old system, which sends to sockets only.
            _USE_CP_SENDFILE = False
            raise _GiveupOnFastCopy(error)
        if error.errno == errno.ENOSPC:
            raise error from None
        # If nothing was written another way may do.
        untouched = offset == 0 and os.lseek(target, 0, os.SEEK_CUR) == 0
        raise _GiveupOnFastCopy(error) if untouched else error


def copyfileobj(fsrc, fdst, length=0):
    """copy data from file-like object fsrc to file-like object fdst"""
    read, write = fsrc.read, fdst.write
    while data := read(length or COPY_BUFSIZE):
        write(data)


def _samefile(src, dst):
    try:
        if isinstance(src, os.DirEntry):
            return os.path.samestat(src.stat(), os.stat(dst))
        return os.path.samefile(src, dst)
    except OSError:
        return False


def _stat(fn):
    return fn.stat() if isinstance(fn, os.DirEntry) else os.stat(fn)


def _islink(fn):
    return fn.is_symlink() if isinstance(fn, os.DirEntry) else os.path.islink(fn)


def copyfile(src, dst, *, follow_symlinks=True):
    """Copy data from src to dst in the most efficient way possible; gives dst.

    If follow_symlinks is false and src is a symbolic link, a link to the same target is made.
    """
    sys.audit("shutil.copyfile", src, dst)
    if _samefile(src, dst):
        raise SameFileError(f"{src!r} and {dst!r} are the same file")
    for name in src, dst:
        try:
            mode = _stat(name).st_mode
        except OSError:
            # It may not exist; opening it tells.
            continue
        if stat.S_ISFIFO(mode):
            name = name.path if isinstance(name, os.DirEntry) else name
            raise SpecialFileError(f"`{name}` is a named pipe")
    if not follow_symlinks and _islink(src):
        os.symlink(os.readlink(src), dst)
        return dst
    with open(src, 'rb') as fsrc:
        try:
            with open(dst, 'wb') as fdst:
                if _USE_CP_SENDFILE:
                    try:
                        _fastcopy_sendfile(fsrc, fdst)
                        return dst
                    except _GiveupOnFastCopy:
                        pass
                copyfileobj(fsrc, fdst)
        except IsADirectoryError as error:
            # What opening a name with a separator at the end gives.
            if not os.path.exists(dst):
                raise FileNotFoundError(f'Directory does not exist: {dst}') from error
            raise
    return dst


def copymode(src, dst, *, follow_symlinks=True):
    """Copy mode bits from src to dst; of links themselves if follow_symlinks is false and both
    are links, where the system can."""
    sys.audit("shutil.copymode", src, dst)
    get, set = _stat, os.chmod
    if not follow_symlinks and _islink(src) and os.path.islink(dst):
        if not hasattr(os, 'lchmod'):
            return
        get, set = os.lstat, os.lchmod
    set(dst, stat.S_IMODE(get(src).st_mode))


def _copyxattr(src, dst, *, follow_symlinks=True):
    """Copy extended attributes, as far as the file systems have them."""
    if not hasattr(os, 'listxattr'):
        return
    unsupported = errno.ENOTSUP, errno.ENODATA, errno.EINVAL
    try:
        names = os.listxattr(src, follow_symlinks=follow_symlinks)
    except OSError as error:
        if error.errno not in unsupported:
            raise
        return
    for name in names:
        try:
            value = os.getxattr(src, name, follow_symlinks=follow_symlinks)
            os.setxattr(dst, name, value, follow_symlinks=follow_symlinks)
        except OSError as error:
            if error.errno not in (errno.EPERM, errno.EACCES, *unsupported):
                raise


def copystat(src, dst, *, follow_symlinks=True):
    """Copy file metadata: permissions, times, flags, and extended attributes; of links
    themselves if follow_symlinks is false and both are links, as far as the system can."""
    sys.audit("shutil.copystat", src, dst)

    def nothing(*args, ns=None, follow_symlinks=None):
        pass

    follow = follow_symlinks or not (_islink(src) and os.path.islink(dst))

    def lookup(name):
        function = getattr(os, name, nothing)
        if follow or function in os.supports_follow_symlinks:
            return function
        return nothing

    if isinstance(src, os.DirEntry):
        st = src.stat(follow_symlinks=follow)
    else:
        st = lookup("stat")(src, follow_symlinks=follow)
    lookup("utime")(dst, ns=(st.st_atime_ns, st.st_mtime_ns), follow_symlinks=follow)
    # Before the mode, which may forbid writing.
    _copyxattr(src, dst, follow_symlinks=follow)
    try:
        lookup("chmod")(dst, stat.S_IMODE(st.st_mode), follow_symlinks=follow)
    except NotImplementedError:
        # Some systems know the mode of a link but cannot set it.
        pass
    if hasattr(st, 'st_flags'):
        try:
            lookup("chflags")(dst, st.st_flags, follow_symlinks=follow)
        except OSError as why:
            if why.errno not in [getattr(errno, name) for name in ('EOPNOTSUPP', 'ENOTSUP')
                                 if hasattr(errno, name)]:
                raise


def _target(src, dst):
    """Give the path of the copy: in dst, if that is a directory."""
    return os.path.join(dst, os.path.basename(src)) if os.path.isdir(dst) else dst


def copy(src, dst, *, follow_symlinks=True):
    """Copy data and mode bits ("cp src dst"). Return the file's destination."""
    dst = _target(src, dst)
    copyfile(src, dst, follow_symlinks=follow_symlinks)
    copymode(src, dst, follow_symlinks=follow_symlinks)
    return dst


def copy2(src, dst, *, follow_symlinks=True):
    """Copy data and metadata. Return the file's destination."""
    dst = _target(src, dst)
    copyfile(src, dst, follow_symlinks=follow_symlinks)
    copystat(src, dst, follow_symlinks=follow_symlinks)
    return dst


def ignore_patterns(*patterns):
    """Function that can be used as copytree() ignore parameter: leaves out the files whose
    names match one of the patterns."""
    def _ignore_patterns(path, names):
        return {name for pattern in patterns for name in fnmatch.filter(names, pattern)}
    return _ignore_patterns


def copytree(src, dst, symlinks=False, ignore=None, copy_function=copy2,
             ignore_dangling_symlinks=False, dirs_exist_ok=False):
    """Recursively copy a directory tree and return the destination directory.

    symlinks: make links where there are links, instead of copying their targets
    ignore: a function that gets a directory and its names and gives those to leave out
    copy_function: copies a file
    ignore_dangling_symlinks: links whose target is missing are not an error
    dirs_exist_ok: directories may exist already

    All is copied that can be; then Error is raised with the list of (src, dst, why).
    """
    sys.audit("shutil.copytree", src, dst)
    with os.scandir(src) as entries:
        entries = list(entries)
    ignored = ()
    if ignore is not None:
        ignored = ignore(os.fspath(src), [entry.name for entry in entries])
    os.makedirs(dst, exist_ok=dirs_exist_ok)
    # The entries know what stat() would ask again.
    takes_entries = copy_function is copy2 or copy_function is copy

    def subtree(source, target):
        copytree(source, target, symlinks, ignore, copy_function, ignore_dangling_symlinks,
                 dirs_exist_ok)

    errors = []
    for entry in entries:
        if entry.name in ignored:
            continue
        srcname = os.path.join(src, entry.name)
        dstname = os.path.join(dst, entry.name)
        source = entry if takes_entries else srcname
        try:
            if entry.is_symlink():
                linkto = os.readlink(srcname)
                if symlinks:
                    os.symlink(linkto, dstname)
                    copystat(source, dstname, follow_symlinks=False)
                    continue
                if not os.path.exists(linkto) and ignore_dangling_symlinks:
                    continue
            if entry.is_dir():
                subtree(source, dstname)
            else:
                copy_function(source, dstname)
        except Error as error:
            errors.extend(error.args[0])
        except OSError as why:
            errors.append((srcname, dstname, str(why)))
    try:
        copystat(src, dst)
    except OSError as why:
        errors.append((src, dst, str(why)))
    if errors:
        raise Error(errors)
    return dst


def _refuse_link(path, onexc):
    try:
        raise OSError("Cannot call rmtree on a symbolic link")
    except OSError as error:
        onexc(os.path.islink, path, error)


def _rmtree_unsafe(path, onexc):
    """Remove a tree by paths."""
    try:
        with os.scandir(path) as entries:
            entries = list(entries)
    except OSError as error:
        onexc(os.scandir, path, error)
        entries = []
    for entry in entries:
        try:
            is_dir = entry.is_dir(follow_symlinks=False)
        except OSError:
            is_dir = False
        if not is_dir:
            _attempt(os.unlink, entry.path, onexc)
        elif entry.is_symlink():
            # It was a directory a moment ago.
            _refuse_link(entry.path, onexc)
        else:
            _rmtree_unsafe(entry.path, onexc)
    _attempt(os.rmdir, path, onexc)


def _attempt(function, path, onexc, *args, **kwargs):
    """Call a function; report its failure with the path."""
    try:
        function(*(args or (path,)), **kwargs)
    except OSError as error:
        onexc(function, path, error)


def _rmtree_safe_fd(topfd, path, onexc):
    """Remove what is in the directory of the descriptor; the path is for reports."""
    try:
        with os.scandir(topfd) as entries:
            entries = list(entries)
    except OSError as error:
        error.filename = path
        onexc(os.scandir, path, error)
        return
    for entry in entries:
        fullname = os.path.join(path, entry.name)
        try:
            is_dir = entry.is_dir(follow_symlinks=False)
        except OSError:
            is_dir = False
        if is_dir:
            try:
                expected = entry.stat(follow_symlinks=False)
                is_dir = stat.S_ISDIR(expected.st_mode)
            except OSError as error:
                onexc(os.lstat, fullname, error)
                continue
        if is_dir:
            try:
                fd = os.open(entry.name, os.O_RDONLY, dir_fd=topfd)
            except OSError as error:
                onexc(os.open, fullname, error)
            else:
                _remove_open_directory(fd, entry.name, fullname, expected, topfd, onexc)
        else:
            _attempt(os.unlink, fullname, onexc, entry.name, dir_fd=topfd)


def _remove_open_directory(fd, name, fullname, expected, dir_fd, onexc):
    """Remove an open directory, unless it is not the one that was expected; close it."""
    is_open = True
    try:
        if not os.path.samestat(expected, os.fstat(fd)):
            _refuse_link(fullname, onexc)
            return
        _rmtree_safe_fd(fd, fullname, onexc)
        # Closed first: some systems cannot remove an open directory.
        is_open = False
        _attempt(os.close, fullname, onexc, fd)
        _attempt(os.rmdir, fullname, onexc, name, dir_fd=dir_fd)
    finally:
        if is_open:
            _attempt(os.close, fullname, onexc, fd)


_use_fd_functions = ({os.open, os.stat, os.unlink, os.rmdir} <= os.supports_dir_fd
                     and os.scandir in os.supports_fd
                     and os.stat in os.supports_follow_symlinks)


def rmtree(path, ignore_errors=False, onerror=None, *, onexc=None, dir_fd=None):
    """Recursively delete a directory tree.

    Errors are ignored if ignore_errors is true; else given to onexc(function, path, exception)
    or to the older onerror(function, path, exc_info); else raised. A relative path starts at
    dir_fd.
    """
    sys.audit("shutil.rmtree", path, dir_fd)
    if ignore_errors:
        def onexc(*args):
            pass
    elif onexc is None:
        if onerror is None:
            def onexc(*args):
                raise
        else:
            def onexc(func, path, exc):
                if exc is None:
                    return onerror(func, path, (None, None, None))
                return onerror(func, path, (type(exc), exc, exc.__traceback__))
    if _use_fd_functions:
        if isinstance(path, bytes):
            # Paths are joined with names, which are str.
            path = os.fsdecode(path)
        try:
            expected = os.lstat(path, dir_fd=dir_fd)
        except Exception as error:
            onexc(os.lstat, path, error)
            return
        try:
            fd = os.open(path, os.O_RDONLY, dir_fd=dir_fd)
        except Exception as error:
            onexc(os.open, path, error)
            return
        _remove_open_directory(fd, path, path, expected, dir_fd, onexc)
        return
    if dir_fd is not None:
        raise NotImplementedError("dir_fd unavailable on this platform")
    if os.path.islink(path):
        _refuse_link(path, onexc)
        return
    _rmtree_unsafe(path, onexc)


# So that a program can tell.
rmtree.avoids_symlink_attacks = _use_fd_functions


def _basename(path):
    """Give the last part of a path, also if a separator ends it."""
    return os.path.basename(os.fspath(path).rstrip(os.path.sep))


def move(src, dst, copy_function=copy2):
    """Recursively move a file or directory to another location; gives the destination.

    Into dst, if that is a directory. Between file systems it is copied by copy_function and
    then removed.
    """
    sys.audit("shutil.move", src, dst)
    real_dst = dst
    if os.path.isdir(dst):
        if _samefile(src, dst):
            # The case of letters may change.
            os.rename(src, dst)
            return
        real_dst = os.path.join(dst, _basename(src))
        if os.path.exists(real_dst):
            raise Error(f"Destination path '{real_dst}' already exists")
    try:
        os.rename(src, real_dst)
    except OSError:
        if os.path.islink(src):
            os.symlink(os.readlink(src), real_dst)
            os.unlink(src)
        elif os.path.isdir(src):
            if _destinsrc(src, dst):
                raise Error(f"Cannot move a directory '{src}' into itself '{dst}'.")
            if _is_immutable(src):
                raise PermissionError("Cannot move the non-empty directory "
                                      f"'{src}': Lacking write permission to '{src}'.")
            copytree(src, real_dst, copy_function=copy_function, symlinks=True)
            rmtree(src)
        else:
            copy_function(src, real_dst)
            os.unlink(src)
    return real_dst


def _destinsrc(src, dst):
    """Tell whether dst is src or lies in it."""
    src, dst = (os.path.join(os.path.abspath(path), '') for path in (src, dst))
    return dst.startswith(src)


def _is_immutable(src):
    return getattr(_stat(src), 'st_flags', None) in (stat.UF_IMMUTABLE, stat.SF_IMMUTABLE)


_ntuple_diskusage = collections.namedtuple('usage', 'total used free')


def disk_usage(path):
    """Return disk usage statistics about the given path: total, used and free bytes."""
    st = os.statvfs(path)
    return _ntuple_diskusage(st.f_blocks * st.f_frsize,
                             (st.f_blocks - st.f_bfree) * st.f_frsize,
                             st.f_bavail * st.f_frsize)


def chown(path, user=None, group=None):
    """Change owner user and group of the given path; both are names or numbers, at least one
    must be given."""
    sys.audit('shutil.chown', path, user, group)
    if user is None and group is None:
        raise ValueError("user and/or group must be set")
    # -1 leaves it as it is.
    uid = -1 if user is None else user
    if isinstance(user, str):
        uid = _get_uid(user)
        if uid is None:
            raise LookupError(f"no such user: {user!r}")
    gid = -1 if group is None else group
    if group is not None and not isinstance(group, int):
        gid = _get_gid(group)
        if gid is None:
            raise LookupError(f"no such group: {group!r}")
    os.chown(path, uid, gid)


def get_terminal_size(fallback=(80, 24)):
    """Get the size of the terminal window: columns and lines.

    The variables COLUMNS and LINES count first, then the terminal, then the fallback.
    """
    columns, lines = (_positive_variable(name) for name in ('COLUMNS', 'LINES'))
    if not columns or not lines:
        try:
            size = os.get_terminal_size(sys.__stdout__.fileno())
        except (AttributeError, ValueError, OSError):
            # There is no standard output, or it is no terminal.
            size = os.terminal_size(fallback)
        columns = columns or size.columns or fallback[0]
        lines = lines or size.lines or fallback[1]
    return os.terminal_size((columns, lines))


def _positive_variable(name):
    try:
        return max(int(os.environ[name]), 0)
    except (KeyError, ValueError):
        return 0


def _access_check(fn, mode):
    # Directories can be executed too.
    return os.path.exists(fn) and os.access(fn, mode) and not os.path.isdir(fn)


def which(cmd, mode=os.F_OK | os.X_OK, path=None):
    """Give the path of the program that would run if cmd was called; None if there is none.

    path is searched instead of the variable PATH.
    """
    use_bytes = isinstance(cmd, bytes)
    dirname, cmd = os.path.split(cmd)
    if dirname:
        directories = [dirname]
    else:
        if path is None:
            path = os.environ.get("PATH", None)
            if path is None:
                try:
                    path = os.confstr("CS_PATH")
                except (AttributeError, ValueError):
                    path = os.defpath
        if not path:
            return None
        convert = os.fsencode if use_bytes else os.fsdecode
        directories = convert(path).split(convert(os.pathsep))
    for directory in dict.fromkeys(directories):
        name = os.path.join(directory, cmd)
        if _access_check(name, mode):
            return name
    return None
