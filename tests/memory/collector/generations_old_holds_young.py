"""An old object keeps a young one."""
import gc

gc.collect()
gc.freeze()

old = []
gc.collect()
young = []
young.append(young)
old.append(young)
del young
print(gc.collect(0))
old.clear()
print(gc.collect(0), gc.collect(2))
