"""A class with a metaclass of its own."""
import gc

gc.collect()
gc.freeze()

def make():
    class Meta(type):
        pass
    class Local(metaclass=Meta):
        pass

make()
print(gc.collect())
