"""Read resources contained within a package."""

import contextlib
import functools
import os
import pathlib
import sys
import types

from .abc import ResourceReader

__all__ = ["Package", "Resource", "ResourceReader", "as_file", "contents", "files", "is_resource",
           "open_binary", "open_text", "path", "read_binary", "read_text"]

Package = types.ModuleType | str
Resource = str


class _LibraryEntry:
    """A place among the modules that are compiled into the program."""

    def __init__(self, path):
        self._path = path

    @property
    def name(self):
        return self._path.rpartition("/")[2]

    def _text(self):
        import _library
        return _library.source(self._path)

    def _names(self):
        import _library
        package = self._path.removeprefix("<library>").strip("/").replace("/", ".")
        prefix = package + "." if package else ""
        found = set()
        for name in _library.names():
            if name.startswith(prefix):
                first, dot, _ = name[len(prefix):].partition(".")
                is_package = dot or _library.source(f"{self._path}/{first}.py") is None
                found.add(first if is_package else first + ".py")
        if _library.source(f"{self._path}/__init__.py") is not None:
            found.add("__init__.py")
        return found

    def is_file(self):
        return self._text() is not None

    def is_dir(self):
        return not self.is_file() and bool(self._names())

    def iterdir(self):
        return (_LibraryEntry(f"{self._path}/{name}") for name in sorted(self._names()))

    def joinpath(self, *parts):
        return _LibraryEntry("/".join([self._path, *map(str, parts)]))

    __truediv__ = joinpath

    def read_bytes(self):
        text = self._text()
        if text is None:
            raise FileNotFoundError(2, "No such file or directory", self._path)
        return text.encode()

    def read_text(self, encoding=None, errors="strict"):
        return self.read_bytes().decode(encoding or "utf-8", errors)

    def open(self, mode="r", *args, **kwargs):
        import io
        data = io.BytesIO(self.read_bytes())
        return data if "b" in mode else io.TextIOWrapper(data, *args, **kwargs)

    def __repr__(self):
        return f"_LibraryEntry({self._path!r})"


def _package(anchor):
    """The package that an argument names; of none, the caller's."""
    if anchor is None:
        scope = sys._getframe(2).f_globals
        anchor = scope.get("__package__") or scope["__name__"]
    if isinstance(anchor, str):
        import importlib
        anchor = importlib.import_module(anchor)
    return anchor


def files(anchor=None):
    """
    Get a Traversable resource for an anchor.
    """
    package = _package(anchor)
    spec = package.__spec__
    reader = getattr(spec.loader, "get_resource_reader", None)
    if reader is not None and not hasattr(spec.loader, "path"):
        made = reader(spec.name)
        if made is not None and hasattr(made, "files"):
            return made.files()
    locations = spec.submodule_search_locations
    folder = list(locations)[0] if locations else os.path.dirname(spec.origin)
    if folder.startswith("<library>"):
        return _LibraryEntry(folder)
    return pathlib.Path(folder)


@contextlib.contextmanager
def as_file(path):
    """
    Given a Traversable object, return that object as a
    path on the local file system in a context manager.
    """
    if isinstance(path, pathlib.Path):
        yield path
        return
    import tempfile
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder, path.name)
        copy.write_bytes(path.read_bytes())
        yield copy


def _deprecated(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        import warnings
        warnings.warn(f"{function.__name__} is deprecated. Use files() instead. Refer to "
                      "https://importlib-resources.readthedocs.io/en/latest/using.html"
                      "#migrating-from-legacy for migration advice.",
                      DeprecationWarning, stacklevel=2)
        return function(*args, **kwargs)
    return wrapper


def _entry(package, resource):
    name = os.fspath(resource)
    if os.path.dirname(name):
        raise ValueError(f"{resource!r} must be only a file name")
    return files(package) / name


@_deprecated
def open_binary(package, resource):
    """Return a file-like object opened for binary reading of the resource."""
    return _entry(package, resource).open("rb")


@_deprecated
def read_binary(package, resource):
    """Return the binary contents of the resource."""
    return _entry(package, resource).read_bytes()


@_deprecated
def open_text(package, resource, encoding="utf-8", errors="strict"):
    """Return a file-like object opened for text reading of the resource."""
    return _entry(package, resource).open("r", encoding=encoding, errors=errors)


@_deprecated
def read_text(package, resource, encoding="utf-8", errors="strict"):
    """Return the decoded string of the resource.

    The decoding-related arguments have the same semantics as those of
    bytes.decode().
    """
    with _entry(package, resource).open("r", encoding=encoding, errors=errors) as file:
        return file.read()


@_deprecated
def contents(package):
    """Return an iterable of entries in `package`.

    Note that not all entries are resources.  Specifically, directories are
    not considered resources.  Use `is_resource()` on each entry returned here
    to check if it is a resource or not.
    """
    return [entry.name for entry in files(package).iterdir()]


@_deprecated
def is_resource(package, name):
    """True if `name` is a resource inside `package`.

    Directories are *not* resources.
    """
    return any(entry.name == name and entry.is_file() for entry in files(package).iterdir())


@_deprecated
def path(package, resource):
    """A context manager providing a file path object to the resource."""
    return as_file(_entry(package, resource))
