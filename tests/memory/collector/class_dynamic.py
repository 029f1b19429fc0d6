"""A class made by type()."""
import gc

gc.collect()
gc.freeze()

T = type("T", (), {"x": 1})
T.me = T
del T
print(gc.collect())
