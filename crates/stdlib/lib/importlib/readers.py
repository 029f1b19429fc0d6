"""Readers of the resources of packages in folders."""

import pathlib

from .resources.abc import TraversableResources


class FileReader(TraversableResources):
    """The resources in the folder of a module."""

    def __init__(self, loader):
        self.path = pathlib.Path(loader.path).parent

    def resource_path(self, resource):
        """Return the file system path."""
        return str(self.path.joinpath(resource))

    def files(self):
        return self.path


class NamespaceReader(TraversableResources):
    """The resources in the folders of a package without __init__.py."""

    def __init__(self, namespace_path):
        self.paths = [pathlib.Path(path) for path in namespace_path]

    def resource_path(self, resource):
        """Return the file system path."""
        for path in self.paths:
            if (path / resource).exists():
                return str(path / resource)
        return str(self.paths[0] / resource)

    def files(self):
        return self.paths[0]
