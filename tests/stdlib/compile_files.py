# py_compile, compileall and bytecode files as programs; resources of packages in folders and in parts.
import compileall
import importlib.resources
import importlib.util
import io
import os
import py_compile
import subprocess
import sys
import tempfile
import contextlib
import warnings

folder = tempfile.TemporaryDirectory()
os.environ.pop('SOURCE_DATE_EPOCH', None)
tag = sys.implementation.cache_tag


def short(text):
    return str(text).replace(folder.name, '<folder>').replace(tag, '<tag>')


def write(name, text):
    path = os.path.join(folder.name, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'w') as file:
        file.write(text)
    return path


def listed():
    return sorted(short(os.path.relpath(os.path.join(base, name), folder.name))
                  for base, _, names in os.walk(folder.name) for name in names if name.endswith('.pyc'))


good = write('good.py', 'import sys\nprint("runs as", __name__, len(sys.argv))\nassert False, "not optimised"\n')
bad = write('bad.py', 'def f(:\n    pass\n')
print(short(py_compile.compile(good)))
print(short(py_compile.compile(good, cfile=os.path.join(folder.name, 'out', 'other.pyc'), dfile='shown.py', optimize=1)))
for mode in py_compile.PycInvalidationMode:
    path = py_compile.compile(good, invalidation_mode=mode)
    with open(path, 'rb') as file:
        header = file.read(16)
    print(mode.name, header[:4] == importlib.util.MAGIC_NUMBER, header[4])
try:
    py_compile.compile(bad, doraise=True)
except py_compile.PyCompileError as error:
    print(error.exc_type_name, short(error.file), short(error.msg))
errors = io.StringIO()
with contextlib.redirect_stderr(errors):
    print(py_compile.compile(bad), py_compile.compile(bad, quiet=2))
print(short(errors.getvalue()))
link = os.path.join(folder.name, 'link.pyc')
os.symlink(good, link)
try:
    py_compile.compile(good, cfile=link)
except FileExistsError as error:
    print(short(error))
os.unlink(link)

print(subprocess.run([sys.executable, os.path.join(folder.name, 'out', 'other.pyc'), 'x'], capture_output=True, text=True).stdout)
result = subprocess.run([sys.executable, py_compile.compile(good)], capture_output=True, text=True)
print(result.stdout, short(result.stderr.splitlines()[-1]))

for path in listed():
    os.unlink(os.path.join(folder.name, path.replace('<tag>', tag)))
write('package/__init__.py', '')
write('package/inner.py', 'x = 1\n')
write('package/data.txt', 'data')
write('package/deep/er.py', '')
for options in ({}, {'quiet': 1}, {'quiet': 2}, {'maxlevels': 0}, {'force': True, 'optimize': [0, 2]}, {'legacy': True, 'quiet': 1}):
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        outcome = compileall.compile_dir(folder.name, **options)
    print(options, outcome, listed())
    print(short(output.getvalue()))
for options in ({'ddir': 'a', 'stripdir': 'b'}, {'workers': -1}, {'hardlink_dupes': True}):
    try:
        compileall.compile_dir(folder.name, quiet=2, **options)
    except ValueError as error:
        print(error)
os.unlink(good + 'c')
compileall.compile_file(good, stripdir=folder.name, prependdir='/there', quiet=2, force=True, legacy=True)
with open(good + 'c', 'rb') as file:
    print(b'/there/good.py' in file.read())

sys.path.insert(0, folder.name)
write('spread/one.txt', 'one')
for name in ('package', 'spread'):
    root = importlib.resources.files(name)
    print(type(root).__name__, sorted(entry.name for entry in root.iterdir() if not entry.name.startswith(('__', 'inner'))))
print(importlib.resources.files('package').joinpath('data.txt').read_text(), (importlib.resources.files('spread') / 'one.txt').read_bytes())
with importlib.resources.as_file(importlib.resources.files('package') / 'data.txt') as path:
    print(type(path).__name__, path.name)
with warnings.catch_warnings():
    warnings.simplefilter('ignore')
    print(importlib.resources.is_resource('package', 'data.txt'), importlib.resources.is_resource('package', 'deep'),
          importlib.resources.read_text('package', 'data.txt'))
folder.cleanup()
