# The import system's own frames are no part of tracebacks of import statements.
import importlib.abc
import importlib.machinery
import importlib.util
import os
import sys
import tempfile


def frames(error):
    found = []
    entry = error.__traceback__
    while entry is not None:
        found.append(entry.tb_frame.f_code.co_name)
        entry = entry.tb_next
    return found


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name, path, target=None):
        if name == 'finder_fails':
            raise ValueError('in the finder')
        if name == 'finder_refuses':
            raise ImportError('refused')
        if name in ('loader_fails', 'creation_fails', 'needs_missing', 'no_loader'):
            return importlib.machinery.ModuleSpec(name, None if name == 'no_loader' else self)

    def create_module(self, spec):
        if spec.name == 'creation_fails':
            raise LookupError('in create_module')

    def exec_module(self, module):
        if module.__name__ == 'needs_missing':
            import missing_module
        raise LookupError('in exec_module')


sys.meta_path.insert(0, Finder())
for name in ('finder_fails', 'finder_refuses', 'loader_fails', 'creation_fails', 'needs_missing', 'no_loader'):
    try:
        exec(f'import {name}')
    except Exception as error:
        print(name, type(error).__name__, error, frames(error) if isinstance(error, ImportError) else frames(error)[-1])

folder = tempfile.TemporaryDirectory()
sys.path.insert(0, folder.name)
for name, text in (('raises.py', 'def inner():\n    1 / 0\ninner()\n'), ('nests.py', 'import raises\n'),
                   ('lacks.py', 'import missing_module\n'), ('wrong.py', 'x = = 1\n'), ('parts/raises_too.py', '1 / 0\n')):
    path = os.path.join(folder.name, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'w') as file:
        file.write(text)
for name in ('raises', 'nests', 'lacks', 'wrong', 'parts.raises_too', 'parts.missing'):
    try:
        exec(f'import {name}')
    except Exception as error:
        print(name, type(error).__name__, frames(error))

# A loader that a program calls itself is told of; the code that it runs is as well.
spec = importlib.util.spec_from_file_location('raises', os.path.join(folder.name, 'raises.py'))
try:
    spec.loader.exec_module(importlib.util.module_from_spec(spec))
except ZeroDivisionError as error:
    print(frames(error)[0], frames(error)[-2:])
folder.cleanup()
