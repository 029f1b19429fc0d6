"""weakref.finalize for a cycle."""
import gc
import weakref

gc.collect()
gc.freeze()

class Node:
    pass

n = Node()
n.me = n
f = weakref.finalize(n, print, "finalized")
del n
print(f.alive)
print(gc.collect(), f.alive)
