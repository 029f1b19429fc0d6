"""In a cycle callbacks come before finalisers."""
import gc
import weakref

gc.collect()
gc.freeze()

class Node:
    def __del__(self):
        print("del")

n = Node()
n.me = n
r = weakref.ref(n, lambda ref: print("callback"))
del n
print(gc.collect())
