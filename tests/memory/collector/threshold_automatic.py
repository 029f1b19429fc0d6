"""Automatic collections of a loop that makes cycles."""
import gc

gc.collect()
gc.freeze()

class Node:
    pass

for _ in range(3000):
    n = Node()
    n.me = n
n.me = None
print(gc.get_count()[1:])
