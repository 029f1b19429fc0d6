# In which order caches and partial functions give up what they hold; classes are listed by weak references.
import functools, gc, weakref
class N:
    def __init__(self, n): self.n = n
    def __del__(self): print("del", self.n)
@functools.lru_cache(maxsize=3)
def make(n): return N(n)
for n in (1, 2, 3, 1, 4): make(n)
print("full"); make.cache_clear(); print(make.cache_info())
p = functools.partial(print, N("argument"), N("second"), key=N("keyword"))
p.own = N("attribute")
del p
class Base: pass
print(weakref.getweakrefcount(Base), weakref.getweakrefs(Base)[0]() is Base)
r = weakref.ref(Base)
print(weakref.getweakrefcount(Base), weakref.getweakrefs(Base)[0] is r, weakref.ref(Base) is r)
class Derived(Base): pass
print(weakref.getweakrefcount(Derived), Base.__subclasses__())
del Derived; gc.collect()
print(Base.__subclasses__())
