"""A frame for programs that read commands line by line.

A subclass of Cmd has a method do_NAME for each command: it gets the rest of the line, and what it
returns says whether to stop. help_NAME and complete_NAME go with it, if they exist. A line that
starts with '?' is help, one with '!' is for do_shell. An empty line repeats the last command, the
end of the input is the command EOF. What the headers of the help and the prompt are is in
attributes of the class.
"""

import string
import sys

__all__ = ["Cmd"]

PROMPT = '(Cmd) '
IDENTCHARS = string.ascii_letters + string.digits + '_'


class Cmd:
    """A line-oriented command interpreter, to be subclassed."""

    prompt = PROMPT
    identchars = IDENTCHARS
    ruler = '='
    lastcmd = ''
    intro = None
    doc_leader = ""
    doc_header = "Documented commands (type help <topic>):"
    misc_header = "Miscellaneous help topics:"
    undoc_header = "Undocumented commands:"
    nohelp = "*** No help on %s"
    use_rawinput = 1

    def __init__(self, completekey='tab', stdin=None, stdout=None):
        """`completekey` is the key for completion in the names of readline, None for no completion.
        The streams are sys.stdin and sys.stdout unless given."""
        self.stdin = stdin if stdin is not None else sys.stdin
        self.stdout = stdout if stdout is not None else sys.stdout
        self.cmdqueue = []
        self.completekey = completekey

    def cmdloop(self, intro=None):
        """Reads lines, from the queue first, and runs them as commands until one says stop."""
        self.preloop()
        readline = self._readline()
        if readline is not None:
            self.old_completer = readline.get_completer()
            readline.set_completer(self.complete)
            readline.parse_and_bind(self.completekey + ": complete")
        try:
            if intro is not None:
                self.intro = intro
            if self.intro:
                self.stdout.write(f"{self.intro}\n")
            stop = None
            while not stop:
                line = self.cmdqueue.pop(0) if self.cmdqueue else self._read_line()
                line = self.precmd(line)
                stop = self.onecmd(line)
                stop = self.postcmd(stop, line)
            self.postloop()
        finally:
            if readline is not None:
                readline.set_completer(self.old_completer)

    def _readline(self):
        """The readline module if completion is wanted and it is there."""
        if self.use_rawinput and self.completekey:
            try:
                import readline
                return readline
            except ImportError:
                pass
        return None

    def _read_line(self):
        """A line of the input without its end; 'EOF' where the input ends."""
        if self.use_rawinput:
            try:
                return input(self.prompt)
            except EOFError:
                return 'EOF'
        self.stdout.write(self.prompt)
        self.stdout.flush()
        line = self.stdin.readline()
        return line.rstrip('\r\n') if line else 'EOF'

    def precmd(self, line):
        """Called with each line before it is run; returns the line to run."""
        return line

    def postcmd(self, stop, line):
        """Called after each command; returns whether to stop."""
        return stop

    def preloop(self):
        """Called before the first prompt."""

    def postloop(self):
        """Called after the last command."""

    def parseline(self, line):
        """Takes a line apart: the command, its arguments, and the line with '?' and '!' written out.

        The first two are None if there is no command.
        """
        line = line.strip()
        if not line:
            return None, None, line
        if line[0] == '?':
            line = 'help ' + line[1:]
        elif line[0] == '!':
            if not hasattr(self, 'do_shell'):
                return None, None, line
            line = 'shell ' + line[1:]
        end = 0
        while end < len(line) and line[end] in self.identchars:
            end += 1
        return line[:end], line[end:].strip(), line

    def onecmd(self, line):
        """Runs a line as a command and returns whether to stop."""
        cmd, arg, line = self.parseline(line)
        if not line:
            return self.emptyline()
        if cmd is not None:
            # The end of the input is not to be repeated.
            self.lastcmd = '' if line == 'EOF' else line
        command = getattr(self, 'do_' + cmd, None) if cmd else None
        return self.default(line) if command is None else command(arg)

    def emptyline(self):
        """Called for an empty line: repeats the last command."""
        if self.lastcmd:
            return self.onecmd(self.lastcmd)

    def default(self, line):
        """Called for a line that is no known command: says so."""
        self.stdout.write(f'*** Unknown syntax: {line}\n')

    def completedefault(self, *ignored):
        """Completions of the arguments of a command that has no complete_ method: none."""
        return []

    def completenames(self, text, *ignored):
        """The commands that start with the text."""
        start = 'do_' + text
        return [name[3:] for name in self.get_names() if name.startswith(start)]

    def complete(self, text, state):
        """The completion number `state` of the text, None after the last; for readline."""
        if state == 0:
            import readline
            whole = readline.get_line_buffer()
            line = whole.lstrip()
            stripped = len(whole) - len(line)
            begin = readline.get_begidx() - stripped
            end = readline.get_endidx() - stripped
            complete = self.completenames
            if begin > 0:
                cmd = self.parseline(line)[0]
                complete = self.completedefault
                if cmd != '':
                    complete = getattr(self, f'complete_{cmd}', complete)
            self.completion_matches = complete(text, line, begin, end)
        try:
            return self.completion_matches[state]
        except IndexError:
            return None

    def get_names(self):
        """The names the commands are looked for among."""
        return dir(self.__class__)

    def complete_help(self, *args):
        """Completions for help: commands and topics."""
        start = 'help_' + args[0]
        topics = {name[5:] for name in self.get_names() if name.startswith(start)}
        return list(set(self.completenames(*args)) | topics)

    def do_help(self, arg):
        'List available commands with "help" or detailed help with "help cmd".'
        if arg:
            self._help_on(arg)
            return
        names = sorted(set(self.get_names()))
        topics = {name[5:] for name in names if name[:5] == 'help_'}
        documented = []
        undocumented = []
        for name in names:
            if name[:3] != 'do_':
                continue
            cmd = name[3:]
            if cmd in topics:
                topics.remove(cmd)
                documented.append(cmd)
            elif getattr(self, name).__doc__:
                documented.append(cmd)
            else:
                undocumented.append(cmd)
        self.stdout.write(f"{self.doc_leader}\n")
        self.print_topics(self.doc_header, documented, 15, 80)
        self.print_topics(self.misc_header, sorted(topics), 15, 80)
        self.print_topics(self.undoc_header, undocumented, 15, 80)

    def _help_on(self, arg):
        """The help on a topic: its help_ method, or the docstring of its do_ method."""
        try:
            helper = getattr(self, 'help_' + arg)
        except AttributeError:
            doc = getattr(getattr(self, 'do_' + arg, None), '__doc__', None)
            if not hasattr(self, 'do_' + arg) or not doc:
                doc = self.nohelp % (arg,)
            self.stdout.write(f"{doc}\n")
            return
        helper()

    def print_topics(self, header, cmds, cmdlen, maxcol):
        """Writes a list of names in columns under a header, nothing if there are none."""
        if cmds:
            self.stdout.write(f"{header}\n")
            if self.ruler:
                self.stdout.write(f"{self.ruler * len(header)}\n")
            self.columnize(cmds, maxcol - 1)
            self.stdout.write("\n")

    def columnize(self, list, displaywidth=80):
        """Writes strings in as few rows as fit, down the columns; two spaces between columns."""
        if not list:
            self.stdout.write("<empty>\n")
            return
        wrong = [str(at) for at, item in enumerate(list) if not isinstance(item, str)]
        if wrong:
            raise TypeError(f"list[i] not a string for i in {', '.join(wrong)}")
        size = len(list)
        if size == 1:
            self.stdout.write(f'{list[0]}\n')
            return
        for rows in range(1, size):
            widths = [max(map(len, list[at:at + rows])) for at in range(0, size, rows)]
            if sum(widths) + 2 * (len(widths) - 1) <= displaywidth:
                break
        else:
            # One to a row, whatever its width.
            rows = size
            widths = [0]
        for row in range(rows):
            texts = list[row::rows]
            while texts and not texts[-1]:
                texts.pop()
            line = "  ".join(text.ljust(width) for text, width in zip(texts, widths))
            self.stdout.write(f"{line}\n")
