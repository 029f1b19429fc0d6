# no-stress: every collection calls the callback
import gc
gc.collect()
def cb(phase, info):
    if phase == "stop": raise RuntimeError("in gc callback")
gc.callbacks.append(cb)
gc.collect()
gc.callbacks.clear()
print("after")
