"""Patterns of `pathlib`: matching names, and finding the paths that exist and match."""

import functools


@functools.lru_cache(maxsize=256)
def compile_pattern(pat, case_sensitive):
    """Give the function that tells whether a name matches the pattern."""
    if case_sensitive and not any(c in pat for c in '*?['):
        return pat.__eq__
    import fnmatch
    import re
    flags = re.NOFLAG if case_sensitive else re.IGNORECASE
    return re.compile(fnmatch.translate(pat), flags).match


def select(path, parts, case_sensitive):
    """Give the paths below `path` that match the parts of a pattern."""
    if not parts:
        yield path
        return
    pat, rest = parts[0], parts[1:]
    if pat == '':
        # The pattern ended with a separator; only directories come here.
        yield path
    elif pat == '..':
        yield from select(path._make_child_relpath('..'), rest, case_sensitive)
    elif pat == '**':
        while rest and rest[0] == '**':
            rest = rest[1:]
        found = _recursive(path, rest, case_sensitive)
        # Two ways may lead to the same path.
        yield from _unique(found) if '**' in rest else found
    else:
        yield from _children(path, pat, rest, case_sensitive)


def _children(path, pat, rest, case_sensitive):
    match = compile_pattern(pat, case_sensitive)
    try:
        with path._scandir() as entries:
            entries = list(entries)
    except OSError:
        return
    for entry in entries:
        if rest:
            try:
                if not entry.is_dir():
                    continue
            except OSError:
                continue
        if match(entry.name):
            yield from select(path._make_child_relpath(entry.name), rest, case_sensitive)


def _recursive(path, rest, case_sensitive):
    yield from select(path, rest, case_sensitive)
    for parent, dirnames, _ in path.walk():
        for name in dirnames:
            yield from select(parent._make_child_relpath(name), rest, case_sensitive)


def _unique(paths):
    seen = set()
    for path in paths:
        if path not in seen:
            seen.add(path)
            yield path


def check_pattern(parts):
    for part in parts:
        if '**' in part and part != '**':
            raise ValueError("Invalid pattern: '**' can only be an entire path component")
