"""A threshold of zero stops collections."""
import gc

gc.collect()
gc.freeze()

gc.set_threshold(0)
for _ in range(2000):
    x = []
    x.append(x)
del x
print(gc.isenabled(), gc.collect())
