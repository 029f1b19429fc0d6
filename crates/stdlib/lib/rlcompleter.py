"""Completion of names: what `readline` asks, and what the interpreter's own prompt offers.

    import readline, rlcompleter
    readline.parse_and_bind("tab: complete")

A text without dots is completed to keywords, variables and builtins; `a.b.c` to attributes of what
`a.b` is. For that the names are looked up, which may run code of the objects; calls are never made,
and exceptions only mean that there is nothing to offer.
"""

import __main__
import atexit
import builtins
import keyword
import re

__all__ = ["Completer"]

_DOTTED = re.compile(r"(\w+(?:\.\w+)*)\.(\w*)")
_BEFORE_COLON = {"finally", "try"}
_ALONE = {"False", "None", "True", "break", "continue", "pass", "else", "_"}

try:
    import readline
except ImportError:
    _readline_available = False
else:
    _readline_available = True


class Completer:
    """Finds what a text may be the beginning of."""

    def __init__(self, namespace=None):
        """Complete by the names of a dictionary; without one by those of `__main__`, as they are
        at the time."""
        if namespace and not isinstance(namespace, dict):
            raise TypeError("namespace must be a dictionary")
        self.use_main_ns = namespace is None
        if namespace is not None:
            self.namespace = namespace

    def complete(self, text, state):
        """Give the completion with that number; None behind the last one.

        A text of spaces is completed by a tab.
        """
        if self.use_main_ns:
            self.namespace = __main__.__dict__
        if not text.strip():
            return self._tab() if state == 0 else None
        if state == 0:
            find = self.attr_matches if "." in text else self.global_matches
            self.matches = find(text)
        return self.matches[state] if state < len(self.matches) else None

    @staticmethod
    def _tab():
        if not _readline_available:
            return "\t"
        # The editor would replace a tab that is given back.
        readline.insert_text("\t")
        readline.redisplay()
        return ""

    def _callable_postfix(self, val, word):
        """Add what a call begins with; for one without parameters all of it."""
        if not callable(val):
            return word
        import inspect
        try:
            is_complete = not inspect.signature(val).parameters
        except ValueError:
            is_complete = False
        return word + ("()" if is_complete else "(")

    def global_matches(self, text):
        """Give the keywords, variables and builtins that begin with a text."""
        matches = [_as_typed(word) for word in keyword.kwlist + keyword.softkwlist
                   if word.startswith(text)]
        seen = {"__builtins__"}.union(word.rstrip(" :") for word in matches)
        for names in self.namespace, builtins.__dict__:
            for word, value in names.items():
                if word.startswith(text) and word not in seen:
                    seen.add(word)
                    matches.append(self._callable_postfix(value, word))
        return matches

    def attr_matches(self, text):
        """Give the attributes that a dotted text may mean, whole.

        Names with underscores come where one was typed, or where there are no others.
        """
        dotted = _DOTTED.match(text)
        if dotted is None:
            return []
        path, begun = dotted.groups()
        try:
            owner = eval(path, self.namespace)
        except Exception:
            return []
        words = set(dir(owner))
        words.discard("__builtins__")
        if hasattr(owner, "__class__"):
            words.add("__class__")
            words.update(get_class_members(owner.__class__))
        words = sorted(word for word in words if word.startswith(begun))
        if begun in ("", "_"):
            public = [word for word in words if not word.startswith(begun + "_")]
            if not public and not begun:
                public = [word for word in words if not word.startswith("__")]
            words = public or words
        return sorted(self._attribute(owner, path, word) for word in words)

    def _attribute(self, owner, path, word):
        text = f"{path}.{word}"
        # A property is not computed just to see whether it can be called.
        if isinstance(getattr(type(owner), word, None), property):
            return text
        value = getattr(owner, word, None)
        return text if value is None else self._callable_postfix(value, text)


def _as_typed(word):
    if word in _BEFORE_COLON:
        return word + ":"
    return word if word in _ALONE else word + " "


def get_class_members(klass):
    """Give the names that a class and its bases have."""
    names = dir(klass)
    for base in getattr(klass, "__bases__", ()):
        names += get_class_members(base)
    return names


if _readline_available:
    readline.set_completer(Completer().complete)
    # Nothing is to be completed when the modules are being taken down.
    atexit.register(readline.set_completer)
