import weakref
class A: pass
a = A()
def callback(r): raise ValueError("in callback")
r = weakref.ref(a, callback)
del a
print("after")
