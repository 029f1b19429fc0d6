"""Paths that are only computed with: PurePath and its two flavours."""

__name__ = "pathlib"

import functools
import os
import posixpath
import sys
from _collections_abc import Sequence

_WIN_RESERVED_NAMES = frozenset(
    ['CON', 'PRN', 'AUX', 'NUL', 'CONIN$', 'CONOUT$']
    + [device + digit for device in ('COM', 'LPT') for digit in '123456789\xb9\xb2\xb3'])


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
