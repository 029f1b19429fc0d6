"""Slots and attributes in one instance."""
import gc

gc.collect()
gc.freeze()

class Base:
    __slots__ = ("a",)

class Derived(Base):
    pass

d = Derived()
d.a, d.b = d, [d]
del d
print(gc.collect())
