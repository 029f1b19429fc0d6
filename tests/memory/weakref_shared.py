# Which weak references are shared, their order, what calls of them give, and their deaths in any order.
import gc
import sys
import weakref


class Thing:
    def __call__(self):
        return "called"


class Ref(weakref.ref):
    pass


def names(thing, known):
    return [next(name for name, value in known.items() if value is found) for found in weakref.getweakrefs(thing)]


thing = Thing()
calls = []
known = {}
known["with callback"] = weakref.ref(thing, lambda r: calls.append("with callback"))
known["proxy"] = weakref.proxy(thing)
known["plain"] = weakref.ref(thing)
known["of subclass"] = Ref(thing)
known["second callback"] = weakref.ref(thing, lambda r: calls.append("second"))
known["subclass with callback"] = Ref(thing, lambda r: calls.append("subclass"))
known["proxy with callback"] = weakref.proxy(thing, lambda r: calls.append("proxy"))
print(names(thing, known), weakref.getweakrefcount(thing))
print(weakref.ref(thing) is known["plain"], weakref.proxy(thing) is known["proxy"], Ref(thing) is known["of subclass"])
del known["with callback"]
print(names(thing, known), weakref.getweakrefcount(thing))
del known["plain"]
print(names(thing, known))
known["plain again"] = weakref.ref(thing)
print(names(thing, known))
del known["proxy"], known["subclass with callback"]
known["proxy again"] = weakref.proxy(thing)
print(names(thing, known))
print([known[name]() is thing for name in ("plain again", "of subclass", "second callback")], known["proxy again"]())
hashed = hash(known["plain again"])
del thing
print(calls, [known[name]() for name in ("plain again", "of subclass", "second callback")])
print(hash(known["plain again"]) == hashed)
try:
    hash(known["of subclass"])
except TypeError as error:
    print(error)
try:
    known["proxy again"]()
except ReferenceError as error:
    print(error)

# Sites that meet references, dead ones, subclasses, other callables and wrong calls.
class Called(Ref):
    def __call__(self, *args):
        return ("own", args)


kept = Thing()
gone = weakref.ref(Thing())
for callable_ in weakref.ref(kept), gone, Ref(kept), Called(kept), weakref.ref(kept), lambda: "function", dict, gone:
    result = callable_()
    print("kept" if result is kept else result)
before = sys.getrefcount(kept)
reference = weakref.ref(kept)
for _ in range(5):
    reference()
    weakref.ref(kept)()
    held = reference()
    del held
print(sys.getrefcount(kept) - before, sys.getrefcount(reference))
for wrong in (lambda: reference(1), lambda: reference(a=1), lambda: weakref.ref(), lambda: weakref.ref(1), lambda: weakref.ref(kept, None, 3),
              lambda: weakref.ref(kept, callback=None), lambda: weakref.proxy(), lambda: weakref.proxy([]), lambda: weakref.ref(kept, 5)):
    for _ in range(3):
        try:
            made = wrong()
            print(made() is kept, made.__callback__)
        except TypeError as error:
            print(error)

# Many, dying in several orders.
things = [Thing() for _ in range(3000)]
plain = [weakref.ref(t) for t in things]
counted = []
called = [weakref.ref(t, lambda r, i=i: counted.append(i)) for i, t in enumerate(things)]
print(sum(r() is not None for r in plain))
del things[::3]
print(sum(r() is not None for r in plain), len(counted), counted[:5])
del called[1::2]
things.clear()
print(sum(r() is not None for r in plain), len(counted), counted[-5:])
ring = Thing()
ring.self = ring
died = []
inner = ring.ref = weakref.ref(ring, lambda r: died.append("inner"))
outer = weakref.ref(ring, lambda r: died.append("outer"))
ring.own = weakref.ref(ring, lambda r: died.append("own"))
del ring, inner
gc.collect()
print(died, outer())
