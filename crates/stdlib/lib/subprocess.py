"""Child processes: starting programs, talking to them through pipes, their exit codes.

A Popen lays pipes as asked for (_Plumbing), forks and executes the program, and keeps its ends as
files.  communicate() is a _Conversation, which a selector drives.  The standard library's module
for that is imported when it is needed.
"""

import io
import os
import signal
import sys
import threading
import time
import types
import warnings

from _posixsubprocess import fork_exec as _fork_exec
from _subprocess_child import (
    CalledProcessError, DEVNULL, PIPE, STDOUT, SubprocessError, TimeoutExpired, _Plumbing,
    _candidates, _environment_block, _error_of, _group_of, _identity, _pipe_above_streams,
    _read_to_end, _user_of)

__all__ = ["Popen", "PIPE", "STDOUT", "call", "check_call", "getstatusoutput",
           "getoutput", "check_output", "run", "CalledProcessError", "DEVNULL",
           "SubprocessError", "TimeoutExpired", "CompletedProcess"]

# Children whose Popen object went before they ended: they are waited for from time to time.
_active = []

# Most bytes written to a pipe at a time: such writes do not wait once the pipe can be written.
_PIPE_BUF = 512

# What communicate() waits with; None for the default of the module selectors.
_PopenSelector = None

_USE_POSIX_SPAWN = False
_USE_VFORK = True


def _cleanup():
    """Wait for those of the abandoned children that have ended."""
    # At the interpreter's end the list may be gone.
    for orphan in list(_active or ()):
        ended = orphan._internal_poll(_deadstate=sys.maxsize) is not None
        # Another thread may have done the same.
        if ended and orphan in _active:
            _active.remove(orphan)


def _optim_args_from_interpreter_flags():
    """Options of the command that give another interpreter this one's optimization."""
    level = sys.flags.optimize
    return ['-' + 'O' * level] if level else []


def _args_from_interpreter_flags():
    """Options of the command that give another interpreter this one's flags."""
    args = []
    flags = sys.flags
    for name, option in (('debug', 'd'), ('dont_write_bytecode', 'B'), ('no_site', 'S'),
                         ('verbose', 'v'), ('bytes_warning', 'b'), ('quiet', 'q')):
        count = getattr(flags, name)
        if count > 0:
            args.append('-' + option * count)
    args.extend(_optim_args_from_interpreter_flags())
    if flags.isolated:
        args.append('-I')
    else:
        if flags.ignore_environment:
            args.append('-E')
        if flags.no_user_site:
            args.append('-s')
        if flags.safe_path:
            args.append('-P')
    warn_options = sys.warnoptions[:]
    for option in warn_options:
        args.append('-W' + option)
    xoptions = getattr(sys, '_xoptions', {})
    for name in ('dev', 'utf8', 'faulthandler', 'tracemalloc', 'importtime'):
        if name in xoptions:
            value = xoptions[name]
            args.extend(('-X', name if value is True else '%s=%s' % (name, value)))
    return args


def _text_encoding():
    # That of the locale, which the interpreter has found out when it began.
    if sys.flags.warn_default_encoding:
        frame, level = sys._getframe(), 1
        own = frame.f_code.co_filename
        while frame is not None and frame.f_code.co_filename == own:
            frame, level = frame.f_back, level + 1
        warnings.warn("'encoding' argument not specified.", EncodingWarning, level)
    return sys.getfilesystemencoding()


def list2cmdline(seq):
    """The command line, in the way of Windows, that gives a program these arguments."""
    return ' '.join(map(_quoted, map(os.fsdecode, seq)))


def _quoted(arg):
    import re
    # Backslashes stand for themselves, except before a quote.
    text = re.sub(r'(\\*)"', r'\1\1\\"', arg)
    if arg and ' ' not in arg and '\t' not in arg:
        return text
    # Those at the end come before the closing quote.
    return '"' + re.sub(r'(\\*)\Z', r'\1\1', text, count=1) + '"'


# Functions ----------------------------------------------------------------------------------

def call(*popenargs, timeout=None, **kwargs):
    """Run a command and wait for its end, at most so many seconds; its exit code.

    The arguments are the same as for the Popen constructor.
    """
    with Popen(*popenargs, **kwargs) as child:
        try:
            return child.wait(timeout=timeout)
        except BaseException:
            # In case of an interrupt from the keyboard, wait() has given it time to end.
            child.kill()
            raise


def check_call(*popenargs, **kwargs):
    """Like call(), but CalledProcessError if the exit code is not 0."""
    code = call(*popenargs, **kwargs)
    if code:
        cmd = kwargs.get("args")
        raise CalledProcessError(code, popenargs[0] if cmd is None else cmd)
    return 0


def check_output(*popenargs, timeout=None, **kwargs):
    """Run a command; what it wrote to stdout.

    CalledProcessError if the exit code is not 0.  `input` is what the child reads.
    """
    for name in 'stdout', 'check':
        if name in kwargs:
            raise ValueError(f'{name} argument not allowed, it will be overridden.')
    if kwargs.get('input', b'') is None:
        # It is asked for nothing to read, where run() would leave the parent's stdin.
        is_text = any(map(kwargs.get, ('universal_newlines', 'text', 'encoding', 'errors')))
        kwargs['input'] = '' if is_text else b''
    return run(*popenargs, stdout=PIPE, timeout=timeout, check=True, **kwargs).stdout


class CompletedProcess:
    """A process that has finished running: args, returncode, stdout, stderr."""

    def __init__(self, args, returncode, stdout=None, stderr=None):
        self.args, self.returncode = args, returncode
        self.stdout, self.stderr = stdout, stderr

    def __repr__(self):
        shown = [f'args={self.args!r}', f'returncode={self.returncode!r}']
        for name in 'stdout', 'stderr':
            if (text := getattr(self, name)) is not None:
                shown.append(f'{name}={text!r}')
        return f"{type(self).__name__}({', '.join(shown)})"

    __class_getitem__ = classmethod(types.GenericAlias)

    def check_returncode(self):
        """CalledProcessError if the exit code is not 0."""
        if self.returncode:
            raise CalledProcessError(self.returncode, self.args, self.stdout, self.stderr)


def _reserve(kwargs, streams, complaint):
    """Make streams pipes, which nobody may have asked to be anything else."""
    if any(kwargs.get(stream) is not None for stream in streams):
        raise ValueError(complaint)
    kwargs.update(dict.fromkeys(streams, PIPE))


def run(*popenargs, input=None, capture_output=False, timeout=None, check=False, **kwargs):
    """Run a command and wait for its end; a CompletedProcess.

    `input` is what the child reads; `capture_output` stands for pipes to stdout and stderr;
    `check` raises CalledProcessError if the exit code is not 0.  When the time is over the child
    is killed and TimeoutExpired is raised.  Other arguments are those of Popen.
    """
    if input is not None:
        _reserve(kwargs, ('stdin',), 'stdin and input arguments may not both be used.')
    if capture_output:
        _reserve(kwargs, ('stdout', 'stderr'),
                 'stdout and stderr arguments may not be used with capture_output.')
    with Popen(*popenargs, **kwargs) as child:
        try:
            outputs = child.communicate(input, timeout=timeout)
        except BaseException as exc:
            child.kill()
            if isinstance(exc, TimeoutExpired):
                # The exception has what was read until now; its grandchildren may go on writing.
                child.wait()
            raise
        finished = CompletedProcess(child.args, child.poll(), *outputs)
    if check:
        finished.check_returncode()
    return finished


def getstatusoutput(cmd, *, encoding=None, errors=None):
    """Run a command in a shell; its exit code and what it wrote to stdout and stderr, without the
    last newline."""
    done = run(cmd, shell=True, text=True, stdout=PIPE, stderr=STDOUT,
               encoding=encoding, errors=errors)
    return done.returncode, done.stdout.removesuffix('\n')


def getoutput(cmd, *, encoding=None, errors=None):
    """What a command that is run in a shell writes to stdout and stderr."""
    return getstatusoutput(cmd, encoding=encoding, errors=errors)[1]


# Popen --------------------------------------------------------------------------------------

class _Conversation:
    """What communicate() is to write and has read.  It can be interrupted by a time limit, and
    taken up again."""

    def __init__(self, process, input):
        self._stdin = process.stdin
        # Each of them with the parts that were read.
        self._parts = {stream: [] for stream in (process.stdout, process.stderr) if stream}
        self._left = None
        if process.stdin and input:
            if process.text_mode:
                input = input.encode(process.stdin.encoding, process.stdin.errors)
            # Bytes, whatever the items of the object.
            self._left = memoryview(input).cast("b")

    def read_from(self, stream):
        """What was read; None from what is no pipe."""
        return b''.join(self._parts[stream]) if stream else None

    def exchange(self, timeout_left):
        """Write and read, and wait for either as long as `timeout_left()` tells; whether
        everything was done in time."""
        import selectors
        with (_PopenSelector or selectors.DefaultSelector)() as selector:
            if self._left and not self._stdin.closed:
                selector.register(self._stdin, selectors.EVENT_WRITE)
            for stream in self._parts:
                if not stream.closed:
                    selector.register(stream, selectors.EVENT_READ)
            while selector.get_map():
                seconds = timeout_left()
                if seconds is not None and seconds < 0:
                    return False
                ready = selector.select(seconds)
                seconds = timeout_left()
                if seconds is not None and seconds < 0:
                    return False
                for key, _ in ready:
                    more = self._write if key.fileobj is self._stdin else self._read
                    if not more(key):
                        selector.unregister(key.fileobj)
                        key.fileobj.close()
        return True

    def _write(self, key):
        try:
            written = os.write(key.fd, self._left[:_PIPE_BUF])
        except BrokenPipeError:
            # The child does not want it.
            return False
        self._left = self._left[written:]
        return len(self._left)

    def _read(self, key):
        part = os.read(key.fd, 32768)
        self._parts[key.fileobj].append(part)
        return part


class Popen:
    """Execute a child program in a new process."""

    # Set as soon as there is a child: __del__ looks at it.
    _child_created = False

    def __init__(self, args, bufsize=-1, executable=None,
                 stdin=None, stdout=None, stderr=None,
                 preexec_fn=None, close_fds=True,
                 shell=False, cwd=None, env=None, universal_newlines=None,
                 startupinfo=None, creationflags=0,
                 restore_signals=True, start_new_session=False,
                 pass_fds=(), *, user=None, group=None, extra_groups=None,
                 encoding=None, errors=None, text=None, umask=-1, pipesize=-1,
                 process_group=None):
        """See the documentation of the module for the arguments."""
        _cleanup()
        # One thread at a time waits for the child.
        self._waitpid_lock = threading.Lock()
        # After an interrupt from the keyboard, how long the child gets to end.
        self._sigint_wait_secs = 0.25
        self._conversation = None
        bufsize = -1 if bufsize is None else bufsize
        if not isinstance(bufsize, int):
            raise TypeError("bufsize must be an integer")
        if stdout is STDOUT:
            raise ValueError("STDOUT can only be used for stderr")
        pipesize = -1 if pipesize is None else pipesize
        if not isinstance(pipesize, int):
            raise TypeError("pipesize must be an integer")
        if pass_fds and not close_fds:
            warnings.warn("pass_fds overriding close_fds.", RuntimeWarning)
            close_fds = True
        if startupinfo is not None:
            raise ValueError("startupinfo is only supported on Windows platforms")
        if creationflags != 0:
            raise ValueError("creationflags is only supported on Windows platforms")
        self.args = args
        self.stdin = self.stdout = self.stderr = None
        self.pid = self.returncode = None
        self.encoding = encoding
        self.errors = errors
        self.pipesize = pipesize
        if None not in (text, universal_newlines) and bool(text) != bool(universal_newlines):
            raise SubprocessError('Cannot disambiguate when both text '
                                  'and universal_newlines are supplied but '
                                  'different. Pass one or the other.')
        self.text_mode = encoding or errors or text or universal_newlines
        if self.text_mode and encoding is None:
            self.encoding = _text_encoding()
        if process_group is None:
            process_group = -1
        elif not isinstance(process_group, int):
            raise TypeError(f"process_group must be an integer, not {type(process_group).__name__}")
        gid = _identity(group, "group", _group_of)
        uid = _identity(user, "user", _user_of)
        gids = None
        if extra_groups is not None:
            if isinstance(extra_groups, str):
                raise ValueError("Groups must be a list, not a string")
            gids = [_identity(extra, "Items in extra_groups", _group_of)
                    for extra in extra_groups]
        plumbing = _Plumbing(pipesize)
        try:
            for index, request in enumerate((stdin, stdout, stderr)):
                plumbing.connect(index, request)
            self.stdin = self._open(plumbing, 0, bufsize)
            self.stdout = self._open(plumbing, 1, bufsize)
            self.stderr = self._open(plumbing, 2, bufsize)
            self._execute_child(plumbing, args, executable, shell, cwd, env, close_fds, pass_fds,
                        (restore_signals, start_new_session, process_group,
                         gid, gids, uid, umask, preexec_fn))
        except BaseException:
            for file in self._pipes():
                try:
                    file.close()
                except OSError:
                    pass
            plumbing.close()
            raise

    def _open(self, plumbing, index, bufsize):
        """Our end of one of the child's streams, as a file; None if it is no pipe."""
        end = plumbing.claim(index)
        if end == -1:
            return None
        lines = bool(self.text_mode) and bufsize == 1
        # The binary layer knows of no lines.
        file = io.open(end, 'rb' if index else 'wb', -1 if lines else bufsize)
        if not self.text_mode:
            return file
        for_writing = {} if index else {'write_through': True, 'line_buffering': lines}
        return io.TextIOWrapper(file, encoding=self.encoding, errors=self.errors, **for_writing)

    def _pipes(self):
        return [file for file in (self.stdin, self.stdout, self.stderr) if file]

    def _execute_child(self, plumbing, args, executable, shell, cwd, env, close_fds, pass_fds, rest):
        if isinstance(args, os.PathLike) and shell:
            raise TypeError('path-like args is not allowed when shell is true')
        args = [args] if isinstance(args, (str, bytes, os.PathLike)) else list(args)
        if shell:
            args[:0] = [executable or '/bin/sh', '-c']
            executable = executable or '/bin/sh'
        elif executable is None:
            executable = args[0]
        sys.audit("subprocess.Popen", executable, args, cwd, env)
        # By this pipe the child tells why it could not run the program; running it closes it.
        complaints, for_child = _pipe_above_streams()
        try:
            try:
                program = os.fsencode(executable)
                (its_in, its_out, its_err), (our_in, our_out, our_err) = plumbing.child, plumbing.ours
                self.pid = _fork_exec(
                    args, _candidates(program, env), close_fds,
                    tuple(sorted({for_child, *map(int, pass_fds)})), cwd,
                    None if env is None else _environment_block(env),
                    its_in, our_in, our_out, its_out, our_err, its_err, complaints, for_child, *rest, _USE_VFORK)
                self._child_created = True
            finally:
                os.close(for_child)
            plumbing.close_lent()
            complaint = _read_to_end(complaints, 50000)
        finally:
            os.close(complaints)
        if complaint:
            self._reap_failed()
            raise _error_of(complaint, executable, cwd)

    def _reap_failed(self):
        try:
            pid, status = os.waitpid(self.pid, 0)
        except ChildProcessError:
            return
        if pid == self.pid:
            self._handle_exitstatus(status)
        else:
            self.returncode = sys.maxsize

    def __repr__(self):
        shown = f"<{type(self).__name__}: returncode: {self.returncode} args: {self.args!r}>"
        return shown if len(shown) <= 80 else shown[:76] + "...>"

    __class_getitem__ = classmethod(types.GenericAlias)

    @property
    def universal_newlines(self):
        """The same as text_mode."""
        return self.text_mode

    @universal_newlines.setter
    def universal_newlines(self, universal_newlines):
        self.text_mode = bool(universal_newlines)

    def __enter__(self):
        return self

    def __exit__(self, exc_type, value, traceback):
        try:
            # What is buffered for stdin is written, now that nothing is read any more.
            for file in reversed(self._pipes()):
                file.close()
        finally:
            if exc_type is KeyboardInterrupt:
                if self._sigint_wait_secs > 0:
                    self._wait_after_interrupt(None)
            else:
                self.wait()

    def __del__(self, _maxsize=sys.maxsize, _warn=warnings.warn):
        if self._child_created:
            if self.returncode is None:
                _warn(f"subprocess {self.pid} is still running", ResourceWarning, source=self)
            self._internal_poll(_deadstate=_maxsize)
            if self.returncode is None and _active is not None:
                # Somebody must wait for it.
                _active.append(self)

    # Exit codes.

    def poll(self):
        """The exit code; None if the child has not ended."""
        return self._internal_poll()

    def _handle_exitstatus(self, status):
        if os.WIFSTOPPED(status):
            self.returncode = -os.WSTOPSIG(status)
        else:
            self.returncode = os.waitstatus_to_exitcode(status)

    def _internal_poll(self, _deadstate=None):
        # Without the lock another thread waits for the child just now.
        if self.returncode is None and self._waitpid_lock.acquire(False):
            try:
                if self.returncode is None:
                    self._look(os.WNOHANG)
            except OSError:
                self.returncode = _deadstate
            finally:
                self._waitpid_lock.release()
        return self.returncode

    def _look(self, how):
        """Ask for the child's end, and note it if it has ended."""
        try:
            pid, status = os.waitpid(self.pid, how)
        except ChildProcessError:
            # Somebody else waited for it: its exit code is not known.
            pid, status = self.pid, 0
        if pid == self.pid:
            self._handle_exitstatus(status)

    def wait(self, timeout=None):
        """Wait for the child's end; its exit code.  TimeoutExpired when the time is over."""
        deadline = _Deadline(timeout)
        try:
            return self._wait(timeout=timeout)
        except KeyboardInterrupt:
            self._wait_after_interrupt(deadline.left())
            raise

    def _wait_after_interrupt(self, left):
        """Give the child a little time to end, as it was interrupted, too; but only once."""
        seconds, self._sigint_wait_secs = self._sigint_wait_secs, 0
        try:
            self._wait(timeout=seconds if left is None else min(seconds, left))
        except TimeoutExpired:
            pass

    def _wait(self, timeout):
        if timeout is not None and self.returncode is None:
            self._wait_until(_Deadline(timeout))
        while self.returncode is None:
            with self._waitpid_lock:
                # Another thread may have waited for it.
                if self.returncode is None:
                    self._look(0)
        return self.returncode

    def _wait_until(self, deadline):
        """Ask for the child's end more and more seldom."""
        pause = 0.0005
        while self._waiting_goes_on():
            left = deadline.left()
            if left <= 0:
                raise TimeoutExpired(self.args, deadline.timeout)
            pause = min(2 * pause, left, .05)
            time.sleep(pause)

    def _waiting_goes_on(self):
        if self._waitpid_lock.acquire(False):
            try:
                if self.returncode is None:
                    self._look(os.WNOHANG)
                return self.returncode is None
            finally:
                self._waitpid_lock.release()
        return True

    def send_signal(self, sig):
        """Send a signal to the process, unless it has ended."""
        # Once it is waited for, its number may be another process's.
        if self.poll() is None:
            try:
                os.kill(self.pid, sig)
            except ProcessLookupError:
                pass

    def terminate(self):
        """Ask the process to end, by SIGTERM."""
        self.send_signal(signal.SIGTERM)

    def kill(self):
        """End the process, by SIGKILL."""
        self.send_signal(signal.SIGKILL)

    # Talking.

    def communicate(self, input=None, timeout=None):
        """Write `input` to the child's stdin and close that, read stdout and stderr to their ends,
        and wait for the child.

        What was read from stdout and stderr, None for what is no pipe.  TimeoutExpired when the
        time is over; it may be called again then.
        """
        if self._conversation is not None and input:
            raise ValueError("Cannot send input after starting communication")
        pipes = self._pipes()
        if timeout is None and self._conversation is None and len(pipes) <= 1:
            # There is nobody whom the child could keep waiting while we wait for it.
            outputs = self._talk_by_one(pipes, input)
            self.wait()
            return outputs
        deadline = _Deadline(timeout)
        try:
            outputs = self._communicate(input, deadline)
        except KeyboardInterrupt:
            self._wait_after_interrupt(deadline.left())
            raise
        self.wait(timeout=deadline.left())
        return outputs

    def _talk_by_one(self, pipes, input):
        stdout = stderr = None
        if self.stdin:
            self._stdin_write(input)
        elif self.stdout:
            stdout = self.stdout.read()
        elif self.stderr:
            stderr = self.stderr.read()
        for file in pipes:
            if file is not self.stdin:
                file.close()
        return stdout, stderr

    def _stdin_write(self, input):
        if input:
            _unless_broken(self.stdin.write, input)
        _unless_broken(self.stdin.close)

    def _communicate(self, input, deadline):
        talk = self._conversation
        if talk is None:
            talk = self._conversation = _Conversation(self, input)
            if self.stdin:
                # What is buffered comes first.
                _unless_broken(self.stdin.flush)
                if not input:
                    _unless_broken(self.stdin.close)
        in_time = talk.exchange(deadline.left)
        outputs = [talk.read_from(file) for file in (self.stdout, self.stderr)]
        if not in_time:
            raise TimeoutExpired(self.args, deadline.timeout,
                                 output=outputs[0] or None, stderr=outputs[1] or None)
        self.wait(timeout=deadline.left())
        if self.text_mode:
            outputs = [raw if raw is None else _as_text(raw, file)
                       for raw, file in zip(outputs, (self.stdout, self.stderr))]
        return tuple(outputs)


class _Deadline:
    """The end of a time limit, which may be None."""

    def __init__(self, timeout):
        self.timeout = timeout
        self._end = None if timeout is None else time.monotonic() + timeout

    def left(self):
        """How many seconds are left, fewer than 0 if it is over; None without a limit."""
        return None if self._end is None else self._end - time.monotonic()


def _unless_broken(action, *args):
    """Do something with a pipe, whose other end may be closed: the child wants nothing then."""
    try:
        action(*args)
    except BrokenPipeError:
        pass


def _as_text(raw, file):
    text = raw.decode(file.encoding, file.errors)
    return text.replace("\r\n", "\n").replace("\r", "\n")
