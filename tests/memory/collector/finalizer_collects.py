"""A collection within a collection does nothing."""
import gc

gc.collect()
gc.freeze()

class Nested:
    def __del__(self):
        print("nested", gc.collect())

n = Nested()
n.me = n
del n
print(gc.collect())
