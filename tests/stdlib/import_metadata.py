# importlib.metadata: distributions in folders, as eggs, and in zip files.
import binascii
import csv
import importlib.metadata as metadata
import inspect
import json
import os
import sys
import tempfile
import warnings

folder = tempfile.TemporaryDirectory()
place = os.path.join(folder.name, 'site')


def write(name, text):
    path = os.path.join(place, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'w') as file:
        file.write(text)


write('some_thing-1.5.dist-info/METADATA', '''Metadata-Version: 2.1
Name: Some.Thing
Version: 1.5
Keywords: one two
Classifier: A
Classifier: B
Requires-Dist: other (>=1)
Requires-Dist: more; extra == "x"
Author: Some
        Body

What it is.
''')
write('some_thing-1.5.dist-info/RECORD', 'thing/__init__.py,sha256=abc,12\nthing/gone.py,,\n"with, comma.py",,3\nsome_thing-1.5.dist-info/METADATA,,\n')
write('some_thing-1.5.dist-info/entry_points.txt', '[commands]\nrun = os.path:join\n# nothing\nbare = json\nfull = os.path : split [x, y]\n\n[plugins]\none=os:sep\n')
write('thing/__init__.py', 'x = 1\n')
write('with, comma.py', '')
write('egg.egg-info/PKG-INFO', 'Name: egg\nVersion: 2\n')
write('egg.egg-info/requires.txt', 'plain\n[x]\nextra\n[:cond]\nwhen\n[y:cond]\nboth @ http://there\n')
write('egg.egg-info/top_level.txt', 'egg_module\n')
write('egg.egg-info/SOURCES.txt', 'thing/__init__.py\nnone.py\n')
sys.path[:] = [place]

print(metadata.version('some-thing'), metadata.version('SOME_THING'), metadata.version('egg'))
found = metadata.metadata('some.thing')
print(list(found), len(found), found['name'], found.get_all('Classifier'), found.get('nothing', 7), 'author' in found)
print(found.json)
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter('always')
    print(found['missing'], caught[0].message)
print(metadata.requires('some-thing'), metadata.requires('egg'))
for path in metadata.files('some-thing'):
    print(type(path).__name__, path, path.hash, path.size, path.locate().exists())
print(metadata.files('some-thing')[0].read_text(), metadata.files('egg'))
try:
    metadata.version('nothing')
except metadata.PackageNotFoundError as error:
    print(error, error.name, isinstance(error, ImportError))
try:
    metadata.version('')
except ValueError as error:
    print(error)

entries = metadata.entry_points()
print(sorted(entries.groups), sorted(entries.names))
for entry in sorted(metadata.entry_points(group='commands')):
    print(entry, entry.module, entry.attr, entry.extras, entry.load().__name__, entry.dist.name)
print(metadata.entry_points(name='one'), metadata.entry_points(group='commands')['run'].value)
try:
    entries['nothing']
except KeyError as error:
    print(error)
try:
    entry.name = 'other'
except AttributeError as error:
    print(error)
print(metadata.EntryPoint('a', 'b:c', 'd') == metadata.EntryPoint('a', 'b:c', 'd'), len({metadata.EntryPoint('a', 'b', 'c')} | {metadata.EntryPoint('a', 'b', 'c')}))
print(sorted(item.name for item in metadata.distributions()), [item.name for item in metadata.distributions(name='egg')])
print({name: names for name, names in sorted(metadata.packages_distributions().items())})
try:
    list(metadata.Distribution.discover(context=metadata.DistributionFinder.Context(), name='x'))
except ValueError as error:
    print(error)
print(metadata.Distribution.at(os.path.join(place, 'egg.egg-info')).version)


def number(value, size):
    return value.to_bytes(size, 'little')


# The same in a zip file.
body = entries = b''
for name, text in (('zipped-3.dist-info/METADATA', 'Name: zipped\nVersion: 3\n'), ('zipped-3.dist-info/RECORD', 'zipped.py,,\n'), ('zipped.py', '')):
    common = (number(20, 2) + bytes(6) + number(33, 2) + number(binascii.crc32(text.encode()), 4)
              + number(len(text), 4) * 2 + number(len(name), 2) + bytes(2))
    common = number(20, 2) + bytes(2) + bytes(2) + bytes(2) + number(33, 2) + common[10:]
    entries += b'PK\x01\x02' + number(20, 2) + common + bytes(10) + number(len(body), 4) + name.encode()
    body += b'PK\x03\x04' + common + name.encode() + text.encode()
archive = os.path.join(folder.name, 'zipped.whl')
with open(archive, 'wb') as file:
    file.write(body + entries + b'PK\x05\x06' + bytes(4) + number(3, 2) * 2 + number(len(entries), 4) + number(len(body), 4) + bytes(2))
sys.path.append(archive)
print(metadata.version('zipped'), [str(path) for path in metadata.files('zipped')])
folder.cleanup()
