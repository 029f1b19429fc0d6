"""Tools for packages: listing modules, finding importers, extending paths, data of packages, names of objects."""

import importlib
import importlib.machinery
import importlib.util
import os.path
import sys
import warnings
from collections import namedtuple
from functools import singledispatch
from types import ModuleType

__all__ = ['ModuleInfo', 'extend_path', 'find_loader', 'get_data', 'get_importer', 'get_loader',
           'iter_importers', 'iter_modules', 'read_code', 'walk_packages']

ModuleInfo = namedtuple('ModuleInfo', 'module_finder name ispkg')
ModuleInfo.__doc__ = 'A module that was found: its finder, its name and whether it is a package.'


def read_code(stream):
    """The code in an open file of compiled code, or None if it is something else."""
    if stream.read(4) != importlib.util.MAGIC_NUMBER:
        return None
    import marshal

    # The rest of the header: flags, and the date and size of the source or its hash.
    stream.read(12)
    return marshal.load(stream)


def walk_packages(path=None, prefix='', onerror=None):
    """All modules on the path and in the packages on it, as ModuleInfo; of sys.path without a path.

    `prefix` goes before every name. The packages are imported, to learn their paths; an exception
    from that goes to `onerror` with the name of the package, without it only ImportError is ignored.
    """
    yield from _walk(path, prefix, onerror, set())


def _walk(path, prefix, onerror, seen):
    """walk_packages(), with the entries of paths that were walked."""
    for info in iter_modules(path, prefix):
        yield info
        if not info.ispkg:
            continue
        try:
            __import__(info.name)
        except ImportError:
            if onerror is not None:
                onerror(info.name)
        except Exception:
            if onerror is None:
                raise
            onerror(info.name)
        else:
            entries = []
            for entry in getattr(sys.modules[info.name], '__path__', None) or []:
                if entry not in seen:
                    seen.add(entry)
                    entries.append(entry)
            yield from _walk(entries, info.name + '.', onerror, seen)


def iter_modules(path=None, prefix=''):
    """The modules directly on the path, as ModuleInfo; without a path, all top-level ones of sys.path."""
    if path is None:
        importers = iter_importers()
    elif isinstance(path, str):
        raise ValueError("path must be None or list of paths to look for modules in")
    else:
        importers = map(get_importer, path)
    found = (ModuleInfo(importer, name, ispkg) for importer in importers
             for name, ispkg in iter_importer_modules(importer, prefix))
    seen = set()
    for info in found:
        if info.name not in seen:
            seen.add(info.name)
            yield info


@singledispatch
def iter_importer_modules(importer, prefix=''):
    """The names of the modules an importer has, each with whether it is a package."""
    if not hasattr(importer, 'iter_modules'):
        return []
    return importer.iter_modules(prefix)


def _list_directory(path):
    """The names in a directory, none if it cannot be read: imports ignore that too."""
    try:
        return os.listdir(path)
    except OSError:
        return []


def _iter_file_finder_modules(importer, prefix=''):
    """The modules in the directory of a FileFinder."""
    import inspect

    if importer.path is None or not os.path.isdir(importer.path):
        return
    yielded = set()
    # Sorted, a package comes before a module of the same name.
    for entry in sorted(_list_directory(importer.path)):
        name = inspect.getmodulename(entry)
        if name == '__init__' or name in yielded:
            continue
        path = os.path.join(importer.path, entry)
        ispkg = False
        if not name and os.path.isdir(path) and '.' not in entry:
            if all(inspect.getmodulename(part) != '__init__' for part in _list_directory(path)):
                continue
            name = entry
            ispkg = True
        if name and '.' not in name:
            yielded.add(name)
            yield prefix + name, ispkg


iter_importer_modules.register(importlib.machinery.FileFinder, _iter_file_finder_modules)

try:
    import zipimport
    from zipimport import zipimporter
except ImportError:
    pass
else:
    def iter_zipimport_modules(importer, prefix=''):
        """The modules in the part of an archive a zipimporter is for."""
        import inspect

        start = importer.prefix
        yielded = set()
        for path in sorted(zipimport._zip_directory_cache[importer.archive]):
            if not path.startswith(start):
                continue
            parts = path[len(start):].split(os.sep)
            if len(parts) == 2 and parts[1].startswith('__init__.py'):
                if parts[0] not in yielded:
                    yielded.add(parts[0])
                    yield prefix + parts[0], True
            if len(parts) != 1:
                continue
            name = inspect.getmodulename(parts[0])
            if name and name != '__init__' and '.' not in name and name not in yielded:
                yielded.add(name)
                yield prefix + name, False

    iter_importer_modules.register(zipimporter, iter_zipimport_modules)


def get_importer(path_item):
    """The finder for an entry of a path, or None; a new one is kept in sys.path_importer_cache."""
    path_item = os.fsdecode(path_item)
    try:
        return sys.path_importer_cache[path_item]
    except KeyError:
        pass
    for hook in sys.path_hooks:
        try:
            importer = hook(path_item)
        except ImportError:
            continue
        sys.path_importer_cache.setdefault(path_item, importer)
        return importer
    return None


def iter_importers(fullname=""):
    """The finders a module is looked for with: of its package if the name has dots (the package is
    imported), else those on sys.meta_path and for sys.path."""
    if fullname.startswith('.'):
        raise ImportError(f"Relative module name {fullname!r} not supported")
    if '.' in fullname:
        package = importlib.import_module(fullname.rpartition(".")[0])
        path = getattr(package, '__path__', None)
        if path is None:
            return
    else:
        yield from sys.meta_path
        path = sys.path
    for item in path:
        yield get_importer(item)


def _warn_deprecated(name):
    warnings._deprecated(f"pkgutil.{name}",
                         f"{warnings._DEPRECATED_MSG}; use importlib.util.find_spec() instead",
                         remove=(3, 14))


def get_loader(module_or_name):
    """The loader of a module or of the module with a name, None if there is none. Deprecated."""
    _warn_deprecated("get_loader")
    module = sys.modules.get(module_or_name, module_or_name)
    if module is None:
        return None
    if not isinstance(module, ModuleType):
        return find_loader(module)
    loader = getattr(module, '__loader__', None)
    if loader is None and getattr(module, '__spec__', None) is not None:
        return find_loader(module.__name__)
    return loader


def find_loader(fullname):
    """The loader a module would be imported with, None if it is not found. Deprecated."""
    _warn_deprecated("find_loader")
    if fullname.startswith('.'):
        raise ImportError(f"Relative module name {fullname!r} not supported")
    try:
        spec = importlib.util.find_spec(fullname)
    except (ImportError, AttributeError, TypeError, ValueError) as problem:
        raise ImportError(f"Error while finding loader for {fullname!r} "
                          f"({type(problem)}: {problem})") from problem
    return spec.loader if spec is not None else None


def extend_path(path, name):
    """A copy of the path of a package, with the directories added that others have for the package.

    For use in an __init__: `__path__ = extend_path(__path__, __name__)`. They are looked for in
    sys.path, or in the path of the package above. The lines of files NAME.pkg there are added as
    they are. A path that is not a list comes back unchanged.
    """
    if not isinstance(path, list):
        return path
    path = path[:]
    parent, _, final_name = name.rpartition('.')
    if parent:
        try:
            search_path = sys.modules[parent].__path__
        except (KeyError, AttributeError):
            return path
    else:
        search_path = sys.path

    for directory in search_path:
        if not isinstance(directory, str):
            continue
        for portion in _find_portions(get_importer(directory), final_name):
            if portion not in path:
                path.append(portion)
        file_name = os.path.join(directory, name + ".pkg")
        if os.path.isfile(file_name):
            try:
                file = open(file_name)
            except OSError as problem:
                sys.stderr.write(f"Can't open {file_name}: {problem}\n")
            else:
                with file:
                    lines = (line.rstrip('\n') for line in file)
                    path.extend(line for line in lines if line and not line.startswith('#'))
    return path


def _find_portions(finder, name):
    """The directories a finder has for a package."""
    if finder is None:
        return []
    if hasattr(finder, 'find_spec'):
        spec = finder.find_spec(name)
        if spec is None:
            return []
        return spec.submodule_search_locations or []
    if hasattr(finder, 'find_loader'):
        return finder.find_loader(name)[1]
    return []


def get_data(package, resource):
    """The bytes of a file of a package, by its path relative to it, with '/' between the parts.

    None if the package is not found or its loader gives no data.
    """
    spec = importlib.util.find_spec(package)
    loader = None if spec is None else spec.loader
    if not hasattr(loader, 'get_data'):
        return None
    module = sys.modules.get(package) or importlib._bootstrap._load(spec)
    if module is None or not hasattr(module, '__file__'):
        return None
    parts = resource.split('/')
    parts.insert(0, os.path.dirname(module.__file__))
    return loader.get_data(os.path.join(*parts))


_name_match = None


def resolve_name(name):
    """The object with a dotted name: 'package.module:object.attribute', or all with dots.

    With the colon, what is before it is imported, once. Without, as much of the name as can be is
    imported, and the rest are attributes. ValueError if the name is not such a name; otherwise
    ImportError or AttributeError where something is missing.
    """
    global _name_match
    if _name_match is None:
        import re
        dotted = r'(?!\d)(\w+)(\.(?!\d)(\w+))*'
        _name_match = re.compile(f'^(?P<module>{dotted})(?P<colon>:(?P<object>{dotted})?)?$').match
    match = _name_match(name)
    if not match:
        raise ValueError(f'invalid format: {name!r}')
    if match['colon']:
        result = importlib.import_module(match['module'])
        attributes = match['object'].split('.') if match['object'] else []
    else:
        module_name, *attributes = name.split('.')
        result = importlib.import_module(module_name)
        while attributes:
            module_name = f'{module_name}.{attributes[0]}'
            try:
                result = importlib.import_module(module_name)
            except ImportError:
                break
            del attributes[0]
    for attribute in attributes:
        result = getattr(result, attribute)
    return result
