# no-stress: prints every collection's report
import gc
gc.disable(); gc.collect()
log = []
def cb(phase, info): log.append((phase, info["generation"], info["collected"], info["uncollectable"]))
gc.callbacks.append(cb)
gc.collect(); print(log); log.clear()
l = []; l.append(l); del l; gc.collect(0); print(log); log.clear()
class A: pass
for i in range(3): a = A(); a.a = a
del a; gc.collect(1); print(log); log.clear()
def second(phase, info): log.append(("second", phase))
gc.callbacks.append(second); gc.collect(); print(log); log.clear()
gc.callbacks.insert(0, lambda p, i: log.append("first")); gc.collect(); print(log); log.clear()
gc.callbacks.pop(0); gc.callbacks.remove(second)
def adder(phase, info):
    if phase == "start": gc.callbacks.append(second)
gc.callbacks.append(adder); gc.collect(); print(log); log.clear(); gc.callbacks.remove(adder); gc.callbacks.remove(second)
def nested(phase, info): log.append(("nested", phase, gc.collect()))
gc.callbacks.append(nested); gc.collect(); print(log); log.clear(); gc.callbacks.remove(nested)
def garbage(phase, info): x = []; x.append(x)
gc.callbacks.append(garbage); print(gc.collect(), log); log.clear(); gc.callbacks.remove(garbage); print(gc.collect() >= 1); log.clear()
gc.callbacks.clear(); gc.collect(); print(log, gc.callbacks)
keys = []
gc.callbacks.append(lambda p, i: keys.append(sorted(i))); gc.collect(); print(keys); gc.callbacks.clear()
import sys
seen = []
sys.unraisablehook = lambda u: seen.append((type(u.exc_value).__name__, str(u.exc_value), u.err_msg, u.object is bad))
def bad(phase, info): raise ValueError(phase)
gc.callbacks.append(bad); gc.collect(); print(seen); gc.callbacks.clear()
gc.callbacks.append(5); seen.clear(); sys.unraisablehook = lambda u: seen.append((str(u.exc_value), u.object)); gc.collect(); print(seen); gc.callbacks.clear()
