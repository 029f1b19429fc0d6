class A:
    def __bool__(self): raise ValueError("no truth")
if A():
    pass
