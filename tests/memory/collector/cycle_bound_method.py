"""An instance that keeps its own bound method."""
import gc

gc.collect()
gc.freeze()

class Button:
    def __init__(self):
        self.handler = self.click
    def click(self):
        pass

b = Button()
del b
print(gc.collect())
