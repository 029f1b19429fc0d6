"""A cycle through __slots__."""
import gc

gc.collect()
gc.freeze()

class Node:
    __slots__ = ("next",)

a, b = Node(), Node()
a.next, b.next = b, a
del a, b
print(gc.collect())
