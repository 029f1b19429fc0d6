"""functools.lru_cache keeps results."""
import functools
import gc

gc.collect()
gc.freeze()

class Result:
    pass

@functools.lru_cache(maxsize=2)
def compute(n):
    r = Result()
    r.me = r
    return r

for i in range(5):
    compute(i)
print(gc.collect())
compute.cache_clear()
print(gc.collect())
