"""Paths of the file system as objects.

PurePath and its subclasses only compute with paths; Path and its subclasses also ask the
system. A path keeps the strings it was made of and splits them when somebody asks; what was
computed is kept in slots. What differs between systems is in `_flavour`: posixpath or ntpath.
"""

import functools
import io
import os
import posixpath
import sys
from _collections_abc import Sequence
from errno import EBADF, ELOOP, ENOENT, ENOTDIR

__all__ = ["PurePath", "PurePosixPath", "PureWindowsPath", "Path", "PosixPath", "WindowsPath"]

_WIN_RESERVED_NAMES = frozenset(
    ['CON', 'PRN', 'AUX', 'NUL', 'CONIN$', 'CONOUT$']
    + [device + digit for device in ('COM', 'LPT') for digit in '123456789\xb9\xb2\xb3'])

# What a path that does not exist, or leads nowhere, may raise.
_IGNORED_ERRNOS = (ENOENT, ENOTDIR, EBADF, ELOOP)
_WINERROR_CANT_RESOLVE_FILENAME = 1921
_IGNORED_WINERRORS = (21, 123, _WINERROR_CANT_RESOLVE_FILENAME)


def _ignore_error(exception):
    return (getattr(exception, 'errno', None) in _IGNORED_ERRNOS
            or getattr(exception, 'winerror', None) in _IGNORED_WINERRORS)


def _warn_deprecated(name, message, stacklevel=3):
    import warnings
    warnings._deprecated(name, message, remove=(3, 14))


@functools.cache
def _is_case_sensitive(flavour):
    return flavour.normcase('Aa') == 'Aa'


@functools.lru_cache(maxsize=256)
def _compile_pattern(pat, case_sensitive):
    """Give the function that tells whether a name matches the pattern."""
    if case_sensitive and not any(c in pat for c in '*?['):
        return pat.__eq__
    import fnmatch
    import re
    flags = re.NOFLAG if case_sensitive else re.IGNORECASE
    return re.compile(fnmatch.translate(pat), flags).match


def _select(path, parts, case_sensitive):
    """Give the paths below `path` that match the parts of a pattern."""
    if not parts:
        yield path
        return
    pat, rest = parts[0], parts[1:]
    if pat == '':
        # The pattern ended with a separator; only directories come here.
        yield path
    elif pat == '..':
        yield from _select(path._make_child_relpath('..'), rest, case_sensitive)
    elif pat == '**':
        while rest and rest[0] == '**':
            rest = rest[1:]
        found = _select_recursive(path, rest, case_sensitive)
        # Two ways may lead to the same path.
        yield from _unique(found) if '**' in rest else found
    else:
        yield from _select_children(path, pat, rest, case_sensitive)


def _select_children(path, pat, rest, case_sensitive):
    if case_sensitive is None:
        case_sensitive = _is_case_sensitive(path._flavour)
    match = _compile_pattern(pat, case_sensitive)
    try:
        with path._scandir() as entries:
            entries = list(entries)
    except OSError:
        return
    for entry in entries:
        if rest:
            try:
                if not entry.is_dir():
                    continue
            except OSError:
                continue
        if match(entry.name):
            yield from _select(path._make_child_relpath(entry.name), rest, case_sensitive)


def _select_recursive(path, rest, case_sensitive):
    yield from _select(path, rest, case_sensitive)
    for parent, dirnames, _ in path.walk():
        for name in dirnames:
            yield from _select(parent._make_child_relpath(name), rest, case_sensitive)


def _unique(paths):
    seen = set()
    for path in paths:
        if path not in seen:
            seen.add(path)
            yield path


def _check_pattern(parts):
    for part in parts:
        if '**' in part and part != '**':
            raise ValueError("Invalid pattern: '**' can only be an entire path component")


class _PathParents(Sequence):
    """The ancestors of a path, the nearest first."""

    __slots__ = ('_path', '_drv', '_root', '_tail')

    def __init__(self, path):
        self._path = path
        self._drv = path.drive
        self._root = path.root
        self._tail = path._tail

    def __len__(self):
        return len(self._tail)

    def __getitem__(self, idx):
        size = len(self)
        if isinstance(idx, slice):
            return tuple(self[i] for i in range(*idx.indices(size)))
        if not -size <= idx < size:
            raise IndexError(idx)
        if idx < 0:
            idx += size
        return self._path._from_parsed_parts(self._drv, self._root, self._tail[:-idx - 1])

    def __repr__(self):
        return f"<{type(self._path).__name__}.parents>"


class _WindowsFlavour:
    """Imports ntpath when a Windows path is first used."""

    def __get__(self, obj, cls):
        import ntpath
        PureWindowsPath._flavour = ntpath
        return ntpath


class PurePath:
    """Base class for manipulating paths without I/O.

    PurePath gives an object of the class that fits the system; PurePosixPath and
    PureWindowsPath work everywhere.
    """

    __slots__ = (
        # The strings that the path was made of.
        '_raw_paths',
        # Drive, root, and the list of the other parts.
        '_drv', '_root', '_tail_cached',
        # The whole as a string; with case folded where that does not count; its parts.
        '_str', '_str_normcase_cached', '_parts_normcase_cached',
        '_hash',
    )
    _flavour = os.path

    def __new__(cls, *args, **kwargs):
        if cls is PurePath:
            cls = PureWindowsPath if os.name == 'nt' else PurePosixPath
        return object.__new__(cls)

    def __reduce__(self):
        return self.__class__, self.parts

    def __init__(self, *args):
        paths = []
        for arg in args:
            if isinstance(arg, PurePath):
                if arg._flavour is not self._flavour and self._flavour is posixpath:
                    paths += [path.replace('\\', '/') for path in arg._raw_paths]
                else:
                    paths += arg._raw_paths
                continue
            try:
                path = os.fspath(arg)
            except TypeError:
                path = arg
            if not isinstance(path, str):
                raise TypeError("argument should be a str or an os.PathLike object where "
                                "__fspath__ returns a str, "
                                f"not {type(path).__name__!r}")
            paths.append(path)
        self._raw_paths = paths

    def with_segments(self, *pathsegments):
        """Construct a new path object from any number of path-like objects.

        Subclasses may override this method to customize how new path objects are created from
        methods like `iterdir()`.
        """
        return type(self)(*pathsegments)

    @classmethod
    def _parse_path(cls, path):
        """Split a string into drive, root and the list of the other parts."""
        if not path:
            return '', '', []
        flavour = cls._flavour
        sep, altsep = flavour.sep, flavour.altsep
        if altsep:
            path = path.replace(altsep, sep)
        drv, root, rest = flavour.splitroot(path)
        if not root and drv.startswith(sep) and not drv.endswith(sep):
            # A share, or a device of a share, has a root without saying so.
            parts = drv.split(sep)
            if len(parts) == 4 and parts[2] not in '?.' or len(parts) == 6:
                root = sep
        return drv, root, [sys.intern(str(part)) for part in rest.split(sep)
                           if part and part != '.']

    def _load_parts(self):
        paths = self._raw_paths
        if not paths:
            path = ''
        elif len(paths) == 1:
            path = paths[0]
        else:
            path = self._flavour.join(*paths)
        self._drv, self._root, self._tail_cached = self._parse_path(path)

    def _from_parsed_parts(self, drv, root, tail):
        """Make a path whose parts are known."""
        text = self._format_parsed_parts(drv, root, tail)
        path = self.with_segments(text)
        path._str = text or '.'
        path._drv = drv
        path._root = root
        path._tail_cached = tail
        return path

    @classmethod
    def _format_parsed_parts(cls, drv, root, tail):
        sep = cls._flavour.sep
        if drv or root:
            return drv + root + sep.join(tail)
        if tail and cls._flavour.splitdrive(tail[0])[0]:
            # A part that would be taken as a drive.
            tail = ['.'] + tail
        return sep.join(tail)

    def __str__(self):
        """Return the string representation of the path, suitable for passing to system
        calls."""
        try:
            return self._str
        except AttributeError:
            self._str = self._format_parsed_parts(self.drive, self.root, self._tail) or '.'
            return self._str

    def __fspath__(self):
        return str(self)

    def as_posix(self):
        """Return the string representation of the path with forward (/) slashes."""
        return str(self).replace(self._flavour.sep, '/')

    def __bytes__(self):
        """Return the bytes representation of the path.  This is only recommended to use under
        Unix."""
        return os.fsencode(self)

    def __repr__(self):
        return f"{self.__class__.__name__}({self.as_posix()!r})"

    def as_uri(self):
        """Return the path as a 'file' URI."""
        if not self.is_absolute():
            raise ValueError("relative path can't be expressed as a file URI")
        drive = self.drive
        if len(drive) == 2 and drive[1] == ':':
            prefix, path = 'file:///' + drive, self.as_posix()[2:]
        elif drive:
            prefix, path = 'file:', self.as_posix()
        else:
            prefix, path = 'file://', str(self)
        from urllib.parse import quote_from_bytes
        return prefix + quote_from_bytes(os.fsencode(path))

    @property
    def _str_normcase(self):
        try:
            return self._str_normcase_cached
        except AttributeError:
            text = str(self)
            if not _is_case_sensitive(self._flavour):
                text = text.lower()
            self._str_normcase_cached = text
            return text

    @property
    def _parts_normcase(self):
        try:
            return self._parts_normcase_cached
        except AttributeError:
            self._parts_normcase_cached = self._str_normcase.split(self._flavour.sep)
            return self._parts_normcase_cached

    def __eq__(self, other):
        if not isinstance(other, PurePath):
            return NotImplemented
        return self._str_normcase == other._str_normcase and self._flavour is other._flavour

    def __hash__(self):
        try:
            return self._hash
        except AttributeError:
            self._hash = hash(self._str_normcase)
            return self._hash

    def _comparable(self, other):
        return isinstance(other, PurePath) and self._flavour is other._flavour

    def __lt__(self, other):
        if not self._comparable(other):
            return NotImplemented
        return self._parts_normcase < other._parts_normcase

    def __le__(self, other):
        if not self._comparable(other):
            return NotImplemented
        return self._parts_normcase <= other._parts_normcase

    def __gt__(self, other):
        if not self._comparable(other):
            return NotImplemented
        return self._parts_normcase > other._parts_normcase

    def __ge__(self, other):
        if not self._comparable(other):
            return NotImplemented
        return self._parts_normcase >= other._parts_normcase

    @property
    def drive(self):
        """The drive prefix (letter or UNC path), if any."""
        try:
            return self._drv
        except AttributeError:
            self._load_parts()
            return self._drv

    @property
    def root(self):
        """The root of the path, if any."""
        try:
            return self._root
        except AttributeError:
            self._load_parts()
            return self._root

    @property
    def _tail(self):
        try:
            return self._tail_cached
        except AttributeError:
            self._load_parts()
            return self._tail_cached

    @property
    def anchor(self):
        """The concatenation of the drive and root, or ''."""
        return self.drive + self.root

    @property
    def name(self):
        """The final path component, if any."""
        tail = self._tail
        return tail[-1] if tail else ''

    def _dot(self):
        """Give the index in the name where the suffix begins; the name's length without
        one."""
        name = self.name
        at = name.rfind('.')
        return at if 0 < at < len(name) - 1 else len(name)

    @property
    def suffix(self):
        """The final component's last suffix, if any.

        This includes the leading period. For example: '.txt'
        """
        return self.name[self._dot():]

    @property
    def suffixes(self):
        """A list of the final component's suffixes, if any.

        These include the leading periods. For example: ['.tar', '.gz']
        """
        name = self.name
        if name.endswith('.'):
            return []
        return ['.' + suffix for suffix in name.lstrip('.').split('.')[1:]]

    @property
    def stem(self):
        """The final path component, minus its last suffix."""
        return self.name[:self._dot()]

    def with_name(self, name):
        """Return a new path with the file name changed."""
        if not self.name:
            raise ValueError(f"{self!r} has an empty name")
        flavour = self._flavour
        if (not name or name == '.' or flavour.sep in name
                or flavour.altsep and flavour.altsep in name):
            raise ValueError(f"Invalid name {name!r}")
        return self._from_parsed_parts(self.drive, self.root, self._tail[:-1] + [name])

    def with_stem(self, stem):
        """Return a new path with the stem changed."""
        return self.with_name(stem + self.suffix)

    def with_suffix(self, suffix):
        """Return a new path with the file suffix changed.  If the path has no suffix, add
        given suffix.  If the given suffix is an empty string, remove the suffix from the path.
        """
        flavour = self._flavour
        if (flavour.sep in suffix or flavour.altsep and flavour.altsep in suffix
                or suffix and not suffix.startswith('.') or suffix == '.'):
            raise ValueError(f"Invalid suffix {suffix!r}")
        if not self.name:
            raise ValueError(f"{self!r} has an empty name")
        return self._from_parsed_parts(self.drive, self.root,
                                       self._tail[:-1] + [self.stem + suffix])

    def relative_to(self, other, /, *_deprecated, walk_up=False):
        """Return the relative path to another path identified by the passed arguments.  If the
        operation is not possible (because this is not related to the other path), raise
        ValueError.

        With *walk_up* the result may contain '..'.
        """
        if _deprecated:
            _warn_deprecated(
                "pathlib.PurePath.relative_to(*args)",
                "support for supplying more than one positional argument "
                "to pathlib.PurePath.relative_to() is deprecated and "
                "scheduled for removal in Python {remove}")
        other = self.with_segments(other, *_deprecated)
        for step, path in enumerate([other] + list(other.parents)):
            if self.is_relative_to(path):
                break
            if not walk_up:
                raise ValueError(f"{str(self)!r} is not in the subpath of {str(other)!r}")
            if path.name == '..':
                raise ValueError(f"'..' segment in {str(other)!r} cannot be walked")
        else:
            raise ValueError(f"{str(self)!r} and {str(other)!r} have different anchors")
        return self.with_segments(*['..'] * step, *self._tail[len(path._tail):])

    def is_relative_to(self, other, /, *_deprecated):
        """Return True if the path is relative to another path or False."""
        if _deprecated:
            _warn_deprecated(
                "pathlib.PurePath.is_relative_to(*args)",
                "support for supplying more than one argument to "
                "pathlib.PurePath.is_relative_to() is deprecated and "
                "scheduled for removal in Python {remove}")
        other = self.with_segments(other, *_deprecated)
        return other == self or other in self.parents

    @property
    def parts(self):
        """An object providing sequence-like access to the components in the filesystem
        path."""
        anchor = self.drive + self.root
        return (anchor, *self._tail) if anchor else tuple(self._tail)

    def joinpath(self, *pathsegments):
        """Combine this path with one or several arguments, and return a new path representing
        either a subpath (if all arguments are relative paths) or a totally different path (if
        one of the arguments is anchored).
        """
        return self.with_segments(self, *pathsegments)

    def __truediv__(self, key):
        try:
            return self.joinpath(key)
        except TypeError:
            return NotImplemented

    def __rtruediv__(self, key):
        try:
            return self.with_segments(key, self)
        except TypeError:
            return NotImplemented

    @property
    def parent(self):
        """The logical parent of the path."""
        tail = self._tail
        return self._from_parsed_parts(self.drive, self.root, tail[:-1]) if tail else self

    @property
    def parents(self):
        """A sequence of this path's logical parents."""
        return _PathParents(self)

    def is_absolute(self):
        """True if the path is absolute (has both a root and, if applicable, a drive)."""
        if self._flavour is posixpath:
            # The last absolute piece drops those before.
            return any(path.startswith('/') for path in self._raw_paths)
        if isinstance(self, PureWindowsPath):
            return bool(self.drive and self.root)
        return self._flavour.isabs(str(self))

    def is_reserved(self):
        """Return True if the path contains one of the special names reserved by the system, if
        any."""
        if self._flavour is posixpath or not self._tail or self.drive.startswith('\\\\'):
            return False
        name = self._tail[-1].partition('.')[0].partition(':')[0].rstrip(' ')
        return name.upper() in _WIN_RESERVED_NAMES

    def match(self, path_pattern, *, case_sensitive=None):
        """Return True if this path matches the given pattern.

        A relative pattern is compared with the end of the path.
        """
        if not isinstance(path_pattern, PurePath):
            path_pattern = self.with_segments(path_pattern)
        if case_sensitive is None:
            case_sensitive = _is_case_sensitive(self._flavour)
        sep = self._flavour.sep
        anchored = path_pattern.drive or path_pattern.root
        if not anchored and not path_pattern._tail:
            raise ValueError("empty pattern")
        patterns = str(path_pattern).split(sep)
        text = str(self)
        names = [''] if text == '.' else text.split(sep)
        if len(patterns) > len(names) or anchored and len(patterns) < len(names):
            return False
        for pattern, name in zip(reversed(patterns), reversed(names)):
            if pattern == '*':
                if not name:
                    return False
            elif not _compile_pattern(pattern, case_sensitive)(name):
                return False
        return True


# So that isinstance asks neither this class nor its subclasses.
os.PathLike.register(PurePath)


class PurePosixPath(PurePath):
    """PurePath subclass for non-Windows systems."""

    _flavour = posixpath
    __slots__ = ()


class PureWindowsPath(PurePath):
    """PurePath subclass for Windows systems."""

    _flavour = _WindowsFlavour()
    __slots__ = ()


class Path(PurePath):
    """PurePath subclass that can make system calls.

    Path gives a PosixPath or a WindowsPath, as the system is.
    """

    __slots__ = ()

    def stat(self, *, follow_symlinks=True):
        """Return the result of the stat() system call on this path, like os.stat() does."""
        return os.stat(self, follow_symlinks=follow_symlinks)

    def lstat(self):
        """Like stat(), except if the path points to a symlink, the symlink's status
        information is returned, rather than its target's."""
        return self.stat(follow_symlinks=False)

    def exists(self, *, follow_symlinks=True):
        """Whether this path exists; of a symbolic link, whether its target does, unless
        follow_symlinks is false."""
        try:
            self.stat(follow_symlinks=follow_symlinks)
        except OSError as error:
            if not _ignore_error(error):
                raise
            return False
        except ValueError:
            # A null character.
            return False
        return True

    def _has_kind(self, test, follow_symlinks=True):
        """Tell whether the path exists and its mode passes the test of `stat`."""
        try:
            mode = self.stat().st_mode if follow_symlinks else self.lstat().st_mode
        except OSError as error:
            if not _ignore_error(error):
                raise
            return False
        except ValueError:
            return False
        import stat
        return getattr(stat, test)(mode)

    def is_dir(self):
        """Whether this path is a directory."""
        return self._has_kind('S_ISDIR')

    def is_file(self):
        """Whether this path is a regular file (also True for symlinks pointing to regular
        files)."""
        return self._has_kind('S_ISREG')

    def is_mount(self):
        """Check if this path is a mount point"""
        return self._flavour.ismount(self)

    def is_symlink(self):
        """Whether this path is a symbolic link."""
        return self._has_kind('S_ISLNK', follow_symlinks=False)

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
        """Return whether other_path is the same or not as this file (as returned by
        os.path.samefile())."""
        own = self.stat()
        try:
            other = other_path.stat()
        except AttributeError:
            other = self.with_segments(other_path).stat()
        return self._flavour.samestat(own, other)

    def open(self, mode='r', buffering=-1, encoding=None, errors=None, newline=None):
        """Open the file pointed to by this path and return a file object, as the built-in
        open() function does."""
        if "b" not in mode:
            encoding = io.text_encoding(encoding)
        return io.open(self, mode, buffering, encoding, errors, newline)

    def read_bytes(self):
        """Open the file in bytes mode, read it, and close the file."""
        with self.open(mode='rb') as file:
            return file.read()

    def read_text(self, encoding=None, errors=None):
        """Open the file in text mode, read it, and close the file."""
        encoding = io.text_encoding(encoding)
        with self.open(mode='r', encoding=encoding, errors=errors) as file:
            return file.read()

    def write_bytes(self, data):
        """Open the file in bytes mode, write to it, and close the file."""
        # Before the file is emptied, make sure that there are bytes to write.
        view = memoryview(data)
        with self.open(mode='wb') as file:
            return file.write(view)

    def write_text(self, data, encoding=None, errors=None, newline=None):
        """Open the file in text mode, write to it, and close the file."""
        if not isinstance(data, str):
            raise TypeError(f'data must be str, not {data.__class__.__name__}')
        encoding = io.text_encoding(encoding)
        with self.open(mode='w', encoding=encoding, errors=errors, newline=newline) as file:
            return file.write(data)

    def iterdir(self):
        """Yield path objects of the directory contents.

        The children are yielded in arbitrary order, and the special entries '.' and '..' are
        not included.
        """
        for name in os.listdir(self):
            yield self._make_child_relpath(name)

    def _scandir(self):
        return os.scandir(self)

    def _make_child_relpath(self, name):
        """Make the path of an entry of this directory."""
        text, tail = str(self), self._tail
        if tail:
            text = f'{text}{self._flavour.sep}{name}'
        elif text != '.':
            text = f'{text}{name}'
        else:
            text = name
        path = self.with_segments(text)
        path._str = text
        path._drv = self.drive
        path._root = self.root
        path._tail_cached = tail + [name]
        return path

    def glob(self, pattern, *, case_sensitive=None):
        """Iterate over this subtree and yield all existing files (of any kind, including
        directories) matching the given relative pattern."""
        sys.audit("pathlib.Path.glob", self, pattern)
        if not pattern:
            raise ValueError(f"Unacceptable pattern: {pattern!r}")
        yield from self._glob((), pattern, case_sensitive)

    def rglob(self, pattern, *, case_sensitive=None):
        """Recursively yield all existing files (of any kind, including directories) matching
        the given relative pattern, anywhere in this subtree."""
        sys.audit("pathlib.Path.rglob", self, pattern)
        yield from self._glob(('**',), pattern, case_sensitive)

    def _glob(self, before, pattern, case_sensitive):
        drv, root, parts = self._parse_path(pattern)
        if drv or root:
            raise NotImplementedError("Non-relative patterns are unsupported")
        parts = [*before, *parts]
        if pattern and pattern[-1] in (self._flavour.sep, self._flavour.altsep):
            parts.append('')
        _check_pattern(parts)
        if self.is_dir():
            yield from _select(self, tuple(parts), case_sensitive)

    def walk(self, top_down=True, on_error=None, follow_symlinks=False):
        """Walk the directory tree from this directory, similar to os.walk()."""
        sys.audit("pathlib.Path.walk", self, on_error, follow_symlinks)
        pending = [self]
        while pending:
            path = pending.pop()
            if isinstance(path, tuple):
                # A directory whose subdirectories were walked.
                yield path
                continue
            try:
                entries = path._scandir()
            except OSError as error:
                if on_error is not None:
                    on_error(error)
                continue
            dirnames, filenames = [], []
            with entries:
                for entry in entries:
                    try:
                        is_dir = entry.is_dir(follow_symlinks=follow_symlinks)
                    except OSError:
                        is_dir = False
                    (dirnames if is_dir else filenames).append(entry.name)
            if top_down:
                # The caller may change dirnames.
                yield path, dirnames, filenames
            else:
                pending.append((path, dirnames, filenames))
            pending += [path._make_child_relpath(name) for name in reversed(dirnames)]

    def __init__(self, *args, **kwargs):
        if kwargs:
            _warn_deprecated(
                "pathlib.PurePath(**kwargs)",
                "support for supplying keyword arguments to pathlib.PurePath "
                "is deprecated and scheduled for removal in Python {remove}")
        super().__init__(*args)

    def __new__(cls, *args, **kwargs):
        if cls is Path:
            cls = WindowsPath if os.name == 'nt' else PosixPath
        return object.__new__(cls)

    def __enter__(self):
        import warnings
        warnings.warn("pathlib.Path.__enter__() is deprecated and scheduled "
                      "for removal in Python 3.13; Path objects as a context "
                      "manager is a no-op",
                      DeprecationWarning, stacklevel=2)
        return self

    def __exit__(self, t, v, tb):
        # A path has nothing to close.
        pass

    @classmethod
    def cwd(cls):
        """Return a new path pointing to the current working directory."""
        return cls().absolute()

    @classmethod
    def home(cls):
        """Return a new path pointing to the user's home directory (as returned by
        os.path.expanduser('~'))."""
        return cls("~").expanduser()

    def absolute(self):
        """Return an absolute version of this path by prepending the current working directory.
        No normalization or symlink resolution is performed.
        """
        if self.is_absolute():
            return self
        if self.drive:
            # Each drive has a working directory.
            cwd = self._flavour.abspath(self.drive)
        else:
            cwd = os.getcwd()
            if not self.root and not self._tail:
                result = self.with_segments(cwd)
                result._str = cwd
                return result
        return self.with_segments(cwd, self)

    def resolve(self, strict=False):
        """Make the path absolute, resolving all symlinks on the way and also normalizing
        it."""
        def check_loop(error):
            winerror = getattr(error, 'winerror', 0)
            if error.errno == ELOOP or winerror == _WINERROR_CANT_RESOLVE_FILENAME:
                raise RuntimeError(f"Symlink loop from {error.filename!r}")

        try:
            text = self._flavour.realpath(self, strict=strict)
        except OSError as error:
            check_loop(error)
            raise
        path = self.with_segments(text)
        # realpath leaves loops in the path if it is not strict.
        if not strict:
            try:
                path.stat()
            except OSError as error:
                check_loop(error)
        return path

    def owner(self):
        """Return the login name of the file owner."""
        try:
            import pwd
            return pwd.getpwuid(self.stat().st_uid).pw_name
        except ImportError:
            raise NotImplementedError("Path.owner() is unsupported on this system")

    def group(self):
        """Return the group name of the file gid."""
        try:
            import grp
            return grp.getgrgid(self.stat().st_gid).gr_name
        except ImportError:
            raise NotImplementedError("Path.group() is unsupported on this system")

    def readlink(self):
        """Return the path to which the symbolic link points."""
        if not hasattr(os, "readlink"):
            raise NotImplementedError("os.readlink() not available on this system")
        return self.with_segments(os.readlink(self))

    def touch(self, mode=0o666, exist_ok=True):
        """Create this file with the given access mode, if it doesn't exist."""
        if exist_ok:
            # Setting the times is all there is to do if the file exists.
            try:
                os.utime(self, None)
            except OSError:
                pass
            else:
                return
        flags = os.O_CREAT | os.O_WRONLY
        if not exist_ok:
            flags |= os.O_EXCL
        os.close(os.open(self, flags, mode))

    def mkdir(self, mode=0o777, parents=False, exist_ok=False):
        """Create a new directory at this given path."""
        try:
            os.mkdir(self, mode)
        except FileNotFoundError:
            if not parents or self.parent == self:
                raise
            self.parent.mkdir(parents=True, exist_ok=True)
            self.mkdir(mode, parents=False, exist_ok=exist_ok)
        except OSError:
            # Not only EEXIST: some systems look at permissions first.
            if not exist_ok or not self.is_dir():
                raise

    def chmod(self, mode, *, follow_symlinks=True):
        """Change the permissions of the path, like os.chmod()."""
        os.chmod(self, mode, follow_symlinks=follow_symlinks)

    def lchmod(self, mode):
        """Like chmod(), except if the path points to a symlink, the symlink's permissions are
        changed, rather than its target's."""
        self.chmod(mode, follow_symlinks=False)

    def unlink(self, missing_ok=False):
        """Remove this file or link. If the path is a directory, use rmdir() instead."""
        try:
            os.unlink(self)
        except FileNotFoundError:
            if not missing_ok:
                raise

    def rmdir(self):
        """Remove this directory.  The directory must be empty."""
        os.rmdir(self)

    def rename(self, target):
        """Rename this path to the target path; gives the new path.

        A relative target is relative to the working directory, not to this path.
        """
        os.rename(self, target)
        return self.with_segments(target)

    def replace(self, target):
        """Rename this path to the target path, overwriting if that path exists; gives the new
        path.

        A relative target is relative to the working directory, not to this path.
        """
        os.replace(self, target)
        return self.with_segments(target)

    def symlink_to(self, target, target_is_directory=False):
        """Make this path a symlink pointing to the target path."""
        if not hasattr(os, "symlink"):
            raise NotImplementedError("os.symlink() not available on this system")
        os.symlink(target, self, target_is_directory)

    def hardlink_to(self, target):
        """Make this path a hard link pointing to the same file as *target*."""
        if not hasattr(os, "link"):
            raise NotImplementedError("os.link() not available on this system")
        os.link(target, self)

    def expanduser(self):
        """Return a new path with expanded ~ and ~user constructs (as returned by
        os.path.expanduser)"""
        tail = self._tail
        if self.drive or self.root or not tail or tail[0][:1] != '~':
            return self
        home = self._flavour.expanduser(tail[0])
        if home[:1] == "~":
            raise RuntimeError("Could not determine home directory.")
        drv, root, parts = self._parse_path(home)
        return self._from_parsed_parts(drv, root, parts + tail[1:])


class PosixPath(Path, PurePosixPath):
    """Path subclass for non-Windows systems."""

    __slots__ = ()

    if os.name == 'nt':
        def __new__(cls, *args, **kwargs):
            raise NotImplementedError(f"cannot instantiate {cls.__name__!r} on your system")


class WindowsPath(Path, PureWindowsPath):
    """Path subclass for Windows systems."""

    __slots__ = ()

    if os.name != 'nt':
        def __new__(cls, *args, **kwargs):
            raise NotImplementedError(f"cannot instantiate {cls.__name__!r} on your system")
