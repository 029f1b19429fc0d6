# Modules, packages and data in zip files: on sys.path, by zipimporter, and by pkgutil and runpy.
import binascii
import importlib
import os
import pkgutil
import runpy
import sys
import tempfile
import zipimport
import zlib


def number(value, size):
    return value.to_bytes(size, 'little')


def write_zip(path, files, before=b'', comment=b''):
    body, entries = before, b''
    for name, (text, packs) in files.items():
        data = text.encode()
        packed = zlib.compress(data)[2:-4] if packs else data
        common = (number(20, 2) + number(0, 2) + number(8 if packs else 0, 2) + number(0, 2) + number(33, 2)
                  + number(binascii.crc32(data), 4) + number(len(packed), 4) + number(len(data), 4)
                  + number(len(name), 2) + number(0, 2))
        entries += (b'PK\x01\x02' + number(20, 2) + common + bytes(10) + number(len(body) - len(before), 4)
                    + name.encode())
        body += b'PK\x03\x04' + common + name.encode() + packed
    end = (b'PK\x05\x06' + bytes(4) + number(len(files), 2) * 2 + number(len(entries), 4)
           + number(len(body) - len(before), 4) + number(len(comment), 2) + comment)
    with open(path, 'wb') as file:
        file.write(body + entries + end)


folder = tempfile.TemporaryDirectory()
archive = os.path.join(folder.name, 'modules.zip')
write_zip(archive, {
    'plain.py': ('"""A module."""\nvalue = 1\nprint(__name__, __package__)\n', False),
    'packed.py': ('def raises():\n    1 / 0\n' * 20, True),
    'package/': ('', False),
    'package/__init__.py': ('from . import inner\n', True),
    'package/inner.py': ('here = __file__\r\n', False),
    'package/data.txt': ('some data', True),
    'spread/': ('', False),
    'spread/part.py': ('from plain import value\n', False),
    '__main__.py': ('import sys\nprint("main", __name__, len(sys.argv))\nresult = 7\n', False),
    'bad.py': ('1 +\n', False),
}, before=b'#! something before\n', comment=b'a comment')


def short(text):
    return str(text).replace(folder.name, '<folder>')


sys.path.insert(0, archive)
import plain
import package
import packed
import spread.part
print(plain.value, plain.__doc__, short(plain.__file__), short(plain.__loader__))
print(short(package.__path__), short(package.inner.here), short(package.__spec__.origin))
print(spread.part.value, short(list(spread.__path__)), spread.__file__)
try:
    packed.raises()
except ZeroDivisionError as error:
    print(short(error.__traceback__.tb_next.tb_frame.f_code.co_filename))
for name in ('missing', 'package.missing', 'bad'):
    try:
        importlib.import_module(name)
    except (ImportError, SyntaxError) as error:
        print(type(error).__name__, short(error))
print(pkgutil.get_data('package', 'data.txt'))
print(sorted(info.name + ' ' * info.ispkg for info in pkgutil.iter_modules([archive])))
print(runpy.run_path(archive)['result'])

importer = zipimport.zipimporter(archive)
print(short(importer), short(importer.archive), repr(importer.prefix))
print(importer.find_spec('nothing'), short(importer.find_spec('package')))
print(short(importer.find_spec('spread')))
print(importer.is_package('package'), importer.is_package('plain'), short(importer.get_filename('package')))
print(importer.get_source('plain') == '"""A module."""\nvalue = 1\nprint(__name__, __package__)\n')
print(importer.get_data('package/data.txt'), importer.get_data(os.path.join(archive, 'package/data.txt')))
inner = zipimport.zipimporter(os.path.join(archive, 'package'))
print(short(inner), inner.prefix, inner.get_code('inner').co_filename == os.path.join(archive, 'package/inner.py'))
print(sys.path_hooks[0] is zipimport.zipimporter)
for call in (lambda: importer.get_data('nothing'), lambda: importer.is_package('nothing'),
             lambda: importer.get_code('nothing'), lambda: zipimport.zipimporter(''),
             lambda: zipimport.zipimporter(None), lambda: zipimport.zipimporter(folder.name),
             lambda: zipimport.zipimporter('/no/such/file')):
    try:
        call()
    except (OSError, ImportError, TypeError) as error:
        print(type(error).__name__, short(error))

damaged = os.path.join(folder.name, 'damaged.zip')
with open(archive, 'rb') as file:
    content = file.read()
end = content.rindex(b'PK\x05\x06')
for broken in (b'', b'x' * 100, content[:-20], content[:end + 12] + b'\xff\xff\xff\x00' + content[end + 16:],
               content[:end + 16] + b'\xff\xff\xff\x00' + content[end + 20:], content[:end + 10],
               content.replace(b'PK\x03\x04', b'PK\x00\x00')):
    with open(damaged, 'wb') as file:
        file.write(broken)
    zipimport._zip_directory_cache.clear()
    try:
        print(short(zipimport.zipimporter(damaged).get_code('plain')))
    except (ImportError, EOFError) as error:
        print(type(error).__name__, short(error))

# What is added to an archive is seen when the caches are invalidated.
write_zip(archive, {'later.py': ('print("later")\n', False)})
importlib.invalidate_caches()
import later
folder.cleanup()
