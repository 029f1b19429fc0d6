"""Listeners that nobody removes keep their owners."""
import gc

gc.collect()
gc.freeze()

listeners = []

class Widget:
    def __init__(self):
        listeners.append(self.update)
    def update(self):
        pass

for _ in range(4):
    Widget()
print(gc.collect(), len(listeners))
listeners.clear()
print(gc.collect())
