class A:
    @property
    def p(self):
        return self._missing
a = A()
print(hasattr(a, "p"))
a.p
