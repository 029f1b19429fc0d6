"""The callback of a living weak reference is called."""
import gc
import weakref

gc.collect()
gc.freeze()

class Node:
    pass

n = Node()
n.me = n
r = weakref.ref(n, lambda ref: print("callback", ref() is None))
del n
print(gc.collect())
