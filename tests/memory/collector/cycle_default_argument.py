"""A function in its own default argument."""
import gc

gc.collect()
gc.freeze()

def make():
    box = []
    def f(box=box):
        pass
    box.append(f)

make()
print(gc.collect())
