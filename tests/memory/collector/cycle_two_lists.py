"""Two lists that hold each other."""
import gc

gc.collect()
gc.freeze()

a, b = [], []
a.append(b)
b.append(a)
del a, b
print(gc.collect())
