"""A full collection waits until a quarter of the old objects are new."""
import gc

gc.collect()
gc.freeze()

class Node:
    pass

gc.set_threshold(10, 2, 2)
keep = [Node() for _ in range(400)]
gc.collect()
more = []
for _ in range(150):
    more.append(Node())
gc.set_threshold(0)
print(len(more))
