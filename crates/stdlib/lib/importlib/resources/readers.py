"""Readers of the resources of packages in folders."""

from importlib.readers import FileReader, NamespaceReader

__all__ = ["FileReader", "NamespaceReader"]
