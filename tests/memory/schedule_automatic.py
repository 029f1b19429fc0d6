# no-stress: watches when automatic collections run
import gc
gc.collect(); log = []
gc.callbacks.append(lambda p, i: log.append(i["generation"]) if p == "start" else None)
gc.set_threshold(5, 2, 2)
class A: pass
keep = []
def churn(n):
    for _ in range(n): keep.append(A())
churn(30); gc.disable(); print(log[:8]); log.clear(); keep.clear(); gc.collect(); log.clear()
gc.set_threshold(0); gc.enable(); churn(5000); print(len(log), gc.isenabled()); keep.clear()
gc.disable(); gc.set_threshold(5, 2, 2); churn(100); print(len(log)); keep.clear()
gc.set_threshold(100, 1000, 1000); gc.collect(); log.clear(); gc.enable(); churn(1000); gc.disable(); print(len(log), set(log)); keep.clear(); log.clear()
gc.collect(); log.clear(); gc.enable()
for _ in range(1000): A()
gc.disable(); print("no growth", len(log)); log.clear()
gc.collect(); log.clear(); gc.enable()
for _ in range(300): a = A(); a.me = a
gc.disable(); print("cycles", len(log)); gc.callbacks.clear(); gc.set_threshold(700, 10, 10)
