r"""Regular expressions.

A regular expression is a text that stands for a set of texts. Most characters stand for
themselves; these are special:

    .         any character but a newline
    ^  $      the beginning; the end, or just before a newline there
    *  +  ?   any number of, at least one, at most one of what stands before (as many as possible)
    {m,n}     from m to n of what stands before
    *? +? ?? {m,n}?   the same, as few as possible
    *+ ++ ?+ {m,n}+   the same, as many as possible, giving none back
    [...]     one of these characters, [^...] any other
    A|B       A or B
    (...)     a group, remembered
    (?:...)   a group, not remembered
    (?aiLmsux-imsx:...)   a group with flags turned on or off
    (?P<name>...)   a group with a name, (?P=name) its text once more
    (?#...)   a comment
    (?=...) (?!...) (?<=...) (?<!...)   what must or must not come next or before
    (?>...)   a group that is not tried again
    (?(1)A|B) A if group 1 has matched, else B
    \1        the text of group 1 once more
    \A \Z     the beginning and the end of the text
    \b \B     a word's edge, not a word's edge
    \d \D \s \S \w \W   digits, white space, word characters, and the others

Functions: match, fullmatch, search, sub, subn, split, findall, finditer, compile, purge, escape.
Each takes flags: A/ASCII, I/IGNORECASE, L/LOCALE, M/MULTILINE, S/DOTALL, X/VERBOSE, U/UNICODE.
`error` is raised for an expression that is not valid.
"""

import enum
import functools

import _sre
from _sre import Match, Pattern

from ._error import error

__all__ = [
    "match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer", "compile",
    "purge", "template", "escape", "error", "Pattern", "Match", "A", "I", "L", "M", "S", "X", "U",
    "ASCII", "IGNORECASE", "LOCALE", "MULTILINE", "DOTALL", "VERBOSE", "UNICODE", "NOFLAG",
    "RegexFlag",
]

__version__ = "2.2.1"


@enum.global_enum
@enum._simple_enum(enum.IntFlag, boundary=enum.KEEP)
class RegexFlag:
    NOFLAG = 0
    ASCII = A = 256
    IGNORECASE = I = 2
    LOCALE = L = 4
    UNICODE = U = 32
    MULTILINE = M = 8
    DOTALL = S = 16
    VERBOSE = X = 64
    TEMPLATE = T = 1
    DEBUG = 128
    __str__ = object.__str__
    _numeric_repr_ = hex


def match(pattern, string, flags=0):
    """A match of the pattern at the beginning of the string, or None."""
    return _compile(pattern, flags).match(string)


def fullmatch(pattern, string, flags=0):
    """A match of the pattern with the whole string, or None."""
    return _compile(pattern, flags).fullmatch(string)


def search(pattern, string, flags=0):
    """The first match of the pattern anywhere in the string, or None."""
    return _compile(pattern, flags).search(string)


def sub(pattern, repl, string, count=0, flags=0):
    """The string with the leftmost matches of the pattern (at most `count`, 0: all) replaced.

    `repl` is a text, in which backslash escapes and references to groups (\\1, \\g<name>) are
    replaced, or a function that gets the match and returns a text."""
    return _compile(pattern, flags).sub(repl, string, count)


def subn(pattern, repl, string, count=0, flags=0):
    """Like sub, but the new string together with the number of replacements."""
    return _compile(pattern, flags).subn(repl, string, count)


def split(pattern, string, maxsplit=0, flags=0):
    """The parts of the string between matches of the pattern, in a list.

    What the pattern's groups matched stands between them. With a `maxsplit` other than 0 there
    are at most so many splits, and the rest is the last item."""
    return _compile(pattern, flags).split(string, maxsplit)


def findall(pattern, string, flags=0):
    """All matches of the pattern in the string, in a list.

    With one group the texts of the group, with more groups tuples of their texts."""
    return _compile(pattern, flags).findall(string)


def finditer(pattern, string, flags=0):
    """An iterator of all matches of the pattern in the string."""
    return _compile(pattern, flags).finditer(string)


def compile(pattern, flags=0):
    "The pattern object of an expression."
    return _compile(pattern, flags)


def purge():
    "Forgets all expressions compiled so far."
    _recent.clear()
    _first_look.clear()


def template(pattern, flags=0):
    "Deprecated: the pattern object of an expression with the flag TEMPLATE."
    import warnings
    warnings.warn("The re.template() function is deprecated as it is an undocumented function "
                  "without an obvious purpose. Use re.compile() instead.", DeprecationWarning)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return _compile(pattern, flags | T)


_ESCAPED = {ord(c): "\\" + c for c in "()[]{}?*+-|^$\\.&~# \t\n\r\v\f"}


def escape(pattern):
    """The text with a backslash before every special character."""
    if isinstance(pattern, str):
        return pattern.translate(_ESCAPED)
    return str(pattern, "latin1").translate(_ESCAPED).encode("latin1")


# Compiled expressions by (type, text, flags). The first table is asked first and forgets what was
# put in first; the second is larger and forgets what was not used for longest.
_first_look = {}
_recent = {}
_MAX_FIRST_LOOK = 256
_MAX_RECENT = 512


def _compile(pattern, flags):
    if isinstance(flags, RegexFlag):
        flags = flags.value
    key = (type(pattern), pattern, flags)
    try:
        return _first_look[key]
    except KeyError:
        pass
    compiled = _recent.pop(key, None)
    if compiled is None:
        if isinstance(pattern, Pattern):
            if flags:
                raise ValueError("cannot process flags argument with a compiled pattern")
            return pattern
        if not isinstance(pattern, (str, bytes)):
            raise TypeError("first argument must be string or compiled pattern")
        if flags & 1:
            import warnings
            warnings.warn("The re.TEMPLATE/re.T flag is deprecated as it is an undocumented "
                          "flag without an obvious purpose. Don't use it.", DeprecationWarning)
        if flags & 128:
            # DEBUG shows the tree, and nothing is remembered that would keep it from showing again.
            from ._parser import parse
            parse(pattern, flags)
            return _sre.compile(pattern, flags)
        compiled = _sre.compile(pattern, flags)
        _forget_first(_recent, _MAX_RECENT)
    _recent[key] = compiled
    _forget_first(_first_look, _MAX_FIRST_LOOK)
    _first_look[key] = compiled
    return compiled


def _forget_first(table, most):
    if len(table) >= most:
        try:
            del table[next(iter(table))]
        except (StopIteration, RuntimeError, KeyError):
            # Another thread was faster.
            pass


def _pickle(pattern):
    return _compile, (pattern.pattern, pattern.flags)


def _register():
    import copyreg
    copyreg.pickle(Pattern, _pickle, _compile)


_register()


class Scanner:
    """Cuts a text into pieces by a lexicon of (phrase, action) pairs.

    An action is called with the scanner and the piece, and its result is collected; another object
    is collected itself; None drops the piece."""

    def __init__(self, lexicon, flags=0):
        if isinstance(flags, RegexFlag):
            flags = flags.value
        self.lexicon = lexicon
        self.scanner = _sre.compile_lexicon([phrase for phrase, _ in lexicon], flags)

    def scan(self, string):
        """The collected results, and the rest of the text where no phrase fits."""
        results = []
        place = 0
        for found in iter(self.scanner.scanner(string).match, None):
            end = found.end()
            if end == place:
                break
            action = self.lexicon[found.lastindex - 1][1]
            if callable(action):
                self.match = found
                action = action(self, found.group())
            if action is not None:
                results.append(action)
            place = end
        return results, string[place:]
