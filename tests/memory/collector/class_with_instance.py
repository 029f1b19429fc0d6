"""A class that keeps an instance of itself."""
import gc

gc.collect()
gc.freeze()

def make():
    class Single:
        pass
    Single.instance = Single()

make()
print(gc.collect())
