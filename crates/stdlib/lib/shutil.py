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

try:
    import zlib
    del zlib
    _ZLIB_SUPPORTED = True
except ImportError:
    _ZLIB_SUPPORTED = False
try:
    import _bz2
    del _bz2
    _BZ2_SUPPORTED = True
except ImportError:
    _BZ2_SUPPORTED = False
try:
    import _lzma
    del _lzma
    _LZMA_SUPPORTED = True
except ImportError:
    _LZMA_SUPPORTED = False

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


class ReadError(OSError):
    """Raised when an archive cannot be read"""


class RegistryError(Exception):
    """Raised when a registry operation with the archiving and unpacking registries fails"""


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


def _get_gid(name):
    """Give the number of a group; None if it is unknown."""
    if name is None:
        return None
    try:
        from grp import getgrnam
        return getgrnam(name)[2]
    except (ImportError, KeyError):
        return None


def _get_uid(name):
    """Give the number of a user; None if it is unknown."""
    if name is None:
        return None
    try:
        from pwd import getpwnam
        return getpwnam(name)[2]
    except (ImportError, KeyError):
        return None


def _make_archive_directory(path, dry_run, logger):
    if path and not os.path.exists(path):
        if logger is not None:
            logger.info("creating %s", path)
        if not dry_run:
            os.makedirs(path)


def _make_tarball(base_name, base_dir, compress="gzip", verbose=0, dry_run=0, owner=None,
                  group=None, logger=None, root_dir=None):
    """Make a tar file of a directory; give its name."""
    kinds = {None: ''}
    if _ZLIB_SUPPORTED:
        kinds['gzip'] = 'gz'
    if _BZ2_SUPPORTED:
        kinds['bzip2'] = 'bz2'
    if _LZMA_SUPPORTED:
        kinds['xz'] = 'xz'
    if compress not in kinds:
        raise ValueError("bad value for 'compress', or compression format not "
                         f"supported : {compress}")
    import tarfile
    kind = kinds[compress]
    archive_name = base_name + '.tar' + ('.' + kind if compress else '')
    _make_archive_directory(os.path.dirname(archive_name), dry_run, logger)
    if logger is not None:
        logger.info('Creating tar archive')
    uid, gid = _get_uid(owner), _get_gid(group)

    def set_owner(tarinfo):
        if gid is not None:
            tarinfo.gid, tarinfo.gname = gid, group
        if uid is not None:
            tarinfo.uid, tarinfo.uname = uid, owner
        return tarinfo

    if not dry_run:
        name_in_archive = base_dir
        if root_dir is not None:
            base_dir = os.path.join(root_dir, base_dir)
        with tarfile.open(archive_name, f'w|{kind}') as tar:
            tar.add(base_dir, name_in_archive, filter=set_owner)
    return archive_name if root_dir is None else os.path.abspath(archive_name)


def _make_zipfile(base_name, base_dir, verbose=0, dry_run=0, logger=None, owner=None,
                  group=None, root_dir=None):
    """Make a zip file of a directory; give its name."""
    import zipfile
    zip_filename = base_name + ".zip"
    _make_archive_directory(os.path.dirname(base_name), dry_run, logger)
    if logger is not None:
        logger.info("creating '%s' and adding '%s' to it", zip_filename, base_dir)

    def add(archive, path, name):
        archive.write(path, name)
        if logger is not None:
            logger.info("adding '%s'", path)

    if not dry_run:
        with zipfile.ZipFile(zip_filename, "w", compression=zipfile.ZIP_DEFLATED) as archive:
            name_in_archive = os.path.normpath(base_dir)
            if root_dir is not None:
                base_dir = os.path.join(root_dir, base_dir)
            base_dir = os.path.normpath(base_dir)
            if name_in_archive != os.curdir:
                add(archive, base_dir, name_in_archive)
            for dirpath, dirnames, filenames in os.walk(base_dir):
                inside = dirpath if root_dir is None else os.path.relpath(dirpath, root_dir)
                inside = os.path.normpath(inside)
                for name in sorted(dirnames):
                    add(archive, os.path.join(dirpath, name), os.path.join(inside, name))
                for name in filenames:
                    path = os.path.normpath(os.path.join(dirpath, name))
                    if os.path.isfile(path):
                        add(archive, path, os.path.join(inside, name))
    return zip_filename if root_dir is None else os.path.abspath(zip_filename)


_make_tarball.supports_root_dir = True
_make_zipfile.supports_root_dir = True

# Name: (function, its further arguments, description).
_ARCHIVE_FORMATS = {
    'tar': (_make_tarball, [('compress', None)], "uncompressed tar file"),
}
if _ZLIB_SUPPORTED:
    _ARCHIVE_FORMATS['gztar'] = (_make_tarball, [('compress', 'gzip')], "gzip'ed tar-file")
    _ARCHIVE_FORMATS['zip'] = (_make_zipfile, [], "ZIP file")
if _BZ2_SUPPORTED:
    _ARCHIVE_FORMATS['bztar'] = (_make_tarball, [('compress', 'bzip2')], "bzip2'ed tar-file")
if _LZMA_SUPPORTED:
    _ARCHIVE_FORMATS['xztar'] = (_make_tarball, [('compress', 'xz')], "xz'ed tar-file")


def get_archive_formats():
    """Returns a list of supported formats for archiving: pairs of name and description."""
    return sorted((name, entry[2]) for name, entry in _ARCHIVE_FORMATS.items())


def register_archive_format(name, function, extra_args=None, description=''):
    """Registers an archive format: a function that makes it, and pairs of names and values to
    be passed to the function."""
    arguments = [] if extra_args is None else extra_args
    if not callable(function):
        raise TypeError(f'The {function} object is not callable')
    if not isinstance(arguments, (tuple, list)):
        raise TypeError('extra_args needs to be a sequence')
    if any(not isinstance(pair, (tuple, list)) or len(pair) != 2 for pair in arguments):
        raise TypeError('extra_args elements are : (arg_name, value)')
    _ARCHIVE_FORMATS[name] = function, arguments, description


def unregister_archive_format(name):
    """Remove a format."""
    del _ARCHIVE_FORMATS[name]


def make_archive(base_name, format, root_dir=None, base_dir=None, verbose=0, dry_run=0,
                 owner=None, group=None, logger=None):
    """Create an archive file (eg. zip or tar); gives its name.

    base_name is the name without its ending; format one of get_archive_formats(). The archive
    has base_dir and what is in it, seen from root_dir; both are the working directory by
    default. owner and group are for tar files.
    """
    sys.audit("shutil.make_archive", base_name, format, root_dir, base_dir)
    try:
        function, extra_args, _ = _ARCHIVE_FORMATS[format]
    except KeyError:
        raise ValueError(f"unknown archive format '{format}'") from None
    kwargs = {'dry_run': dry_run, 'logger': logger, 'owner': owner, 'group': group,
              **dict(extra_args)}
    if base_dir is None:
        base_dir = os.curdir
    saved_cwd = None
    if root_dir is not None:
        if not stat.S_ISDIR(os.stat(root_dir).st_mode):
            raise NotADirectoryError(errno.ENOTDIR, 'Not a directory', root_dir)
        if getattr(function, 'supports_root_dir', False):
            base_name = os.fspath(base_name)
            kwargs['root_dir'] = root_dir
        else:
            saved_cwd = os.getcwd()
            if logger is not None:
                logger.debug("changing into '%s'", root_dir)
            base_name = os.path.abspath(base_name)
            if not dry_run:
                os.chdir(root_dir)
    try:
        return function(base_name, base_dir, **kwargs)
    finally:
        if saved_cwd is not None:
            if logger is not None:
                logger.debug("changing back to '%s'", saved_cwd)
            os.chdir(saved_cwd)


def get_unpack_formats():
    """Returns a list of supported formats for unpacking: tuples of name, extensions and
    description."""
    return sorted((name, entry[0], entry[3]) for name, entry in _UNPACK_FORMATS.items())


def register_unpack_format(name, extensions, function, extra_args=None, description=''):
    """Registers an unpack format: the extensions of its files, a function that unpacks them,
    and pairs of names and values to be passed to the function."""
    known = {extension: other for other, entry in _UNPACK_FORMATS.items()
             for extension in entry[0]}
    for extension in extensions:
        if extension in known:
            raise RegistryError(
                f'{extension} is already registered for "{known[extension]}"')
    if not callable(function):
        raise TypeError('The registered function must be a callable')
    _UNPACK_FORMATS[name] = extensions, function, extra_args or [], description


def unregister_unpack_format(name):
    """Removes the pack format from the registry."""
    del _UNPACK_FORMATS[name]


def _ensure_directory(path):
    """Make the directory in which the file is to be."""
    dirname = os.path.dirname(path)
    if not os.path.isdir(dirname):
        os.makedirs(dirname)


def _unpack_zipfile(filename, extract_dir):
    """Unpack a zip file; names that lead out of the directory are left out."""
    import zipfile
    if not zipfile.is_zipfile(filename):
        raise ReadError(f"{filename} is not a zip file")
    with zipfile.ZipFile(filename) as archive:
        for name in archive.namelist():
            leads_out = name.startswith('/') or '..' in name
            target = os.path.join(extract_dir, *name.split('/'))
            if leads_out or not target:
                continue
            _ensure_directory(target)
            if name[-1:] != '/':
                with archive.open(name) as packed, open(target, 'wb') as file:
                    copyfileobj(packed, file)


def _unpack_tarfile(filename, extract_dir, *, filter=None):
    """Unpack a tar file, compressed or not."""
    import tarfile
    try:
        archive = tarfile.open(filename)
    except tarfile.TarError:
        raise ReadError(f"{filename} is not a compressed or uncompressed tar file")
    with archive:
        archive.extractall(extract_dir, filter=filter)


# Name: (extensions, function, its further arguments, description).
_UNPACK_FORMATS = {
    'tar': (['.tar'], _unpack_tarfile, [], "uncompressed tar file"),
    'zip': (['.zip'], _unpack_zipfile, [], "ZIP file"),
}
if _ZLIB_SUPPORTED:
    _UNPACK_FORMATS['gztar'] = (['.tar.gz', '.tgz'], _unpack_tarfile, [], "gzip'ed tar-file")
if _BZ2_SUPPORTED:
    _UNPACK_FORMATS['bztar'] = (['.tar.bz2', '.tbz2'], _unpack_tarfile, [],
                                "bzip2'ed tar-file")
if _LZMA_SUPPORTED:
    _UNPACK_FORMATS['xztar'] = (['.tar.xz', '.txz'], _unpack_tarfile, [], "xz'ed tar-file")


def _find_unpack_format(filename):
    for name, entry in _UNPACK_FORMATS.items():
        if any(filename.endswith(extension) for extension in entry[0]):
            return name
    return None


def unpack_archive(filename, extract_dir=None, format=None, *, filter=None):
    """Unpack an archive into a directory, the working directory by default.

    The format is one of get_unpack_formats(); by default, the file's extension tells. filter
    is for tar files, as for TarFile.extractall.
    """
    sys.audit("shutil.unpack_archive", filename, extract_dir, format)
    extract_dir = os.getcwd() if extract_dir is None else os.fspath(extract_dir)
    filename = os.fspath(filename)
    if format is None:
        format = _find_unpack_format(filename)
        if format is None:
            raise ReadError(f"Unknown archive format '{filename}'")
    elif format not in _UNPACK_FORMATS:
        raise ValueError(f"Unknown unpack format '{format}'")
    _, function, extra_args, _ = _UNPACK_FORMATS[format]
    kwargs = dict(extra_args)
    if filter is not None:
        kwargs['filter'] = filter
    function(filename, extract_dir, **kwargs)


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
