"""Cache lines from Python source files.

This is intended to read lines from modules imported -- hence if a filename
is not found, it will look down the module search path for a file by
that name.
"""

__all__ = ["getline", "clearcache", "checkcache", "lazycache"]

# By file name: size, time of change (None for what is no file), lines, full name; or a tuple
# of one function that gives the text.
cache = {}


def clearcache():
    """Clear the cache entirely."""
    cache.clear()


def getline(filename, lineno, module_globals=None):
    """Get a line for a Python source file from the cache.
    Update the cache if it doesn't contain an entry for this file already."""
    lines = getlines(filename, module_globals)
    if 1 <= lineno <= len(lines):
        return lines[lineno - 1]
    return ""


def getlines(filename, module_globals=None):
    """Get the lines for a Python source file from the cache.
    Update the cache if it doesn't contain an entry for this file already."""
    entry = cache.get(filename)
    if entry is not None and len(entry) != 1:
        return entry[2]
    try:
        return updatecache(filename, module_globals)
    except MemoryError:
        clearcache()
        return []


def checkcache(filename=None):
    """Discard cache entries that are out of date.
    (This is not checked upon each call!)"""
    import os
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
    """Update a cache entry and return its list of lines.
    If something's wrong, print a message, discard the cache entry,
    and return an empty list."""
    import os
    import sys
    if len(cache.get(filename, ())) != 1:
        cache.pop(filename, None)
    if not filename or (filename.startswith("<") and filename.endswith(">")):
        return []
    library_text = _library_source(filename)
    if library_text is not None:
        lines = _split(library_text)
        cache[filename] = len(library_text), None, lines, filename
        return lines
    fullname = filename
    try:
        status = os.stat(fullname)
    except OSError:
        basename = filename
        # A loader may know the text of what is no file.
        if lazycache(filename, module_globals):
            try:
                text = cache[filename][0]()
            except (ImportError, OSError):
                pass
            else:
                if text is None:
                    return []
                lines = _split(text)
                cache[filename] = len(text), None, lines, fullname
                return lines
        if os.path.isabs(filename):
            return []
        for folder in sys.path:
            try:
                fullname = os.path.join(folder, basename)
            except (TypeError, AttributeError):
                continue  # Not a string.
            try:
                status = os.stat(fullname)
                break
            except OSError:
                pass
        else:
            return []
    try:
        import tokenize
        with tokenize.open(fullname) as file:
            lines = file.readlines()
    except ImportError:
        try:
            with open(fullname, encoding="utf-8") as file:
                lines = file.readlines()
        except (OSError, UnicodeDecodeError):
            return []
    except (OSError, UnicodeDecodeError, SyntaxError):
        return []
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    cache[filename] = status.st_size, status.st_mtime, lines, fullname
    return lines


def _library_source(filename):
    """The text of a module that is compiled into the program."""
    try:
        import _library
    except ImportError:
        return None
    return _library.source(filename)


def lazycache(filename, module_globals):
    """Seed the cache for filename with module_globals.

    The module loader will be asked for the source only when getlines is
    called, not immediately.

    If there is an entry in the cache already, it is not altered.

    :return: True if a lazy load is registered in the cache,
        otherwise False. To register such a load a module loader with a
        get_source method must be found, the filename must be a cacheable
        filename, and the filename must not be already cached.
    """
    if filename in cache:
        return len(cache[filename]) == 1
    if not filename or (filename.startswith("<") and filename.endswith(">")):
        return False
    if not module_globals or "__name__" not in module_globals:
        return False
    name = module_globals["__name__"]
    spec = module_globals.get("__spec__")
    loader = getattr(spec, "loader", None)
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
