# Names that cannot be imported, finders and loaders that do what they must not.
import importlib
import sys
from importlib.machinery import ModuleSpec


def attempt(what, *args, **keywords):
    try:
        print(what(*args, **keywords))
    except BaseException as error:
        print(type(error).__name__, error, repr(getattr(error, "name", None)))


for name in ("nosuch", "", ".os", "os.nosuch", "os.path.nosuch", "a\0b", "a'b", "é€", 5, None):
    attempt(__import__, name)
    attempt(importlib.import_module, name)
attempt(__import__, "os", level=-1)
attempt(__import__, "os", level=1)


class Finder:
    def __init__(self, found):
        self.found = found

    def find_spec(self, name, path, target=None):
        return self.found if name.startswith("odd") else None


class Leaving:
    def create_module(self, spec):
        return None

    def exec_module(self, module):
        del sys.modules[module.__name__]


class Replacing(Leaving):
    def exec_module(self, module):
        sys.modules[module.__name__] = "replaced"


class Failing(Leaving):
    def exec_module(self, module):
        raise KeyError(module.__name__)


for number, found in enumerate((5, ModuleSpec("odd1", Leaving()), ModuleSpec("odd2", Replacing()),
                                ModuleSpec("odd3", Failing()), ModuleSpec("odd4", None))):
    sys.meta_path.insert(0, Finder(found))
    for load in (importlib.import_module, __import__):
        attempt(load, f"odd{number}")
        print(f"odd{number}" in sys.modules)
    del sys.meta_path[0]
