class V:
    def __init__(self, v): self.v = v
    def __add__(self, o):
        if o.v == 3: raise ValueError("three")
        return V(self.v + o.v)
total = V(1) + V(2) + V(3) + V(4)
