"""Method calls, bound methods, inheritance."""
class Base:
    def __init__(self):
        self.n = 0
    def bump(self, by):
        self.n += by
        return self
    def twice(self, by):
        return self.bump(by).bump(by)
class Child(Base):
    def bump(self, by):
        super().bump(by + 1)
        return self
def main():
    a, b = Base(), Child()
    step = a.bump
    for i in range(1_200_000):
        step(1)
        a.twice(2)
        b.bump(3)
    return a.n, b.n
print(main())
