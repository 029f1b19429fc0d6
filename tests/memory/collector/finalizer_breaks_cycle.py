"""A finaliser that cuts its cycle: nothing left to count."""
import gc

gc.collect()
gc.freeze()

class Cutter:
    def __del__(self):
        self.me = None
        print("cut")

c = Cutter()
c.me = c
del c
print(gc.collect())
