"""A module that is dropped takes its functions along."""
import gc
import types

gc.collect()
gc.freeze()

module = types.ModuleType("scratch")
exec("def f():\n    return f\nclass C:\n    pass", module.__dict__)
del module
print(gc.collect())
