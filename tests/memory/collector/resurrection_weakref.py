"""A resurrected object's weak references stay dead."""
import gc
import weakref

gc.collect()
gc.freeze()

saved = []

class Phoenix:
    def __del__(self):
        saved.append(self)

p = Phoenix()
p.me = p
r = weakref.ref(p)
del p
print(gc.collect(), r(), len(saved))
