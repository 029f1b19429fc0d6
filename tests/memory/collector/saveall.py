"""DEBUG_SAVEALL saves instead of freeing."""
import gc

gc.collect()
gc.freeze()

gc.set_debug(gc.DEBUG_SAVEALL)
a = []
a.append(a)
del a
print(gc.collect(), len(gc.garbage))
gc.set_debug(0)
gc.garbage.clear()
print(gc.collect())
