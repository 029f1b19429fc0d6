"""A registry of classes."""
import gc

gc.collect()
gc.freeze()

registry = {}

def plugin(name):
    class Plugin:
        def run(self):
            pass
    registry[name] = Plugin

for n in "abc":
    plugin(n)
print(gc.collect())
registry.clear()
print(gc.collect())
