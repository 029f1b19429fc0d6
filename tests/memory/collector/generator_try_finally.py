"""Collecting a generator runs its finally."""
import gc

gc.collect()
gc.freeze()

def gen(box):
    try:
        yield
    finally:
        print("closed")

box = []
g = gen(box)
box.append(g)
next(g)
del box, g
print(gc.collect())
