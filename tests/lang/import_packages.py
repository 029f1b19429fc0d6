import imppkg
print(imppkg.__name__, imppkg.value, imppkg.__package__, imppkg.__file__.endswith("imppkg/__init__.py"), [p.rpartition("/")[2] for p in imppkg.__path__])
import imppkg.mod_a
print(imppkg.mod_a.name, imppkg.mod_a.__name__, imppkg.mod_a.__package__)
from imppkg import mod_a, value as v
print(mod_a is imppkg.mod_a, v)
from imppkg.sub import deep
print(deep.up, deep.sibling, deep.top, deep.__name__)
import imppkg.sub.deep as d2
print(d2 is deep)
from imppkg.sub.deep import *
print(public, "_private" in globals(), "hidden" in globals())
from imppkg.withall import *
print(listed, "_listed_private" in globals(), "unlisted" in globals())
import sys
print("imppkg.sub" in sys.modules, sys.modules["imppkg"] is imppkg)
try: import imppkg.nothing
except ModuleNotFoundError as e: print(e, e.name)
try: from imppkg import nothing
except ImportError as e: print(str(e).split(" (")[0], e.name)
try: import imppkg.mod_a.x
except ModuleNotFoundError as e: print(e)
try: from imppkg.badall import *
except AttributeError as e: print(e)
try: import imppkg.raises
except ValueError as e: print(e, "imppkg.raises" in sys.modules, hasattr(imppkg, "raises"))
print(__import__("imppkg.sub.deep").__name__, __import__("imppkg.sub.deep", fromlist=["x"]).__name__, __import__("imppkg", fromlist=["mod_a"]).mod_a is mod_a)
def f():
    import imppkg.mod_a
    from imppkg import mod_a as local
    return local is imppkg.mod_a
print(f())
del sys.modules["imppkg.mod_a"]
import imppkg.mod_a as again
print(again is mod_a, imppkg.mod_a is again)
sys.modules["fake"] = 5
import fake
print(fake)
sys.modules["none"] = None
try: import none
except ModuleNotFoundError as e: print(e)
import imppkg.replaces
print(imppkg.replaces)
print(imppkg.lazy_attr, imppkg.__getattr__("zzz") if 0 else "")
try: imppkg.not_lazy
except AttributeError as e: print(e)
try: from imppkg import not_lazy
except ImportError as e: print(str(e).split(" (")[0])
