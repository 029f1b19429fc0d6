"""Readers that cannot give files(), made to look as if they could."""

import io

from . import abc


def wrap_spec(package):
    """The spec of a package, with a loader whose reader has files()."""
    return SpecLoaderAdapter(package.__spec__, lambda spec: TraversableResourcesLoader(spec))


class SpecLoaderAdapter:
    """A spec with another loader."""

    def __init__(self, spec, adapter=lambda spec: spec.loader):
        self.spec = spec
        self.loader = adapter(spec)

    def __getattr__(self, name):
        return getattr(self.spec, name)


class TraversableResourcesLoader:
    """Gives the reader of a spec's loader, if that has files(), or one that has."""

    def __init__(self, spec):
        self.spec = spec

    def get_resource_reader(self, name):
        return CompatibilityFiles(self.spec)._native()


class CompatibilityFiles:
    """Reads by what the loader's own reader has: open_resource(), contents() and is_resource()."""

    def __init__(self, spec):
        self.spec = spec

    @property
    def _reader(self):
        find = getattr(self.spec.loader, 'get_resource_reader', None)
        return None if find is None else find(self.spec.name)

    def _native(self):
        reader = self._reader
        return reader if hasattr(reader, 'files') else self

    def __getattr__(self, attr):
        return getattr(self._reader, attr)

    def files(self):
        return _Package(self.spec, self._reader)


class _Place(abc.Traversable):
    """A place that is no file unless the reader says so."""

    def is_file(self):
        return False

    is_dir = is_file

    def iterdir(self):
        return iter(())

    def joinpath(self, other):
        return _Nowhere(self.name, other)

    def open(self, mode='r', *args, **kwargs):
        if mode not in ('r', 'rb'):
            raise ValueError(f'Invalid mode {mode!r}, only "r" and "rb" are supported')
        data = self._stream()
        return io.TextIOWrapper(data, *args, **kwargs) if mode == 'r' else data

    def _stream(self):
        raise FileNotFoundError("Can't open orphan path")


class _Package(_Place):
    """The package itself."""

    def __init__(self, spec, reader):
        self._spec = spec
        self._reader = reader

    @property
    def name(self):
        return self._spec.name

    def iterdir(self):
        names = self._reader.contents() if self._reader else ()
        return (_Resource(self._reader, name) for name in names)

    def joinpath(self, other):
        return _Resource(self._reader, other) if self._reader else _Nowhere(other)

    def _stream(self):
        return self._reader.open_resource(None)


class _Resource(_Place):
    """Something in the package."""

    def __init__(self, reader, name):
        self._reader = reader
        self._name = name

    @property
    def name(self):
        return self._name

    def is_file(self):
        return self._reader.is_resource(self.name)

    def is_dir(self):
        return not self.is_file()

    def _stream(self):
        return self._reader.open_resource(self.name)


class _Nowhere(_Place):
    """Something in what is no folder."""

    def __init__(self, *path_parts):
        if not path_parts:
            raise ValueError('Need at least one path part to construct a path')
        self._path = path_parts

    @property
    def name(self):
        return self._path[-1]


CompatibilityFiles.SpecPath = _Package
CompatibilityFiles.ChildPath = _Resource
CompatibilityFiles.OrphanPath = _Nowhere
