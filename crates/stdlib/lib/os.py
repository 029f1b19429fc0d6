"""What the operating system offers, under names that are the same on all systems.

The system calls and their constants come from `posix`, path names are the matter of `os.path`.
What is written here works with several calls at once: trees of folders, programs and processes,
and the environment, which is kept twice, as the C library's and as a mapping.
"""

import abc
import sys
import stat as st
import posix

from _collections_abc import MutableMapping, Mapping, _check_methods
from posix import *
from posix import _exit, _have_functions

name = "posix"
linesep = "\n"

sys.modules.setdefault("os", sys.modules[__name__])
import posixpath as path

sys.modules["os.path"] = path
from os.path import (curdir, pardir, sep, pathsep, defpath, extsep, altsep, devnull)

GenericAlias = type(list[int])

__all__ = [
    "name", "path", "curdir", "pardir", "sep", "altsep", "extsep", "pathsep", "linesep", "defpath",
    "devnull", "SEEK_SET", "SEEK_CUR", "SEEK_END", "makedirs", "removedirs", "renames", "walk",
    "fwalk", "execl", "execle", "execlp", "execlpe", "execvp", "execvpe", "get_exec_path",
    "environb", "getenv", "getenvb", "supports_bytes_environ", "fsencode", "fsdecode", "fdopen",
    "P_WAIT", "P_NOWAIT", "P_NOWAITO", "spawnv", "spawnve", "spawnvp", "spawnvpe", "spawnl",
    "spawnle", "spawnlp", "spawnlpe", "popen", "PathLike", "_exit",
    *[n for n in dir(posix) if n[0] != "_"],
]

SEEK_SET, SEEK_CUR, SEEK_END = range(3)

supports_dir_fd = {access, chmod, chown, link, mkdir, mkfifo, mknod, open, readlink, rename, rmdir,
                   stat, symlink, unlink, utime}
supports_effective_ids = {access}
supports_fd = {chdir, chmod, chown, execve, listdir, pathconf, scandir, stat, statvfs, truncate,
               utime}
supports_follow_symlinks = {access, chown, link, stat, utime}


# Folders -----------------------------------------------------------------------------------

def _split_last(name):
    """The folder that a name is in and its last part; a slash at the end is no part."""
    head, tail = path.split(name)
    return (head, tail) if tail else path.split(head)


def makedirs(name, mode=0o777, exist_ok=False):
    """Make a folder and all those above it that are missing.

    The mode is for the last one.  It may exist already if exist_ok is true; the others always may.
    """
    head, tail = _split_last(name)
    if head and tail and not path.exists(head):
        try:
            makedirs(head, exist_ok=exist_ok)
        except FileExistsError:
            pass  # Somebody else has made it meanwhile.
        if tail == (b"." if isinstance(tail, bytes) else "."):
            return
    try:
        mkdir(name, mode)
    except OSError:
        if not exist_ok or not path.isdir(name):
            raise


def removedirs(name):
    """Remove an empty folder, then those above it as long as they become empty.

    Only failure to remove the first one is an error.
    """
    rmdir(name)
    head, tail = _split_last(name)
    while head and tail:
        try:
            rmdir(head)
        except OSError:
            return
        head, tail = path.split(head)


def renames(old, new):
    """Rename a file or folder; make the folders that the new name needs.

    Afterwards the folders of the old name are removed as long as they are empty.  If renaming
    fails, the new folders stay.
    """
    target, source = map(_folder_named, (new, old))
    if target and not path.exists(target):
        makedirs(target)
    rename(old, new)
    try:
        if source:
            removedirs(source)
    except OSError:
        pass  # There is more in it.


def _folder_named(name):
    """The folder that a name names before its last part, if both are there."""
    head, tail = path.split(name)
    return head if tail else None


def walk(top, topdown=True, onerror=None, followlinks=False):
    """Yield what is in a folder and in all folders below it.

    Each item is the path of a folder and two lists of names: of the folders in it, links to folders
    among them, and of everything else.  A folder comes before those in it; then names may be taken
    out of the first list, or its order changed, to say where to go on.  With a false topdown it
    comes after them, and changes have no effect.

    Folders that cannot be read are left out, after onerror has been called with the OSError.  Links
    to folders are followed only on demand, as they may lead around in circles.
    """
    sys.audit("os.walk", top, topdown, onerror, followlinks)
    todo = [fspath(top)]
    while todo:
        folder = todo.pop()
        if isinstance(folder, tuple):
            yield folder
            continue
        folders, files, below = [], [], []
        try:
            entries = scandir(folder)
        except OSError as error:
            if onerror is not None:
                onerror(error)
            continue
        with entries:
            while True:
                try:
                    entry = next(entries, None)
                except OSError as error:
                    if onerror is not None:
                        onerror(error)
                    break
                if entry is None:
                    break
                try:
                    is_dir = entry.is_dir()
                except OSError:
                    is_dir = False
                (folders if is_dir else files).append(entry.name)
                if not topdown and is_dir:
                    try:
                        enter = followlinks or not entry.is_symlink()
                    except OSError:
                        enter = True
                    if enter:
                        below.append(entry.path)
            else:
                continue
        if topdown:
            yield folder, folders, files
            for name in reversed(folders):
                new = path.join(folder, name)
                if followlinks or not path.islink(new):
                    todo.append(new)
        else:
            todo.append((folder, folders, files))
            todo.extend(reversed(below))


def fwalk(top=".", topdown=True, onerror=None, *, follow_symlinks=False, dir_fd=None):
    """Like walk(), with an open descriptor of the folder as a fourth item.

    It is valid until the next step; os.dup() it to keep it longer.  Folders are opened in the one
    above, so that a link put into the place of a folder meanwhile leads nowhere.  A relative top
    starts at dir_fd if that is given.
    """
    sys.audit("os.fwalk", top, topdown, onerror, follow_symlinks, dir_fd)
    top = fspath(top)
    try:
        before = None if follow_symlinks else stat(top, follow_symlinks=False, dir_fd=dir_fd)
        fd = open(top, O_RDONLY | O_NONBLOCK, dir_fd=dir_fd)
    except OSError as error:
        if onerror is not None:
            onerror(error)
        return
    try:
        if before is None or (st.S_ISDIR(before.st_mode) and path.samestat(before, stat(fd))):
            yield from _fwalk(fd, top, isinstance(top, bytes), topdown, onerror, follow_symlinks)
    finally:
        close(fd)


def _fwalk(fd, folder, is_bytes, topdown, onerror, follow):
    folders, files = [], []
    for entry in scandir(fd):
        name = fsencode(entry.name) if is_bytes else entry.name
        try:
            is_dir = entry.is_dir()
        except OSError:
            is_dir = False
        (folders if is_dir else files).append(name)
    if topdown:
        yield folder, folders, files, fd
    for name in folders:
        try:
            before = None if follow else stat(name, dir_fd=fd, follow_symlinks=False)
            below = open(name, O_RDONLY | O_NONBLOCK, dir_fd=fd)
        except OSError as error:
            if onerror is not None:
                onerror(error)
            continue
        try:
            if before is None or path.samestat(before, stat(below)):
                yield from _fwalk(below, path.join(folder, name), is_bytes, topdown, onerror,
                                  follow)
        finally:
            close(below)
    if not topdown:
        yield folder, folders, files, fd


# Programs ----------------------------------------------------------------------------------

def execl(file, *args):
    """Run a program in place of this process; its arguments follow, its own name first."""
    execv(file, args)


def execle(file, *args):
    """As execl(), the last argument being the environment."""
    execve(file, args[:-1], args[-1])


def execlp(file, *args):
    """As execl(), the program being searched for in $PATH."""
    execvp(file, args)


def execlpe(file, *args):
    """As execlp(), the last argument being the environment."""
    execvpe(file, args[:-1], args[-1])


def execvp(file, args):
    """Run a program of $PATH in place of this process, with a list or tuple of arguments."""
    _execvpe(file, args)


def execvpe(file, args, env):
    """As execvp(), in the environment that is given."""
    _execvpe(file, args, env)


def _execvpe(file, args, env=None):
    if env is None:
        run, rest = execv, (args,)
        env = environ
    else:
        run, rest = execve, (args, env)
    if path.dirname(file):
        run(file, *rest)
        return
    saved = None
    folders = get_exec_path(env)
    for folder in map(fsencode, folders):
        try:
            run(path.join(folder, fsencode(file)), *rest)
        except (FileNotFoundError, NotADirectoryError) as error:
            last = error
        except OSError as error:
            last = error
            if saved is None:
                saved = error
    if saved is not None:
        raise saved
    raise last


def get_exec_path(env=None):
    """The folders in which programs are searched for, by the PATH of an environment.

    The environment may have texts or bytes; by default it is os.environ.
    """
    if env is None:
        env = environ
    try:
        folders = env.get("PATH")
    except TypeError:
        folders = None
    try:
        as_bytes = env[b"PATH"]
    except (KeyError, TypeError):
        pass
    else:
        if folders is not None:
            raise ValueError("env cannot contain 'PATH' and b'PATH' keys")
        folders = as_bytes
    if folders is None:
        folders = defpath
    if isinstance(folders, bytes):
        folders = fsdecode(folders)
    return folders.split(pathsep)


# The environment ---------------------------------------------------------------------------

class _Environ(MutableMapping):
    """The environment as a mapping over a dict of bytes; changes reach the C library as well."""

    def __init__(self, data, encodekey, decodekey, encodevalue, decodevalue):
        self._data = data
        self.encodekey, self.decodekey = encodekey, decodekey
        self.encodevalue, self.decodevalue = encodevalue, decodevalue

    def __len__(self):
        return len(self._data)

    def __iter__(self):
        # A list, so that changes made meanwhile by other threads do no harm.
        yield from map(self.decodekey, list(self._data))

    def __getitem__(self, key):
        encoded = self.encodekey(key)
        try:
            found = self._data[encoded]
        except KeyError:
            raise KeyError(key) from None
        return self.decodevalue(found)

    def __setitem__(self, key, value):
        encoded, new = self.encodekey(key), self.encodevalue(value)
        putenv(encoded, new)
        self._data[encoded] = new

    def __delitem__(self, key):
        encoded = self.encodekey(key)
        unsetenv(encoded)
        try:
            del self._data[encoded]
        except KeyError:
            raise KeyError(key) from None

    def setdefault(self, key, value):
        if key not in self:
            self[key] = value
        return self[key]

    def __repr__(self):
        shown = [f"{self.decodekey(key)!r}: {self.decodevalue(value)!r}"
                 for key, value in self._data.items()]
        return f"environ({{{', '.join(shown)}}})"

    # Copies and unions are plain dicts.

    def copy(self):
        return dict(self)

    def __or__(self, other):
        return {**self, **other} if isinstance(other, Mapping) else NotImplemented

    def __ror__(self, other):
        return {**other, **self} if isinstance(other, Mapping) else NotImplemented

    def __ior__(self, other):
        self.update(other)
        return self


def _encode_str(value):
    if not isinstance(value, str):
        raise TypeError("str expected, not %s" % type(value).__name__)
    return value.encode("utf-8", "surrogateescape")


def _decode_str(value):
    return value.decode("utf-8", "surrogateescape")


def _check_bytes(value):
    if not isinstance(value, bytes):
        raise TypeError("bytes expected, not %s" % type(value).__name__)
    return value


environ = _Environ(posix.environ, _encode_str, _decode_str, _encode_str, _decode_str)
environb = _Environ(environ._data, _check_bytes, bytes, _check_bytes, bytes)
supports_bytes_environ = True


def getenv(key, default=None):
    """The value of an environment variable, or else the default; all are texts."""
    return environ.get(key, default)


def getenvb(key, default=None):
    """The value of an environment variable, or else the default; all are bytes."""
    return environb.get(key, default)


def fsencode(filename):
    """A path name as bytes: texts are encoded as the system writes them.

    Undecodable bytes in a name that fsdecode() gave come back as they were.
    """
    name = fspath(filename)
    return name if isinstance(name, bytes) else name.encode("utf-8", "surrogateescape")


def fsdecode(filename):
    """A path name as a text; bytes that are not its encoding become lone surrogates."""
    name = fspath(filename)
    return name if isinstance(name, str) else name.decode("utf-8", "surrogateescape")


def fdopen(fd, mode="r", buffering=-1, encoding=None, *args, **kwargs):
    import io
    if not isinstance(fd, int):
        raise TypeError(f"invalid fd type ({type(fd)}, expected integer)")
    return io.open(fd, mode, buffering, encoding if "b" in mode else io.text_encoding(encoding),
                   *args, **kwargs)


# Processes ---------------------------------------------------------------------------------

P_WAIT = 0
P_NOWAIT = P_NOWAITO = 1


def _spawn(mode, file, args, env, run):
    if not isinstance(args, (tuple, list)):
        raise TypeError("argv must be a tuple or a list")
    if not args or not args[0]:
        raise ValueError("argv first element cannot be empty")
    pid = fork()
    if not pid:
        try:
            if env is None:
                run(file, args)
            else:
                run(file, args, env)
        except:
            _exit(127)
    if mode == P_NOWAIT:
        return pid
    while True:
        _, status = waitpid(pid, 0)
        if not WIFSTOPPED(status):
            return waitstatus_to_exitcode(status)


def spawnv(mode, file, args):
    """Run a program as a new process, with a list or tuple of arguments, its name first.

    The mode P_NOWAIT gives its process id; P_WAIT waits for it and gives its exit code, which is
    the number of the signal, negative, if one ended it.
    """
    return _spawn(mode, file, args, None, execv)


def spawnve(mode, file, args, env):
    """As spawnv(), in the environment that is given."""
    return _spawn(mode, file, args, env, execve)


def spawnvp(mode, file, args):
    """As spawnv(), the program being searched for in $PATH."""
    return _spawn(mode, file, args, None, execvp)


def spawnvpe(mode, file, args, env):
    """As spawnvp(), in the environment that is given."""
    return _spawn(mode, file, args, env, execvpe)


def spawnl(mode, file, *args):
    """As spawnv(), with the arguments following."""
    return spawnv(mode, file, args)


def spawnle(mode, file, *args):
    """As spawnl(), the last argument being the environment."""
    return spawnve(mode, file, args[:-1], args[-1])


def spawnlp(mode, file, *args):
    """As spawnl(), the program being searched for in $PATH."""
    return spawnvp(mode, file, args)


def spawnlpe(mode, file, *args):
    """As spawnlp(), the last argument being the environment."""
    return spawnvpe(mode, file, args[:-1], args[-1])


def popen(cmd, mode="r", buffering=-1):
    if not isinstance(cmd, str):
        raise TypeError(f"invalid cmd type ({type(cmd)}, expected string)")
    if mode not in ("r", "w"):
        raise ValueError(f"invalid mode {mode!r}")
    if buffering in (0, None):
        raise ValueError("popen() does not support unbuffered streams")
    ours, theirs = pipe()
    if mode == "w":
        ours, theirs = theirs, ours
    pid = fork()
    if not pid:
        try:
            dup2(theirs, 1 if mode == "r" else 0)
            execv("/bin/sh", ["sh", "-c", cmd])
        except:
            _exit(127)
    close(theirs)
    return _wrap_close(fdopen(ours, mode, buffering), pid)


class _wrap_close:
    """The stream of popen(), whose close() waits for the command."""

    def __init__(self, stream, pid):
        self._stream = stream
        self._pid = pid

    def close(self):
        self._stream.close()
        if self._pid is None:
            return None
        pid, self._pid = self._pid, None
        code = waitstatus_to_exitcode(waitpid(pid, 0)[1])
        if code == 0:
            return None
        return code << 8 if code > 0 else code

    def __iter__(self):
        return iter(self._stream)

    def __getattr__(self, name):
        return getattr(self._stream, name)

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.close()


# Paths -------------------------------------------------------------------------------------

class PathLike(abc.ABC):
    """Objects that stand for a path: those with an __fspath__ method."""

    __slots__ = ()
    __class_getitem__ = classmethod(GenericAlias)

    @abc.abstractmethod
    def __fspath__(self):
        """The path as a text or as bytes."""
        raise NotImplementedError

    @classmethod
    def __subclasshook__(cls, subclass):
        return _check_methods(subclass, "__fspath__") if cls is PathLike else NotImplemented
