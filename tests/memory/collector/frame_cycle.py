"""A frame in one of its own locals."""
import gc
import sys

gc.collect()
gc.freeze()

def f():
    frame = sys._getframe()

f()
print(gc.collect())
