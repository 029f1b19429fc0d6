"""A cycle that something refers to stays; then it goes."""
import gc

gc.collect()
gc.freeze()

a, b = [], []
a.append(b)
b.append(a)
keep = b
del a, b
print(gc.collect())
del keep
print(gc.collect())
