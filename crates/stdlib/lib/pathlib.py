"""Paths of the file system as objects.

PurePath and its subclasses only compute with paths; Path and its subclasses also ask the
system. A path keeps the strings it was made of and splits them when somebody asks; what was
computed is kept in slots. What differs between systems is in `_flavour`: posixpath or ntpath.
"""

import io
import os
import sys
from errno import EBADF, ELOOP, ENOENT, ENOTDIR
from _pure_paths import (
    PurePath, PurePosixPath, PureWindowsPath, _PathParents, _WIN_RESERVED_NAMES,
    _is_case_sensitive, _warn_deprecated)

__all__ = ["PurePath", "PurePosixPath", "PureWindowsPath", "Path", "PosixPath", "WindowsPath"]

# What a path that does not exist, or leads nowhere, may raise.
_IGNORED_ERRNOS = (ENOENT, ENOTDIR, EBADF, ELOOP)
_WINERROR_CANT_RESOLVE_FILENAME = 1921
_IGNORED_WINERRORS = (21, 123, _WINERROR_CANT_RESOLVE_FILENAME)


def _ignore_error(exception):
    return (getattr(exception, 'errno', None) in _IGNORED_ERRNOS
            or getattr(exception, 'winerror', None) in _IGNORED_WINERRORS)


def _answer(ask, **options):
    """Give what stat() or lstat() gives; None of a path that leads nowhere."""
    try:
        return ask(**options)
    except OSError as error:
        if _ignore_error(error):
            return None
        raise
    except ValueError:
        # A null character.
        return None


def _refuse_loop(error):
    """Raise what resolve() raises, if the error is about links that lead to themselves."""
    winerror = getattr(error, 'winerror', 0)
    if error.errno == ELOOP or winerror == _WINERROR_CANT_RESOLVE_FILENAME:
        raise RuntimeError(f"Symlink loop from {error.filename!r}")


class Path(PurePath):
    """A path of this system, that can be asked for what is there.

    Path gives a PosixPath or a WindowsPath, as the system is.
    """

    __slots__ = ()

    def stat(self, *, follow_symlinks=True):
        """What the system knows of the file; see os.stat()."""
        return os.stat(self, follow_symlinks=follow_symlinks)

    def lstat(self):
        """Like stat(), but of a symbolic link itself."""
        return self.stat(follow_symlinks=False)

    def exists(self, *, follow_symlinks=True):
        """Whether this path exists; of a symbolic link, whether its target does, unless
        follow_symlinks is false."""
        return _answer(self.stat, follow_symlinks=follow_symlinks) is not None

    def _has_kind(self, test, ask=None):
        """Tell whether the path exists and its mode passes the test of `stat`."""
        status = _answer(ask or self.stat)
        if status is None:
            return False
        import stat
        return getattr(stat, test)(status.st_mode)

    def is_dir(self):
        """Whether this path is a directory."""
        return self._has_kind('S_ISDIR')

    def is_file(self):
        """Whether this path is a regular file, or a symbolic link to one."""
        return self._has_kind('S_ISREG')

    def is_mount(self):
        """Whether another file system begins here."""
        return self._flavour.ismount(self)

    def is_symlink(self):
        """Whether this path is a symbolic link."""
        return self._has_kind('S_ISLNK', self.lstat)

    def is_junction(self):
        """Whether this path is a junction."""
        return self._flavour.isjunction(self)

    def is_block_device(self):
        """Whether this path is a block device."""
        return self._has_kind('S_ISBLK')

    def is_char_device(self):
        """Whether this path is a character device."""
        return self._has_kind('S_ISCHR')

    def is_fifo(self):
        """Whether this path is a FIFO."""
        return self._has_kind('S_ISFIFO')

    def is_socket(self):
        """Whether this path is a socket."""
        return self._has_kind('S_ISSOCK')

    def samefile(self, other_path):
        """Whether another path leads to the same file."""
        own = self.stat()
        if not hasattr(other_path, "stat"):
            other_path = self.with_segments(other_path)
        return self._flavour.samestat(own, other_path.stat())

    def open(self, mode='r', buffering=-1, encoding=None, errors=None, newline=None):
        """Open the file, as the builtin open() does."""
        if "b" not in mode:
            encoding = io.text_encoding(encoding)
        return io.open(self, mode, buffering, encoding, errors, newline)

    def read_bytes(self):
        """The content of the file as bytes."""
        with self.open('rb') as file:
            return file.read()

    def read_text(self, encoding=None, errors=None):
        """The content of the file as text."""
        with self.open('r', encoding=io.text_encoding(encoding), errors=errors) as file:
            return file.read()

    def write_bytes(self, data):
        """Make these bytes the content of the file; gives their number."""
        # Before the file is emptied, make sure that there are bytes to write.
        view = memoryview(data)
        with self.open(mode='wb') as file:
            return file.write(view)

    def write_text(self, data, encoding=None, errors=None, newline=None):
        """Make this text the content of the file; gives its length."""
        if not isinstance(data, str):
            raise TypeError(f'data must be str, not {data.__class__.__name__}')
        encoding = io.text_encoding(encoding)
        with self.open(mode='w', encoding=encoding, errors=errors, newline=newline) as file:
            return file.write(data)

    def iterdir(self):
        """Yields the path of each entry of the directory, in no order."""
        for name in os.listdir(self):
            yield self._make_child_relpath(name)

    def _scandir(self):
        return os.scandir(self)

    def _make_child_relpath(self, name):
        """Make the path of an entry of this directory."""
        text, tail = str(self), self._tail
        if tail:
            text += f'{self._flavour.sep}{name}'
        else:
            text = name if text == '.' else text + name
        return self._with_parts(text, self.drive, self.root, tail + [name])

    def glob(self, pattern, *, case_sensitive=None):
        """Yields the paths below this one that fit a pattern; '**' is any number of directories."""
        sys.audit("pathlib.Path.glob", self, pattern)
        if not pattern:
            raise ValueError(f"Unacceptable pattern: {pattern!r}")
        yield from self._glob((), pattern, case_sensitive)

    def rglob(self, pattern, *, case_sensitive=None):
        """Like glob() with '**/' before the pattern."""
        sys.audit("pathlib.Path.rglob", self, pattern)
        yield from self._glob(('**',), pattern, case_sensitive)

    def _glob(self, before, pattern, case_sensitive):
        import _path_patterns
        drv, root, parts = self._parse_path(pattern)
        if drv or root:
            raise NotImplementedError("Non-relative patterns are unsupported")
        parts = [*before, *parts]
        if pattern and pattern[-1] in (self._flavour.sep, self._flavour.altsep):
            parts.append('')
        _path_patterns.check_pattern(parts)
        if case_sensitive is None:
            case_sensitive = _is_case_sensitive(self._flavour)
        if self.is_dir():
            yield from _path_patterns.select(self, tuple(parts), case_sensitive)

    def walk(self, top_down=True, on_error=None, follow_symlinks=False):
        """Yields (path, names of directories, names of files) for all directories below, and this
        one.

        From the top down the list of directories may be changed; see os.walk().
        """
        sys.audit("pathlib.Path.walk", self, on_error, follow_symlinks)
        # Paths to look into, and what to yield after what is below it was.
        stack = [self]
        while stack:
            top = stack.pop()
            if isinstance(top, tuple):
                yield top
                continue
            names = top._names_by_kind(on_error, follow_symlinks)
            if names is None:
                continue
            found = top, *names
            if top_down:
                yield found
            else:
                stack.append(found)
            stack.extend([top._make_child_relpath(name) for name in reversed(names[0])])

    def _names_by_kind(self, on_error, follow_symlinks):
        """Give the names of directories and of other entries; None if they cannot be read."""
        try:
            entries = self._scandir()
        except OSError as error:
            if on_error is not None:
                on_error(error)
            return None
        names = [], []
        with entries:
            for entry in entries:
                try:
                    is_other = not entry.is_dir(follow_symlinks=follow_symlinks)
                except OSError:
                    is_other = True
                names[is_other].append(entry.name)
        return names

    def __init__(self, *args, **kwargs):
        if kwargs:
            _warn_deprecated(
                "pathlib.PurePath(**kwargs)",
                "support for supplying keyword arguments to pathlib.PurePath "
                "is deprecated and scheduled for removal in Python {remove}")
        super().__init__(*args)

    def __new__(cls, *args, **kwargs):
        made = cls
        if cls is Path:
            made = WindowsPath if os.name == 'nt' else PosixPath
        return object.__new__(made)

    def __enter__(self):
        import warnings
        warnings.warn("pathlib.Path.__enter__() is deprecated and scheduled for removal in Python "
                      "3.13; Path objects as a context manager is a no-op",
                      DeprecationWarning, stacklevel=2)
        return self

    def __exit__(self, t, v, tb):
        # A path has nothing to close.
        pass

    @classmethod
    def cwd(cls):
        """The working directory."""
        return cls().absolute()

    @classmethod
    def home(cls):
        """The home directory of the user."""
        return cls("~").expanduser()

    def absolute(self):
        """The path from the root on, by way of the working directory; nothing is resolved."""
        if self.is_absolute():
            return self
        # Each drive has a working directory.
        cwd = self._flavour.abspath(self.drive) if self.drive else os.getcwd()
        if self.drive or self.root or self._tail:
            return self.with_segments(cwd, self)
        path = self.with_segments(cwd)
        path._str = cwd
        return path

    def resolve(self, strict=False):
        """The absolute path without symbolic links, '.' and '..'.

        If `strict`, all of it must exist.
        """
        try:
            path = self.with_segments(self._flavour.realpath(self, strict=strict))
        except OSError as error:
            _refuse_loop(error)
            raise
        if not strict:
            # realpath leaves loops as they are.
            try:
                path.stat()
            except OSError as error:
                _refuse_loop(error)
        return path

    def owner(self):
        """The name of the user who owns the file."""
        try:
            import pwd
            return pwd.getpwuid(self.stat().st_uid).pw_name
        except ImportError:
            raise NotImplementedError("Path.owner() is unsupported on this system")

    def group(self):
        """The name of the group that owns the file."""
        try:
            import grp
            return grp.getgrgid(self.stat().st_gid).gr_name
        except ImportError:
            raise NotImplementedError("Path.group() is unsupported on this system")

    def readlink(self):
        """Where the symbolic link points to."""
        if not hasattr(os, "readlink"):
            raise NotImplementedError("os.readlink() not available on this system")
        return self.with_segments(os.readlink(self))

    def touch(self, mode=0o666, exist_ok=True):
        """Create the file, or set its times if it exists and `exist_ok`."""
        if exist_ok:
            try:
                return os.utime(self, None)
            except OSError:
                # It may not be there.
                exclusive = 0
        else:
            exclusive = os.O_EXCL
        os.close(os.open(self, os.O_CREAT | os.O_WRONLY | exclusive, mode))

    def mkdir(self, mode=0o777, parents=False, exist_ok=False):
        """Create the directory, with `parents` those above too.

        One that exists is an error unless `exist_ok`.
        """
        try:
            os.mkdir(self, mode)
        except FileNotFoundError:
            above = self.parent
            if above == self or not parents:
                raise
            above.mkdir(parents=True, exist_ok=True)
            self.mkdir(mode, exist_ok=exist_ok)
        except OSError:
            # Not only EEXIST: some systems look at permissions first.
            if not (exist_ok and self.is_dir()):
                raise

    def chmod(self, mode, *, follow_symlinks=True):
        """Change the permissions, as os.chmod()."""
        os.chmod(self, mode, follow_symlinks=follow_symlinks)

    def lchmod(self, mode):
        """Like chmod(), but of a symbolic link itself."""
        self.chmod(mode, follow_symlinks=False)

    def unlink(self, missing_ok=False):
        """Remove the file or link; rmdir() removes directories."""
        try:
            os.unlink(self)
        except FileNotFoundError:
            if not missing_ok:
                raise

    def rmdir(self):
        """Remove the directory, which must be empty."""
        os.rmdir(self)

    def rename(self, target):
        """Rename the file, and give the new path.

        A relative target is relative to the working directory, not to this path.
        """
        os.rename(self, target)
        return self.with_segments(target)

    def replace(self, target):
        """Like rename(), and what was there is gone.

        A relative target is relative to the working directory, not to this path.
        """
        os.replace(self, target)
        return self.with_segments(target)

    def symlink_to(self, target, target_is_directory=False):
        """Create a symbolic link here that points to the target."""
        if not hasattr(os, "symlink"):
            raise NotImplementedError("os.symlink() not available on this system")
        os.symlink(target, self, target_is_directory)

    def hardlink_to(self, target):
        """Create a hard link here to the file that the target is."""
        if not hasattr(os, "link"):
            raise NotImplementedError("os.link() not available on this system")
        os.link(target, self)

    def expanduser(self):
        """The path with ~ or ~user at its start replaced by a home directory."""
        tail = self._tail
        if self.drive or self.root or not tail or tail[0][:1] != '~':
            return self
        home = self._flavour.expanduser(tail[0])
        if home[:1] == "~":
            raise RuntimeError("Could not determine home directory.")
        drv, root, parts = self._parse_path(home)
        return self._from_parsed_parts(drv, root, parts + tail[1:])


class PosixPath(Path, PurePosixPath):
    """A path of a POSIX system."""

    __slots__ = ()

    if os.name == 'nt':
        def __new__(cls, *args, **kwargs):
            raise NotImplementedError(f"cannot instantiate {cls.__name__!r} on your system")


class WindowsPath(Path, PureWindowsPath):
    """A path of a Windows system."""

    __slots__ = ()

    if os.name != 'nt':
        def __new__(cls, *args, **kwargs):
            raise NotImplementedError(f"cannot instantiate {cls.__name__!r} on your system")
