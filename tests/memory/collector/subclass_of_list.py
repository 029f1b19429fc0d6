"""Instances of list and dict subclasses."""
import gc

gc.collect()
gc.freeze()

class Stack(list):
    pass

class Table(dict):
    pass

s, t = Stack(), Table()
s.append(t)
t["s"] = s
s.me = s
del s, t
print(gc.collect())
