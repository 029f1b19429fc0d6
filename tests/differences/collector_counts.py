# Counts of objects that only CPython's implementation has: what it freezes at start, the tuples inside zip, map and enumerate, a buffer behind each memoryview, blocks that its free lists hold back.
import gc
gc.disable(); gc.collect()
print(gc.get_freeze_count())
def run(f): f(); return gc.collect()
def zipped(): l = []; l.append(zip(l))
def mapped(): l = []; l.append(map(None, l))
def viewed(): l = []; l.append(memoryview(bytearray(1))); l.append(l)
print(run(zipped), run(mapped), run(viewed))
