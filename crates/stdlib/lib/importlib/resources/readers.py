"""Readers of the resources of packages: in folders, in several folders, in zip files, and in the
program itself."""

import pathlib
import posixpath

from . import abc


class FileReader(abc.TraversableResources):
    """The resources in the folder of a module."""

    def __init__(self, loader):
        self.path = pathlib.Path(loader.path).parent

    def resource_path(self, resource):
        """The path of a resource in the file system."""
        return str(self.path.joinpath(resource))

    def files(self):
        return self.path


class _Entry(abc.Traversable):
    """A place in a tree of which only the names are known, with slashes between their parts.

    Subclasses tell which names there are, and give the content of files.
    """

    def __init__(self, tree, at):
        self._tree = tree
        self._at = at

    def __eq__(self, other):
        return type(self) is type(other) and vars(self) == vars(other)

    def __hash__(self):
        return hash(self._at)

    def __str__(self):
        return self._tree.shown(self._at)

    def __repr__(self):
        return f'{type(self).__name__}({str(self)!r})'

    @property
    def name(self):
        return posixpath.basename(str(self).rstrip('/'))

    @property
    def parent(self):
        return type(self)(self._tree, posixpath.dirname(self._at))

    def is_file(self):
        return self._tree.read(self._at) is not None

    def is_dir(self):
        return not self.is_file() and any(True for _ in self.iterdir())

    def exists(self):
        return self.is_file() or self.is_dir()

    def iterdir(self):
        prefix = self._at + '/' if self._at else ''
        seen = set()
        for name in self._tree.names():
            first = name[len(prefix):].partition('/')[0] if name.startswith(prefix) else ''
            if first and first not in seen:
                seen.add(first)
                yield type(self)(self._tree, prefix + first)

    def joinpath(self, *descendants):
        parts = [self._at, *map(str, descendants)]
        return type(self)(self._tree, posixpath.normpath(posixpath.join(*parts)).lstrip('./'))

    def read_bytes(self):
        data = self._tree.read(self._at)
        if data is None:
            raise (IsADirectoryError if self.is_dir() else FileNotFoundError)(str(self))
        return data

    def read_text(self, encoding=None, errors='strict'):
        with self.open('r', encoding=encoding, errors=errors) as file:
            return file.read()

    def open(self, mode='r', *args, **kwargs):
        import io
        if mode not in ('r', 'rb'):
            raise ValueError(f'invalid mode {mode!r}: resources can only be read')
        data = io.BytesIO(self.read_bytes())
        return data if mode == 'rb' else io.TextIOWrapper(data, *args, **kwargs)


class _Archive:
    """The tree in a zip file, as a zipimporter knows it."""

    def __init__(self, importer):
        self._importer = importer

    def shown(self, at):
        return posixpath.join(self._importer.archive, at)

    def names(self):
        return self._importer._files

    def read(self, at):
        return self._importer.get_data(at) if at in self._importer._files else None


def zip_root(importer):
    """The top of the archive of a zipimporter."""
    return _Entry(_Archive(importer), '')


class ZipReader(abc.TraversableResources):
    """The resources of a package in a zip file."""

    def __init__(self, loader, module):
        name = module.rpartition('.')[2]
        self.prefix = loader.prefix.replace('\\', '/') + name + '/'
        self.archive = loader.archive
        self._root = _Entry(_Archive(loader), self.prefix.rstrip('/'))

    def open_resource(self, resource):
        try:
            return super().open_resource(resource)
        except KeyError as error:
            raise FileNotFoundError(error.args[0])

    def is_resource(self, path):
        """Whether there is such a file; of folders, that is false."""
        target = self.files().joinpath(path)
        return target.is_file() and target.exists()

    def files(self):
        return self._root


class _Library:
    """The tree of modules that are compiled into the program."""

    ROOT = '<library>/'

    def shown(self, at):
        return self.ROOT + at

    def names(self):
        import _library
        for name in _library.names():
            path = name.replace('.', '/')
            if _library.source(f'{self.ROOT}{path}.py') is not None:
                yield path + '.py'
            else:
                yield path + '/__init__.py'

    def read(self, at):
        import _library
        text = _library.source(self.ROOT + at)
        return None if text is None else text.encode()


class LibraryReader(abc.TraversableResources):
    """The resources of a package that is compiled into the program: its modules."""

    def __init__(self, loader):
        folder = posixpath.dirname(loader.path).removeprefix(_Library.ROOT.rstrip('/')).strip('/')
        self._root = _Entry(_Library(), folder)

    def files(self):
        return self._root


class MultiplexedPath(abc.Traversable):
    """Several folders as if they were one; where they have a file of the same name, the first one's
    is meant."""

    def __init__(self, *paths):
        self._paths = list(dict.fromkeys(map(pathlib.Path, paths)))
        if not self._paths:
            raise FileNotFoundError('MultiplexedPath must contain at least one path')
        if not all(path.is_dir() for path in self._paths):
            raise NotADirectoryError('MultiplexedPath only supports directories')

    def __repr__(self):
        shown = ', '.join(f'{str(path)!r}' for path in self._paths)
        return f'MultiplexedPath({shown})'

    def iterdir(self):
        found = {}
        for folder in self._paths:
            for child in folder.iterdir():
                found.setdefault(child.name, []).append(child)
        for children in found.values():
            yield self._joined(children)

    def _joined(self, places):
        """Folders of the same name as one; else the first of the places."""
        if len(places) > 1 and all(place.is_dir() for place in places):
            return MultiplexedPath(*places)
        return places[0]

    def read_bytes(self):
        raise FileNotFoundError(f'{self} is not a file')

    def read_text(self, *args, **kwargs):
        raise FileNotFoundError(f'{self} is not a file')

    def open(self, *args, **kwargs):
        raise FileNotFoundError(f'{self} is not a file')

    def is_dir(self):
        return True

    def is_file(self):
        return False

    def joinpath(self, *descendants):
        parts = [part for descendant in descendants
                 for part in pathlib.PurePosixPath(descendant).parts]
        if not parts:
            return self
        first, *rest = parts
        places = [path / first for path in self._paths if (path / first).exists()]
        found = self._joined(places) if places else self._paths[0] / first
        return found.joinpath(*rest)

    @property
    def name(self):
        return self._paths[0].name


class NamespaceReader(abc.TraversableResources):
    """The resources of a package without __init__.py."""

    def __init__(self, namespace_path):
        if 'NamespacePath' not in str(namespace_path):
            raise ValueError('Invalid path')
        self.path = MultiplexedPath(*list(namespace_path))

    def resource_path(self, resource):
        """The path of a resource in the file system."""
        return str(self.path.joinpath(resource))

    def files(self):
        return self.path
