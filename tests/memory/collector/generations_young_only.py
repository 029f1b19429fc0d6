"""A young collection does not see old garbage."""
import gc

gc.collect()
gc.freeze()

a = []
a.append(a)
gc.collect()
del a
print(gc.collect(0), gc.collect(1), gc.collect(2))
