"""One finaliser saves another object of the cycle."""
import gc

gc.collect()
gc.freeze()

saved = []

class Saver:
    def __del__(self):
        saved.append(self.other)

class Other:
    pass

s, o = Saver(), Other()
s.other, o.saver = o, s
del s, o
print(gc.collect())
print(type(saved[0]).__name__, gc.is_finalized(saved[0].saver))
saved.clear()
print(gc.collect())
