"""An exception group whose members refer to it."""
import gc

gc.collect()
gc.freeze()

def make():
    e = ValueError("member")
    group = ExceptionGroup("group", [e])
    e.group = group

make()
print(gc.collect())
