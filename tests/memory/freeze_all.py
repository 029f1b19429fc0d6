# no-stress: tells what the collections it asks for find
import gc
gc.collect(); base = gc.get_freeze_count(); gc.freeze(); print(gc.get_freeze_count() > base, len(gc.get_objects(0)) < 5, gc.get_objects(1), gc.get_objects(2) == []); gc.unfreeze(); print(gc.get_freeze_count())
class N: pass
n = N(); n.me = n; gc.freeze(); c = gc.get_freeze_count(); import weakref; w = weakref.ref(n); del n; print(gc.collect(), w() is not None); gc.unfreeze(); print(gc.collect() > 0, w())
n = N(); gc.freeze(); c = gc.get_freeze_count(); del n; print(gc.get_freeze_count() - c); gc.freeze(); gc.freeze(); gc.unfreeze(); print(gc.get_freeze_count())
print(gc.freeze(), gc.unfreeze(), gc.get_count()[0] < 50)
n = N(); l = [n]; gc.freeze(); print(gc.get_referrers(n) == [l], len([x for x in gc.get_referrers(n) if x is l])); gc.unfreeze(); print(any(x is l for x in gc.get_referrers(n)))
a = N(); gc.freeze(); b = N(); a.b = b; b.a = a; wb = weakref.ref(b); del a, b; print(gc.collect(), wb() is None); gc.unfreeze(); print(gc.collect(), wb() is None)
gc.disable(); gc.freeze(); print(gc.is_tracked(l), gc.is_tracked([]), gc.isenabled()); gc.unfreeze(); gc.enable()
for f in (gc.freeze, gc.unfreeze, gc.get_freeze_count, gc.enable, gc.disable, gc.isenabled, gc.get_count, gc.get_threshold, gc.get_stats, gc.get_debug):
    try: f(1)
    except TypeError as e: print(e)
