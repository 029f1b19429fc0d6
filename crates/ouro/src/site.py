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
        try:
            import pydoc
        except ImportError:
            self._plain(*args, **kwds)
        else:
            return pydoc.help(*args, **kwds)

    def _plain(self, subject=None):
        if subject is None:
            print(repr(self))
            return
        name = getattr(subject, "__name__", None) or type(subject).__name__
        kind = type(subject).__name__
        kind = {"builtin_function_or_method": "built-in function", "type": "class"}.get(kind, kind)
        module = getattr(subject, "__module__", None)
        place = f" in module {module}" if isinstance(module, str) and kind != "module" else ""
        print(f"Help on {kind} {name}{place}:\n")
        print(f"{name}{self._signature(subject)}")
        text = getattr(subject, "__doc__", None)
        if isinstance(text, str):
            print("\n".join("    " + line for line in text.splitlines()))
        if isinstance(subject, type) or kind == "module":
            names = [n for n in dir(subject) if not n.startswith("_")]
            if names:
                print("\nNames defined here:\n    " + ", ".join(names))
        print()

    @staticmethod
    def _signature(subject):
        import inspect
        try:
            return inspect.signature(subject) if callable(subject) else ""
        except (TypeError, ValueError):
            return ""


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
