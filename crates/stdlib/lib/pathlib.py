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


class _PathParents(Sequence):
    """The ancestors of a path, the nearest first."""

    __slots__ = ('_path',)

    def __init__(self, path):
        self._path = path

    def __len__(self):
        return len(self._path._tail)

    def __getitem__(self, idx):
        size = len(self)
        if isinstance(idx, slice):
            return tuple([self[i] for i in range(*idx.indices(size))])
        if not -size <= idx < size:
            raise IndexError(idx)
        path = self._path
        # What is left after taking off the last idx + 1 parts.
        kept = -idx - 1 if idx < 0 else size - idx - 1
        return path._from_parsed_parts(path.drive, path.root, path._tail[:kept])

    def __repr__(self):
        return f"<{type(self._path).__name__}.parents>"


class _WindowsFlavour:
    """Imports ntpath when a Windows path is first used."""

    def __get__(self, obj, cls):
        import ntpath
        PureWindowsPath._flavour = ntpath
        return ntpath


class PurePath:
    """A path that is only computed with.

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
        """Make a path of these segments, as all methods do that give another path.

        A subclass that needs more than segments to be made overrides it.
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
        """Split the strings; give drive, root and the other parts."""
        paths = self._raw_paths
        path = paths[0] if len(paths) == 1 else self._flavour.join(*paths) if paths else ''
        parts = self._drv, self._root, self._tail_cached = self._parse_path(path)
        return parts

    def _from_parsed_parts(self, drv, root, tail):
        """Make a path whose parts are known."""
        return self._with_parts(self._format_parsed_parts(drv, root, tail), drv, root, tail)

    def _with_parts(self, text, drv, root, tail):
        path = self.with_segments(text)
        path._drv, path._root, path._tail_cached = drv, root, tail
        path._str = text or '.'
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
        """The path as the system takes it."""
        try:
            return self._str
        except AttributeError:
            self._str = self._format_parsed_parts(self.drive, self.root, self._tail) or '.'
            return self._str

    def __fspath__(self):
        return str(self)

    def as_posix(self):
        """The path as a string with slashes, whatever the system's separator."""
        return str(self).replace(self._flavour.sep, '/')

    def __bytes__(self):
        """The path in the encoding of file names."""
        return os.fsencode(self)

    def __repr__(self):
        return f"{self.__class__.__name__}({self.as_posix()!r})"

    def as_uri(self):
        """The path as a URI; it must be absolute."""
        if not self.is_absolute():
            raise ValueError("relative path can't be expressed as a file URI")
        from urllib.parse import quote_from_bytes
        drive, text = self.drive, self.as_posix()
        start = 'file://'
        if drive[1:] == ':':
            # The colon of a letter stays as it is.
            start, text = f'file:///{drive}', text[2:]
        elif drive:
            # The name of a host starts with two slashes already.
            start = 'file:'
        return start + quote_from_bytes(os.fsencode(text))

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
        if not self._comparable(other):
            return False if isinstance(other, PurePath) else NotImplemented
        return self._str_normcase == other._str_normcase

    def __hash__(self):
        try:
            return self._hash
        except AttributeError:
            value = self._hash = hash(self._str_normcase)
            return value

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
        """The drive: a letter with its colon, or a host and a share; mostly empty."""
        try:
            return self._drv
        except AttributeError:
            return self._load_parts()[0]

    @property
    def root(self):
        """The separator that an absolute path starts with, after the drive; or ''."""
        try:
            return self._root
        except AttributeError:
            return self._load_parts()[1]

    @property
    def _tail(self):
        try:
            return self._tail_cached
        except AttributeError:
            return self._load_parts()[2]

    @property
    def anchor(self):
        """Drive and root together."""
        return self.drive + self.root

    @property
    def name(self):
        """The last part, or ''."""
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
        """What the name has from its last dot on, as in '.txt'; or ''."""
        return self.name[self._dot():]

    @property
    def suffixes(self):
        """All suffixes of the name as a list, as in ['.tar', '.gz']."""
        name = self.name
        if name.endswith('.'):
            return []
        return ['.' + suffix for suffix in name.lstrip('.').split('.')[1:]]

    @property
    def stem(self):
        """The name without its suffix."""
        return self.name[:self._dot()]

    def with_name(self, name):
        """The same path with another name."""
        if not self.name:
            raise ValueError(f"{self!r} has an empty name")
        flavour = self._flavour
        if (not name or name == '.' or flavour.sep in name
                or flavour.altsep and flavour.altsep in name):
            raise ValueError(f"Invalid name {name!r}")
        return self._from_parsed_parts(self.drive, self.root, self._tail[:-1] + [name])

    def with_stem(self, stem):
        """The same path with another name before the suffix."""
        return self.with_name(stem + self.suffix)

    def with_suffix(self, suffix):
        """The same path with another suffix, or with one if it had none; '' takes it away."""
        flavour = self._flavour
        if (flavour.sep in suffix or flavour.altsep and flavour.altsep in suffix
                or suffix and not suffix.startswith('.') or suffix == '.'):
            raise ValueError(f"Invalid suffix {suffix!r}")
        if not self.name:
            raise ValueError(f"{self!r} has an empty name")
        return self._from_parsed_parts(self.drive, self.root,
                                       self._tail[:-1] + [self.stem + suffix])

    def relative_to(self, other, /, *_deprecated, walk_up=False):
        """What leads from another path to this one; ValueError if nothing does.

        Unless `walk_up`, which allows '..', the other one must be an ancestor.
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
        """Whether another path is an ancestor of this one, or the same."""
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
        """The parts as a tuple; drive and root are the first of them, if there are any."""
        anchor = self.drive + self.root
        return (anchor, *self._tail) if anchor else tuple(self._tail)

    def joinpath(self, *pathsegments):
        """This path with others appended; an absolute one takes the place of all before."""
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
        """The path without its last part; of a path that has none, the path itself."""
        tail = self._tail
        return self._from_parsed_parts(self.drive, self.root, tail[:-1]) if tail else self

    @property
    def parents(self):
        """The ancestors as a sequence, the nearest first."""
        return _PathParents(self)

    def is_absolute(self):
        """Whether the path has a root and, on Windows, a drive."""
        if self._flavour is posixpath:
            # The last absolute piece drops those before.
            return any(path.startswith('/') for path in self._raw_paths)
        if isinstance(self, PureWindowsPath):
            return bool(self.drive and self.root)
        return self._flavour.isabs(str(self))

    def is_reserved(self):
        """Whether the name is one that Windows keeps for devices."""
        if self._flavour is posixpath or not self._tail or self.drive.startswith('\\\\'):
            return False
        name = self._tail[-1].partition('.')[0].partition(':')[0].rstrip(' ')
        return name.upper() in _WIN_RESERVED_NAMES

    def match(self, path_pattern, *, case_sensitive=None):
        """Whether the path fits a pattern.

        A relative pattern is compared with the end of the path.
        """
        if not isinstance(path_pattern, PurePath):
            path_pattern = self.with_segments(path_pattern)
        from _path_patterns import compile_pattern
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
            elif not compile_pattern(pattern, case_sensitive)(name):
                return False
        return True


# So that isinstance asks neither this class nor its subclasses.
os.PathLike.register(PurePath)


class PurePosixPath(PurePath):
    """A path as POSIX systems have them, to compute with."""

    _flavour = posixpath
    __slots__ = ()


class PureWindowsPath(PurePath):
    """A path as Windows has them, to compute with."""

    _flavour = _WindowsFlavour()
    __slots__ = ()


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
