"""A finaliser runs once for a cycle."""
import gc

gc.collect()
gc.freeze()

class Noisy:
    def __del__(self):
        print("del", self.name)

a = Noisy()
a.name = "a"
a.me = a
del a
print(gc.collect())
