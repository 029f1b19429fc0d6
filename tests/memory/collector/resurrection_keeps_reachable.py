"""The saved object keeps what it reaches, not more."""
import gc

gc.collect()
gc.freeze()

saved = []

class Phoenix:
    def __del__(self):
        saved.append(self)

class Plain:
    pass

p, reached, lost = Phoenix(), Plain(), Plain()
p.reached = reached
reached.back = p
lost.p, lost.me = p, lost
del p, reached, lost
print(gc.collect())
print(type(saved[0].reached).__name__)
