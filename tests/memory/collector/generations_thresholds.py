"""Thresholds of 5, 2, 2."""
import gc

gc.collect()
gc.freeze()

class Node:
    pass

gc.set_threshold(5, 2, 2)
keep = []
for _ in range(60):
    keep.append(Node())
gc.set_threshold(0)
print(len(keep))
