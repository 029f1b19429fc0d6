"""gc.callbacks sees what the trace tells."""
import gc

gc.collect()
gc.freeze()

def callback(phase, info):
    print(phase, info["generation"], info["collected"])

gc.callbacks.append(callback)
a = []
a.append(a)
del a
gc.collect(0)
gc.callbacks.clear()
