"""yield from, part of a cycle."""
import gc

gc.collect()
gc.freeze()

def inner(box):
    yield box

def outer(box):
    yield from inner(box)

box = []
g = outer(box)
next(g)
box.append(g)
del box, g
print(gc.collect())
