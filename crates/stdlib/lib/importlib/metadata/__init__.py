"""What installed distributions say about themselves, in the folders `*.dist-info` and `*.egg-info`
on the path."""

import collections
import os
import pathlib
import sys

__all__ = ["Distribution", "DistributionFinder", "PackageMetadata", "PackageNotFoundError",
           "distribution", "distributions", "entry_points", "files", "metadata",
           "packages_distributions", "requires", "version"]


class PackageNotFoundError(ModuleNotFoundError):
    """The package was not found."""

    def __str__(self):
        return f"No package metadata was found for {self.name}"

    @property
    def name(self):
        return self.args[0]


class PackageMetadata:
    """The headers of a distribution's metadata, which may have several values."""

    def __init__(self, text):
        self._items = []
        head, _, body = text.partition("\n\n")
        for line in head.splitlines():
            if line[:1] in (" ", "\t") and self._items:
                name, value = self._items[-1]
                self._items[-1] = name, f"{value}\n{line}"
            else:
                name, colon, value = line.partition(":")
                if colon:
                    self._items.append((name, value.strip()))
        if body:
            self._items.append(("Description", body))

    def __getitem__(self, name):
        return self.get(name)

    def __contains__(self, name):
        return any(key.lower() == name.lower() for key, _ in self._items)

    def __iter__(self):
        return iter([key for key, _ in self._items])

    def __len__(self):
        return len(self._items)

    def get(self, name, failobj=None):
        values = self.get_all(name)
        return values[0] if values else failobj

    def get_all(self, name, failobj=None):
        values = [value for key, value in self._items if key.lower() == name.lower()]
        return values or failobj

    def keys(self):
        return list(self)

    def items(self):
        return list(self._items)


class EntryPoint(collections.namedtuple("EntryPoint", "name value group")):
    """An entry point as defined by Python packaging conventions."""

    dist = None

    @property
    def module(self):
        return self.value.partition(":")[0].partition("[")[0].strip()

    @property
    def attr(self):
        return self.value.partition(":")[2].partition("[")[0].strip()

    @property
    def extras(self):
        inner = self.value.partition("[")[2].rpartition("]")[0]
        return [name.strip() for name in inner.split(",") if name.strip()]

    def load(self):
        """Load the entry point from its definition. If only a module
        is indicated by the value, return that module. Otherwise,
        return the named object.
        """
        import importlib
        found = importlib.import_module(self.module)
        for name in filter(None, self.attr.split(".")):
            found = getattr(found, name)
        return found

    def matches(self, **params):
        """Whether all of the attributes have these values."""
        return all(getattr(self, name) == value for name, value in params.items())


class EntryPoints(tuple):
    """
    An immutable collection of selectable EntryPoint objects.
    """

    __slots__ = ()

    def __getitem__(self, name):
        """
        Get the EntryPoint in self matching name.
        """
        for found in self.select(name=name):
            return found
        raise KeyError(name)

    def __repr__(self):
        return f"{self.__class__.__name__}({tuple(self)!r})"

    def select(self, **params):
        """
        Select entry points from self that match the
        given parameters (typically group and/or name).
        """
        return EntryPoints(found for found in self if found.matches(**params))

    @property
    def names(self):
        """Return the set of all names of all entry points."""
        return {found.name for found in self}

    @property
    def groups(self):
        """Return the set of all groups of all entry points."""
        return {found.group for found in self}


class PackagePath(pathlib.PurePosixPath):
    """A reference to a path in a package"""

    hash = size = dist = None

    def locate(self):
        """Return a path-like object for this path"""
        return self.dist.locate_file(self)

    def read_text(self, encoding="utf-8"):
        return self.locate().read_text(encoding=encoding)

    def read_binary(self):
        return self.locate().read_bytes()


def _normalized(name):
    for char in "_.":
        name = name.replace(char, "-")
    while "--" in name:
        name = name.replace("--", "-")
    return name.lower().replace("-", "_")


class Distribution:
    """A Python distribution package."""

    def __init__(self, path):
        self._path = pathlib.Path(path)

    def read_text(self, filename):
        """Attempt to load metadata file given by the name."""
        try:
            return (self._path / filename).read_text(encoding="utf-8")
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError, PermissionError):
            return None

    def locate_file(self, path):
        """Given a path to a file in this distribution, return a path to it."""
        return self._path.parent / path

    @classmethod
    def from_name(cls, name):
        """Return the Distribution for the given package name."""
        if not name:
            raise ValueError("A distribution name is required.")
        for found in cls.discover(name=name):
            return found
        raise PackageNotFoundError(name)

    @classmethod
    def discover(cls, *, context=None, name=None, path=None):
        """Return an iterable of Distribution objects for all packages."""
        if context is not None:
            name, path = context.name, context.path
        wanted = None if name is None else _normalized(name)
        for folder in sys.path if path is None else path:
            try:
                entries = sorted(os.listdir(folder or "."))
            except OSError:
                continue
            for entry in entries:
                stem, suffix = os.path.splitext(entry)
                if suffix not in (".dist-info", ".egg-info"):
                    continue
                if wanted is None or _normalized(stem.partition("-")[0]) == wanted:
                    yield PathDistribution(os.path.join(folder or ".", entry))

    @staticmethod
    def at(path):
        """Return a Distribution for the indicated metadata path."""
        return PathDistribution(path)

    @property
    def metadata(self):
        """Return the parsed metadata for this Distribution."""
        for name in ("METADATA", "PKG-INFO", ""):
            text = self.read_text(name)
            if text is not None:
                return PackageMetadata(text)
        return PackageMetadata("")

    @property
    def name(self):
        """Return the 'Name' metadata for the distribution package."""
        return self.metadata["Name"]

    @property
    def version(self):
        """Return the 'Version' metadata for the distribution package."""
        return self.metadata["Version"]

    @property
    def entry_points(self):
        found, group = [], None
        for line in (self.read_text("entry_points.txt") or "").splitlines():
            line = line.strip()
            if line.startswith("["):
                group = line.strip("[]")
            elif line and line[0] not in "#;" and group is not None:
                name, _, value = line.partition("=")
                found.append(EntryPoint(name.strip(), value.strip(), group))
        return EntryPoints(found)

    @property
    def files(self):
        """Files in this distribution, or None if that is not recorded."""
        text = self.read_text("RECORD")
        if text is None:
            return None
        paths = []
        for row in text.splitlines():
            name, digest, size = (row.rsplit(",", 2) + ["", ""])[:3]
            if name[:1] == '"':
                name = name.strip('"').replace('""', '"')
            path = PackagePath(name)
            path.dist = self
            path.hash = digest or None
            path.size = int(size) if size.isdigit() else None
            paths.append(path)
        return paths

    @property
    def requires(self):
        """Generated requirements specified for this Distribution"""
        found = self.metadata.get_all("Requires-Dist")
        return found and list(found)


class PathDistribution(Distribution):
    """A distribution in a folder."""


class DistributionFinder:
    """What finds distributions."""

    class Context:
        """What to search for, and where."""

        name = None

        def __init__(self, **kwargs):
            vars(self).update(kwargs)

        @property
        def path(self):
            return vars(self).get("path", sys.path)


class MetadataPathFinder(DistributionFinder):
    """Finds distributions on the path."""

    @classmethod
    def find_distributions(cls, context=DistributionFinder.Context()):
        """Return an iterable of all Distribution instances capable of loading the metadata."""
        return Distribution.discover(context=context)


def distribution(distribution_name):
    """Get the ``Distribution`` instance for the named package."""
    return Distribution.from_name(distribution_name)


def distributions(**kwargs):
    """Get all ``Distribution`` instances in the current environment."""
    return Distribution.discover(**kwargs)


def metadata(distribution_name):
    """Get the metadata for the named package."""
    return distribution(distribution_name).metadata


def version(distribution_name):
    """Get the version string for the named package."""
    return distribution(distribution_name).version


def entry_points(**params):
    """Return EntryPoint objects for all installed packages."""
    found, seen = [], set()
    for item in distributions():
        # Of several of a name the first on the path counts.
        if item.name not in seen:
            seen.add(item.name)
            found.extend(item.entry_points)
    return EntryPoints(found).select(**params)


def files(distribution_name):
    """Return a list of files for the named package."""
    return distribution(distribution_name).files


def requires(distribution_name):
    """Return a list of requirements for the named package."""
    return distribution(distribution_name).requires


def packages_distributions():
    """Return a mapping of top-level packages to their distributions."""
    found = collections.defaultdict(list)
    for item in distributions():
        names = (item.read_text("top_level.txt") or "").split()
        if not names:
            names = {path.parts[0].removesuffix(".py") for path in item.files or ()
                     if path.suffix == ".py"}
        for name in names:
            found[name].append(item.metadata["Name"])
    return dict(found)
