"""Lines of source files by file name and number, kept after the first reading.

Tracebacks, warnings and debuggers show source by means of it.  A name that is no path to a file
is also looked for along sys.path.
"""

import os
import sys

try:
    import _library
except ImportError:
    _library = None

__all__ = ["getline", "clearcache", "checkcache", "lazycache"]

# By file name: size, time of change (None for what is no file), lines, full name; or a tuple
# of one function that gives the text.
cache = {}


def clearcache():
    """Forget all files."""
    cache.clear()


def getline(filename, lineno, module_globals=None):
    """A line of a file with its line end; the empty string if there is no such line."""
    if lineno < 1:
        return ""
    return "".join(getlines(filename, module_globals)[lineno - 1:lineno])


def getlines(filename, module_globals=None):
    """The lines of a file, from the cache if it is there; an empty list if it cannot be read."""
    entry = cache.get(filename, ())
    if len(entry) > 1:
        return entry[2]
    try:
        return updatecache(filename, module_globals)
    except MemoryError:
        # What room there is, others need more.
        clearcache()
        return []


def checkcache(filename=None):
    """Forget a file, or all files, whose size or time has changed since they were read."""
    for name in list(cache) if filename is None else [filename]:
        entry = cache.get(name)
        if entry is None or len(entry) == 1:
            continue
        size, mtime, _, fullname = entry
        if mtime is None:
            continue
        try:
            status = os.stat(fullname)
        except OSError:
            cache.pop(name, None)
            continue
        if size != status.st_size or mtime != status.st_mtime:
            cache.pop(name, None)


def _split(text):
    lines = text.splitlines(True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    return lines


def updatecache(filename, module_globals=None):
    """Read a file anew; its lines, or an empty list if that fails."""
    if len(cache.get(filename, ())) != 1:
        cache.pop(filename, None)
    if not _is_cacheable(filename):
        return []
    library_text = _library_source(filename)
    if library_text is not None:
        return _remember(filename, filename, len(library_text), None, _split(library_text))
    try:
        fullname, status = filename, os.stat(filename)
    except OSError:
        # A loader may know the text of what is no file.
        if lazycache(filename, module_globals):
            try:
                text = cache[filename][0]()
            except (ImportError, OSError):
                pass
            else:
                if text is None:
                    return []
                return _remember(filename, filename, len(text), None, _split(text))
        fullname, status = _search(filename)
    lines = [] if status is None else _read(fullname)
    if lines is None or status is None:
        return []
    return _remember(filename, fullname, status.st_size, status.st_mtime, lines)


def _is_cacheable(filename):
    return bool(filename) and not (filename.startswith("<") and filename.endswith(">"))


def _remember(filename, fullname, size, mtime, lines):
    cache[filename] = size, mtime, lines, fullname
    return lines


def _search(filename):
    """Looks for a relative name along sys.path: the full name and its status, or None twice."""
    if not os.path.isabs(filename):
        for folder in sys.path:
            try:
                fullname = os.path.join(folder, filename)
                return fullname, os.stat(fullname)
            except (OSError, TypeError, AttributeError):
                # Nothing there, or the entry is no string.
                pass
    return None, None


def _read(fullname):
    """The lines of a file of source; None if it cannot be read as such."""
    try:
        try:
            import tokenize
        except ImportError:
            file = open(fullname, encoding="utf-8")
        else:
            file = tokenize.open(fullname)
        with file:
            lines = file.readlines()
    except (OSError, UnicodeDecodeError, SyntaxError):
        return None
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    return lines


def _library_source(filename):
    """The text of a module that is compiled into the program."""
    return None if _library is None else _library.source(filename)


def lazycache(filename, module_globals):
    """Let the lines of a file come from its module's loader when they are first wanted.

    True if it was registered, now or before; False if the file was read already, its name is
    none of a file, or the loader has no get_source().
    """
    if filename in cache:
        return len(cache[filename]) == 1
    if not _is_cacheable(filename) or not module_globals or "__name__" not in module_globals:
        return False
    name = module_globals["__name__"]
    loader = getattr(module_globals.get("__spec__"), "loader", None)
    if loader is None:
        loader = module_globals.get("__loader__")
    get_source = getattr(loader, "get_source", None)
    if not name or not get_source:
        return False
    cache[filename] = (lambda: get_source(name),)
    return True


def _register_code(code, string, name):
    """Remembers the text of code that comes from no file, and of the code inside it."""
    cache[code] = len(string), None, [line + "\n" for line in string.splitlines()], name
