"""A class is always part of a cycle."""
import gc

gc.collect()
gc.freeze()

def make():
    class Local:
        pass

make()
print(gc.collect())
