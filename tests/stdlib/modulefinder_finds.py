# modulefinder: what a script imports, in packages, relatively, by stars; what is missing.
import modulefinder
import os
import tempfile

folder = tempfile.TemporaryDirectory()


def write(name, text=''):
    path = os.path.join(folder.name, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'w') as file:
        file.write(text)
    return path


script = write('script.py', '''
import plain, package.inner
from package import value, nothing
from package.deep import *
import missing
try:
    from plain import perhaps
except ImportError:
    import sys
def function():
    import late.one
''')
write('plain.py', 'x = 1\n')
write('package/__init__.py', 'from .inner import thing\nfrom . import sibling\nvalue = 1\n')
write('package/inner.py', 'from .. import beyond\nthing = 1\n')
write('package/sibling.py', 'import package.unknown\n')
write('package/deep/__init__.py', 'from ..sibling import *\nfrom sys import *\n')
write('package/deep/module.py')
write('late/__init__.py')
write('late/one.py', 'broken =\n')
write('excluded.py')

finder = modulefinder.ModuleFinder(path=[folder.name], excludes=['excluded'])
finder.run_script(script)
for name, module in sorted(finder.modules.items()):
    print(repr(module).replace(folder.name, '<folder>'), sorted(module.globalnames), sorted(module.starimports))
print(finder.any_missing_maybe())
print(finder.any_missing())
print({name: sorted(importers) for name, importers in sorted(finder.badmodules.items())})

finder = modulefinder.ModuleFinder(path=[folder.name], replace_paths=[(folder.name, '/elsewhere')])
finder.load_file(os.path.join(folder.name, 'plain.py'))
print(finder.modules['plain'].__code__.co_filename)
modulefinder.AddPackagePath('package', os.path.join(folder.name, 'late'))
modulefinder.ReplacePackage('late', 'other_name')
finder.import_hook('package')
finder.import_hook('late')
print(sorted(finder.modules), len(finder.modules['package'].__path__))
try:
    finder.import_hook('no.such')
except ImportError as error:
    print(error)
folder.cleanup()
