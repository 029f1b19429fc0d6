"""Match file names against shell patterns.

    *       any text, also none
    ?       any one character
    [seq]   one character of seq
    [!seq]  one character that is not in seq

A pattern becomes a regular expression; `re` is imported when the first one is compiled, so that
importing this module costs next to nothing.
"""

import os.path
import functools

__all__ = ["filter", "fnmatch", "fnmatchcase", "translate"]

_SPECIAL = {ord(c): "\\" + c for c in "()[]{}?*+-|^$\\.&~# \t\n\r\v\f"}


def fnmatch(name, pat):
    """Tell whether name matches pat, both in the file system's own case."""
    return fnmatchcase(os.path.normcase(name), os.path.normcase(pat))


def fnmatchcase(name, pat):
    """Tell whether name matches pat exactly, whatever the file system."""
    return _compile_pattern(pat)(name) is not None


def filter(names, pat):
    """Give the list of those names that match pat."""
    normcase = os.path.normcase
    match = _compile_pattern(normcase(pat))
    return [name for name in names if match(normcase(name)) is not None]


@functools.lru_cache(maxsize=32768, typed=True)
def _compile_pattern(pat):
    import re
    if isinstance(pat, bytes):
        return re.compile(translate(pat.decode("iso-8859-1")).encode("iso-8859-1")).match
    return re.compile(translate(pat)).match


def translate(pat):
    """Give the regular expression that means the same as the shell pattern."""
    # Each run is the text between two stars, already as a regular expression.
    runs = [""]
    i, n = 0, len(pat)
    while i < n:
        c = pat[i]
        i += 1
        if c == "*":
            if len(runs) == 1 or runs[-1]:
                runs.append("")
        elif c == "?":
            runs[-1] += "."
        elif c == "[":
            end = _bracket_end(pat, i)
            if end < 0:
                runs[-1] += "\\["
            else:
                runs[-1] += _bracket(pat[i:end])
                i = end + 1
        else:
            runs[-1] += c.translate(_SPECIAL)
    parts = [runs[0]]
    if len(runs) > 1:
        # The shortest stretch up to a run is always good enough, so never try a longer one.
        parts += [f"(?>.*?{run})" for run in runs[1:-1]]
        parts.append(".*" + runs[-1])
    return f"(?s:{''.join(parts)})\\Z"


def _bracket_end(pat, start):
    """Find the bracket that closes a set whose content starts at `start`; -1 if none does."""
    at = start
    if pat.startswith("!", at):
        at += 1
    if pat.startswith("]", at):
        at += 1
    return pat.find("]", at)


def _bracket(content):
    """Translate what stands between brackets."""
    negated = content.startswith("!")
    at, n = int(negated), len(content)
    out = "!" if negated else ""
    plain = "-" not in content
    while at < n:
        if at + 2 < n and content[at + 1] == "-":
            low, high = content[at], content[at + 2]
            if low <= high:
                out += _in_set(low) + "-" + _in_set(high)
            at += 3
        else:
            c = content[at]
            out += c.replace("\\", "\\\\") if plain else _in_set(c)
            at += 1
    # Doubled set operators have a meaning in future regular expressions.
    for operator in "&~|":
        out = out.replace(operator, "\\" + operator)
    if not out:
        return "(?!)"
    if out == "!":
        return "."
    if out[0] == "!":
        out = "^" + out[1:]
    elif out[0] in "^[":
        out = "\\" + out
    return f"[{out}]"


def _in_set(c):
    return "\\" + c if c in "\\-" else c
