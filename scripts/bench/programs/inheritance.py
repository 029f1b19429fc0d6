"""Deep classes, super() chains, isinstance, dynamic attributes."""
class A:
    def area(self, k): return k
class B(A):
    def area(self, k): return super().area(k) + 1
class C(B):
    def area(self, k): return super().area(k) * 2
class D(C):
    def area(self, k): return super().area(k) - 3
def main():
    shapes = [A(), B(), C(), D()]
    total = 0
    for i in range(500_000):
        for s in shapes:
            if isinstance(s, B):
                total += s.area(i)
            else:
                total -= s.area(i)
        setattr(s, "tag", i)
        total += getattr(s, "tag")
    return total
print(main())
