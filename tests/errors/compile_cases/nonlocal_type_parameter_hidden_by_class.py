class C[x]:
    def x(self):
        nonlocal x
