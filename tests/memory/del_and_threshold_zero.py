# no-stress: garbage waits for an explicit collection
import gc
gc.set_threshold(0)
log = []
class D:
    def __init__(s, n): s.n = n; s.me = s
    def __del__(s): log.append(s.n)
for i in range(2000): D(i)
print(len(log)); print(gc.collect() >= 2000, len(log), log[:3], log[-2:], log == sorted(log))
log.clear(); gc.set_threshold(700, 10, 10); gc.enable()
for i in range(3000): D(i)
gc.disable(); print(0 < len(log) <= 3000, log == sorted(log)); n = len(log); gc.collect(); print(len(log), log == list(range(3000)))
