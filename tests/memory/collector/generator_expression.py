"""A generator expression over a list that holds it."""
import gc

gc.collect()
gc.freeze()

items = [1, 2]
g = (x for x in items)
items.append(g)
next(g)
del items, g
print(gc.collect())
