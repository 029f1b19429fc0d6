"""Base and derived class go together."""
import gc

gc.collect()
gc.freeze()

def make():
    class Base:
        pass
    class Derived(Base):
        pass

make()
print(gc.collect())
