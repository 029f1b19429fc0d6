class D:
    def __del__(self): self.helper()
    def helper(self): raise KeyError("nested in del")
def f():
    d = D()
    return 1
print(f())
