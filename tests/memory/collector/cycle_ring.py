"""A ring of ten instances."""
import gc

gc.collect()
gc.freeze()

class Node:
    pass

first = last = Node()
for _ in range(9):
    new = Node()
    last.next = new
    last = new
last.next = first
del first, last, new
print(gc.collect())
