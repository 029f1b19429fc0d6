"""Once its __dict__ was asked for, an instance is two objects."""
import gc

gc.collect()
gc.freeze()

class Node:
    pass

n = Node()
n.me = n
n.__dict__
del n
print(gc.collect())
