"""A stored exception keeps the locals of its frames alive."""
import gc

gc.collect()
gc.freeze()

class Big:
    pass

def inner():
    big = Big()
    raise KeyError("x")

def outer():
    try:
        inner()
    except KeyError as error:
        return error

stored = outer()
print(sum(isinstance(o, Big) for o in gc.get_objects()))
stored.__traceback__ = None
print(sum(isinstance(o, Big) for o in gc.get_objects()))
print(gc.collect())
