"""A callback that makes objects and garbage."""
import gc

gc.collect()
gc.freeze()

seen = []

def callback(phase, info):
    box = [phase]
    box.append(box)
    seen.append(info["collected"])

gc.callbacks.append(callback)
gc.collect()
gc.collect()
gc.callbacks.clear()
print(gc.collect(), seen)
