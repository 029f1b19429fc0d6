"""A list that holds itself."""
import gc

gc.collect()
gc.freeze()

a = []
a.append(a)
del a
print(gc.collect())
