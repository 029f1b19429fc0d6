# Specs, loaders and finders: those that are there from the beginning, and those of a program.
import importlib
import importlib.abc
import importlib.machinery as machinery
import importlib.util
import os
import sys
import tempfile
import types
import warnings


def short(value):
    return str(value).replace(os.path.realpath(folder.name), '<folder>').replace(folder.name, '<folder>')


def write(name, text):
    path = os.path.join(folder.name, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'w') as file:
        file.write(text)
    return path


sys.dont_write_bytecode = False
folder = tempfile.TemporaryDirectory()
print([finder.__name__ for finder in sys.meta_path], len(sys.path_hooks))
print(machinery.PathFinder in sys.meta_path, machinery.BuiltinImporter in sys.meta_path)

print('-- specs')
spec = machinery.ModuleSpec('a.b', None, origin='somewhere')
print(spec, spec.parent, spec.cached, spec.has_location, spec.submodule_search_locations)
same = types.SimpleNamespace(name='a.b', loader=None, origin='somewhere', submodule_search_locations=None,
                             cached=None, has_location=False)
print(spec == same, spec == machinery.ModuleSpec('a.b', None), spec == 'a.b')
located = importlib.util.spec_from_file_location('x', '/there/x.py')
tag = sys.implementation.cache_tag
print(located.cached == f'/there/__pycache__/x.{tag}.pyc', located.has_location, type(located.loader).__name__)
print(importlib.util.spec_from_file_location('x', '/there/x.unknown'))
print(importlib.util.spec_from_file_location('x', '/there/x.pyc').cached)
print(importlib.util.cache_from_source('/a/b.py') == f'/a/__pycache__/b.{tag}.pyc',
      importlib.util.cache_from_source('/a/b.py', optimization=2) == f'/a/__pycache__/b.{tag}.opt-2.pyc',
      importlib.util.source_from_cache(f'/a/__pycache__/b.{tag}.pyc'))

print('-- source files')
sys.path.insert(0, folder.name)
write('plain.py', 'value = 42\n')
write('pack/__init__.py', 'from .inner import name\n')
write('pack/inner.py', 'name = __name__\n')
write('spread/one.py', 'x = 1\n')
import plain
import pack
import spread.one
print(short(plain.__file__), type(plain.__loader__).__name__, plain.__spec__.loader is plain.__loader__)
print(short(plain.__cached__).replace(tag, '<tag>'), short(pack.__path__), pack.name, pack.__package__)
print(short(spread), type(spread.__path__).__name__, short(list(spread.__path__)), spread.__file__, len(spread.__path__))
more = tempfile.TemporaryDirectory()
os.mkdir(os.path.join(more.name, 'spread'))
sys.path.append(more.name)
print(len(spread.__path__))
sys.path.remove(more.name)
print(len(spread.__path__), os.path.basename(list(spread.__path__)[0]))
more.cleanup()
loader = plain.__loader__
print(loader.is_package('plain'), loader.get_source('plain'), loader.get_code('plain').co_filename == plain.__file__)
print(loader.get_data(plain.__file__), short(loader.path), loader.name, loader == machinery.SourceFileLoader('plain', loader.path))
for call in (lambda: loader.get_source('other'), lambda: loader.get_filename('other'), lambda: loader.get_data('/no/such')):
    try:
        call()
    except (ImportError, OSError) as error:
        print(type(error).__name__, error)

print('-- bytecode files')
spec = importlib.util.spec_from_file_location('cached', write('cached.py', 'print("runs", __name__)\nvalue = [1]\n'))
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
print(os.path.exists(spec.cached), module.value)
with open(spec.cached, 'rb') as file:
    data = file.read()
print(data[:4] == importlib.util.MAGIC_NUMBER, data[4:8], int.from_bytes(data[12:16], 'little'))
# Without its source it is a module as well.
alone = os.path.join(folder.name, 'alone.pyc')
os.rename(spec.cached, alone)
import alone as sourceless
print(type(sourceless.__loader__).__name__, short(sourceless.__file__), short(sourceless.__cached__), sourceless.value)
for content in (b'', b'\0' * 20, data[:10], data[:4] + b'\xff' + data[5:], data[:16], data[:40]):
    with open(alone, 'wb') as file:
        file.write(content)
    try:
        machinery.SourcelessFileLoader('alone', alone).get_code('alone')
    except (ImportError, EOFError, ValueError) as error:
        text = str(error)
        print(type(error).__name__, text if 'marshal' not in text else 'marshal')
# Stale, wrong and of another source: compiled anew.
for content in (data[:8] + b'\0\0\0\0' + data[12:], b'nonsense', data[:4]):
    with open(spec.cached, 'wb') as file:
        file.write(content)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    with open(spec.cached, 'rb') as file:
        print(file.read(16) == data[:16])

print('-- finders')
finder = machinery.FileFinder(folder.name, (machinery.SourceFileLoader, machinery.SOURCE_SUFFIXES))
print(short(finder), short(finder.find_spec('plain')) != 'None', finder.find_spec('nothing'))
print(short(finder.find_spec('spread')))
hook = machinery.FileFinder.path_hook((machinery.SourceFileLoader, ['.py']))
print(type(hook(folder.name)).__name__)
try:
    hook('/no/such/folder')
except ImportError as error:
    print(error, error.path)
print(machinery.PathFinder.find_spec('plain').name, machinery.PathFinder.find_spec('nothing'))
print(type(sys.path_importer_cache[folder.name]).__name__)
print(machinery.BuiltinImporter.find_spec('sys').origin, machinery.BuiltinImporter.find_spec('plain'))
for method in ('get_code', 'get_source', 'is_package'):
    print(method, getattr(machinery.BuiltinImporter, method)('sys'))
    try:
        getattr(machinery.BuiltinImporter, method)('plain')
    except ImportError as error:
        print(error, error.name)

print('-- of a program')


class Made(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name, path, target=None):
        if name.startswith('made'):
            return importlib.util.spec_from_loader(name, self, is_package=name == 'made')

    def create_module(self, spec):
        if spec.name == 'made.own':
            return types.SimpleNamespace(made_by=self.__class__.__name__)

    def exec_module(self, module):
        if module.__name__ == 'made.fails':
            raise LookupError('on purpose')
        module.done = True


made_finder = Made()
sys.meta_path.append(made_finder)
import made.own
import made.sub
print(made.done, made.own.made_by, made.own.done, made.sub.__spec__.parent, made.__path__)
try:
    import made.fails
except LookupError as error:
    print(error, 'made.fails' in sys.modules)
sys.meta_path.remove(made_finder)
try:
    import made.later
except ImportError as error:
    print(type(error).__name__, error)


def place(path):
    if path != 'somewhere':
        raise ImportError
    print('hook is asked')
    return Place()


class Place:
    def find_spec(self, name, target=None):
        if name == 'placed':
            return importlib.util.spec_from_loader(name, Made())


sys.path_hooks.append(place)
sys.path.append('somewhere')
import placed
try:
    import placed_not
except ImportError as error:
    print(error)
print(placed.done, type(sys.path_importer_cache['somewhere']).__name__)
sys.path_hooks.remove(place)
sys.path.remove('somewhere')

# Folders are found only by who stands for them.
saved = sys.meta_path[:]
sys.meta_path.remove(machinery.PathFinder)
write('hidden.py', '')
try:
    import hidden
except ImportError as error:
    print(error)
sys.meta_path[:] = saved
import hidden
saved, sys.path_hooks[:] = sys.path_hooks[:], []
sys.path_importer_cache.clear()
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter('always')
    try:
        import hidden_too
    except ImportError as error:
        print(error)
print(sorted({str(warning.message) for warning in caught}))
sys.path_hooks[:] = saved
sys.path_importer_cache.clear()

print('-- modules that fail')
write('broken/__init__.py', 'import broken.child\n1 / 0\n')
write('broken/child.py', '')
for _ in range(2):
    try:
        import broken.child
    except ZeroDivisionError as error:
        print(error, 'broken' in sys.modules, 'broken.child' in sys.modules)
sys.modules['pack.forbidden'] = None
try:
    from pack import forbidden
except ImportError as error:
    print(type(error).__name__, error)
try:
    importlib.import_module('.x')
except TypeError as error:
    print(error)
folder.cleanup()
