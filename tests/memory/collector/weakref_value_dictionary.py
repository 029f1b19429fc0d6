"""A cache of weak values empties itself."""
import gc
import weakref

gc.collect()
gc.freeze()

class Node:
    pass

cache = weakref.WeakValueDictionary()
for i in range(4):
    n = Node()
    n.me = n
    cache[i] = n
print(len(cache))
del n
print(gc.collect(), len(cache))
