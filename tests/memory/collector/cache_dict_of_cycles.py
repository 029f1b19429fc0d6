"""A cache of cycles, emptied."""
import gc

gc.collect()
gc.freeze()

class Entry:
    pass

cache = {}
for i in range(20):
    e = Entry()
    e.me = e
    cache[i] = e
del e
print(gc.collect())
cache.clear()
print(gc.collect())
