"""Weak references to a cycle are cleared."""
import gc
import weakref

gc.collect()
gc.freeze()

class Node:
    pass

n = Node()
n.me = n
r = weakref.ref(n)
del n
print(r() is None)
print(gc.collect(), r())
