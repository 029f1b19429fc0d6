# no-stress: watches when automatic collections run
import gc
class A: pass
big = [A() for _ in range(20000)]
gc.collect()
log = []
gc.callbacks.append(lambda p, i: log.append(i["generation"]) if p == "start" else None)
gc.set_threshold(50, 2, 2)
keep = []
for _ in range(2000): keep.append(A())
print(2 in log, 1 in log, 0 in log)
log.clear()
for _ in range(20000): keep.append(A())
print(2 in log, log.count(2) < 5)
gc.disable(); gc.callbacks.clear()
