"""What installed distributions say about themselves, in the folders `*.dist-info` and `*.egg-info`
on the path."""

import abc
import collections
import os
import pathlib
import sys

from ..abc import MetaPathFinder

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
    """The headers of a distribution's metadata, which may have several values; the text that
    follows them is the header Description."""

    # What may be there several times, by PEP 566.
    multiple_use_keys = frozenset(
        ('classifier', 'obsoletes-dist', 'platform', 'project-url', 'provides-dist',
         'provides-extra', 'requires-dist', 'requires-external', 'supported-platform', 'dynamic'))

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
        self._items = [(name, _without_indentation(value)) for name, value in self._items]
        if body:
            self._items.append(("Description", body))

    def __getitem__(self, name):
        found = self.get(name)
        if found is None:
            import warnings
            warnings.warn(
                "Implicit None on return values is deprecated and will raise KeyErrors.",
                DeprecationWarning, stacklevel=2)
        return found

    def __contains__(self, name):
        return any(key.lower() == name.lower() for key, _ in self._items)

    def __iter__(self):
        return iter([key for key, _ in self._items])

    def __len__(self):
        return len(self._items)

    def get(self, name, failobj=None):
        """The first value of a header."""
        values = self.get_all(name)
        return values[0] if values else failobj

    def get_all(self, name, failobj=None):
        """All values of a header, as a list."""
        values = [value for key, value in self._items if key.lower() == name.lower()]
        return values or failobj

    def keys(self):
        """The names of the headers."""
        return list(self)

    def items(self):
        """Pairs of names and values."""
        return list(self._items)

    @property
    def json(self):
        """The headers as PEP 566 has them in JSON."""
        found = {}
        for key in self:
            lower = key.lower()
            value = self.get_all(key) if lower in self.multiple_use_keys else self.get(key)
            found[lower.replace("-", "_")] = value.split() if lower == "keywords" else value
        return found


def _without_indentation(value):
    """Continued lines begin eight columns further in, as the first one does."""
    if "\n" not in value:
        return value
    import textwrap
    return textwrap.dedent(" " * 8 + value)


class EntryPoint:
    """Something that a distribution offers by a name in a group: a module, or an object in one.

    The value is `module`, or `module:object`, with extras in brackets behind.
    """

    dist = None

    def __init__(self, name, value, group):
        vars(self).update(name=name, value=value, group=group)

    def __setattr__(self, name, value):
        raise AttributeError("EntryPoint objects are immutable.")

    def _of(self, dist):
        vars(self).update(dist=dist)
        return self

    def _key(self):
        return self.name, self.value, self.group

    def __lt__(self, other):
        return self._key() < other._key()

    def __eq__(self, other):
        return self._key() == other._key()

    def __hash__(self):
        return hash(self._key())

    def __repr__(self):
        return f"EntryPoint(name={self.name!r}, value={self.value!r}, group={self.group!r})"

    def _parts(self):
        """Module, attributes and extras."""
        import re
        found = re.match(r"([\w.]+)\s*(?::\s*([\w.]+)\s*)?(?:\[(.*)\])?\s*$", self.value)
        return found.groups()

    @property
    def module(self):
        """The name of the module."""
        return self._parts()[0]

    @property
    def attr(self):
        """The name of the object in the module, None if the module is meant."""
        return self._parts()[1]

    @property
    def extras(self):
        """The names of the extras that are needed."""
        import re
        return re.findall(r"\w+", self._parts()[2] or "")

    def load(self):
        """Import the module, and give it or the object in it."""
        import importlib
        found = importlib.import_module(self.module)
        for name in filter(None, (self.attr or "").split(".")):
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


class FileHash:
    """A checksum of a file: `mode` says by what, `value` is it."""

    def __init__(self, spec):
        self.mode, _, self.value = spec.partition("=")

    def __repr__(self):
        return f"<FileHash mode: {self.mode} value: {self.value}>"


class PackagePath(pathlib.PurePosixPath):
    """The path of a file of a distribution `dist`, with its `hash` and `size` if they are known."""

    hash = size = dist = None

    def locate(self):
        """The file in the file system."""
        return self.dist.locate_file(self)

    def read_text(self, encoding="utf-8"):
        """The text of the file."""
        return self.locate().read_text(encoding=encoding)

    def read_binary(self):
        """The bytes of the file."""
        return self.locate().read_bytes()


class Prepared:
    """A name of a distribution, as it is compared."""

    def __init__(self, name):
        self.name = name
        self.normalized = self.legacy_normalized = None
        if name is not None:
            self.normalized = self.normalize(name)
            self.legacy_normalized = self.legacy_normalize(name)

    @staticmethod
    def normalize(name):
        """As PEP 503 says, but with underscores."""
        import re
        return re.sub(r"[-_.]+", "-", name).lower().replace("-", "_")

    @staticmethod
    def legacy_normalize(name):
        """As eggs are named."""
        return name.lower().replace("-", "_")

    def __bool__(self):
        return bool(self.name)


def _sections(text):
    """The lines of a text, each with the name of the section that it is in."""
    name = None
    for line in map(str.strip, text.splitlines()):
        if line.startswith("[") and line.endswith("]"):
            name = line.strip("[]")
        else:
            yield name, line


class Distribution(metaclass=abc.ABCMeta):
    """A distribution that is installed.  Subclasses tell how its files are read."""

    @abc.abstractmethod
    def read_text(self, filename):
        """The text of a file of the metadata; None if there is no such file."""

    @abc.abstractmethod
    def locate_file(self, path):
        """The place of a file of the distribution."""

    @classmethod
    def from_name(cls, name):
        """The distribution of a name; PackageNotFoundError if there is none."""
        if not name:
            raise ValueError("A distribution name is required.")
        for found in cls.discover(name=name):
            return found
        raise PackageNotFoundError(name)

    @classmethod
    def discover(cls, **kwargs):
        """The distributions that the finders of sys.meta_path find: for a `context`, or one made of
        `name` and `path`."""
        context = kwargs.pop("context", None)
        if context is not None and kwargs:
            raise ValueError("cannot accept context and kwargs")
        if context is None:
            context = DistributionFinder.Context(**kwargs)
        for finder in sys.meta_path:
            find = getattr(finder, "find_distributions", None)
            if find is not None:
                yield from find(context)

    @staticmethod
    def at(path):
        """The distribution whose metadata are in a folder."""
        return PathDistribution(pathlib.Path(path))

    @property
    def metadata(self):
        """What the distribution says about itself."""
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
    def _normalized_name(self):
        return Prepared.normalize(self.name)

    @property
    def version(self):
        """Return the 'Version' metadata for the distribution package."""
        return self.metadata["Version"]

    @property
    def entry_points(self):
        """What the distribution offers."""
        found = []
        for group, line in _sections(self.read_text("entry_points.txt") or ""):
            if group is not None and line and not line.startswith("#"):
                name, _, value = map(str.strip, line.partition("="))
                found.append(EntryPoint(name, value, group)._of(self))
        return EntryPoints(found)

    @property
    def files(self):
        """The files of the distribution that are there; None if nothing tells which they are."""
        rows = self._recorded() or self._installed() or self._sources()
        if rows is None:
            return None
        import csv
        paths = [self._package_path(*row) for row in csv.reader(rows)]
        return [path for path in paths if path.locate().exists()]

    def _package_path(self, name, checksum=None, size=None):
        path = PackagePath(name)
        path.hash = FileHash(checksum) if checksum else None
        path.size = int(size) if size else None
        path.dist = self
        return path

    # Each gives lines of CSV; None without the file.

    def _recorded(self):
        text = self.read_text("RECORD")
        return text and text.splitlines()

    def _installed(self):
        text = self.read_text("installed-files.txt")
        folder = getattr(self, "_path", None)
        if not text or not folder:
            return None
        root = self.locate_file("").resolve()
        return [f'"{(folder / name).resolve().relative_to(root).as_posix()}"'
                for name in text.splitlines()]

    def _sources(self):
        text = self.read_text("SOURCES.txt")
        return text and [f'"{name}"' for name in text.splitlines()]

    @property
    def requires(self):
        """What the distribution needs, as a list; None if it does not say."""
        found = self.metadata.get_all("Requires-Dist")
        if found is None:
            text = self.read_text("requires.txt")
            found = None if text is None else self._deps_from_requires_text(text)
        return found and list(found)

    @classmethod
    def _deps_from_requires_text(cls, source):
        """The requirements in a file of an egg, where extras and conditions head sections."""
        for section, line in _sections(source):
            if not line:
                continue
            extra, _, condition = (section or "").partition(":")
            if extra and condition:
                condition = f"({condition})"
            conditions = [condition] * bool(condition)
            if extra:
                conditions.append(f'extra == "{extra}"')
            # An address must not run into what follows.
            space = " " if "@" in line else ""
            yield line + (f"{space}; {' and '.join(conditions)}" if conditions else space)


class PathDistribution(Distribution):
    """A distribution whose metadata are in a folder, which may be in a zip file."""

    def __init__(self, path):
        self._path = path

    def read_text(self, filename):
        try:
            return self._path.joinpath(filename).read_text(encoding="utf-8")
        except (FileNotFoundError, IsADirectoryError, KeyError, NotADirectoryError,
                PermissionError):
            return None

    def locate_file(self, path):
        return self._path.parent / path

    @property
    def _normalized_name(self):
        # The folder's name tells without its content being read.
        stem = self._name_from_stem(os.path.basename(str(self._path)))
        return stem and Prepared.normalize(stem) or super()._normalized_name

    @staticmethod
    def _name_from_stem(stem):
        name, suffix = os.path.splitext(stem)
        return name.partition("-")[0] if suffix in (".dist-info", ".egg-info") else None


class DistributionFinder(MetaPathFinder):
    """A finder that also finds distributions."""

    class Context:
        """What to search for, and where."""

        name = None

        def __init__(self, **kwargs):
            vars(self).update(kwargs)

        @property
        def path(self):
            """The places to search, by default sys.path."""
            return vars(self).get("path", sys.path)

    @abc.abstractmethod
    def find_distributions(self, context=Context()):
        """The distributions that match a context."""


class MetadataPathFinder(DistributionFinder):
    """Finds distributions on the path."""

    @classmethod
    def find_distributions(cls, context=DistributionFinder.Context()):
        """The distributions of a context's name, or all, on its path."""
        return map(PathDistribution, cls._search_paths(context.name, context.path))

    @classmethod
    def _search_paths(cls, name, paths):
        wanted = Prepared(name)
        for place in map(_Place, paths):
            yield from place.search(wanted)

    @classmethod
    def invalidate_caches(cls):
        """Nothing is remembered: places are looked into each time."""


class _Place:
    """A folder or zip file on the path."""

    def __init__(self, path):
        self._path = path

    def _children(self):
        """The names there, and what makes a path of one."""
        root = self._path or "."
        try:
            return os.listdir(root), pathlib.Path(root).joinpath
        except NotADirectoryError:
            return self._children_of_zip()
        except (OSError, TypeError, ValueError):
            return (), None

    def _children_of_zip(self):
        import zipimport
        from ..resources.readers import zip_root
        try:
            root = zip_root(zipimport.zipimporter(self._path))
        except (ImportError, EOFError, OSError):
            return (), None
        return [child.name for child in root.iterdir()], root.joinpath

    def search(self, wanted):
        """The folders with metadata of a distribution, or of all."""
        names, join = self._children()
        in_egg = os.path.basename(str(self._path)).lower().endswith(".egg")
        eggs = []
        for name in names:
            low = name.lower()
            if low.endswith((".dist-info", ".egg-info")):
                stem = low.rpartition(".")[0].partition("-")[0]
                if not wanted or Prepared.normalize(stem) == wanted.normalized:
                    yield join(name)
                elif stem == wanted.legacy_normalized:
                    eggs.append(join(name))
            elif in_egg and low == "egg-info":
                stem = os.path.basename(self._path).partition("-")[0]
                if not wanted or Prepared.normalize(stem) == wanted.normalized:
                    eggs.append(join(name))
        yield from eggs


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


def _unique(found):
    """The first distribution of each name."""
    seen = set()
    for item in found:
        name = item._normalized_name
        if name not in seen:
            seen.add(name)
            yield item


def entry_points(**params):
    """What all distributions offer, or what of it has attributes with these values."""
    found = [entry for item in _unique(distributions()) for entry in item.entry_points]
    return EntryPoints(found).select(**params)


def files(distribution_name):
    """Return a list of files for the named package."""
    return distribution(distribution_name).files


def requires(distribution_name):
    """Return a list of requirements for the named package."""
    return distribution(distribution_name).requires


def packages_distributions():
    """The names of distributions by the modules and packages that they bring."""
    found = collections.defaultdict(list)
    for item in distributions():
        for name in (item.read_text("top_level.txt") or "").split() or _top_level(item):
            found[name].append(item.metadata["Name"])
    return dict(found)


def _top_level(item):
    """What the files of a distribution seem to be."""
    import inspect
    names = {path.parts[0] if len(path.parts) > 1 else inspect.getmodulename(path)
             for path in item.files or ()}
    return [name for name in names if name and "." not in name]
