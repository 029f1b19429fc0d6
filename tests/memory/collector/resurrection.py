"""A finaliser saves its object; it is not finalised twice."""
import gc

gc.collect()
gc.freeze()

saved = []

class Phoenix:
    def __del__(self):
        print("del")
        saved.append(self)

p = Phoenix()
p.me = p
del p
print(gc.collect(), len(saved))
saved.clear()
print(gc.collect())
