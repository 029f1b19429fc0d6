"""Keys that are part of cycles."""
import gc
import weakref

gc.collect()
gc.freeze()

class Node:
    pass

table = weakref.WeakKeyDictionary()
for i in range(3):
    n = Node()
    n.me = n
    table[n] = i
del n
print(gc.collect(), len(table))
