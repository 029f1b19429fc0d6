"""A class with methods, one object more for each."""
import gc

gc.collect()
gc.freeze()

def make():
    class Local:
        def one(self):
            pass
        def two(self):
            pass

make()
print(gc.collect())
