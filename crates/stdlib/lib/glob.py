"""Find files whose names match shell patterns: *, ?, [seq], and ** for any directories."""

import os
import fnmatch
import sys

__all__ = ["escape", "glob", "iglob"]

_dir_open_flags = os.O_RDONLY | getattr(os, 'O_DIRECTORY', 0)


def glob(pathname, *, root_dir=None, dir_fd=None, recursive=False, include_hidden=False):
    """Return a list of paths matching a pathname pattern.

    Names that begin with a dot only match patterns that do, unless include_hidden is true. If
    recursive is true, '**' matches any files and any number of directories. root_dir and
    dir_fd are where a relative pattern starts.
    """
    return list(iglob(pathname, root_dir=root_dir, dir_fd=dir_fd, recursive=recursive,
                      include_hidden=include_hidden))


def iglob(pathname, *, root_dir=None, dir_fd=None, recursive=False, include_hidden=False):
    """Return an iterator which yields the paths matching a pathname pattern, as `glob` would.
    """
    sys.audit("glob.glob", pathname, recursive)
    sys.audit("glob.glob/2", pathname, recursive, root_dir, dir_fd)
    root_dir = pathname[:0] if root_dir is None else os.fspath(root_dir)
    search = _Search(dir_fd, recursive, include_hidden)
    found = search.paths(root_dir, pathname, False)
    if not pathname or recursive and _isrecursive(pathname[:2]):
        # '**' matches the starting point, whose path is empty.
        return _skip_empty(found)
    return found


def _skip_empty(found):
    for path in found:
        if path:
            yield path
        break
    yield from found


class _Search:
    """The settings of one search."""

    def __init__(self, dir_fd, recursive, include_hidden):
        self.dir_fd = dir_fd
        self.recursive = recursive
        self.include_hidden = include_hidden

    def paths(self, root_dir, pathname, dironly):
        """Give the paths that match; with dironly they lead on to other parts."""
        dirname, basename = os.path.split(pathname)
        if not has_magic(pathname):
            if basename:
                exists = _lexists(_join(root_dir, pathname), self.dir_fd)
            else:
                # A separator at the end means a directory.
                exists = _isdir(_join(root_dir, dirname), self.dir_fd)
            if exists:
                yield pathname
            return
        if not dirname:
            yield from self.names(root_dir, basename, dironly)
            return
        if dirname != pathname and has_magic(dirname):
            dirnames = self.paths(root_dir, dirname, True)
        else:
            dirnames = [dirname]
        for dirname in dirnames:
            for name in self.names(_join(root_dir, dirname), basename, dironly):
                yield os.path.join(dirname, name)

    def names(self, dirname, pattern, dironly):
        """Give the names in the directory that match the last part of a pattern."""
        if not has_magic(pattern):
            return _existing(dirname, pattern, self.dir_fd)
        if self.recursive and _isrecursive(pattern):
            return self.all_below(dirname, pattern, dironly)
        return _matching(dirname, pattern, self.dir_fd, dironly, self.include_hidden)

    def all_below(self, dirname, pattern, dironly):
        yield pattern[:0]
        yield from self.walk(dirname, dironly)

    def walk(self, dirname, dironly):
        for name in _listdir(dirname, self.dir_fd, dironly):
            if self.include_hidden or not _ishidden(name):
                yield name
                path = _join(dirname, name) if dirname else name
                for below in self.walk(path, dironly):
                    yield _join(name, below)


def _matching(dirname, pattern, dir_fd, dironly, include_hidden=False):
    names = _listdir(dirname, dir_fd, dironly)
    if not include_hidden and not _ishidden(pattern):
        names = [name for name in names if not _ishidden(name)]
    return fnmatch.filter(names, pattern)


def _existing(dirname, basename, dir_fd):
    if basename:
        exists = _lexists(_join(dirname, basename), dir_fd)
    else:
        exists = _isdir(dirname, dir_fd)
    return [basename] if exists else []


def glob0(dirname, pattern):
    """Give [pattern] if a file of exactly that name is in the directory, else []."""
    return _existing(dirname, pattern, None)


def glob1(dirname, pattern):
    """Give the names in the directory that match the pattern."""
    return _matching(dirname, pattern, None, False)


def _listdir(dirname, dir_fd, dironly):
    """Give the names in a directory, or of its directories; [] if it cannot be read."""
    names = []
    fd = None
    encode = os.fsencode if dir_fd is not None and isinstance(dirname, bytes) else None
    try:
        if dir_fd is not None:
            where = dir_fd
            if dirname:
                where = fd = os.open(dirname, _dir_open_flags, dir_fd=dir_fd)
        elif dirname:
            where = dirname
        else:
            where = b'.' if isinstance(dirname, bytes) else os.curdir
        try:
            with os.scandir(where) as entries:
                for entry in entries:
                    try:
                        if not dironly or entry.is_dir():
                            names.append(encode(entry.name) if encode else entry.name)
                    except OSError:
                        pass
        finally:
            if fd is not None:
                os.close(fd)
    except OSError:
        pass
    return names


def _lexists(pathname, dir_fd):
    if dir_fd is None:
        return os.path.lexists(pathname)
    try:
        return bool(os.lstat(pathname, dir_fd=dir_fd))
    except (OSError, ValueError):
        return False


def _isdir(pathname, dir_fd):
    if dir_fd is None:
        return os.path.isdir(pathname)
    import stat
    try:
        return stat.S_ISDIR(os.stat(pathname, dir_fd=dir_fd).st_mode)
    except (OSError, ValueError):
        return False


def _join(dirname, basename):
    if not dirname or not basename:
        return dirname or basename
    return os.path.join(dirname, basename)


def has_magic(s):
    """Tell whether the text has characters that are special in patterns."""
    return any(c in s for c in (b'*?[' if isinstance(s, bytes) else '*?['))


def _ishidden(path):
    return path[0] in ('.', b'.'[0])


def _isrecursive(pattern):
    return pattern == (b'**' if isinstance(pattern, bytes) else '**')


def escape(pathname):
    """Escape all special characters, so that the pattern matches only this path."""
    drive, pathname = os.path.splitdrive(pathname)
    if isinstance(pathname, bytes):
        for c in b'[', b'*', b'?':
            pathname = pathname.replace(c, b'[' + c + b']')
    else:
        for c in '[*?':
            pathname = pathname.replace(c, f'[{c}]')
    return drive + pathname
