"""What the permanent generation holds."""
import gc

gc.collect()
gc.freeze()

before = gc.get_freeze_count()
keep = [[] for _ in range(7)]
gc.freeze()
print(gc.get_freeze_count() - before)
keep.clear()
print(gc.get_freeze_count() - before)
print(gc.collect())
