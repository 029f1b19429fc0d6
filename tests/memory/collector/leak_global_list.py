"""A list that grows: no garbage, only survivors."""
import gc

gc.collect()
gc.freeze()

leak = []
for _ in range(3):
    leak.extend([[i] for i in range(100)])
    print(gc.collect(), len(leak))
