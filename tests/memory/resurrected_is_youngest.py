# no-stress: shows which generation objects are in
# An object that its finaliser revives when the last reference goes is tracked anew: it is the youngest.
import gc

gc.disable()
kept = []


class Plain:
    def __init__(self, name):
        self.name = name


class Revived(Plain):
    def __del__(self):
        kept.append(self)


def names(generation):
    return [o.name for o in gc.get_objects(generation) if isinstance(o, Plain)]


gc.collect()
first = Revived("first")
second = Plain("second")
print(names(0))
first = None
print(names(0), gc.is_finalized(kept[0]))
gc.collect()
print(names(0), names(2))
third = Plain("third")
# Finalised already: it goes for good.
kept.clear()
print(names(0), names(2))
old = Revived("old")
gc.collect()
new = Plain("new")
old = None
print(names(0), names(1), names(2))


def generator(name):
    holder = Plain(name)
    try:
        yield holder
    finally:
        kept.append(holder)


running = generator("held")
next(running)
gc.collect()
del running
print(names(0), names(2))
