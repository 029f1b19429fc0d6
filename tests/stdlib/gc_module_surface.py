# no-stress: prints whether collections are enabled
import gc
print(gc.__name__, callable(gc.collect), gc.isenabled())
gc.disable(); print(gc.isenabled()); gc.enable(); print(gc.isenabled())
for name in ("collect", "disable", "enable", "freeze", "get_count", "get_debug", "get_freeze_count", "get_objects", "get_referents", "get_referrers", "get_stats", "get_threshold", "is_finalized", "is_tracked", "isenabled", "set_debug", "set_threshold", "unfreeze"):
    print(name, type(getattr(gc, name)).__name__, bool(getattr(gc, name).__doc__))
print(type(gc.callbacks).__name__, type(gc.garbage).__name__, gc.garbage)
print(type(gc.get_count()).__name__, len(gc.get_count()), type(gc.get_threshold()).__name__, type(gc.get_stats()).__name__)
for f, a in ((gc.collect, (1, 2)), (gc.set_debug, ()), (gc.is_tracked, ()), (gc.is_finalized, ()), (gc.get_objects, (1, 2)), (gc.collect, ("x",)), (gc.set_threshold, ())):
    try: f(*a); print("ok")
    except TypeError as e: print(e)
try: gc.collect(bad=1)
except TypeError as e: print(e)
print(gc.is_finalized(5), gc.is_finalized([]), gc.is_finalized(type("D", (), {"__del__": lambda s: None})()))
print(gc.get_objects(generation=None) is not None)
