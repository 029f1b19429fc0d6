"""A suspended generator that holds itself."""
import gc

gc.collect()
gc.freeze()

def gen():
    box = []
    box.append((yield box))
    yield

g = gen()
next(g).append(g)
del g
print(gc.collect())
