# Classes with __wrapped__ are unwrapped as well: signatures and sources are those of what they wrap.
import inspect
class Wrapped:
    def __init__(self, func): self.func = func
    def __call__(self, *a): pass
    @property
    def __wrapped__(self): return self.func
class C:
    __wrapped__ = staticmethod(lambda a, b: 0)
class D:
    def __init__(self, q): pass
D.__wrapped__ = lambda z: 0
for x in (Wrapped, C, D, Wrapped(len), Wrapped(lambda k: 0)):
    try: print(inspect.unwrap(x).__class__)
    except Exception as e: print(repr(e))
    try: print(inspect.signature(x))
    except Exception as e: print(type(e), str(e).split(' 0x')[0].split(' at')[0][:60])
    try: print(inspect.getsourcelines(x)[1])
    except Exception as e: print(type(e), str(e).split(' 0x')[0].split(' at')[0][:60])
