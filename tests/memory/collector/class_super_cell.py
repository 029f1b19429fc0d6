"""A class whose method uses super(): the __class__ cell."""
import gc

gc.collect()
gc.freeze()

def make():
    class Local:
        def __init__(self):
            super().__init__()
    Local()

make()
print(gc.collect())
