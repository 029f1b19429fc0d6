"""Disabled: no collection by itself."""
import gc

gc.collect()
gc.freeze()

gc.disable()
for _ in range(3000):
    x = []
    x.append(x)
del x
print(gc.collect())
