"""Properties, slots and descriptors."""
class Celsius:
    __slots__ = ("_t", "reads")
    def __init__(self, t):
        self._t = t
        self.reads = 0
    @property
    def t(self):
        self.reads += 1
        return self._t
    @t.setter
    def t(self, value):
        self._t = value
    @property
    def f(self):
        return self.t * 9 // 5 + 32
def main():
    c = Celsius(10)
    total = 0
    for i in range(2_000_000):
        c.t = i & 127
        total += c.f + c.t
    return total, c.reads
print(main())
