"""Abstract base classes of readers of resources."""

import abc
from typing import Protocol, runtime_checkable

__all__ = ["ResourceReader", "Traversable", "TraversableResources"]


class ResourceReader(metaclass=abc.ABCMeta):
    """Abstract base class for loaders to provide resource reading support."""

    @abc.abstractmethod
    def open_resource(self, resource):
        """Return an opened, file-like object for binary reading."""
        raise FileNotFoundError

    @abc.abstractmethod
    def resource_path(self, resource):
        """Return the file system path to the specified resource."""
        raise FileNotFoundError

    @abc.abstractmethod
    def is_resource(self, path):
        """Return True if the named 'path' is a resource."""
        raise FileNotFoundError

    @abc.abstractmethod
    def contents(self):
        """Return an iterable of entries in `package`."""
        raise FileNotFoundError


@runtime_checkable
class Traversable(Protocol):
    """An object with a subset of pathlib.Path methods suitable for
    traversing directories and opening files."""

    @abc.abstractmethod
    def iterdir(self):
        """Yield Traversable objects in self"""

    def read_bytes(self):
        """Read contents of self as bytes"""
        with self.open("rb") as file:
            return file.read()

    def read_text(self, encoding=None):
        """Read contents of self as text"""
        with self.open(encoding=encoding) as file:
            return file.read()

    @abc.abstractmethod
    def is_dir(self):
        """Return True if self is a directory"""

    @abc.abstractmethod
    def is_file(self):
        """Return True if self is a file"""

    @abc.abstractmethod
    def joinpath(self, *descendants):
        """Return Traversable resolved with any descendants applied."""

    def __truediv__(self, child):
        """Return Traversable child in self"""
        return self.joinpath(child)

    @abc.abstractmethod
    def open(self, mode="r", *args, **kwargs):
        """Open for reading, as text or binary by the mode."""

    @property
    @abc.abstractmethod
    def name(self):
        """The base name of this object without any parent references."""


class TraversableResources(ResourceReader):
    """The required interface for providing traversable resources."""

    @abc.abstractmethod
    def files(self):
        """Return a Traversable object for the loaded package."""

    def open_resource(self, resource):
        return self.files().joinpath(resource).open("rb")

    def resource_path(self, resource):
        raise FileNotFoundError(resource)

    def is_resource(self, path):
        return self.files().joinpath(path).is_file()

    def contents(self):
        return (item.name for item in self.files().iterdir())
