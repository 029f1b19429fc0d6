# What __main__ says of itself: as a script, by -c, by -m, in a folder, in a zip file, as bytecode, from standard input.
import binascii
import os
import subprocess
import sys
import tempfile

folder = tempfile.TemporaryDirectory()
root = os.path.realpath(folder.name)
tell = '''import sys
loader = __loader__
print(loader.__name__ if isinstance(loader, type) else type(loader).__name__, getattr(loader, 'name', None))
print(__name__, repr(__package__), globals().get('__file__', 'no file'), globals().get('__cached__', 'not cached'))
spec = __spec__
print(None if spec is None else (spec.name, spec.origin, spec.parent, spec.cached, spec.has_location, spec.loader is loader))
print(sys.argv, sys.modules['__main__'].__loader__ is loader)
'''


def write(name, data):
    path = os.path.join(root, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'wb') as file:
        file.write(data if isinstance(data, bytes) else data.encode())
    return path


def number(value, size):
    return value.to_bytes(size, 'little')


def zipped(name, text):
    data = text.encode()
    common = (number(20, 2) + bytes(4) + bytes(2) + number(33, 2) + number(binascii.crc32(data), 4) + number(len(data), 4) * 2
              + number(len(name), 2) + bytes(2))
    local = b'PK\x03\x04' + common + name.encode() + data
    entry = b'PK\x01\x02' + number(20, 2) + common + bytes(14) + name.encode()
    return local + entry + b'PK\x05\x06' + bytes(4) + number(1, 2) * 2 + number(len(entry), 4) + number(len(local), 4) + bytes(2)


def run(title, *arguments, source=None):
    result = subprocess.run([sys.executable, *arguments], capture_output=True, text=True, input=source, cwd=root,
                            env={'PYTHONDONTWRITEBYTECODE': '1'})
    print('--', title, result.returncode)
    for text in (result.stdout, '\n'.join(result.stderr.splitlines()[-1:])):
        if text:
            print(text.replace(root, '<root>').replace(sys.executable, '<python>').replace(sys.implementation.cache_tag, '<tag>').rstrip())


script = write('script.py', tell)
write('module.py', tell)
write('package/__init__.py', '')
write('package/__main__.py', tell)
write('package/inner.py', tell)
write('place/__main__.py', tell)
write('again/__init__.py', '')
write('again/__main__/__init__.py', '')
write('again/__main__/__main__.py', '')
write('empty/other.py', '')
write('app.zip', zipped('__main__.py', tell))
write('with_comment.zip', zipped('__main__.py', tell)[:-2] + number(3, 2) + b'abc')
write('nothing.zip', zipped('other.py', ''))
write('not_a.pyc', b'nonsense' * 10)
run('script', script, 'x')
run('relative', 'script.py')
run('-c', '-c', tell, 'x')
run('standard input', source=tell)
run('-', '-', 'x', source=tell)
run('-m', '-m', 'module', 'x')
run('-m package', '-m', 'package')
run('-m in a package', '-m', 'package.inner')
run('folder', 'place', 'x')
run('zip', 'app.zip', 'x')
run('zip with a comment', 'with_comment.zip')
import py_compile
run('bytecode', py_compile.compile(script, os.path.join(root, 'compiled.pyc')))
run('wrong bytecode', 'not_a.pyc')
run('empty folder', 'empty')
run('empty zip', 'nothing.zip')
run('no file', 'missing.py')
run('no module', '-m', 'missing')
run('no package', '-m', 'package.missing')
run('no main', '-m', 'empty')
run('a package as main', '-m', 'again')
folder.cleanup()
