class D:
    def __del__(self, x): pass
D()
print("after")
