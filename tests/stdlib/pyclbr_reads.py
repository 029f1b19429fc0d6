# pyclbr: classes and functions of modules and packages, without running them.
import os
import pyclbr
import tempfile

folder = tempfile.TemporaryDirectory()


def write(name, text):
    path = os.path.join(folder.name, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'w') as file:
        file.write(text)


write('read_me.py', '''
import other_one
from other_one import Base, helper as renamed
from read_package.inner import *

class First(Base, unknown.Thing, list):
    def method(self):
        class Inner:
            async def deep(self): pass
    x = 1
    async def coroutine(self): pass

def function(): return 1 / 0
if True:
    class Conditional(other_one.Base): pass
    import missing_module
1 / 0
''')
write('other_one.py', 'class Base: pass\ndef helper(): pass\n')
write('read_package/__init__.py', '')
write('read_package/inner.py', 'class Starred: pass\nclass _Hidden: pass\n')


def show(objects, indent=''):
    for name, found in objects.items():
        if name == '__path__':
            print(indent + name, len(found))
            continue
        more = ''
        if isinstance(found, pyclbr.Class):
            bases = [base if isinstance(base, str) else base.name for base in found.super]
            more = f'{bases} {found.methods}'
        else:
            more = f'async={found.is_async}'
        print(f'{indent}{type(found).__name__} {name} {found.module} {os.path.basename(found.file)} {found.lineno}-{found.end_lineno} {more}')
        show(found.children, indent + '    ')


show(pyclbr.readmodule_ex('read_me', [folder.name]))
print(sorted(pyclbr.readmodule('read_me', [folder.name])))
show(pyclbr.readmodule_ex('read_package', [folder.name]))
show(pyclbr.readmodule_ex('read_package.inner', [folder.name]))
print(pyclbr.readmodule_ex('sys'))
for name in ('missing_module', 'read_me.part'):
    try:
        pyclbr.readmodule_ex(name, [folder.name])
    except ImportError as error:
        print(type(error).__name__, error)
folder.cleanup()
