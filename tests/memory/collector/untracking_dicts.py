"""A full collection untracks dicts of atoms."""
import gc

gc.collect()
gc.freeze()

d = {"a": []}
print(gc.is_tracked(d))
d["a"] = 1
gc.collect(0)
print(gc.is_tracked(d))
gc.collect()
print(gc.is_tracked(d))
