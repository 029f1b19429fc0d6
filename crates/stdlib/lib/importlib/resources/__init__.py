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


Anchor = Package


def _resolve(anchor):
    """The module that an anchor names."""
    if isinstance(anchor, str):
        import importlib
        return importlib.import_module(anchor)
    return anchor


_NOT_GIVEN = object()


def files(anchor=_NOT_GIVEN, *, package=_NOT_GIVEN):
    """The folder of the resources of a module or package, given itself or by its name; of the
    caller's if none is given."""
    if package is not _NOT_GIVEN:
        if anchor is not _NOT_GIVEN:
            raise TypeError("files() got an unexpected keyword argument 'package'")
        import warnings
        warnings.warn("First parameter to files is renamed to 'anchor'", DeprecationWarning,
                      stacklevel=2)
        anchor = package
    if anchor is _NOT_GIVEN or anchor is None:
        anchor = sys._getframe(1).f_globals['__name__']
    from ._adapters import wrap_spec
    spec = wrap_spec(_resolve(anchor))
    return spec.loader.get_resource_reader(spec.name).files()


@contextlib.contextmanager
def as_file(path):
    """A context manager that gives the path of a resource in the file system; what does not lie
    there, a folder as well, is copied there for as long as it is needed."""
    if isinstance(path, pathlib.Path):
        yield path
        return
    import tempfile
    with tempfile.TemporaryDirectory() as folder:
        yield _copy(path, pathlib.Path(folder, path.name))


def _copy(source, target):
    try:
        is_folder = source.is_dir()
    except FileNotFoundError:
        # A reader may have content without knowing a place for it.
        is_folder = False
    if is_folder:
        target.mkdir()
        for child in source.iterdir():
            _copy(child, target / child.name)
    else:
        target.write_bytes(source.read_bytes())
    return target


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
    # What is no string is taken by its text.
    name = str(resource)
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
