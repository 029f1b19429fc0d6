"""A finaliser that makes garbage of its own."""
import gc

gc.collect()
gc.freeze()

class Maker:
    def __del__(self):
        x = []
        x.append(x)

m = Maker()
m.me = m
del m
print(gc.collect())
print(gc.collect())
