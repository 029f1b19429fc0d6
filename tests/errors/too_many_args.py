class A:
    def m(self, a): pass
A().m(1, 2, 3)
