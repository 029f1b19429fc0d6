"""Survivors move from young to middle to old."""
import gc

gc.collect()
gc.freeze()

keep = [[] for _ in range(10)]
for generation in (0, 1, 2):
    print(generation, gc.collect(generation), [len(gc.get_objects(g)) > 9 for g in range(3)])
