"""Peers are intact while finalisers run."""
import gc

gc.collect()
gc.freeze()

class Peer:
    def __init__(self, name):
        self.name = name
    def __del__(self):
        print(self.name, "sees", self.other.name)

a, b = Peer("a"), Peer("b")
a.other, b.other = b, a
del a, b
print(gc.collect())
