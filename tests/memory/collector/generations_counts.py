"""Explicit collections and the counts."""
import gc

gc.collect()
gc.freeze()

gc.set_threshold(10_000)
gc.collect()
for generation in (0, 0, 1, 0, 2):
    gc.collect(generation)
    print(generation, gc.get_count()[1:])
