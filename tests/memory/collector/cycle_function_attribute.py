"""A function that is its own attribute."""
import gc

gc.collect()
gc.freeze()

def make():
    def f():
        pass
    f.me = f

make()
print(gc.collect())
