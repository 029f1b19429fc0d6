"""An instance that is its own attribute counts as one object."""
import gc

gc.collect()
gc.freeze()

class Node:
    pass

n = Node()
n.me = n
del n
print(gc.collect())
