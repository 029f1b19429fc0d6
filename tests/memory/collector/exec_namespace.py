"""Functions of an exec'd namespace refer to it."""
import gc

gc.collect()
gc.freeze()

namespace = {}
exec("def f(): return g\ndef g(): return f", namespace)
del namespace
print(gc.collect())
