"""Where objects are written: files, modules, lines of source, comments."""

__name__ = "inspect"

import builtins
import linecache
import os
import sys
import types

from _inspect_kinds import isclass, iscode, ismodule


def unwrap(func, *, stop=None):
    """What `__wrapped__` leads to in the end.

    `stop` is asked about every wrapper on the way and may end the search there; signature(), for
    one, stops at an object with a `__signature__`.  A circle raises ValueError.
    """
    first = func
    # Objects by identity; kept, so that no identity is used twice.
    seen = {id(func): func}
    limit = sys.getrecursionlimit()
    while hasattr(func, "__wrapped__"):
        if stop is not None and stop(func):
            break
        func = func.__wrapped__
        if id(func) in seen or len(seen) >= limit:
            raise ValueError(f"wrapper loop when unwrapping {first!r}")
        seen[id(func)] = func
    return func


def indentsize(line):
    """How many columns a line is indented by."""
    expanded = line.expandtabs()
    return len(expanded) - len(expanded.lstrip())


def _code_of(obj):
    """The code object behind a method, function, traceback or frame; others come back as they
    are."""
    for kind, attribute in _TOWARDS_CODE:
        if isinstance(obj, kind):
            obj = getattr(obj, attribute)
    return obj


_TOWARDS_CODE = ((types.MethodType, "__func__"), (types.FunctionType, "__code__"),
                 (types.TracebackType, "tb_frame"), (types.FrameType, "f_code"))


def getfile(object):
    """The file, source or compiled, that an object was defined in."""
    if ismodule(object):
        if getattr(object, "__file__", None):
            return object.__file__
        raise TypeError(f"{object!r} is a built-in module")
    if isclass(object):
        if hasattr(object, "__module__"):
            module = sys.modules.get(object.__module__)
            if getattr(module, "__file__", None):
                return module.__file__
            if object.__module__ == "__main__":
                raise OSError("source code not available")
        raise TypeError(f"{object!r} is a built-in class")
    code = _code_of(object)
    if iscode(code):
        return code.co_filename
    raise TypeError("module, class, method, function, traceback, frame, or "
                    f"code object was expected, got {type(object).__name__}")


def getmodulename(path):
    """The name of the module that a file would be, or None if it is none."""
    import importlib.machinery
    name = os.path.basename(path)
    # The longest first, as one may end in another.
    for suffix in sorted(importlib.machinery.all_suffixes(), key=len, reverse=True):
        if name.endswith(suffix):
            return name[:-len(suffix)]
    return None


def getsourcefile(object):
    """The file with an object's source; None if there is no way to the source."""
    filename = getfile(object)
    stem, suffix = os.path.splitext(filename)
    if suffix == ".pyc":
        filename = stem + ".py"
    elif suffix == ".so":
        return None
    if filename in linecache.cache or os.path.exists(filename):
        return filename
    module = getmodule(object, filename)
    if getattr(module, "__loader__", None) is not None:
        return filename
    if getattr(getattr(module, "__spec__", None), "loader", None) is not None:
        return filename
    return None


def getabsfile(object, _filename=None):
    """Where an object comes from, as an absolute path written in one way only."""
    path = getsourcefile(object) or getfile(object) if _filename is None else _filename
    return os.path.normcase(os.path.abspath(path))


modulesbyfile = {}
_filesbymodname = {}


def _note_module_files():
    """Brings the map from files to modules up to date."""
    for name, module in sys.modules.copy().items():
        if ismodule(module) and hasattr(module, "__file__"):
            file = module.__file__
            if file is None or file == _filesbymodname.get(name):
                continue
            _filesbymodname[name] = file
            file = getabsfile(module)
            modulesbyfile[file] = modulesbyfile[os.path.realpath(file)] = module.__name__


def getmodule(object, _filename=None):
    """The module that an object was defined in; None if that cannot be told."""
    if ismodule(object):
        return object
    if hasattr(object, "__module__"):
        return sys.modules.get(object.__module__)
    if _filename is not None and _filename in modulesbyfile:
        return sys.modules.get(modulesbyfile[_filename])
    try:
        file = getabsfile(object, _filename)
    except (TypeError, FileNotFoundError):
        return None
    if file not in modulesbyfile:
        _note_module_files()
    if file in modulesbyfile:
        return sys.modules.get(modulesbyfile[file])
    if hasattr(object, "__name__"):
        for module in (sys.modules["__main__"], builtins):
            if getattr(module, object.__name__, None) is object:
                return module
    return None


class ClassFoundException(Exception):
    """Ends the search for a class."""


def _starts_function(line):
    text = line.lstrip()
    if text.startswith(("def ", "def\t", "@")):
        return True
    if text.startswith("async") and text[5:].lstrip().startswith("def"):
        return True
    before, *pieces = line.split("lambda")
    for after in pieces:
        own_word = not (before[-1:].isalnum() or before[-1:] == "_")
        if own_word and after[:1] in (":", " ", "\t", "\n"):
            return True
        before = after or "a"
    return False


def findsource(object):
    """All lines of the file that holds an object's source, and the index of its first one.

    The object may be a module, class, method, function, traceback, frame or code object.
    Raises OSError if there is no source.
    """
    file = getsourcefile(object)
    if file:
        linecache.checkcache(file)
    else:
        file = getfile(object)
        # Others may have put such names into linecache.
        if not (file.startswith("<") and file.endswith(">")):
            raise OSError("source code not available")
    module = getmodule(object, file)
    lines = linecache.getlines(file, module.__dict__) if module else linecache.getlines(file)
    if not lines:
        raise OSError("could not get source code")
    if ismodule(object):
        return lines, 0
    if isclass(object):
        from _source_blocks import find_class
        number = find_class(lines, object.__qualname__)
        if number is None:
            raise OSError("could not find class definition")
        return lines, number
    code = _code_of(object)
    if not iscode(code):
        raise OSError("could not find code object")
    number = code.co_firstlineno - 1
    while number > 0:
        if number >= len(lines):
            raise OSError("lineno is out of bounds")
        if _starts_function(lines[number]):
            break
        number -= 1
    return lines, number


def getcomments(object):
    """The comment just above an object's source, or at the top of a module; None if there is no
    such.
    """
    try:
        lines, number = findsource(object)
    except (OSError, TypeError):
        return None
    if ismodule(object):
        start = 1 if lines and lines[0][:2] == "#!" else 0
        while start < len(lines) and lines[start].strip() in ("", "#"):
            start += 1
        end = start
        while end < len(lines) and lines[end][:1] == "#":
            end += 1
        return "".join([line.expandtabs() for line in lines[start:end]]) if end > start else None
    indent = indentsize(lines[number])
    start = number
    while (start > 0 and lines[start - 1].lstrip()[:1] == "#"
           and indentsize(lines[start - 1]) == indent):
        start -= 1
    if start == number:
        return None
    comments = [line.expandtabs().lstrip() for line in lines[start:number]]
    while comments and comments[0].strip() == "#":
        comments.pop(0)
    while comments and comments[-1].strip() == "#":
        comments.pop()
    return "".join(comments)


class EndOfBlock(Exception):
    """Ends the reading of a block."""


class BlockFinder:
    """Reads tokens until a block of code ends; `last` is the number of its last line then.

    A block is a definition with its decorators and body, or a line.
    """

    def __init__(self):
        self.last = 1
        self.indent = 0
        self.body_col0 = None
        self.started = self.indecorator = self.islambda = self.passline = False

    def tokeneater(self, type, token, srowcol, erowcol, line):
        import token as kinds
        row, column = srowcol
        if not (self.started or self.indecorator):
            self.passline = True
            self.indecorator = token == "@"
            self.started = token in ("def", "class", "lambda")
            self.islambda = token == "lambda"
        elif type == kinds.NEWLINE:
            self.last = row
            self.passline = self.indecorator = False
            if self.islambda:
                raise EndOfBlock
        elif not self.passline:
            self._between_statements(type, row, column, erowcol[1], kinds)

    def _between_statements(self, type, row, column, end_column, kinds):
        if type == kinds.INDENT:
            self.indent += 1
            self.passline = True
            if self.started and self.body_col0 is None:
                self.body_col0 = end_column
        elif type == kinds.DEDENT:
            self.indent -= 1
            if self.indent < 1:
                raise EndOfBlock
        elif type == kinds.COMMENT:
            # Belongs to the block if it is indented like it.
            if self.body_col0 is not None and column >= self.body_col0:
                self.last = row
        elif type != kinds.NL and not self.indent:
            raise EndOfBlock


def getblock(lines):
    """Those of the lines that belong to the block that the first one starts."""
    from _source_blocks import block_end
    return lines[:block_end(lines)]


def getsourcelines(object):
    """The lines of an object's source, and the number of the first; 0 for a whole module.

    The object may be a module, class, method, function, traceback, frame or code object.
    Raises OSError if there is no source.
    """
    object = unwrap(object)
    lines, start = findsource(object)
    of_module = ismodule(object)
    if isinstance(object, (types.TracebackType, types.FrameType)):
        of_module = _code_of(object).co_name == "<module>"
    return (lines, 0) if of_module else (getblock(lines[start:]), start + 1)


def getsource(object):
    """The source of an object as one string; see getsourcelines()."""
    return "".join(getsourcelines(object)[0])
