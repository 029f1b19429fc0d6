class A:
    def method(self, x, y=1, *, z): pass
A().method()
