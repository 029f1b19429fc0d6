"""An interactive interpreter to build into programs: the part that runs lines, and the console over it."""

import sys
import traceback
from codeop import CommandCompiler, compile_command

__all__ = ["InteractiveInterpreter", "InteractiveConsole", "interact", "compile_command"]


class InteractiveInterpreter:
    """Compiles and runs source in a namespace and shows errors; it knows nothing of prompts and lines."""

    def __init__(self, locals=None):
        """The namespace is `locals`, by default a new one whose __name__ is "__console__"."""
        if locals is None:
            locals = {"__name__": "__console__", "__doc__": None}
        self.locals = locals
        self.compile = CommandCompiler()

    def runsource(self, source, filename="<input>", symbol="single"):
        """Runs the source if it is complete. Returns whether it needs more lines.

        Source that does not compile is reported with showsyntaxerror() and is done with.
        """
        try:
            code = self.compile(source, filename, symbol)
        except (OverflowError, SyntaxError, ValueError):
            self.showsyntaxerror(filename)
            return False
        if code is None:
            return True
        self.runcode(code)
        return False

    def runcode(self, code):
        """Runs a code object. Every exception but SystemExit is shown with showtraceback()."""
        try:
            exec(code, self.locals)
        except BaseException as error:
            if isinstance(error, SystemExit):
                raise
            # Not kept while it is shown, nor afterwards.
            del error
            self.showtraceback()

    def showsyntaxerror(self, filename=None):
        """Shows the syntax error being handled, without a traceback; as from `filename` if it is given."""
        kind, value, trace = sys.exc_info()
        sys.last_exc = value
        sys.last_type = kind
        sys.last_value = value
        sys.last_traceback = trace
        if filename and kind is SyntaxError:
            try:
                message, (_, line, offset, text) = value.args
            except ValueError:
                # Not the usual arguments: it is shown as it is.
                pass
            else:
                value = SyntaxError(message, (filename, line, offset, text))
                sys.last_exc = sys.last_value = value
        if sys.excepthook is sys.__excepthook__:
            self.write(''.join(traceback.format_exception_only(kind, value)))
        else:
            sys.excepthook(kind, value, trace)

    def showtraceback(self):
        """Shows the exception being handled, without the frame of the interpreter itself."""
        sys.last_type, sys.last_value, last = info = sys.exc_info()
        sys.last_traceback = last
        sys.last_exc = info[1]
        try:
            lines = traceback.format_exception(info[0], info[1], last.tb_next)
            if sys.excepthook is sys.__excepthook__:
                self.write(''.join(lines))
            else:
                sys.excepthook(info[0], info[1], last)
        finally:
            # The traceback holds this frame: they would keep one another alive.
            last = info = None

    def write(self, data):
        """Writes a string, by default to sys.stderr."""
        sys.stderr.write(data)


class InteractiveConsole(InteractiveInterpreter):
    """An interpreter with prompts that collects lines until they make a command."""

    def __init__(self, locals=None, filename="<console>"):
        """`filename` is what tracebacks call the input."""
        InteractiveInterpreter.__init__(self, locals)
        self.filename = filename
        self.resetbuffer()

    def resetbuffer(self):
        """Forgets the lines collected."""
        self.buffer = []

    def interact(self, banner=None, exitmsg=None):
        """Reads and runs lines to the end of the input.

        `banner` is written first and `exitmsg` last; each has a default, '' is nothing.
        """
        if not hasattr(sys, "ps1"):
            sys.ps1 = ">>> "
        if not hasattr(sys, "ps2"):
            sys.ps2 = "... "
        if banner is None:
            self.write(f'Python {sys.version} on {sys.platform}\n'
                       'Type "help", "copyright", "credits" or "license" for more information.\n'
                       f'({self.__class__.__name__})\n')
        elif banner:
            self.write(f"{banner}\n")
        more = False
        while more is not None:
            try:
                more = self._read_and_push(sys.ps2 if more else sys.ps1)
            except KeyboardInterrupt:
                self.write("\nKeyboardInterrupt\n")
                self.resetbuffer()
                more = False
        if exitmsg is None:
            self.write(f'now exiting {self.__class__.__name__}...\n')
        elif exitmsg != '':
            self.write(f'{exitmsg}\n')

    def _read_and_push(self, prompt):
        """Takes one line; whether more are needed, None at the end of the input."""
        try:
            line = self.raw_input(prompt)
        except EOFError:
            self.write("\n")
            return None
        return bool(self.push(line))

    def push(self, line):
        """Adds a line, without its newline, and runs the command if it is complete.

        Returns whether more lines are needed, as runsource() does.
        """
        self.buffer.append(line)
        more = self.runsource("\n".join(self.buffer), self.filename)
        if not more:
            self.resetbuffer()
        return more

    def raw_input(self, prompt=""):
        """Reads a line, by default with input(); EOFError at the end."""
        return input(prompt)


def interact(banner=None, readfunc=None, local=None, exitmsg=None):
    """Runs an InteractiveConsole over the namespace `local`; `readfunc` reads the lines if it is given."""
    console = InteractiveConsole(local)
    if readfunc is None:
        try:
            # With it input() edits lines.
            import readline
        except ImportError:
            pass
    else:
        console.raw_input = readfunc
    console.interact(banner, exitmsg)


def _main():
    import argparse
    parser = argparse.ArgumentParser()
    parser.add_argument('-q', action='store_true',
                        help="don't print version and copyright messages")
    quiet = parser.parse_args().q or sys.flags.quiet
    interact('' if quiet else None)


if __name__ == "__main__":
    _main()
