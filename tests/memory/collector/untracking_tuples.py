"""Tuples of atoms are no longer tracked."""
import gc

gc.collect()
gc.freeze()

def pair(a, b):
    return (a, b)

pairs = [pair(i, str(i)) for i in range(5)]
print([gc.is_tracked(p) for p in pairs])
gc.collect(0)
print([gc.is_tracked(p) for p in pairs])
