"""An exception in a finaliser is reported and dropped."""
import gc
import sys

gc.collect()
gc.freeze()

def hook(info):
    print("unraisable:", info.exc_type.__name__, info.object.__qualname__)

sys.unraisablehook = hook

class Bad:
    def __del__(self):
        raise RuntimeError("no")

b = Bad()
b.me = b
del b
print(gc.collect())
