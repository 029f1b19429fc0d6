import builtins
import sys


class Quitter:
    def __init__(self, name, eof):
        self.name = name
        self.eof = eof

    def __repr__(self):
        return f"Use {self.name}() or {self.eof} to exit"

    def __call__(self, code=None):
        # A closed standard input ends a prompt that would go on after SystemExit.
        try:
            sys.stdin.close()
        except Exception:
            pass
        raise SystemExit(code)


class _Printer:
    def __init__(self, name, text):
        self.name = name
        self.text = text

    def __repr__(self):
        return self.text

    def __call__(self):
        print(self.text)


class _Helper:
    def __repr__(self):
        return "Type help() for interactive help, or help(object) for help about object."

    def __call__(self, *args, **kwds):
        # The library has no pydoc; a complete one may be on the path.
        try:
            from pydoc import help as answer
        except ImportError:
            from _help import answer
        return answer(*args, **kwds)


_EOF = "Ctrl-D (i.e. EOF)"
builtins.quit = Quitter("quit", _EOF)
builtins.exit = Quitter("exit", _EOF)
builtins.copyright = _Printer("copyright", sys.copyright)
builtins.credits = _Printer(
    "credits",
    "Ouro is an independent implementation of Python 3.12. Thanks to all who made Python,\n"
    "its documentation and its tests. See www.python.org for more about the language.",
)
builtins.license = _Printer("license", "Ouro is distributed under MIT or Apache-2.0, at your option.")
builtins.help = _Helper()
