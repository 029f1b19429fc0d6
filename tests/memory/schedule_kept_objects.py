# no-stress: watches the young count
# Dead lists, dicts, tuples and a slice are kept for reuse: that leaves the count as it is, up to a limit.
import gc
gc.disable()
class N: pass
def rises(name, make, rounds=3):
    gc.collect()
    seen = []
    for _ in range(rounds):
        before = gc.get_count()[0]
        held = [make(i) for i in range(100)]
        between = gc.get_count()[0]
        del held
        seen.append((between - before, gc.get_count()[0] - between))
    print(name, seen)
rises("lists", lambda i: [i])
rises("dicts", lambda i: {i: i})
rises("pairs", lambda i: (i, i))
rises("triples", lambda i: (i, i, i))
rises("long tuples", lambda i: (i,) * 21)
rises("list()", lambda i: list("a"))
rises("dict()", lambda i: dict(a=i))
rises("sets", lambda i: {i})
rises("instances", lambda i: N())
rises("slices", lambda i: slice(i))
rises("closures", lambda i: lambda: i)
rises("generators", lambda i: (j for j in [i]))
rises("iterators of dicts", lambda i: iter({1: i}.items()))
rises("enumerate", lambda i: enumerate([i]))
print(gc.collect() >= 0, gc.get_count())
log = []
gc.callbacks.append(lambda p, i: log.append((i["generation"], i["collected"])) if p == "stop" else None)
gc.enable(); gc.set_threshold(50, 3, 2)
for i in range(300):
    a = N(); a.a = a
print(log[1:]); log.clear()
gc.set_threshold(50, 1, 1)
for i in range(300):
    a = []; a.append(a)
print(log[1:])
