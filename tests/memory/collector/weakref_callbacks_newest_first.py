"""Three callbacks, newest first."""
import gc
import weakref

gc.collect()
gc.freeze()

class Node:
    pass

n = Node()
n.me = n
refs = [weakref.ref(n, lambda ref, i=i: print("callback", i)) for i in range(3)]
del n
print(gc.collect())
