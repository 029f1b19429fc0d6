"""A tree whose children know their parents."""
import gc

gc.collect()
gc.freeze()

class Node:
    def __init__(self, depth, parent=None):
        self.parent = parent
        self.children = [Node(depth - 1, self) for _ in range(2)] if depth else []

root = Node(3)
print(gc.collect())
del root
print(gc.collect())
