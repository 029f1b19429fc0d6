"""A tuple can be part of a cycle only through something that changes."""
import gc

gc.collect()
gc.freeze()

box = []
t = (box,)
box.append(t)
del box, t
print(gc.collect())
