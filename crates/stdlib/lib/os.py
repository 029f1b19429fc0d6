r"""OS routines for Mac, NT, or Posix depending on what system we're on.

This exports:
  - all functions from posix or nt, e.g. unlink, stat, etc.
  - os.path is either posixpath or ntpath
  - os.name is either 'posix' or 'nt'
  - os.curdir is a string representing the current directory (always '.')
  - os.pardir is a string representing the parent directory (always '..')
  - os.sep is the (or a most common) pathname separator ('/' or '\\')
  - os.extsep is the extension separator (always '.')
  - os.altsep is the alternate pathname separator (None or '/')
  - os.pathsep is the component separator used in $PATH etc
  - os.linesep is the line separator in text files ('\r' or '\n' or '\r\n')
  - os.defpath is the default search path for executables
  - os.devnull is the file path of the null device ('/dev/null', etc.)

Programs that import and use 'os' stand a better chance of being
portable between different platforms.  Of course, they must then
only use functions that are defined by all platforms (e.g., unlink
and opendir), and leave all pathname manipulation to os.path
(e.g., split and join).
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

__all__ = ["altsep", "curdir", "pardir", "sep", "pathsep", "linesep",
           "defpath", "name", "path", "devnull", "SEEK_SET", "SEEK_CUR",
           "SEEK_END", "fsencode", "fsdecode", "get_exec_path", "fdopen",
           "extsep", "_exit"]
__all__ += [n for n in dir(posix) if not n.startswith("_")]

SEEK_SET = 0
SEEK_CUR = 1
SEEK_END = 2

supports_dir_fd = {access, chmod, chown, link, lstat, mkdir, mkfifo, mknod, open, readlink,
                   remove, rename, replace, rmdir, stat, symlink, unlink, utime}
supports_effective_ids = {access}
supports_fd = {chdir, chmod, chown, listdir, scandir, stat, statvfs, truncate, utime}
supports_follow_symlinks = {chown, link, stat, utime}


# Folders -----------------------------------------------------------------------------------

def makedirs(name, mode=0o777, exist_ok=False):
    """makedirs(name [, mode=0o777][, exist_ok=False])

    Super-mkdir; create a leaf directory and all intermediate ones.  Works like
    mkdir, except that any intermediate path segment (not just the rightmost)
    will be created if it does not exist. If the target directory already
    exists, raise an OSError if exist_ok is False. Otherwise no exception is
    raised.  This is recursive.

    """
    head, tail = path.split(name)
    if not tail:
        head, tail = path.split(head)
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
    """removedirs(name)

    Super-rmdir; remove a leaf directory and all empty intermediate
    ones.  Works like rmdir except that, if the leaf directory is
    successfully removed, directories corresponding to rightmost path
    segments will be pruned away until either the whole path is
    consumed or an error occurs.  Errors during this latter phase are
    ignored -- they generally mean that a directory was not empty.

    """
    rmdir(name)
    head, tail = path.split(name)
    if not tail:
        head, tail = path.split(head)
    while head and tail:
        try:
            rmdir(head)
        except OSError:
            break
        head, tail = path.split(head)


def renames(old, new):
    """renames(old, new)

    Super-rename; create directories as necessary and delete any left
    empty.  Works like rename, except creation of any intermediate
    directories needed to make the new pathname good is attempted
    first.  After the rename, directories corresponding to rightmost
    path segments of the old name will be pruned until either the
    whole path is consumed or a nonempty directory is found.

    Note: this function can fail with the new directory structure made
    if you lack permissions needed to unlink the leaf directory or
    file.

    """
    head, tail = path.split(new)
    if head and tail and not path.exists(head):
        makedirs(head)
    rename(old, new)
    head, tail = path.split(old)
    if head and tail:
        try:
            removedirs(head)
        except OSError:
            pass


__all__ += ["makedirs", "removedirs", "renames"]


def walk(top, topdown=True, onerror=None, followlinks=False):
    """Directory tree generator.

    For each directory in the directory tree rooted at top (including top
    itself, but excluding '.' and '..'), yields a 3-tuple

        dirpath, dirnames, filenames

    dirpath is a string, the path to the directory.  dirnames is a list of
    the names of the subdirectories in dirpath (including symlinks to directories,
    and excluding '.' and '..').
    filenames is a list of the names of the non-directory files in dirpath.
    Note that the names in the lists are just names, with no path components.
    To get a full path (which begins with top) to a file or directory in
    dirpath, do os.path.join(dirpath, name).

    If optional arg 'topdown' is true or not specified, the triple for a
    directory is generated before the triples for any of its subdirectories
    (directories are generated top down).  If topdown is false, the triple
    for a directory is generated after the triples for all of its
    subdirectories (directories are generated bottom up).

    When topdown is true, the caller can modify the dirnames list in-place
    (e.g., via del or slice assignment), and walk will only recurse into the
    subdirectories whose names remain in dirnames; this can be used to prune the
    search, or to impose a specific order of visiting.

    By default errors from the os.scandir() call are ignored.  If
    optional arg 'onerror' is specified, it should be a function; it
    will be called with one argument, an OSError instance.

    By default, os.walk does not follow symbolic links to subdirectories on
    systems that support them.  In order to get this functionality, set the
    optional argument 'followlinks' to true.
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


__all__.append("walk")


def fwalk(top=".", topdown=True, onerror=None, *, follow_symlinks=False, dir_fd=None):
    """Directory tree generator.

    This behaves exactly like walk(), except that it yields a 4-tuple

        dirpath, dirnames, filenames, dirfd

    `dirpath`, `dirnames` and `filenames` are identical to walk() output,
    and `dirfd` is a file descriptor referring to the directory `dirpath`.

    The advantage of fwalk() over walk() is that it's safe against symlink
    races (when follow_symlinks is False).

    If dir_fd is not None, it should be a file descriptor open to a directory,
      and top should be relative; top will then be relative to that directory.
      (dir_fd is always supported for fwalk.)

    Caution:
    Since fwalk() yields file descriptors, those are only valid until the
    next iteration step, so you should dup() them if you want to keep them
    for a longer period.
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


__all__.append("fwalk")


# Programs ----------------------------------------------------------------------------------

def execl(file, *args):
    """execl(file, *args)

    Execute the executable file with argument list args, replacing the
    current process. """
    execv(file, args)


def execle(file, *args):
    """execle(file, *args, env)

    Execute the executable file with argument list args and
    environment env, replacing the current process. """
    execve(file, args[:-1], args[-1])


def execlp(file, *args):
    """execlp(file, *args)

    Execute the executable file (which is searched for along $PATH)
    with argument list args, replacing the current process. """
    execvp(file, args)


def execlpe(file, *args):
    """execlpe(file, *args, env)

    Execute the executable file (which is searched for along $PATH)
    with argument list args and environment env, replacing the current
    process. """
    execvpe(file, args[:-1], args[-1])


def execvp(file, args):
    """execvp(file, args)

    Execute the executable file (which is searched for along $PATH)
    with argument list args, replacing the current process.
    args may be a list or tuple of strings. """
    _execvpe(file, args)


def execvpe(file, args, env):
    """execvpe(file, args, env)

    Execute the executable file (which is searched for along $PATH)
    with argument list args and environment env, replacing the
    current process.
    args may be a list or tuple of strings. """
    _execvpe(file, args, env)


__all__ += ["execl", "execle", "execlp", "execlpe", "execvp", "execvpe"]


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
    """Returns the sequence of directories that will be searched for the
    named executable (similar to a shell) when launching a process.

    *env* must be an environment variable dict or None.  If *env* is None,
    os.environ will be used.
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
    def __init__(self, data, encodekey, decodekey, encodevalue, decodevalue):
        self.encodekey = encodekey
        self.decodekey = decodekey
        self.encodevalue = encodevalue
        self.decodevalue = decodevalue
        self._data = data

    def __getitem__(self, key):
        try:
            value = self._data[self.encodekey(key)]
        except KeyError:
            raise KeyError(key) from None
        return self.decodevalue(value)

    def __setitem__(self, key, value):
        key = self.encodekey(key)
        value = self.encodevalue(value)
        putenv(key, value)
        self._data[key] = value

    def __delitem__(self, key):
        encoded = self.encodekey(key)
        unsetenv(encoded)
        try:
            del self._data[encoded]
        except KeyError:
            raise KeyError(key) from None

    def __iter__(self):
        # A list, so that changes made meanwhile by other threads do no harm.
        for key in list(self._data):
            yield self.decodekey(key)

    def __len__(self):
        return len(self._data)

    def __repr__(self):
        items = ", ".join(
            f"{self.decodekey(key)!r}: {self.decodevalue(value)!r}"
            for key, value in self._data.items()
        )
        return f"environ({{{items}}})"

    def copy(self):
        return dict(self)

    def setdefault(self, key, value):
        if key not in self:
            self[key] = value
        return self[key]

    def __ior__(self, other):
        self.update(other)
        return self

    def __or__(self, other):
        if not isinstance(other, Mapping):
            return NotImplemented
        new = dict(self)
        new.update(other)
        return new

    def __ror__(self, other):
        if not isinstance(other, Mapping):
            return NotImplemented
        new = dict(other)
        new.update(self)
        return new


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
    """Get an environment variable, return None if it doesn't exist.
    The optional second argument can specify an alternate default.
    key, default and the result are str."""
    return environ.get(key, default)


def getenvb(key, default=None):
    """Get an environment variable, return None if it doesn't exist.
    The optional second argument can specify an alternate default.
    key, default and the result are bytes."""
    return environb.get(key, default)


__all__ += ["environb", "getenv", "getenvb", "supports_bytes_environ"]


def fsencode(filename):
    """Encode filename (an os.PathLike, bytes, or str) to the filesystem
    encoding with 'surrogateescape' error handler, return bytes unchanged.
    On Windows, use 'strict' error handler if the file system encoding is
    'mbcs' (which is the default encoding).
    """
    filename = fspath(filename)
    if isinstance(filename, str):
        return filename.encode("utf-8", "surrogateescape")
    return filename


def fsdecode(filename):
    """Decode filename (an os.PathLike, bytes, or str) from the filesystem
    encoding with 'surrogateescape' error handler, return str unchanged. On
    Windows, use 'strict' error handler if the file system encoding is
    'mbcs' (which is the default encoding).
    """
    filename = fspath(filename)
    if isinstance(filename, bytes):
        return filename.decode("utf-8", "surrogateescape")
    return filename


def fdopen(fd, mode="r", buffering=-1, encoding=None, *args, **kwargs):
    if not isinstance(fd, int):
        raise TypeError("invalid fd type (%s, expected integer)" % type(fd))
    import io
    if "b" not in mode:
        encoding = io.text_encoding(encoding)
    return io.open(fd, mode, buffering, encoding, *args, **kwargs)


# Processes ---------------------------------------------------------------------------------

P_WAIT = 0
P_NOWAIT = P_NOWAITO = 1
__all__ += ["P_WAIT", "P_NOWAIT", "P_NOWAITO"]


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
    """spawnv(mode, file, args) -> integer

Execute file with arguments from args in a subprocess.
If mode == P_NOWAIT return the pid of the process.
If mode == P_WAIT return the process's exit code if it exits normally;
otherwise return -SIG, where SIG is the signal that killed it. """
    return _spawn(mode, file, args, None, execv)


def spawnve(mode, file, args, env):
    """spawnve(mode, file, args, env) -> integer

Execute file with arguments from args in a subprocess with the
specified environment.
If mode == P_NOWAIT return the pid of the process.
If mode == P_WAIT return the process's exit code if it exits normally;
otherwise return -SIG, where SIG is the signal that killed it. """
    return _spawn(mode, file, args, env, execve)


def spawnvp(mode, file, args):
    """spawnvp(mode, file, args) -> integer

Execute file (which is looked for along $PATH) with arguments from
args in a subprocess.
If mode == P_NOWAIT return the pid of the process.
If mode == P_WAIT return the process's exit code if it exits normally;
otherwise return -SIG, where SIG is the signal that killed it. """
    return _spawn(mode, file, args, None, execvp)


def spawnvpe(mode, file, args, env):
    """spawnvpe(mode, file, args, env) -> integer

Execute file (which is looked for along $PATH) with arguments from
args in a subprocess with the supplied environment.
If mode == P_NOWAIT return the pid of the process.
If mode == P_WAIT return the process's exit code if it exits normally;
otherwise return -SIG, where SIG is the signal that killed it. """
    return _spawn(mode, file, args, env, execvpe)


def spawnl(mode, file, *args):
    """spawnl(mode, file, *args) -> integer

Execute file with arguments from args in a subprocess.
If mode == P_NOWAIT return the pid of the process.
If mode == P_WAIT return the process's exit code if it exits normally;
otherwise return -SIG, where SIG is the signal that killed it. """
    return spawnv(mode, file, args)


def spawnle(mode, file, *args):
    """spawnle(mode, file, *args, env) -> integer

Execute file with arguments from args in a subprocess with the
supplied environment.
If mode == P_NOWAIT return the pid of the process.
If mode == P_WAIT return the process's exit code if it exits normally;
otherwise return -SIG, where SIG is the signal that killed it. """
    return spawnve(mode, file, args[:-1], args[-1])


def spawnlp(mode, file, *args):
    """spawnlp(mode, file, *args) -> integer

Execute file (which is looked for along $PATH) with arguments from
args in a subprocess with the supplied environment.
If mode == P_NOWAIT return the pid of the process.
If mode == P_WAIT return the process's exit code if it exits normally;
otherwise return -SIG, where SIG is the signal that killed it. """
    return spawnvp(mode, file, args)


def spawnlpe(mode, file, *args):
    """spawnlpe(mode, file, *args, env) -> integer

Execute file (which is looked for along $PATH) with arguments from
args in a subprocess with the supplied environment.
If mode == P_NOWAIT return the pid of the process.
If mode == P_WAIT return the process's exit code if it exits normally;
otherwise return -SIG, where SIG is the signal that killed it. """
    return spawnvpe(mode, file, args[:-1], args[-1])


__all__ += ["spawnv", "spawnve", "spawnvp", "spawnvpe", "spawnl", "spawnle", "spawnlp", "spawnlpe"]


def system(command):
    """Execute the command in a subshell."""
    if isinstance(command, bytes):
        command = fsdecode(command)
    sys.stdout.flush()
    pid = fork()
    if not pid:
        try:
            execv("/bin/sh", ["sh", "-c", command])
        except:
            _exit(127)
    return waitpid(pid, 0)[1]


__all__.append("system")


def popen(cmd, mode="r", buffering=-1):
    if not isinstance(cmd, str):
        raise TypeError("invalid cmd type (%s, expected string)" % type(cmd))
    if mode not in ("r", "w"):
        raise ValueError("invalid mode %r" % mode)
    if buffering == 0 or buffering is None:
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


__all__.append("popen")


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

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()

    def __getattr__(self, name):
        return getattr(self._stream, name)

    def __iter__(self):
        return iter(self._stream)


_fork_hooks = {"before": [], "after_in_child": [], "after_in_parent": []}


def register_at_fork(*, before=None, after_in_child=None, after_in_parent=None):
    """Register callables to be called when forking a new process.

      before
        A callable to be called in the parent before the fork() syscall.
      after_in_child
        A callable to be called in the child after fork().
      after_in_parent
        A callable to be called in the parent after fork().

    'before' callbacks are called in reverse order.
    'after_in_child' and 'after_in_parent' callbacks are called in order."""
    given = {"before": before, "after_in_child": after_in_child,
             "after_in_parent": after_in_parent}
    if all(hook is None for hook in given.values()):
        raise TypeError("At least one argument is required.")
    for when, hook in given.items():
        if hook is not None:
            if not callable(hook):
                raise TypeError(f"'{when}' must be callable, not {type(hook).__name__}")
            _fork_hooks[when].append(hook)


__all__.append("register_at_fork")


def _run_fork_hooks(hooks):
    for hook in hooks:
        try:
            hook()
        except BaseException as error:
            sys.unraisablehook(_Unraisable(error, hook))


class _Unraisable:
    def __init__(self, error, hook):
        self.exc_type = type(error)
        self.exc_value = error
        self.exc_traceback = error.__traceback__
        self.err_msg = None
        self.object = hook


def fork():
    """Fork a child process.

    Return 0 to child process and PID of child to parent process."""
    _run_fork_hooks(reversed(_fork_hooks["before"]))
    pid = posix.fork()
    _run_fork_hooks(_fork_hooks["after_in_parent" if pid else "after_in_child"])
    return pid


# Paths -------------------------------------------------------------------------------------

class PathLike(abc.ABC):

    """Abstract base class for implementing the file system path protocol."""

    __slots__ = ()

    @abc.abstractmethod
    def __fspath__(self):
        """Return the file system path representation of the object."""
        raise NotImplementedError

    @classmethod
    def __subclasshook__(cls, subclass):
        if cls is PathLike:
            return _check_methods(subclass, "__fspath__")
        return NotImplemented

    __class_getitem__ = classmethod(GenericAlias)


__all__.append("PathLike")
