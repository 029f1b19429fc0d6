"""The line editor of the interpreter's prompt: its history, and who completes words.

The editor itself is part of the prompt; here is what programs tell it, and what it tells them. The
history begins empty and has what was typed since; what a program puts into it, or reads from a file,
can be called back at the prompt.
"""

from os.path import expanduser as _expanduser

_DEFAULT_FILE = "~/.history"

_history = []
# What the prompt has not taken over yet: None where it has to begin anew.
_unseen = []
_length = -1
_auto_history = True
_delims = " \t\n`~!@#$%^&*()-=+[{]}\\|;:'\",<>/?"
_hooks = {}
# What is completed: the line, where the word begins, and where it ends.
_line, _begin, _end = "", 0, 0
_inserted = ""


def _text(string):
    if not isinstance(string, str):
        raise TypeError("bad argument type for built-in operation")
    return string


def _set_hook(name, function):
    if function is None:
        _hooks.pop(name, None)
    elif callable(function):
        _hooks[name] = function
    else:
        raise TypeError(f"set_{name}(func): argument not callable")


def _path(filename):
    return _expanduser(_DEFAULT_FILE) if filename is None else filename


# The history.

def _begin_anew():
    global _unseen
    _unseen = None


def add_history(string, /):
    """Add a line behind all others."""
    _history.append(_text(string))
    if _unseen is not None:
        _unseen.append(string)


def clear_history():
    """Forget all lines."""
    _history.clear()
    _begin_anew()


def get_current_history_length():
    """How many lines there are."""
    return len(_history)


def get_history_item(index, /):
    """The line of a number, from 1 on; None where there is none."""
    index = index.__index__()
    return _history[index - 1] if 0 < index <= len(_history) else None


def _place(pos):
    pos = pos.__index__()
    if pos < 0:
        raise ValueError("History index cannot be negative")
    if pos >= len(_history):
        raise ValueError(f"No history item at position {pos}")
    return pos


def remove_history_item(pos, /):
    """Forget a line; positions are counted from 0."""
    del _history[_place(pos)]
    _begin_anew()


def replace_history_item(pos, line, /):
    """Put another line in the place of one; positions are counted from 0."""
    _text(line)
    _history[_place(pos)] = line
    _begin_anew()


def set_auto_history(enabled, /):
    """Whether what is typed becomes part of the history."""
    global _auto_history
    _auto_history = bool(enabled)


def get_history_length():
    """How many lines a file of the history has at the most; negative for any number."""
    return _length


def set_history_length(length, /):
    """Limit the lines of files that are written from now on; negative for any number."""
    global _length
    if not hasattr(type(length), "__index__"):
        raise TypeError(f"'{type(length).__name__}' object cannot be interpreted as an integer")
    _length = length.__index__()


def read_history_file(filename=None, /):
    """Add the lines of a file, by default ~/.history."""
    with open(_path(filename), encoding="utf-8", errors="surrogateescape") as file:
        for line in file.read().splitlines():
            add_history(line)


def write_history_file(filename=None, /):
    """Write the history to a file, by default ~/.history."""
    lines = _history[-_length:] if _length > 0 else [] if _length == 0 else _history
    with open(_path(filename), "w", encoding="utf-8", errors="surrogateescape") as file:
        file.writelines(line + "\n" for line in lines)


def append_history_file(nelements, filename=None, /):
    """Write the last lines behind those of a file that is there."""
    lines = _history[-nelements:] if nelements > 0 else []
    with open(_path(filename), "r+", encoding="utf-8", errors="surrogateescape") as file:
        kept = file.read().splitlines()
        file.writelines(line + "\n" for line in lines)
        kept += lines
        if 0 <= _length < len(kept):
            file.seek(0)
            file.truncate()
            file.writelines(line + "\n" for line in kept[len(kept) - _length:])


# Completion.

def set_completer(function=None, /):
    """Have words completed by function(text, state), which is asked with 0, 1, 2, …

    until it gives no string. Without a function the prompt completes by itself.
    """
    _set_hook("completer", function)


def get_completer():
    """The function that completes, or None."""
    return _hooks.get("completer")


def set_completer_delims(string, /):
    """Set the characters that stand between words."""
    global _delims
    _delims = _text(string)


def get_completer_delims():
    """The characters that stand between words."""
    return _delims


def set_completion_display_matches_hook(function=None, /):
    """Have the matches shown by function(substitution, matches, longest)."""
    _set_hook("completion_display_matches_hook", function)


def get_completion_type():
    """What is asked for: 9 while a word is completed."""
    return 9 if _line else 0


def get_line_buffer():
    """The line that is being typed."""
    return _line


def get_begidx():
    """Where the word that is completed begins."""
    return _begin


def get_endidx():
    """Where the word that is completed ends."""
    return _end


def _matches(line):
    """The place where the last word of a line begins, and what it may become; None if nobody
    completes but the prompt itself."""
    global _line, _begin, _end
    completer = get_completer()
    if completer is None:
        return None
    _line, _end = line, len(line)
    _begin = 1 + max((line.rfind(delim) for delim in _delims), default=-1)
    try:
        found = []
        while isinstance(match := completer(line[_begin:], len(found)), str):
            found.append(match)
        return _begin, found
    finally:
        _line, _begin, _end = "", 0, 0


# The editor.

def insert_text(string, /):
    """Put text into the line that is about to be typed."""
    global _inserted
    _inserted += _text(string)


def redisplay():
    """Show the line as it is now; the prompt does so by itself."""


def parse_and_bind(string, /):
    """Heed a line of an init file. The prompt's keys are its own: Tab completes."""
    _text(string)


def read_init_file(filename=None, /):
    """Heed the lines of an init file."""
    with open(_expanduser("~/.inputrc") if filename is None else filename) as file:
        for line in file:
            parse_and_bind(line)


def set_startup_hook(function=None, /):
    """Have a function called just before a prompt is shown."""
    _set_hook("startup_hook", function)


def set_pre_input_hook(function=None, /):
    """Have a function called when a prompt is shown and nothing was typed yet."""
    _set_hook("pre_input_hook", function)


def _before_line():
    """Call the hooks; what they put into the line."""
    global _inserted
    for name in "startup_hook", "pre_input_hook":
        if hook := _hooks.get(name):
            hook()
    inserted, _inserted = _inserted, ""
    return inserted


def _take_unseen():
    """Whether the prompt has to forget its history, and the lines to add to it."""
    global _unseen
    anew, lines = _unseen is None, _history if _unseen is None else _unseen
    _unseen = []
    return anew, list(lines)
