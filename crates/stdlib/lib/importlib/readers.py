"""The readers of resources, which are in importlib.resources.readers."""

from .resources.readers import FileReader, MultiplexedPath, NamespaceReader, ZipReader

__all__ = ['FileReader', 'ZipReader', 'MultiplexedPath', 'NamespaceReader']
