"""Temporary files and directories: created so that nobody else can use them, removed in the
end.

Names are random; a name that is taken is tried again with another one. What can be opened
without a name (O_TMPFILE) has none.
"""

__all__ = [
    "NamedTemporaryFile", "TemporaryFile", "SpooledTemporaryFile", "TemporaryDirectory",
    "mkstemp", "mkdtemp", "mktemp", "TMP_MAX", "gettempprefix", "tempdir", "gettempdir",
    "gettempprefixb", "gettempdirb",
]

import errno as _errno
import io as _io
import os as _os
import sys as _sys
import types as _types
import weakref as _weakref
from _thread import allocate_lock as _allocate_lock

_text_openflags = _os.O_RDWR | _os.O_CREAT | _os.O_EXCL
if hasattr(_os, 'O_NOFOLLOW'):
    _text_openflags |= _os.O_NOFOLLOW
_bin_openflags = _text_openflags

# How many names are tried.
TMP_MAX = getattr(_os, 'TMP_MAX', 10000)

# Deprecated, but programs set it to change what temporary names begin with.
template = "tmp"

# Protects what is computed once.
_once_lock = _allocate_lock()


def _exists(fn):
    # Also of a link that leads nowhere.
    return _os.path.lexists(fn)


def _infer_return_type(*args):
    """Give str or bytes, as the arguments are; they must not be mixed."""
    given = [_os.fspath(arg) if isinstance(arg, _os.PathLike) else arg
             for arg in args if arg is not None]
    kinds = {bytes if isinstance(arg, bytes) else str for arg in given or [tempdir or ""]}
    if len(kinds) > 1:
        raise TypeError("Can't mix bytes and non-bytes in path components.")
    return kinds.pop()


def _sanitize_params(prefix, suffix, dir):
    """Fill in what is None, in the type of what is given."""
    output_type = _infer_return_type(prefix, suffix, dir)
    if suffix is None:
        suffix = output_type()
    if prefix is None:
        prefix = template if output_type is str else _os.fsencode(template)
    if dir is None:
        dir = gettempdir() if output_type is str else gettempdirb()
    return prefix, suffix, dir, output_type


class _RandomNameSequence:
    """An endless sequence of random names, different in each process."""

    characters = "abcdefghijklmnopqrstuvwxyz0123456789_"
    _rng_pid = None

    @property
    def rng(self):
        pid = _os.getpid()
        if pid != self._rng_pid:
            from random import Random
            self._rng, self._rng_pid = Random(), pid
        return self._rng

    def __next__(self):
        return ''.join(self.rng.choices(self.characters, k=8))

    def __iter__(self):
        return self


def _candidate_tempdir_list():
    """Give the directories that may serve, the best first."""
    found = [name for name in map(_os.getenv, ('TMPDIR', 'TEMP', 'TMP')) if name]
    found.extend(['/tmp', '/var/tmp', '/usr/tmp'])
    try:
        found.append(_os.getcwd())
    except (AttributeError, OSError):
        found.append(_os.curdir)
    return found


def _get_default_tempdir():
    """Give the first of the directories in which a file can be written."""
    names = _RandomNameSequence()
    candidates = _candidate_tempdir_list()
    for candidate in candidates:
        dir = candidate if candidate == _os.curdir else _os.path.abspath(candidate)
        if _is_writable(dir, names):
            return dir
    raise FileNotFoundError(_errno.ENOENT,
                            f"No usable temporary directory found in {candidates}")


def _is_writable(dir, names):
    for _ in range(100):
        filename = _os.path.join(dir, next(names))
        try:
            fd = _os.open(filename, _bin_openflags, 0o600)
        except FileExistsError:
            continue
        except OSError:
            # Another name will not help.
            return False
        return _write_and_remove(fd, filename)
    return False


def _write_and_remove(fd, filename):
    """Tell whether both can be done."""
    try:
        try:
            _os.write(fd, b'blat')
        finally:
            try:
                _os.close(fd)
            finally:
                _os.unlink(filename)
    except OSError:
        return False
    return True


_name_sequence = None


def _get_candidate_names():
    """Give the sequence of random names that all functions share."""
    global _name_sequence
    if _name_sequence is None:
        with _once_lock:
            if _name_sequence is None:
                _name_sequence = _RandomNameSequence()
    return _name_sequence


def _names(output_type):
    names = _get_candidate_names()
    return map(_os.fsencode, names) if output_type is bytes else names


def _mkstemp_inner(dir, pre, suf, flags, output_type):
    """Create a file; give its descriptor and its path."""
    dir = _os.path.abspath(dir)
    names = _names(output_type)
    for _ in range(TMP_MAX):
        file = _os.path.join(dir, pre + next(names) + suf)
        _sys.audit("tempfile.mkstemp", file)
        try:
            return _os.open(file, flags, 0o600), file
        except FileExistsError:
            continue
    raise FileExistsError(_errno.EEXIST, "No usable temporary file name found")


def _dont_follow_symlinks(func, path, *args):
    if func in _os.supports_follow_symlinks:
        func(path, *args, follow_symlinks=False)
    elif not _os.path.islink(path):
        func(path, *args)


def _resetperms(path):
    """Make a file or directory one that can be removed."""
    chflags = getattr(_os, 'chflags', None)
    if chflags is not None:
        _dont_follow_symlinks(chflags, path, 0)
    _dont_follow_symlinks(_os.chmod, path, 0o700)


def gettempprefix():
    """What names begin with, as a string."""
    return _os.fsdecode(template)


def gettempprefixb():
    """What names begin with, as bytes."""
    return _os.fsencode(template)


tempdir = None


def _gettempdir():
    global tempdir
    if tempdir is None:
        with _once_lock:
            if tempdir is None:
                tempdir = _get_default_tempdir()
    return tempdir


def gettempdir():
    """The directory for temporary files, as a string."""
    directory = _gettempdir()
    return _os.fsdecode(directory)


def gettempdirb():
    """The directory for temporary files, as bytes."""
    directory = _gettempdir()
    return _os.fsencode(directory)


def mkstemp(suffix=None, prefix=None, dir=None, text=False):
    """Create a temporary file that only its creator can read and write; the caller removes it.

    Gives (descriptor, path). The path is bytes if one of the arguments is.
    """
    prefix, suffix, dir, output_type = _sanitize_params(prefix, suffix, dir)
    flags = _text_openflags if text else _bin_openflags
    return _mkstemp_inner(dir, prefix, suffix, flags, output_type)


def mkdtemp(suffix=None, prefix=None, dir=None):
    """Create a temporary directory that only its creator can use; the caller removes it.

    Gives its absolute path, as mkstemp.
    """
    prefix, suffix, dir, output_type = _sanitize_params(prefix, suffix, dir)
    names = _names(output_type)
    for _ in range(TMP_MAX):
        file = _os.path.join(dir, prefix + next(names) + suffix)
        _sys.audit("tempfile.mkdtemp", file)
        try:
            _os.mkdir(file, 0o700)
        except FileExistsError:
            continue
        return _os.path.abspath(file)
    raise FileExistsError(_errno.EEXIST, "No usable temporary directory name found")


def mktemp(suffix="", prefix=template, dir=None):
    """Give a path that no file has; somebody else may create one before you do, so use mkstemp
    instead."""
    if dir is None:
        dir = gettempdir()
    names = _get_candidate_names()
    for _ in range(TMP_MAX):
        file = _os.path.join(dir, prefix + next(names) + suffix)
        if not _exists(file):
            return file
    raise FileExistsError(_errno.EEXIST, "No usable temporary filename found")


class _TemporaryFileCloser:
    """Closes and removes a file; apart from the wrapper, so that methods of the file can keep
    it alive."""

    close_called = cleanup_called = False

    def __init__(self, file, name, delete=True, delete_on_close=True):
        self.file, self.name = file, name
        self.delete, self.delete_on_close = delete, delete_on_close

    def _close_file(self):
        if not self.close_called:
            self.close_called = True
            self.file.close()

    def cleanup(self, unlink=_os.unlink):
        # The default argument: at shutdown the module may be gone.
        if self.cleanup_called:
            return
        self.cleanup_called = True
        try:
            self._close_file()
        finally:
            if self.delete:
                try:
                    unlink(self.name)
                except FileNotFoundError:
                    pass

    def close(self):
        if not self.close_called:
            try:
                self._close_file()
            finally:
                if self.delete_on_close and self.delete:
                    self.cleanup()

    def __del__(self):
        self.cleanup()


class _TemporaryFileWrapper:
    """A file that is removed when it is closed, or when the wrapper goes."""

    def __init__(self, file, name, delete=True, delete_on_close=True):
        self.file = file
        self.name = name
        self._closer = _TemporaryFileCloser(file, name, delete, delete_on_close)

    def __getattr__(self, name):
        value = getattr(self.__dict__['file'], name)
        if hasattr(value, '__call__'):
            method = value

            def func_wrapper(*args, **kwargs):
                return method(*args, **kwargs)
            from functools import update_wrapper
            value = update_wrapper(func_wrapper, method)
            # Who has only the method can use the file too.
            value._closer = self._closer
        if not isinstance(value, int):
            setattr(self, name, value)
        return value

    def __enter__(self):
        self.file.__enter__()
        return self

    def __exit__(self, exc, value, tb):
        result = self.file.__exit__(exc, value, tb)
        self._closer.cleanup()
        return result

    def close(self):
        """Close the temporary file, and remove it if delete_on_close was true."""
        self._closer.close()

    def __iter__(self):
        # Not the file's own iterator: that would not keep the wrapper alive.
        for line in self.file:
            yield line


def _set_name(file, name):
    """Set the name that the raw file below shows."""
    raw = getattr(file, 'buffer', file)
    getattr(raw, 'raw', raw).name = name


def NamedTemporaryFile(mode='w+b', buffering=-1, encoding=None, newline=None, suffix=None,
                       prefix=None, dir=None, delete=True, *, errors=None,
                       delete_on_close=True):
    """Create and return a temporary file, whose path is its attribute `name`.

    prefix, suffix and dir are as for mkstemp, the others but the last as for open. The file is
    removed when it is closed; with delete_on_close false, at the end of the with block; with
    delete false, never.
    """
    prefix, suffix, dir, output_type = _sanitize_params(prefix, suffix, dir)
    if "b" not in mode:
        encoding = _io.text_encoding(encoding)
    path = None

    def create(*args):
        nonlocal path
        fd, path = _mkstemp_inner(dir, prefix, suffix, _bin_openflags, output_type)
        return fd

    try:
        file = _io.open(dir, mode, buffering=buffering, newline=newline, encoding=encoding,
                        errors=errors, opener=create)
        try:
            _set_name(file, path)
            return _TemporaryFileWrapper(file, path, delete, delete_on_close)
        except:
            file.close()
            raise
    except:
        if path is not None:
            _os.unlink(path)
        raise


# Whether files can be opened without a name.
_O_TMPFILE_WORKS = hasattr(_os, 'O_TMPFILE')


def TemporaryFile(mode='w+b', buffering=-1, encoding=None, newline=None, suffix=None,
                  prefix=None, dir=None, *, errors=None):
    """Create and return a temporary file without a name, which is gone when it is closed.

    prefix, suffix and dir are as for mkstemp, the others as for open.
    """
    global _O_TMPFILE_WORKS
    if "b" not in mode:
        encoding = _io.text_encoding(encoding)
    prefix, suffix, dir, output_type = _sanitize_params(prefix, suffix, dir)
    flags = _bin_openflags
    fd = None

    def open_with(opener):
        file = _io.open(dir, mode, buffering=buffering, newline=newline, encoding=encoding,
                        errors=errors, opener=opener)
        _set_name(file, fd)
        return file

    if _O_TMPFILE_WORKS:
        def unnamed(*args):
            nonlocal fd
            fd = _os.open(dir, (flags | _os.O_TMPFILE) & ~_os.O_CREAT, 0o600)
            return fd

        try:
            return open_with(unnamed)
        except IsADirectoryError:
            # The system does not know the flag, and never will.
            _O_TMPFILE_WORKS = False
        except OSError:
            # The file system cannot do it.
            pass

    def unlinked(*args):
        nonlocal fd
        fd, name = _mkstemp_inner(dir, prefix, suffix, flags, output_type)
        try:
            _os.unlink(name)
        except BaseException:
            _os.close(fd)
            raise
        return fd

    return open_with(unlinked)


def _of_file(name):
    """Make a method that calls the one of the file underneath, which changes."""
    def method(self, *args):
        return getattr(self._file, name)(*args)
    method.__name__, method.__qualname__ = name, f"SpooledTemporaryFile.{name}"
    return method


def _state_of_file(name):
    """Make a property that is the one of the file underneath."""
    return property(lambda self: getattr(self._file, name))


class SpooledTemporaryFile(_io.IOBase):
    """A file that is kept in memory until it is longer than max_size, or until fileno() is
    called; then it becomes a TemporaryFile."""

    _rolled = False

    def __init__(self, max_size=0, mode='w+b', buffering=-1, encoding=None, newline=None,
                 suffix=None, prefix=None, dir=None, *, errors=None):
        self._file = memory = _io.BytesIO()
        if 'b' not in mode:
            encoding = _io.text_encoding(encoding)
            self._file = _io.TextIOWrapper(memory, encoding, errors, newline)
        self._max_size, self._rolled = max_size, False
        # Of the file that may take its place.
        self._TemporaryFileArgs = dict(
            mode=mode, buffering=buffering, encoding=encoding, newline=newline, suffix=suffix,
            prefix=prefix, dir=dir, errors=errors)

    __class_getitem__ = classmethod(_types.GenericAlias)

    def rollover(self):
        """Move what is in memory to a file."""
        if self._rolled:
            return
        memory, file = self._file, TemporaryFile(**self._TemporaryFileArgs)
        self._file = file
        del self._TemporaryFileArgs
        position = memory.tell()
        if isinstance(memory, _io.TextIOWrapper):
            # Below the text, so that nothing is encoded again.
            file.buffer.write(memory.detach().getvalue())
        else:
            file.write(memory.getvalue())
        file.seek(position, 0)
        self._rolled = True

    def __enter__(self):
        if self.closed:
            raise ValueError("Cannot enter context with closed file")
        return self

    def __exit__(self, exc, value, tb):
        self.close()

    def __iter__(self):
        return self._file.__iter__()

    def __del__(self):
        if not self.closed:
            import warnings
            warnings.warn(f"Unclosed file {self!r}", ResourceWarning, stacklevel=2,
                          source=self)
            self.close()

    def fileno(self):
        # Only a real file has one.
        self.rollover()
        return self._file.fileno()

    closed = _state_of_file('closed')
    encoding = _state_of_file('encoding')
    errors = _state_of_file('errors')
    newlines = _state_of_file('newlines')

    @property
    def mode(self):
        file = self._file
        return file.mode if hasattr(file, 'mode') else self._TemporaryFileArgs['mode']

    @property
    def name(self):
        return getattr(self._file, 'name', None)

    close = _of_file('close')
    detach = _of_file('detach')
    flush = _of_file('flush')
    isatty = _of_file('isatty')
    read = _of_file('read')
    read1 = _of_file('read1')
    readable = _of_file('readable')
    readinto = _of_file('readinto')
    readinto1 = _of_file('readinto1')
    readline = _of_file('readline')
    readlines = _of_file('readlines')
    seek = _of_file('seek')
    seekable = _of_file('seekable')
    tell = _of_file('tell')
    writable = _of_file('writable')

    def truncate(self, size=None):
        if size is not None and size > self._max_size:
            self.rollover()
        return self._file.truncate() if size is None else self._file.truncate(size)

    def _put(self, write, data):
        """Write to the file, and move it if it has become too long."""
        written = write(data)
        if not self._rolled and self._max_size and self._file.tell() > self._max_size:
            self.rollover()
        return written

    def write(self, s):
        return self._put(self._file.write, s)

    def writelines(self, iterable):
        return self._put(self._file.writelines, iterable)


class TemporaryDirectory:
    """Create and return a temporary directory, which is removed with all its content at the end
    of the with block, or when the object goes.

    suffix, prefix and dir are as for mkdtemp. Errors while it is removed are ignored if
    ignore_cleanup_errors is true; with delete false it stays.
    """

    def __init__(self, suffix=None, prefix=None, dir=None, ignore_cleanup_errors=False, *,
                 delete=True):
        self.name = mkdtemp(suffix, prefix, dir)
        self._ignore_cleanup_errors = ignore_cleanup_errors
        self._delete = delete
        self._finalizer = _weakref.finalize(
            self, self._cleanup, self.name,
            warn_message=f"Implicitly cleaning up {self!r}",
            ignore_errors=self._ignore_cleanup_errors, delete=self._delete)

    @classmethod
    def _rmtree(cls, name, ignore_errors=False, repeated=False):
        """Remove a directory, also what lacks the permission for that."""
        def remove_with_permission(path):
            if path != name:
                _resetperms(_os.path.dirname(path))
            _resetperms(path)
            try:
                _os.unlink(path)
                return True
            except IsADirectoryError:
                cls._rmtree(path, ignore_errors=ignore_errors)
            except PermissionError:
                # Some systems say so of directories.
                if _os.path.isjunction(path) or not _os.path.isdir(path):
                    return False
                cls._rmtree(path, ignore_errors=ignore_errors, repeated=path == name)
            return True

        def onexc(func, path, exc):
            if isinstance(exc, FileNotFoundError):
                return
            removed = False
            # The second time, changing the permissions has not helped.
            if isinstance(exc, PermissionError) and not (repeated and path == name):
                try:
                    removed = remove_with_permission(path)
                except FileNotFoundError:
                    removed = True
            if not removed and not ignore_errors:
                raise exc

        import shutil
        shutil.rmtree(name, onexc=onexc)

    @classmethod
    def _cleanup(cls, name, warn_message, ignore_errors=False, delete=True):
        if delete:
            cls._rmtree(name, ignore_errors=ignore_errors)
            import warnings
            warnings.warn(warn_message, ResourceWarning)

    def __repr__(self):
        return f"<{self.__class__.__name__} {self.name!r}>"

    def __enter__(self):
        """Gives the path."""
        return self.name

    def __exit__(self, exc, value, tb):
        if self._delete:
            self.cleanup()

    def cleanup(self):
        """Remove the directory."""
        if self._finalizer.detach() or _os.path.exists(self.name):
            self._rmtree(self.name, ignore_errors=self._ignore_cleanup_errors)

    __class_getitem__ = classmethod(_types.GenericAlias)
