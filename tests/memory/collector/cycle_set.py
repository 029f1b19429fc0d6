"""A cycle through a set."""
import gc

gc.collect()
gc.freeze()

class Node:
    pass

n = Node()
n.group = {n}
del n
print(gc.collect())
