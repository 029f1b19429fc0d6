"""A cached value that refers back."""
import gc

gc.collect()
gc.freeze()

class View:
    def __init__(self, owner):
        self.owner = owner

class Model:
    @property
    def view(self):
        if "cached" not in self.__dict__:
            self.cached = View(self)
        return self.cached

m = Model()
m.view
del m
print(gc.collect())
