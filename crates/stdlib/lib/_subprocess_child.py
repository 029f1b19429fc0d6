"""The child of subprocess: its streams, environment and user, and why it could not be started."""

__name__ = "subprocess"

import os
import signal
import sys

PIPE = -1
STDOUT = -2
DEVNULL = -3


class SubprocessError(Exception):
    """Base class of the module's exceptions."""


class _WithOutput(SubprocessError):
    """Has what the child wrote: `output`, also called `stdout`, and `stderr`."""

    @property
    def stdout(self):
        """The same as `output`."""
        return self.output

    @stdout.setter
    def stdout(self, value):
        self.output = value


class CalledProcessError(_WithOutput):
    """A child has ended with another exit code than 0.

    Attributes: cmd, returncode, stdout (or output), stderr.
    """

    def __init__(self, returncode, cmd, output=None, stderr=None):
        self.cmd, self.returncode = cmd, returncode
        self.output, self.stderr = output, stderr

    def __str__(self):
        return f"Command '{self.cmd}' {_ending(self.returncode)}."


def _ending(code):
    if not code or code > 0:
        return "returned non-zero exit status %d" % code
    try:
        return f"died with {signal.Signals(-code)!r}"
    except ValueError:
        return f"died with unknown signal {-code}"


class TimeoutExpired(_WithOutput):
    """The time ran out while a child was waited for.

    Attributes: cmd, output (or stdout), stderr, timeout.
    """

    def __init__(self, cmd, timeout, output=None, stderr=None):
        self.cmd, self.timeout = cmd, timeout
        self.output, self.stderr = output, stderr

    def __str__(self):
        return f"Command '{self.cmd}' timed out after {self.timeout} seconds"


class _Plumbing:
    """The descriptors of a child's three standard streams."""

    def __init__(self, pipe_size=-1):
        self._pipe_size = pipe_size
        # For stdin, stdout, stderr: what the child gets, and our end of a pipe; -1 for none.
        self.child = [-1, -1, -1]
        self.ours = [-1, -1, -1]
        # What we have opened for the child.
        self._lent = []
        self._devnull = None
        # Whose end of ours is no file's yet.
        self._unclaimed = set()

    def connect(self, index, request):
        """Give the child what Popen's argument of a stream asks for."""
        if request is None:
            return
        if request == PIPE:
            ends = os.pipe()
            if self._pipe_size > 0:
                import fcntl
                fcntl.fcntl(ends[1], fcntl.F_SETPIPE_SZ, self._pipe_size)
            # The child reads from its stdin, and writes to the others.
            self.child[index], self.ours[index] = ends if index == 0 else reversed(ends)
            self._unclaimed.add(index)
            self._lent.append(self.child[index])
        elif request == DEVNULL:
            if self._devnull is None:
                self._devnull = os.open(os.devnull, os.O_RDWR)
                self._lent.append(self._devnull)
            self.child[index] = self._devnull
        elif request == STDOUT and index == 2:
            stdout = self.child[1]
            self.child[index] = sys.__stdout__.fileno() if stdout == -1 else stdout
        else:
            self.child[index] = request if isinstance(request, int) else request.fileno()

    def claim(self, index):
        """Our end of a stream, which the caller closes from now on; -1 for none."""
        self._unclaimed.discard(index)
        return self.ours[index]

    def close_lent(self):
        """Close the child's ends: it has them, and their being open here would hide its end."""
        while self._lent:
            os.close(self._lent.pop())

    def close(self):
        """Close everything, as there is no child."""
        for end in [*self._lent, *(self.ours[index] for index in self._unclaimed)]:
            try:
                os.close(end)
            except OSError:
                pass


def _pipe_above_streams():
    """A pipe whose writing end is no standard stream's number: the child is to set those up."""
    read, write = os.pipe()
    low = []
    while write < 3:
        low.append(write)
        write = os.dup(write)
    for end in low:
        os.close(end)
    return read, write


def _read_to_end(descriptor, about):
    """All that is there, or a little more than `about` bytes of it."""
    data = b''
    while len(data) <= about and (part := os.read(descriptor, about)):
        data += part
    return data


def _candidates(program, env):
    """The files that the program may be, in the order in which they are tried."""
    if os.path.dirname(program):
        return (program,)
    return tuple(os.path.join(os.fsencode(folder), program) for folder in os.get_exec_path(env))


def _environment_block(env):
    block = []
    for name, value in env.items():
        name = os.fsencode(name)
        if b'=' in name:
            raise ValueError("illegal environment variable name")
        block.append(b'%s=%s' % (name, os.fsencode(value)))
    return block


def _error_of(complaint, executable, cwd):
    """The exception for what the child told: its class, a number of errno, a text."""
    import builtins
    try:
        kind, number, text = bytes(complaint).split(b':', 2)
        text = text.decode()
    except ValueError:
        kind, number = b'SubprocessError', b'0'
        text = f'Bad exception data from child: {bytes(complaint)!r}'
    kind = getattr(builtins, kind.decode('ascii'), SubprocessError)
    if not (issubclass(kind, OSError) and number):
        return kind(text)
    number = int(number, 16)
    path = executable
    if text.startswith('noexec'):
        # It did not get as far as to run the program.
        if text == 'noexec:chdir' or cwd is not None and not os.path.isdir(cwd):
            path = cwd
        else:
            path = None
        text = ''
    if number:
        text = os.strerror(number)
    return kind(number, text) if path is None else kind(number, text, path)


def _identity(value, what, by_name):
    """The number of a user or group given by number or name; None for none."""
    if value is None:
        return None
    if isinstance(value, str):
        number = by_name(value)
    elif isinstance(value, int):
        number = value
    else:
        raise TypeError(f"{what} must be a string or an integer, not {type(value)}")
    if number < 0:
        raise ValueError(f"{what} ID cannot be negative, got {number}")
    return number


def _group_of(name):
    import grp
    return grp.getgrnam(name).gr_gid


def _user_of(name):
    import pwd
    return pwd.getpwnam(name).pw_uid
