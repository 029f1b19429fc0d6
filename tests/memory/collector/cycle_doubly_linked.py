"""A doubly linked list of five."""
import gc

gc.collect()
gc.freeze()

class Node:
    def __init__(self, previous):
        self.previous = previous
        self.next = None
        if previous is not None:
            previous.next = self

def build():
    node = None
    for _ in range(5):
        node = Node(node)

build()
print(gc.collect())
