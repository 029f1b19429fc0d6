"""What only a cycle refers to goes with it."""
import gc

gc.collect()
gc.freeze()

a = [["payload", ["deeper"]], {"k": []}]
a.append(a)
del a
print(gc.collect())
