"""A dict that holds itself."""
import gc

gc.collect()
gc.freeze()

d = {}
d["self"] = d
del d
print(gc.collect())
