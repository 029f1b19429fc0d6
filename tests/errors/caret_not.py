class A:
    def __bool__(self): raise ValueError
x = not A()
