"""A cycle through a frozenset."""
import gc

gc.collect()
gc.freeze()

class Node:
    pass

n = Node()
n.group = frozenset([n])
del n
print(gc.collect())
