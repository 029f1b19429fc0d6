# no-stress: counts the permanent generation
import gc
gc.disable(); gc.collect()
gc.freeze(); n = gc.get_freeze_count(); print(n > 0, gc.get_count()[0] < 50)
class A: pass
a = A(); a.me = a; del a; print(gc.collect())
gc.unfreeze(); print(gc.get_freeze_count()); gc.collect()
a = A(); a.me = a; gc.freeze(); del a; print(gc.collect()); gc.unfreeze(); print(gc.collect())
l = [[] for _ in range(10)]; gc.freeze(); c = gc.get_freeze_count(); l.clear(); print(c - gc.get_freeze_count())
x = ["frozen"]; gc.freeze(); print(any(o is x for o in gc.get_objects())); gc.unfreeze(); print(any(o is x for o in gc.get_objects()), any(o is x for o in gc.get_objects(2)))
