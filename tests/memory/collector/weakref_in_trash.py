"""A weak reference that is trash itself does not call back."""
import gc
import weakref

gc.collect()
gc.freeze()

class Node:
    pass

n = Node()
n.me = n
n.ref = weakref.ref(n, lambda ref: print("never"))
del n
print(gc.collect())
