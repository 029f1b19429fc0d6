"""Ask for a password without showing it, and find the name of the user."""

import os
import sys
import warnings

__all__ = ['getpass', 'getuser', 'GetPassWarning']


class GetPassWarning(UserWarning):
    """Warned with when what is typed cannot be hidden."""


def unix_getpass(prompt='Password: ', stream=None):
    """Ask for a password on the terminal, with echo off.

    The prompt goes to `stream`, by default the terminal; if there is none, standard input is read
    and the prompt goes to standard error. If echo cannot be turned off, GetPassWarning is warned.
    """
    import contextlib
    import io
    import termios

    with contextlib.ExitStack() as opened:
        try:
            terminal = io.FileIO(os.open('/dev/tty', os.O_RDWR | os.O_NOCTTY), 'w+')
            opened.enter_context(terminal)
            input = opened.enter_context(io.TextIOWrapper(terminal))
            fd = input.fileno()
            if not stream:
                stream = input
        except OSError:
            opened.close()
            input = sys.stdin
            try:
                fd = input.fileno()
            except (AttributeError, ValueError):
                return _finish(fallback_getpass(prompt, stream), stream or sys.stderr)
            if not stream:
                stream = sys.stderr
        password = None
        try:
            before = termios.tcgetattr(fd)
            hidden = before[:]
            # The fourth item are the local modes.
            hidden[3] &= ~termios.ECHO
            when = termios.TCSAFLUSH | getattr(termios, 'TCSASOFT', 0)
            try:
                termios.tcsetattr(fd, when, hidden)
                password = _raw_input(prompt, stream, input=input)
            finally:
                termios.tcsetattr(fd, when, before)
                stream.flush()
        except termios.error:
            # Once the password is read the terminal is in an unknown state: say so.
            if password is not None:
                raise
            if stream is not input:
                opened.close()
            password = fallback_getpass(prompt, stream)
        return _finish(password, stream)


def _finish(password, stream):
    stream.write('\n')
    return password


def fallback_getpass(prompt='Password: ', stream=None):
    """Ask for a password on standard input, where it is seen."""
    warnings.warn("Can not control echo on the terminal.", GetPassWarning, stacklevel=2)
    if not stream:
        stream = sys.stderr
    print("Warning: Password input may be echoed.", file=stream)
    return _raw_input(prompt, stream)


def _raw_input(prompt="", stream=None, input=None):
    stream = stream or sys.stderr
    input = input or sys.stdin
    prompt = str(prompt)
    if prompt:
        try:
            stream.write(prompt)
        except UnicodeEncodeError:
            encoding = stream.encoding
            stream.write(prompt.encode(encoding, 'replace').decode(encoding))
        stream.flush()
    line = input.readline()
    if not line:
        raise EOFError
    return line[:-1] if line[-1] == '\n' else line


def getuser():
    """The name of the user, from the environment or else the system's list of users."""
    for variable in ('LOGNAME', 'USER', 'LNAME', 'USERNAME'):
        name = os.environ.get(variable)
        if name:
            return name
    import pwd
    return pwd.getpwuid(os.getuid())[0]


try:
    import termios as _termios
except ImportError:
    getpass = fallback_getpass
else:
    getpass = unix_getpass
