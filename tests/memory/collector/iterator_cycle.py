"""An iterator over the list that holds it."""
import gc

gc.collect()
gc.freeze()

items = []
it = iter(items)
items.append(it)
del items, it
print(gc.collect())
