"""Finalisers run in the order of creation."""
import gc

gc.collect()
gc.freeze()

class Noisy:
    def __init__(self, name):
        self.name = name
        self.peers = None
    def __del__(self):
        print("del", self.name)

group = [Noisy(n) for n in "abcde"]
for n in group:
    n.peers = group
del group, n
print(gc.collect())
