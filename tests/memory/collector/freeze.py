"""Frozen objects are not looked at; unfrozen ones are old."""
import gc

gc.collect()
gc.freeze()

a = []
a.append(a)
gc.freeze()
del a
print(gc.collect())
gc.unfreeze()
print(gc.collect() > 0)
